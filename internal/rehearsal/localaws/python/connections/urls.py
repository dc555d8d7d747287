"""Where CodeConnections answers, under its new name and its old one."""

from connections.responses import ConnectionsResponse

url_bases = [r"https?://(?:codestar-connections|codeconnections)\.(.+)\.amazonaws\.com"]

url_paths = {"{0}/$": ConnectionsResponse.dispatch}
