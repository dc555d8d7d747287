"""Permissions, once they are switched on with POST /moto-api/reset-auth and the body 0 (off: inf)."""

import caller
import fixes.ecr
import needs
import policy

ALWAYS = {"aws:securetransport": "true"}  # The local server has no TLS; AWS's endpoints do.


def apply():
    """moto matches resources for S3 only (elsewhere a request is about "*", so an Allow on one repository never
    applies), ignores conditions but StringEquals, turns an Allow whose condition does not hold into a Deny, and
    asks for none of what AWS asks for besides the action itself. It also refuses its administrator.

    Here the administrator may do anything, and for everybody else each permission that the request needs is decided
    as AWS decides it. Signatures are not checked: who signed is what matters here."""
    import moto.iam.access_control as access_control
    from moto.core.responses import BaseResponse

    BaseResponse._authenticate_and_authorize_normal_action = authorize
    BaseResponse._authenticate_and_authorize_s3_action = authorize_s3
    access_control.IAMPolicyStatement.is_action_permitted = statement_permits


def authorize(self, resource="*"):
    if switched_on() and not caller.is_administrator(self):
        check(self, request_of(self), resource)
    elif is_service_assuming_role(self):
        check_trust(self, [("Service", self._get_param("RoleSessionName"))])


def authorize_s3(self, bucket_name=None, key_name=None):
    if not switched_on() or caller.is_administrator(self):
        return
    from moto.s3.exceptions import S3AccessDeniedError

    path = (bucket_name or "*") + (f"/{key_name}" if key_name else "")
    who = Caller(self)
    for need in needs.of_object(self._get_action(), path, request_of(self)):
        if not who.may(need.action, need.resource, ALWAYS):
            raise S3AccessDeniedError()


def check(self, request, resource):
    if request.action == "GetCallerIdentity":
        return
    who = Caller(self)
    for need in needs.of(request, resource, ALWAYS):
        if not who.may(*need):
            raise denied(self, who.arn, need.action, need.resource)
    if request.service == "ecr" and not fixes.ecr.lets(request, who, ALWAYS):
        raise denied(self, who.arn, f"ecr:{request.action}", needs.ecr(request)[0])
    if request.action == "AssumeRole":
        check_trust(self, [("AWS", name) for name in (who.arn, self.current_account, account_root(self), "*")])


def Caller(self):
    try:
        return caller.Caller(self)
    except caller.CreateAccessKeyFailure:
        raise error(self, "UnrecognizedClientException", "The security token included in the request is invalid.")


def is_service_assuming_role(self):
    """An AWS service assumes roles with no key of its own. Here it is the administrator, who names the service
    principal as the session (codebuild.amazonaws.com) and what it acts for as the external id (an ARN)."""
    return self._get_action() == "AssumeRole" and str(self._get_param("RoleSessionName")).endswith(".amazonaws.com")


def check_trust(self, principals):
    role, source = self._get_param("RoleArn"), self._get_param("ExternalId")
    account, context = role.split(":")[4], dict(ALWAYS)
    if source:
        context |= {"sts:externalid": source, "aws:sourcearn": source, "aws:sourceaccount": self.current_account}
    if not caller.trusts(role, account, self.partition, principals, context):
        raise denied(self, principals[0][1], "sts:AssumeRole", role)


def account_root(self):
    return f"arn:{self.partition}:iam::{self.current_account}:root"


def request_of(self):
    service = self.headers.get("Authorization", "").split("/")[3]
    body = needs.body_of(self.body) if isinstance(self.body, str) else {}
    return needs.Request(service, self._get_action(), self.region, self.current_account, self.partition, body)


def denied(self, arn, action, resource):
    message = f"User: {arn} is not authorized to perform: {action} on resource: {resource}"
    return error(self, "AccessDeniedException" if is_json(self) else "AccessDenied", message)


def error(self, code, message):
    """The error in the protocol of the request."""
    from moto.core.exceptions import JsonRESTError, _RESTError

    made = (JsonRESTError if is_json(self) else _RESTError)(code, message)
    made.code = 400 if is_json(self) else 403
    return made


def is_json(self):
    return "X-Amz-Target" in self.headers


def switched_on():
    from moto import settings

    return settings.INITIAL_NO_AUTH_ACTION_COUNT == 0


def statement_permits(self, action, resource="*", principal=None, incoming_condition_values=None):
    """What moto asks of a bucket policy's statement, for every request and not only once permissions are on."""
    from moto.iam.access_control import PermissionResult

    if not policy.applies(self._statement, action, resource, ALWAYS) or names_others(self._statement):
        return PermissionResult.NEUTRAL
    return PermissionResult.PERMITTED if self._statement["Effect"] == "Allow" else PermissionResult.DENIED


def names_others(statement):
    """moto does not say who asks, so that only what is said of everybody applies."""
    principal = statement.get("Principal", "*")
    return principal != "*" and "*" not in policy.as_list(principal.get("AWS", []))
