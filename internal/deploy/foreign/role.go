package foreign

// A role is what is read of aws_iam_role.
type role struct {
	Name   string
	Inline []struct {
		Name string
	} `json:"inline_policy"`
	Attached []string `json:"managed_policy_arns"`
}

func (r role) holds() (all []part) {
	for _, policy := range r.Inline {
		all = append(all, part{r.Name, "inline_policy", inline(policy.Name)})
	}
	for _, arn := range r.Attached {
		all = append(all, part{r.Name, "managed_policy_arns", attached(arn)})
	}
	return all
}

func inline(name string) string { return "inline policy " + name }

func attached(arn string) string { return "policy " + arn }

// inlinePolicies is what is read of aws_iam_role_policy, and of
// aws_iam_role_policies_exclusive.
type inlinePolicies struct {
	Role, Name string
	RoleName   string   `json:"role_name"`
	Names      []string `json:"policy_names"`
}

func (p inlinePolicies) claims() []part {
	all := []part{{owner: p.Role, what: inline(p.Name)}}
	for _, name := range p.Names {
		all = append(all, part{owner: p.RoleName, what: inline(name)})
	}
	return all
}

// attachments is what is read of aws_iam_role_policy_attachment, of
// aws_iam_policy_attachment, which has many roles, and of
// aws_iam_role_policy_attachments_exclusive, which has many policies.
type attachments struct {
	Role     string
	Roles    []string
	RoleName string   `json:"role_name"`
	ARN      string   `json:"policy_arn"`
	ARNs     []string `json:"policy_arns"`
}

func (a attachments) claims() (all []part) {
	for _, name := range append(a.Roles, a.Role) {
		all = append(all, part{owner: name, what: attached(a.ARN)})
	}
	for _, arn := range a.ARNs {
		all = append(all, part{owner: a.RoleName, what: attached(arn)})
	}
	return all
}
