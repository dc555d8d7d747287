package spec

func explainRuntime() []Explanation {
	return []Explanation{
		{fargatePair, Error, "Fargate has no such task size",
			"Fargate offers certain amounts of memory for each number of CPU units.", "Choose a pair that it offers.", `cpu    = 512
memory = 1024`},
		{doesNotFit, Error, "Task does not fit the instance",
			"The system and the ECS agent need a part of an instance's memory. A task that needs more than is left waits for ever.", "Lower what the task asks for, or choose a larger instance.", "memory = 512"},
		{mixedStrategy, Error, "Fargate and EC2 in one strategy",
			"ECS refuses a strategy that mixes the two.", "Keep one of the two.", "strategy = { FARGATE = 1, FARGATE_SPOT = 3 }"},
		{missingCapacity, Error, "Cluster lacks the capacity",
			"A strategy chooses among what the cluster has.", "Add a capacity block to the cluster.", `capacity "FARGATE_SPOT" {}`},
		{badWeights, Error, "Strategy cannot work",
			"Some weight must be above 0, and ECS takes one base.", "Set a weight.", "strategy = { FARGATE = { weight = 1, base = 2 }, FARGATE_SPOT = 3 }"},
		{publicIPOnEC2, Error, "No public addresses on EC2",
			"ECS gives tasks on instances no public address.", "Take the argument out.", "public_ip = false"},
		{noWayOut, Warning, "Tasks reach nothing",
			"In a public subnet without NAT only what has a public address reaches the internet, ECR included.", "Leave public_ip out, or use private subnets with NAT.", `network {
  cidr = "10.20.0.0/16"
  nat  = "single"
}`},
		{wrongArchitecture, Error, "Tasks and instances differ in architecture",
			"ECS never places a task on an instance of another architecture.", "Make the two the same.", `architecture = "ARM64"`},
		{stuckDeployment, Error, "Deployment can never move",
			"A rollout starts a new task when one more may run, or stops an old one when one fewer may. With these percentages neither is so: ECS rounds the fewest up and the most down.", "Allow more tasks, or require fewer.", `deployment {
  minimum_healthy_percent = 100
  maximum_percent         = 200
}`},
		{unusedPort, Warning, "Port that nothing uses",
			"A service without a load balancer is reached by nobody from outside.", "Add a load balancer, or take the port out.", `load_balancer { health_check = "/" }`},
		{missingPort, Error, "Load balancer without a port",
			"The load balancer sends requests to the port that the container listens on.", "Set port in the service.", "port = 8080"},
		{unusedRuntime, Warning, "Nothing runs",
			"Without a cluster the pipeline ends after the build. What says how the service runs waits for one.", "Add a cluster, or take it out.", `cluster "shop" {
  capacity "FARGATE" {}
}`},
		{nothingToRun, Error, "Nothing to run",
			"A service needs an image: one that its build makes, or one that exists.", "Add a build, or name the image.", `image { first = "public.ecr.aws/docker/library/nginx:1.28" }`},
		{graceWithoutChecks, Error, "Grace period without health checks",
			"ECS refuses a grace period for a service without a load balancer.", "Take it out.", "deployment { circuit_breaker = true }"},
		{badPolicy, Error, "Not a policy",
			"The file is missing, or IAM would refuse what it says.", "Keep the policy's JSON beside the spec.", `policy = "policies/web.json"`},
		{ownerWithoutDeploys, Error, "Nobody owns the task definition",
			"With task_definition_owner = \"pipeline\" Terraform makes the first revision only. Without a pipeline that deploys there would never be a second.", "Leave the argument out.", `task_definition_owner = "shared"`},
		{fewInterfaces, Warning, "More tasks than network interfaces",
			"Each task on EC2 needs a network interface, and an instance has few: a t3.micro two, of which one is its own. What finds none waits. An account that has turned on awsvpcTrunking has more on some types, none of them a T.",
			"Allow more instances, or choose larger ones.", "max_size = 10"},
		{badEgress, Error, "Egress rule cannot work",
			"A rule of a security group names ports and one target: a range of addresses, a security group or a prefix list. AWS takes no rule twice.", "Write to as a CIDR, an ID or \"vpc\", and port as a number or a range.", `egress {
  to   = "sg-0a1b2c3d4e5f67890"
  port = 5432
}`},
	}
}

