"""ECS: what is in use, and what a service may be given."""


def apply():
    """A cluster goes with the services in it, a capacity provider with the services on it, and a second service takes
    the place of the first one of that name. A service is taken with a target group that no listener knows, with a
    container that its task definition does not have, or on a capacity provider of no cluster, and changes its strategy
    without a new deployment.

    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteCluster.html: ClusterContainsServicesException;
    API_PutClusterCapacityProviders: "The specified resource is in-use and can't be removed", and its words in
    aws/containers-roadmap#631; API_DeleteCapacityProvider: it must be removed from every cluster first;
    API_CreateCapacityProvider: the words in aws/containers-roadmap#632; API_CreateService and API_UpdateService:
    InvalidParameterException, with the words of hashicorp/terraform#32908 and kayac/ecspresso#977."""
    from moto.ecs.models import EC2ContainerServiceBackend
    from moto.ecs.responses import EC2ContainerServiceResponse

    for name in (
        delete_cluster, put_cluster_capacity_providers, create_capacity_provider, delete_capacity_provider, update_service,
    ):  # fmt: skip
        setattr(EC2ContainerServiceBackend, name.__name__, name(getattr(EC2ContainerServiceBackend, name.__name__)))
    EC2ContainerServiceResponse.create_service = create_service(EC2ContainerServiceResponse.create_service)


def refuse(wrong, code, message):
    from moto.ecs.exceptions import ECSException

    if wrong:
        raise ECSException(code, message)


def services(self, cluster):
    return [s for s in self.services.values() if s.cluster_name == cluster.name and s.status == "ACTIVE"]


def delete_cluster(plain):
    def delete_cluster(self, cluster_str):
        left = services(self, self._get_cluster(cluster_str))
        refuse(left, "ClusterContainsServicesException", "The Cluster cannot be deleted while Services are active.")
        return plain(self, cluster_str)

    return delete_cluster


def put_cluster_capacity_providers(plain):
    def put_cluster_capacity_providers(self, cluster_name, capacity_providers, default_capacity_provider_strategy):
        used = {p for s in services(self, self._get_cluster(cluster_name)) for p in providers(s)}
        gone = used - set(capacity_providers or [])
        refuse(gone, "ResourceInUseException", "The specified capacity provider is in use and cannot be removed.")
        return plain(self, cluster_name, capacity_providers, default_capacity_provider_strategy)

    return put_cluster_capacity_providers


def providers(service):
    return names(getattr(service, "capacity_provider_strategy", None))


def names(strategy):
    return [s["capacityProvider"] for s in strategy or []]


def create_capacity_provider(plain):
    def create_capacity_provider(self, name, asg_details, tags):
        others = self.capacity_providers
        refuse(name in others, "ClientException", "The specified capacity provider already exists.")
        taken = any(group(p.auto_scaling_group_provider) == group(asg_details) for p in others.values())
        refuse(taken, "ClientException", "The specified Auto Scaling group ARN is already being used by another capacity provider. Specify a unique Auto Scaling group ARN and try again.")
        return plain(self, name, asg_details, tags)

    return create_capacity_provider


def group(details):
    return (details or {}).get("autoScalingGroupArn")


def delete_capacity_provider(plain):
    def delete_capacity_provider(self, name_or_arn):
        name = name_or_arn.split("/")[-1]
        clusters = [c.name for c in self.clusters.values() if c.status == "ACTIVE" and name in (c.capacity_providers or [])]
        message = f"The capacity provider cannot be deleted because it is associated with cluster: {', '.join(clusters)}. Remove the capacity provider from the cluster and try again."
        refuse(clusters, "ClientException", message)
        return plain(self, name_or_arn)

    return delete_capacity_provider


def create_service(plain):
    def create_service(self):
        backend, get = self.ecs_backend, self._get_param
        cluster = backend._get_cluster(get("cluster", "default"))
        taken = any(s.name == get("serviceName") for s in services(backend, cluster))
        refuse(taken, "InvalidParameterException", "Creation of service was not idempotent.")
        check_strategy(cluster, get("capacityProviderStrategy"))
        check_targets(backend, get("loadBalancers"), get("taskDefinition"))
        return plain(self)

    return create_service


def update_service(plain):
    def update_service(self, given):
        cluster = self._get_cluster(given.get("cluster", "default"))
        service = self._get_service(cluster.name, given["service"].split("/")[-1])
        strategy = given.get("capacity_provider_strategy")
        changed = strategy is not None and sorted(map(str, strategy)) != sorted(map(str, getattr(service, "capacity_provider_strategy", None) or []))
        message = "When switching from launch type to capacity provider strategy on an existing service, or making a change to a capacity provider strategy on a service that is already using one, you must force a new deployment."
        refuse(changed and not given.get("force_new_deployment"), "InvalidParameterException", message)
        check_strategy(cluster, strategy)
        balancers = given.get("load_balancers")
        if balancers is not None or given.get("task_definition"):
            balancers = service.load_balancers if balancers is None else balancers
            check_targets(self, balancers, given.get("task_definition") or service.task_definition)
        return plain(self, given)

    return update_service


def check_strategy(cluster, strategy):
    for name in names(strategy):
        foreign = name not in (cluster.capacity_providers or [])
        refuse(foreign, "InvalidParameterException", f"The capacity provider {name} in the capacity provider strategy is not associated with the cluster.")


def check_targets(backend, balancers, task_definition):
    from moto.elbv2.models import elbv2_backends

    from fixes.elbv2 import forwarding

    elbv2 = elbv2_backends[backend.account_id][backend.region_name]
    for balancer in balancers or []:
        arn, name, port = (balancer.get(k) for k in ("targetGroupArn", "containerName", "containerPort"))
        refuse(arn not in elbv2.target_groups, "InvalidParameterException", f"The target group {arn} does not exist.")
        alone = next(forwarding(elbv2, arn), None) is None
        refuse(alone, "InvalidParameterException", f"The target group with targetGroupArn {arn} does not have an associated load balancer.")
        check_container(backend.describe_task_definition(task_definition), name, port)


def check_container(definition, name, port):
    container = next((c for c in definition.container_definitions if c["name"] == name), None)
    refuse(container is None, "InvalidParameterException", f"The container {name} does not exist in the task definition.")
    ports = [m["containerPort"] for m in container.get("portMappings", [])]
    refuse(port not in ports, "InvalidParameterException", f"The container {name} did not have a container port {port} defined.")
