"""Actions that moto does not have."""

import json


def apply():
    """An action that moto lacks is answered with HTTP 500, which an SDK retries up to 25 times: Terraform hangs for
    minutes. Answer 400 at once, so that the gap is seen. A caller without permission is refused before that."""
    from moto.core.responses import BaseResponse

    plain = BaseResponse.call_action

    def call_action(self):
        try:
            return plain(self)
        except NotImplementedError as missing:
            return refusal(f"{self.service_name}: {missing}")

    BaseResponse.call_action = call_action


def refusal(message):
    body = json.dumps({"__type": "NotEmulated", "message": message})
    return 400, {"x-amzn-errortype": "NotEmulated", "status": "400"}, body
