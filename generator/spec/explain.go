package spec

import (
	"cmp"
	"slices"
)

// An Explanation is what there is to say about a code, wherever it comes up.
type Explanation struct {
	Code     string
	Severity Severity // the usual one: what a buildspec's findings weigh depends on the case
	Title    string   // the Summary of its problems
	Why      string
	Fix      string
	Example  string // of what is right
}

// Codes explains every code, in the order of the codes.
func Codes() []Explanation {
	all := slices.Concat(
		explainFile(), explainLanguage(), explainLater(), explainProject(), explainNetwork(), explainNames(),
		explainRuntime(), explainVariables(), explainBuilds(), explainBalancers(), explainBuildspecs(),
	)
	slices.SortFunc(all, func(a, b Explanation) int { return cmp.Compare(a.Code, b.Code) })
	return all
}
