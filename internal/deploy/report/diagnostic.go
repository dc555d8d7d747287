package report

import (
	"fmt"
	"path/filepath"
	"strings"

	tfjson "github.com/hashicorp/terraform-json"
)

// maxDetail caps the detail of one diagnostic, in bytes: some providers
// answer with a whole HTML page.
const maxDetail = 4000

// A Diagnostic is an error or a warning of Terraform.
type Diagnostic struct {
	Severity string // "error" or "warning"
	Summary  string
	Detail   string
	Address  string // the resource it is about, or ""
	File     string // relative to the root module's folder, or ""
	Line     int
	Code     string // the source line, or ""
}

// IsError tells an error from a warning.
func (d Diagnostic) IsError() bool { return d.Severity == "error" }

// String is the diagnostic in plain text, several lines without the last
// newline.
func (d Diagnostic) String() string {
	var b strings.Builder
	b.WriteString(title(d.Severity) + ": " + d.Summary)
	if d.Address != "" {
		b.WriteString("\n  with " + d.Address)
	}
	if d.File != "" {
		fmt.Fprintf(&b, "\n  on %s line %d", d.File, d.Line)
	}
	if d.Code != "" {
		fmt.Fprintf(&b, "\n  %d: %s", d.Line, d.Code)
	}
	if d.Detail != "" {
		b.WriteString("\n" + d.Detail)
	}
	return b.String()
}

func title(s string) string {
	if s == "" {
		return "Error"
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// diagnostic makes one of Terraform's, without escapes and capped.
func diagnostic(raw *rawDiagnostic) *Diagnostic {
	d := &Diagnostic{
		Severity: string(raw.Severity),
		Summary:  line(raw.Summary),
		Detail:   capped(strings.TrimSpace(Clean(raw.Detail))),
		Address:  line(raw.Address),
	}
	if raw.Range != nil {
		d.File, d.Line = line(raw.Range.Filename), raw.Range.Start.Line
	}
	if raw.Snippet != nil {
		d.Line = raw.Snippet.StartLine
		d.Code, _, _ = strings.Cut(strings.TrimRight(Clean(raw.Snippet.Code), "\n"), "\n")
	}
	return d
}

// rawDiagnostic adds what terraform-json's type leaves out.
type rawDiagnostic struct {
	tfjson.Diagnostic
	Address string `json:"address"`
}

// hide hides something in all that is text, before any of it is cut.
func (d *rawDiagnostic) hide(f func(string) string) {
	d.Summary, d.Detail = f(d.Summary), f(d.Detail)
	if d.Snippet != nil {
		d.Snippet.Code = f(d.Snippet.Code)
	}
}

// capped cuts a long text and says so.
func capped(s string) string {
	if len(s) <= maxDetail {
		return s
	}
	return strings.ToValidUTF8(s[:maxDetail], "") + fmt.Sprintf("\n… (%d more bytes)", len(s)-maxDetail)
}

// Unique drops diagnostics that repeat an earlier one, which Terraform does
// once for each resource that was halted.
func Unique(all []Diagnostic) []Diagnostic {
	seen := map[Diagnostic]bool{}
	var unique []Diagnostic
	for _, d := range all {
		if !seen[d] {
			unique = append(unique, d)
		}
		seen[d] = true
	}
	return unique
}

// In returns the diagnostic with its file seen from where dir is relative to.
func (d Diagnostic) In(dir string) Diagnostic {
	if d.File != "" && !filepath.IsAbs(d.File) {
		d.File = filepath.Join(dir, d.File)
	}
	return d
}
