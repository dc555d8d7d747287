"""Actions and services that moto does not have."""

import importlib
import json
import re
import sys

OWN = {"connections": r"https?://(?:codestar-connections|codeconnections)\.(.+)\.amazonaws\.com"}


def apply():
    """An action or a service that moto lacks is answered with HTTP 500, which an SDK retries up to 25 times: Terraform
    hangs for minutes. Answer 400 at once, so that the gap is seen. A caller without permission is refused before
    that. Services of our own, written as moto writes one, stand beside this package."""
    from moto import backend_index
    from moto.core.responses import BaseResponse

    for name, pattern in OWN.items():
        sys.modules["moto." + name] = importlib.import_module(name + ".models")
        backend_index.backend_url_patterns.append((name, re.compile(pattern)))
    plain = BaseResponse.call_action

    def call_action(self):
        try:
            return plain(self)
        except NotImplementedError as missing:
            return 400, {"x-amzn-errortype": "NotEmulated"}, refusal(f"{self.service_name}: {missing}")

    BaseResponse.call_action = call_action


def no_such_service(environ, start_response):
    """The application of every service that there is not."""
    start_response("400 Bad Request", [("Content-Type", "application/json"), ("x-amzn-errortype", "NotEmulated")])
    return [refusal("the local AWS does not have the service that this request is for").encode()]


def refusal(message):
    return json.dumps({"__type": "NotEmulated", "message": message})
