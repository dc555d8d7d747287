package spec

// kind is the type of an argument's value.
type kind int

const (
	kindText kind = iota
	kindNumber
	kindFlag
	kindTexts
	kindTags        // map of text
	kindVariables   // map of text, ssm(), secret() or variable()
	kindStrategy    // map of capacity to a weight, or to { weight, base }
	kindHealthCheck // path, or what the block of the same name says
	kindOutside     // variable() alone
	kindAllOutside  // map of variable()
	kindSecret      // secret() alone
	kindPorts       // number, or text such as "8000-8100"
)

// attribute is an argument of a block. The table of attributes drives both the
// decoder and the reference, so that neither knows what the other does not.
type attribute struct {
	name     string
	kind     kind
	required bool
	fallback any               // default: a string, int, bool or []string, nil for none
	follows  string            // default in words, where it follows from the rest of the spec
	allowed  []string          // texts, or the elements of a list
	aliases  map[string]string // what others call one of the allowed texts, in small letters
	numbers  []int             // the only numbers allowed
	min, max int               // of a number, unless both are 0
	distinct bool              // no element of a list may be there twice
	lone     bool              // a single element needs no list around it
	values   []ValueKind       // of variables, besides literals
	build    bool              // of a service: it counts without a cluster too
	later    string            // code of the problem that this version does not do it, "" if it does
	instead  string            // what to do meanwhile
	doc      string
}

// block is a kind of block.
type block struct {
	name       string
	label      *label // nil: it has none
	required   bool
	many       bool // it may be there more than once, under different labels
	attributes []attribute
	blocks     []block
	build      bool // of a service: it counts without a cluster too
	later      string
	instead    string
	// environment says that expressions may mention environment.*.
	environment bool
	doc         string
}

// label is what stands in quotes after a block's name.
type label struct {
	name    string // as the reference writes it, such as NAME
	allowed []string
	later   map[string]string // labels that this version does not do → what to do meanwhile
	code    string            // of the problem that a label is for later
}

func (b *block) attribute(name string) *attribute {
	for i := range b.attributes {
		if b.attributes[i].name == name {
			return &b.attributes[i]
		}
	}
	return nil
}

func (b *block) block(name string) *block {
	for i := range b.blocks {
		if b.blocks[i].name == name {
			return &b.blocks[i]
		}
	}
	return nil
}

// names lists the arguments and blocks of a block that this version does.
func (b *block) names() []string {
	var names []string
	for _, a := range b.attributes {
		if a.later == "" {
			names = append(names, a.name)
		}
	}
	for _, inner := range b.blocks {
		if inner.later == "" && b.attribute(inner.name) == nil {
			names = append(names, inner.name)
		}
	}
	return names
}

// language is the whole language: what may stand at the top of a spec.
func language() *block {
	return &block{blocks: []block{
		projectBlock(),
		stateBlock(),
		sourceBlock(),
		networkBlock(),
		clusterBlock(),
		serviceBlock(),
		parameterBlock(),
		secretBlock(),
		environmentBlock(),
	}}
}
