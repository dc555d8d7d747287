package rehearsal

import "regexp"

// An advisory is what to do about a failure that is known by its words.
type advisory struct {
	words  string // a regular expression
	advice string
}

// advisories are in the order in which they are asked: the narrow ones first.
func advisories() []advisory {
	return []advisory{
		{
			`Bad substitution|\[\[: not found|source: not found|pushd: not found|Syntax error: "\(" unexpected`,
			"The commands run in the build image's sh, which is not bash. Say env: shell: bash in the buildspec, or write them for sh: tfgen explain TFG218.",
		},
		{
			`cannot be overwritten because the tag is immutable`,
			"The repository takes a tag once. Tag with the commit, and build and push only if that image is not there yet: tfgen explain TFG215, TFG216.",
		},
		{
			`no docker login to \S+\.dkr\.ecr\.`,
			`Log in first: aws ecr get-login-password --region "$AWS_REGION" | docker login --username AWS --password-stdin REGISTRY.`,
		},
		{
			`no docker login to`,
			"Log in first, with a token that the build reads from Secrets Manager or Parameter Store: tfgen explain TFG219.",
		},
		{
			`denied: User: .* on resource: .*:repository/`,
			"A build may push to the repository of its own service alone. If the name is wrong, correct it in the buildspec (tfgen explain TFG221); if it is right, the role has lost this permission.",
		},
		{
			`not authorized to perform:`,
			"A role may do what the spec and the buildspec show that it needs. What they do not show, allow a build by policy in its build block (tfgen explain TFG230), and any other role in a file of your own beside the generated ones: an aws_iam_role_policy for this role.",
		},
		{
			`Password Required|Cannot perform an interactive login`,
			"A variable of the login is empty, or the command before it failed: look whether the spec or the buildspec sets it, under that very name.",
		},
		{
			`names the container "`,
			"The deploy action finds the container by its name: write the one of the task definition to the file.",
		},
		{
			`handed over no`,
			"Let a command of the buildspec write the file, and name it under artifacts: files.",
		},
	}
}

// advice says what to do about a failure of these words, or "".
func advice(words string) string {
	for _, a := range advisories() {
		if regexp.MustCompile(a.words).MatchString(words) {
			return a.advice
		}
	}
	return ""
}
