package spec

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/hashicorp/hcl/v2/json"
)

// Load reads the spec in the file at path, and the buildspecs and policies
// beside it that it names. The Spec is nil if any of the problems is an error;
// warnings may come with one.
func Load(path string) (*Spec, Problems) { return load(path, false) }

// Validate is Load, and warns where the application has no Dockerfile: it may
// come after what Load is for, the code and the first apply.
func Validate(path string) (*Spec, Problems) { return load(path, true) }

func load(path string, whole bool) (*Spec, Problems) {
	src, err := readFile(path)
	if err != nil {
		r := newReport(path, nil)
		code, detail := readProblem(err)
		r.add(code, r.whole(), "%s", detail)
		return nil, r.finish()
	}
	return parse(src, path, readFile, whole)
}

// Parse is Load for a text, and reads no other file: what it says of
// buildspecs and policies holds for a folder that has none. A filename that
// ends in .json says that the text is HCL's JSON form.
func Parse(src []byte, filename string) (*Spec, Problems) {
	return parse(src, filename, nil, false)
}

// Format lays a spec out the way `terraform fmt` does. What does not parse
// keeps its tokens.
func Format(src []byte) []byte { return hclwrite.Format(src) }

// reader reads a file that the spec names, with the errors of readFile.
type reader func(path string) ([]byte, error)

func parse(src []byte, filename string, read reader, whole bool) (*Spec, Problems) {
	src = bytes.TrimPrefix(src, []byte("\ufeff"))
	if code, detail := unfit(src); code != "" {
		r := newReport(filename, nil)
		r.add(code, r.whole(), "%s", detail)
		return nil, r.finish()
	}
	r := newReport(filename, src)
	root, ok := r.decode()
	if !ok {
		return nil, r.finish()
	}
	d := complete(filename, root)
	c := &checker{report: r, draft: d, read: read, whole: whole, unsound: map[string]bool{}}
	c.check()
	problems := r.finish()
	if problems.HasErrors() {
		return nil, problems
	}
	return d.Spec, problems
}

// decode parses the text. It is false for a text whose grammar is wrong, of
// which the first mistake is reported: the others may only follow from it.
func (r *report) decode() (*node, bool) {
	isJSON := strings.HasSuffix(r.filename, ".json")
	file, diags := parseText(r.src, r.filename, isJSON)
	r.file = file
	for _, diag := range byPlace(diags) {
		if diag.Summary != "Attribute redefined" {
			r.add(syntaxError, *diag.Subject, "%s: %s", diag.Summary, diag.Detail)
			return nil, false
		}
	}
	for _, diag := range diags {
		r.add(saidTwice, *diag.Subject, "%s is set already. Keep one of the two.", r.word(*diag.Subject))
	}
	d := &decoder{report: r, language: language(), json: isJSON, scope: newScope()}
	return d.spec(file.Body), true
}

func parseText(src []byte, filename string, isJSON bool) (*hcl.File, hcl.Diagnostics) {
	if isJSON {
		return json.Parse(src, filename)
	}
	return hclsyntax.ParseConfig(src, filename, hcl.InitialPos)
}

// byPlace sorts what a parser says, and gives what has no place the beginning.
func byPlace(diags hcl.Diagnostics) hcl.Diagnostics {
	for _, diag := range diags {
		if diag.Subject == nil {
			diag.Subject = &hcl.Range{Start: hcl.InitialPos, End: hcl.InitialPos}
		}
	}
	slices.SortStableFunc(diags, func(a, b *hcl.Diagnostic) int { return a.Subject.Start.Byte - b.Subject.Start.Byte })
	return diags
}

// line names another line, for messages.
func line(at hcl.Range) string { return fmt.Sprintf("line %d", at.Start.Line) }
