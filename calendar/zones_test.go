package calendar_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/duetime/duetime/calendar"
)

// zoneFile is what one source of zone data has of a zone.
type zoneFile struct {
	source, name string
	data         []byte // in the format of RFC 9636
}

// zoneFiles returns the zones of the machine and those that come with Go, which
// package time/tzdata embeds.
func zoneFiles(tb testing.TB) []zoneFile {
	tb.Helper()
	files, err := readZoneFiles()
	require.NoError(tb, err)
	return files
}

var readZoneFiles = sync.OnceValues(func() (files []zoneFile, err error) {
	add := func(source, name string, data []byte) {
		if bytes.HasPrefix(data, []byte("TZif")) && !slices.Contains([]string{"Local", "localtime", "posixrules"}, name) {
			files = append(files, zoneFile{source, name, data})
		}
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return nil, err
	}
	z, err := zip.OpenReader(filepath.Join(strings.TrimSpace(string(root)), "lib/time/zoneinfo.zip"))
	if err != nil {
		return nil, err
	}
	defer z.Close()
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			return nil, err
		}
		data, err := io.ReadAll(r)
		if err != nil {
			return nil, err
		}
		add("Go", f.Name, data)
	}
	const dir = "/usr/share/zoneinfo"
	filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return nil // a machine without zone data
		}
		name, _ := filepath.Rel(dir, path)
		if d.IsDir() && (name == "posix" || name == "right") {
			return filepath.SkipDir // the same zones again, and with leap seconds
		}
		if data, err := os.ReadFile(path); err == nil {
			add("machine", name, data)
		}
		return nil
	})
	return files, nil
})

// zones returns the names of all zones that there are.
func zones(tb testing.TB) []string {
	tb.Helper()
	names := []string{"UTC"}
	for _, f := range zoneFiles(tb) {
		names = append(names, f.name)
	}
	slices.Sort(names)
	names = slices.Compact(names)
	require.Greater(tb, len(names), 300)
	return names
}

// Each zone that there is can be had by its name.
func TestEveryZoneName(t *testing.T) {
	for _, name := range zones(t) {
		_, err := calendar.New(name, "24/7")
		assert.NoError(t, err)
	}
}

// changes returns the offset changes of a zone in [from, to), found by reading
// the offset every twelve hours and closing in on each difference.
func changes(loc *time.Location, from, to time.Time) []time.Time {
	const step = 12 * 3600
	offset := func(at int64) int { _, o := time.Unix(at, 0).In(loc).Zone(); return o }
	var found []time.Time
	last := offset(from.Unix())
	for at := from.Unix() + step; at < to.Unix(); at += step {
		if next := offset(at); next != last {
			i := sort.Search(step, func(i int) bool { return offset(at-step+int64(i)) != last })
			found = append(found, time.Unix(at-step+int64(i), 0))
			last = next
		}
	}
	return found
}

