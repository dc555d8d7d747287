// Package spec is the language of tfgen.hcl: its types, how a file is read,
// what follows from what it leaves out, and what is wrong with it.
//
// A spec is data. It promises that the same file gives the same Spec on every
// machine: nothing in it reads the environment, the clock or the network. The
// only other files it reads are those that it names: a buildspec that a person
// wrote and the JSON of a policy. The package knows AWS's limits, and no
// Terraform.
package spec

import (
	"slices"

	"github.com/hashicorp/hcl/v2"

	"tfgen/generator/buildspec"
)

// A Spec describes one delivery pipeline and what it delivers to. Load returns
// it complete: every name and every default is filled in.
type Spec struct {
	File string // path of tfgen.hcl as the caller gave it
	Dir  string // folder of File: the project, root of the application's repository

	Project  Project
	State    State
	Source   *Source // nil: the spec describes a runtime alone
	Network  Network
	Cluster  *Cluster // nil: no runtime, the pipeline ends after Build
	Services []*Service
	// LoadBalancers are those that the services' load_balancer blocks name,
	// in the order of their names. One that exists already is not among them.
	LoadBalancers []*LoadBalancer
	Parameters    []Parameter
	Secrets       []Secret
	Environment   Environment
}

// Project says whose infrastructure it is, and where.
type Project struct {
	Name    string
	Region  string            // such as "eu-west-1"
	Account string            // twelve digits, or "" for whatever the credentials name
	KMSKey  string            // ARN of the key of what tasks and builds read, or "" for AWS's own
	Tags    map[string]string // on everything that has tags
	Output  string            // folder of the generated code, slash-separated, relative to Dir
	Range   hcl.Range
}

// State says where Terraform keeps its state.
type State struct {
	Kind   string // "local", "s3" or "hcp"
	Bucket string // s3: the bucket
	Region string // s3: the bucket's region, default the project's
	KMSKey string // s3: ARN of the key that encrypts it, or ""

	Organization string // hcp: the organization
	HCPProject   string // hcp: the project of the workspaces, or "" for the organization's default
	Hostname     string // hcp: the host, or "" for HashiCorp's own
}

// Source is the repository whose branch starts the pipeline.
type Source struct {
	Kind       string // "codecommit"
	Repository string
	Branch     string
	Create     bool // false: the repository exists already
	Range      hcl.Range
}

// Network is where load balancers and tasks live.
type Network struct {
	Kind                  string   // "default" (the default VPC), "given" (ids) or "new" (cidr)
	VPCID                 string   // given
	SubnetIDs             []string // given: of the tasks and instances
	LoadBalancerSubnetIDs []string // given: of the load balancers, default SubnetIDs
	CIDR                  string   // new
	NAT                   string   // new: "none", "single" or "per_zone"
	Zones                 []string // default and new: names of the zones, or none for all that suit
	Range                 hcl.Range
}

// Public reports whether tasks reach the internet only with a public address:
// the subnets are public, and there is no NAT gateway.
func (n Network) Public() bool {
	return n.Kind == "default" || n.Kind == "new" && n.NAT == "none"
}

// Cluster is the ECS cluster and what its tasks run on.
type Cluster struct {
	Label             string // of the block
	Name              string // the label, and the environment unless it is production
	Existing          bool   // made elsewhere: it is referred to by name
	ContainerInsights bool
	Fargate           bool // capacity "FARGATE"
	FargateSpot       bool // capacity "FARGATE_SPOT"
	EC2               *EC2 // capacity "EC2", or nil
	Range             hcl.Range
}

// EC2 is a group of instances that grows and shrinks with its tasks.
type EC2 struct {
	InstanceType   string
	Architecture   string // "X86_64" or "ARM64", as the instance type has it
	MinSize        int
	MaxSize        int
	TargetCapacity int // percent of the group that tasks shall use, 1 to 100
}

// Service is a container that runs, how it is built, and how it rolls out.
type Service struct {
	ID           string // Identity: what is named after the service begins with it
	Label        string // of the block: the container
	Name         string // of the ECS service
	Port         int    // 0: listens on none
	CPU          int    // CPU units, 1024 a vCPU
	Memory       int    // MiB
	DesiredCount int
	PublicIP     bool
	Architecture string     // "X86_64" or "ARM64"
	Strategy     []Capacity // in the order FARGATE, FARGATE_SPOT, EC2
	Environment  map[string]Value
	Command      []string

	Image        Image
	Build        *Build    // nil: nothing is built, the image is Image.First
	Pipeline     *Pipeline // nil if and only if Build is, or there is no source
	Deployment   Deployment
	LoadBalancer *Attachment // nil: a worker
	Egress       []Egress    // what tasks may reach, in the order of the spec

	LogRetentionDays int
	Policy           *Policy // nil: the task has no permissions
	// Owner is who registers revisions: "shared" (Terraform and the pipeline,
	// the default), or "pipeline" (Terraform makes the first and leaves the rest alone).
	Owner string

	Range hcl.Range
}

// Egress is something that a service's tasks may reach, beside HTTPS everywhere.
// Where none of it is "vpc", they also reach all of their VPC.
type Egress struct {
	To       string // "vpc", a CIDR, or the ID of a security group (sg-…) or a prefix list (pl-…)
	Ports    Ports  // all of them: the protocol's, if there is one
	Protocol string // "tcp", "udp" or "" for all
}

// Ports are a range of ports, 1 to 65535. The zero value is all of them.
type Ports struct{ From, To int }

// NarrowsVPC reports whether of their VPC tasks reach only what is named.
func (s *Service) NarrowsVPC() bool {
	return slices.ContainsFunc(s.Egress, func(e Egress) bool { return e.To == "vpc" })
}

