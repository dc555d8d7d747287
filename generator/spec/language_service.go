package spec

// What tasks run on: names of capacity providers, "EC2" for a group of instances.
const (
	fargate     = "FARGATE"
	fargateSpot = "FARGATE_SPOT"
	instances   = "EC2"
)

// Processor architectures, as ECS calls them.
const (
	x86 = "X86_64"
	arm = "ARM64"
)

// architectures is what Docker, Go and uname call the two.
func architectures() map[string]string {
	return map[string]string{"amd64": x86, "x64": x86, "x86": x86, "x86-64": x86, "arm64": arm, "aarch64": arm, "arm": arm}
}

func serviceBlock() block {
	return block{
		name: "service", label: &label{name: "NAME"}, many: true, environment: true,
		doc: "A container that runs, how it is built, and how it rolls out. Task definition and container are called as the label.",
		attributes: []attribute{
			{name: "name", follows: "the label", doc: "Name of the ECS service."},
			{name: "port", kind: kindNumber, min: 1, max: 65535, doc: "Port that the container listens on. None: a worker."},
			{name: "cpu", kind: kindNumber, fallback: 256, min: 128, max: 196608, doc: "CPU units of a task, 1024 a vCPU. On Fargate one of 256, 512, 1024, 2048, 4096, 8192, 16384."},
			{name: "memory", kind: kindNumber, fallback: 512, min: 6, max: 25165824, doc: "Memory of a task in MiB. What Fargate offers depends on `cpu`."},
			{name: "desired_count", kind: kindNumber, fallback: 1, max: 5000, doc: "How many tasks run."},
			{name: "public_ip", kind: kindFlag, follows: "true on Fargate in public subnets", doc: "Whether tasks have public addresses."},
			{name: "architecture", build: true, fallback: x86, allowed: []string{x86, arm}, aliases: architectures(), doc: "What the tasks run on, and what the image is built for."},
			{name: "strategy", kind: kindStrategy, follows: "`{ FARGATE = 1 }`, or what the cluster has", doc: "Capacity → weight, or `{ weight, base }`."},
			{name: "environment", kind: kindVariables, values: []ValueKind{SSM, SecretsM}, doc: "Variables of the container."},
			{name: "command", kind: kindTexts, follows: "the image's", doc: "What the container runs."},
			{name: "log_retention_days", kind: kindNumber, fallback: 365, numbers: logRetention(), doc: "How long CloudWatch keeps the logs; 0 for ever."},
			{name: "policy", doc: "What the tasks may do: ARN of an IAM policy, or a JSON file. None: nothing."},
			{name: "task_definition_owner", fallback: "shared", allowed: []string{"shared", "pipeline"}, doc: "Who registers revisions: Terraform and the pipeline, or after the first the pipeline alone."},
		},
		blocks: []block{imageBlock(), buildBlock(), pipelineBlock(), deploymentBlock(), loadBalancerBlock(), egressBlock(), scalingBlock()},
	}
}

// logRetention lists the days that CloudWatch Logs accepts (PutRetentionPolicy), and 0 for never.
func logRetention() []int {
	return []int{0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653}
}

func imageBlock() block {
	return block{
		name: "image", environment: true, build: true, doc: "Where the service's images are kept, and how they are told apart.",
		attributes: []attribute{
			{name: "registry", fallback: "ecr", allowed: []string{"ecr", "dockerhub"}, doc: "Where images are pushed to."},
			{name: "repository", follows: "the label, or PROJECT/LABEL where the two differ; on Docker Hub the label", doc: "Name of the repository. On Docker Hub it is below DOCKERHUB_USER, unless it has a slash."},
			{name: "tag", fallback: "commit", allowed: []string{"commit", "latest"}, doc: "The first 8 characters of the commit, or `latest`."},
			{name: "immutable", kind: kindFlag, follows: "true with the tag `commit`", doc: "ECR: whether a tag stays with its image for ever."},
			{name: "keep", kind: kindNumber, fallback: 0, max: 10000, doc: "ECR: how many images stay, at least 2; 0: all. The newest stay, and of those that the pipeline deployed as many again: each build marks what runs before it pushes. No rollback goes back further, and no more images should wait for their deployment at a time."},
			{name: "scan", kind: kindFlag, fallback: true, doc: "ECR: whether images are scanned when they are pushed."},
			{name: "create", kind: kindFlag, fallback: true, doc: "ECR: whether the repository is created, or there already, in this account and region. One that is there keeps its settings."},
			{name: "first", follows: "nginx, for a service that listens on 80 and is checked on `/`", doc: "Image that runs before the first build, public or in a private ECR repository of any account and region. That of another account needs a policy that lets this one pull."},
			{name: "credentials", kind: kindSecret, doc: "`secret(NAME)`: a secret with the keys `username` and `password`, with which tasks pull from Docker Hub, GHCR or any private registry but ECR, where the role logs in."},
		},
	}
}

