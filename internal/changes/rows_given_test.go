package changes

// givenSteps are of a project in a network that was there before it.
func givenSteps() []step {
	return []step{
		{name: "a cluster and a listener that exist", refused: true, rows: []row{
			{argument: "cluster.existing", change: `cluster "dock" / existing = true`, says: []string{`the cluster dock is to go`, `terraform state rm module.cluster`}},
			{argument: "service.load_balancer.existing", change: `service "quay" / load_balancer / existing = "{listener}"`,
				says: []string{`Service quay moves to another load balancer, which has another address`, `set target_group there to another name in the same change`}},
		}},
		{name: "what holds images or logs", refused: true, rows: []row{
			{argument: "service.image.registry", change: `service "hold" / image / registry = "dockerhub"` + "\n" + `service "hold" / image / repository = "acme/hold"` + "\n" + `service "hold" / build / logins = ["dockerhub"]` + "\n" +
				`service "hold" / build / environment = { DOCKERHUB_USER = "acme", DOCKERHUB_TOKEN = ssm("/dock/token") }`, says: []string{`-remove=\S*aws_ecr_repository`}},
			{argument: "service.name", change: `service "quay" / name = "wharf"`, says: []string{`-remove='module.service\["quay"\].aws_cloudwatch_log_group.this'`, `cuts +Service quay goes before it is made again`}},
			{argument: "service NAME", change: `service "winch" => service "crane"`, says: []string{`-remove='module.worker\["winch"\].aws_cloudwatch_log_group.this'`, `cuts +Worker winch goes for good, also where it is now called Worker crane`}},
		}},
		{name: "subnets", rows: []row{
			{argument: "network.subnet_ids", change: `network / subnet_ids = ["{subnet 1}", "{subnet 2}", "{subnet 3}"]`},
			{argument: "network.load_balancer_subnet_ids", change: `network / load_balancer_subnet_ids = ["{subnet 2}", "{subnet 3}"]`},
			{argument: "service.public_ip", change: `service "winch" / public_ip = true`},
		}},
		{name: "another project", rows: []row{
			{argument: "project NAME", change: `project "dock" => project "port"`, says: []string{
				`cuts +requests to Service quay fail from when its rule sends to the new target group`, `cuts +the old tasks of Worker winch reach what answers over HTTPS alone`},
				removes: []string{`module.pipeline["hold"].aws_cloudwatch_log_group.build`, `module.pipeline["hold"].aws_s3_bucket.artifacts`, `module.registry["hold"].aws_ecr_repository.this`},
				cuts:    []string{`a rule leads to no task`, `nothing leads to dock/quay`, `reaches less than before and after`},
				destroys: []string{
					"aws_cloudwatch_event_rule", "aws_cloudwatch_event_target", "aws_cloudwatch_log_group", "aws_codebuild_project", "aws_codepipeline", "aws_ecr_lifecycle_policy",
					"aws_ecr_repository", "aws_ecs_task_definition", "aws_iam_role", "aws_iam_role_policy", "aws_lb_target_group", "aws_s3_bucket",
					"aws_s3_bucket_lifecycle_configuration", "aws_s3_bucket_ownership_controls", "aws_s3_bucket_policy", "aws_s3_bucket_public_access_block", "aws_s3_bucket_server_side_encryption_configuration", "aws_s3_bucket_versioning",
					"aws_security_group", "aws_vpc_security_group_egress_rule", "aws_vpc_security_group_ingress_rule",
				}},
		}},
		{name: "another owner", rows: []row{
			{argument: "service.task_definition_owner", change: `service "hold" / task_definition_owner = "pipeline"`,
				moved: "module.worker[\"hold\"] => module.pipeline_owned_worker[\"hold\"]", destroys: []string{"aws_ssm_parameter"}},
		}},
		{name: "another project, of a revision that is the pipeline's", refused: true, rows: []row{
			{argument: "project NAME", change: `project "port" => project "haven"`, says: []string{`Pipeline owned worker hold keeps the revision that runs, which only its pipeline changes, and the roles that its revision names go`}},
		}},
	}
}
