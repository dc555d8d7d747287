"""ECR and ECR Public."""

import base64
import hashlib
import json
import uuid

import policy

FAR_FUTURE = 4102444800  # 2100-01-01, in seconds since 1970.


def apply():
    """ECR Public is absent: its login fails. Uploading and downloading layers is absent. Pushing to a repository that
    does not exist is an internal error, and pushing another image under a tag that is immutable has another error.
    The repositories of another account are looked for in the caller's. Its repository policies are not asked: on AWS both accounts must
    allow a pull. https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html A scan
    that is turned off stays on: Go's SDK leaves out what is false, and an empty configuration changes nothing."""
    from moto.ecr.models import ECRBackend
    from moto.ecr.responses import ECRResponse
    from moto.moto_server import werkzeug_app

    werkzeug_app.SIGNING_ALIASES["ecr-public"] = "ecr"  # Both answer by the X-Amz-Target header.
    ECRResponse.get_authorization_token = public_or_private(ECRResponse.get_authorization_token)
    ECRResponse.ecr_backend = property(backend)
    ECRBackend.put_image = where_it_may(ECRBackend.put_image)
    ECRBackend.put_image_scanning_configuration = off_where_left_out(ECRBackend.put_image_scanning_configuration)
    for action in (
        batch_check_layer_availability,
        complete_layer_upload,
        get_download_url_for_layer,
        initiate_layer_upload,
        upload_layer_part,
    ):
        setattr(ECRResponse, action.__name__, action)


def backend(response):
    from moto.ecr.models import ecr_backends

    return ecr_backends[response._get_param("registryId") or response.current_account][response.region]


def lets(request, who, context):
    """Whether a repository of another account lets the caller do what the request asks of it."""
    owner, name = request["registryId"] or request.account, request["repositoryName"]
    if owner == request.account or not name:
        return True
    from moto.ecr.models import ecr_backends

    repository = ecr_backends[owner][request.region].repositories.get(name)
    statements = policy.as_list(json.loads((repository and repository.policy) or '{"Statement": []}')["Statement"])
    callers = {who.arn, f"arn:{request.partition}:iam::{request.account}:root", request.account, "*"}
    action = f"ecr:{request.action}"
    return any(
        s["Effect"] == "Allow" and named(s, callers) and policy.applies(s, action, s.get("Resource", "*"), context)
        for s in statements
    )


def named(statement, callers):
    principal = statement.get("Principal", {})
    return principal == "*" or bool(callers & set(policy.as_list(principal.get("AWS", []))))


def public_or_private(plain):
    def get_authorization_token(self):
        if not self.headers.get("X-Amz-Target", "").startswith("SpencerFrontendService"):
            return plain(self)
        token = base64.b64encode(b"AWS:ecr-public-token").decode()
        return json.dumps({"authorizationData": {"authorizationToken": token, "expiresAt": FAR_FUTURE}})

    return get_authorization_token


def off_where_left_out(plain):
    def put_image_scanning_configuration(self, registry_id, repository_name, image_scan_config):
        return plain(self, registry_id, repository_name, {"scanOnPush": False, **image_scan_config})

    return put_image_scanning_configuration


def where_it_may(plain):
    from moto.core.exceptions import JsonRESTError

    def put_image(self, repository_name, image_manifest, image_tag, *arguments, **named):
        repository = self._get_repository(repository_name)  # Raises AWS's error for one that does not exist.
        taken = [i for i in repository.images if image_tag in i.image_tags and i.image_manifest != image_manifest]
        if taken and repository.is_tag_immutable() and not repository.image_tag_mutability_exclusion_filters:
            message = f"The image tag '{image_tag}' already exists in the '{repository_name}' repository and cannot be overwritten because the tag is immutable."
            raise JsonRESTError("ImageTagAlreadyExistsException", message)
        return plain(self, repository_name, image_manifest, image_tag, *arguments, **named)

    return put_image


def initiate_layer_upload(self):
    upload = str(uuid.uuid4())
    uploads(self)[upload] = b""
    return json.dumps({"uploadId": upload, "partSize": 20 * 1024 * 1024})


def upload_layer_part(self):
    upload, part = self._get_param("uploadId"), base64.b64decode(self._get_param("layerPartBlob"))
    uploads(self)[upload] += part
    received = len(uploads(self)[upload])
    return json.dumps({"repositoryName": self._get_param("repositoryName"), "uploadId": upload, "lastByteReceived": received - 1})


def complete_layer_upload(self):
    layer = uploads(self).pop(self._get_param("uploadId"))
    digest = "sha256:" + hashlib.sha256(layer).hexdigest()
    layers(self)[digest] = len(layer)
    return json.dumps({"repositoryName": self._get_param("repositoryName"), "layerDigest": digest})


def batch_check_layer_availability(self):
    known = layers(self)
    asked = self._get_param("layerDigests")
    found = [{"layerDigest": d, "layerAvailability": "AVAILABLE", "layerSize": known[d]} for d in asked if d in known]
    missing = [
        {"layerDigest": d, "failureCode": "MissingLayerDigest", "failureReason": "Unable to find layer"}
        for d in asked
        if d not in known
    ]
    return json.dumps({"layers": found, "failures": missing})


def get_download_url_for_layer(self):
    digest = self._get_param("layerDigest")
    return json.dumps({"layerDigest": digest, "downloadUrl": f"{self.headers['host']}/layers/{digest}"})


def uploads(self):
    return repository(self).__dict__.setdefault("uploads", {})


def layers(self):
    return repository(self).__dict__.setdefault("layers", {})


def repository(self):
    return self.ecr_backend._get_repository(self._get_param("repositoryName"))
