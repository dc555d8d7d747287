package spec

// An Effect is what a changed argument does to a project that is applied.
type Effect string

// The effects. Each holds for one apply, after which the next plan is empty.
const (
	// InPlace is a change of what is there: requests are answered throughout.
	InPlace Effect = "in place"
	// NewFirst is something new that is made, and taken into use, before the
	// old one goes: requests are answered throughout.
	NewFirst Effect = "new before old"
	// Refused is a change that ends before anything is touched, with what to
	// do instead.
	Refused Effect = "refused"
	// Told is a change that costs something that the plan tells: requests that
	// fail meanwhile, an address, a history, or money.
	Told Effect = "told"
)

// A Change is what becomes of an applied project when an argument, or the
// label of a block, changes.
type Change struct {
	Effect Effect
	Doc    string // a sentence
}

// changes says of each argument what its change does: the argument's path, or
// for a label the block's and the label's name, such as "cluster NAME".
func changes() map[string]Change { //nolint:funlen // a table
	const (
		keepsState   = "The state stays where it is until it is taken along: `tfgen bootstrap -migrate-state`, or for HCP Terraform `terraform init`."
		otherVPC     = "AWS moves no load balancer to another VPC. Destroy the environment first, or write a second project beside it."
		rolls        = "The tasks roll over to a new revision, with the image that is deployed."
		rollsAll     = "The tasks roll over."
		nextBuild    = "The next build takes it."
		nextRollout  = "The next rollout takes it."
		noTask       = "No task is touched."
		losesHistory = "The pipeline is made anew; the history of its runs goes."
		losesImages  = "The registry would go with its images, which `-remove` must allow."
		newValue     = "The value is written anew; tasks read it when they start."
	)
	return map[string]Change{
		"project NAME":    {Refused, "Names and tags begin with it: what AWS does not rename is made anew, and what holds data, logs too, goes only where `-remove` allows it. The place of a state in a bucket follows it as well: the state is taken along first, or what was applied destroyed. A service whose revisions are the pipeline's is handed to Terraform first."},
		"project.region":  {Refused, "What is there stays in the old region, in no state. Destroy first, or write a second project."},
		"project.account": {InPlace, "Only what a plan is checked against changes."},
		"project.kms_key": {Told, "Secrets are encrypted anew in place; a task that starts in that moment may fail to read one, and ECS starts it again. Refused where the `version` of a parameter does not rise in the same change, since AWS takes another key only with a value; and where secrets go back to AWS's own key, which needs a command that is shown."},
		"project.tags":    {InPlace, noTask},
		"project.output":  {Refused, "The old folder is moved first, with the states in it; the command is shown."},

		"state KIND":         {Refused, keepsState},
		"state.bucket":       {Refused, keepsState},
		"state.region":       {Refused, keepsState},
		"state.kms_key":      {Refused, keepsState},
		"state.organization": {Refused, keepsState},
		"state.project":      {Refused, keepsState},
		"state.hostname":     {Refused, keepsState},

		"source KIND":       {InPlace, "There is one kind."},
		"source.repository": {InPlace, "AWS renames it, with its commits."},
		"source.branch":     {InPlace, "The next commit on it starts the pipeline."},
		"source.create":     {Refused, "The repository would go with its commits, which `-remove` must allow."},

		"network.vpc_id":                   {Refused, otherVPC},
		"network.subnet_ids":               {InPlace, rollsAll},
		"network.load_balancer_subnet_ids": {InPlace, "The load balancer keeps its address."},
		"network.cidr":                     {Refused, otherVPC},
		"network.zones":                    {Told, "Subnets of other zones come beside those that stay, whose ranges do not move. Those of a zone that is left out go with what runs there, and the tasks roll."},
		"network.nat":                      {Told, "NAT gateways cost by the hour. Between `none` and the other two the tasks move to other subnets, and roll."},

		"cluster NAME":               {Refused, "The load balancer is called after it, and gets another address: set `name` in the load_balancer block to keep it. The services then go, and are made again in the new cluster."},
		"cluster.existing":           {Refused, "The cluster would go although services run in it. It is handed over by taking it out of the state."},
		"cluster.container_insights": {Told, "CloudWatch charges for the metrics. No task is touched."},

		"cluster.capacity KIND":            {InPlace, "One more is offered to the services. One that a service uses is refused: move the service first."},
		"cluster.capacity.instance_type":   {NewFirst, "New instances start before old ones go, and the tasks move."},
		"cluster.capacity.min_size":        {Told, "Instances cost by the hour."},
		"cluster.capacity.max_size":        {InPlace, noTask},
		"cluster.capacity.target_capacity": {InPlace, noTask},

		"service NAME":                  {Refused, "AWS renames no service: the old one would go with its logs, which `-remove` must allow, and another starts with its first image. A registry, build or pipeline whose name is written out stays, by a `moved` block that the plan shows."},
		"service.name":                  {Refused, "The service would go with its logs, which `-remove` must allow, and one of the new name is made: for a while none runs."},
		"service.port":                  {Told, "The tasks roll. The image that is deployed must listen on the new port. Refused where the revisions are the pipeline's: Terraform takes them over first."},
		"service.cpu":                   {InPlace, rolls},
		"service.memory":                {InPlace, rolls},
		"service.desired_count":         {InPlace, "Tasks start or stop; the others stay."},
		"service.public_ip":             {InPlace, rollsAll},
		"service.architecture":          {Told, "The tasks roll. The image that is deployed must be built for it."},
		"service.strategy":              {Refused, "Terraform would make the service anew. One command of the AWS CLI, which is shown, moves it without an interruption."},
		"service.environment":           {InPlace, rolls},
		"service.command":               {InPlace, rolls},
		"service.log_retention_days":    {InPlace, noTask},
		"service.policy":                {InPlace, noTask},
		"service.task_definition_owner": {Told, "The service moves to another module: a `moved` block, which is shown, keeps it."},

		"service.image.registry":    {Refused, losesImages},
		"service.image.repository":  {Refused, losesImages},
		"service.image.create":      {Refused, losesImages},
		"service.image.tag":         {InPlace, nextBuild},
		"service.image.immutable":   {InPlace, noTask},
		"service.image.keep":        {InPlace, noTask},
		"service.image.scan":        {InPlace, noTask},
		"service.image.credentials": {InPlace, rolls},
		"service.image.first":       {InPlace, "Without a pipeline the tasks roll over to it; with one it is for services that are yet to be made."},

		"service.build.project":      {Refused, "The log of its builds would go, which `-remove` must allow. Project and pipeline are made anew."},
		"service.build.image":        {InPlace, nextBuild},
		"service.build.compute_type": {InPlace, nextBuild},
		"service.build.privileged":   {InPlace, nextBuild},
		"service.build.context":      {InPlace, nextBuild},
		"service.build.dockerfile":   {InPlace, nextBuild},
		"service.build.buildspec":    {InPlace, nextBuild},
		"service.build.environment":  {InPlace, nextBuild},
		"service.build.paths":        {InPlace, "The next commit takes it."},
		"service.build.cache":        {InPlace, nextBuild},
		"service.build.logins":       {InPlace, nextBuild},
		"service.build.test":         {InPlace, nextBuild},
		"service.build.policy":       {InPlace, nextBuild},

		"service.pipeline.name":            {Told, losesHistory},
		"service.pipeline.execution_mode":  {InPlace, "The next commit takes it."},
		"service.pipeline.environment":     {InPlace, nextBuild},
		"service.pipeline.timeout_minutes": {InPlace, nextBuild},
		"service.pipeline.deploy":          {InPlace, "The next commit takes it."},

		"service.deployment.minimum_healthy_percent":   {InPlace, nextRollout},
		"service.deployment.maximum_percent":           {InPlace, nextRollout},
		"service.deployment.circuit_breaker":           {InPlace, nextRollout},
		"service.deployment.health_check_grace_period": {InPlace, nextRollout},
		"service.deployment.alarms":                    {InPlace, nextRollout},

		"service.load_balancer.name":                 {Refused, "A target group goes with one load balancer. Give `target_group` another name in the same change; the address is another one."},
		"service.load_balancer.existing":             {Refused, "A target group goes with one load balancer. Give `target_group` another name in the same change; the address is another one."},
		"service.load_balancer.target_group":         {Told, "The listener and the service move over to the new one; requests fail until its first task is healthy."},
		"service.load_balancer.priority":             {InPlace, "The rule moves among those of its listener."},
		"service.load_balancer.listener_port":        {Told, "The listener on the new port is made first. Who asks on the old one gets no answer any more."},
		"service.load_balancer.certificate":          {NewFirst, "HTTPS is there before the port without encryption sends to it."},
		"service.load_balancer.host":                 {InPlace, "Requests for other hosts get the listener's own answer."},
		"service.load_balancer.path":                 {InPlace, "Requests for other paths get the listener's own answer."},
		"service.load_balancer.health_check":         {InPlace, noTask},
		"service.load_balancer.deregistration_delay": {InPlace, nextRollout},
		"service.load_balancer.allow":                {InPlace, "Who is no longer allowed gets no answer any more."},
		"service.load_balancer.internal":             {Refused, "AWS makes another load balancer for it. Give `name` and `target_group` other names in the same change; the address is another one."},

		"service.load_balancer.health_check.path":                {InPlace, noTask},
		"service.load_balancer.health_check.matcher":             {InPlace, noTask},
		"service.load_balancer.health_check.interval":            {InPlace, noTask},
		"service.load_balancer.health_check.timeout":             {InPlace, noTask},
		"service.load_balancer.health_check.healthy_threshold":   {InPlace, noTask},
		"service.load_balancer.health_check.unhealthy_threshold": {InPlace, noTask},

		"service.egress.to":       {InPlace, noTask},
		"service.egress.port":     {InPlace, noTask},
		"service.egress.protocol": {InPlace, noTask},

		"parameter PATH":    {Refused, "The parameter would go with its value, which `-remove` must allow."},
		"parameter.value":   {InPlace, newValue},
		"parameter.version": {InPlace, newValue},
		"secret NAME":       {Refused, "The secret would go with its values, which `-remove` must allow."},
		"secret.values":     {InPlace, newValue},
		"secret.version":    {InPlace, newValue},

		"environment NAME": {Refused, "Folder, state and names are called after it. What was applied is destroyed first, or its state taken along; the command is shown."},
		"environment.tags": {InPlace, noTask},
	}
}