func explainVariables() []Explanation {
	return []Explanation{
		{literalCredential, Error, "Credential in the spec",
			"A spec is in the repository, and its values are in the generated code, the state and the console. The name says TOKEN, SECRET, PASSWORD or KEY, or the value looks like a credential.",
			"Store the value, and refer to it. Whoever has seen it may use it: make a new one.", `environment = { API_TOKEN = ssm("/shop/api-token") }`},
		{literalSecret, Error, "Secret value in the spec",
			"The value of a parameter or a secret comes from a Terraform variable, which is in no file and not in the state.", "Write variable().", `parameter "/dockerhub/token" { value = variable("dockerhub_token") }`},
		{badVariableName, Error, "Not a variable's name",
			"Shells take letters, digits and underscores.", "Rename it.", `environment = { LOG_LEVEL = "info" }`},
		{reservedVariable, Error, "Variable is reserved",
			"AWS or tfgen sets it, and another value would break the build or the task.", "Take it out, or rename it.", `environment = { BUILD_MODE = "fast" }`},
		{clearVariable, Warning, "Variable in clear",
			"What a pipeline passes to a build can be read by all who may see the pipeline, and is in Terraform's state.", "Keep the value in Parameter Store or Secrets Manager.", `environment = { DOCKERHUB_TOKEN = ssm("/dockerhub/token") }`},
		{badParameterPath, Error, "Not a parameter's path",
			"Parameter Store refuses the name.", "Begin with a slash; use letters, digits and . - _ between slashes.", `ssm("/dockerhub/user")`},
		{badSecretName, Error, "Not a secret's name",
			"Secrets Manager refuses the name, or the key cannot be told from it.", "Use letters, digits and / _ + = . @ -.", `secret("shop/db", "url")`},
		{badTerraformName, Error, "Not a Terraform variable's name",
			"Terraform refuses the name.", "Begin with a letter; use letters, digits, hyphens and underscores.", `variable("dockerhub_token")`},
		{shadowedVariable, Warning, "Variable is shadowed",
			"The variables of the pipeline's build action are stronger than the CodeBuild project's, and those are stronger than the buildspec's.", "Set it in one place.", "tfgen explain environment"},
		{missingDockerLogin, Error, "Login without credentials",
			"docker login to Docker Hub needs DOCKERHUB_USER and DOCKERHUB_TOKEN.", "Set both.", `build {
  logins      = ["dockerhub"]
  environment = { DOCKERHUB_USER = ssm("/dockerhub/user"), DOCKERHUB_TOKEN = ssm("/dockerhub/token") }
}`},
		{missingSecretKey, Error, "Secret without the key",
			"A secret block says which keys its JSON has, and something reads another one. No task or build would start.", "Make the two the same.", `secret "shop/db" { values = { url = variable("db_url") } }`},
		{nearlyMade, Warning, "Almost the name of a block",
			"What has no parameter or secret block must exist already. This name differs from a block's by a letter or two.", "Correct the name, if the block is meant.", `secret("shop/database", "url")`},
	}
}