// Capacity is one part of a capacity provider strategy.
type Capacity struct {
	Provider string // "FARGATE", "FARGATE_SPOT" or "EC2"
	Weight   int
	Base     int
}

// OnEC2 reports whether the service's tasks run on instances.
func (s *Service) OnEC2() bool { return len(s.Strategy) > 0 && s.Strategy[0].Provider == "EC2" }

// ValueKind says where the value of a variable comes from.
type ValueKind string

// Where a value comes from: the spec itself, Parameter Store, Secrets Manager, or a
// Terraform variable.
const (
	Literal  ValueKind = "literal"
	SSM      ValueKind = "ssm"
	SecretsM ValueKind = "secret"
	Variable ValueKind = "variable"
)

// Value is what a variable is set to.
type Value struct {
	Kind ValueKind
	// Text is the text of a literal, the path of a parameter, the name of a
	// secret or the name of a Terraform variable. A parameter and a secret of
	// another account are named by their ARN.
	Text    string
	Key     string // of a secret: one key of its JSON, or "" for the whole
	Stage   string // of a secret named by its ARN: such as "AWSPREVIOUS", or ""
	Version string // likewise: ID of the version, or ""
	Range   hcl.Range
}

// Image is where a service's images are kept, and how they are told apart.
type Image struct {
	Registry   string // "ecr" or "dockerhub"
	Repository string
	Tag        string // "commit" (its first 8 characters) or "latest"
	Immutable  bool
	Keep       int // how many images stay, and as many again of those that ran; 0: all
	Scan       bool
	Create     bool   // on ECR: whether the repository is made here, or there already
	First      string // runs until the first build, or "": nothing is there yet
	// Credentials are the secret that tasks pull with, nil for images that are
	// public or in ECR.
	Credentials *Value
}

// Build is a CodeBuild project and the buildspec it runs.
type Build struct {
	Project     string
	Image       string // such as "aws/codebuild/amazonlinux-x86_64-standard:5.0"
	ComputeType string // such as "BUILD_GENERAL1_SMALL"
	Type        string // "LINUX_CONTAINER" or "ARM_CONTAINER", as Image has it
	Privileged  bool
	Context     string // folder of the application, relative to the repository, "." for its root
	Dockerfile  string // relative to Context
	Buildspec   string // relative to Context
	Environment map[string]Value
	Paths       []string
	Cache       bool     // of Docker's layers, on the build host
	Logins      []string // "dockerhub", "ecr_public"; sorted
	Test        []string // shell commands
	Policy      *Policy  // nil: builds may do what follows from the spec and the buildspec, and no more
	// Written is the text of a buildspec that a person wrote, nil where the
	// file is missing or generated.
	Written []byte
	Needs   *buildspec.Needs // of Written
	// Pulls is what the images that the Dockerfile begins with need.
	Pulls []buildspec.Permission
	Range hcl.Range
}

// Pipeline carries a commit through Source, Build and, with a cluster, Deploy.
type Pipeline struct {
	Name           string
	ExecutionMode  string // "QUEUED", "SUPERSEDED" or "PARALLEL"
	Environment    map[string]Value
	TimeoutMinutes int // of the build
	Deploy         bool
	ArtifactPrefix string // of the artifact bucket's name: at most 37 characters, S3 adds the rest
	Range          hcl.Range
}

// Deployment is how a new revision replaces the old one.
type Deployment struct {
	MinimumHealthyPercent  int
	MaximumPercent         int
	CircuitBreaker         bool
	HealthCheckGracePeriod int      // seconds
	Alarms                 []string // CloudWatch alarms that stop a rollout
}

// Attachment is a service's place behind a load balancer.
type Attachment struct {
	Balancer            string // name of the LoadBalancer, "" if Listener is given
	Listener            string // ARN of a listener that exists, or ""
	TargetGroup         string
	Hosts               []string // none: any
	Paths               []string // patterns such as "/api/*", as the spec has them; none: any
	Bare                []string // "/api" for each "/api/*" among Paths, which does not match it
	Priority            int      // of the rule, 1 to 50000: longer paths first, then hosts
	HealthCheck         HealthCheck
	DeregistrationDelay int    // seconds
	Zone                string // hosted zone in which Hosts get a record, or ""
	Range               hcl.Range
}

// HealthCheck is how the load balancer asks whether a task is well.
type HealthCheck struct {
	Path               string
	Matcher            string // HTTP codes, such as "200-299"
	Interval           int    // seconds
	Timeout            int    // seconds
	HealthyThreshold   int
	UnhealthyThreshold int
}

// LoadBalancer is an application load balancer that services share.
type LoadBalancer struct {
	Name         string
	ListenerPort int
	Certificates []string // ARNs; none: plain HTTP
	Allow        []string // CIDRs that may reach it
	Internal     bool
	LogPrefix    string // of the access log bucket's name: at most 37 characters
}

// Policy is what a service's tasks or its builds may do: ARN or File.
type Policy struct {
	ARN  string
	File string // JSON, relative to Dir
}

// Policies returns those that the spec names for its tasks and its builds.
func (s *Spec) Policies() []*Policy {
	var all []*Policy
	for _, service := range s.Services {
		if service.Policy != nil {
			all = append(all, service.Policy)
		}
		if service.Build != nil && service.Build.Policy != nil {
			all = append(all, service.Build.Policy)
		}
	}
	return all
}

// Parameter is a parameter that tfgen makes. Its value never reaches the state.
type Parameter struct {
	Path    string
	Value   Value // Kind Variable
	Version int
	Range   hcl.Range
}

// Secret is a secret that tfgen makes. Its values never reach the state.
type Secret struct {
	Name    string
	Values  map[string]Value // Kind Variable each
	Version int
	Range   hcl.Range
}

// Environment is where the services run.
type Environment struct {
	Name string
	Tags map[string]string
}
