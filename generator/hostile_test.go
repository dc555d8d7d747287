package generator_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"
	"go.yaml.in/yaml/v3"

	"tfgen/generator/files"
	"tfgen/generator/spec"
)

// hostileTexts are what somebody could write into a spec who means to say
// something else with it in the code.
func hostileTexts() []string {
	return []string{
		`${file("/etc/passwd")}`, `%{ if true }yes%{ endif }`, `$${escaped} %%{too}`, `$`, `${`, `%`, `%{`,
		`"quoted" and 'single'`, `back\slash \n \u0041 \`, `C:\windows`, "<<EOT\ntext\nEOT",
		"two\nlines", "carriage\r\nreturn", "\ttab", "separator\u2028and\u0085", "\x1b[31mred\x1b[0m", " leading and trailing ",
		"*/ /* //", "# comment", "key: value # comment", "- item: [a, {b: c}] &anchor *alias !tag | > %", "@{var} {{ .Template }} {{end}}",
		"$(touch /tmp/x) `touch /tmp/x` ; touch /tmp/x && x || x | x > x", "'; touch /tmp/x; '",
		"<script>alert(1)</script> <!-- comment", "| cell | `code` [link](javascript:x) ![x](y)", "```\n# heading\n```",
		"ünïcödé 🚀 \u202eright to left", "../../../etc/passwd", "/absolute", "null", "1e3", strings.Repeat("long ", 100),
	}
}

// TestHostile writes each hostile text into a spec in every place that takes
// it: it must arrive as it is, and nothing else may change. Where it is
// refused, the refusal must say so at its place.
func TestHostile(t *testing.T) {
	s := newSlots(t)
	for _, text := range hostileTexts() {
		var together []int
		for _, at := range s.all {
			switch {
			case !s.takes(t, text, at):
			case strings.HasSuffix(s.lines[at], "alone"):
				s.compare(t, text, at)
			default:
				together = append(together, at)
			}
		}
		s.compare(t, text, together...)
	}
}

// FuzzHostile does the same with any text in any place.
func FuzzHostile(f *testing.F) {
	s := newSlots(f)
	f.Add(0, "a name")
	f.Add(1, `${file("/etc/passwd")}`)
	f.Add(23, "A%\xc6")
	f.Add(0, "A")
	f.Add(-142, "\x00")
	f.Fuzz(func(t *testing.T, at int, text string) {
		text = strings.ToValidUTF8(text, "\ufffd") // as HCL writes it; a spec that is no UTF-8 is none
		at = s.all[max(at, -at)%len(s.all)]
		if s.takes(t, text, at) {
			s.compare(t, text, at)
		}
	})
}

// slots are the places of testdata/hostile.hcl that hold a text of one's own:
// one on a line.
type slots struct {
	lines    []string
	all      []int // of the lines that hold one
	baseline files.Set
}

func newSlots(t testing.TB) slots {
	t.Helper()
	src, err := os.ReadFile("testdata/hostile.hcl")
	if err != nil {
		t.Fatal(err)
	}
	s := slots{lines: strings.Split(string(src), "\n")}
	for i, line := range s.lines {
		if strings.Contains(line, "# free") {
			s.all = append(s.all, i)
		}
	}
	if len(s.all) < 50 {
		t.Fatalf("only %d places", len(s.all))
	}
	s.baseline = generate(t, s.parse(t, ""))
	return s
}

// parse reads the spec with a text at the given lines.
func (s slots) parse(t testing.TB, text string, at ...int) *spec.Spec {
	t.Helper()
	parsed, problems := spec.Parse(s.with(text, at...), "tfgen.hcl")
	if parsed == nil {
		t.Fatal(problems)
	}
	return parsed
}

func (s slots) with(text string, at ...int) []byte {
	lines := append([]string(nil), s.lines...)
	for _, i := range at {
		before, _, after := s.split(i)
		lines[i] = before + string(hclwrite.TokensForValue(cty.StringVal(text)).Bytes()) + after
	}
	return []byte(strings.Join(lines, "\n"))
}

// split returns the text that a line holds, and what is around it.
func (s slots) split(i int) (before, text, after string) {
	m := regexp.MustCompile(`^(.*?)"([^"]*)"(.*)$`).FindStringSubmatch(s.lines[i])
	return m[1], m[2], m[3]
}

// takes holds for a text that a place may have.
func (s slots) takes(t *testing.T, text string, at int) bool {
	t.Helper()
	parsed, problems := spec.Parse(s.with(text, at), "tfgen.hcl")
	if parsed != nil {
		return true
	}
	for _, p := range problems {
		here := p.Range.Start.Line <= at+1 && at+1 <= p.Range.End.Line
		if here && p.Severity == spec.Error && p.Code != "" && p.Detail != "" {
			return false
		}
	}
	t.Errorf("%q is refused at %s, and no problem says so there: %v", text, s.lines[at], problems)
	return false
}

