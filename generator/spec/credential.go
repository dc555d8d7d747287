package spec

import (
	"slices"
	"strings"
	"unicode"
)

// credentialName reports whether the name of a variable says that its value is
// a credential: one of its words is TOKEN, SECRET, PASSWORD or KEY. MONKEY and
// MAX_TOKENS have no such word, PUBLIC_KEY is for everyone, and SECRET_ARN says
// where one is rather than what it is.
func credentialName(name string) bool {
	words := nameWords(name)
	if len(words) == 0 || tellsWhere(words) {
		return false
	}
	for i, w := range words {
		if credentialWord(w, len(words) > 1) && (i == 0 || !harmlessBeforeKey(words[i-1])) {
			return true
		}
	}
	return false
}

// nameWords splits DB_PASSWORD, db-password and dbPassword alike.
func nameWords(name string) []string {
	var split strings.Builder
	lower := false
	for _, r := range name {
		if lower && unicode.IsUpper(r) {
			split.WriteByte('_')
		}
		lower = unicode.IsLower(r)
		split.WriteRune(unicode.ToLower(r))
	}
	return strings.FieldsFunc(split.String(), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// credentialWord reports whether a word of a name, alone or among others, says
// credential.
func credentialWord(w string, among bool) bool {
	switch w {
	case "key", "secrets", "passwords", "passphrase", "credential", "credentials":
		return true
	case "pwd", "pass":
		return among // PWD alone is the folder that a shell is in.
	}
	return slices.ContainsFunc(
		[]string{"token", "secret", "password", "passwd", "apikey", "accesskey", "secretkey", "privatekey"},
		func(end string) bool { return strings.HasSuffix(w, end) })
}

// harmlessBeforeKey tells a public, a KMS or a database key from a secret one.
func harmlessBeforeKey(w string) bool {
	return contains([]string{"public", "kms", "partition", "sort", "primary", "foreign", "cache"}, w)
}

// tellsWhere reports whether a name ends in a word that tells about a
// credential and is none: where it is, how long it lives.
func tellsWhere(words []string) bool {
	last := words[len(words)-1]
	if last == "id" {
		return len(words) > 1 && words[len(words)-2] == "key"
	}
	return contains([]string{
		"arn", "enabled", "endpoint", "expiry", "file", "header", "length", "name", "path", "prefix", "size", "ttl", "type", "uri", "url",
	}, last)
}

// credentialValue reports whether a text holds what looks like a credential,
// whatever it is called.
func credentialValue(s string) bool { return len(credentialSpans(s)) > 0 }

// span is a part of a text, from the byte start up to the byte end.
type span struct{ start, end int }

// credentialSpans finds what looks like a credential by its own form: keys and
// tokens that begin as AWS, GitHub, GitLab, Slack, Docker Hub and Stripe make
// them, private keys, and the password in an address.
func credentialSpans(s string) []span {
	var found []span
	for _, prefix := range []string{
		"AKIA", "ASIA",
		"ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_",
		"glpat-",
		"xoxa-", "xoxb-", "xoxe-", "xoxo-", "xoxp-", "xoxr-", "xoxs-",
		"dckr_pat_", "dckr_oat_",
		"sk_live_", "rk_live_",
	} {
		found = append(found, tokens(s, prefix)...)
	}
	found = append(found, privateKeys(s)...)
	return append(found, addressPasswords(s)...)
}

// tokenLeast is how much must follow a prefix before it is taken for a token.
const tokenLeast = 4

func tokens(s, prefix string) []span {
	var found []span
	for from := 0; ; {
		i := strings.Index(s[from:], prefix)
		if i < 0 {
			return found
		}
		start := from + i
		end := start + len(prefix)
		for end < len(s) && tokenByte(s[end]) {
			end++
		}
		if end-start-len(prefix) >= tokenLeast && (start == 0 || !tokenByte(s[start-1])) {
			found = append(found, span{start, end})
		}
		from = end
	}
}

func tokenByte(b byte) bool {
	return b == '_' || b == '-' || '0' <= b && b <= '9' || 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z'
}

// privateKeys finds keys in PEM form. One whose end is missing lasts to the end of the text.
func privateKeys(s string) []span {
	const begin, mark = "-----BEGIN ", "PRIVATE KEY-----"
	var found []span
	for from := 0; ; {
		i := strings.Index(s[from:], begin)
		if i < 0 {
			return found
		}
		start := from + i
		from = start + len(begin)
		head := strings.Index(s[from:], mark)
		if head < 0 || head > 30 {
			continue
		}
		end := len(s)
		if j := strings.Index(s[from+head+len(mark):], mark); j >= 0 {
			end = from + head + len(mark) + j + len(mark)
		}
		found = append(found, span{start, end})
		from = end
	}
}

// addressPasswords finds the password of postgres://user:password@host.
func addressPasswords(s string) []span {
	var found []span
	for from := 0; ; {
		i := strings.Index(s[from:], "://")
		if i < 0 {
			return found
		}
		from += i + len("://")
		end := strings.IndexAny(s[from:], "/ \t\r\n\"'`?#")
		if end < 0 {
			end = len(s) - from
		}
		authority := s[from : from+end]
		at := strings.LastIndexByte(authority, '@')
		colon := strings.IndexByte(authority, ':')
		if colon >= 0 && at > colon+1 && authority[colon+1] != '$' {
			found = append(found, span{from + colon + 1, from + at})
		}
	}
}
