"""Who makes a call, and what that caller may do."""

import json

import policy
from moto.iam.access_control import CreateAccessKeyFailure, IAMPolicy, create_access_key
from moto.iam.exceptions import NotFoundException
from moto.iam.models import iam_backends

from fixes.accounts import ADMINISTRATOR

NOBODYS_KEY = "AKIAEXAMPLE"  # What moto reads from a request whose key has not the form of one: "test", or none.


class Caller:
    """The role or user whose access key signed the request."""

    def __init__(self, response):
        self.key = create_access_key(
            response.current_account, response.partition, response.get_access_key(), dict(response.headers)
        )
        self.arn = self.key.arn
        self.statements = statements(self.key.collect_policies())

    def may(self, action, resource, context):
        return policy.decide(self.statements, action, resource, context) == "Allow"


def is_administrator(response):
    key = response.get_access_key()
    return key == NOBODYS_KEY or ADMINISTRATOR.match(key) is not None


def statements(policies):
    """All statements of policies, which moto holds in three different forms."""
    documents = [IAMPolicy(p)._policy_json for p in policies]
    return [s for d in documents for s in policy.as_list(d["Statement"])]


def role_statements(role_arn, account, partition):
    """The statements of everything attached to a role: its inline and its managed policies."""
    backend, name = iam_backends[account][partition], role_arn.split("/")[-1]
    inline = [backend.get_role_policy(name, p)[1] for p in backend.list_role_policies(name)]
    attached, _ = backend.list_attached_role_policies(name)
    return statements(inline + attached)


def trusts(role_arn, account, partition, principals, context):
    """Whether the role's trust policy admits one of the principals: (kind, name) pairs. A role that does not exist
    admits nobody: AssumeRole does not tell it from one that is closed (IAM user guide, "Troubleshoot IAM roles")."""
    try:
        role = iam_backends[account][partition].get_role_by_arn(role_arn)
    except NotFoundException:
        return False
    document = json.loads(role.assume_role_policy_document)
    admitting = [s for s in policy.as_list(document["Statement"]) if names(s.get("Principal"), principals)]
    return policy.decide(admitting, "sts:AssumeRole", role_arn, context) == "Allow"


def names(principal, principals):
    if principal == "*":
        return True
    return any(name in policy.as_list((principal or {}).get(kind, [])) for kind, name in principals)


__all__ = ["Caller", "CreateAccessKeyFailure", "is_administrator", "role_statements", "trusts"]
