package changes

// unplayed are the arguments whose change no walk plays, and why. What the
// language says of them rests on other tests, or on AWS's documentation alone.
func unplayed() map[string]string {
	const (
		oneKind = "there is one kind"
		moves   = "TestStateMoves in internal/e2e plays it"
		hcp     = "there is no local HCP Terraform"
		network = "it needs a network of the project's own"
		early   = "it is refused while everything is planned afresh"
		names   = "what has the name goes"
	)
	return map[string]string{
		"cluster.existing":                 early,
		"network.load_balancer_subnet_ids": network,
		"network.subnet_ids":               network,
		"project NAME":                     early,
		"service NAME":                     names,
		"service.build.paths":              "it needs a source with a connection",
		"service.build.privileged":         "a build that pushes images needs it",
		"service.image.registry":           early,
		"service.load_balancer.existing":   early,
		"service.name":                     names,
		"service.public_ip":                network,
		"service.task_definition_owner":    names,
		"source KIND":                      oneKind,
		"state.bucket":                     moves,
		"state.hostname":                   hcp,
		"state.kms_key":                    moves,
		"state.organization":               hcp,
		"state.project":                    hcp,
		"state.region":                     moves,
	}
}
