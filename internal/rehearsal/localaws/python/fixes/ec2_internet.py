"""EC2: what a VPC's way to the internet is needed for."""


def apply():
    """A NAT gateway is made in a VPC that no internet gateway is attached to, and an internet gateway is detached while
    public addresses lead through it.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NatGateway.html: one that has failed with
    Gateway.NotAttached, of which the call itself says nothing; API_DetachInternetGateway: no instance with a public
    address, else DependencyViolation, as for a load balancer
    (https://github.com/jenkins-x/terraform-aws-eks-jx/issues/373)."""
    from moto.ec2.models.internet_gateways import InternetGatewayBackend
    from moto.ec2.models.nat_gateways import NatGatewayBackend

    NatGatewayBackend.create_nat_gateway = create_nat_gateway(NatGatewayBackend.create_nat_gateway)
    InternetGatewayBackend.detach_internet_gateway = detach_internet_gateway(InternetGatewayBackend.detach_internet_gateway)


def create_nat_gateway(plain):
    def create_nat_gateway(self, subnet_id, *arguments, **named):
        made = plain(self, subnet_id, *arguments, **named)
        if not attached(self, self.get_subnet(subnet_id).vpc_id):
            made.state = "failed"
        return made

    return create_nat_gateway


def detach_internet_gateway(plain):
    def detach_internet_gateway(self, internet_gateway_id, vpc_id):
        from moto.ec2.exceptions import DependencyViolationError

        if mapped(self, vpc_id):
            raise DependencyViolationError(f"Network {vpc_id} has some mapped public address(es).")
        return plain(self, internet_gateway_id, vpc_id)

    return detach_internet_gateway


def attached(ec2, vpc_id):
    """Whether a VPC has an internet gateway. AWS gives one to the default VPC; moto does not."""
    return ec2.get_vpc(vpc_id).is_default or any(g.vpc and g.vpc.id == vpc_id for g in ec2.internet_gateways.values())


def mapped(ec2, vpc_id):
    """Whether a load balancer, a NAT gateway or a task in the VPC has a public address."""
    from moto.ecs.models import ecs_backends
    from moto.elbv2.models import elbv2_backends

    balancers = elbv2_backends[ec2.account_id][ec2.region_name].load_balancers.values()
    services = ecs_backends[ec2.account_id][ec2.region_name].services.values()
    subnets = [b.subnets[0].id for b in balancers if b.scheme != "internal"]
    subnets += [g.subnet_id for g in ec2.nat_gateways.values() if g.state == "available"]
    for service in services:
        network = (service.network_configuration or {}).get("awsvpcConfiguration", {})
        if service.status == "ACTIVE" and service.desired_count > 0 and network.get("assignPublicIp") == "ENABLED":
            subnets += network["subnets"][:1]
    return any(ec2.get_subnet(s).vpc_id == vpc_id for s in subnets)
