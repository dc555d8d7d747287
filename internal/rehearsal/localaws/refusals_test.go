package localaws_test

import (
	"fmt"
	"maps"
	"testing"
)

// A group, a subnet and a VPC stay while something is in them.
func TestNetworkInUse(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.run("CreateCluster", `{"clusterName": "main"}`, "")
	w.run("RegisterTaskDefinition", registerPlain, "")
	w.run("CreateService", fmt.Sprintf(`{"cluster": "main", "serviceName": "web", "taskDefinition": "web", "desiredCount": 1,
		"networkConfiguration": {"awsvpcConfiguration": {"subnets": [%q], "securityGroups": [%q]}}}`, w.subnets[0], w.groups["tasks"]), "")
	w.query("ec2", "AuthorizeSecurityGroupIngress", w.ingress("tasks", "80", "balancer"), "")
	w.query("ec2", "AuthorizeSecurityGroupIngress", w.ingress("tasks", "80", "balancer"), "InvalidPermission.Duplicate")
	remove := func(group, want string) {
		t.Helper()
		w.query("ec2", "DeleteSecurityGroup", parameters{"GroupId": w.groups[group]}, want)
	}
	remove("balancer", "DependencyViolation") // a load balancer has it
	remove("tasks", "DependencyViolation")    // a task has it
	w.query("ec2", "DeleteSubnet", parameters{"SubnetId": w.subnets[0]}, "DependencyViolation")
	w.query("elasticloadbalancing", "DeleteLoadBalancer", parameters{"LoadBalancerArn": w.balancer}, "")
	remove("balancer", "DependencyViolation") // a rule names it
	w.run("UpdateService", `{"cluster": "main", "service": "web", "desiredCount": 0}`, "")
	remove("tasks", "")
	remove("balancer", "")
	w.query("ec2", "DeleteSubnet", parameters{"SubnetId": w.subnets[0]}, "")
	w.query("ec2", "DeleteSubnet", parameters{"SubnetId": w.subnets[1]}, "")
	w.query("ec2", "CreateSecurityGroup", parameters{"GroupName": "late", "GroupDescription": "late", "VpcId": w.vpc}, "")
	w.query("ec2", "DeleteVpc", parameters{"VpcId": w.vpc}, "DependencyViolation")
}

// A rule that names a group can name another one instead, and lets the first go.
func TestAnotherGroup(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	rule := element(w.query("ec2", "AuthorizeSecurityGroupIngress", w.ingress("tasks", "80", "balancer"), ""), "securityGroupRuleId")
	w.query("elasticloadbalancing", "DeleteLoadBalancer", parameters{"LoadBalancerArn": w.balancer}, "")
	w.query("ec2", "DeleteSecurityGroup", parameters{"GroupId": w.groups["balancer"]}, "DependencyViolation")
	const first = "SecurityGroupRule.1.SecurityGroupRule"
	w.query("ec2", "ModifySecurityGroupRules", parameters{"GroupId": w.groups["tasks"], first + "Id": rule, first + ".IpProtocol": "tcp",
		first + ".FromPort": "80", first + ".ToPort": "80", first + ".ReferencedGroupId": w.groups["tasks"]}, "")
	w.query("ec2", "DeleteSecurityGroup", parameters{"GroupId": w.groups["balancer"]}, "")
}

// What the internet reaches needs an internet gateway, which stays as long.
func TestInternet(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	public := parameters{"Name": "public", "Subnets.member.1": w.subnets[0], "Subnets.member.2": w.subnets[1]}
	w.query("elasticloadbalancing", "CreateLoadBalancer", public, "InvalidSubnet")
	address := element(w.query("ec2", "AllocateAddress", parameters{"Domain": "vpc"}, ""), "allocationId")
	nat := func() (state string) {
		t.Helper()
		return element(w.query("ec2", "CreateNatGateway", parameters{"SubnetId": w.subnets[0], "AllocationId": address}, ""), "state")
	}
	if state := nat(); state != "failed" {
		t.Errorf("a NAT gateway without an internet gateway is %s", state)
	}
	gateway := parameters{"VpcId": w.vpc, "InternetGatewayId": element(w.query("ec2", "CreateInternetGateway", parameters{}, ""), "internetGatewayId")}
	w.query("ec2", "AttachInternetGateway", gateway, "")
	balancer := element(w.query("elasticloadbalancing", "CreateLoadBalancer", public, ""), "LoadBalancerArn")
	w.query("ec2", "DetachInternetGateway", gateway, "DependencyViolation")
	w.query("elasticloadbalancing", "DeleteLoadBalancer", parameters{"LoadBalancerArn": balancer}, "")
	w.query("ec2", "DetachInternetGateway", gateway, "")
}