// compare asserts that the text stands where the spec's own text stood, and
// that all else is as it was.
func (s slots) compare(t *testing.T, text string, at ...int) {
	t.Helper()
	var swaps []string
	for _, i := range at {
		_, own, _ := s.split(i)
		swaps = append(swaps, own, cty.StringVal(text).AsString())
	}
	m := mirror{T: t, swap: strings.NewReplacer(swaps...), text: text}
	got := generate(t, s.parse(t, text, at...))
	for name, src := range s.baseline {
		m.file(name, src, got)
	}
	if len(got) != len(s.baseline) {
		t.Errorf("%q: %d files instead of %d", text, len(got), len(s.baseline))
	}
}

// A mirror compares what a spec becomes with what it becomes when some of its
// texts are swapped for another.
type mirror struct {
	*testing.T
	swap *strings.Replacer
	text string
}

func (m mirror) file(name string, want []byte, set files.Set) {
	m.Helper()
	got, ok := set[path.Clean(m.swap.Replace(name))]
	switch {
	case !ok:
		m.Errorf("%q: there is no %s", m.text, path.Clean(m.swap.Replace(name)))
	case path.Ext(name) == ".tf":
		m.value(name, shapeOf(parseTerraform(m.T, name, want), want), shapeOf(parseTerraform(m.T, name, got), got))
	case path.Ext(name) == ".yml":
		m.value(name, m.yaml(name, want), m.yaml(name, got))
	case path.Ext(name) == ".md":
		m.markdown(name, m.swap.Replace(string(want)), string(got))
	case path.Base(name) == ".gitignore" && bytes.Equal(got, want): // no text of a spec comes near it
	default:
		m.Errorf("%s: a kind of file that nobody compares", name)
	}
}

func (m mirror) yaml(name string, src []byte) (value any) {
	m.Helper()
	if err := yaml.Unmarshal(src, &value); err != nil {
		m.Fatalf("%q: %s: %v\n%s", m.text, name, err, src)
	}
	return value
}

// value compares what two files mean.
func (m mirror) value(at string, want, got any) {
	m.Helper()
	switch want := want.(type) {
	case map[string]any:
		object, _ := got.(map[string]any)
		if len(object) != len(want) {
			m.Errorf("%q: %s: got %v, want %v", m.text, at, got, want)
			return
		}
		for key, value := range want {
			m.value(at+"."+key, value, object[m.swap.Replace(key)])
		}
	case []any:
		list, _ := got.([]any)
		if len(list) != len(want) {
			m.Errorf("%q: %s: got %v, want %v", m.text, at, got, want)
			return
		}
		for i := range want {
			m.value(at, want[i], list[i])
		}
	case string:
		m.string(at, want, got)
	default:
		if got != want {
			m.Errorf("%q: %s: got %v, want %v", m.text, at, got, want)
		}
	}
}

// bucketLike is what the beginning of a bucket's name may be.
var bucketLike = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,36}$`)

// string compares texts. Where they are paths they may be cleaned, and lead
// from further below. What a bucket's name begins with is made to fit one.
func (m mirror) string(at, want string, got any) {
	m.Helper()
	swapped, text := m.swap.Replace(want), fmt.Sprint(got)
	if strings.HasSuffix(at, "bucket_prefix") && bucketLike.MatchString(text) {
		return
	}
	if text != swapped && path.Clean(strings.ReplaceAll(text, "../", "")) != path.Clean(strings.ReplaceAll(swapped, "../", "")) {
		m.Errorf("%q: %s: got %q, want %q", m.text, at, got, swapped)
	}
}

// markdown wants the same lines, in whichever order, and commands of the same
// words.
func (m mirror) markdown(at, want, got string) {
	m.Helper()
	wanted, lines := strings.Split(want, "\n"), strings.Split(got, "\n")
	slices.Sort(wanted)
	slices.Sort(lines)
	if len(lines) != len(wanted) {
		m.Errorf("%q: %s has %d lines instead of %d", m.text, at, len(lines), len(wanted))
		return
	}
	for i, line := range lines {
		command, ok := strings.CutPrefix(wanted[i], "terraform ")
		switch {
		case ok && m.words(line) == command:
		case line != wanted[i]:
			m.Errorf("%q: %s:%d: got %s, want %s", m.text, at, i+1, line, wanted[i])
		}
	}
}

// words returns the arguments that a shell gives to terraform in a line.
func (m mirror) words(line string) string {
	m.Helper()
	out, err := exec.Command("sh", "-c", `terraform() { printf '%s' "$*"; }; `+line).Output()
	if err != nil {
		m.Errorf("%q: %s: %v", m.text, line, err)
	}
	return string(out)
}
