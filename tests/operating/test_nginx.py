"""The sample configuration in front of the application, by Debian's nginx: TLS, headers, the limit of a body, a stream."""

from __future__ import annotations

import json
import re
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import uvicorn
from ports import free_port

from app.pipeline import HERE
from app.settings import PROJECT, Settings
from app.store import upgrade
from app.web.app import create_app

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
NAME = "parallax.example.org"
MAIN = """
daemon off; worker_processes 1; pid {place}/pid; error_log {place}/error.log;
events {{ worker_connections 64; }}
http {{
    access_log off; client_body_temp_path {place}/body; proxy_temp_path {place}/proxy; fastcgi_temp_path {place}/f;
    uwsgi_temp_path {place}/u; scgi_temp_path {place}/s;
    include {place}/site.conf;
}}
"""
pytestmark = pytest.mark.skipif(NGINX is None or shutil.which("openssl") is None, reason="there is no nginx here")


class Echo:
    """What arrives under /echo is told; all else goes to the application."""

    def __init__(self, app) -> None:
        self.app = app

    async def __call__(self, scope, receive, send) -> None:
        if scope["type"] != "http" or scope["path"] != "/echo":
            await self.app(scope, receive, send)
            return
        told = json.dumps({k.decode(): v.decode() for k, v in scope["headers"]}).encode()
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": told})


@dataclass
class Site:
    plain: int
    secure: int
    app: object
    trusted: ssl.SSLContext

    def client(self, port: int, scheme: str) -> httpx.Client:
        """One that finds the name at this port."""
        transport = httpx.HTTPTransport(verify=self.trusted)

        class Here(httpx.BaseTransport):
            def handle_request(self, request: httpx.Request) -> httpx.Response:
                request.extensions["sni_hostname"] = NAME
                request.url = request.url.copy_with(host="127.0.0.1", port=port)
                return transport.handle_request(request)

            def close(self) -> None:
                transport.close()

        return httpx.Client(transport=Here(), base_url=f"{scheme}://{NAME}", timeout=20)


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Iterator[Site]:
    place = tmp_path_factory.mktemp("nginx")
    database = place / "kept.sqlite3"
    upgrade(database)
    settings = Settings(_env_file=None, database=database, allowed_hosts=[NAME], metrics=True)
    app = create_app(settings, bound="127.0.0.1", hands=HERE)
    behind, plain, secure = free_port(), free_port(), free_port()
    server = uvicorn.Server(uvicorn.Config(Echo(app), port=behind, log_config=None, timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    certificate(place)
    write_site(place, behind, plain, secure)
    (place / "main.conf").write_text(MAIN.format(place=place))
    nginx = subprocess.Popen([NGINX, "-p", str(place), "-c", "main.conf"], stderr=subprocess.PIPE)
    try:
        until_open(plain, nginx)
        until_open(behind, nginx)
        yield Site(plain, secure, app, ssl.create_default_context(cafile=str(place / "fullchain.pem")))
    finally:
        nginx.terminate()
        nginx.communicate(timeout=10)
        server.should_exit = True
        thread.join(10)


def certificate(place: Path) -> None:
    said = f"openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN={NAME} -addext subjectAltName=DNS:{NAME}"
    made = [*said.split(), "-keyout", str(place / "privkey.pem"), "-out", str(place / "fullchain.pem")]
    subprocess.run(made, check=True, capture_output=True)


def write_site(place: Path, behind: int, plain: int, secure: int) -> None:
    """The sample as it is, but for its ports and where the certificate lies."""
    sample = (PROJECT / "deploy" / "nginx.conf").read_text("utf-8")
    for was, now in (
        (r"listen \[::\].*\n", "\n"),
        (r"listen 80;", f"listen 127.0.0.1:{plain};"),
        (r"listen 443 ", f"listen 127.0.0.1:{secure} "),
        (r"127\.0\.0\.1:8000", f"127.0.0.1:{behind}"),
        (r"/etc/ssl/parallax/", f"{place}/"),
    ):
        sample, number = re.subn(was, now, sample)
        assert number, was
    (place / "site.conf").write_text(sample)


def until_open(port: int, nginx: subprocess.Popen[bytes]) -> None:
    ends = time.monotonic() + 30
    while True:
        assert nginx.poll() is None, nginx.stderr.read()
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except OSError:
            assert time.monotonic() < ends, "it never listened"
            time.sleep(0.05)
        else:
            return


@pytest.fixture
def secure(site) -> Iterator[httpx.Client]:
    with site.client(site.secure, "https") as client:
        yield client


def test_without_tls_one_is_sent_to_where_it_is(site):
    with site.client(site.plain, "http") as client:
        answer = client.get("/stories/a?b=c")
    assert (answer.status_code, answer.headers["location"]) == (301, f"https://{NAME}/stories/a?b=c")


def test_pages_come_with_their_headers(secure):
    answer = secure.get("/")
    assert answer.status_code == 200
    assert "max-age" in answer.headers["strict-transport-security"]
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert "/" not in answer.headers["server"], "no version is told"


def test_nothing_that_a_client_makes_up_arrives(secure):
    forged = {
        "x-forwarded-for": "127.0.0.1",
        "x-forwarded-host": "evil.example",
        "forwarded": "for=127.0.0.1",
        "x-request-id": "made-up-by-a-client",
        "x-remote-user": "admin",
    }
    told = secure.get("/echo", headers=forged).json()
    assert told["x-forwarded-for"] == "127.0.0.1", "who came, who is on this machine here"
    assert told["x-forwarded-proto"] == "https"
    assert told["host"] == NAME
    assert not {"x-forwarded-host", "forwarded", "x-remote-user"} & told.keys()
    assert re.fullmatch("[0-9a-f]{32}", told["x-request-id"])


def test_an_error_has_one_id_from_door_to_page(secure):
    answer = secure.get("/nowhere")
    assert answer.status_code == 404
    assert re.fullmatch("[0-9a-f]{32}", answer.headers["x-request-id"])
    assert answer.headers["x-request-id"] in answer.text


def test_a_body_that_is_too_large_is_refused_at_the_door(secure):
    answer = secure.post("/api/v1/articles", content=b"x" * (12 * 1024 * 1024 + 1))
    assert answer.status_code == 413


def test_nobody_writes_through_it_unless_it_is_allowed(secure):
    answer = secure.post("/api/v1/articles", json={"text": "The council met."})
    assert answer.status_code == 403


@pytest.mark.parametrize("path", ["/metrics", "/readyz"])
def test_what_is_for_the_house_stays_in_it(secure, path):
    assert secure.get(path).status_code == 404


def test_how_far_an_import_is_comes_while_it_is_under_way(site, secure):
    go = threading.Event()
    job = site.app.state.jobs.start("one thing", lambda job: go.wait(20))
    try:
        with secure.stream("GET", f"/imports/{job.id}/events") as stream:
            assert stream.status_code == 200
            first = next(line for line in stream.iter_lines() if line.startswith("data:"))
            assert '"running"' in first or '"waiting"' in first
    finally:
        go.set()
