package e2e

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// complete is the example with every feature while it lives.
type complete struct {
	*project
	planted planted // The values of its secrets.
}

const stateBucket = "shop-terraform-state"

// A company's project: a state in S3, a network of its own, secrets that pass
// through Terraform, instances, a worker, two load balancers.
func TestComplete(t *testing.T) {
	t.Parallel()
	p := complete{project: newProject(t, "complete", "eu-west-1")}
	p.plant()
	p.prepare(t)
	p.must(t, "generate")
	prove(t, []step{
		{"one command makes everything", p.make, false},
		{"every setting is there", p.settings, true},
		{"roles may do what they need and nothing else", p.roles, true},
		{"secrets arrive", p.secretsArrive, true},
		{"secrets are nowhere else", p.secretsNowhere, true},
		{"a raised version writes the new value, and only that", p.raise, false},
		{"the plan after a deploy is empty", p.deployOne, false},
		{"errors keep the secrets too", p.failure, true},
		{"destroy finishes and leaves nothing", p.destroy, false},
	})
}

// prepare makes what the spec refers to and does not make: the bucket of the
// state, a certificate, an alarm and a parameter.
func (p *complete) prepare(t *testing.T) {
	t.Helper()
	p.must(t, "bootstrap", "-auto-approve")
	p.aws.do(t, "ssm.put_parameter", with{"Name": "/shop/features", "Type": "String", "Value": "search"})
	p.aws.do(t, "cloudwatch.put_metric_alarm", with{
		"AlarmName": "shop-web-errors", "Namespace": "shop", "MetricName": "errors", "Statistic": "Sum",
		"Period": 60, "EvaluationPeriods": 1, "Threshold": 1, "ComparisonOperator": "GreaterThanThreshold",
	})
	certificate := get[string](t, p.aws, "acm.request_certificate", with{"DomainName": "www.shop.example"}, "CertificateArn")
	p.edit(t, "arn:aws:acm:eu-west-1:123456789012:certificate/8c1d2f3a-1111-2222-3333-444455556666", certificate)
}

// make applies twice in one: the second plan must be empty, which no data source
// and no default of AWS's may disturb.
func (p *complete) make(t *testing.T) {
	p.said(t, "apply", "-auto-approve")
	p.said(t, "plan", "-detailed-exitcode", "-verbose")
}

func (p *complete) roles(t *testing.T) {
	names := map[string]string{"secret": get[string](t, p.aws, "secretsmanager.describe_secret", with{"SecretId": "shop/database"}, "ARN")}
	for _, service := range []string{"web", "api", "worker"} {
		names["artifacts-"+service] = get[string](t, p.aws, "codepipeline.get_pipeline", with{"name": "shop-" + service}, "pipeline.artifactStore.location")
	}
	leastPrivilege(t, p.project, "complete", names)
}

// deployOne: the pipeline of one service leaves the others alone, and Terraform
// leaves all of them alone.
func (p *complete) deployOne(t *testing.T) {
	const image = account + ".dkr.ecr.eu-west-1.amazonaws.com/shop/worker:cccccccc"
	worker := deployed{"shop", "worker"}
	if code := worker.deploy(t, p.aws, fmt.Sprintf(`[{"name":"worker","imageUri":%q}]`, image)); code != "" {
		t.Fatal(code)
	}
	p.changesNothing(t, "-env=production")
	if l := worker.live(t, p.aws); l.Image != image {
		t.Errorf("the worker runs %s, want %s", l.Image, image)
	}
}

// destroy leaves what the project did not make, and the state's bucket with it.
// A secret that AWS keeps for a month would keep its name from the next apply.
func (p *complete) destroy(t *testing.T) {
	p.fill(t)
	p.must(t, "destroy", "-auto-approve")
	certificate := get[string](t, p.aws, "acm.list_certificates", nil, "CertificateSummaryList[0].CertificateArn")
	nothingLeft(t, p.aws, "acm.list_certificates: "+certificate, "cloudwatch.describe_alarms: shop-web-errors",
		"s3.list_buckets: "+stateBucket, "ssm.describe_parameters: /shop/features")
	if _, code := p.aws.try(t, "secretsmanager.describe_secret", with{"SecretId": "shop/database"}, ""); code != "ResourceNotFoundException" {
		t.Errorf("the secret's name is still taken: %q", code)
	}
}

