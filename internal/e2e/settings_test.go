package e2e

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A setting is one fact about an account, as AWS says it: the call, spelled as
// boto3 does, its parameters, the part of the answer as JMESPath, and what that
// part is as JSON. In all three {name} stands for a name that AWS gave.
type setting struct {
	what, call, parameters, query, want string
}

// holds asks for each setting.
func holds(t *testing.T, c *client, names map[string]string, settings []setting) {
	t.Helper()
	var pairs []string
	for name, value := range names {
		pairs = append(pairs, "{"+name+"}", value)
	}
	fill := strings.NewReplacer(pairs...)
	for _, s := range settings {
		t.Run(s.what, func(t *testing.T) {
			parameters := decode[with](t, "{"+fill.Replace(s.parameters)+"}")
			got := get[any](t, c, s.call, parameters, fill.Replace(s.query))
			if diff := cmp.Diff(decode[any](t, fill.Replace(s.want)), got); diff != "" {
				t.Errorf("%s(%s) %s is not what it should be (+):\n%s", s.call, s.parameters, s.query, diff)
			}
		})
	}
}

func decode[T any](t *testing.T, text string) (value T) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), &value); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return value
}

// settings asks for everything that the tutorial clicks together, and for what
// is safer than its clicks.
func (p *tutorial) settings(t *testing.T) {
	names := map[string]string{
		"account":   account,
		"artifacts": get[string](t, p.aws, "codepipeline.get_pipeline", with{"name": "myweb-pipeline"}, "pipeline.artifactStore.location"),
		"logs":      get[string](t, p.aws, "s3.list_buckets", nil, "Buckets[?contains(Name, '-logs-')].Name | [0]"),
		"alb":       get[string](t, p.aws, "elbv2.describe_load_balancers", nil, "LoadBalancers[0].LoadBalancerArn"),
		"group":     get[string](t, p.aws, "elbv2.describe_target_groups", nil, "TargetGroups[0].TargetGroupArn"),
		"door":      get[string](t, p.aws, "elbv2.describe_load_balancers", nil, "LoadBalancers[0].SecurityGroups[0]"),
		"tasks":     get[string](t, p.aws, "ecs.describe_services", with{"cluster": p.cluster, "services": []string{p.service}}, "services[0].networkConfiguration.awsvpcConfiguration.securityGroups[0]"),
	}
	holds(t, p.aws, names, deliverySettings())
	holds(t, p.aws, names, clusterSettings())
	holds(t, p.aws, names, serviceSettings())
	holds(t, p.aws, names, trafficSettings())
	for _, bucket := range []string{"artifacts", "logs"} {
		t.Run(bucket, func(t *testing.T) { holds(t, p.aws, map[string]string{"bucket": names[bucket]}, bucketSettings()) })
	}
}

