package existing

// kinds are the types that are looked up: those whose names are taken once made,
// whose making AWS then refuses or, worse, takes for a change of what is there.
// What they are imported by stands in the provider's documentation of each type,
// under Import.
func kinds() map[string]kind {
	return map[string]kind{
		"aws_autoscaling_group":               {"Auto Scaling group", []string{"name"}, scalingGroup},
		"aws_cloudwatch_event_rule":           {"EventBridge rule", []string{"name"}, eventRule},
		"aws_cloudwatch_log_group":            {"log group", []string{"name"}, logGroup},
		"aws_codebuild_project":               {"CodeBuild project", []string{"name"}, buildProject},
		"aws_codecommit_repository":           {"CodeCommit repository", []string{"repository_name"}, codeRepository},
		"aws_codepipeline":                    {"CodePipeline pipeline", []string{"name"}, pipeline},
		"aws_ecr_repository":                  {"ECR repository", []string{"name"}, imageRepository},
		"aws_ecs_capacity_provider":           {"ECS capacity provider", []string{"name"}, capacityProvider},
		"aws_ecs_cluster":                     {"ECS cluster", []string{"name"}, cluster},
		"aws_ecs_service":                     {"ECS service", []string{"cluster", "name"}, service},
		"aws_eip":                             {"elastic IP address", named(), address},
		"aws_iam_instance_profile":            {"IAM instance profile", []string{"name"}, instanceProfile},
		"aws_iam_role":                        {"IAM role", []string{"name"}, role},
		"aws_iam_role_policy":                 {"policy of an IAM role", []string{"role", "name"}, rolePolicy},
		"aws_iam_role_policy_attachment":      {"policy attached to an IAM role", []string{"role", "policy_arn"}, attachedPolicy},
		"aws_internet_gateway":                {"internet gateway", named("vpc_id"), internetGateway},
		"aws_launch_template":                 {"launch template", []string{"name"}, launchTemplate},
		"aws_lb":                              {"load balancer", []string{"name"}, loadBalancer},
		"aws_lb_listener":                     {"listener", []string{"load_balancer_arn", "port"}, listener},
		"aws_lb_listener_rule":                {"listener rule", []string{"listener_arn", "priority"}, listenerRule},
		"aws_lb_target_group":                 {"target group", []string{"name"}, targetGroup},
		"aws_nat_gateway":                     {"NAT gateway", named("subnet_id"), natGateway},
		"aws_route":                           {"route", []string{"route_table_id", "destination_cidr_block"}, route},
		"aws_route_table":                     {"route table", named("vpc_id"), routeTable},
		"aws_route_table_association":         {"route table association", []string{"subnet_id", "route_table_id"}, association},
		"aws_secretsmanager_secret":           {"secret", []string{"name"}, secret},
		"aws_security_group":                  {"security group", []string{"vpc_id", "name"}, securityGroup},
		"aws_ssm_parameter":                   {"parameter", []string{"name"}, parameter},
		"aws_subnet":                          {"subnet", []string{"vpc_id", "cidr_block"}, subnet},
		"aws_vpc":                             {"VPC", named(), vpc},
		"aws_vpc_endpoint":                    {"VPC endpoint", []string{"vpc_id", "service_name"}, endpoint},
		"aws_vpc_security_group_egress_rule":  {"security group rule", ruleKey(), groupRule(true)},
		"aws_vpc_security_group_ingress_rule": {"security group rule", ruleKey(), groupRule(false)},
	}
}