// A port has one listener, a listener's priority one rule, and a target group
// one load balancer, of its own VPC.
func TestListeners(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	elb := func(action string, p parameters, want string) string {
		t.Helper()
		return w.query("elasticloadbalancing", action, p, want)
	}
	listener := func(port, group, want string) string {
		t.Helper()
		return element(elb("CreateListener", parameters{"LoadBalancerArn": w.balancer, "Protocol": "HTTP", "Port": port}.forward("DefaultActions", group), want), "ListenerArn")
	}
	blue, green := w.targetGroup("blue", w.vpc), w.targetGroup("green", w.vpc)
	first, second := listener("80", blue, ""), listener("8080", green, "")
	if again := listener("80", blue, ""); again != first {
		t.Errorf("the same listener again is %s, want %s", again, first)
	}
	listener("80", green, "DuplicateListener")
	elb("ModifyListener", parameters{"ListenerArn": second, "Port": "80"}, "DuplicateListener")
	rule := parameters{"ListenerArn": first, "Priority": "5", "Conditions.member.1.Field": "path-pattern", "Conditions.member.1.Values.member.1": "/a"}
	elb("CreateRule", rule.forward("Actions", green), "")
	elb("CreateRule", rule.forward("Actions", blue), "PriorityInUse")
	elb("DeleteTargetGroup", parameters{"TargetGroupArn": blue}, "ResourceInUse")
	elb("DeleteTargetGroup", parameters{"TargetGroupArn": green}, "ResourceInUse")
	elb("CreateTargetGroup", parameters{"Name": "blue", "Protocol": "HTTP", "Port": "81", "VpcId": w.vpc}, "DuplicateTargetGroupName")

	vpc, subnets := w.network("10.1")
	foreign := w.targetGroup("foreign", vpc)
	listener("81", foreign, "InvalidConfigurationRequest")
	other := parameters{"Name": "other", "Subnets.member.1": subnets[0], "Subnets.member.2": subnets[1], "SecurityGroups.member.1": w.groups["balancer"]}
	elb("CreateLoadBalancer", other, "InvalidConfigurationRequest") // a group of another VPC
	other["SecurityGroups.member.1"], other["Subnets.member.1"] = w.group("foreign", vpc), w.subnets[0]
	elb("CreateLoadBalancer", other, "InvalidConfigurationRequest") // subnets of two
	elb("SetSubnets", parameters{"LoadBalancerArn": w.balancer, "Subnets.member.1": subnets[0], "Subnets.member.2": subnets[1]}, "InvalidConfigurationRequest")
	elb("SetSecurityGroups", parameters{"LoadBalancerArn": w.balancer, "SecurityGroups.member.1": other["SecurityGroups.member.1"]}, "InvalidConfigurationRequest")
	sibling := w.loadBalancer("sibling")
	elb("CreateListener", parameters{"LoadBalancerArn": sibling, "Protocol": "HTTP", "Port": "80"}.forward("DefaultActions", blue), "TargetGroupAssociationLimit")
	elb("ModifyLoadBalancerAttributes", parameters{"LoadBalancerArn": sibling, "Attributes.member.1.Key": "deletion_protection.enabled", "Attributes.member.1.Value": "true"}, "")
	elb("DeleteLoadBalancer", parameters{"LoadBalancerArn": sibling}, "OperationNotPermitted")
}

