"""ECS: task definitions, and what AWS adds to one when it is read."""

import copy

DEFAULTS = {
    "cpu": 0,
    "environment": [],
    "essential": True,
    "mountPoints": [],
    "portMappings": [],
    "systemControls": [],
    "volumesFrom": [],
}
HEALTH_CHECK = {"interval": 30, "retries": 3, "timeout": 5}


def apply():
    """A family without a revision may mean one that was deregistered, and a revision's number may be given out
    twice. Of the defaults that AWS adds to a container, some are missing: host port and protocol of a port,
    systemControls, and the times of a health check. Credentials for a private registry are taken for an image in ECR
    too. https://github.com/aws-actions/amazon-ecs-deploy-task-definition/issues/48"""
    from moto.ecs.models import EC2ContainerServiceBackend, TaskDefinition

    plain_init = TaskDefinition.__init__
    plain_register = EC2ContainerServiceBackend.register_task_definition

    def init(self, *arguments, **named):
        plain_init(self, *arguments, **named)
        self.container_definitions = [completed(c, self.network_mode) for c in self.container_definitions]

    def register_task_definition(self, family, *arguments, **named):
        for container in named.get("container_definitions") or arguments[0]:
            refuse_credentials_for_ecr(container)
        numbering = Numbering(self)
        return plain_register(numbering, family, *arguments, **named)

    TaskDefinition.__init__ = init
    EC2ContainerServiceBackend.register_task_definition = register_task_definition
    EC2ContainerServiceBackend._get_last_task_definition_revision_id = last_active


def refuse_credentials_for_ecr(container):
    from moto.core.exceptions import JsonRESTError

    if container.get("repositoryCredentials") and ".dkr.ecr." in container.get("image", ""):
        message = "Private repository credentials are not a supported authentication method for ECR repositories."
        raise JsonRESTError("ClientException", message)


def last_active(self, family):
    revisions = self.task_definitions.get(family, {})
    return max((number for number, r in revisions.items() if r.status == "ACTIVE"), default=0)


class Numbering:
    """The backend as a registration sees it: numbers go on from the highest that there ever was."""

    def __init__(self, backend):
        self.backend = backend

    def __getattr__(self, name):
        return getattr(self.backend, name)

    def _get_last_task_definition_revision_id(self, family):
        return max(self.backend.task_definitions.get(family, {}), default=0)


def completed(container, network_mode):
    """The container definition as DescribeTaskDefinition gives it back."""
    container = {**copy.deepcopy(DEFAULTS), **container}
    container["portMappings"] = [mapped(p, network_mode) for p in container["portMappings"]]
    if container.get("healthCheck"):
        container["healthCheck"] = {**HEALTH_CHECK, **container["healthCheck"]}
    return container


def mapped(port, network_mode):
    host = port.get("containerPort") if network_mode in ("awsvpc", "host") else 0
    if "containerPort" not in port:
        return {"protocol": "tcp", **port}
    return {"hostPort": host, "protocol": "tcp", **port}
