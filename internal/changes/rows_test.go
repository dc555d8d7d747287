package changes

// A row is one argument, or one block's label, and a change of it.
type row struct {
	argument string   // as the reference names it: service.cpu
	change   string   // of the spec, an edit a line
	says     []string // what is said, as regular expressions
	destroys []string // types of what goes
}

// A step is the rows that share an apply, which passes, or is refused before
// anything is touched.
type step struct {
	name    string
	refused bool
	rows    []row
}

// A walk is a spec of testdata that is applied, and then changed step by step.
type walk struct {
	spec  string
	steps []step
}

func walks() []walk {
	return []walk{{"web.hcl", webSteps()}}
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
	}
}
