"""CodeCommit."""

import json


def apply():
    """Dates are ISO strings, of which the Go SDK takes JSON numbers only. Tags, the list of repositories and changes
    of name and description are absent."""
    import moto.codecommit.models as models
    from moto.codecommit.responses import CodeCommitResponse
    from moto.core.utils import unix_time

    models.iso_8601_datetime_with_milliseconds = lambda *_: unix_time()
    plain_create = CodeCommitResponse.create_repository

    def create_repository(self):
        created = plain_create(self)
        repository(self, self._get_param("repositoryName")).tags = dict(self._get_param("tags") or {})
        return created

    CodeCommitResponse.create_repository = create_repository
    for action in (list_repositories, update_repository_name, update_repository_description, list_tags_for_resource, tag_resource, untag_resource):
        setattr(CodeCommitResponse, action.__name__, action)


def repository(self, name):
    self.codecommit_backend.get_repository(name)  # Raises AWS's error for one that does not exist.
    return self.codecommit_backend.repositories[name]


def tagged(self):
    return repository(self, self._get_param("resourceArn").split(":")[-1])


def list_repositories(self):
    found = [r.repository_metadata for r in self.codecommit_backend.repositories.values()]
    return json.dumps({"repositories": [{k: m[k] for k in ("repositoryName", "repositoryId")} for m in found]})


def update_repository_name(self):
    old, new = self._get_param("oldName"), self._get_param("newName")
    renamed, all = repository(self, old), self.codecommit_backend.repositories
    if new in all:
        from moto.codecommit.exceptions import RepositoryNameExistsException

        raise RepositoryNameExistsException(new)
    for key in ("repositoryName", "Arn", "cloneUrlHttp", "cloneUrlSsh"):
        renamed.repository_metadata[key] = renamed.repository_metadata[key].removesuffix(old) + new
    all[new] = all.pop(old)
    return "{}"


def update_repository_description(self):
    metadata = repository(self, self._get_param("repositoryName")).repository_metadata
    metadata["repositoryDescription"] = self._get_param("repositoryDescription")
    return "{}"


def list_tags_for_resource(self):
    return json.dumps({"tags": tagged(self).tags})


def tag_resource(self):
    tagged(self).tags.update(self._get_param("tags"))
    return "{}"


def untag_resource(self):
    for key in self._get_param("tagKeys"):
        tagged(self).tags.pop(key, None)
    return "{}"
