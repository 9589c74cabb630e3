"""The sample files fit the program: what they call is there, what they allow is what it needs, and the tools read them."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from app.settings import PROJECT, Settings
from app.web.serving import LAST_SECONDS

DEPLOY = PROJECT / "deploy"
VARIABLE = re.compile(r"PARALLAX_([A-Z_]+)")


def unit() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in (DEPLOY / "parallax.service").read_text("utf-8").splitlines():
        name, sign, value = line.partition("=")
        if sign and not line.startswith("#"):
            found.setdefault(name, []).append(value)
    return found


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here")
def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    program = tmp_path / "parallax"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    copy = tmp_path / "parallax.service"
    copy.write_text(
        (DEPLOY / "parallax.service").read_text("utf-8").replace("/opt/parallax/bin/parallax", str(program))
    )
    ran = subprocess.run(["systemd-analyze", "verify", str(copy)], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    graded = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=20", str(copy)], capture_output=True, check=False
    )
    assert graded.returncode == 0, graded.stdout[-200:]


def test_the_unit_lets_the_program_write_to_one_folder_and_end_by_itself() -> None:
    said = unit()
    assert said["ProtectSystem"] == ["strict"]
    assert said["NoNewPrivileges"] == ["yes"]
    [folder] = said["StateDirectory"]
    assert f"PARALLAX_DATABASE=/var/lib/{folder}/parallax.sqlite3" in said["Environment"][0]
    assert int(said["TimeoutStopSec"][0]) > LAST_SECONDS + 5
    assert said["ExecStart"] == ["/opt/parallax/bin/parallax serve --host 127.0.0.1 --port 8000"]


def test_the_container_is_nobody_s_root_and_can_write_to_its_volume_only() -> None:
    service = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))["services"]["parallax"]
    image = (PROJECT / "Dockerfile").read_text("utf-8")
    [user] = re.findall(r"useradd .*--uid (\d+)", image)
    assert service["user"] == f"{user}:{user}"
    assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"])
    assert "no-new-privileges:true" in service["security_opt"]
    [volume] = service["volumes"]
    assert f"PARALLAX_DATABASE={volume.partition(':')[2]}/" in image
    assert all(port.startswith("127.0.0.1:") for port in service["ports"])
    assert (DEPLOY / service["build"] / "Dockerfile").samefile(PROJECT / "Dockerfile")


def test_several_servers_behind_one_database_are_kept_as_tightly() -> None:
    services = yaml.safe_load((DEPLOY / "compose.postgres.yaml").read_text("utf-8"))["services"]
    one, many = (
        yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))["services"]["parallax"],
        services["parallax"],
    )
    for kept in ("user", "read_only", "cap_drop", "security_opt", "pids_limit"):
        assert many[kept] == one[kept]
    assert many["environment"] == services["upgrade"]["environment"]
    address = re.sub(r"\$\{.*?\}", "secret", many["environment"]["PARALLAX_DATABASE_URL"])
    assert str(Settings(_env_file=None, database_url=address).place) == "postgresql://parallax@database/parallax"
    assert "ports" not in services["database"], "nobody outside talks to it"


def test_litestream_copies_the_database_of_the_unit() -> None:
    recipe = yaml.safe_load((DEPLOY / "litestream.yml").read_text("utf-8"))
    assert f"PARALLAX_DATABASE={recipe['dbs'][0]['path']}" in unit()["Environment"][0]


def test_the_site_takes_as_large_a_body_as_the_program() -> None:
    [megabytes] = re.findall(r"client_max_body_size (\d+)m;", (DEPLOY / "nginx.conf").read_text("utf-8"))
    assert (
        Settings(_env_file=None).max_body_bytes
        <= int(megabytes) * 1024**2
        < 1.1 * Settings(_env_file=None).max_body_bytes
    )


@pytest.mark.parametrize(
    "name", ["parallax.service", "nginx.conf", "compose.yaml", "compose.postgres.yaml", "litestream.yml"]
)
def test_every_setting_that_is_named_there_is_one(name: str) -> None:
    named = set(VARIABLE.findall((DEPLOY / name).read_text("utf-8")))
    assert {n.lower() for n in named} <= Settings.model_fields.keys()
