package spec

func explainProject() []Explanation {
	return []Explanation{
		{badName, Error, "Name is not usable",
			"Names of AWS's resources and of folders begin with it, so it must suit all of them.", "Use small letters, digits and single hyphens, beginning with a letter.", `project "shop" { region = "eu-west-1" }`},
		{badRegion, Error, "Not a region",
			"AWS calls its regions like eu-west-1.", "Write the region's code.", `region = "eu-west-1"`},
		{unknownRegion, Warning, "Unknown region",
			"The region looks like a misspelling of one that is known. AWS opens new ones, so this is only a warning.", "Check the spelling.", `region = "eu-west-1"`},
		{badAccount, Error, "Not an account",
			"Account numbers have twelve digits, some of them leading zeros. As a number they would lose those.", "Write all twelve digits in quotes.", `account = "012345678901"`},
		{badOutput, Error, "Not a folder for generated code",
			"Generated code never leaves its folder, and the folder never the project.", "Name a folder below the spec's.", `output = "infra"`},
		{badTag, Error, "Not a tag",
			"AWS refuses the tag, or some of its services do.", "Keep to 128 characters for the name and 256 for the value, and to letters, digits, spaces and + - = . _ : / @.", `tags = { Team = "shop" }`},
		{stateArguments, Error, "Argument of another kind of state",
			"State in files beside the code has neither bucket, region nor key, a bucket has no organization, and HCP Terraform no bucket.", "Write the kind of state that the argument is for, or take it out.", `state "s3" { bucket = "shop-terraform-state" }`},
		{badBucket, Error, "Not a bucket",
			"S3 refuses the name.", "Use 3 to 63 small letters, digits, hyphens and dots.", `bucket = "shop-terraform-state"`},
		{badARN, Error, "Not the right ARN",
			"The text is no Amazon resource name, or names a resource of another kind.", "Copy the ARN of the resource from its page in the console.", `certificate = "arn:aws:acm:eu-west-1:111111111111:certificate/8c1d"`},
		{badRepository, Error, "Not a CodeCommit repository",
			"CodeCommit refuses the name.", "Use up to 100 letters, digits, dots, hyphens and underscores; no .git at the end.", `repository = "shop"`},
		{badBranch, Error, "Not a branch",
			"git knows no branch of such a name, and the pipeline would never start.", "Write the branch's short name.", `branch = "main"`},
		{otherSourceOnly, Error, "CodeCommit has no connection",
			"A connection is what AWS reaches other hosts through.", "Take the argument out.", `source "codecommit" { repository = "shop" }`},
		{nothingToDo, Error, "Nothing to do",
			"With neither a source nor a cluster there is nothing to build and nowhere to run.", "Add one of the two.", `cluster "shop" {
  capacity "FARGATE" {}
}`},
		{badHCPName, Error, "Not a name that HCP Terraform takes",
			"HCP Terraform refuses the name, or that of a workspace, such as PROJECT-production, would be too long. Terraform makes the workspaces when it first initializes the roots. " +
				"Their execution mode must be Local (a setting of the workspace, the project or the organization): tfgen saves a plan where it runs, shows it, and applies exactly that with the AWS credentials it has there.",
			"Use letters, digits, hyphens and underscores, and at most 90 characters for a workspace.", `state "hcp" { organization = "acme" }`},
	}
}