func explainBuilds() []Explanation {
	return []Explanation{
		{latestImmutable, Error, "Tag latest in an immutable repository",
			"An immutable tag stays with its first image, so the second push fails.", "Tag by commit.", `tag = "commit"`},
		{latestTag, Warning, "Tag latest",
			"Revisions that all say latest cannot be told apart: a rollback starts the image that failed.", "Tag by commit.", `tag = "commit"`},
		{ecrOnly, Error, "Only for ECR",
			"Docker Hub has no such setting.", "Take it out.", `image { registry = "dockerhub" }`},
		{dockerHubLogin, Error, "Push without a login",
			"Docker Hub takes no image from a stranger.", "Log in.", `logins = ["dockerhub"]`},
		{dockerHubAddress, Error, "Image without a user",
			"The task definition names the whole image, and the user is only known to the build.", "Write the user into the repository.", `repository = "acme/web"`},
		{imageWithoutBuild, Error, "Nothing is built",
			"How images are kept matters only where some are made.", "Add a build, or take it out.", `image { first = "public.ecr.aws/docker/library/nginx:1.28" }`},
		{badImage, Error, "Not an image",
			"Docker takes no such name.", "Write registry, repository and tag.", `first = "public.ecr.aws/docker/library/nginx:1.28"`},
		{unprivileged, Error, "Docker without privileges",
			"Docker starts only in a privileged build.", "Leave privileged out.", "privileged = true"},
		{otherBuildImage, Error, "Build of another architecture",
			"Docker builds for the host that it runs on. The tasks would end with `exec format error`.", "Build on the architecture that the tasks have.", `image = "aws/codebuild/amazonlinux-aarch64-standard:3.0"`},
		{badPath, Error, "Path leads elsewhere",
			"What the build reads is in the repository, and a path is relative to it.", "Write it with slashes, without .. and without a slash at the beginning.", `context = "services/web"`},
		{pathsOnCodeCommit, Error, "CodeCommit filters no paths",
			"A push to CodeCommit starts the pipeline whatever it changes.", "Take the argument out.", `build { context = "services/web" }`},
		{buildWithoutSource, Error, "Build without a source",
			"A build begins with the code.", "Add a source.", `source "codecommit" { repository = "shop" }`},
		{pipelineNoBuild, Error, "Pipeline without a build",
			"A pipeline needs two stages, and source and build are the first.", "Add a build.", `build { buildspec = "buildspec.yml" }`},
		{deployNoCluster, Error, "Deploy without a cluster",
			"There is nothing to deploy to.", "Add a cluster.", `cluster "shop" {
  capacity "FARGATE" {}
}`},
		{missingDockerfile, Warning, "No Dockerfile yet",
			"The buildspec that tfgen writes builds the image from it. Until it is there, the first image runs and builds fail; `tfgen validate` alone says so.", "Add it, or say where it is.", `build { context = "services/web" }`},
		{otherPortExposed, Warning, "Dockerfile exposes another port",
			"EXPOSE opens nothing, but says where the application listens. The load balancer asks on the service's port.", "Make the two agree.", `service "web" { port = 8080 }`},
		{existingRegistry, Error, "Repository is made elsewhere",
			"What belongs to a repository that exists is not changed from here.", "Take it out.", `image {
  repository = "team/web"
  create     = false
}`},
		{wrongCredentials, Error, "Credentials for another registry",
			"The secret goes along with every revision of the task definition, and ECS registers none that brings one to a private ECR repository.", "Use credentials for images that are all on one registry, outside of ECR.", `image {
  first       = "ghcr.io/acme/web:1.4"
  credentials = secret("ghcr")
}`},
		{baseWithoutLogin, Warning, "Base image behind a login",
			"A FROM or a COPY --from in the Dockerfile names an image of a registry that wants a login, and no command of the buildspec makes one.", "Log in before docker build, in a buildspec of your own.", `build { environment = { GHCR_TOKEN = ssm("/ghcr/token") } }`},
		{baseOfOthers, Warning, "Base image of another account",
			"A FROM or a COPY --from in the Dockerfile names a repository of another account. A pull needs both the build role's permission, which follows from that line, and the repository's own policy.", "Have the repository's policy allow the project's account.", `project "shop" { account = "111122223333" }`},
	}
}

func explainBalancers() []Explanation {
	return []Explanation{
		{sharedDiffers, Error, "Services disagree on their load balancer",
			"Services that name the same load balancer share it, and it can be only one way.", "Say it in one of them.", "listener_port = 8080"},
		{sameRule, Error, "Two services for the same requests",
			"The second would never get one.", "Give one of them a host or a path.", `path = "/api/*"`},
		{existingListener, Error, "Listener is made elsewhere",
			"What belongs to a listener that exists is not changed from here.", "Take it out.", `load_balancer { existing = "arn:aws:elasticloadbalancing:eu-west-1:111111111111:listener/app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2" }`},
		{badHost, Error, "Not a host",
			"A rule compares the host's name alone.", "Write the name.", `host = "www.example.com"`},
		{badPattern, Error, "Not a path",
			"ELB refuses the pattern.", "Begin with a slash; * and ? are wildcards.", `path = "/api/*"`},
		{badHealthCheck, Error, "Health check cannot work",
			"ELB refuses it.", "Check a path, with a timeout below the interval.", `health_check {
  path     = "/healthz"
  interval = 15
  timeout  = 5
}`},
		{otherRegion, Error, "In another region",
			"A load balancer uses certificates and listeners of its own region only.", "Make it in the project's region.", `certificate = "arn:aws:acm:eu-west-1:111111111111:certificate/8c1d"`},
		{plainHTTPS, Warning, "Port 443 without a certificate",
			"Without a certificate the listener speaks HTTP, also on 443.", "Set a certificate.", `certificate = "arn:aws:acm:eu-west-1:111111111111:certificate/8c1d"`},
		{manyRules, Warning, "Many services behind one load balancer",
			"A load balancer takes 100 rules, unless AWS raises the quota.", "Use a second one.", `load_balancer { name = "shop-2" }`},
		{longRule, Error, "Rule compares too much",
			"The rule of a service takes 5 hosts and paths in all, and 6 wildcards. A path /api/* counts twice: it brings /api along.", "Take some out, or let a wildcard stand for them.", `path = "/api*"`},
	}
}
