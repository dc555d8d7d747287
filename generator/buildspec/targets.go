package buildspec

import (
	"regexp"
	"slices"
	"strings"
)

// A target is where a command of the AWS command line names what it acts on, and
// what IAM calls that.
type target struct {
	option   string   // whose values are the names
	resource string   // an ARN without "arn:PARTITION:", with NAME, REGION and thisAccount
	actions  []string // "" for the one that is called as the command is
}

// thisAccount stands in a resource for the account in which the build runs.
const thisAccount = "account"

// targets are the commands whose resource follows from one option. A command
// that takes more than its own words tell, such as one that makes what a
// template says, is not among them: nobody can derive its permissions.
// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
func targets() map[string]target { //nolint:funlen // a table
	const (
		bucket       = "s3:::NAME"
		distribution = "cloudfront::account:distribution/NAME"
		function     = "lambda:REGION:account:function:NAME"
		parameter    = "ssm:REGION:account:parameter/NAME"
		repository   = "ecr:REGION:account:repository/NAME"
		secret       = "secretsmanager:REGION:account:secret:NAME-??????"
		stack        = "cloudformation:REGION:account:stack/NAME/*"
		table        = "dynamodb:REGION:account:table/NAME"
	)
	return map[string]target{
		"cloudformation describe-stacks":            {"--stack-name", stack, nil},
		"cloudfront create-invalidation":            {"--distribution-id", distribution, nil},
		"cloudfront get-invalidation":               {"--distribution-id", distribution, nil},
		"cloudfront wait invalidation-completed":    {"--distribution-id", distribution, []string{"cloudfront:GetInvalidation"}},
		"codebuild start-build":                     {"--project-name", "codebuild:REGION:account:project/NAME", nil},
		"codepipeline start-pipeline-execution":     {"--name", "codepipeline:REGION:account:NAME", nil},
		"dynamodb describe-table":                   {"--table-name", table, nil},
		"dynamodb get-item":                         {"--table-name", table, nil},
		"dynamodb put-item":                         {"--table-name", table, nil},
		"dynamodb query":                            {"--table-name", table, nil},
		"dynamodb scan":                             {"--table-name", table, nil},
		"dynamodb update-item":                      {"--table-name", table, nil},
		"ecr batch-delete-image":                    {"--repository-name", repository, nil},
		"ecr batch-get-image":                       {"--repository-name", repository, nil},
		"ecr create-repository":                     {"--repository-name", repository, nil},
		"ecr describe-image-scan-findings":          {"--repository-name", repository, nil},
		"ecr describe-images":                       {"--repository-name", repository, nil},
		"ecr describe-repositories":                 {"--repository-names", repository, nil},
		"ecr list-images":                           {"--repository-name", repository, nil},
		"ecr put-image":                             {"--repository-name", repository, nil},
		"ecr start-image-scan":                      {"--repository-name", repository, nil},
		"ecr wait image-scan-complete":              {"--repository-name", repository, []string{"ecr:DescribeImageScanFindings"}},
		"eks describe-cluster":                      {"--name", "eks:REGION:account:cluster/NAME", nil},
		"eks update-kubeconfig":                     {"--name", "eks:REGION:account:cluster/NAME", []string{"eks:DescribeCluster"}},
		"lambda get-function":                       {"--function-name", function, nil},
		"lambda get-function-configuration":         {"--function-name", function, nil},
		"lambda invoke":                             {"--function-name", function, nil},
		"lambda publish-version":                    {"--function-name", function, nil},
		"lambda update-alias":                       {"--function-name", function, nil},
		"lambda update-function-code":               {"--function-name", function, nil},
		"lambda wait function-active-v2":            {"--function-name", function, []string{"lambda:GetFunction"}},
		"lambda wait function-updated":              {"--function-name", function, []string{"lambda:GetFunctionConfiguration"}},
		"lambda wait function-updated-v2":           {"--function-name", function, []string{"lambda:GetFunction"}},
		"s3api get-bucket-location":                 {"--bucket", bucket, nil},
		"s3api head-bucket":                         {"--bucket", bucket, nil},
		"s3api list-objects":                        {"--bucket", bucket, nil},
		"s3api list-objects-v2":                     {"--bucket", bucket, nil},
		"secretsmanager describe-secret":            {"--secret-id", secret, nil},
		"secretsmanager get-secret-value":           {"--secret-id", secret, nil},
		"secretsmanager put-secret-value":           {"--secret-id", secret, nil},
		"sns publish":                               {"--topic-arn", "", nil},
		"ssm get-parameter":                         {"--name", parameter, nil},
		"ssm get-parameters":                        {"--names", parameter, nil},
		"ssm get-parameters-by-path":                {"--path", parameter, nil},
		"ssm put-parameter":                         {"--name", parameter, nil},
		"stepfunctions start-execution":             {"--state-machine-arn", "", nil},
		"sts assume-role":                           {"--role-arn", "", nil},
		"cloudformation wait stack-create-complete": {"--stack-name", stack, []string{"cloudformation:DescribeStacks"}},
		"cloudformation wait stack-update-complete": {"--stack-name", stack, []string{"cloudformation:DescribeStacks"}},
	}
}