func buildBlock() block {
	return block{
		name: "build", environment: true, build: true, doc: "The CodeBuild project that makes the image. Without the block nothing is built: the service runs `image.first`.",
		attributes: []attribute{
			{name: "project", follows: "the label, or PROJECT-LABEL where the two differ", doc: "Name of the CodeBuild project."},
			{name: "image", follows: "Amazon Linux of the service's architecture", doc: "Image that the build runs in."},
			{name: "compute_type", fallback: "BUILD_GENERAL1_SMALL", allowed: computeTypes(), doc: "How large the build host is."},
			{name: "privileged", kind: kindFlag, fallback: true, doc: "Whether the build may run Docker."},
			{name: "context", fallback: ".", doc: "Folder of the application in the repository."},
			{name: "dockerfile", fallback: "Dockerfile", doc: "The Dockerfile, relative to `context`."},
			{name: "buildspec", fallback: "buildspec.yml", doc: "The buildspec, relative to `context`. It is written where it is missing or generated; one that a person wrote is read and left alone."},
			{name: "environment", kind: kindVariables, values: []ValueKind{SSM, SecretsM}, doc: "Variables of the CodeBuild project: stronger than the buildspec's."},
			{name: "paths", kind: kindTexts, distinct: true, doc: "Files that start the pipeline when they change. Only for a source with a connection."},
			{name: "cache", kind: kindFlag, fallback: true, doc: "Whether the build host keeps Docker's layers."},
			{name: "logins", kind: kindTexts, distinct: true, allowed: []string{"dockerhub", "ecr_public"}, doc: "Registries to log in to before the build. `dockerhub` needs the variables DOCKERHUB_USER and DOCKERHUB_TOKEN."},
			{name: "test", kind: kindTexts, doc: "Shell commands that must succeed before the image is pushed."},
			{name: "policy", doc: "What the builds may do beside what follows from the spec and the buildspec: ARN of an IAM policy, or a JSON file."},
		},
	}
}

// computeTypes lists the sizes of build hosts that can run Docker
// (CodeBuild user guide, "Build environment compute modes and types").
func computeTypes() []string {
	return []string{
		"BUILD_GENERAL1_SMALL", "BUILD_GENERAL1_MEDIUM", "BUILD_GENERAL1_LARGE", "BUILD_GENERAL1_XLARGE", "BUILD_GENERAL1_2XLARGE",
	}
}

func pipelineBlock() block {
	return block{
		name: "pipeline", environment: true, build: true, doc: "What carries a commit through Source, Build and Deploy. A service with a build has one, with or without the block.",
		attributes: []attribute{
			{name: "name", follows: "the label, or PROJECT-LABEL where the two differ", doc: "Name of the pipeline."},
			{name: "execution_mode", fallback: "QUEUED", allowed: []string{"QUEUED", "SUPERSEDED", "PARALLEL"}, doc: "What happens to a commit that comes while another is on its way."},
			{name: "environment", kind: kindVariables, values: []ValueKind{SSM, SecretsM, Variable}, doc: "Variables of the build action: stronger than the CodeBuild project's."},
			{name: "timeout_minutes", kind: kindNumber, fallback: 60, min: 5, max: 2160, doc: "How long a build may take."},
			{name: "deploy", kind: kindFlag, follows: "true with a cluster", doc: "Whether the pipeline deploys; false: it ends after the build."},
		},
	}
}

func deploymentBlock() block {
	return block{
		name: "deployment", environment: true, doc: "How a new revision replaces the old one.",
		attributes: []attribute{
			{name: "minimum_healthy_percent", kind: kindNumber, fallback: 100, max: 100, doc: "Percent of `desired_count` that keeps running, rounded up."},
			{name: "maximum_percent", kind: kindNumber, fallback: 200, min: 100, max: 1000, doc: "Percent of `desired_count` that may run meanwhile, rounded down."},
			{name: "circuit_breaker", kind: kindFlag, fallback: true, doc: "Whether a rollout whose tasks do not start is rolled back."},
			{name: "health_check_grace_period", kind: kindNumber, follows: "60, behind a load balancer", max: 2147483647, doc: "Seconds after a start in which failed health checks do not count. An application that takes longer to answer is stopped and started for ever."},
			{name: "alarms", kind: kindTexts, distinct: true, doc: "Names of CloudWatch alarms that roll a rollout back."},
		},
	}
}

