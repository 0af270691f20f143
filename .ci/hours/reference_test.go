package hours_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// question is what list.cjs reads.
type question struct {
	Text string `json:"text"`
	Days []int  `json:"days"` // counted from 1970-01-01
}

// answer is what list.cjs prints: for each day the minutes from which and up to which it is
// open, and the number of instants that it looked at.
type answer struct {
	Open  [][]int `json:"open"`
	Asked int     `json:"asked"`
	Error string  `json:"error"`
}

var install = sync.OnceValues(func() ([]byte, error) {
	return exec.Command("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline").CombinedOutput()
})

// askReference returns the answers of the reference. Two processes share the work.
func askReference(t *testing.T, questions []question) []answer {
	out, err := install()
	require.NoError(t, err, "npm ci: %s", out)
	const processes = 2
	var outs [processes]bytes.Buffer
	var errs [processes]error
	var wait sync.WaitGroup
	for i := range processes {
		var in bytes.Buffer
		for j := i; j < len(questions); j += processes {
			require.NoError(t, json.NewEncoder(&in).Encode(questions[j]))
		}
		node := exec.Command("node", "list.cjs")
		node.Env = append(os.Environ(), "TZ=UTC") // it reads the machine's wall clock
		node.Stdin, node.Stdout, node.Stderr = &in, &outs[i], os.Stderr
		wait.Go(func() { errs[i] = node.Run() })
	}
	wait.Wait()
	answers := make([]answer, len(questions))
	for i := range processes {
		require.NoError(t, errs[i])
		decoder := json.NewDecoder(&outs[i])
		for j := i; j < len(questions); j += processes {
			require.NoError(t, decoder.Decode(&answers[j]), questions[j].Text)
		}
	}
	return answers
}

// askOwnDates is askReference for hours that belong, whole, to the date that they begin on
// (R6). If times of a text run past midnight, it asks for the two texts of cutAtMidnight. The
// answers to the second one move to the next day.
func askOwnDates(t *testing.T, questions []question) []answer {
	var asked []question
	for _, q := range questions {
		before, after := cutAtMidnight(q.Text)
		asked = append(asked, question{before, q.Days})
		if after != "" {
			var days []int
			for _, day := range q.Days {
				days = append(days, day-1)
			}
			asked = append(asked, question{after, days})
		}
	}
	parts := askReference(t, asked)
	answers := make([]answer, len(questions))
	next := 0
	for i, q := range questions {
		answers[i] = parts[next]
		next++
		if _, after := cutAtMidnight(q.Text); after == "" {
			continue
		}
		a, b := answers[i], parts[next]
		next++
		switch {
		case a.Error != "":
			continue
		case b.Error != "":
			answers[i] = answer{Error: b.Error}
			continue
		}
		joined := answer{Asked: a.Asked + b.Asked}
		for j := range q.Days {
			joined.Open = append(joined.Open, join(slices.Concat(a.Open[j], upTo(b.Open[j], lastMinute))))
		}
		answers[i] = joined
	}
	return answers
}

const (
	dayMinutes = 24 * 60
	// lastMinute stands for hours without a part after midnight. Their rule cannot be left
	// out, as it may replace others. The minute is not compared then.
	lastMinute = dayMinutes - 1
	nothing    = "23:59-24:00"
)

var (
	timeList  = regexp.MustCompile(`\d\d:\d\d\s*-\s*\d\d:\d\d(\s*,\s*\d\d:\d\d\s*-\s*\d\d:\d\d)*`)
	timeRange = regexp.MustCompile(`(\d\d):(\d\d)\s*-\s*(\d\d):(\d\d)`)
	// openTimes matches the times of a rule: a list, 24/7, or open alone.
	openTimes = regexp.MustCompile(`(` + timeList.String() + `|24/7)(\s*open)?|\bopen\b`)
)

