package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// An Action is what happens to one resource.
type Action string

// The actions, in Terraform's words. A replacement comes in two orders.
const (
	Create      Action = "create"
	Read        Action = "read"
	Update      Action = "update"
	Delete      Action = "delete"
	Replace     Action = "replace"               // destroyed, then created
	CreateFirst Action = "create_before_destroy" // created, then destroyed
	Forget      Action = "forget"                // leaves the state, not the world
	Move        Action = "move"
	Import      Action = "import"
	Unchanged   Action = "noop"
)

// Symbol is the sign that Terraform prints before a change.
func (a Action) Symbol() string {
	switch a {
	case Create:
		return "+"
	case Read:
		return "<="
	case Update:
		return "~"
	case Delete:
		return "-"
	case Replace:
		return "-/+"
	case CreateFirst:
		return "+/-"
	case Forget:
		return "."
	}
	return ""
}

// Replaces reports whether the resource is destroyed and created again.
func (a Action) Replaces() bool { return a == Replace || a == CreateFirst }

// Removes reports whether the change takes away something that there is.
func (c Change) Removes() bool { return c.Action == Delete || c.Action.Replaces() && !c.Kept }

// HoldsData reports whether no apply can bring back what is lost with the
// resource. The parameter that says whether there is a live service only holds
// the service's name.
func (r Resource) HoldsData() bool {
	types := []string{
		"aws_cloudwatch_log_group", "aws_codecommit_repository", "aws_ecr_repository", "aws_s3_bucket",
		"aws_secretsmanager_secret", "aws_ssm_parameter",
	}
	return slices.Contains(types, r.Type) && r.Local != "aws_ssm_parameter.live"
}

// A Resource is one resource instance, by its parts.
type Resource struct {
	Address string // module.service["web"].aws_ecs_service.this
	Module  string // module.service["web"], or "" in the root module
	Local   string // aws_ecs_service.this: the address within its module
	Type    string // aws_ecs_service
}

// Local is the address of an instance of a managed resource within its module.
// Key is a string or a float64, as a state has them, or nil where there is but
// one instance.
func Local(kind, name string, key any) string {
	switch key := key.(type) {
	case string:
		return fmt.Sprintf("%s.%s[%q]", kind, name, key)
	case float64:
		return fmt.Sprintf("%s.%s[%d]", kind, name, int(key))
	}
	return kind + "." + name
}

// Instance is an instance of a managed resource, fit to be shown. Module is ""
// in the root module.
func Instance(module, kind, name string, key any) Resource {
	local := Local(kind, name, key)
	return Resource{Address: line(strings.TrimPrefix(module+"."+local, ".")), Module: line(module), Local: line(local), Type: line(kind)}
}

// A Change is what a plan does to one resource.
type Change struct {
	Resource
	Action     Action
	Reason     string // Terraform's keyword for why, such as "tainted", or ""
	Previous   string // the address it had before a move, or ""
	ImportID   string // the ID it is imported by, or ""
	Title      string // what a created resource is called, where a value says so
	Attributes []Attribute
	Kept       bool   // what it replaces stays: an older revision of a task definition
	Digest     string // of the change with its values, in hex; "" where those are not known
	Expected   bool   // of drift: the pipeline or scaling did it, as they should
	Foreign    bool   // of drift: somebody added to the resource what no apply takes away
	Group      string // of what is foreign: the ID of the security group that it was added to, or ""
}

// An Attribute is one value that changes, or several that were told apart by
// name. Before and After are ready to show.
type Attribute struct {
	Path   string // desired_count, default_action.target_group_arn
	Before string
	After  string
	Forces bool // this value is why the resource is replaced
}

// Added is a part that a resource has more than before, in words.
func Added(what string) Attribute { return Attribute{Path: line(what) + added} }

// added ends the path of what a resource has more than before.
const added = " added"

// String says the change in a phrase: "desired_count 2 → 4".
func (a Attribute) String() string {
	switch {
	case a.After == Unknown:
		return a.Path + " " + Unknown
	case a.Before == "" && a.After == "":
		return a.Path
	case a.Before == Sensitive && a.After == Sensitive:
		return a.Path + " " + Sensitive
	}
	return fmt.Sprintf("%s %s → %s", a.Path, a.Before, a.After)
}

// Group is what the spec calls the thing that a module address stands for:
// module.load_balancer["shop"] is "Load balancer shop". The root module's
// resources are "Root".
func Group(module string) string {
	name, key, _ := moduleCall(module)
	if name == "" {
		return "Root"
	}
	title := strings.ToUpper(name[:1]) + strings.ReplaceAll(name[1:], "_", " ")
	return strings.TrimSpace(title + " " + key)
}

// Calls are the names of the module calls that a module address consists of,
// from the outermost on. The root module has none.
func Calls(module string) []string {
	var names []string
	for module != "" {
		name, _, rest := moduleCall(module)
		if name == "" {
			return names
		}
		names, module = append(names, name), strings.TrimPrefix(rest, ".")
	}
	return names
}

// moduleCall splits the outermost call of a module address into its name and
// its key, and what comes behind them. A key may hold dots, brackets and
// escaped quotes.
func moduleCall(module string) (name, key, rest string) {
	rest, ok := strings.CutPrefix(module, "module.")
	if !ok {
		return "", "", ""
	}
	end := strings.IndexAny(rest, ".[")
	if end < 0 {
		return rest, "", ""
	}
	name, rest = rest[:end], rest[end:]
	if rest[0] == '.' {
		return name, "", rest
	}
	rest = rest[1:]
	if quoted, err := strconv.QuotedPrefix(rest); err == nil {
		key, _ = strconv.Unquote(quoted)
		rest = strings.TrimPrefix(rest[len(quoted):], "]")
	} else {
		key, rest, _ = strings.Cut(rest, "]")
	}
	return name, Clean(key), rest
}
