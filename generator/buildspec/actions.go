package buildspec

import "strings"

// actions names the permissions of a run of the AWS command line. Most commands
// are called as the API action is, in another spelling; for those that are not,
// and that are not listed here, it says nothing rather than something wrong.
// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
func actions(c call) []string {
	if several, listed := composite()[c.name()]; listed {
		return several
	}
	if strings.HasPrefix(c.command, "wait") {
		return nil
	}
	return []string{prefix(c.service) + ":" + action(c.service, c.command)}
}

// composite are commands that call several actions, or none of their own name.
// Those of a command without actions depend on what it is given.
func composite() map[string][]string {
	deploy := []string{
		"cloudformation:CreateChangeSet", "cloudformation:DescribeChangeSet", "cloudformation:DescribeStacks",
		"cloudformation:ExecuteChangeSet", "cloudformation:GetTemplateSummary",
	}
	return map[string][]string{
		"cloudformation deploy":        deploy,
		"cloudformation package":       {"s3:PutObject"},
		"deploy push":                  {"codedeploy:RegisterApplicationRevision", "s3:PutObject"},
		"ecs deploy":                   nil,
		"ecs execute-command":          {"ecs:DescribeTasks", "ecs:ExecuteCommand"},
		"ecs register-task-definition": {"ecs:RegisterTaskDefinition", "iam:PassRole"},
		"ecs run-task":                 {"ecs:RunTask", "iam:PassRole"},
		"ecs wait tasks-running":       {"ecs:DescribeTasks"},
		"ecs wait tasks-stopped":       {"ecs:DescribeTasks"},
		"logs tail":                    {"logs:FilterLogEvents"},
	}
}

// action is the API's name of a command: get-parameter is GetParameter.
func action(service, command string) string {
	special := map[string]string{
		"lambda invoke":      "InvokeFunction",
		"s3api head-object":  "GetObject",
		"s3api head-bucket":  "ListBucket",
		"s3api list-objects": "ListBucket",
		"s3api copy-object":  "PutObject",
	}
	if name := special[service+" "+command]; name != "" {
		return name
	}
	if service == "s3api" && strings.HasPrefix(command, "list-objects") {
		return "ListBucket"
	}
	var name strings.Builder
	for word := range strings.SplitSeq(command, "-") {
		if word != "" {
			name.WriteString(strings.ToUpper(word[:1]) + word[1:])
		}
	}
	return name.String()
}

// prefix is IAM's name of a service, where it is not the command line's.
func prefix(service string) string {
	names := map[string]string{
		"application-autoscaling":  "application-autoscaling",
		"configservice":            "config",
		"deploy":                   "codedeploy",
		"efs":                      "elasticfilesystem",
		"elb":                      "elasticloadbalancing",
		"elbv2":                    "elasticloadbalancing",
		"emr":                      "elasticmapreduce",
		"resourcegroupstaggingapi": "tag",
		"s3api":                    "s3",
		"s3control":                "s3",
		"sesv2":                    "ses",
		"stepfunctions":            "states",
	}
	if name := names[service]; name != "" {
		return name
	}
	return service
}
