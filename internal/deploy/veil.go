package deploy

import (
	"encoding/base64"
	"encoding/json"
	"io"
	"maps"
	"net/url"
	"slices"
	"strings"

	"tfgen/internal/deploy/declared"
)

// hidden stands where the value of a variable stood.
const hidden = "(hidden by tfgen)"

// veil replaces values of variables, in each spelling that a request may have.
// What is shorter than four characters could be anything, and stays.
func veil(values []string) *strings.Replacer {
	var words []string
	for _, value := range values {
		if slices.Contains([]string{"true", "false", "null"}, value) {
			continue
		}
		for word := range strings.SplitSeq(value, "\n") {
			words = append(words, spellings(word)...)
		}
		words = append(words, spellings(value)...)
	}
	words = slices.DeleteFunc(words, func(w string) bool { return len(w) < 4 })
	slices.SortFunc(words, func(a, b string) int { return len(b) - len(a) }) // the longer first
	var pairs []string
	for _, word := range words {
		pairs = append(pairs, word, hidden)
	}
	return strings.NewReplacer(pairs...)
}

func spellings(word string) []string {
	inJSON := func(text string) string {
		quoted, _ := json.Marshal(text) // a string always becomes JSON
		return string(quoted[1 : len(quoted)-1])
	}
	return []string{
		word, inJSON(word), inJSON(inJSON(word)), url.QueryEscape(word), url.PathEscape(word),
		base64.StdEncoding.EncodeToString([]byte(word)), base64.URLEncoding.EncodeToString([]byte(word)),
	}
}

// variables are the values of Terraform's variables in an environment, by name.
func variables(env map[string]string) map[string]string {
	found := map[string]string{}
	for name, value := range env {
		if variable, ok := strings.CutPrefix(name, "TF_VAR_"); ok {
			found[variable] = value
		}
	}
	return found
}

// secrets are the values that a person shall not read in what Terraform says of
// a root: those of variables that its code declares sensitive or ephemeral. All
// others, such as a region, Terraform shows too. It hides these by itself in
// values, and not in the errors of a provider.
func (t *Terraform) secrets(root Root) []string {
	given := variables(t.env)
	if len(given) == 0 {
		return nil
	}
	marked, err := declared.Secrets(root.Dir)
	if err == nil {
		maps.DeleteFunc(given, func(name, _ string) bool { return !marked[name] })
	} // else any of them may be one
	return slices.Collect(maps.Values(given))
}

// veiled passes whole lines on to w, without secrets. A state that Terraform
// could store nowhere, and prints, is whole: it is the only record of what was
// made.
func (r *run) veiled(w io.Writer) *lines {
	state := false
	return r.byLine(func(line []byte) {
		text := string(line)
		state = state || text == "{"
		if !state {
			text = r.veil.Replace(text)
		}
		state = state && text != "}"
		_, _ = io.WriteString(w, text+"\n")
	})
}