func deliverySettings() []setting {
	const (
		pipeline = `"name": "myweb-pipeline"`
		project  = `"names": ["myweb-project"]`
		group    = `"logGroupNamePrefix": "/aws/codebuild/myweb-project"`
	)
	return []setting{
		{"repository", "codecommit.list_repositories", ``, "repositories[].repositoryName", `["mywebrepo"]`},
		{"pipeline is queued and of type V2", "codepipeline.get_pipeline", pipeline, "pipeline.[executionMode, pipelineType]", `["QUEUED", "V2"]`},
		{"stages", "codepipeline.get_pipeline", pipeline, "pipeline.stages[].[name, actions[].name]",
			`[["Source", ["Source"]], ["Build", ["Build"]], ["DeployToECS", ["DeployToECS"]]]`},
		{"source is not polled", "codepipeline.get_pipeline", pipeline, "pipeline.stages[0].actions[0].configuration",
			`{"RepositoryName": "mywebrepo", "BranchName": "main", "PollForSourceChanges": "false"}`},
		{"artifacts are handed on", "codepipeline.get_pipeline", pipeline, "pipeline.stages[].actions[].[inputArtifacts[].name, outputArtifacts[].name]",
			`[[[], ["SourceArtifact"]], [["SourceArtifact"], ["BuildArtifact"]], [["BuildArtifact"], []]]`},
		{"build stage", "codepipeline.get_pipeline", pipeline, "pipeline.stages[1].actions[0].[actionTypeId.provider, configuration]",
			`["CodeBuild", {"ProjectName": "myweb-project"}]`},
		{"deploy stage", "codepipeline.get_pipeline", pipeline, "pipeline.stages[2].actions[0].[actionTypeId.provider, configuration]",
			`["ECS", {"ClusterName": "my-cluster", "ServiceName": "my-rolling-service", "FileName": "imagedefinitions.json"}]`},
		{"deploy gives up", "codepipeline.get_pipeline", pipeline, "pipeline.stages[2].actions[0].timeoutInMinutes", `30`},
		{"commits on main start the pipeline", "events.describe_rule", `"Name": "myweb-trigger"`, "[State, EventPattern]",
			`["ENABLED", "{\"detail\":{\"event\":[\"referenceCreated\",\"referenceUpdated\"],\"referenceName\":[\"main\"],\"referenceType\":[\"branch\"]},` +
				`\"detail-type\":[\"CodeCommit Repository State Change\"],\"resources\":[\"arn:aws:codecommit:ap-south-1:{account}:mywebrepo\"],\"source\":[\"aws.codecommit\"]}"]`},
		{"the rule's target", "events.list_targets_by_rule", `"Rule": "myweb-trigger"`, "Targets[].[Arn, RoleArn]",
			`[["arn:aws:codepipeline:ap-south-1:{account}:myweb-pipeline", "arn:aws:iam::{account}:role/myweb-trigger-ap-south-1"]]`},
		{"image and size of the build", "codebuild.batch_get_projects", project, "projects[0].environment.[image, computeType, type]",
			`["aws/codebuild/amazonlinux-x86_64-standard:5.0", "BUILD_GENERAL1_SMALL", "LINUX_CONTAINER"]`},
		{"the build may run Docker", "codebuild.batch_get_projects", project, "projects[0].environment.privilegedMode", `true`},
		{"variables of the build", "codebuild.batch_get_projects", project, "projects[0].environment.environmentVariables[].[name, type, value]",
			`[["AWS_ACCOUNT_ID", "PLAINTEXT", "{account}"]]`},
		{"buildspec", "codebuild.batch_get_projects", project, "projects[0].source.[type, buildspec]", `["CODEPIPELINE", "buildspec.yml"]`},
		{"role of the build", "codebuild.batch_get_projects", project, "projects[0].serviceRole", `"arn:aws:iam::{account}:role/myweb-build-ap-south-1"`},
		{"build logs are kept", "logs.describe_log_groups", group, "logGroups[].[logGroupName, retentionInDays]", `[["/aws/codebuild/myweb-project", 365]]`},
		{"images are immutable", "ecr.describe_repositories", ``, "repositories[].[repositoryName, imageTagMutability]", `[["myweb", "IMMUTABLE"]]`},
		{"images are scanned", "ecr.describe_repositories", ``, "repositories[0].imageScanningConfiguration.scanOnPush", `true`},
		{"images are encrypted with KMS", "ecr.describe_repositories", ``, "repositories[0].encryptionConfiguration.encryptionType", `"KMS"`},
	}
}

func clusterSettings() []setting {
	const template = `"LaunchTemplateName": "ec2-my-cluster"`
	return []setting{
		{"cluster without insights", "ecs.describe_clusters", `"clusters": ["my-cluster"], "include": ["SETTINGS"]`, "clusters[].[clusterName, settings[0].value]", `[["my-cluster", "disabled"]]`},
		{"capacity providers", "ecs.describe_clusters", `"clusters": ["my-cluster"]`, "sort(clusters[0].capacityProviders)", `["FARGATE", "FARGATE_SPOT", "ec2-my-cluster"]`},
		{"capacity provider of the instances", "ecs.describe_capacity_providers", `"capacityProviders": ["ec2-my-cluster"]`,
			"capacityProviders[].autoScalingGroupProvider.[managedScaling.status, managedTerminationProtection]", `[["ENABLED", "DISABLED"]]`},
		{"group from 0 to 5", "autoscaling.describe_auto_scaling_groups", ``, "AutoScalingGroups[].[AutoScalingGroupName, MinSize, MaxSize, DesiredCapacity]", `[["ec2-my-cluster", 0, 5, 0]]`},
		{"on demand, all of them", "autoscaling.describe_auto_scaling_groups", ``, "AutoScalingGroups[0].MixedInstancesPolicy", `null`},
		{"instance type", "ec2.describe_launch_template_versions", template, "LaunchTemplateVersions[].LaunchTemplateData.[InstanceType, InstanceMarketOptions]", `[["t3.micro", null]]`},
		{"nobody logs in", "ec2.describe_launch_template_versions", template, "LaunchTemplateVersions[0].LaunchTemplateData.KeyName", `null`},
		{"metadata by token, one hop", "ec2.describe_launch_template_versions", template, "LaunchTemplateVersions[0].LaunchTemplateData.MetadataOptions.[HttpTokens, HttpPutResponseHopLimit]", `["required", 1]`},
		{"volumes are encrypted", "ec2.describe_launch_template_versions", template, "LaunchTemplateVersions[0].LaunchTemplateData.BlockDeviceMappings[].Ebs.Encrypted", `[true]`},
	}
}

