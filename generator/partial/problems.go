package partial

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/hashicorp/hcl/v2"
)

// problems collects what is wrong with a template, each thing once: the
// content of a dynamic block is evaluated as often as it has elements.
type problems map[problem]*hcl.Diagnostic

type problem struct {
	place           hcl.Range
	summary, detail string
}

func (p *problems) add(diags hcl.Diagnostics) {
	for _, d := range diags {
		if d.Severity != hcl.DiagError {
			continue
		}
		key := problem{summary: d.Summary, detail: d.Detail}
		if d.Subject != nil {
			key.place = *d.Subject
		}
		if *p == nil {
			*p = problems{}
		}
		(*p)[key] = d
	}
}

func (p *problems) errorf(place hcl.Range, format string, args ...any) {
	p.add(hcl.Diagnostics{newError(place, format, args...)})
}

// sorted returns the problems in the order of the file.
func (p problems) sorted() hcl.Diagnostics {
	keys := make([]problem, 0, len(p))
	for key := range p {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(a, b problem) int {
		return cmp.Or(
			cmp.Compare(a.place.Start.Byte, b.place.Start.Byte),
			cmp.Compare(a.summary, b.summary),
			cmp.Compare(a.detail, b.detail),
		)
	})
	var diags hcl.Diagnostics
	for _, key := range keys {
		diags = append(diags, p[key])
	}
	return diags
}

func newError(place hcl.Range, format string, args ...any) *hcl.Diagnostic {
	return &hcl.Diagnostic{
		Severity: hcl.DiagError,
		Summary:  "Cannot evaluate",
		Detail:   fmt.Sprintf(format, args...),
		Subject:  &place,
	}
}