// fatten writes slim zone data, which leaves what a rule at its end says to the
// rule, as fat: with all changes up to 2037 in the list. That is how many systems
// have theirs. It returns nil where there is no such change.
func fatten(tb testing.TB, f zoneFile) []byte {
	tb.Helper()
	loc, err := time.LoadLocationFromTZData(f.name, f.data)
	require.NoError(tb, err)
	// RFC 9636, 3: a header of 44 bytes ends with six counts; a second one, and
	// times of 64 bits, follow the first and what it counts.
	counts := func(header []byte) (n [6]int) {
		for i := range n {
			n[i] = int(binary.BigEndian.Uint32(header[20+4*i:]))
		}
		return n
	}
	const utc, std, leap, times, types, chars, header = 0, 1, 2, 3, 4, 5, 44
	n := counts(f.data)
	first := header + n[times]*5 + n[types]*6 + n[chars] + n[leap]*8 + n[std] + n[utc]
	n = counts(f.data[first:])
	require.Zero(tb, n[leap], f.name)
	rest := f.data[first+header:]
	take := func(length int) []byte {
		part := slices.Clip(rest[:length])
		rest = rest[length:]
		return part
	}
	instants, kinds, descriptions, names := take(8*n[times]), take(n[times]), take(6*n[types]), take(n[chars])
	take(n[std] + n[utc])

	last := time.Date(1970, time.January, 1, 0, 0, 0, 0, time.UTC)
	if n[times] > 0 {
		last = time.Unix(int64(binary.BigEndian.Uint64(instants[len(instants)-8:])), 0)
	}
	added := changes(loc, last, time.Date(2038, time.January, 1, 0, 0, 0, 0, time.UTC))
	if len(added) == 0 {
		return nil
	}
	for _, at := range added {
		name, offset := at.In(loc).Zone()
		instants = binary.BigEndian.AppendUint64(instants, uint64(at.Unix()))
		kinds = append(kinds, byte(len(descriptions)/6))
		descriptions = append(binary.BigEndian.AppendUint32(descriptions, uint32(offset)), 0, byte(len(names)))
		if at.In(loc).IsDST() {
			descriptions[len(descriptions)-2] = 1
		}
		if i := bytes.Index(names, append([]byte(name), 0)); i >= 0 {
			descriptions[len(descriptions)-1] = byte(i)
		} else {
			names = append(append(names, name...), 0)
		}
	}
	fat := slices.Clone(f.data[:first+20])
	for _, count := range []int{0, 0, 0, len(kinds), len(descriptions) / 6, len(names)} {
		fat = binary.BigEndian.AppendUint32(fat, uint32(count))
	}
	return slices.Concat(fat, instants, kinds, descriptions, names, rest)
}

// Slim and fat data of a zone give the same calendar, from 1900 to 2199.
func TestSlimAndFatZones(t *testing.T) {
	t.Parallel()
	fattened := 0
	step := sampled(11, 1)
	for i, f := range zoneFiles(t) {
		if i%step != 0 {
			continue
		}
		data := fatten(t, f)
		if data == nil {
			continue
		}
		fattened++
		require.Greater(t, len(data), len(f.data), "%s: twelve years of changes take room", f.name)
		slim, err := time.LoadLocationFromTZData(f.name, f.data)
		require.NoError(t, err)
		fat, err := time.LoadLocationFromTZData(f.name, data)
		require.NoError(t, err)
		require.Equal(t, calendar.OffsetSpans(slim), calendar.OffsetSpans(fat), "%s of the zone data of %s", f.name, f.source)
	}
	require.Greater(t, fattened, 50/step)
	t.Logf("%d zone files made fat", fattened)
}

// The machine's data of a zone and Go's give the same calendar, unless they are of
// different versions and package time says so.
func TestZonesOfMachineAndGo(t *testing.T) {
	t.Parallel()
	load := func(f zoneFile) *time.Location {
		loc, err := time.LoadLocationFromTZData(f.name, f.data)
		require.NoError(t, err)
		return loc
	}
	own := map[string]*time.Location{}
	both, differ := 0, []string(nil)
	for _, f := range zoneFiles(t) {
		if f.source == "Go" {
			own[f.name] = load(f)
			continue
		}
		if own[f.name] == nil {
			continue
		}
		both++
		a, b := calendar.OffsetSpans(own[f.name]), calendar.OffsetSpans(load(f))
		for i := range min(len(a), len(b)) {
			if a[i] == b[i] {
				continue
			}
			differ = append(differ, f.name)
			at := time.Unix(min(a[i].To, b[i].To), 0) // the offsets before are the same
			if a[i].Offset != b[i].Offset {
				at = time.Unix(a[i].From, 0)
			}
			_, offsetA := at.In(own[f.name]).Zone()
			_, offsetB := at.In(load(f)).Zone()
			require.NotEqual(t, offsetA, offsetB, "%s at %v", f.name, at)
			break
		}
	}
	t.Logf("%d zones in both; of different versions: %v", both, differ)
}
