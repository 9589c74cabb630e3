"""A small issuer on loopback, over real HTTP, and what a browser does at it and at Parallax."""

from __future__ import annotations

import json
import re
import threading
import time
from base64 import b64decode, urlsafe_b64encode
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from urllib.parse import parse_qs, parse_qsl, unquote_plus, urlsplit

from joserfc import jws
from joserfc.jwk import RSAKey

NAME, SECRET = "parallax at home", "s3cret/+ with signs"
HERE = "http://127.0.0.1:8000"


class Keys(dict[str, RSAKey]):
    """Each is made when a test first asks for it: that takes a while."""

    def __missing__(self, kid: str) -> RSAKey:
        return self.setdefault(kid, RSAKey.generate_key(2048, {"kid": kid, "use": "sig"}))


def signed(header, claims, key) -> str:
    return jws.serialize_compact(header, json.dumps(claims), key, algorithms=[header["alg"]])


KEYS = Keys()


class FakeIssuer:
    """What it says and does; a test changes a part of it."""

    def __init__(self) -> None:
        self.codes: dict[str, dict] = {}
        self.count = count()
        self.claims = {"sub": "u-17", "email": "ann@example.org", "email_verified": True, "preferred_username": "Ann"}
        self.signs, self.published, self.header = KEYS["one"], [KEYS["one"]], {}
        self.token = None  # of its own making: (header, claims) -> text
        self.asked: list[str] = []
        self.raw: dict[str, object] = {}  # path -> a function of the handler, in place of the answer
        self.document: dict[str, object] = {}
        issuer = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_):
                pass

            def do_GET(self):
                issuer.answer(self, None)

            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"])).decode()
                issuer.answer(self, dict(parse_qsl(body)))

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True)
        self.thread.start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/realm"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def answer(self, handler, form) -> None:
        path = urlsplit(handler.path).path
        self.asked.append(path)
        if path in self.raw:
            self.raw[path](handler)
            return
        if path == "/realm/.well-known/openid-configuration":
            names = {"authorization_endpoint": "/authorize", "token_endpoint": "/token", "jwks_uri": "/keys"}
            told = {"issuer": self.url, **{n: self.url + p for n, p in names.items()}, **self.document}
        elif path == "/realm/keys":
            told = {"keys": [{"kty": "AKP", "kid": "x"}, *(k.as_dict(private=False) for k in self.published)]}
        elif path == "/realm/token":
            told = self.exchange(handler.headers.get("authorization", ""), form)
        else:
            told = None
        status = 404 if told is None else 400 if "error" in told else 200
        self.send(handler, json.dumps(told or {}).encode(), status)

    @staticmethod
    def send(handler, body: bytes, status: int = 200) -> None:
        handler.send_response(status)
        handler.send_header("content-type", "application/json")
        handler.send_header("content-length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    def sign_in(self, address: str) -> dict[str, str]:
        """What a person does there: the parameters that the browser comes back with."""
        asked = {k: v[0] for k, v in parse_qs(urlsplit(address).query).items()}
        code = f"code-{next(self.count)}"
        self.codes[code] = asked
        return {"code": code, "state": asked["state"], "session_state": "of no interest"}

    def exchange(self, authorization: str, form: dict) -> dict:
        asked = self.codes.pop(form.get("code"), None)
        if "basic" in str(self.document.get("token_endpoint_auth_methods_supported", "basic")):
            who = [unquote_plus(p) for p in b64decode(authorization.removeprefix("Basic ")).decode().split(":")]
        else:
            who = [form.get("client_id"), form.get("client_secret")]
        made = urlsafe_b64encode(sha256(form["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        if asked is None or who != [NAME, SECRET] or form["redirect_uri"] != asked["redirect_uri"]:
            return {"error": "invalid_grant"}
        if (asked["code_challenge"], asked["code_challenge_method"]) != (made, "S256"):
            return {"error": "invalid_grant"}
        now = int(time.time())
        claims = {"iss": self.url, "aud": NAME, "exp": now + 300, "iat": now, "nonce": asked["nonce"], **self.claims}
        claims = {k: v for k, v in claims.items() if v is not None}
        header = {"alg": "RS256", "kid": self.signs.kid, **self.header}
        text = self.token(header, claims) if self.token else signed(header, claims, self.signs)
        return {"access_token": "x", "token_type": "Bearer", "id_token": text}


class Browser:
    """A Parallax with such an issuer, and what a browser does there."""

    def __init__(self, issuer, store, serving, **settings):
        given = {"oidc_issuer": issuer.url, "oidc_client_id": NAME, "oidc_client_secret": SECRET, **settings}
        self.issuer, self.store = issuer, store
        self.client = serving(store, peer="192.0.2.7", **given)

    def get(self, path: str, cookie: str = "", **params: str):
        answer = self.client.get(path, params=params, headers={"cookie": cookie} if cookie else {})
        self.client.inner.cookies.clear()
        return answer

    def begin(self, back: str = "") -> tuple[str, str]:
        """The address at the issuer, and the cookie."""
        answer = self.get("/sign-in/oidc", back=back)
        assert answer.status_code == 303, answer.text
        return answer.headers["location"], answer.headers["set-cookie"].partition(";")[0]

    def sign_in(self, back: str = "", **changed: str):
        address, cookie = self.begin(back)
        return self.get("/sign-in/oidc/back", cookie, **{**self.issuer.sign_in(address), **changed})

    def named(self, answer) -> str | None:
        """As whom one goes on after this answer."""
        cookies = [c for c in answer.headers.get_list("set-cookie") if c.startswith("parallax=")]
        if not cookies:
            return None
        page = self.get("/", cookies[0].partition(";")[0]).text
        found = re.search(r'class="me"[^>]*><span class="vh">[^<]*</span>([^<]*)', page)
        return found[1] if found else None


def refused(answer, status: int = 401) -> str:
    """A page that says so, with nothing of a session on it; gives its sentence."""
    assert answer.status_code == status, answer.text
    assert not [c for c in answer.headers.get_list("set-cookie") if c.startswith("parallax=") and "Max-Age=0" not in c]
    assert answer.headers["x-request-id"] in answer.text
    assert answer.headers["cache-control"] == "no-store"
    return re.search(r'role="alert"><p>(.*?)</p>', answer.text)[1]
