package spec

import (
	"cmp"
	"strings"
	"unicode"

	"github.com/hashicorp/hcl/v2"
)

// names holds what is made of other names against AWS's rules, and reports names
// that two things of a kind would have. What an argument sets is checked with
// the argument.
func (c *checker) names() {
	first, reported, services := map[string]hcl.Range{}, map[hcl.Range]bool{}, map[*Service]service{}
	for _, s := range c.services {
		services[s.Service] = s
	}
	for _, name := range Names(c.Spec) {
		at, given, sound := c.origin(name, services[name.Service])
		if !sound || reported[at] {
			continue
		}
		if name.secondary() && len(name.Text) <= name.rule.most {
			continue
		}
		if why := name.rule.broken(name.Text); why != "" && !given && name.Set == "" {
			c.add(name.rule.code, at, "%s %q %s. %s", name.rule.what, name.Text, why, follows(name))
			reported[at] = true
			continue
		}
		if name.Space == World { // S3 ends it in characters of its own.
			continue
		}
		key := name.shared()
		if other, taken := first[key]; taken && name.What != ImageRepository {
			c.add(nameTaken, at, "%s is called %q already, by %s. %s", article(name.What), name.Text, line(other), remedy(name))
			reported[at] = true
		}
		first[key] = at
	}
}

// secondary reports whether a name follows from one that an argument may set: it
// is sound where that one is, but for its length.
func (n Name) secondary() bool {
	return strings.Contains(n.Made, "{service}") || strings.Contains(n.Made, "{build}")
}

// shared is the same for two names that AWS would take for one.
func (n Name) shared() string {
	text := n.Text
	if n.Folded {
		text = strings.ToLower(text)
	}
	if n.Space == AtListener {
		text += " " + n.Service.LoadBalancer.listener()
	}
	return cmp.Or(n.Resource, n.What) + "." + n.Argument + " " + text
}

// origin is where a name is set, or the label that it follows from; whether it
// is set; and whether it can be judged.
func (c *checker) origin(name Name, s service) (at hcl.Range, given, sound bool) {
	cluster, state := c.root.child("cluster"), c.root.child("state")
	switch {
	case name.Service != nil:
	case name.Space == InBucket || name.Space == Organization:
		return state.header, false, c.named()
	default:
		return cluster.named, name.Set != "", cluster.given && c.named() && !c.unsoundCluster
	}
	n, argument := s.node, name.Set
	if block, inner, inside := strings.Cut(name.Set, "."); inside {
		n, argument = n.child(block), inner
	}
	if argument != "" && n.has(argument) {
		return n.at(argument), true, true
	}
	return s.node.named, false, c.derived(s) && (argument == "" || n.sound(argument))
}

// follows says how a name came to be.
func follows(name Name) string {
	switch {
	case name.Resource == "":
		return "It follows from the names of the project and the environment. Choose shorter or plainer ones."
	case name.Service == nil:
		return "It follows from the cluster's name. Choose a shorter or plainer one."
	}
	return "It follows from the labels of the project and the service. Choose shorter or plainer ones."
}

// remedy says how one of two names becomes another.
func remedy(name Name) string {
	switch {
	case name.Set != "":
		return "Set " + strings.TrimPrefix(name.Set, "load_balancer.") + " in one of the two."
	case name.Folded:
		return "Capital letters do not tell the two apart. Choose another label for one of them."
	}
	return "Choose another label for one of the two."
}

// article puts the indefinite one before a noun, at the beginning of a sentence.
func article(noun string) string {
	if strings.ContainsRune("AEIOU", unicode.ToUpper(rune(noun[0]))) {
		return "An " + noun
	}
	return "A " + noun
}