// cutAtMidnight returns a text with the parts of its times before midnight, and one with the
// parts after it, as times of the same date. If no time runs past midnight, it returns the
// text as it is, and no other.
func cutAtMidnight(text string) (before, after string) {
	past := false
	before = timeList.ReplaceAllStringFunc(text, func(list string) string {
		return eachTime(list, func(from, to int) (int, int) {
			past = past || to > dayMinutes
			return from, min(to, dayMinutes)
		})
	})
	if !past {
		return text, ""
	}
	after = openTimes.ReplaceAllStringFunc(text, func(part string) string {
		list, isOpen := strings.CutSuffix(part, "open")
		days := ""
		if strings.HasPrefix(list, "24/7") {
			days = "Mo-Su "
		}
		list = days + cmp.Or(eachTime(list, func(_, to int) (int, int) { return 0, to - dayMinutes }), nothing)
		if isOpen {
			list += " open"
		}
		return list
	})
	return before, after
}

// eachTime returns a list of times with each changed by do; it leaves empty ones out.
func eachTime(list string, do func(from, to int) (int, int)) string {
	var out []string
	for _, m := range timeRange.FindAllStringSubmatch(list, -1) {
		var n [5]int
		for i, s := range m[1:] {
			n[i], _ = strconv.Atoi(s)
		}
		from, to := 60*n[0]+n[1], 60*n[2]+n[3]
		if to < from {
			to += dayMinutes
		}
		if from, to = do(from, to); from < to {
			out = append(out, fmt.Sprintf("%02d:%02d-%02d:%02d", from/60, from%60, to/60, to%60))
		}
	}
	return strings.Join(out, ",")
}

// join returns spans sorted and apart from each other.
func join(spans []int) (joined []int) {
	pairs := slices.Collect(slices.Chunk(spans, 2))
	slices.SortFunc(pairs, slices.Compare)
	for _, p := range pairs {
		if n := len(joined); n > 0 && p[0] <= joined[n-1] {
			joined[n-1] = max(joined[n-1], p[1])
		} else {
			joined = append(joined, p...)
		}
	}
	return joined
}

// upTo returns the parts of spans before a minute.
func upTo(spans []int, end int) (cut []int) {
	for pair := range slices.Chunk(spans, 2) {
		if pair[0] < end {
			cut = append(cut, pair[0], min(pair[1], end))
		}
	}
	return cut
}

func TestCutAtMidnight(t *testing.T) {
	for _, test := range []struct{ text, before, after, reason string }{
		{"Mo 09:00-24:00", "Mo 09:00-24:00", "", "no night"},
		{"Mo 22:00-06:00", "Mo 22:00-24:00", "Mo 00:00-06:00", "a night"},
		{"Mo 09:00 - 12:00, 22:00-30:00", "Mo 09:00-12:00,22:00-24:00", "Mo 00:00-06:00", "one of two times"},
		{"Mo-Fr 22:00-06:00; Fr off", "Mo-Fr 22:00-24:00; Fr off", "Mo-Fr 00:00-06:00; Fr off", "off closes both parts"},
		{"Mo-Fr 22:00-06:00; Fr 09:00-12:00", "Mo-Fr 22:00-24:00; Fr 09:00-12:00", "Mo-Fr 00:00-06:00; Fr 23:59-24:00", "Friday has no night"},
		{"Mo 22:00-06:00; Mo 23:00-01:00 off", "Mo 22:00-24:00; Mo 23:00-24:00 off", "Mo 00:00-06:00; Mo 00:00-01:00 off", "a closed part of a night"},
		{"24/7 open; Mo 22:00-06:00 open; Tu open", "24/7 open; Mo 22:00-24:00 open; Tu open", "Mo-Su 23:59-24:00 open; Mo 00:00-06:00 open; Tu 23:59-24:00 open", "whole days"},
	} {
		before, after := cutAtMidnight(test.text)
		assert.Equal(t, test.before, before, test.reason)
		assert.Equal(t, test.after, after, test.reason)
	}
}
