"""Which permissions a request needs: the action on each resource that the request names, and those that AWS asks for
besides it, such as iam:PassRole. Sources: the pages of each service in the Service Authorization Reference
(https://docs.aws.amazon.com/service-authorization/latest/reference/)."""

import base64
import json
from collections import namedtuple
from urllib.parse import unquote

import fixes.secretsmanager
import keys

Need = namedtuple("Need", "action resource context")


class Request:
    """The parts of a request that decide what it needs. body: its JSON, or {} where it has none."""

    def __init__(self, service, action, region, account, partition, body):
        self.service, self.action, self.body = service, action, body
        self.region, self.account, self.partition = region, account, partition

    def arn(self, service, rest):
        return f"arn:{self.partition}:{service}:{self.region}:{self.account}:{rest}"

    def __getitem__(self, name):
        return self.body.get(name)


def of(request, resource, context):
    """All that the request needs. resource: what moto says it is about, "*" where it does not know."""
    named = RESOURCES.get(request.service, lambda _: None)(request) if resource == "*" else None
    context = {**context, **CONTEXT.get(request.service, lambda _: {})(request)}
    action = f"{request.service}:{request.action}"
    return [Need(action, r, context) for r in named or [resource]] + besides(request, context)


def besides(request, context):
    if (request.service, request.action) == ("ecr-public", "GetAuthorizationToken"):
        return [Need("sts:GetServiceBearerToken", "*", {**context, "sts:awsservicename": "ecr-public.amazonaws.com"})]
    if (request.service, request.action) == ("ecs", "RegisterTaskDefinition"):
        return passed_roles(request, context) + tags_on_creation(request, context)
    if request.service == "ssm" and request.action.startswith("GetParameter"):
        return [Need("kms:Decrypt", key, context) for key in sorted(keys.of_parameters(request))]
    if (request.service, request.action) == ("secretsmanager", "GetSecretValue"):
        secret = secret_named(request)
        return [Need("kms:Decrypt", key, context) for key in keys.of_secret(secret, request)] if secret else []
    return []


def of_object(action, path, request):
    """What a call of S3 needs. path: BUCKET or BUCKET/KEY."""
    bucket, _, key = path.partition("/")
    own = Need(f"s3:{action}", f"arn:{request.partition}:s3:::{path}", {})
    cipher = {"GetObject": "kms:Decrypt", "GetObjectVersion": "kms:Decrypt", "PutObject": "kms:GenerateDataKey"}.get(action)
    kms_key = keys.of_bucket(bucket, request.account, request.partition) if key and cipher else None
    return [own] + ([Need(cipher, kms_key, {})] if kms_key else [])


def passed_roles(request, context):
    context = {**context, "iam:passedtoservice": "ecs-tasks.amazonaws.com"}
    roles = {request["taskRoleArn"], request["executionRoleArn"]} - {None, ""}
    return [Need("iam:PassRole", role, context) for role in sorted(roles)]


def tags_on_creation(request, context):
    context = {**context, "ecs:createaction": request.action}
    return [Need("ecs:TagResource", r, context) for r in ecs(request)] if request["tags"] else []


def codebuild(request):
    if request["reportGroupArn"]:
        return [request["reportGroupArn"]]
    builds = request["ids"] or ([request["id"]] if request["id"] else [])
    names = [b.split(":")[0] for b in builds] or request["names"] or [request["projectName"] or request["name"]]
    return [request.arn("codebuild", "project/" + tail(n)) for n in names if n]


def codecommit(request):
    name = request["repositoryName"]
    return [request.arn("codecommit", name)] if name else None


def codepipeline(request):
    name = request["name"] or request["pipelineName"]
    return [request.arn("codepipeline", name)] if name else None


def connections(request):
    name = request["ConnectionArn"] or request["ResourceArn"]
    return [name] if name else None


def ecr(request):
    name, account = request["repositoryName"], request["registryId"] or request.account
    return [f"arn:{request.partition}:ecr:{request.region}:{account}:repository/{name}"] if name else None


def ecs(request):
    cluster = tail(request["cluster"] or "default")
    if request.action == "RegisterTaskDefinition":
        return [request.arn("ecs", f"task-definition/{request['family']}:*")]
    if request.action == "ListTasks":
        return [request.arn("ecs", f"container-instance/{cluster}/*")]
    if request["resourceArn"]:
        return [request["resourceArn"]]
    services = request["services"] or [request["service"] or request["serviceName"]]
    things = [("task", t) for t in request["tasks"] or []] or [("service", s) for s in services if s]
    return [request.arn("ecs", f"{kind}/{cluster}/{tail(thing)}") for kind, thing in things]


def ecs_context(request):
    cluster = request["cluster"]
    return {"ecs:cluster": request.arn("ecs", "cluster/" + tail(cluster))} if cluster else {}


def kms(request):
    key = request["KeyId"] or key_of(request["CiphertextBlob"])
    if not key:
        return None
    from moto.kms.models import kms_backends

    backend = kms_backends[request.account][request.region]
    return [backend.describe_key(key).arn]


def key_of(ciphertext):
    """moto writes the key's id, 36 characters, in front of what it encrypts."""
    return base64.b64decode(ciphertext)[:36].decode() if ciphertext else None


def logs(request):
    group, stream = request["logGroupName"], request["logStreamName"] or ""
    return [request.arn("logs", f"log-group:{group}:log-stream:{stream}")] if group else None


def secretsmanager(request):
    name, secret = request["SecretId"], secret_named(request)
    if secret:
        return [secret.arn]
    if not name:
        return None
    return [name if name.startswith("arn:") else request.arn("secretsmanager", f"secret:{name}-000000")]


def secret_named(request):
    return fixes.secretsmanager.named(request["SecretId"], request.account, request.region)


def ssm(request):
    names = request["Names"] or [request["Name"] or request["Path"]]
    return [n if n.startswith("arn:") else request.arn("ssm", "parameter/" + n.removeprefix("/")) for n in names if n]


def tail(name_or_arn):
    return unquote(name_or_arn).split("/")[-1]


def body_of(text):
    try:
        body = json.loads(text or "{}")
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


RESOURCES = {
    "codebuild": codebuild,
    "codeconnections": connections,
    "codecommit": codecommit,
    "codepipeline": codepipeline,
    "codestar-connections": connections,
    "ecr": ecr,
    "ecs": ecs,
    "kms": kms,
    "logs": logs,
    "secretsmanager": secretsmanager,
    "ssm": ssm,
}

CONTEXT = {"ecs": ecs_context}