func serviceSettings() []setting {
	const (
		service  = `"cluster": "my-cluster", "services": ["my-rolling-service"]`
		revision = `"taskDefinition": "myweb:1"`
		image    = `"public.ecr.aws/docker/library/nginx:1.28"`
	)
	return []setting{
		{"half a CPU and a gigabyte", "ecs.describe_task_definition", revision, "taskDefinition.[cpu, memory]", `["512", "1024"]`},
		{"Fargate and EC2", "ecs.describe_task_definition", revision, "sort(taskDefinition.requiresCompatibilities)", `["EC2", "FARGATE"]`},
		{"Linux on X86_64", "ecs.describe_task_definition", revision, "taskDefinition.runtimePlatform", `{"operatingSystemFamily": "LINUX", "cpuArchitecture": "X86_64"}`},
		{"container and port", "ecs.describe_task_definition", revision, "taskDefinition.containerDefinitions[].[name, portMappings[].[containerPort, protocol]]", `[["myweb", [[80, "tcp"]]]]`},
		{"an image before the first build", "ecs.describe_task_definition", revision, "taskDefinition.containerDefinitions[0].image", image},
		{"logs of the tasks are kept", "logs.describe_log_groups", `"logGroupNamePrefix": "/ecs/"`, "logGroups[].[logGroupName, retentionInDays]", `[["/ecs/my-cluster/my-rolling-service", 365]]`},
		{"two tasks", "ecs.describe_services", service, "services[].[serviceName, desiredCount, schedulingStrategy]", `[["my-rolling-service", 2, "REPLICA"]]`},
		{"all of them on Fargate", "ecs.describe_services", service, "services[0].capacityProviderStrategy[].[capacityProvider, weight]", `[["FARGATE", 1]]`},
		{"latest platform", "ecs.describe_services", service, "services[0].[launchType, platformVersion]", `[null, null]`},
		{"rolling from 100 to 200 percent", "ecs.describe_services", service, "services[0].[deploymentController.type, deploymentConfiguration.minimumHealthyPercent, deploymentConfiguration.maximumPercent]", `["ECS", 100, 200]`},
		{"breaker off", "ecs.describe_services", service, "services[0].deploymentConfiguration.deploymentCircuitBreaker", `{"enable": false, "rollback": false}`},
		{"a minute to start", "ecs.describe_services", service, "services[0].healthCheckGracePeriodSeconds", `60`},
		{"public IP", "ecs.describe_services", service, "services[0].networkConfiguration.awsvpcConfiguration.assignPublicIp", `"ENABLED"`},
		{"behind the target group", "ecs.describe_services", service, "services[0].loadBalancers", `[{"containerName": "myweb", "containerPort": 80, "targetGroupArn": "{group}"}]`},
	}
}

