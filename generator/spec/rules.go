package spec

// Where a rule comes from stands beside it: the AWS API whose reference has it.

// projectRule is ours: the name begins many others, whose rules it must suit.
// That of a security group may not begin with sg-. Capital letters do not tell
// roles apart, and two hyphens stand between the parts of an Identity.
func projectRule() rule {
	return rule{code: badName, what: "The project's name", most: 54, lower: true, letter: true, marks: "-_", inner: "-_", single: "-", prefixes: []string{"sg-"}}
}

// environmentRule is ours: the name is that of a folder and of a root, and part
// of an Identity.
func environmentRule() rule {
	return rule{code: badName, what: "The environment's name", most: 64, lower: true, letter: true, marks: "-_", inner: "-_", single: "-"}
}

func clusterRule() rule { // ECS CreateCluster
	return rule{code: badClusterName, what: "The cluster's name", most: 255, marks: "-_"}
}

// clusterLabelRule is for a cluster that is made: its label is part of an Identity.
func clusterLabelRule() rule {
	r := clusterRule()
	r.inner, r.single = "-", "-"
	return r
}

func serviceNameRule() rule { // ECS CreateService
	return rule{code: badServiceName, what: "The service's name", most: 255, marks: "-_"}
}

// labelRule is ECS's for a container (RegisterTaskDefinition), and ours: the
// label is part of an Identity.
func labelRule() rule {
	return rule{code: badFamily, what: "The label, which names the container,", most: 255, marks: "-_", inner: "-_", single: "-"}
}

func familyRule() rule { // ECS RegisterTaskDefinition
	return rule{code: badFamily, what: "The task definition's family", most: 255, marks: "-_"}
}

func roleRule() rule { // IAM CreateRole
	return rule{code: longRole, what: "The role", most: 64, marks: "+=,.@-_"}
}

func profileRule() rule { // IAM CreateInstanceProfile
	return rule{code: longRole, what: "The instance profile", most: 128, marks: "+=,.@-_"}
}

func securityGroupRule() rule { // EC2 CreateSecurityGroup
	return rule{code: followingName, what: "The security group's name", most: 255, marks: "._-:/()#,@[]+=&;{}!$* ", prefixes: []string{"sg-"}}
}

func templateRule() rule { // EC2 CreateLaunchTemplate
	return rule{code: followingName, what: "The launch template's name", least: 3, most: 128, marks: "().-/_"}
}

func groupRule() rule { // EC2 Auto Scaling CreateAutoScalingGroup
	return rule{code: followingName, what: "The name of the group of instances", most: 255, marks: "-_"}
}

func providerRule() rule { // ECS CreateCapacityProvider
	return rule{code: followingName, what: "The capacity provider's name", most: 255, marks: "-_", prefixes: []string{"aws", "ecs", "fargate"}}
}

func logGroupRule() rule { // CloudWatch Logs CreateLogGroup
	return rule{code: followingName, what: "The log group's name", most: 512, marks: "._-/#"}
}

func eventRule() rule { // EventBridge PutRule
	return rule{code: followingName, what: "The event rule's name", most: 64, marks: ".-_"}
}

// prefixRule is for the beginning of a bucket's name, which Terraform fills up to
// S3's limit.
func prefixRule() rule {
	r := bucketRule()
	r.code, r.what, r.least, r.most, r.inner = followingName, "The beginning of the bucket's name", 1, prefixMost, ""
	return r
}

func objectRule() rule { // S3 user guide, "Naming Amazon S3 objects"
	return rule{code: followingName, what: "The key of the state", most: 1024, marks: "/-_."}
}

func workspaceRule() rule { // HCP Terraform, "Workspaces API"
	return rule{code: badHCPName, what: "The workspace", most: 90, marks: "-_"}
}

func targetGroupRule() rule { // ELB CreateTargetGroup
	return rule{code: badTargetGroup, what: "The target group's name", most: 32, marks: "-", inner: "-", single: "-"}
}

func balancerRule() rule { // ELB CreateLoadBalancer
	return rule{code: badBalancerName, what: "The load balancer's name", most: 32, marks: "-", inner: "-", single: "-", prefixes: []string{"internal-"}}
}

func pipelineRule() rule { // CodePipeline PipelineDeclaration
	return rule{code: badPipelineName, what: "The pipeline's name", most: 100, marks: ".@-_"}
}

func buildRule() rule { // CodeBuild CreateProject
	return rule{code: badBuildName, what: "The build project's name", least: 2, most: 150, marks: "-_", inner: "-_"}
}

func codecommitRule() rule { // CodeCommit CreateRepository
	return rule{code: badRepository, what: "The repository's name", most: 100, marks: ".-_", suffixes: []string{".git"}}
}

func bucketRule() rule { // S3 user guide, "General purpose bucket naming rules"
	return rule{
		code: badBucket, what: "The bucket's name", least: 3, most: 63, lower: true, marks: ".-", inner: ".-",
		prefixes: []string{"xn--", "sthree-", "amzn-s3-demo-"}, suffixes: []string{"-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"},
	}
}

func organizationRule() rule { // HCP Terraform, "Organizations"
	return rule{code: badHCPName, what: "The organization's name", most: 90, marks: "-_"}
}

func hcpProjectRule() rule { // HCP Terraform, "Projects API"
	return rule{code: badHCPName, what: "The name of HCP Terraform's project", least: 3, most: 40, marks: "-_ ", inner: " "}
}

func ecrRule() rule { // ECR CreateRepository
	return rule{code: badECRName, what: "The repository's name", least: 2, most: 256, lower: true, marks: "._-/", inner: "._-/"}
}

func dockerHubRule() rule { // Docker Hub, "Create a repository"
	return rule{code: badDockerHubName, what: "The repository's name", least: 2, most: 255, lower: true, marks: "._-/", inner: "._-/"}
}

func parameterRule() rule { // SSM PutParameter
	return rule{
		code: badParameterPath, what: "The parameter's path", most: 1011, marks: "/._-",
		prefixes: []string{"/aws", "/AWS", "/ssm", "/SSM", "aws", "AWS", "ssm", "SSM"}, suffixes: []string{"/"},
	}
}

// parameterReadRule is for parameters that exist, AWS's own among them.
func parameterReadRule() rule {
	r := parameterRule()
	r.prefixes = nil
	return r
}

func secretRule() rule { // Secrets Manager CreateSecret
	return rule{code: badSecretName, what: "The secret's name", most: 512, marks: "/_+=.@-"}
}

// secretReadRule is for secrets that exist: services of AWS give their own an
// exclamation mark, such as rds!db-….
func secretReadRule() rule {
	r := secretRule()
	r.marks += "!"
	return r
}

func terraformRule() rule { // Terraform's identifiers
	return rule{code: badTerraformName, what: "The Terraform variable's name", most: 255, letter: true, marks: "-_"}
}
