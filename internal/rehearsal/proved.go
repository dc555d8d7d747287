package rehearsal

import (
	"slices"
	"strings"
)

// A proof is what a step proves, in the words of a sentence that sums up.
type proof struct{ step, text string }

// proofs are the sentences that sum up a rehearsal, in its order.
func proofs() [][]proof {
	return [][]proof{
		{
			{"generate", "the spec becomes Terraform"},
			{"apply", "one apply makes it all"},
			{"upgrade", "today's code takes over what there was"},
			{"plan", "a second plan is empty"},
		},
		{
			{"source", "the trigger may start the pipeline"},
			{"build", "the build works on its own role's permissions"},
		},
		{
			{"deploy", "the pipeline deploys the image"},
			{"start", "a task gets what it needs to start"},
			{"settled", "no plan undoes the deployment"},
		},
		{
			{"change", "a change of the spec reaches the service"},
			{"retry", "a retry succeeds"},
			{"next", "the next commit passes"},
		},
		{{"rollback", "apply keeps the image that somebody went back to"}},
		{
			{"destroy", "one destroy removes everything"},
			{"nothing", "nothing is left behind"},
		},
	}
}

// Proved sums up in a few sentences what the steps that held have proved.
func Proved(held []string) []string {
	sentences := []string{}
	for _, all := range proofs() {
		var said []string
		for _, p := range all {
			if slices.Contains(held, p.step) {
				said = append(said, p.text)
			}
		}
		if len(said) > 0 {
			sentences = append(sentences, sentence(said))
		}
	}
	return sentences
}

// sentence joins clauses.
func sentence(clauses []string) string {
	last := len(clauses) - 1
	text := strings.Join(clauses[:last], ", ")
	if text != "" {
		text += ", and "
	}
	text += clauses[last] + "."
	return strings.ToUpper(text[:1]) + text[1:]
}
