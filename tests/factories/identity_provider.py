"""A small identity provider on this machine: discovery, sign-in, token, keys, facts about the person."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

if TYPE_CHECKING:
    from collections.abc import Iterator

CLIENT, WORD = "safe-county", "of the client"
_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Provider:
    """Knows one person; ``facts`` are what it says of him, ``code`` is what it gave him to bring back."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.facts: dict[str, Any] = {"sub": "1"}
        self.code = ""
        self.challenge = ""

    def settings(self) -> dict[str, Any]:
        """SOCIALACCOUNT_PROVIDERS as the portal's settings make it."""
        known = {"server_url": self.url, "email_authentication": True, "oauth_pkce_enabled": True}
        app = {"provider_id": "region", "name": "Region ID", "client_id": CLIENT, "secret": WORD, "settings": known}
        return {"openid_connect": {"APPS": [app]}}

    def visit(self, address: str) -> dict[str, str]:
        """What a browser that signed in at ``address`` brings back: code and state."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert (asked["client_id"], asked["response_type"]) == (CLIENT, "code")
        self.code, self.challenge = hashlib.sha256(asked["state"].encode()).hexdigest(), asked["code_challenge"]
        return {"code": self.code, "state": asked["state"]}

    def answer(self, path: str, form: dict[str, str]) -> dict[str, Any] | None:
        """What it says at a path; None for a refusal."""
        if path == "/.well-known/openid-configuration":
            places = {"authorization_endpoint": "authorize", "token_endpoint": "token"}
            places |= {"userinfo_endpoint": "userinfo", "jwks_uri": "jwks"}
            return {"issuer": self.url, **{name: f"{self.url}/{place}" for name, place in places.items()}}
        if path == "/jwks":
            return {"keys": [{**RSAAlgorithm.to_jwk(_KEY.public_key(), as_dict=True), "kid": "1"}]}
        if path == "/userinfo":
            return self.facts
        if path == "/token" and form.get("code") == self.code and _challenge(form["code_verifier"]) == self.challenge:
            return {"access_token": "access", "token_type": "Bearer", "expires_in": 60, "id_token": self._token()}
        return None

    def _token(self) -> str:
        now = int(time.time())
        claims = {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 60, **self.facts}
        return jwt.encode(claims, _KEY, algorithm="RS256", headers={"kid": "1"})


def _challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


@contextmanager
def identity_provider() -> Iterator[Provider]:
    """A provider that answers on a free port of this machine until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._say({})

        def do_POST(self) -> None:
            text = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            self._say({name: values[0] for name, values in parse_qs(text).items()})

        def _say(self, form: dict[str, str]) -> None:
            said = provider.answer(urlsplit(self.path).path, form)
            body = json.dumps(said or {"error": "invalid_grant"}).encode()
            self.send_response(400 if said is None else 200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words: Any) -> None:
            """Say nothing in the middle of a test run."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider = Provider(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
