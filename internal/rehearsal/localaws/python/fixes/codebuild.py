"""CodeBuild."""

import datetime
import json

FIELDS = (
    "description", "source", "secondarySources", "artifacts", "environment", "serviceRole", "tags", "cache",
    "timeoutInMinutes", "queuedTimeoutInMinutes", "sourceVersion", "logsConfig", "vpcConfig", "concurrentBuildLimit",
)  # fmt: skip


def apply():
    """UpdateProject is absent, and CreateProject forgets some of what it is given. DeleteProject ignores an ARN, which is what the provider sends, so that a destroyed
    project stays. A source or artifact of type CODEPIPELINE is refused for having no location, where on AWS it must
    have none. Compute types and environments that are newer than moto's lists are refused. The
    dates of a build are ISO strings, of which the Go SDK takes JSON numbers only."""
    import moto.codebuild.models as models
    import moto.codebuild.responses as responses
    from moto.core.utils import unix_time

    models.iso_8601_datetime_with_milliseconds = lambda *_: unix_time()
    models.default_timestamp_parser = lambda seconds: datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc)
    responses._validate_required_params_source = located(responses._validate_required_params_source)
    responses._validate_required_params_artifacts = located(responses._validate_required_params_artifacts)
    responses._validate_required_params_environment = lambda _: None
    responses.CodeBuildResponse.create_project = keeping_all(responses.CodeBuildResponse.create_project)
    responses.CodeBuildResponse.update_project = update_project
    responses.CodeBuildResponse.delete_project = delete_project


def located(check):
    def lenient(part):
        nowhere = part.get("type") == "CODEPIPELINE" and not part.get("location")
        return check({**part, "location": "pipeline"} if nowhere else part)

    return lenient


def keeping_all(plain):
    def create_project(self):
        plain(self)
        return update_project(self)

    return create_project


def update_project(self):
    from moto.codebuild.exceptions import ResourceNotFoundException
    from moto.core.utils import unix_time

    project = self.codebuild_backend.codebuild_projects.get(name(self))
    if project is None:
        raise ResourceNotFoundException(f"Project cannot be found: {name(self)}")
    given = {f: self._get_param(f) for f in FIELDS if self._get_param(f) is not None}
    project.project_metadata.update(given, lastModified=unix_time())
    project.service_role = project.project_metadata["serviceRole"]
    return json.dumps({"project": project.project_metadata})


def delete_project(self):
    self.codebuild_backend.delete_project(name(self))
    return "{}"


def name(self):
    return self._get_param("name").split(":project/")[-1]