// resources are what a call acts on, and whether all of that is known.
func (c call) resources(t target, w Want) ([]string, bool) {
	names := c.named(t.option)
	region := c.region(w)
	var out []string
	for _, name := range names {
		resource, ok := t.of(w.filled(name), region)
		if !ok {
			return nil, false
		}
		out = append(out, resource)
	}
	return out, len(out) > 0
}

// named are the values of an option; those of a plural one follow as operands.
func (c call) named(option string) []string {
	value, given := c.options[option]
	if !given {
		return nil
	}
	names := []string{value}
	if strings.HasSuffix(option, "s") {
		names = append(names, c.operands...)
	}
	return names
}

// of is the resource of a name. An ARN is its own.
func (t target) of(name, region string) (string, bool) {
	if rest, ok := strings.CutPrefix(name, "arn:"); ok {
		_, rest, _ = strings.Cut(rest, ":")
		return rest, plainResource(rest)
	}
	if t.resource == "" || region == "" && strings.Contains(t.resource, "REGION") {
		return "", false
	}
	if strings.Contains(t.resource, ":parameter/") {
		name = strings.TrimPrefix(name, "/")
		name, _, _ = strings.Cut(name, ":") // The version or the label.
	}
	out := strings.NewReplacer("REGION", region, "NAME", name).Replace(t.resource)
	return out, name != "" && !strings.Contains(name, ":") && plainResource(out)
}

// plainResource tells that a resource is wholly known, and that no piece of it
// means more to IAM than it says.
func plainResource(text string) bool {
	text = strings.TrimSuffix(strings.TrimSuffix(text, "-??????"), "/*")
	return regexp.MustCompile(`^[\w+=,.@:/!-]+$`).MatchString(text)
}

// region is where a call goes, "" if nobody knows.
func (c call) region(w Want) string {
	region, given := c.options["--region"]
	if !given {
		region = c.defaultRegion
	}
	if region = w.filled(region); !known(region) {
		return ""
	}
	return region
}

// filled puts what the spec knows in the place of CodeBuild's variables.
func (w Want) filled(text string) string {
	if w.Region != "" {
		text = strings.NewReplacer("${AWS_REGION}", w.Region, "${AWS_DEFAULT_REGION}", w.Region).Replace(text)
	}
	return strings.ReplaceAll(text, "${AWS_ACCOUNT_ID}", thisAccount)
}

// ownImage are the actions that each build may do in its service's repository.
func ownImage() []string {
	return []string{
		"ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:CompleteLayerUpload", "ecr:DescribeImages",
		"ecr:GetDownloadUrlForLayer", "ecr:InitiateLayerUpload", "ecr:PutImage", "ecr:UploadLayerPart",
	}
}

// pullActions are what docker pull needs of a repository of ECR, beside the login.
// https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policy-examples.html
func pullActions() []string { return []string{"ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"} }

// covered takes out what each build may do anyway.
func (w Want) covered(service string, actions, resources []string) bool {
	if w.Registry != "ecr" || service != "ecr" {
		return false
	}
	own := "ecr:" + w.Region + ":account:repository/" + w.Repository
	return !slices.ContainsFunc(resources, func(r string) bool { return r != own }) &&
		!slices.ContainsFunc(actions, func(a string) bool { return !slices.Contains(ownImage(), a) })
}
