"""IAM's own answer to "may this role do that?"."""

import caller
import policy

DECISIONS = {"Allow": "allowed", "Deny": "explicitDeny", None: "implicitDeny"}


def apply():
    """SimulatePrincipalPolicy is absent. Here it decides from the role's policies alone, as AWS's does; it also
    answers for permissions that belong to no public call, such as codecommit:UploadArchive."""
    from moto.iam.responses import IamResponse

    IamResponse.simulate_principal_policy = simulate_principal_policy


def simulate_principal_policy(self):
    from moto.core.responses import ActionResult

    statements = caller.role_statements(self._get_param("PolicySourceArn"), self.current_account, self.partition)
    context = context_of(self._get_param("ContextEntries") or [])
    results = [
        {"EvalActionName": a, "EvalResourceName": r, "EvalDecision": DECISIONS[policy.decide(statements, a, r, context)]}
        for a in self._get_param("ActionNames")
        for r in self._get_param("ResourceArns") or ["*"]
    ]
    return ActionResult({"EvaluationResults": results, "IsTruncated": False})


def context_of(entries):
    return {"aws:securetransport": "true"} | {
        e["ContextKeyName"].lower(): e["ContextKeyValues"] for e in entries
    }
