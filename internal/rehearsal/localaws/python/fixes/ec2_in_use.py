"""EC2: what cannot go because something uses it."""


def apply():
    """A security group goes although a load balancer, a task or an instance has it, or another group's rule names it;
    a subnet goes with what stands in it, and a VPC with its groups and gateways.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteSecurityGroup.html, API_DeleteSubnet, API_DeleteVpc:
    DependencyViolation."""
    from moto.ec2.models.security_groups import SecurityGroupBackend
    from moto.ec2.models.subnets import SubnetBackend
    from moto.ec2.models.vpcs import VPCBackend

    SecurityGroupBackend.delete_security_group = group_unused(SecurityGroupBackend.delete_security_group)
    SubnetBackend.delete_subnet = subnet_unused(SubnetBackend.delete_subnet)
    VPCBackend.delete_vpc = vpc_unused(VPCBackend.delete_vpc)


def group_unused(plain):
    def delete_security_group(self, name=None, group_id=None):
        used = any(group_id in groups for groups, _ in interfaces(self)) or named_elsewhere(self, group_id)
        refuse(used, f"resource {group_id} has a dependent object")
        return plain(self, name, group_id)

    return delete_security_group


def subnet_unused(plain):
    def delete_subnet(self, subnet_id):
        used = any(subnet_id in subnets for _, subnets in interfaces(self))
        refuse(used, f"The subnet '{subnet_id}' has dependencies and cannot be deleted.")
        return plain(self, subnet_id)

    return delete_subnet


def vpc_unused(plain):
    def delete_vpc(self, vpc_id):
        groups = [g for g in self.groups.get(vpc_id, {}).values() if g.name != "default"]
        gateways = [g for g in self.internet_gateways.values() if g.vpc and g.vpc.id == vpc_id]
        refuse(groups or gateways, f"The vpc '{vpc_id}' has dependencies and cannot be deleted.")
        return plain(self, vpc_id)

    return delete_vpc


def refuse(used, message):
    from moto.ec2.exceptions import DependencyViolationError

    if used:
        raise DependencyViolationError(message)


def interfaces(ec2):
    """The security groups and the subnets of all that has a network interface, whose own moto does not make."""
    from moto.ecs.models import ecs_backends
    from moto.elbv2.models import elbv2_backends

    for balancer in elbv2_backends[ec2.account_id][ec2.region_name].load_balancers.values():
        yield balancer.security_groups or [], [s.id for s in balancer.subnets]
    for service in ecs_backends[ec2.account_id][ec2.region_name].services.values():
        if service.status == "ACTIVE" and service.desired_count > 0:
            network = (service.network_configuration or {}).get("awsvpcConfiguration", {})
            yield network.get("securityGroups", []), network.get("subnets", [])
    for instance in ec2.all_instances():
        if instance.state != "terminated":
            yield [g.id for g in instance.security_groups], [instance.subnet_id]
    for gateway in ec2.nat_gateways.values():
        if gateway.state != "deleted":
            yield [], [gateway.subnet_id]
    for endpoint in ec2.vpc_end_points.values():
        if endpoint.state != "deleted":
            yield endpoint.security_group_ids, endpoint.subnet_ids or []


def named_elsewhere(ec2, group_id):
    others = [g for groups in ec2.groups.values() for g in groups.values() if g.id != group_id]
    return any(r.source_group.get("GroupId") == group_id for g in others for r in g.ingress_rules + g.egress_rules)
