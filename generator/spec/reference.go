package spec

import (
	"fmt"
	"strings"
)

// A Block is a kind of block as the reference of the language shows it.
type Block struct {
	Path       string // such as "service.load_balancer"
	Form       string // how it is written, such as `service "NAME" { … }`
	Doc        string
	Required   bool
	Many       bool   // it may be there more than once
	Label      string // such as "NAME", "" for none
	Labels     []string
	Change     Change // of the label, or of a block that comes or goes
	Attributes []Attribute
}

// An Attribute is an argument of a block as the reference shows it.
type Attribute struct {
	Name     string
	Type     string // such as "string" or "list(string)"
	Required bool
	Default  string // in the words of the language, or in a sentence's; "" for none
	Doc      string
	Allowed  string // such as `"ecr" or "dockerhub"` or "1 to 65535"; "" for any
	Change   Change
}

// Reference is the whole language, made from the tables that also decode it. An
// inner block comes after the one that it stands in. What this version does not
// do is not in it.
func Reference() []Block {
	return referenceOf(language(), "")
}

func referenceOf(outer *block, prefix string) []Block {
	var found []Block
	for i := range outer.blocks {
		b := &outer.blocks[i]
		if b.later != "" {
			continue
		}
		found = append(found, b.reference(prefix+b.name))
		found = append(found, referenceOf(b, prefix+b.name+".")...)
	}
	return found
}

func (b *block) reference(path string) Block {
	shown := Block{Path: path, Form: b.form(), Doc: b.doc, Required: b.required, Many: b.many}
	change := changes()
	if b.label != nil {
		shown.Label, shown.Labels, shown.Change = b.label.name, b.label.allowed, change[path+" "+b.label.name]
	}
	for _, a := range b.attributes {
		if a.later == "" {
			shown.Attributes = append(shown.Attributes, a.reference(change[path+"."+a.name]))
		}
	}
	return shown
}

func (a attribute) reference(c Change) Attribute {
	return Attribute{
		Name:     a.name,
		Type:     a.typeText(),
		Required: a.required,
		Default:  a.defaultText(),
		Doc:      a.doc,
		Allowed:  a.allowedText(),
		Change:   c,
	}
}

// typeText is an argument's type in the words of the language.
func (a attribute) typeText() string {
	switch a.kind {
	case kindNumber:
		return "number"
	case kindFlag:
		return "bool"
	case kindTexts:
		if a.lone {
			return "string or list(string)"
		}
		return "list(string)"
	case kindTags:
		return "map(string)"
	case kindVariables:
		if contains(a.values, Variable) {
			return "map of string, ssm(), secret() or variable()"
		}
		return "map of string, ssm() or secret()"
	case kindStrategy:
		return "map of number or { weight, base }"
	case kindHealthCheck:
		return "string or block"
	case kindOutside:
		return "variable()"
	case kindAllOutside:
		return "map of variable()"
	case kindSecret:
		return "secret()"
	case kindPorts:
		return "number or string"
	default:
		return "string"
	}
}

func (a attribute) defaultText() string {
	switch fallback := a.fallback.(type) {
	case nil:
		return a.follows
	case string:
		return fmt.Sprintf("`%q`", fallback)
	case []string:
		return fmt.Sprintf("`[%s]`", strings.ReplaceAll(quoted(fallback), " or ", ", "))
	default:
		return fmt.Sprintf("`%v`", fallback)
	}
}

func (a attribute) allowedText() string {
	switch {
	case len(a.allowed) > 0:
		return quoted(a.allowed)
	case len(a.numbers) > 0:
		return listOf(a.numbers)
	case a.max == 1<<30:
		return fmt.Sprintf("%d or more", a.min)
	case a.max != 0:
		return fmt.Sprintf("%d to %d", a.min, a.max)
	default:
		return ""
	}
}
