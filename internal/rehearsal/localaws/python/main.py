"""A local AWS: the moto server, with the differences from AWS taken away that a real Terraform provider meets.

It listens on a free loopback port, says which one on the first line of its standard output, and serves
until its standard input is closed. Its owner holds the other end of that pipe, so the server goes
when its owner goes, whatever ended it, and removes the folder that its first argument names. A second one names the
file for its moments.
"""

import contextlib
import os
import shutil
import signal
import sys
import threading

import moto.backends
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server

import fixes
import moments
from fixes.missing_actions import no_such_service
from once import Once


class Quiet(WSGIRequestHandler):
    """Logs what went wrong; a line for each of a thousand good answers would bury it. A second attempt follows on an
    answer that the SDK did not get, or did not like
    (https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html)."""

    requestline, headers = "", {}  # Until a request has some.

    def log_request(self, code="-", size="-"):
        attempt = self.headers.get("amz-sdk-request", "attempt=1")
        if str(code) >= "500" or not attempt.startswith("attempt=1"):
            self.tell(f"{code}, {attempt}")

    def finish(self):
        """Lets the client hang up first. A client in Go may miss an answer that comes together with the end of the
        connection: it asks again, and what it makes is there already."""
        self.connection.settimeout(5)
        with contextlib.suppress(OSError):
            while self.connection.recv(65536):
                pass
        super().finish()

    def connection_dropped(self, error, environ=None):
        self.tell(f"the client has gone: {error}")

    def tell(self, what):
        self.log("info", "%s %s: %s", self.headers.get("X-Amz-Target", ""), self.requestline, what)


def create_app(service):
    """The application of one AWS service. Its fixes come first, so that a service nobody calls costs nothing."""
    if service is None:
        return no_such_service
    fixes.apply(service)
    return create_backend_app(service)


def list_modules_once():
    """moto reads the folder of its services twice for each request, which takes longer than most answers."""
    modules = tuple(moto.backends.list_of_moto_modules())
    moto.backends.list_of_moto_modules = lambda: modules


def leave_with_owner():
    """Waits until the owner's end of the pipe is closed, tidies up and ends the process."""
    sys.stdin.buffer.read()
    shutil.rmtree(sys.argv[1], ignore_errors=True)
    os._exit(0)


def main():
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is its owner's to handle: Terraform still needs answers.
    threading.Thread(target=leave_with_owner, daemon=True).start()
    list_modules_once()
    fixes.apply("every service")
    if len(sys.argv) > 2:
        moments.record(sys.argv[2])
    server = make_server("127.0.0.1", 0, Once(DomainDispatcherApplication(create_app)), threaded=True, request_handler=Quiet)
    os.environ["MOTO_PORT"] = str(server.port)
    print(server.port, flush=True)
    sys.stdout = sys.stderr  # Nobody reads on, and moto prints warnings.
    server.serve_forever()


if __name__ == "__main__":
    main()