// said runs tfgen, which must succeed, and keeps what it said.
func (p *complete) said(t *testing.T, args ...string) {
	t.Helper()
	s := p.must(t, args...)
	p.planted.said = append(p.planted.said, s.out, s.err)
	if strings.Contains(s.out+s.err, "\x1b") {
		t.Error("an escape sequence where there is no terminal")
	}
}

// settings asks for what the complete example says beyond the tutorial.
func (p *complete) settings(t *testing.T) {
	names := map[string]string{"account": account}
	for _, name := range []string{"shop", "shop-internal"} {
		names[name] = get[string](t, p.aws, "elbv2.describe_load_balancers", with{"Names": []string{name}}, "LoadBalancers[0].LoadBalancerArn")
	}
	names["certificate"] = get[string](t, p.aws, "acm.list_certificates", nil, "CertificateSummaryList[0].CertificateArn")
	names["secret"] = get[string](t, p.aws, "secretsmanager.describe_secret", with{"SecretId": "shop/database"}, "ARN")
	holds(t, p.aws, names, slices.Concat(companySettings(), webSettings(), otherSettings()))
}

func companySettings() []setting {
	const vpc = `"Filters": [{"Name": "cidr", "Values": ["10.20.0.0/16"]}]`
	return []setting{
		{"a network of its own", "ec2.describe_vpcs", vpc, "length(Vpcs)", `1`},
		{"a NAT gateway a zone", "ec2.describe_nat_gateways", ``, "length(NatGateways)", `3`},
		{"tags of the project and the environment", "ec2.describe_vpcs", vpc, "sort_by(Vpcs[0].Tags, &Key)[].[Key, Value]",
			`[["CostCenter", "4711"], ["Environment", "production"], ["ManagedBy", "tfgen"], ["Name", "shop"], ["Project", "shop"], ["Team", "shop"]]`},
		{"instances", "autoscaling.describe_auto_scaling_groups", ``, "AutoScalingGroups[].[MinSize, MaxSize]", `[[1, 4]]`},
		{"how full they are", "ecs.describe_capacity_providers", `"capacityProviders": ["ec2-shop"]`, "capacityProviders[0].autoScalingGroupProvider.managedScaling.targetCapacity", `80`},
		{"a pipeline a service that is built", "codepipeline.list_pipelines", ``, "sort(pipelines[].name)", `["shop-api", "shop-web", "shop-worker"]`},
		{"where the buildspecs are", "codebuild.batch_get_projects", `"names": ["shop-worker"]`, "projects[0].source.buildspec", `"services/worker/buildspec.yml"`},
		{"size and time of a build", "codebuild.batch_get_projects", `"names": ["shop-web"]`, "projects[0].[environment.computeType, timeoutInMinutes]", `["BUILD_GENERAL1_MEDIUM", 30]`},
		{"variables by reference", "codebuild.batch_get_projects", `"names": ["shop-web"]`, "sort_by(projects[0].environment.environmentVariables, &name)[].[name, type, value]",
			`[["AWS_ACCOUNT_ID", "PLAINTEXT", "{account}"], ["DOCKERHUB_TOKEN", "PARAMETER_STORE", "/dockerhub/token"], ["DOCKERHUB_USER", "PARAMETER_STORE", "/dockerhub/user"]]`},
	}
}

