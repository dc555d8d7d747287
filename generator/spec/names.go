package spec

import (
	"slices"
	"sync"
)

// A Space is who shares a name: in it, a name stands for one thing.
type Space string

// The spaces, from the widest to the narrowest.
const (
	World        Space = "everybody"
	Organization Space = "the organization at HCP Terraform"
	Account      Space = "the account"
	Region       Space = "the account and region"
	InBucket     Space = "the bucket"
	InVPC        Space = "the VPC"
	InCluster    Space = "the cluster"
	AtListener   Space = "the listener"
)

// Kinds of things that have names.
const (
	SourceRepository = "source repository"
	ImageRepository  = "image repository"
	BuildProject     = "build project"
	BuildLogs        = "log group of the builds"
	BuildRole        = "role of the builds"
	PipelineName     = "pipeline"
	PipelineRole     = "role of the pipeline"
	Artifacts        = "bucket of the artifacts"
	Trigger          = "rule that starts the pipeline"
	TriggerRole      = "role of the rule that starts the pipeline"
	ClusterName      = "cluster"
	CapacityProvider = "capacity provider"
	InstanceGroup    = "group of instances"
	InstanceTemplate = "launch template"
	InstanceRole     = "role of the instances"
	InstanceProfile  = "instance profile"
	InstanceSecurity = "security group of the instances"
	BalancerName     = "load balancer"
	BalancerSecurity = "security group of the load balancer"
	BalancerLogs     = "bucket of the access logs"
	ServiceName      = "ECS service"
	Family           = "task definition family"
	ExecutionRole    = "role that starts tasks"
	TaskRole         = "role of the tasks"
	TaskSecurity     = "security group of the tasks"
	TaskLogs         = "log group of the tasks"
	LiveParameter    = "parameter that says there is a service"
	TargetGroup      = "target group"
	ListenerRule     = "priority of a listener's rule"
	MadeParameter    = "parameter"
	MadeSecret       = "secret"
	StateObject      = "object of a state"
	StateWorkspace   = "workspace of a state"
)

// A Kind is a kind of thing that has a name.
type Kind struct {
	What     string // such as "build project"
	Resource string // Terraform's type, "" for what is no resource
	Argument string // of the resource: what holds the name, or the beginning of it
	Space    Space  // who shares the name
	Folded   bool   // AWS takes names for one that differ in capital letters alone
	Made     string // what the name is made of: text, and {parts}
	Set      string // argument of the spec that says another name, such as "build.project", or ""

	rule  rule
	each  func(*Spec) []subject
	given func(subject) string // the name as the spec has it, nil where it is always made
}

// A Name is what one thing is called.
type Name struct {
	Kind
	Text    string
	Service *Service // whose it is, nil where it is no service's
	Root    string   // name of the root that makes it
}

// A subject is what a name is made for: it has the parts that the name is made of.
type subject struct {
	root    string
	service *Service
	label   string // of what is no service
}

// Kinds is the table of everything that has a name, but for what is named inside
// of one thing, such as a container.
func Kinds() []Kind { return slices.Clone(kinds()) }

var kinds = sync.OnceValue(func() []Kind { //nolint:gochecknoglobals // the table never changes
	return slices.Concat(deliveryKinds(), clusterKinds(), balancerKinds(), serviceKinds(), otherKinds())
})

func deliveryKinds() []Kind {
	return []Kind{
		{What: SourceRepository, Resource: "aws_codecommit_repository", Argument: "repository_name", Space: Region,
			Made: "{source}", Set: "source.repository", rule: codecommitRule(), each: createdSource},
		{What: ImageRepository, Resource: "aws_ecr_repository", Argument: "name", Space: Region,
			Made: "{repository}", Set: "image.repository", rule: ecrRule(), each: inECR,
			given: func(of subject) string { return of.service.Image.Repository }},
		{What: BuildProject, Resource: "aws_codebuild_project", Argument: "name", Space: Region,
			Made: "{identity}", Set: "build.project", rule: buildRule(), each: built,
			given: func(of subject) string { return of.service.Build.Project }},
		{What: BuildLogs, Resource: "aws_cloudwatch_log_group", Argument: "name", Space: Region,
			Made: "/aws/codebuild/{build}", rule: logGroupRule(), each: built},
		{What: BuildRole, Resource: "aws_iam_role", Argument: "name", Space: Account, Folded: true,
			Made: "{identity}-build-{region}", rule: roleRule(), each: built},
		{What: PipelineName, Resource: "aws_codepipeline", Argument: "name", Space: Region,
			Made: "{identity}", Set: "pipeline.name", rule: pipelineRule(), each: built,
			given: func(of subject) string { return of.service.Pipeline.Name }},
		{What: PipelineRole, Resource: "aws_iam_role", Argument: "name", Space: Account, Folded: true,
			Made: "{identity}-pipeline-{region}", rule: roleRule(), each: built},
		// The rest of the name is S3's: nobody can take it beforehand.
		{What: Artifacts, Resource: "aws_s3_bucket", Argument: "bucket_prefix", Space: World,
			Made: "{identity}-artifacts-", rule: prefixRule(), each: built,
			given: func(of subject) string { return of.service.Pipeline.ArtifactPrefix }},
		{What: Trigger, Resource: "aws_cloudwatch_event_rule", Argument: "name", Space: Region,
			Made: "{identity}-trigger", rule: eventRule(), each: built},
		{What: TriggerRole, Resource: "aws_iam_role", Argument: "name", Space: Account, Folded: true,
			Made: "{identity}-trigger-{region}", rule: roleRule(), each: built},
	}
}

