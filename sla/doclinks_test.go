package sla_test

import (
	"fmt"
	"go/ast"
	"go/doc"
	"go/doc/comment"
	"go/token"
	"go/types"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// links checks the bracketed names in the comments of a package.
type links struct {
	*moduleSource
	source
	parser *comment.Parser // knows what the package exports
}

// bracketed is what looks like a link to a name of Go, and not like an index.
var bracketed = regexp.MustCompile(`(?:^|[^\pL\d_])\[\*?(\pL[\pL\d_]*(?:\.\pL[\pL\d_]*){0,2})\]`)

func newLinks(m *moduleSource, s source) (*links, error) {
	// Of files of its own, as it takes from them what is not exported.
	files, err := parse(m.fset, s.dir, false)
	if err != nil {
		return nil, err
	}
	d, err := doc.NewFromFiles(m.fset, files, module+s.dir)
	if err != nil {
		return nil, err
	}
	return &links{m, s, d.Parser()}, nil
}

// faults are the links of a comment that lead nowhere, as file:line: text.
func (l *links) faults(group *ast.CommentGroup, exported bool) []string {
	var faults []string
	fault := func(name string) {
		at := group.Pos()
		for _, c := range group.List {
			if strings.Contains(c.Text, name+"]") {
				at = c.Pos()
			}
		}
		faults = append(faults, fmt.Sprintf("%s: [%s]", l.at(at), name))
	}
	plain := func(text string) {
		for _, found := range bracketed.FindAllStringSubmatch(text, -1) {
			if exported || !has(l.types, found[1], false) {
				fault(found[1])
			}
		}
	}
	var texts func(list []comment.Text)
	texts = func(list []comment.Text) {
		for _, text := range list {
			switch text := text.(type) {
			case comment.Plain:
				plain(string(text))
			case comment.Italic:
				plain(string(text))
			case *comment.Link:
				texts(text.Text)
			case *comment.DocLink:
				if text.ImportPath != "" && !l.leads(text) {
					fault(string(text.Text[0].(comment.Plain)))
				}
			}
		}
	}
	var blocks func(list []comment.Block)
	blocks = func(list []comment.Block) {
		for _, b := range list {
			switch b := b.(type) {
			case *comment.Heading:
				texts(b.Text)
			case *comment.Paragraph:
				texts(b.Text)
			case *comment.List:
				for _, item := range b.Items {
					blocks(item.Content)
				}
			}
		}
	}
	blocks(l.parser.Parse(group.Text()).Content)
	return faults
}

// leads reports whether another package has what a link names; the parser only knows
// that there is such a package.
func (l *links) leads(link *comment.DocLink) bool {
	p, err := l.imported.Import(link.ImportPath)
	return err == nil && (link.Name == "" || has(p, strings.TrimPrefix(link.Recv+"."+link.Name, "."), true))
}

// has reports whether a package has a name, or a type with a method or field.
func has(p *types.Package, name string, exported bool) bool {
	name, member, ok := strings.Cut(name, ".")
	o := p.Scope().Lookup(name)
	if o != nil && ok {
		o, _, _ = types.LookupFieldOrMethod(o.Type(), true, p, member)
	}
	return o != nil && (o.Exported() || !exported)
}

// public returns the comments that go doc shows to everybody.
func public(f *ast.File) map[*ast.CommentGroup]bool {
	shown := map[*ast.CommentGroup]bool{f.Doc: true}
	for _, d := range f.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Name.IsExported() && (d.Recv == nil || ast.IsExported(receiver(d))) {
				shown[d.Doc] = true
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				switch s := spec.(type) {
				case *ast.TypeSpec:
					if s.Name.IsExported() {
						shown[d.Doc], shown[s.Doc], shown[s.Comment] = true, true, true
						ast.Inspect(s.Type, func(n ast.Node) bool {
							if f, ok := n.(*ast.Field); ok && slices.ContainsFunc(f.Names, (*ast.Ident).IsExported) {
								shown[f.Doc], shown[f.Comment] = true, true
							}
							return true
						})
					}
				case *ast.ValueSpec:
					if slices.ContainsFunc(s.Names, (*ast.Ident).IsExported) {
						shown[d.Doc], shown[s.Doc], shown[s.Comment] = true, true, true
					}
				}
			}
		}
	}
	return shown
}

