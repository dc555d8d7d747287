"""Second attempts of one call."""

import collections
import threading

from werkzeug.test import run_wsgi_app

KEPT = 100


class Once:
    """Does what a call asks for once, however often its SDK sends it: all attempts have one invocation ID
    (https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html). Where an answer is missed on a busy
    machine, a second attempt would find that what it makes is there already. A call that was refused is made anew."""

    def __init__(self, app):
        self.app = app
        self.guard = threading.Lock()
        self.calls = collections.OrderedDict()

    def __call__(self, environ, start_response):
        invocation = environ.get("HTTP_AMZ_SDK_INVOCATION_ID")
        if not invocation or environ["REQUEST_METHOD"] in ("GET", "HEAD"):
            return self.app(environ, start_response)
        call = self.call(invocation)
        with call["running"]:
            body, status, headers = call.get("answer") or self.answer(environ)
            if status < "4":
                call["answer"] = body, status, headers
        start_response(status, headers)
        return body

    def call(self, invocation):
        with self.guard:
            while len(self.calls) >= KEPT:
                self.calls.popitem(last=False)
            return self.calls.setdefault(invocation, {"running": threading.Lock()})

    def answer(self, environ):
        body, status, headers = run_wsgi_app(self.app, environ, buffered=True)
        return list(body), status, list(headers)