// The parts of a cluster are called as the cluster is, which its region tells
// apart from all others, or as its project and environment.
func clusterKinds() []Kind {
	return []Kind{
		{What: ClusterName, Resource: "aws_ecs_cluster", Argument: "name", Space: Region,
			Made: "{cluster}", Set: "cluster", rule: clusterRule(), each: madeCluster},
		{What: CapacityProvider, Resource: "aws_ecs_capacity_provider", Argument: "name", Space: Region,
			Made: "ec2-{cluster}", rule: providerRule(), each: onInstances},
		{What: InstanceGroup, Resource: "aws_autoscaling_group", Argument: "name", Space: Region,
			Made: "ec2-{cluster}", rule: groupRule(), each: onInstances},
		{What: InstanceTemplate, Resource: "aws_launch_template", Argument: "name", Space: Region,
			Made: "ec2-{cluster}", rule: templateRule(), each: onInstances},
		{What: InstanceRole, Resource: "aws_iam_role", Argument: "name", Space: Account, Folded: true,
			Made: "{identity}-instances-{region}", rule: roleRule(), each: onInstances},
		{What: InstanceProfile, Resource: "aws_iam_instance_profile", Argument: "name", Space: Account, Folded: true,
			Made: "{identity}-instances-{region}", rule: profileRule(), each: onInstances},
		{What: InstanceSecurity, Resource: "aws_security_group", Argument: "name", Space: InVPC,
			Made: "{cluster}-instances", rule: securityGroupRule(), each: onInstances},
	}
}

func balancerKinds() []Kind {
	return []Kind{
		{What: BalancerName, Resource: "aws_lb", Argument: "name", Space: Region,
			Made: "{balancer}", Set: "load_balancer.name", rule: balancerRule(), each: balanced},
		{What: BalancerSecurity, Resource: "aws_security_group", Argument: "name", Space: InVPC,
			Made: "{balancer}-alb", rule: securityGroupRule(), each: balanced},
		{What: BalancerLogs, Resource: "aws_s3_bucket", Argument: "bucket_prefix", Space: World,
			Made: "{balancer}-logs-", rule: prefixRule(), each: balanced,
			given: func(of subject) string { return bucketPrefix(of.label, "-logs-") }},
	}
}

func serviceKinds() []Kind {
	return []Kind{
		{What: ServiceName, Resource: "aws_ecs_service", Argument: "name", Space: InCluster,
			Made: "{label}", Set: "name", rule: serviceNameRule(), each: running,
			given: func(of subject) string { return of.service.Name }},
		{What: Family, Resource: "aws_ecs_task_definition", Argument: "family", Space: Region,
			Made: "{identity}", rule: familyRule(), each: running},
		{What: ExecutionRole, Resource: "aws_iam_role", Argument: "name", Space: Account, Folded: true,
			Made: "{identity}-execution-{region}", rule: roleRule(), each: running},
		{What: TaskRole, Resource: "aws_iam_role", Argument: "name", Space: Account, Folded: true,
			Made: "{identity}-task-{region}", rule: roleRule(), each: running},
		{What: TaskSecurity, Resource: "aws_security_group", Argument: "name", Space: InVPC,
			Made: "{identity}-tasks", rule: securityGroupRule(), each: running},
		{What: TaskLogs, Resource: "aws_cloudwatch_log_group", Argument: "name", Space: Region,
			Made: "/ecs/{cluster}/{service}", rule: logGroupRule(), each: running},
		{What: LiveParameter, Resource: "aws_ssm_parameter", Argument: "name", Space: Region,
			Made: "/ecs/{cluster}/{service}/live/service", rule: parameterRule(), each: live},
		{What: TargetGroup, Resource: "aws_lb_target_group", Argument: "name", Space: Region,
			Made: "{group}", Set: "load_balancer.target_group", rule: targetGroupRule(), each: behind,
			given: func(of subject) string { return of.service.LoadBalancer.TargetGroup }},
		{What: ListenerRule, Resource: "aws_lb_listener_rule", Argument: "priority", Space: AtListener,
			Made: "{priority}", Set: "load_balancer.priority", rule: rule{most: 5}, each: behind},
	}
}

func otherKinds() []Kind {
	return []Kind{
		{What: MadeParameter, Resource: "aws_ssm_parameter", Argument: "name", Space: Region,
			Made: "{label}", Set: "parameter", rule: parameterRule(), each: madeParameters},
		{What: MadeSecret, Resource: "aws_secretsmanager_secret", Argument: "name", Space: Region,
			Made: "{label}", Set: "secret", rule: secretRule(), each: madeSecrets},
		{What: StateObject, Space: InBucket, Made: "{state}", rule: objectRule(), each: bucketStates},
		{What: StateWorkspace, Space: Organization, Made: "{workspace}", rule: workspaceRule(), each: hcpStates},
	}
}

// Names lists everything that a spec makes and that has a name, in the order of
// the table.
func Names(s *Spec) []Name {
	var all []Name
	for _, k := range Kinds() {
		for _, of := range k.each(s) {
			all = append(all, Name{Kind: k, Text: k.name(s, of), Service: of.service, Root: of.root})
		}
	}
	return all
}

// Name is what a thing of a service is called: what is one of the constants, such
// as ExecutionRole.
func (s *Spec) Name(what string, service *Service) string {
	return kindOf(what).name(s, subject{service: service})
}

// defaultName is what a thing of a service is called where the spec says no other name.
func (s *Spec) defaultName(what string, service *Service) string {
	return kindOf(what).expand(s, subject{service: service})
}

func kindOf(what string) Kind {
	all := Kinds()
	return all[slices.IndexFunc(all, func(k Kind) bool { return k.What == what })]
}

func (k Kind) name(s *Spec, of subject) string {
	if k.given != nil {
		return k.given(of)
	}
	return k.expand(s, of)
}
