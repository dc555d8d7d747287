package terminal

import "tfgen/internal/deploy/report"

type Section struct {
	Root  string
	Facts []string
	Plan  report.Plan
}

func Markdown(sections []Section, notes []string, limit int) string { return "" }
