package changes

// A row is one argument, or one block's label, and a change of it.
type row struct {
	argument string   // as the reference names it: service.cpu
	change   string   // of the spec, an edit a line
	says     []string // what is said, as regular expressions
	removes  []string // addresses of what holds data: without them it is refused
	moved    string   // what a plan without it shows as a moved block: "FROM => TO"
	destroys []string // types of what goes
	cuts     []string // what is cut off meanwhile, as says has told, as regular expressions
}

// A step is the rows that share an apply, which passes, or is refused before
// anything is touched.
type step struct {
	name    string
	refused bool
	calm    bool // no task starts or stops but for desired_count
	rows    []row
}

// A walk is a spec of testdata that is applied, and then changed step by step.
type walk struct {
	spec  string
	steps []step
}

func walks() []walk {
	return []walk{{"web.hcl", webSteps()}, {"network.hcl", networkSteps()}, {"given.hcl", givenSteps()}}
}

// webSteps are of a project in the default VPC, with services behind one load
// balancer.
func webSteps() []step {
	return []step{
		{name: "what holds data", refused: true, rows: []row{
			{argument: "service.image.repository", change: `service "worker" / image / repository = "jobs"`, says: []string{`-remove=\S*aws_ecr_repository`}},
			{argument: "parameter PATH", change: `parameter "/shop/token" => parameter "/shop/key"`, says: []string{`-remove=\S*aws_ssm_parameter`}},
			{argument: "secret NAME", change: `secret "shop/database" => secret "shop/db"`, says: []string{`-remove=\S*aws_secretsmanager_secret`}},
		}},
		{name: "another region", refused: true, rows: []row{
			{argument: "project.region", change: `project "shop" / region = "eu-west-1"`, says: []string{`the spec says the region eu-west-1, and what was applied is in eu-central-1`}},
		}},
		{name: "what AWS does not move", refused: true, rows: []row{
			{argument: "service.strategy", change: `service "worker" / strategy = { FARGATE_SPOT = 1 }`, says: []string{`Worker worker runs on other capacity from now on`, `aws ecs update-service`}},
			{argument: "network.cidr", change: `cluster "shop" => network { cidr = "10.40.0.0/16" }\ncluster "shop"`, says: []string{`AWS moves no load balancer there`}},
			{argument: "service.load_balancer.internal", change: `service "web" / load_balancer / internal = true`, says: []string{`the load balancer shop must be made anew`}},
		}},
		{name: "what no task notices", calm: true, rows: []row{
			{argument: "project.account", change: `project "shop" / account = "123456789012"`},
			{argument: "project.tags", change: `project "shop" / tags = { Team = "other" }`},
			{argument: "source.repository", change: `source "codecommit" / repository = "store"`, says: []string{`v1/repos/store`}},
			{argument: "source.branch", change: `source "codecommit" / branch = "trunk"`},
			{argument: "cluster.container_insights", change: `cluster "shop" / container_insights = true`},
			{argument: "cluster.capacity KIND", change: `  capacity "FARGATE_SPOT" {} => `},
			{argument: "environment.tags", change: `environment "production" / tags = { Stage = "live" }`},
			{argument: "parameter.version", change: `parameter "/shop/token" / version = 2`},
			{argument: "secret.version", change: `secret "shop/database" / version = 2`, destroys: []string{"aws_secretsmanager_secret_version"}},
			{argument: "service.image.keep", change: `service "web" / image / keep = 20`},
			{argument: "service.image.scan", change: `service "web" / image / scan = false`},
			{argument: "service.image.immutable", change: `service "worker" / image / immutable = false`, destroys: []string{"aws_ecr_lifecycle_policy"}},
			{argument: "service.image.tag", change: `service "worker" / image / tag = "latest"`},
			{argument: "service.build.image", change: `service "web" / build / image = "aws/codebuild/standard:7.0"`},
			{argument: "service.build.compute_type", change: `service "web" / build / compute_type = "BUILD_GENERAL1_MEDIUM"`},
			{argument: "service.build.context", change: `service "worker" / build / context = "jobs"`},
			{argument: "service.build.buildspec", change: `service "worker" / build / buildspec = "ci.yml"`},
			{argument: "service.build.dockerfile", change: `service "web" / build / dockerfile = "Containerfile"`},
			{argument: "service.build.environment", change: `service "web" / build / environment = { MODE = "fast" }`},
			{argument: "service.build.cache", change: `service "web" / build / cache = false`},
			{argument: "service.build.logins", change: `service "web" / build / logins = ["ecr_public"]`},
			{argument: "service.build.test", change: `service "web" / build / test = ["make test"]`},
			{argument: "service.pipeline.execution_mode", change: `service "web" / pipeline / execution_mode = "SUPERSEDED"`},
			{argument: "service.pipeline.environment", change: `service "web" / pipeline / environment = { TARGET = "live" }`},
			{argument: "service.pipeline.timeout_minutes", change: `service "web" / pipeline / timeout_minutes = 30`},
			{argument: "service.pipeline.deploy", change: `service "worker" / pipeline / deploy = false`},
			{argument: "service.load_balancer.priority", change: `service "api" / load_balancer / priority = 9000`},
			{argument: "service.load_balancer.deregistration_delay", change: `service "api" / load_balancer / deregistration_delay = 60`},
			{argument: "service.load_balancer.allow", change: `service "web" / load_balancer / allow = ["0.0.0.0/0", "10.0.0.0/8"]`},
			{argument: "service.load_balancer.health_check.path", change: `service "api" / load_balancer / health_check / path = "/api/well"`},
			{argument: "service.load_balancer.health_check.matcher", change: `service "api" / load_balancer / health_check / matcher = "200-299"`},
			{argument: "service.load_balancer.health_check.interval", change: `service "api" / load_balancer / health_check / interval = 20`},
			{argument: "service.load_balancer.health_check.timeout", change: `service "api" / load_balancer / health_check / timeout = 4`},
			{argument: "service.load_balancer.health_check.healthy_threshold", change: `service "api" / load_balancer / health_check / healthy_threshold = 3`},
			{argument: "service.load_balancer.health_check.unhealthy_threshold", change: `service "api" / load_balancer / health_check / unhealthy_threshold = 3`},
			{argument: "service.load_balancer.health_check", change: `service "blog" / load_balancer / health_check = "/blog/well"`},
			{argument: "service.deployment.minimum_healthy_percent", change: `service "blog" / deployment / minimum_healthy_percent = 50`},
			{argument: "service.deployment.maximum_percent", change: `service "blog" / deployment / maximum_percent = 300`},
			{argument: "service.deployment.circuit_breaker", change: `service "blog" / deployment / circuit_breaker = false`},
			{argument: "service.deployment.health_check_grace_period", change: `service "blog" / deployment / health_check_grace_period = 90`},
			{argument: "service.egress.port", change: `service "worker" / egress / port = 5433`},
			{argument: "service.egress.to", change: `service "worker" / egress / to = "10.1.0.0/16"`, destroys: []string{"aws_vpc_security_group_egress_rule"}},
			{argument: "service.egress.protocol", change: `service "worker" / egress / protocol = "udp"`},
			{argument: "service.log_retention_days", change: `service "worker" / log_retention_days = 30`},
			{argument: "service.policy", change: `service "worker" / policy = "arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess"`},
			{argument: "service.desired_count", change: `service "api" / desired_count = 2`},
			{argument: "service.load_balancer.path", change: `service "blog" / load_balancer / path = "/posts/*"`},
			{argument: "service.load_balancer.host", change: `service "api" / load_balancer / host = "api.shop.example"`},
		}},
		{name: "what tasks roll for", rows: []row{
			{argument: "parameter.value", change: `parameter "/shop/token" / value = variable("url")`},
			{argument: "secret.values", change: `secret "shop/database" / values = { url = variable("url"), user = variable("url") }`},
			{argument: "service.memory", change: `service "blog" / memory = 1024`},
			{argument: "service.cpu", change: `service "blog" / cpu = 512`},
			{argument: "service.environment", change: `service "worker" / environment = { STAGE = "live", TOKEN = ssm("/shop/token"), URL = secret("shop/database", "url") }`},
			{argument: "service.command", change: `service "worker" / command = ["sleep", "infinity"]`},
			{argument: "service.architecture", change: `service "worker" / architecture = "ARM64"`},
			{argument: "service.port", change: `service "api" / port = 9090`, says: []string{`Service api is asked on port 9090 from now on`}, destroys: []string{"aws_vpc_security_group_egress_rule", "aws_vpc_security_group_ingress_rule"}},
			{argument: "service.load_balancer.certificate", change: `service "web" / load_balancer / certificate = "{certificate}"`, destroys: []string{"aws_lb_listener_rule"}},
			{argument: "service.load_balancer.target_group", change: `service "blog" / load_balancer / target_group = "posts"`,
				says: []string{`requests to Service blog fail from when its rule sends to the new target group`}, cuts: []string{`a rule leads to no task`, `nothing leads to shop/blog`},
				destroys: []string{"aws_lb_target_group"}},
			{argument: "service.image.first", change: `service "blog" / image / first = "public.ecr.aws/docker/library/nginx:1.27"`},
		}},
	}
}