// What a service uses stays, and a service is given what there is.
func TestServiceInUse(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	run := w.run
	group := w.targetGroup("web", w.vpc)
	run("CreateCluster", `{"clusterName": "main"}`, "")
	run("PutClusterCapacityProviders", `{"cluster": "main", "capacityProviders": ["FARGATE"], "defaultCapacityProviderStrategy": []}`, "")
	run("RegisterTaskDefinition", `{"family": "web", "containerDefinitions": [{"name": "web", "image": "i", "memory": 64, "portMappings": [{"containerPort": 80}]}]}`, "")
	create := func(container string, port int, provider, want string) {
		t.Helper()
		run("CreateService", fmt.Sprintf(`{"cluster": "main", "serviceName": "web", "taskDefinition": "web", "desiredCount": 1, "capacityProviderStrategy": [{"capacityProvider": %q, "weight": 1}],
			"loadBalancers": [{"targetGroupArn": %q, "containerName": %q, "containerPort": %d}]}`, provider, group, container, port), want)
	}
	const invalid = "InvalidParameterException"
	create("web", 80, "FARGATE", invalid) // no listener knows the target group
	w.query("elasticloadbalancing", "CreateListener", parameters{"LoadBalancerArn": w.balancer, "Protocol": "HTTP", "Port": "80"}.forward("DefaultActions", group), "")
	create("api", 80, "FARGATE", invalid)
	create("web", 8080, "FARGATE", invalid)
	create("web", 80, "FARGATE_SPOT", invalid)
	create("web", 80, "FARGATE", "")
	create("web", 80, "FARGATE", invalid) // it is there

	run("DeleteCluster", `{"cluster": "main"}`, "ClusterContainsServicesException")
	run("PutClusterCapacityProviders", `{"cluster": "main", "capacityProviders": ["FARGATE_SPOT"], "defaultCapacityProviderStrategy": []}`, "ResourceInUseException")
	run("PutClusterCapacityProviders", `{"cluster": "main", "capacityProviders": ["FARGATE", "FARGATE_SPOT", "own"], "defaultCapacityProviderStrategy": []}`, "")
	spot := `{"cluster": "main", "service": "web", "capacityProviderStrategy": [{"capacityProvider": "FARGATE_SPOT", "weight": 1}]%s}`
	run("UpdateService", fmt.Sprintf(spot, ""), invalid)
	run("UpdateService", fmt.Sprintf(spot, `, "forceNewDeployment": true`), "")
	run("RegisterTaskDefinition", registerPlain, "") // without a port
	run("UpdateService", `{"cluster": "main", "service": "web", "taskDefinition": "web:2"}`, invalid)

	provider := `{"name": %q, "autoScalingGroupProvider": {"autoScalingGroupArn": %q, "managedScaling": {}}}`
	run("CreateCapacityProvider", fmt.Sprintf(provider, "own", "arn:1"), "")
	run("CreateCapacityProvider", fmt.Sprintf(provider, "own", "arn:2"), "ClientException")
	run("CreateCapacityProvider", fmt.Sprintf(provider, "twin", "arn:1"), "ClientException")
	run("DeleteCapacityProvider", `{"capacityProvider": "own"}`, "ClientException")
	run("DeleteService", `{"cluster": "main", "service": "web", "force": true}`, "")
	run("DeleteCluster", `{"cluster": "main"}`, "")
	run("DeleteCapacityProvider", `{"capacityProvider": "own"}`, "")
}

// A role stays with what it has, and a name is taken once.
func TestNames(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	role := parameters{"RoleName": "build", "AssumeRolePolicyDocument": `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": ["codebuild.amazonaws.com", "codepipeline.amazonaws.com"]}, "Action": "sts:AssumeRole"}]}`}
	w.query("iam", "CreateRole", role, "")
	w.query("iam", "CreateRole", role, "EntityAlreadyExists")
	policy := parameters{"RoleName": "build", "PolicyName": "own", "PolicyDocument": `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}`}
	w.query("iam", "PutRolePolicy", policy, "")
	w.query("iam", "DeleteRole", parameters{"RoleName": "build"}, "DeleteConflict")
	project := `{"name": "web", "source": {"type": "CODEPIPELINE"}, "artifacts": {"type": "CODEPIPELINE"},
		"environment": {"type": "LINUX_CONTAINER", "image": "aws/codebuild/standard:7.0", "computeType": "BUILD_GENERAL1_SMALL"}, "serviceRole": "arn:aws:iam::123456789012:role/build"}`
	stage := `{"name": %q, "actions": [{"name": "A", "actionTypeId": {"category": "Source", "owner": "AWS", "provider": "CodeCommit", "version": "1"}}]}`
	pipeline := fmt.Sprintf(`{"pipeline": {"name": "web", "roleArn": "arn:aws:iam::123456789012:role/build", "artifactStore": {"type": "S3", "location": "b"}, "stages": [`+stage+`, `+stage+`]}}`, "One", "Two")
	w.admin.json(ecr+"CreateRepository", `{"repositoryName": "full"}`)
	w.admin.json(ecr+"PutImage", `{"repositoryName": "full", "imageTag": "a", "imageManifest": "{\"mediaType\": \"application/vnd.oci.image.manifest.v1+json\"}"}`)
	for _, test := range []struct{ target, body, want string }{
		{codebuild + "CreateProject", project, ""},
		{codebuild + "CreateProject", project, "ResourceAlreadyExistsException"},
		{codepipeline + "CreatePipeline", pipeline, ""},
		{codepipeline + "CreatePipeline", pipeline, "InvalidStructureException"},
		{ecr + "CreateRepository", `{"repositoryName": "full"}`, "RepositoryAlreadyExistsException"},
		{ecr + "DeleteRepository", `{"repositoryName": "full"}`, "RepositoryNotEmptyException"},
		{logs + "CreateLogGroup", `{"logGroupName": "/web"}`, ""},
		{logs + "CreateLogGroup", `{"logGroupName": "/web"}`, "ResourceAlreadyExistsException"},
	} {
		if answer, code := w.admin.json(test.target, test.body); code != test.want {
			t.Errorf("%s: %q, want %q: %v", test.target, code, test.want, answer)
		}
	}
}

