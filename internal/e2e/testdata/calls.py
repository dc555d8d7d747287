"""Makes calls to AWS for the tests: one a line, {"service", "operation", "region", "parameters", "query"} as JSON.

The query is JMESPath, as after --query of the aws command. Answers with {"answer"} or {"code", "message"} on a line.
"""

import functools
import json
import sys

import boto3
import jmespath
from botocore.exceptions import BotoCoreError, ClientError


@functools.cache
def client(service, region):
    return boto3.client(service, region_name=region)


def call(service, operation, region, parameters, query):
    answer = getattr(client(service, region), operation)(**parameters)
    answer.pop("ResponseMetadata", None)
    return jmespath.search(query, answer) if query else answer


def text(value):
    """Dates, bodies and bytes as text, since JSON has none of them."""
    if hasattr(value, "read"):
        value = value.read()
    return value.decode() if isinstance(value, bytes) else str(value)


for line in sys.stdin:
    try:
        said = {"answer": call(**json.loads(line))}
    except ClientError as error:
        said = {"code": error.response["Error"]["Code"], "message": str(error)}
    except BotoCoreError as error:
        said = {"code": type(error).__name__, "message": str(error)}
    print(json.dumps(said, default=text), flush=True)
