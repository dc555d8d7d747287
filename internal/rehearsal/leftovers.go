package rehearsal

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// An inventory is what an account holds: "CodeBuild project myweb-build".
type inventory []string

// A listing is a call that lists one kind of thing.
type listing struct {
	kind    string // as a person says it
	service string // the service's signing name
	call    string // JSON: target; XML: version and action
	more    []string
	names   string // where the names are: a path of keys in JSON, an element in XML
}

func listings() []listing {
	const elb, ec2, iam = "2015-12-01 ", "2016-11-15 ", "2010-05-08 "
	return []listing{
		{"CodeCommit repository", "codecommit", "CodeCommit_20150413.ListRepositories", nil, "repositories.repositoryName"},
		{"CodeBuild project", "codebuild", "CodeBuild_20161006.ListProjects", nil, "projects"},
		{"pipeline", "codepipeline", "CodePipeline_20150709.ListPipelines", nil, "pipelines.name"},
		{"ECR repository", "ecr", "AmazonEC2ContainerRegistry_V20150921.DescribeRepositories", nil, "repositories.repositoryName"},
		{"log group", "logs", "Logs_20140328.DescribeLogGroups", nil, "logGroups.logGroupName"},
		{"event rule", "events", "AWSEvents.ListRules", nil, "Rules.Name"},
		{"parameter", "ssm", "AmazonSSM.DescribeParameters", nil, "Parameters.Name"},
		{"secret", "secretsmanager", "secretsmanager.ListSecrets", nil, "SecretList.Name"},
		{"scaling target", "application-autoscaling", "AnyScaleFrontendService.DescribeScalableTargets", []string{"ServiceNamespace", "ecs"}, "ScalableTargets.ResourceId"},
		{"role", "iam", iam + "ListRoles", nil, "RoleName"},
		{"instance profile", "iam", iam + "ListInstanceProfiles", nil, "InstanceProfileName"},
		{"policy", "iam", iam + "ListPolicies", []string{"Scope", "Local"}, "PolicyName"},
		{"VPC", "ec2", ec2 + "DescribeVpcs", nil, "vpcId"},
		{"security group", "ec2", ec2 + "DescribeSecurityGroups", nil, "groupId"},
		{"launch template", "ec2", ec2 + "DescribeLaunchTemplates", nil, "launchTemplateName"},
		{"NAT gateway", "ec2", ec2 + "DescribeNatGateways", []string{"Filter.1.Name", "state", "Filter.1.Value.1", "available"}, "natGatewayId"},
		{"elastic IP address", "ec2", ec2 + "DescribeAddresses", nil, "allocationId"},
		{"load balancer", "elasticloadbalancing", elb + "DescribeLoadBalancers", nil, "LoadBalancerName"},
		{"target group", "elasticloadbalancing", elb + "DescribeTargetGroups", nil, "TargetGroupName"},
		{"auto scaling group", "autoscaling", "2011-01-01 DescribeAutoScalingGroups", nil, "AutoScalingGroupName"},
		{"topic", "sns", "2010-03-31 ListTopics", nil, "TopicArn"},
	}
}

// inventory lists what the account holds now.
func (w *world) inventory(ctx context.Context) (inventory, error) {
	admin := w.caller(w.admin)
	var all inventory
	for _, l := range listings() {
		names, err := l.list(ctx, admin)
		if err != nil {
			return nil, fmt.Errorf("list each %s: %w", l.kind, err)
		}
		for _, name := range names {
			all = append(all, l.kind+" "+name)
		}
	}
	clusters, err := activeClusters(ctx, admin)
	if err != nil {
		return nil, err
	}
	for _, name := range clusters {
		all = append(all, "cluster "+name)
	}
	text, err := admin.object(ctx, http.MethodGet, "", nil)
	for _, name := range elements(string(text), "Name") {
		all = append(all, "bucket "+name)
	}
	slices.Sort(all)
	return slices.Compact(all), err
}

// activeClusters leaves out those that are gone: AWS knows a deleted cluster's
// name for a while.
func activeClusters(ctx context.Context, c caller) ([]string, error) {
	const service = "AmazonEC2ContainerServiceV20141113."
	var listed struct{ ClusterArns []string }
	if err := c.json(ctx, "ecs", service+"ListClusters", map[string]any{}, &listed); err != nil {
		return nil, err
	}
	var described struct {
		Clusters []struct{ ClusterName, Status string }
	}
	if err := c.json(ctx, "ecs", service+"DescribeClusters", map[string]any{"clusters": listed.ClusterArns}, &described); err != nil {
		return nil, err
	}
	var active []string
	for _, cluster := range described.Clusters {
		if cluster.Status == "ACTIVE" {
			active = append(active, cluster.ClusterName)
		}
	}
	return active, nil
}

func (l listing) list(ctx context.Context, c caller) ([]string, error) {
	if version, action, xml := strings.Cut(l.call, " "); xml {
		text, err := c.query(ctx, l.service, version, action, l.more...)
		return elements(text, l.names), err
	}
	in := map[string]any{}
	for i := 0; i+1 < len(l.more); i += 2 {
		in[l.more[i]] = l.more[i+1]
	}
	var out any
	if err := c.json(ctx, l.service, l.call, in, &out); err != nil {
		return nil, err
	}
	return pick(out, strings.Split(l.names, ".")), nil
}

// pick returns the texts at a path of keys, through lists.
func pick(value any, path []string) []string {
	switch value := value.(type) {
	case string:
		return []string{value}
	case []any:
		var names []string
		for _, item := range value {
			names = append(names, pick(item, path)...)
		}
		return names
	case map[string]any:
		if len(path) > 0 {
			return pick(value[path[0]], path[1:])
		}
	}
	return nil
}

// nothing compares the account with what it held before the project came.
func (w *world) nothing(ctx context.Context) error {
	now, err := w.inventory(ctx)
	if err != nil {
		return err
	}
	left := slices.DeleteFunc(now, func(name string) bool { return slices.Contains(w.empty, name) })
	if len(left) > 0 {
		return &finding{err: fmt.Errorf("the destroy left %s", counted(len(left), "thing")), evidence: left}
	}
	kinds := len(listings()) + 2 // Clusters and buckets are listed in their own way.
	w.note("%d kinds of things were looked for; revisions of task definitions stay: they cost nothing, and say what ran", kinds)
	return nil
}
