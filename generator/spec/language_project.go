package spec

func projectBlock() block {
	return block{
		name: "project", label: &label{name: "NAME"}, required: true,
		doc: "Whose infrastructure it is, and where. Names begin with the project's.",
		attributes: []attribute{
			{name: "region", required: true, doc: "AWS region of everything that the spec describes, such as `eu-west-1`."},
			{name: "account", follows: "the account of the credentials", doc: "The twelve digits of the AWS account. Where it is set, a plan for another account is refused."},
			{name: "kms_key", doc: "ARN of a KMS key of yours, `arn:aws:kms:REGION:ACCOUNT:key/ID`. The `parameter` and `secret` blocks encrypt with it instead of AWS's own keys, and the roles that read parameters and secrets may decrypt with it."},
			{name: "tags", kind: kindTags, doc: "Tags of everything that has tags."},
			{name: "output", fallback: "infra", doc: "Folder of the generated code, below the spec's."},
		},
	}
}

func stateBlock() block {
	return block{
		name: "state", doc: "Where Terraform keeps its state: in files beside the code, in a bucket of S3, or with HCP Terraform. Without the block it is local. What several people or a CI apply needs one of the other two.",
		label: &label{name: "KIND", allowed: []string{"local", "s3", "hcp"}},
		attributes: []attribute{
			{name: "bucket", doc: "s3: the bucket, required there. `tfgen bootstrap` makes it. Each root has a key of its own in it, and a lock beside that."},
			{name: "region", follows: "the project's", doc: "s3: region of the bucket."},
			{name: "kms_key", doc: "s3: ARN of the KMS key that encrypts the state, instead of AES256 with keys of S3."},
			{name: "organization", doc: "hcp: the organization, required there. Each root has a workspace in it, such as `shop-production`. " +
				"The workspaces' execution mode must be Local: plans are made and saved where tfgen runs, with the credentials that it has there."},
			{name: "project", follows: "the organization's default", doc: "hcp: project that the workspaces are made in."},
			{name: "hostname", follows: "`app.terraform.io`", doc: "hcp: host of a Terraform Enterprise."},
		},
	}
}

func sourceBlock() block {
	const instead = `This version reads from CodeCommit alone. Mirror the repository there, and name it: source "codecommit" { repository = "…" }.`
	return block{
		name: "source", doc: "The repository whose branch starts the pipeline. Without the block the spec describes a runtime alone.",
		label: &label{name: "KIND", allowed: []string{"codecommit"}, code: sourceLater, later: map[string]string{
			"github": instead, "gitlab": instead, "bitbucket": instead,
		}},
		attributes: []attribute{
			{name: "repository", required: true, doc: "Name of the repository."},
			{name: "branch", fallback: "main", doc: "The branch: each commit on it starts the pipeline."},
			{name: "create", kind: kindFlag, fallback: true, doc: "Whether the repository is made; false where it exists."},
			{name: "connection", later: otherSourceOnly, instead: "CodeCommit needs no connection: take the line out.", doc: "ARN of the connection to the repository's host."},
		},
	}
}

func networkBlock() block {
	return block{
		name: "network", environment: true,
		doc: "Where load balancers and tasks live. Without the block: in the default VPC and its public subnets. With `vpc_id`: in a network that exists. With `cidr`: in a new one.",
		attributes: []attribute{
			{name: "vpc_id", doc: "ID of a VPC that exists."},
			{name: "subnet_ids", kind: kindTexts, distinct: true, doc: "IDs of the VPC's subnets for tasks and instances."},
			{name: "load_balancer_subnet_ids", kind: kindTexts, distinct: true, follows: "`subnet_ids`", doc: "IDs of the VPC's subnets for load balancers, in two zones at least."},
			{name: "cidr", doc: "Range of a new VPC, /16 to /24. Each of its subnets has a sixteenth."},
			{name: "nat", follows: "`single`, with `cidr`", allowed: []string{"none", "single", "per_zone"}, doc: "How tasks of a new VPC reach the internet: with public addresses, through one NAT gateway, or through one a zone."},
			{name: "zones", kind: kindTexts, distinct: true, follows: "those called a, b and c with `cidr`, all in the default VPC", doc: "Names of the zones to use, such as where one offers no Fargate or NAT."},
		},
	}
}

