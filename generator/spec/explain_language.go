package spec

func explainFile() []Explanation {
	return []Explanation{
		{unreadable, Error, "File cannot be read",
			"The file is missing, is a folder, a pipe or a device, or its permissions keep you out.",
			"Name a regular file with -file, or run tfgen where tfgen.hcl is.", "tfgen -chdir=shop validate"},
		{tooLarge, Error, "File is too large",
			"A spec of a thousand services has half a megabyte. What has more than one is another file by mistake.",
			"Name the spec with -file.", "tfgen -file=tfgen.hcl validate"},
		{tooDeep, Error, "Nested too deeply",
			"More brackets are open at once than any spec needs. Mostly one was never closed, or the file is not a spec.",
			"Close the brackets; `tfgen fmt` shows by its indentation where they go wrong.", `environment = { A = "a" }`},
		{notUTF8, Error, "Not a text in UTF-8",
			"HCL is UTF-8. Editors on Windows sometimes save UTF-16 or a code page.",
			"Save the file as UTF-8.", "iconv -f UTF-16 -t UTF-8 old.hcl > tfgen.hcl"},
		{empty, Error, "Nothing in the file",
			"An empty file says nothing about a project.", "Begin with the project block.", `project "shop" { region = "eu-west-1" }`},
		{syntaxError, Error, "Syntax error",
			"The text is not HCL, or for a file that ends in .json not JSON. Only the first mistake is shown, since others may follow from it.",
			"Look at the place, and at the line before it: a quote or a bracket is often missing there.", `region = "eu-west-1"`},
	}
}

func explainLanguage() []Explanation {
	return []Explanation{
		{unknownBlock, Error, "Unknown block",
			"The language has no such block at this place.", "Check the spelling, and in which block it belongs.", `service "web" {
  image { tag = "commit" }
}`},
		{unknownArgument, Error, "Unknown argument",
			"The block has no such argument. It would be ignored, and nothing is ignored silently.", "Check the spelling, and in which block it belongs.", `service "web" { port = 80 }`},
		{missingArgument, Error, "Required argument is missing",
			"There is no default that would be right.", "Set the argument.", `project "shop" { region = "eu-west-1" }`},
		{missingBlock, Error, "Required block is missing",
			"There is no default that would be right.", "Add the block.", `cluster "shop" {
  capacity "FARGATE" {}
}`},
		{saidTwice, Error, "Said twice",
			"Two places say the same thing, and one of them would be ignored.", "Keep one of the two.", `environment = { LOG_LEVEL = "info" }`},
		{wrongForm, Error, "Written in the wrong form",
			"A block is written with braces and, for some, one label; an argument with an equals sign.", "Write it in the form that the message shows.", `capacity "FARGATE" {}`},
		{wrongType, Error, "Wrong type",
			"The argument takes values of another type.", "Write a value of the type in the message. Numbers and true or false stand without quotes, text with.", "port = 80"},
		{notAllowed, Error, "Value is not allowed",
			"The argument takes only some values.", "Choose one that the message lists.", `execution_mode = "QUEUED"`},
		{outOfRange, Error, "Number is out of range",
			"AWS takes no such number here.", "Choose one in the range that the message names.", "desired_count = 2"},
		{onlyData, Error, "A spec is data",
			"The same spec must give the same code everywhere, so it looks nothing up: no files, no environment variables, no clock.",
			"Mention project.* and, in what belongs to an environment, environment.*; call ssm(), secret() and variable().", `host = "www.${environment.name}.example.com"`},
		{badFunctionUse, Error, "Function is out of place",
			"ssm(), secret() and variable() stand where variables are set, and take names in quotes. variable() makes a Terraform variable, whose value only a pipeline, a parameter or a secret can take.",
			"Write the call where a variable is set.", `environment = { DATABASE_URL = secret("shop/db", "url") }`},
		{unsetReference, Error, "Not set in the project",
			"The spec mentions something of the project that the project does not say.", "Set it in the project block.", `project "shop" { account = "111111111111" }`},
		{badExpression, Error, "Cannot be worked out",
			"The expression is well written, and has no value.", "Write the value plainly.", `path = "/api/*"`},
	}
}

func explainLater() []Explanation {
	return []Explanation{
		{sourceLater, Error, "Source is not supported yet",
			"The language has sources with a connection (GitHub, GitLab, Bitbucket); this version reads from CodeCommit.", "Mirror the repository to CodeCommit.", `source "codecommit" { repository = "shop" }`},
		{scalingLater, Error, "Scaling is not supported yet",
			"The language has a scaling block; this version runs a fixed number of tasks.", "Set desired_count.", "desired_count = 4"},
		{environmentsLater, Error, "Only one environment is supported yet",
			"The language has a pipeline through several environments; this version delivers to one.", "Write a spec for each environment, with an output folder and buildspecs of its own, and create = false in the source of all but one. Names and states tell the environments apart.", `environment "production" {}`},
		{environmentPartLater, Error, "Not supported in an environment yet",
			"The language has values, accounts and approvals by environment. With the one environment of this version, all that is said at the top of the spec.", "Move it to the top of the spec.", `environment "production" { tags = { Stage = "production" } }`},
		{zoneLater, Error, "DNS records are not supported yet",
			"The language has a zone in which a load balancer's host gets a record; this version makes none.", "Write the record in a file of your own, as an alias of the load balancer.", `alias {
  name                   = module.load_balancer["shop"].dns_name
  zone_id                = module.load_balancer["shop"].zone_id
  evaluate_target_health = true
}`},
	}
}
