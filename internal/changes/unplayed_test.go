package changes

// unplayed are the arguments whose change no walk plays, and why. What the
// language says of them rests on other tests, or on AWS's documentation alone.
func unplayed() map[string]string {
	const (
		oneKind = "there is one kind"
		moves   = "TestStateMoves in internal/e2e plays it"
		hcp     = "there is no local HCP Terraform"
	)
	return map[string]string{
		"service.build.paths":      "it needs a source with a connection",
		"service.build.privileged": "the generated buildspec runs Docker",
		"source KIND":              oneKind,
		"state.bucket":             moves,
		"state.hostname":           hcp,
		"state.kms_key":            moves,
		"state.organization":       hcp,
		"state.project":            hcp,
		"state.region":             moves,
	}
}
