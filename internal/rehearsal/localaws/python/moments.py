"""What the local AWS writes down for those who watch a change: what there is after each call that may cut somebody off.

A line of the file is a JSON object, a moment: the account, the call, whether it forced a deployment, and of all regions the services that run (also
the subnets in which their tasks have no way out), what listeners send where, which security group lets in and out what, and which policies a role has.
"""

import itertools
import json
import threading

WATCHED = {
    "ec2": ("AuthorizeSecurityGroup", "RevokeSecurityGroup", "ModifySecurityGroupRules", "DeleteSecurityGroup"),
    "ecs": ("CreateService", "UpdateService", "DeleteService"),
    "elbv2": ("Create", "Modify", "Set", "Delete"),
    "iam": ("Create", "Delete", "Put", "Attach", "Detach"),
}


def record(path):
    """Writes the moments of this server to a file. The calls that are watched come one after the other, so that a
    moment is what one call left."""
    from moto.core.responses import BaseResponse

    plain, turn, file = BaseResponse.call_action, threading.Lock(), open(path, "a", encoding="utf-8")

    def call_action(self):
        action = self._get_action()
        if not action.startswith(WATCHED.get(self.service_name, ("-",))):
            return plain(self)
        with turn:
            try:
                return plain(self)
            finally:
                forced = action == "UpdateService" and bool(self._get_param("forceNewDeployment"))
                line = {"account": self.current_account, "call": action, "forced": forced, **moment(self.current_account)}
                file.write(json.dumps(line) + "\n")
                file.flush()

    BaseResponse.call_action = call_action


def moment(account):
    from moto.ec2.models import ec2_backends
    from moto.ecs.models import ecs_backends
    from moto.elbv2.models import elbv2_backends
    from moto.iam.models import iam_backends

    return {
        "services": each(ecs_backends[account], lambda ecs: services(ecs, ec2_backends[account][ecs.region_name])),
        "routes": each(elbv2_backends[account], routes),
        "openings": each(ec2_backends[account], openings),
        "roles": {r.name: sorted([*r.policies, *r.managed_policies]) for b in iam_backends[account].values() for r in list(b.roles.values())},
    }


def each(backends, facts):
    return list(itertools.chain.from_iterable(facts(b) for b in list(backends.values())))


def services(ecs, ec2):
    for s in list(ecs.services.values()):
        if s.status != "ACTIVE":
            continue
        network = (s.network_configuration or {}).get("awsvpcConfiguration", {})
        definition = ecs.describe_task_definition(s.task_definition)
        yield {
            "name": f"{s.cluster_name}/{s.name}",
            "running": s.running_count,
            "definition": s.task_definition,
            "groups": network.get("securityGroups", []),
            "stranded": [subnet for subnet in network.get("subnets", []) if not leads_out(ec2, ec2.get_subnet(subnet))],
            "targets": [{"group": b["targetGroupArn"], "port": b["containerPort"]} for b in s.load_balancers or []],
            "roles": [arn.split("/")[-1] for arn in map(vars(definition).get, ("execution_role_arn", "task_role_arn")) if arn],
        }


def leads_out(ec2, subnet):
    """moto gives the default VPC no route to the internet; AWS does."""
    tables = [t for t in list(ec2.route_tables.values()) if t.vpc_id == subnet.vpc_id]
    own = [t for t in tables if subnet.id in t._associations.values()] or [t for t in tables if t.main_association_id]
    return ec2.get_vpc(subnet.vpc_id).is_default or any(r.destination_cidr_block == "0.0.0.0/0" for t in own for r in t.routes)


def routes(elbv2):
    for balancer in list(elbv2.load_balancers.values()):
        for listener in list(balancer.listeners.values()):
            for rule in list(listener.rules.values()):
                forwarded = [g for a in rule.actions for g in elbv2._get_target_group_arns_from(action_data=a.data)]
                if forwarded:
                    yield {"rule": rule.arn, "port": listener.port, "groups": balancer.security_groups or [], "targets": forwarded}


def openings(ec2):
    for groups in list(ec2.groups.values()):
        for group in list(groups.values()):
            for way, rules in (("in", group.ingress_rules), ("out", group.egress_rules)):
                for r in list(rules):
                    yield {
                        "group": group.id, "way": way, "from": r.from_port, "to": r.to_port, "all": str(r.ip_protocol) == "-1",
                        "other": r.source_group.get("GroupId", ""), "cidr": r.ip_range.get("CidrIp", ""),
                    }  # fmt: skip