// A bucket answers in its own region.
func TestBucketRegion(t *testing.T) {
	t.Parallel()
	admin := administrator(t, start(t))
	admin.s3("PUT", "/state", `<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>`)
	for region, want := range map[string]int{"eu-west-1": 200, "us-east-1": 301} {
		if got := admin.in(region).s3("HEAD", "/state", ""); got != want {
			t.Errorf("%s: status %d, want %d", region, got, want)
		}
	}
}

// A world is a server with a VPC in which a load balancer stands.
type world struct {
	t        *testing.T
	admin    client
	vpc      string
	subnets  []string
	groups   map[string]string // balancer, tasks
	balancer string
}

type parameters map[string]string

// forward adds an action that forwards to a target group.
func (p parameters) forward(list, group string) parameters {
	p = maps.Clone(p)
	p[list+".member.1.Type"], p[list+".member.1.TargetGroupArn"] = "forward", group
	return p
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{t: t, admin: administrator(t, start(t))}
	w.vpc, w.subnets = w.network("10.0")
	w.groups = map[string]string{"balancer": w.group("balancer", w.vpc), "tasks": w.group("tasks", w.vpc)}
	w.balancer = w.loadBalancer("main")
	return w
}

// query makes a call, demands an error code or none, and returns the answer.
func (w *world) query(service, action string, p parameters, want string) string {
	w.t.Helper()
	p = maps.Clone(p)
	p["Action"], p["Version"] = action, map[string]string{"ec2": "2016-11-15", "iam": "2010-05-08", "elasticloadbalancing": "2015-12-01"}[service]
	answer, code := w.admin.query(service, p)
	if code != want {
		w.t.Errorf("%s %v: %q, want %q", action, p, code, want)
	}
	return answer
}

// run makes a call of ECS.
func (w *world) run(action, body, want string) {
	w.t.Helper()
	if answer, code := w.admin.json(ecs+action, body); code != want {
		w.t.Errorf("%s %s: %q, want %q: %v", action, body, code, want, answer)
	}
}

func (w *world) network(net string) (vpc string, subnets []string) {
	w.t.Helper()
	vpc = element(w.query("ec2", "CreateVpc", parameters{"CidrBlock": net + ".0.0/16"}, ""), "vpcId")
	for i, zone := range []string{"eu-west-1a", "eu-west-1b"} {
		answer := w.query("ec2", "CreateSubnet", parameters{"VpcId": vpc, "AvailabilityZone": zone, "CidrBlock": fmt.Sprintf("%s.%d.0/24", net, i)}, "")
		subnets = append(subnets, element(answer, "subnetId"))
	}
	return vpc, subnets
}

func (w *world) group(name, vpc string) string {
	w.t.Helper()
	return element(w.query("ec2", "CreateSecurityGroup", parameters{"GroupName": name, "GroupDescription": name, "VpcId": vpc}, ""), "groupId")
}

func (w *world) ingress(group, port, from string) parameters {
	return parameters{"GroupId": w.groups[group], "IpPermissions.1.IpProtocol": "tcp", "IpPermissions.1.FromPort": port,
		"IpPermissions.1.ToPort": port, "IpPermissions.1.Groups.1.GroupId": w.groups[from]}
}

func (w *world) loadBalancer(name string) string {
	w.t.Helper()
	return element(w.query("elasticloadbalancing", "CreateLoadBalancer", parameters{"Name": name, "Scheme": "internal", "Subnets.member.1": w.subnets[0],
		"Subnets.member.2": w.subnets[1], "SecurityGroups.member.1": w.groups["balancer"]}, ""), "LoadBalancerArn")
}

func (w *world) targetGroup(name, vpc string) string {
	w.t.Helper()
	return element(w.query("elasticloadbalancing", "CreateTargetGroup", parameters{"Name": name, "Protocol": "HTTP", "Port": "80", "VpcId": vpc}, ""), "TargetGroupArn")
}