func explainNetwork() []Explanation {
	return []Explanation{
		{mixedNetwork, Error, "Network is neither new nor given",
			"A network is made from cidr, or named by vpc_id and subnet_ids, or is the default VPC. A mixture would leave a part unused.", "Keep what belongs to one of the three.", `network { cidr = "10.20.0.0/16" }`},
		{badCIDR, Error, "Not a range of addresses",
			"Ranges are IPv4 in CIDR notation, without bits beyond the prefix.", "Write it as ADDRESS/BITS.", `allow = ["203.0.113.0/24"]`},
		{badNetworkSize, Error, "VPC of the wrong size",
			"AWS makes no VPC larger than /16, and below /24 there is no room for the subnets.", "Choose /16 to /24.", `cidr = "10.20.0.0/16"`},
		{badID, Error, "Not an ID",
			"IDs are a prefix and hexadecimal digits.", "Copy the ID from the console.", `vpc_id = "vpc-0a1b2c3d4e5f67890"`},
		{oneZone, Error, "Load balancer in one zone",
			"AWS makes no application load balancer with fewer than two zones.", "Name subnets of two zones.", `load_balancer_subnet_ids = ["subnet-0a1b2c3d", "subnet-1a2b3c4d"]`},
		{badZone, Error, "Not a zone of the region",
			"A zone is called like its region, with a letter from a to h behind it. The letter is the place of its subnets in the VPC's range.", "Name zones of the project's region.", `zones = ["eu-west-1a", "eu-west-1c"]`},
		{badClusterName, Error, "Not a cluster's name",
			"ECS refuses the name.", "Use up to 255 letters, digits, hyphens and underscores.", `cluster "shop" {
  capacity "FARGATE" {}
}`},
		{ec2Only, Error, "Only EC2 has arguments",
			"Fargate's hosts are AWS's to choose.", `Take the argument out, or write capacity "EC2".`, `capacity "FARGATE" {}`},
		{existingCluster, Error, "Cluster is made elsewhere",
			"What belongs to a cluster that exists is not changed from here: two owners would undo each other's work.", "Take it out, or let tfgen make the cluster.", `cluster "shared" {
  existing = true
  capacity "FARGATE" {}
}`},
		{badInstanceType, Error, "Not an instance type",
			"EC2 calls its types like t3.micro.", "Write family, dot and size.", `instance_type = "t3.micro"`},
		{badGroupSize, Error, "Fewest instances are more than the most",
			"No group can have both sizes.", "Swap them, or set one of them right.", "min_size = 0"},
		{cutOffInstances, Error, "Instances are cut off",
			"An instance joins the cluster over the internet. In a new VPC without NAT it has no way there: AWS gives it no public address.", "Give the network NAT.", `network {
  cidr = "10.20.0.0/16"
  nat  = "single"
}`},
	}
}

func explainNames() []Explanation {
	const limit = "AWS refuses the name, or the one that follows from the labels."
	return []Explanation{
		{badServiceName, Error, "Not an ECS service's name", limit, "Use up to 255 letters, digits, hyphens and underscores.", `name = "my-rolling-service"`},
		{badFamily, Error, "Not a task definition's name", limit, "Use letters, digits, hyphens and underscores in the label.", `service "web" { port = 80 }`},
		{longRole, Error, "Not a role's name", limit, "Shorten the label: roles have at most 64 characters, with what they are for and their region.", `service "web" { port = 80 }`},
		{badTargetGroup, Error, "Not a target group's name", limit, "Use up to 32 letters, digits and hyphens, no hyphen at the ends.", `target_group = "shop-web"`},
		{badBalancerName, Error, "Not a load balancer's name", limit, "Use up to 32 letters, digits and hyphens, no hyphen at the ends, and not internal- at the beginning.", `load_balancer { name = "shop" }`},
		{badPipelineName, Error, "Not a pipeline's name", limit, "Use up to 100 letters, digits and . @ - _.", `pipeline { name = "shop-web" }`},
		{badBuildName, Error, "Not a build project's name", limit, "Use 2 to 150 letters, digits, hyphens and underscores.", `build { project = "shop-web" }`},
		{badECRName, Error, "Not an ECR repository's name", limit, "Use 2 to 256 small letters, digits and single . _ - / between them.", `image { repository = "shop/web" }`},
		{badDockerHubName, Error, "Not a Docker Hub repository's name", "Docker Hub refuses the name.", "Use small letters, digits and single . _ - between them, at most one slash.", `image { repository = "acme/web" }`},
		{nameTaken, Error, "Name is taken",
			"Two services would have one thing of AWS's between them, and the second could not be made.", "Give one of the two another name.", `name = "shop-admin"`},
		{repositoryTaken, Error, "Repository is taken",
			"A tag is a commit's, and two services built from one commit would push different images under it.", "Give each a repository.", `image { repository = "shop/admin" }`},
		{buildspecTaken, Error, "Buildspec is taken",
			"A buildspec is written from one service: its container, its repository. Two services cannot have one, unless a person writes it.", "Give each a folder, or a file of its own.", `build { context = "services/admin" }`},
		{badAlarm, Error, "Not an alarm's name",
			"ECS wants the names of CloudWatch alarms in the service's own region.", "Write the name, not the ARN.", `alarms = ["web-errors"]`},
		{followingName, Error, "Name that follows is refused",
			"What is made of the names of project, environment, cluster and service breaks a rule of AWS.", "Choose a shorter or plainer name for one of them.", `service "web" { port = 80 }`},
	}
}