// receiver returns the name of a method's type.
func receiver(d *ast.FuncDecl) string {
	return strings.TrimPrefix(types.ExprString(d.Recv.List[0].Type), "*")
}

// Every name in brackets leads somewhere: in comments that go doc shows, to what is
// exported, and in the others to anything. Go itself leaves a link to a name that is
// gone as plain text.
func TestDocLinks(t *testing.T) {
	m := sources(t)
	for _, s := range m.packages {
		l, err := newLinks(m, s)
		require.NoError(t, err)
		for _, f := range s.files {
			shown := public(f)
			for _, group := range f.Comments {
				for _, fault := range l.faults(group, shown[group]) {
					t.Errorf("%s leads nowhere", fault)
				}
			}
		}
	}
}

// What leads nowhere is found, wherever a comment says it.
func TestDocLinksAreRead(t *testing.T) {
	m := sources(t)
	i := slices.IndexFunc(m.packages, func(s source) bool { return s.dir == "region" })
	l, err := newLinks(m, m.packages[i])
	require.NoError(t, err)
	for _, row := range []struct {
		name, text string
		exported   []string // faults, in a comment for everybody
		unexported []string // and in one that is not
		why        string
	}{
		{"right", "An [Office], its [Office.Hours], a [*Region], [time.Time.Add], [calendar.Calendar.Add] and [time].", nil, nil, "all of them are there"},
		{"no links", "In [from, to), [0, 1] or [1], an array[i] of x[T].", nil, nil, "none looks like a link"},
		{"gone", "A [Regoin].", []string{"[Regoin]"}, []string{"[Regoin]"}, "no such name"},
		{"gone method", "See [Region.Gone].", []string{"[Region.Gone]"}, []string{"[Region.Gone]"}, "no such method"},
		{"field", "See [Contact.Phone] and [calendar.Day.Spans].", nil, nil, "fields are there, too"},
		{"gone field", "See [Contact.Gone].", []string{"[Contact.Gone]"}, []string{"[Contact.Gone]"}, "no such field"},
		{"unexported", "See [officeList] and [officeList.all].", []string{"[officeList]", "[officeList.all]"}, nil, "nothing of it is shown"},
		{"unexported and gone", "See [officesList] and [officeList.al].", []string{"[officesList]", "[officeList.al]"}, []string{"[officesList]", "[officeList.al]"}, "no such names"},
		{"elsewhere", "See [calendar.Gone].", []string{"[calendar.Gone]"}, []string{"[calendar.Gone]"}, "the package is there, and not the name"},
		{"method elsewhere", "See [calendar.Calendar.Gone].", []string{"[calendar.Calendar.Gone]"}, []string{"[calendar.Calendar.Gone]"}, "the type is there, and not the method"},
		{"method of nothing", "See [calendar.Gone.Add].", []string{"[calendar.Gone.Add]"}, []string{"[calendar.Gone.Add]"}, "no such type"},
		{"not imported", "See [sla.Due].", []string{"[sla.Due]"}, []string{"[sla.Due]"}, "a link needs an import, or the whole path"},
		{"heading and list", "Text:\n\n\tcode of [Nothing]\n\n# About [Gone]\n\n  - a [Lost]", []string{"[Gone]", "[Lost]"}, []string{"[Gone]", "[Lost]"}, "in code, brackets are code"},
	} {
		t.Run(row.name, func(t *testing.T) {
			group := &ast.CommentGroup{}
			for line := range strings.SplitSeq(row.text, "\n") {
				group.List = append(group.List, &ast.Comment{Slash: token.NoPos, Text: "// " + line})
			}
			cut := func(faults []string) (names []string) {
				for _, f := range faults {
					names = append(names, f[strings.Index(f, "["):])
				}
				return names
			}
			assert.Equal(t, row.exported, cut(l.faults(group, true)), row.why)
			assert.Equal(t, row.unexported, cut(l.faults(group, false)), row.why)
		})
	}
}
