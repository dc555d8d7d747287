"""Elastic Load Balancing: what a load balancer and its listeners may be given."""

from fixes.ec2_internet import attached


def apply():
    """A second listener on a port is taken, a listener moves to a port that another one has, and a load balancer takes
    security groups, subnets and target groups of another VPC. One of the internet is made without an internet gateway.
    A target group serves several load balancers. A load
    balancer goes although it is protected.

    https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html: "A listener with the
    specified port already exists" (with the same settings the call succeeds again), "You've reached the limit on the
    number of load balancers per target group";
    https://github.com/hashicorp/terraform-provider-aws/pull/4587: "InvalidSubnet: VPC vpc-… has no internet gateway"; API_CreateLoadBalancer, API_SetSecurityGroups, API_SetSubnets:
    InvalidConfigurationRequest; API_DeleteLoadBalancer: "You can't delete a load balancer if deletion protection is
    enabled"."""
    from moto.elbv2.models import ELBv2Backend

    for name in (
        create_load_balancer, set_security_groups, set_subnets, delete_load_balancer,
        create_listener, modify_listener, create_rule, modify_rule,
    ):  # fmt: skip
        setattr(ELBv2Backend, name.__name__, name(getattr(ELBv2Backend, name.__name__)))


def refuse(wrong, code, message):
    from moto.elbv2.exceptions import ELBClientError

    if wrong:
        raise ELBClientError(code, message)


def create_load_balancer(plain):
    def create_load_balancer(self, name, security_groups, subnet_ids, subnet_mappings=None, scheme="internet-facing", *arguments, **named):
        one_vpc(self, subnet_ids, security_groups)
        for vpc_id in {self.ec2_backend.get_subnet(s).vpc_id for s in subnet_ids or []}:
            cut_off = scheme != "internal" and not attached(self.ec2_backend, vpc_id)
            refuse(cut_off, "InvalidSubnet", f"VPC {vpc_id} has no internet gateway")
        return plain(self, name, security_groups, subnet_ids, subnet_mappings, scheme, *arguments, **named)

    return create_load_balancer


def set_security_groups(plain):
    def set_security_groups(self, arn, sec_groups):
        one_vpc(self, [s.id for s in self.load_balancers[arn].subnets], sec_groups)
        return plain(self, arn, sec_groups)

    return set_security_groups


def set_subnets(plain):
    def set_subnets(self, arn, subnets, subnet_mappings):
        balancer = self.load_balancers[arn]
        one_vpc(self, [*subnets, *(m["SubnetId"] for m in subnet_mappings), balancer.subnets[0].id], [])
        return plain(self, arn, subnets, subnet_mappings)

    return set_subnets


def delete_load_balancer(plain):
    def delete_load_balancer(self, arn):
        balancer = self.load_balancers.get(arn)
        kept = balancer and balancer.attrs.get("deletion_protection.enabled") == "true"
        refuse(kept, "OperationNotPermitted", f"Load balancer '{arn}' cannot be deleted because deletion protection is enabled")
        return plain(self, arn)

    return delete_load_balancer


def one_vpc(self, subnets, groups):
    vpcs = {self.ec2_backend.get_subnet(s).vpc_id for s in subnets or []}
    refuse(len(vpcs) > 1, "InvalidConfigurationRequest", "All subnets must belong to the same VPC")
    found = [self.ec2_backend.get_security_group_from_id(g) for g in groups or []]
    foreign = any(g is None or g.vpc_id not in vpcs for g in found)
    refuse(foreign, "InvalidConfigurationRequest", "One or more security groups are invalid")


def create_listener(plain):
    def create_listener(self, load_balancer_arn, protocol, port, ssl_policy, certificate, actions, *arguments, **named):
        balancer = self.load_balancers.get(load_balancer_arn)
        there = on_port(balancer, port) if balancer else None
        if there and (there.protocol, there.certificate, plain_actions(there.default_actions)) == (protocol, certificate, actions):
            return there
        taken(there)
        if balancer:
            may_forward(self, balancer, actions)
        return plain(self, load_balancer_arn, protocol, port, ssl_policy, certificate, actions, *arguments, **named)

    return create_listener


def modify_listener(plain):
    def modify_listener(self, arn, port=None, *arguments, **named):
        balancer = balancer_of(self, arn)
        there = on_port(balancer, port) if balancer else None
        taken(there if there and there.arn != arn else None)
        if balancer:
            may_forward(self, balancer, named.get("actions") or (arguments[3] if len(arguments) > 3 else []))
        return plain(self, arn, port, *arguments, **named)

    return modify_listener


def create_rule(plain):
    def create_rule(self, listener_arn, conditions, priority, actions, *arguments, **named):
        balancer = balancer_of(self, listener_arn)
        if balancer:
            may_forward(self, balancer, actions)
        return plain(self, listener_arn, conditions, priority, actions, *arguments, **named)

    return create_rule


def modify_rule(plain):
    def modify_rule(self, rule_arn, conditions, actions):
        balancer = balancer_of(self, rule_arn.replace(":listener-rule/", ":listener/").rpartition("/")[0])
        if balancer:
            may_forward(self, balancer, actions)
        return plain(self, rule_arn, conditions, actions)

    return modify_rule


def taken(listener):
    refuse(listener, "DuplicateListener", "A listener already exists on this port for this load balancer")


def on_port(balancer, port):
    return next((x for x in balancer.listeners.values() if port and str(x.port) == str(port)), None)


def balancer_of(self, listener_arn):
    return next((b for b in self.load_balancers.values() if listener_arn in b.listeners), None)


def plain_actions(actions):
    return [a.data for a in actions]


def may_forward(self, balancer, actions):
    for arn in (a for action in actions or [] for a in self._get_target_group_arns_from(action_data=action)):
        group = self.target_groups.get(arn)
        if group is None:
            continue
        refuse(group.vpc_id != balancer.vpc_id, "InvalidConfigurationRequest", f"The target group '{arn}' is in another VPC than the load balancer")
        others = any(x.arn != balancer.arn for x in forwarding(self, arn))
        refuse(others, "TargetGroupAssociationLimit", f"The following target groups cannot be associated with more than one load balancer: {arn}")


def forwarding(self, group_arn):
    """The load balancers with a listener or a rule that forwards to a target group."""
    for balancer in self.load_balancers.values():
        actions = [a for x in balancer.listeners.values() for rule in x.rules.values() for a in rule.actions]
        if any(group_arn in self._get_target_group_arns_from(action_data=a.data) for a in actions):
            yield balancer
