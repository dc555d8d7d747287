package spec

// Where a rule comes from stands beside it: the AWS API whose reference has it.

// projectRule is ours: the name begins many others, whose rules it must suit.
// That of a security group may not begin with sg-.
func projectRule() rule {
	return rule{code: badName, what: "The project's name", most: 54, letter: true, marks: "-_", inner: "-_", prefixes: []string{"sg-"}}
}

// environmentRule is ours: the name is that of a folder and of a root.
func environmentRule() rule {
	return rule{code: badName, what: "The environment's name", most: 64, letter: true, marks: "-_", inner: "-_"}
}

func clusterRule() rule { // ECS CreateCluster
	return rule{code: badClusterName, what: "The cluster's name", most: 255, marks: "-_"}
}

func serviceNameRule() rule { // ECS CreateService
	return rule{code: badServiceName, what: "The service's name", most: 255, marks: "-_"}
}

func familyRule() rule { // ECS RegisterTaskDefinition, family and container
	return rule{code: badFamily, what: "The label, which names task definition and container,", most: 255, marks: "-_", inner: "-_"}
}

func roleRule() rule { // IAM CreateRole
	return rule{code: longRole, what: "The role", most: 64, marks: "+=,.@-_"}
}

func targetGroupRule() rule { // ELB CreateTargetGroup
	return rule{code: badTargetGroup, what: "The target group's name", most: 32, marks: "-", inner: "-"}
}

func balancerRule() rule { // ELB CreateLoadBalancer
	return rule{code: badBalancerName, what: "The load balancer's name", most: 32, marks: "-", inner: "-", prefixes: []string{"internal-"}}
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

// maxWorkspace is HCP Terraform's limit for the name of a workspace, in
// characters ("Workspaces API").
const maxWorkspace = 90

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

func terraformRule() rule { // Terraform's identifiers
	return rule{code: badTerraformName, what: "The Terraform variable's name", most: 255, letter: true, marks: "-_"}
}
