package e2e

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// leastPrivilege holds the roles of an account to a table of what they need.
// Each must be allowed all of that, and nothing that it does not need may be in
// its policies: whatever is taken away, something fails.
func leastPrivilege(t *testing.T, p *project, table string, names map[string]string) {
	wanted := needs(t, table, names, p.region)
	made := get[[]string](t, p.aws, "iam.list_roles", nil, "Roles[?!starts_with(Path, '/aws-service-role/')].RoleName")
	slices.Sort(made)
	if want := slices.Sorted(maps.Keys(wanted)); !slices.Equal(made, want) {
		t.Errorf("the roles are %q, and the table speaks of %q", made, want)
	}
	for _, name := range made {
		if wanted[name] == nil {
			continue
		}
		t.Run(name, func(t *testing.T) {
			statements := p.statements(t, name)
			wanted[name].judge(t, statements)
			superfluous(t, statements, wanted[name])
			narrow(t, statements, wanted[name])
			wanted[name].judgeTrust(t, p.trustPolicy(t, name))
			attached := get[[]string](t, p.aws, "iam.list_attached_role_policies", with{"RoleName": name}, "AttachedPolicies[].PolicyArn")
			if !slices.Equal(attached, wanted[name].attached) {
				t.Errorf("policies %q are attached, want %q", attached, wanted[name].attached)
			}
		})
	}
}

// statements are those of all inline policies of a role.
func (p *project) statements(t *testing.T, role string) (all []statement) {
	t.Helper()
	for _, name := range get[[]string](t, p.aws, "iam.list_role_policies", with{"RoleName": role}, "PolicyNames") {
		text := get[string](t, p.aws, "iam.get_role_policy", with{"RoleName": role, "PolicyName": name}, "to_string(PolicyDocument)")
		d, err := readPolicy(text)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, d.Statement...)
	}
	return all
}

func (p *project) trustPolicy(t *testing.T, role string) []statement {
	t.Helper()
	d, err := readPolicy(get[string](t, p.aws, "iam.get_role", with{"RoleName": role}, "to_string(Role.AssumeRolePolicyDocument)"))
	if err != nil {
		t.Fatal(err)
	}
	return d.Statement
}

func (r *role) judge(t *testing.T, statements []statement) {
	t.Helper()
	for _, need := range r.allow {
		if !allows(statements, need) {
			t.Errorf("it needs %s, and is refused", need)
		}
	}
	for _, excess := range r.refuse {
		if allows(statements, excess) {
			t.Errorf("it may do %s", excess)
		}
	}
	for _, abroad := range r.abroad() {
		if allows(statements, abroad) {
			t.Errorf("it may do %s, which is another account's", abroad)
		}
	}
}

// abroad is what a role needs, but in another account.
func (r *role) abroad() (all []request) {
	move := func(text string) string { return strings.ReplaceAll(text, ":"+account+":", ":999999999999:") }
	for _, need := range r.allow {
		if move(need.resource) == need.resource {
			continue
		}
		moved := request{need.action, move(need.resource), map[string]string{}}
		for key, value := range need.context {
			moved.context[key] = move(value)
		}
		all = append(all, moved)
	}
	return all
}

// superfluous fails the test for each action, on each resource, that could go
// from a policy without anybody missing it.
func superfluous(t *testing.T, statements []statement, r *role) {
	t.Helper()
	for i, s := range statements {
		for _, action := range s.Action {
			for _, resource := range s.Resource {
				if !slices.ContainsFunc(r.allow, func(need request) bool { return !allows(lacking(statements, i, action, resource), need) }) {
					t.Errorf("%s: nobody needs %s on %s", s.Sid, action, resource)
				}
			}
		}
	}
}

// lacking are the statements, but that statement i does not speak of the action
// on the resource. It is split in two: what is left of the actions, and the
// action on what is left of the resources.
func lacking(statements []statement, i int, action, resource string) []statement {
	rest, kept := statements[i], statements[i]
	rest.Action = dropped(rest.Action, action)
	kept.Action, kept.Resource = texts{action}, dropped(kept.Resource, resource)
	return slices.Concat(statements[:i], statements[i+1:], []statement{rest, kept})
}

// dropped is never nil: a statement without resources would be about all.
func dropped(list texts, text string) texts {
	return slices.DeleteFunc(append(texts{}, list...), func(t string) bool { return t == text })
}

// unbounded are the actions for which AWS knows no resource, or none that can be
// named beforehand, so that a policy can only say "*"
// (https://docs.aws.amazon.com/service-authorization/latest/reference/).
func unbounded() []string {
	return []string{
		"ecr-public:GetAuthorizationToken",
		"ecr:GetAuthorizationToken",
		"ecs:DescribeTaskDefinition",
		"ecs:DiscoverPollEndpoint",
		"ecs:ListTasks", // Held to one cluster by a condition.
		"sts:GetServiceBearerToken",
	}
}

// narrow fails the test for whatever could be narrower: a wildcard among the
// actions, "*" where AWS knows resources, a condition that holds nothing back,
// and an action of which the table does not say where it must be refused.
func narrow(t *testing.T, statements []statement, r *role) {
	t.Helper()
	for i, s := range statements {
		for _, action := range s.Action {
			if strings.Contains(action, "*") {
				t.Errorf("%s: %s is more than one action", s.Sid, action)
			}
			everywhere := slices.Contains(s.Resource, "*")
			if everywhere && !slices.Contains(unbounded(), action) {
				t.Errorf("%s: %s on * could be on less", s.Sid, action)
			}
			if !everywhere && !slices.ContainsFunc(r.refuse, func(q request) bool { return q.action == action }) {
				t.Errorf("%s: the table does not say where %s must be refused", s.Sid, action)
			}
		}
		for operator, keys := range s.Condition {
			for key := range keys {
				if !slices.ContainsFunc(r.refuse, func(q request) bool { return allows(unconditional(statements, i, operator, key), q) }) {
					t.Errorf("%s: the condition %s %s holds nothing back", s.Sid, operator, key)
				}
			}
		}
	}
}

// unconditional are the statements, but that statement i has one condition less.
func unconditional(statements []statement, i int, operator, key string) []statement {
	changed := slices.Clone(statements)
	conditions := maps.Clone(statements[i].Condition)
	conditions[operator] = maps.Clone(conditions[operator])
	delete(conditions[operator], key)
	changed[i].Condition = conditions
	return changed
}

// judgeTrust: a role that anybody's service may take on is anybody's role (the
// confused deputy).
func (r *role) judgeTrust(t *testing.T, statements []statement) {
	t.Helper()
	for _, a := range r.trust {
		if !a.admitted(statements) {
			t.Errorf("%s %v cannot assume it", a.service, a.context)
		}
	}
	for _, a := range r.distrust {
		if a.admitted(statements) {
			t.Errorf("%s %v can assume it", a.service, a.context)
		}
	}
	for _, s := range statements {
		if len(s.Principal) != 1 || len(s.Principal["Service"]) != 1 {
			t.Errorf("%s: it trusts %v and not one service", s.Sid, s.Principal)
		}
	}
	if len(r.trust) == 0 || len(r.distrust) == 0 {
		t.Error("the table does not say who may assume it, and who may not")
	}
}

func (a assumption) admitted(statements []statement) bool {
	var about []statement
	for _, s := range statements {
		if slices.Contains(s.Principal["Service"], a.service) {
			about = append(about, s)
		}
	}
	return allows(about, request{action: "sts:AssumeRole", context: a.context})
}
