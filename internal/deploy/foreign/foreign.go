// Package foreign finds what others have added to what Terraform made: a policy
// to a role, a rule to a security group. Terraform keeps silent about it, since
// to Terraform a role and each of its policies are resources of their own.
//
// It promises to find all of it, each time and not only the first, and nothing
// that a resource of the same state accounts for, that stands in the code of the
// role or the group itself, or that goes with one which is in the code no more.
// It is pure: it reads a saved plan and runs nothing. Of AWS it knows roles and
// security groups.
package foreign

import (
	"encoding/json"
	"fmt"
	"io/fs"

	"tfgen/internal/deploy/report"
)

// A state is what is read of Terraform's state, format version 4. What the
// attributes are depends on the type.
type state struct {
	Resources []resource
}

type resource struct {
	Mode, Type, Name, Module string
	Instances                []struct {
		IndexKey   any `json:"index_key"`
		Attributes json.RawMessage
	}
}

// A part is something that a role or a security group holds, or that another
// resource says it holds.
type part struct {
	owner    string // the role's name, or the group's ID
	argument string // of the owner, by which its own code could say so
	what     string // "inline policy build"; everything says that the owner holds nothing else
}

// everything stands for all parts of an owner: a resource of the state sees to
// it that there are no others.
const everything = ""

// Find finds what is foreign in the state that was refreshed for a plan; files
// are those of the saved plan's archive, which holds its code. For each resource
// that something was added to it returns a change, which has an attribute for
// each thing added.
func Find(refreshed []byte, files fs.FS) ([]report.Change, error) {
	var s state
	if err := json.Unmarshal(refreshed, &s); err != nil {
		return nil, fmt.Errorf("it is no state: %w", err)
	}
	claimed, err := s.claims()
	if err != nil {
		return nil, err
	}
	return s.unclaimed(claimed, sources{files})
}

// claims are what the resources of a state account for.
func (s state) claims() (map[part]bool, error) {
	all := map[part]bool{}
	err := s.each(claims, func(_ resource, _ any, parts []part) {
		for _, p := range parts {
			all[part{owner: p.owner, what: p.what}] = true
		}
	})
	return all, err
}

// unclaimed are the parts that nothing accounts for.
func (s state) unclaimed(claimed map[part]bool, code sources) (found []report.Change, err error) {
	err = s.each(holds, func(r resource, key any, parts []part) {
		c := report.Change{Resource: report.Instance(r.Module, r.Type, r.Name, key), Action: report.Update, Foreign: true}
		if r.Type == "aws_security_group" {
			c.Group = parts[0].owner
		}
		for _, p := range parts {
			if claimed[part{owner: p.owner, what: p.what}] || claimed[part{owner: p.owner, what: everything}] || code.says(r, p.argument) {
				continue
			}
			c.Attributes = append(c.Attributes, report.Added(p.what))
		}
		if len(c.Attributes) > 0 {
			found = append(found, c)
		}
	})
	return found, err
}

// each visits the instances of managed resources that have parts.
func (s state) each(read func(kind string, attributes []byte) ([]part, error), visit func(r resource, key any, parts []part)) error {
	for _, r := range s.Resources {
		if r.Mode != "managed" {
			continue
		}
		for _, i := range r.Instances {
			parts, err := read(r.Type, i.Attributes)
			if err != nil {
				return fmt.Errorf("%s in its state: %w", report.Instance(r.Module, r.Type, r.Name, i.IndexKey).Address, err)
			}
			if len(parts) > 0 {
				visit(r, i.IndexKey, parts)
			}
		}
	}
	return nil
}

// holds are the parts of a role or a group, as AWS has them.
func holds(kind string, attributes []byte) ([]part, error) {
	switch kind {
	case "aws_iam_role":
		return decoded(attributes, role.holds)
	case "aws_security_group":
		return decoded(attributes, group.holds)
	}
	return nil, nil
}

// claims are the parts that a resource of its own gives to a role or a group.
func claims(kind string, attributes []byte) ([]part, error) {
	switch kind {
	case "aws_iam_role_policy", "aws_iam_role_policies_exclusive":
		return decoded(attributes, inlinePolicies.claims)
	case "aws_iam_role_policy_attachment", "aws_iam_policy_attachment", "aws_iam_role_policy_attachments_exclusive":
		return decoded(attributes, attachments.claims)
	case "aws_vpc_security_group_ingress_rule":
		return decoded(attributes, ownRule.ingress)
	case "aws_vpc_security_group_egress_rule":
		return decoded(attributes, ownRule.egress)
	case "aws_security_group_rule":
		return decoded(attributes, oldRule.claims)
	case "aws_vpc_security_group_rules_exclusive":
		return decoded(attributes, exclusive.claims)
	}
	return nil, nil
}

// decoded reads the attributes of one type of resource.
func decoded[T any](attributes []byte, parts func(T) []part) ([]part, error) {
	var of T
	if err := json.Unmarshal(attributes, &of); err != nil {
		return nil, err
	}
	return parts(of), nil
}