func webSettings() []setting {
	const (
		service  = `"cluster": "shop", "services": ["web"]`
		revision = `"taskDefinition": "shop-web:1"`
		group    = `"Names": ["shop-web"]`
	)
	return []setting{
		{"web: tasks and strategy", "ecs.describe_services", service, "services[0].[desiredCount, sort_by(capacityProviderStrategy, &capacityProvider)[].[capacityProvider, weight, base || `0`]]",
			`[3, [["FARGATE", 1, 1], ["FARGATE_SPOT", 3, 0]]]`},
		{"web: rollout", "ecs.describe_services", service, "services[0].deploymentConfiguration.[minimumHealthyPercent, maximumPercent, deploymentCircuitBreaker.rollback]", `[100, 150, true]`},
		{"web: alarms", "ecs.describe_services", service, "services[0].deploymentConfiguration.alarms", `{"alarmNames": ["shop-web-errors"], "enable": true, "rollback": true}`},
		{"web: grace period", "ecs.describe_services", service, "services[0].healthCheckGracePeriodSeconds", `30`},
		{"web: no public IP", "ecs.describe_services", service, "services[0].networkConfiguration.awsvpcConfiguration.assignPublicIp", `"DISABLED"`},
		{"web: plain variables", "ecs.describe_task_definition", revision, "sort_by(taskDefinition.containerDefinitions[0].environment, &name)[].[name, value]", `[["LOG_LEVEL", "info"], ["STAGE", "production"]]`},
		{"web: injected variables", "ecs.describe_task_definition", revision, "sort_by(taskDefinition.containerDefinitions[0].secrets, &name)[].[name, starts_with(valueFrom, 'arn:aws:')]", `[["DATABASE_URL", true], ["FEATURES", true]]`},
		{"web: an injected parameter", "ecs.describe_task_definition", revision, "taskDefinition.containerDefinitions[0].secrets[?name=='FEATURES'].valueFrom", `["arn:aws:ssm:eu-west-1:{account}:parameter/shop/features"]`},
		{"web: health check", "elbv2.describe_target_groups", group, "TargetGroups[0].[Port, HealthCheckPath, HealthCheckIntervalSeconds, HealthCheckTimeoutSeconds, Matcher.HttpCode]", `[8080, "/healthz", 15, 5, "200-299"]`},
		{"web: images kept", "ecr.get_lifecycle_policy", `"repositoryName": "shop/web"`, "contains(lifecyclePolicyText, '\"countNumber\":50')", `true`},
		{"by HTTPS, and from HTTP to there", "elbv2.describe_listeners", `"LoadBalancerArn": "{shop}"`, "sort_by(Listeners, &Port)[].[Port, Protocol, Certificates[0].CertificateArn, DefaultActions[0].RedirectConfig.[Protocol, StatusCode]]",
			`[[80, "HTTP", null, ["HTTPS", "HTTP_301"]], [443, "HTTPS", "{certificate}", null]]`},
	}
}

func otherSettings() []setting {
	return []setting{
		{"api: behind the same load balancer", "elbv2.describe_target_groups", `"Names": ["shop-api"]`, "TargetGroups[0].[Port, HealthCheckPath, LoadBalancerArns]", `[9000, "/api/healthz", ["{shop}"]]`},
		{"api: logs", "logs.describe_log_groups", `"logGroupNamePrefix": "/ecs/shop/api"`, "logGroups[].retentionInDays", `[90]`},
		{"worker: no load balancer", "ecs.describe_services", `"cluster": "shop", "services": ["worker"]`, "services[0].[loadBalancers, capacityProviderStrategy[].capacityProvider]", `[[], ["ec2-shop"]]`},
		{"worker: what it runs", "ecs.describe_task_definition", `"taskDefinition": "shop-worker:1"`, "taskDefinition.[requiresCompatibilities, containerDefinitions[0].command, containerDefinitions[0].portMappings]", `[["EC2"], ["node", "worker.js"], []]`},
		{"proxy: its image", "ecs.describe_task_definition", `"taskDefinition": "shop-proxy:1"`, "taskDefinition.containerDefinitions[0].image", `"public.ecr.aws/docker/library/nginx:1.28"`},
		{"proxy: inside", "elbv2.describe_load_balancers", `"Names": ["shop-internal"]`, "LoadBalancers[0].Scheme", `"internal"`},
		{"proxy: for whom", "ec2.describe_security_groups", `"Filters": [{"Name": "group-name", "Values": ["shop-internal-alb"]}]`, "SecurityGroups[0].IpPermissions[].[FromPort, IpRanges[].CidrIp]", `[[80, ["10.20.0.0/16"]]]`},
	}
}
