package changes

// unplayed are the arguments whose change no walk plays, and why. What the
// language says of them rests on other tests, or on AWS's documentation alone.
func unplayed() map[string]string {
	const (
		oneKind   = "there is one kind"
		moves     = "TestStateMoves in internal/e2e plays it"
		hcp       = "there is no local HCP Terraform"
		network   = "it needs a network of the project's own"
		instances = "it needs instances"
		early     = "it is refused while everything is planned afresh"
		names     = "what has the name goes"
		traffic   = "the way of the requests changes"
	)
	return map[string]string{
		"cluster NAME":                        early,
		"cluster.capacity.instance_type":      instances,
		"cluster.capacity.max_size":           instances,
		"cluster.capacity.min_size":           instances,
		"cluster.capacity.target_capacity":    instances,
		"cluster.existing":                    early,
		"environment NAME":                    early,
		"network.load_balancer_subnet_ids":    network,
		"network.nat":                         network,
		"network.subnet_ids":                  network,
		"network.vpc_id":                      early,
		"network.zones":                       network,
		"project NAME":                        early,
		"project.kms_key":                     "it needs two keys",
		"project.output":                      names,
		"service NAME":                        names,
		"service.build.paths":                 "it needs a source with a connection",
		"service.build.policy":                "a policy of the build's role, as with logins",
		"service.build.privileged":            "a build that pushes images needs it",
		"service.build.project":               names,
		"service.deployment.alarms":           "it needs an alarm",
		"service.image.create":                early,
		"service.image.credentials":           "a revision and a permission, as with a secret under service.environment",
		"service.image.registry":              early,
		"service.load_balancer.existing":      early,
		"service.load_balancer.listener_port": traffic,
		"service.load_balancer.name":          early,
		"service.name":                        names,
		"service.pipeline.name":               names,
		"service.public_ip":                   network,
		"service.task_definition_owner":       names,
		"source KIND":                         oneKind,
		"source.create":                       early,
		"state KIND":                          early,
		"state.bucket":                        moves,
		"state.hostname":                      hcp,
		"state.kms_key":                       moves,
		"state.organization":                  hcp,
		"state.project":                       hcp,
		"state.region":                        moves,
	}
}