func trafficSettings() []setting {
	const (
		balancer = `"LoadBalancerArn": "{alb}"`
		group    = `"TargetGroupArn": "{group}"`
		rules    = "[IpPermissions[].[FromPort, ToPort, IpProtocol, IpRanges[].CidrIp, UserIdGroupPairs[].GroupId], IpPermissionsEgress[].[FromPort, ToPort, IpProtocol, IpRanges[].CidrIp, UserIdGroupPairs[].GroupId]]"
	)
	return []setting{
		{"load balancer", "elbv2.describe_load_balancers", ``, "LoadBalancers[].[LoadBalancerName, Type]", `[["my-rolling-service-alb", "application"]]`},
		{"open to the internet", "elbv2.describe_load_balancers", ``, "LoadBalancers[0].Scheme || 'internet-facing'", `"internet-facing"`},
		{"listens on 80", "elbv2.describe_listeners", balancer, "Listeners[].[Port, Protocol]", `[[80, "HTTP"]]`},
		{"invalid headers are dropped", "elbv2.describe_load_balancer_attributes", balancer, "Attributes[?Key=='routing.http.drop_invalid_header_fields.enabled'].Value", `["true"]`},
		{"access is logged", "elbv2.describe_load_balancer_attributes", balancer, "Attributes[?Key=='access_logs.s3.enabled' || Key=='access_logs.s3.bucket'].Value | sort(@)", `["{logs}", "true"]`},
		{"target group", "elbv2.describe_target_groups", ``, "TargetGroups[].[TargetGroupName, Protocol, Port, TargetType]", `[["my-rolling-service-target-group", "HTTP", 80, "ip"]]`},
		{"health check", "elbv2.describe_target_groups", ``, "TargetGroups[0].[HealthCheckProtocol, HealthCheckPath]", `["HTTP", "/"]`},
		{"draining takes half a minute", "elbv2.describe_target_group_attributes", group, "Attributes[?Key=='deregistration_delay.timeout_seconds'].Value", `["30"]`},
		{"the world reaches the load balancer on 80, which reaches the tasks", "ec2.describe_security_groups", `"GroupIds": ["{door}"]`, "SecurityGroups[0]." + rules,
			`[[[80, 80, "tcp", ["0.0.0.0/0"], []]], [[80, 80, "tcp", [], ["{tasks}"]]]]`},
		{"nothing but the load balancer reaches the tasks", "ec2.describe_security_groups", `"GroupIds": ["{tasks}"]`,
			"SecurityGroups[0].IpPermissions[].[FromPort, ToPort, IpProtocol, IpRanges[].CidrIp, UserIdGroupPairs[].GroupId]", `[[80, 80, "tcp", [], ["{door}"]]]`},
		{"tasks reach HTTPS and their VPC", "ec2.describe_security_groups", `"GroupIds": ["{tasks}"]`,
			"sort_by(SecurityGroups[0].IpPermissionsEgress, &IpProtocol)[].[IpProtocol, FromPort, ToPort, IpRanges[].CidrIp, UserIdGroupPairs[].GroupId]",
			`[["-1", null, null, ["172.31.0.0/16"], []], ["tcp", 443, 443, ["0.0.0.0/0"], []]]`},
		{"nothing reaches the instances", "ec2.describe_security_groups", `"Filters": [{"Name": "group-name", "Values": ["my-cluster-instances"]}]`, "SecurityGroups[0]." + rules,
			`[[], [[443, 443, "tcp", ["0.0.0.0/0"], []]]]`},
	}
}

// bucketSettings is what holds for each bucket: nothing in it can become public.
func bucketSettings() []setting {
	const bucket = `"Bucket": "{bucket}"`
	return []setting{
		{"nothing is public", "s3.get_public_access_block", bucket, "PublicAccessBlockConfiguration",
			`{"BlockPublicAcls": true, "BlockPublicPolicy": true, "IgnorePublicAcls": true, "RestrictPublicBuckets": true}`},
		{"its owner owns all in it", "s3.get_bucket_ownership_controls", bucket, "OwnershipControls.Rules[].ObjectOwnership", `["BucketOwnerEnforced"]`},
		{"versions are kept", "s3.get_bucket_versioning", bucket, "Status", `"Enabled"`},
		{"and expire", "s3.get_bucket_lifecycle_configuration", bucket,
			"Rules[].[Status, Expiration.Days > `0`, NoncurrentVersionExpiration.NoncurrentDays > `0`, AbortIncompleteMultipartUpload.DaysAfterInitiation > `0`]", `[["Enabled", true, true, true]]`},
		{"it is encrypted", "s3.get_bucket_encryption", bucket, "length(ServerSideEncryptionConfiguration.Rules)", `1`},
		{"connections without TLS are refused", "s3.get_bucket_policy", bucket,
			"contains(Policy, '{\"Action\":\"s3:*\",\"Condition\":{\"Bool\":{\"aws:SecureTransport\":\"false\"}},\"Effect\":\"Deny\",\"Principal\":\"*\",\"Resource\":[\"arn:aws:s3:::{bucket}/*\",\"arn:aws:s3:::{bucket}\"]')", `true`},
	}
}
