"""ECS: the capacity providers that AWS brings along."""


def apply():
    """FARGATE and FARGATE_SPOT are unknown, where every cluster on AWS can use them."""
    from moto.ecs.models import CapacityProvider, EC2ContainerServiceBackend

    plain = EC2ContainerServiceBackend._get_provider

    def get_provider(self, name):
        if name not in ("FARGATE", "FARGATE_SPOT"):
            return plain(self, name)
        provider = CapacityProvider(self.account_id, self.region_name, name, {}, [])
        provider.auto_scaling_group_provider = None
        return provider

    EC2ContainerServiceBackend._get_provider = get_provider
