package deploy

import (
	"context"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-exec/tfexec"

	"tfgen/internal/deploy/report"
)

// canStayFailed are the types that AWS may keep for good in a state of failure
// ("State" of NatGateway and of VpcEndpoint in the API reference of EC2): one
// that is tainted is rightly replaced.
var canStayFailed = []string{"aws_nat_gateway", "aws_vpc_endpoint"} //nolint:gochecknoglobals // never changed

// writesInto are types that write into another resource and have nothing of their
// own, besides the settings of a bucket. To replace one before the old one goes,
// as Terraform does where something else asks for that order, takes away with
// the old one what the new one wrote, or is refused as a second one of the same.
var writesInto = []string{ //nolint:gochecknoglobals // never changed
	"aws_cloudwatch_event_target", "aws_ecr_lifecycle_policy", "aws_ecs_cluster_capacity_providers", "aws_iam_role_policy",
	"aws_iam_role_policy_attachment", "aws_lb_listener", "aws_lb_listener_certificate", "aws_lb_listener_rule", "aws_route",
	"aws_vpc_security_group_egress_rule", "aws_vpc_security_group_ingress_rule",
}

// resumes reports whether an apply goes on with a resource of a type whose
// creation did not finish. Terraform marks such a resource as tainted and would
// replace it, although AWS has made it and all that is missing shows when it is
// read: a load balancer that was not waited for, a service whose first rollout
// failed. To replace it would fail where its name is taken, and be refused where
// it holds data.
func (t *Terraform) resumes(kind string) bool {
	switch {
	case slices.Contains(canStayFailed, kind):
		return false
	case slices.Contains(writesInto, kind), strings.HasPrefix(kind, "aws_s3_bucket_"):
		return true
	default:
		return slices.Contains(t.config.TakesOver, kind) || report.Resource{Type: kind}.HoldsData()
	}
}

// untaint lets the next plan of a root go on with what is tainted, where it
// can. What cannot be unmarked stays tainted, and the next apply tries again.
func (t *Terraform) untaint(ctx context.Context, root Root) {
	s, err := t.state(ctx, root)
	if err != nil {
		return
	}
	for _, r := range s.Resources {
		for _, i := range r.Instances {
			if i.Status != "tainted" || !r.managed() || !t.resumes(r.Type) {
				continue
			}
			_ = t.run(ctx, &run{root: root, verb: "untaint", quiet: true, versioned: true, do: func(ctx context.Context, tf *tfexec.Terraform) error {
				return tf.Untaint(ctx, r.address(i), tfexec.LockTimeout(t.lockTimeout()))
			}})
		}
	}
}

// resumable reports whether the plan would replace something only since its
// creation did not finish, and an apply could go on with it.
func (p *Plan) resumable() bool {
	return slices.ContainsFunc(p.Changes, func(c report.Change) bool {
		return strings.HasSuffix(c.Reason, "tainted") && p.terraform.resumes(c.Type)
	})
}
