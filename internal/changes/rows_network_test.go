package changes

// networkSteps are of a project with a network, instances and a key of its own.
func networkSteps() []step {
	return []step{
		{name: "a folder", refused: true, rows: []row{
			{argument: "project.output", change: `project "yard" / output = "terraform"`, says: []string{`Move that first`, `mv infra terraform`}},
		}},
		{name: "an environment", refused: true, rows: []row{
			{argument: "environment NAME", change: `cluster "yard" => environment "live" {}\n\ncluster "yard"`, says: []string{`the spec no longer describes infra/environments/production`, `mv infra/environments/production/terraform.tfstate infra/environments/live/`}},
		}},
		{name: "a state", refused: true, rows: []row{
			{argument: "state KIND", change: `cluster "yard" => state "s3" {\n  bucket = "yard-states"\n}\n\ncluster "yard"`, says: []string{`tfgen bootstrap -migrate-state`}},
		}},
		{name: "a cluster", refused: true, rows: []row{
			{argument: "cluster NAME", change: `cluster "yard" => cluster "dock"`, says: []string{`moves to another load balancer, which has another address`}},
		}},
		{name: "a network", refused: true, rows: []row{
			{argument: "network.vpc_id", change: `  cidr  = "10.40.0.0/16"\n  zones = ["eu-central-1a", "eu-central-1b"]\n  nat   = "none" => vpc_id     = "{vpc}"\n  subnet_ids = ["{subnet 1}", "{subnet 2}"]`, says: []string{`AWS moves no load balancer there`}},
		}},
		{name: "what holds commits, images or logs", refused: true, rows: []row{
			{argument: "source.create", change: `source "codecommit" / create = false`, says: []string{`-remove=module.source.aws_codecommit_repository.this`}},
			{argument: "service.build.project", change: `service "gate" / build / project = "gate-images"`, says: []string{`-remove=\S*aws_cloudwatch_log_group`}},
			{argument: "service.image.create", change: `service "gate" / image / create = false`, says: []string{`-remove=\S*aws_ecr_repository`}},
		}},
		{name: "another load balancer", refused: true, rows: []row{
			{argument: "service.load_balancer.name", change: `service "gate" / load_balancer / name = "dock"`, says: []string{`another load balancer`}},
		}},
		{name: "private subnets", rows: []row{
			{argument: "network.nat", change: `network / nat = "single"`, says: []string{`costs +a NAT gateway`}},
		}},
		{name: "instances", rows: []row{
			{argument: "cluster.capacity KIND", change: `  capacity "FARGATE" {} =>   capacity "FARGATE" {}\n\n  capacity "EC2" {\n    instance_type = "t3.small"\n    max_size = 2\n  }` + "\n" +
				`parameter "/yard/token" => service "winch" {\n  strategy = { EC2 = 1 }\n\n  image {\n    first = "public.ecr.aws/docker/library/busybox:1.37"\n  }\n}\n\nparameter "/yard/token"`},
		}},
		{name: "what no task notices", calm: true, rows: []row{
			{argument: "cluster.capacity.max_size", change: `cluster "yard" / capacity "EC2" / max_size = 4`},
			{argument: "cluster.capacity.target_capacity", change: `cluster "yard" / capacity "EC2" / target_capacity = 80`},
			{argument: "cluster.capacity.min_size", change: `cluster "yard" / capacity "EC2" / min_size = 2`, says: []string{`costs +2 instances at least, by the hour`}},
			{argument: "service.build.policy", change: `service "gate" / build / policy = "arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess"`},
			{argument: "project.kms_key", change: "project \"yard\" / kms_key = \"{other key}\"\nparameter \"/yard/token\" / version = 2", says: []string{`kms_key_id arn\S+ → arn`}},
			{argument: "service.pipeline.name", change: `service "gate" / pipeline / name = "gate-delivery"`, says: []string{`replaces +aws_codepipeline.this of Pipeline gate, the new one first`}, destroys: []string{"aws_codepipeline"}},
		}},
		{name: "what tasks roll for", rows: []row{
			{argument: "cluster.capacity.instance_type", change: `cluster "yard" / capacity "EC2" / instance_type = "t3.medium"`},
			{argument: "network.zones", change: `network / zones = ["eu-central-1a", "eu-central-1b", "eu-central-1c"]`},
			{argument: "service.deployment.alarms", change: `service "gate" / deployment / alarms = ["gate-errors"]`},
			{argument: "service.image.credentials", change: `service "crane" / image / credentials = secret("yard/hub")` + "\n" +
				`secret "yard/database" => secret "yard/hub" {\n  values = { username = variable("url"), password = variable("url") }\n}\n\nsecret "yard/database"`},
			{argument: "service.load_balancer.listener_port", change: `service "gate" / load_balancer / listener_port = 8080`, says: []string{`cuts +Load balancer yard no longer listens on port 80`},
				destroys: []string{"aws_lb_listener", "aws_lb_listener_rule", "aws_vpc_security_group_ingress_rule"}},
		}},
	}
}
