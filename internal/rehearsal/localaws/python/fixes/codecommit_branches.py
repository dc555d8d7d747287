"""CodeCommit: what a source stage reads of a repository."""

import json
import uuid

from fixes.codecommit import repository


def apply():
    """Branches and commits are absent. Here CreateCommit makes a commit of nothing but its message on a branch, so that
    GetBranch and GetCommit have something to say. There is no git."""
    from moto.codecommit.responses import CodeCommitResponse

    for action in (create_commit, get_branch, get_commit, list_branches, update_default_branch):
        setattr(CodeCommitResponse, action.__name__, action)


def create_commit(self):
    history, branch = history_of(self), self._get_param("branchName")
    commit = {
        "commitId": uuid.uuid4().hex + uuid.uuid4().hex[:8],
        "treeId": uuid.uuid4().hex + uuid.uuid4().hex[:8],
        "parents": [c["commitId"] for c in history.get(branch, [])[-1:]],
        "message": self._get_param("commitMessage") or "",
    }
    history.setdefault(branch, []).append(commit)
    metadata(self).setdefault("defaultBranch", branch)
    return json.dumps({"commitId": commit["commitId"], "treeId": commit["treeId"]})


def get_branch(self):
    name = self._get_param("branchName")
    commits = history_of(self).get(name) or missing("Branch", name)
    return json.dumps({"branch": {"branchName": name, "commitId": commits[-1]["commitId"]}})


def get_commit(self):
    wanted = self._get_param("commitId")
    found = [c for commits in history_of(self).values() for c in commits if c["commitId"] == wanted]
    return json.dumps({"commit": (found or missing("CommitId", wanted))[0]})


def list_branches(self):
    return json.dumps({"branches": sorted(history_of(self))})


def update_default_branch(self):
    name = self._get_param("defaultBranchName")
    history_of(self).get(name) or missing("Branch", name)
    metadata(self)["defaultBranch"] = name
    return "{}"


def missing(kind, name):
    from moto.core.exceptions import JsonRESTError

    raise JsonRESTError(f"{kind}DoesNotExistException", f"{name} does not exist")


def history_of(self):
    """Commits by branch, the newest last."""
    return repository(self, self._get_param("repositoryName")).__dict__.setdefault("history", {})


def metadata(self):
    return repository(self, self._get_param("repositoryName")).repository_metadata
