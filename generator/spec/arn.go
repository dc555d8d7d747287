package spec

import "strings"

// arn is an Amazon resource name, taken apart.
type arn struct{ partition, service, region, account, resource string }

func parseARN(s string) (arn, bool) {
	parts := strings.SplitN(s, ":", 6)
	if len(parts) != 6 || parts[0] != "arn" || !strings.HasPrefix(parts[1], "aws") || parts[5] == "" || strings.ContainsAny(s, " \t\r\n\"") {
		return arn{}, false
	}
	return arn{parts[1], parts[2], parts[3], parts[4], parts[5]}, true
}

// regional reports whether the resource is in a region of an account.
func (a arn) regional() bool { return regionShaped(a.region) && a.owned() }

// owned reports whether the resource is in an account.
func (a arn) owned() bool { return onlyDigits(a.account) && len(a.account) == 12 }

// arn checks an argument that holds one, and returns it.
func (c *checker) arn(n *node, argument, form string, fits func(arn) bool) (arn, bool) {
	if !n.has(argument) {
		return arn{}, false
	}
	a, ok := parseARN(n.text(argument))
	if !ok || !fits(a) {
		c.add(badARN, n.at(argument), "%s is not the ARN that %s wants. It looks like %s.", quoteShort(n.text(argument)), argument, form)
		return a, false
	}
	return a, true
}

// quoteShort quotes the beginning of a text that may be long.
func quoteShort(s string) string {
	if runes := []rune(s); len(runes) > 60 {
		s = string(runes[:60]) + "…"
	}
	return `"` + s + `"`
}
