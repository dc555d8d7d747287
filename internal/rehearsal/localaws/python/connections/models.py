"""Connections, by their ARN."""

import uuid

from moto.core.base_backend import BackendDict, BaseBackend
from moto.core.exceptions import JsonRESTError


class Connection:
    def __init__(self, arn, name, provider, account, tags):
        self.tags = {tag["Key"]: tag["Value"] for tag in tags}
        self.description = {
            "ConnectionArn": arn,
            "ConnectionName": name,
            "ConnectionStatus": "PENDING",
            "OwnerAccountId": account,
            "ProviderType": provider,
        }


class ConnectionsBackend(BaseBackend):
    def __init__(self, region_name, account_id):
        super().__init__(region_name, account_id)
        self.connections = {}

    def create(self, service, name, provider, tags):
        arn = f"arn:{self.partition}:{service}:{self.region_name}:{self.account_id}:connection/{uuid.uuid4()}"
        self.connections[arn] = Connection(arn, name, provider, self.account_id, tags)
        return self.connections[arn]

    def get(self, arn):
        if arn not in self.connections:
            raise JsonRESTError("ResourceNotFoundException", f"Connection {arn} not found")
        return self.connections[arn]


connections_backends = BackendDict(ConnectionsBackend, "codestar-connections")
