package deploy

import (
	"encoding/base64"
	"encoding/json"
	"html"
	"io"
	"maps"
	"net/url"
	"slices"
	"strings"

	"tfgen/internal/deploy/declared"
)

// hidden stands where the value of a variable stood.
const hidden = "(hidden by tfgen)"

// veil replaces values of variables, and the strings in those that are no
// strings themselves, in each spelling that a request may have. What is shorter
// than four characters could be anything, and stays.
func veil(values []string) *strings.Replacer {
	var words []string
	for _, value := range values {
		for _, text := range append(declared.Strings(value), value) {
			words = append(words, text)
			words = append(words, strings.Split(text, "\n")...)
		}
	}
	words = slices.DeleteFunc(words, common)
	var spelled []string
	for _, word := range words {
		spelled = append(spelled, spellings(word)...)
	}
	slices.SortFunc(spelled, func(a, b string) int { return len(b) - len(a) }) // the longer first
	var pairs []string
	for _, word := range spelled {
		pairs = append(pairs, word, hidden)
	}
	return strings.NewReplacer(pairs...)
}

// common reports whether a word stands in ordinary text too, as an indent or a
// ruled line does.
func common(word string) bool {
	return len(strings.Trim(word, " \t\r\n-=")) < 4 || slices.Contains([]string{"true", "false", "null"}, word)
}

// spellings are a word itself, and as it stands in a request, or in one that is
// quoted in JSON once more. Some write JSON fit for HTML, and some do not.
func spellings(word string) []string {
	all := []string{
		word, url.QueryEscape(word), url.PathEscape(word), html.EscapeString(word),
		base64.StdEncoding.EncodeToString([]byte(word)), base64.URLEncoding.EncodeToString([]byte(word)),
	}
	for _, fit := range []bool{false, true} {
		once := inJSON(word, fit)
		all = append(all, once, inJSON(once, false), inJSON(once, true))
	}
	return all
}

// inJSON is a text between the quotes of JSON, which is fit for HTML or not.
func inJSON(text string, fit bool) string {
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(fit)
	_ = encoder.Encode(text) // a string always becomes JSON
	return strings.TrimSuffix(b.String(), "\"\n")[1:]
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

// veiled passes whole lines on to w, without secrets. A state that an apply
// could store nowhere, and prints, is whole: it is the only record of what was
// made.
func (r *run) veiled(w io.Writer) *lines {
	state, before := false, ""
	return r.byLine(func(line []byte) {
		text := string(line)
		state = state || r.verb == "apply" && before == "{" && strings.Contains(text, `"version":`)
		before = text
		if !state {
			text = r.veil.Replace(text)
		}
		state = state && text != "}"
		_, _ = io.WriteString(w, text+"\n")
	})
}
