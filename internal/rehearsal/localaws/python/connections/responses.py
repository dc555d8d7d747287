"""The actions of CodeConnections."""

import json

from moto.core.responses import BaseResponse

from connections.models import connections_backends


class ConnectionsResponse(BaseResponse):
    def __init__(self):
        super().__init__(service_name="codestar-connections")

    @property
    def backend(self):
        return connections_backends[self.current_account][self.region]

    def create_connection(self):
        # The service has two names, and its ARNs begin with the one that was called.
        service = self.headers["Authorization"].split("/")[3]
        name, provider = self._get_param("ConnectionName"), self._get_param("ProviderType")
        made = self.backend.create(service, name, provider, self._get_param("Tags") or [])
        return json.dumps({"ConnectionArn": made.description["ConnectionArn"]})

    def get_connection(self):
        return json.dumps({"Connection": self.backend.get(self._get_param("ConnectionArn")).description})

    def list_connections(self):
        return json.dumps({"Connections": [c.description for c in self.backend.connections.values()]})

    def delete_connection(self):
        self.backend.get(self._get_param("ConnectionArn"))
        del self.backend.connections[self._get_param("ConnectionArn")]
        return "{}"

    def list_tags_for_resource(self):
        tags = self._tagged().tags
        return json.dumps({"Tags": [{"Key": key, "Value": value} for key, value in tags.items()]})

    def tag_resource(self):
        self._tagged().tags.update({tag["Key"]: tag["Value"] for tag in self._get_param("Tags")})
        return "{}"

    def untag_resource(self):
        for key in self._get_param("TagKeys"):
            self._tagged().tags.pop(key, None)
        return "{}"

    def _tagged(self):
        return self.backend.get(self._get_param("ResourceArn"))
