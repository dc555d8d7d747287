package buildspec

import (
	"slices"
	"strings"
)

// actions names the permissions of a run of the AWS command line. Most commands
// are called as the API action is, in another spelling; for those that are not,
// and that are not listed here, it says nothing rather than something wrong.
// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
func actions(c call) []string {
	switch {
	case c.service == "s3":
		return s3Actions(c)
	case c.command == "wait":
		return nil
	case slices.Contains(composite(), c.service+" "+c.command):
		return nil
	}
	return []string{prefix(c.service) + ":" + action(c.service, c.command)}
}

// composite are commands that call several actions, or none of their own name.
func composite() []string {
	return []string{
		"cloudformation deploy", "cloudformation package", "configure list", "deploy push", "ecs deploy",
		"ecs execute-command", "eks update-kubeconfig", "logs tail", "s3api wait", "ssm start-session",
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

// s3Actions tells reading from writing by which side of a copy is a bucket.
func s3Actions(c call) []string {
	var from, to string
	if len(c.operands) > 0 {
		from, to = c.operands[0], c.operands[len(c.operands)-1]
	}
	reads, writes := !strings.HasPrefix(to, "s3://") || strings.HasPrefix(from, "s3://"), strings.HasPrefix(to, "s3://")
	switch c.command {
	case "cp":
		return when(reads, "s3:GetObject", when(writes, "s3:PutObject", nil))
	case "mv":
		return when(reads, "s3:DeleteObject", when(reads, "s3:GetObject", when(writes, "s3:PutObject", nil)))
	case "sync":
		return append([]string{"s3:ListBucket"}, when(reads, "s3:GetObject", when(writes, "s3:PutObject", nil))...)
	case "ls":
		return []string{"s3:ListBucket"}
	case "rm":
		return []string{"s3:DeleteObject"}
	}
	return nil
}

func when(condition bool, action string, more []string) []string {
	if condition {
		return append([]string{action}, more...)
	}
	return more
}
