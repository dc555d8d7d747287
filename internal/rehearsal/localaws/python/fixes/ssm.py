"""Parameter Store."""


def apply():
    """moto knows no parameter by its ARN, which is how tasks name them and how one is read that another account shares.
    https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-shared-parameters.html"""
    from moto.ssm.models import SimpleSystemManagerBackend

    SimpleSystemManagerBackend.get_parameters = by_arn_too(SimpleSystemManagerBackend.get_parameters)


def by_arn_too(plain):
    def get_parameters(self, names):
        found = plain(self, [n for n in names if not n.startswith("arn:")])
        shared = {n: named(n, self.account_id, self.region_name) for n in names if n.startswith("arn:")}
        return found | {n: parameter for n, parameter in shared.items() if parameter}

    return get_parameters


def named(name, account, region):
    """The parameter that a request names by its name or its ARN, or None."""
    from moto.ssm.models import ssm_backends

    if not name.startswith("arn:"):
        return ssm_backends[account][region].get_parameter(name)
    backend, path = ssm_backends[name.split(":")[4]][region], name.split(":parameter/")[-1]
    return backend.get_parameter("/" + path) or backend.get_parameter(path)
