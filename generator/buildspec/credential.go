package buildspec

import (
	"regexp"
	"slices"
	"strings"
)

// credentials finds values that look like credentials and stand in clear where
// everybody reads them who can read the repository. No value is ever printed.
func (f *File) credentials() []Finding {
	var out []Finding
	for _, v := range f.Env.Variables {
		if credentialName(v.Name) && v.Value != "" || credentialValue(v.Value) {
			out = append(out, plainCredential(v.Place, v.Name))
		}
	}
	for _, p := range f.Phases {
		for _, c := range slices.Concat(p.Commands, p.Finally) {
			if credentialValue(c.Text) {
				out = append(out, plainCredential(c.Place, "a command"))
			}
		}
	}
	return out
}

func plainCredential(at Place, where string) Finding {
	return Finding{
		PlainCredential, Error, at,
		"The value in " + where + " looks like a credential, and everybody who reads the repository reads it.",
		"Have its issuer replace it, and keep the new one in Parameter Store (env.parameter-store) or Secrets Manager (env.secrets-manager).",
	}
}

// credentialName tells by a variable's name that its value is one to keep: a
// word of it says so, and the last word does not say that it only points at one.
func credentialName(name string) bool {
	words := strings.Split(strings.ToUpper(name), "_")
	pointers := []string{"NAME", "PATH", "ARN", "ID", "FILE", "URL", "URI", "PREFIX", "VERSION", "ALIAS", "TTL", "LENGTH"}
	if slices.Contains(pointers, words[len(words)-1]) {
		return false
	}
	if short := words[len(words)-1]; len(words) > 1 && slices.Contains([]string{"PASS", "PAT", "PWD"}, short) {
		return true
	}
	return slices.ContainsFunc(words, func(word string) bool {
		return slices.Contains([]string{"TOKEN", "SECRET", "PASSWORD", "PASSWD", "PASSPHRASE", "KEY", "APIKEY", "CREDENTIALS"}, word)
	})
}

// credentialValue tells by the beginning that issuers give to their tokens.
func credentialValue(text string) bool { return credentialPattern().MatchString(text) }

func withoutCredentials(text string) string {
	return credentialPattern().ReplaceAllString(text, "(hidden)")
}

func credentialPattern() *regexp.Regexp {
	return regexp.MustCompile(`\b(A[KS]IA[0-9A-Z]{16}|gh[pousr]_[0-9A-Za-z]{20,}|github_pat_[0-9A-Za-z_]{20,}|dckr_pat_[0-9A-Za-z_-]{10,}|` +
		`glpat-[0-9A-Za-z_-]{10,}|xox[abpr]-[0-9A-Za-z-]{10,})|-----BEGIN [A-Z ]*PRIVATE KEY-----|` +
		// A user and a password in an address (RFC 3986, 3.2.1), none of them a variable.
		`\b[a-z][a-z0-9+.-]*://[^/\s:@"'$]+:[^/\s@"'$]+@`)
}