func loadBalancerBlock() block {
	return block{
		name: "load_balancer", environment: true, doc: "The service's place behind an application load balancer. Services that name the same one share it, by host and path.",
		attributes: []attribute{
			{name: "name", follows: "the cluster's name", doc: "Name of the load balancer, without two hyphens in a row."},
			{name: "existing", doc: "ARN of a listener that exists, to use instead of a new load balancer."},
			{name: "target_group", follows: "the label, or PROJECT-LABEL where the two differ", doc: "Name of the target group, without two hyphens in a row."},
			{name: "listener_port", kind: kindNumber, follows: "80, or 443 with a certificate", min: 1, max: 65535, doc: "Port that the load balancer listens on."},
			{name: "certificate", doc: "ARN of the certificate for HTTPS."},
			{name: "host", kind: kindTexts, lone: true, distinct: true, follows: "any", doc: "Host names of the requests that come to this service; `*` and `?` are wildcards."},
			{name: "path", kind: kindTexts, lone: true, distinct: true, follows: "any", doc: "Paths of the requests that come to this service, such as `/api/*`, which brings `/api` along."},
			{name: "priority", kind: kindNumber, follows: "`host`, `path` and the names", min: 1, max: 50000, doc: "Priority of the listener's rule: the lowest is asked first. By itself a rule for one host comes before one for all, and a longer path before a shorter one."},
			{name: "health_check", kind: kindHealthCheck, fallback: "/", doc: "Path that says whether a task is well, or a block."},
			{name: "deregistration_delay", kind: kindNumber, fallback: 30, max: 3600, doc: "Seconds that a task keeps its connections when it is taken out."},
			{name: "allow", kind: kindTexts, distinct: true, fallback: []string{"0.0.0.0/0"}, doc: "Addresses that may reach the load balancer, as CIDRs."},
			{name: "internal", kind: kindFlag, fallback: false, doc: "Whether the load balancer has private addresses only."},
			{name: "zone", later: zoneLater, instead: "No DNS record is made yet. Write it in a file of your own beside the generated ones, such as extra_dns.tf: an alias of module.load_balancer[NAME].dns_name and zone_id.", doc: "Hosted zone in which `host` gets a record."},
		},
		blocks: []block{healthCheckBlock()},
	}
}

// healthCheckBlock has the limits of CreateTargetGroup.
func healthCheckBlock() block {
	return block{
		name: "health_check", environment: true, doc: "How the load balancer asks whether a task is well.",
		attributes: []attribute{
			{name: "path", fallback: "/", doc: "Path of the request."},
			{name: "matcher", fallback: "200", doc: "HTTP codes of a task that is well, such as `200`, `200,204` or `200-299`."},
			{name: "interval", kind: kindNumber, fallback: 30, min: 5, max: 300, doc: "Seconds between two checks."},
			{name: "timeout", kind: kindNumber, fallback: 5, min: 2, max: 120, doc: "Seconds until a check without an answer has failed; less than `interval`."},
			{name: "healthy_threshold", kind: kindNumber, fallback: 2, min: 2, max: 10, doc: "Good checks in a row that make a task healthy."},
			{name: "unhealthy_threshold", kind: kindNumber, fallback: 2, min: 2, max: 10, doc: "Bad checks in a row that make it unhealthy."},
		},
	}
}

func egressBlock() block {
	return block{
		name: "egress", many: true, environment: true,
		doc: "Something that tasks may reach, beside HTTPS everywhere and all of their VPC. A block whose `to` is `\"vpc\"` allows less: of the VPC tasks then reach only what such blocks name.",
		attributes: []attribute{
			{name: "to", kind: kindTexts, lone: true, distinct: true, required: true, doc: "Where to: `\"vpc\"`, CIDRs, IDs of security groups or of prefix lists."},
			{name: "port", kind: kindPorts, follows: "all", doc: "A port, or a range such as `\"8000-8100\"`."},
			{name: "protocol", follows: "`tcp` with `port`, else all", allowed: []string{"tcp", "udp"}, doc: "What is spoken there."},
		},
	}
}

func scalingBlock() block {
	return block{name: "scaling", later: scalingLater, instead: "Services do not scale by themselves yet. Set desired_count to the number of tasks that shall run."}
}
