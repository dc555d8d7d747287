package main

import (
	"fmt"
	"slices"
	"strings"

	"tfgen/internal/deploy"
)

// guard refuses to remove what holds data unless each is named.
func (a *app) guard(plans []*deploy.Plan, o applyOptions) error {
	var unnamed []string
	removed := map[string]bool{}
	for _, p := range plans {
		for _, c := range p.Destructive() {
			removed[c.Address] = true
			if c.HoldsData() && !slices.Contains(o.remove, c.Address) {
				unnamed = append(unnamed, c.Address)
			}
		}
	}
	for _, address := range o.remove {
		if !removed[address] {
			return fmt.Errorf("-remove names %s, which the plan does not remove", address)
		}
	}
	if unnamed == nil {
		return nil
	}
	return fmt.Errorf("the plan removes what holds data, and nothing brings that back:\n%s\nIf that is meant, name it:\n%s",
		strings.Join(unnamed, "\n"), a.applyAgain(o, unnamed))
}

// applyAgain is the apply that may remove these too.
func (a *app) applyAgain(o applyOptions, unnamed []string) string {
	var words []string
	if o.env != "" {
		words = append(words, "-env="+shellQuote(o.env))
	}
	if o.expect != "" {
		words = append(words, "-expect="+o.expect)
	}
	for _, address := range slices.Concat(o.remove, unnamed) {
		words = append(words, "-remove="+shellQuote(address))
	}
	if o.file != "" {
		words = append(words, shellQuote(o.file))
	}
	return a.again("apply", words...)
}
