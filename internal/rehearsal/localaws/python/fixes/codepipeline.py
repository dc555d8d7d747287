"""CodePipeline."""

import json
import uuid


def apply():
    """Dates are ISO strings, of which the Go SDK takes JSON numbers only. A role whose trust policy names a list of
    services, or something that is not a service, cannot be used. StartPipelineExecution is absent; here it says that
    an execution has begun, and nothing runs."""
    import moto.codepipeline.models as models
    from moto.codepipeline.responses import CodePipelineResponse

    models.iso_8601_datetime_with_milliseconds = lambda date: date.timestamp()
    models.iam_backends = TrustReadable(models.iam_backends)
    CodePipelineResponse.start_pipeline_execution = start_pipeline_execution


def start_pipeline_execution(self):
    self.codepipeline_backend.get_pipeline(self._get_param("name"))  # Raises AWS's error for one that does not exist.
    return json.dumps({"pipelineExecutionId": str(uuid.uuid4())})


class TrustReadable:
    """moto's IAM, in which CodePipeline finds roles with the trust policy in the one form that it reads: a list of
    statements with one service each."""

    def __init__(self, backends):
        self.backends = backends

    def __getitem__(self, account):
        return {partition: Roles(backend) for partition, backend in self.backends[account].items()}


class Roles:
    def __init__(self, backend):
        self.backend = backend

    def get_role_by_arn(self, arn):
        role = self.backend.get_role_by_arn(arn)
        return Role(json.dumps({"Statement": list(simple(json.loads(role.assume_role_policy_document)))}))


class Role:
    def __init__(self, document):
        self.assume_role_policy_document = document


def simple(document):
    from policy import as_list

    for statement in as_list(document["Statement"]):
        principal = statement.get("Principal")
        for service in as_list(principal.get("Service", []) if isinstance(principal, dict) else []):
            yield {"Principal": {"Service": service}}
