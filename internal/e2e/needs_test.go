package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A role is what one role of an account is for: what it must be allowed and
// refused, who may assume it, and which policies of AWS's own a spec gave it.
type role struct {
	allow, refuse   []request
	trust, distrust []assumption
	attached        []string
}

// An assumption is a service that assumes a role, and what AWS says of the
// circumstances.
type assumption struct {
	service string
	context map[string]string
}

// needs reads a table of what roles need: testdata/needs says how it is written.
// In it, {name} stands for a name that AWS gave.
func needs(t *testing.T, table string, names map[string]string, region string) map[string]*role {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "needs", table+".txt"))
	if err != nil {
		t.Fatal(err)
	}
	pairs := []string{"{account}", account, "{region}", region}
	for name, value := range names {
		pairs = append(pairs, "{"+name+"}", value)
	}
	roles := map[string]*role{}
	var current *role
	for line := range strings.Lines(strings.NewReplacer(pairs...).Replace(string(text))) {
		words := strings.Fields(line)
		switch {
		case len(words) == 0 || strings.HasPrefix(words[0], "#"):
		case words[0] == "role":
			current = &role{}
			roles[words[1]] = current
		default:
			if err := current.add(words[0], words[1:], region); err != nil {
				t.Fatalf("%s: %v", table, err)
			}
		}
	}
	return roles
}

// add adds a line of the table.
func (r *role) add(verb string, words []string, region string) error {
	switch verb {
	case "attach":
		r.attached = append(r.attached, words[0])
	case "trust":
		r.trust = append(r.trust, assumption{words[0], circumstances(words[1:])})
	case "distrust":
		r.distrust = append(r.distrust, assumption{words[0], circumstances(words[1:])})
	case "allow":
		r.allow = append(r.allow, requests(words, region)...)
	case "refuse":
		r.refuse = append(r.refuse, requests(words, region)...)
	default:
		return fmt.Errorf("%s is no verb of the table", verb)
	}
	return nil
}

// requests are the actions of a line, all on its one resource.
func requests(words []string, region string) (all []request) {
	service, actions, _ := strings.Cut(words[0], ":")
	for action := range strings.SplitSeq(actions, ",") {
		all = append(all, request{service + ":" + action, resource(words[1], region), circumstances(words[2:])})
	}
	return all
}

func resource(text, region string) string {
	if text == "*" || strings.HasPrefix(text, "arn:") {
		return text
	}
	service, rest, _ := strings.Cut(text, ":")
	return fmt.Sprintf("arn:aws:%s:%s:%s:%s", service, region, account, rest)
}

func circumstances(words []string) map[string]string {
	context := map[string]string{}
	for _, word := range words {
		key, value, _ := strings.Cut(word, "=")
		context[key] = value
	}
	return context
}