func clusterBlock() block {
	return block{
		name: "cluster", label: &label{name: "NAME"}, environment: true,
		doc: "The ECS cluster, and what its tasks run on. Without the block there is no runtime: the pipeline ends after the build.",
		attributes: []attribute{
			{name: "existing", kind: kindFlag, fallback: false, doc: "Whether the cluster was made elsewhere. Its `capacity` blocks then say what it has."},
			{name: "container_insights", kind: kindFlag, fallback: false, doc: "Whether CloudWatch collects metrics of the cluster's tasks, at its price for custom metrics."},
		},
		blocks: []block{capacityBlock()},
	}
}

func capacityBlock() block {
	return block{
		name: "capacity", required: true, many: true, environment: true,
		label: &label{name: "KIND", allowed: []string{fargate, fargateSpot, instances}},
		doc:   "Something that tasks run on. Only EC2 has arguments.",
		attributes: []attribute{
			{name: "instance_type", doc: "EC2: type of the instances, such as `t3.micro`. Required there."},
			{name: "min_size", kind: kindNumber, fallback: 0, max: 1000, doc: "EC2: the fewest instances."},
			{name: "max_size", kind: kindNumber, fallback: 5, min: 1, max: 1000, doc: "EC2: the most instances."},
			{name: "target_capacity", kind: kindNumber, fallback: 100, min: 1, max: 100, doc: "EC2: percent of the instances that tasks shall use. Less keeps some in reserve."},
		},
	}
}

func environmentBlock() block {
	const above = "What runs is said once, at the top of the spec, as long as there is one environment. Move the block there, or what it says into the one that is there."
	return block{
		name: "environment", label: &label{name: "NAME"}, many: true,
		doc: "Where the services run. Without the block it is called `production`.",
		attributes: []attribute{
			{name: "tags", kind: kindTags, doc: "Tags of what runs in the environment, besides the project's."},
			{name: "account", later: environmentPartLater, instead: "An environment has no account of its own yet. Set account in the project block."},
			{name: "region", later: environmentPartLater, instead: "An environment has no region of its own yet. Set region in the project block."},
		},
		blocks: []block{
			{name: "network", later: environmentPartLater, instead: "An environment has no network of its own yet. " + above},
			{name: "service", label: &label{name: "NAME"}, many: true, later: environmentPartLater, instead: "An environment has no values of its own yet. " + above},
			{name: "approval", later: environmentPartLater, instead: "A pipeline does not wait for an approval yet. Take the block out, and protect the branch where it is merged to."},
		},
	}
}

func parameterBlock() block {
	return block{
		name: "parameter", label: &label{name: "PATH"}, many: true,
		doc: "A parameter that tfgen makes in Parameter Store. Its value comes from a Terraform variable, and never reaches the state. Without the block, `ssm(PATH)` refers to a parameter that exists, and `ssm(ARN)` to one that another account shares.",
		attributes: []attribute{
			{name: "value", kind: kindOutside, required: true, doc: "`variable(NAME)`: the Terraform variable that holds the value."},
			{name: "version", kind: kindNumber, fallback: 1, min: 1, max: 1 << 30, doc: "Raise it to write a new value."},
		},
	}
}

func secretBlock() block {
	return block{
		name: "secret", label: &label{name: "NAME"}, many: true,
		doc: "A secret that tfgen makes in Secrets Manager. Its values come from Terraform variables, and never reach the state. Without the block, `secret(NAME)` refers to a secret that exists, which a plan looks up; `secret(ARN)`, with the whole ARN, also to one of another account, and `secret(\"ARN:KEY:STAGE:VERSION\")` to an older version.",
		attributes: []attribute{
			{name: "values", kind: kindAllOutside, required: true, doc: "Key of the secret's JSON → `variable(NAME)`."},
			{name: "version", kind: kindNumber, fallback: 1, min: 1, max: 1 << 30, doc: "Raise it to write new values."},
		},
	}
}
