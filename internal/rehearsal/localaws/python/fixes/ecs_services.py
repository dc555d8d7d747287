"""ECS: services and their deployments."""

import uuid

KEPT = {
    "availabilityZoneRebalancing": "availability_zone_rebalancing",
    "capacityProviderStrategy": "capacity_provider_strategy",
    "enableECSManagedTags": "enable_ecs_managed_tags",
    "enableExecuteCommand": "enable_execute_command",
    "healthCheckGracePeriodSeconds": "health_check_grace_period_seconds",
    "placementConstraints": "placement_constraints",
    "placementStrategy": "placement_strategy",
}

FARGATE = ("FARGATE", "FARGATE_SPOT")

ROLLING = {
    "deploymentCircuitBreaker": {"enable": False, "rollback": False},
    "maximumPercent": 200,
    "minimumHealthyPercent": 100,
}


def apply():
    """CreateService forgets much of what it is given: the capacity provider strategy, the deployment configuration,
    the grace period. UpdateService leaves the deployment on the old task definition, keeps a short name of one as it
    was given, and replaces the deployment configuration where AWS merges it. The number of running tasks is one
    setting for all services, so that with different desired counts a wait for a steady state never ends.

    Here a deployment has succeeded as soon as it is asked for: running tasks = desired tasks."""
    from moto.ecs.models import EC2ContainerServiceBackend
    from moto.ecs.responses import EC2ContainerServiceResponse

    plain_create = EC2ContainerServiceResponse.create_service
    plain_update = EC2ContainerServiceBackend.update_service

    def create_service(self):
        answer = plain_create(self)
        service = answer.result["service"]
        keep_what_was_given(service, self._get_param)
        roll(service)
        return answer

    def update_service(self, given):
        task_definition = given.get("task_definition")
        rename(given, "enable_e_c_s_managed_tags", "enable_ecs_managed_tags")
        old = self._get_service(given.get("cluster", "default"), given["service"].split("/")[-1])
        given["deployment_configuration"] = merged(old.deployment_configuration, given.get("deployment_configuration"))
        anew = task_definition or given.get("force_new_deployment")
        service = plain_update(self, given)
        if task_definition:
            service.task_definition = self.describe_task_definition(task_definition).arn
        roll(service) if anew else settle(service)
        return service

    EC2ContainerServiceResponse.create_service = create_service
    EC2ContainerServiceBackend.update_service = update_service


def keep_what_was_given(service, parameter):
    for wire, attribute in KEPT.items():
        if parameter(wire) is not None:
            setattr(service, attribute, parameter(wire))
    service.deployment_configuration = merged(ROLLING, parameter("deploymentConfiguration"))
    strategy = parameter("capacityProviderStrategy")
    if strategy:
        service.launch_type = None  # AWS reports none when there is a strategy.
    on_fargate = service.launch_type == "FARGATE" or any(s["capacityProvider"] in FARGATE for s in strategy or [])
    service.platform_family = "Linux" if on_fargate else None


def merged(old, new):
    return {**old, **(new or {})}


def rename(given, old, new):
    if old in given:
        given[new] = given.pop(old)


def roll(service):
    """A new deployment, which replaces the one before it."""
    for deployment in service.deployments[:1]:
        deployment["id"] = f"ecs-svc/{uuid.uuid4().int % 10**19:019d}"
        deployment["createdAt"] = now()
        deployment["taskDefinition"] = service.task_definition
    settle(service)
    announce(service, "has reached a steady state.")


def settle(service):
    """All desired tasks run, and the deployment says so."""
    service.running_count, service.pending_count = service.desired_count, 0
    for deployment in service.deployments[:1]:
        deployment |= {
            "capacityProviderStrategy": getattr(service, "capacity_provider_strategy", None),
            "desiredCount": service.desired_count,
            "launchType": service.launch_type,
            "pendingCount": 0,
            "platformFamily": getattr(service, "platform_family", None),
            "rolloutState": "COMPLETED",
            "rolloutStateReason": f"ECS deployment {deployment['id']} completed.",
            "runningCount": service.desired_count,
            "updatedAt": now(),
        }


def announce(service, what):
    event = {"id": str(uuid.uuid4()), "createdAt": now(), "message": f"(service {service.name}) {what}"}
    service.events.insert(0, event)


def now():
    from moto.core.utils import utcnow

    return utcnow()
