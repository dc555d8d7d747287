package spec

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits of tags (AWS tagging reference, "Tag naming limits and requirements").
const (
	tagKeyMost   = 128
	tagValueMost = 256
	tagsMost     = 50
)

func (c *checker) tags(n *node) {
	tags := n.tags("tags")
	if len(tags) > tagsMost {
		c.add(badTag, n.at("tags"), "%d tags are more than AWS allows, which is %d.", len(tags), tagsMost)
	}
	alike := map[string]string{}
	for _, key := range keys(tags) {
		if why := tagProblem(key, tags[key]); why != "" {
			c.add(badTag, n.item("tags", key), "The tag %q %s.", key, why)
		}
		if other, ok := alike[strings.ToLower(key)]; ok {
			c.add(badTag, n.item("tags", key), "The tags %q and %q differ in capitals alone, and IAM takes them for one.", other, key)
		}
		alike[strings.ToLower(key)] = key
	}
}

func tagProblem(key, value string) string {
	switch {
	case key == "":
		return "has no name"
	case utf8.RuneCountInString(key) > tagKeyMost:
		return "has a longer name than the 128 characters that AWS allows"
	case strings.HasPrefix(strings.ToLower(key), "aws:"):
		return "begins with aws:, which is AWS's own"
	case utf8.RuneCountInString(value) > tagValueMost:
		return "has a longer value than the 256 characters that AWS allows"
	case !tagText(key) || !tagText(value):
		return "has a character that not every service takes: keep to letters, digits, spaces and + - = . _ : / @"
	case credentialValue(value):
		return "holds what looks like a credential, and tags are for all to see"
	}
	return ""
}

func tagText(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !strings.ContainsRune(" +-=._:/@", r)
	}) < 0
}
