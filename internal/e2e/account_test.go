package e2e

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// fill puts into an account what use leaves there: images, and objects with
// older versions.
func (p *project) fill(t *testing.T) {
	t.Helper()
	for _, name := range get[[]string](t, p.aws, "ecr.describe_repositories", nil, "repositories[].repositoryName") {
		for _, tag := range []string{"aaaaaaaa", "bbbbbbbb"} {
			p.aws.do(t, "ecr.put_image", with{"repositoryName": name, "imageTag": tag, "imageManifest": manifest(tag)})
		}
	}
	for _, bucket := range get[[]string](t, p.aws, "s3.list_buckets", nil, "Buckets[].Name") {
		for _, body := range []string{"old", "new"} {
			p.aws.do(t, "s3.put_object", with{"Bucket": bucket, "Key": "app/object", "Body": body})
		}
	}
}

// manifest is an image manifest that differs by its tag.
func manifest(tag string) string {
	text, _ := json.Marshal(with{
		"schemaVersion": 2, "mediaType": "application/vnd.docker.distribution.manifest.v2+json",
		"config": with{"mediaType": "application/vnd.docker.container.image.v1+json", "size": 2, "digest": "sha256:" + tag},
		"layers": []any{},
	})
	return string(text)
}

// nothingLeft fails the test if an account still has something in it that a
// project of ours makes. What it lists is what AWS itself says is there.
//
// Task definitions stay, on purpose (skip_destroy): they cost nothing, and a
// rollback needs them. Instances go with their group, which is listed, and
// services with their cluster.
func nothingLeft(t *testing.T, c *client, kept ...string) {
	t.Helper()
	var left []string
	for _, list := range []struct{ call, names string }{
		{"acm.list_certificates", "CertificateSummaryList[].CertificateArn"},
		{"autoscaling.describe_auto_scaling_groups", "AutoScalingGroups[].AutoScalingGroupName"},
		{"cloudwatch.describe_alarms", "MetricAlarms[].AlarmName"},
		{"codebuild.list_projects", "projects"},
		{"codecommit.list_repositories", "repositories[].repositoryName"},
		{"codepipeline.list_pipelines", "pipelines[].name"},
		{"ec2.describe_addresses", "Addresses[].AllocationId"},
		{"ec2.describe_internet_gateways", "InternetGateways[].InternetGatewayId"},
		{"ec2.describe_launch_templates", "LaunchTemplates[].LaunchTemplateName"},
		{"ec2.describe_nat_gateways", "NatGateways[?State!='deleted'].NatGatewayId"},
		{"ec2.describe_security_groups", "SecurityGroups[?GroupName!='default'].GroupName"},
		{"ec2.describe_subnets", "Subnets[?!DefaultForAz].SubnetId"},
		{"ec2.describe_vpcs", "Vpcs[?!IsDefault].VpcId"},
		{"ecr.describe_repositories", "repositories[].repositoryName"},
		{"elbv2.describe_load_balancers", "LoadBalancers[].LoadBalancerName"},
		{"elbv2.describe_target_groups", "TargetGroups[].TargetGroupName"},
		{"events.list_rules", "Rules[].Name"},
		{"iam.list_instance_profiles", "InstanceProfiles[].InstanceProfileName"},
		{"iam.list_policies", "Policies[?!starts_with(Arn, 'arn:aws:iam::aws:')].PolicyName"},
		{"iam.list_roles", "Roles[?!starts_with(Path, '/aws-service-role/')].RoleName"},
		{"logs.describe_log_groups", "logGroups[].logGroupName"},
		{"s3.list_buckets", "Buckets[].Name"},
		{"secretsmanager.list_secrets", "SecretList[].Name"},
		{"ssm.describe_parameters", "Parameters[].Name"},
	} {
		for _, name := range get[[]string](t, c, list.call, nil, list.names) {
			left = append(left, list.call+": "+name)
		}
	}
	clusters := with{"clusters": get[[]string](t, c, "ecs.list_clusters", nil, "clusterArns")}
	for _, name := range get[[]string](t, c, "ecs.describe_clusters", clusters, "clusters[?status!='INACTIVE'].clusterName") {
		left = append(left, "ecs.describe_clusters: "+name)
	}
	slices.Sort(kept)
	slices.Sort(left)
	if diff := cmp.Diff(kept, left); diff != "" {
		t.Errorf("what the account holds besides what it should (+):\n%s", diff)
	}
}
