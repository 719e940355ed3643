"""A stand-in for the part of GitHub's API that comments use: a WSGI application with a memory."""

from __future__ import annotations

import json
from urllib.parse import parse_qs


class Forge:
    """Comments of one pull request, ``owner/models#7``.  ``token`` is the one that is taken."""

    def __init__(self, token="token-of-the-test"):
        self.token = token
        self.comments = []
        self.calls = []
        self.status = None

    def add(self, body, kind="User"):
        self.comments.append(
            {"id": len(self.comments) + 1, "body": body, "user": {"type": kind, "login": "x"}}
        )

    def __call__(self, environment, start):
        method, path = environment["REQUEST_METHOD"], environment["PATH_INFO"]
        self.calls.append((method, path))
        status, answer = self._answer(method, path, environment)
        start(f"{status} x", [("Content-Type", "application/json")])
        return [json.dumps(answer).encode()]

    def _answer(self, method, path, environment):
        if self.status:
            return self.status, {"message": "no"}
        if environment.get("HTTP_AUTHORIZATION") != f"Bearer {self.token}":
            return 401, {"message": "Bad credentials"}
        length = int(environment.get("CONTENT_LENGTH") or 0)
        sent = json.loads(environment["wsgi.input"].read(length) or b"null")
        if sent is not None and len(sent["body"]) > 65_536:
            return 422, {"message": "body is too long (maximum is 65536 characters)"}
        return self._done(method, path, sent, environment["QUERY_STRING"])

    def _done(self, method, path, sent, query):
        if (method, path) == ("GET", "/repos/owner/models/issues/7/comments"):
            asked = {key: int(value[0]) for key, value in parse_qs(query).items()}
            first = (asked["page"] - 1) * asked["per_page"]
            return 200, self.comments[first : first + asked["per_page"]]
        if (method, path) == ("POST", "/repos/owner/models/issues/7/comments"):
            self.add(sent["body"], "Bot")
            return 201, self.comments[-1]
        if method == "PATCH" and path.startswith("/repos/owner/models/issues/comments/"):
            found = self.comments[int(path.rsplit("/", 1)[1]) - 1]
            found["body"] = sent["body"]
            return 200, found
        return 404, {"message": "Not Found"}
