"""Settings, from the environment and `.env`, all prefixed `PARALLAX_`. README lists them for people."""

from __future__ import annotations

import re
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, HttpUrl, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from app.errors import BadInput
from app.places import Address, Place
from app.roles import Role

__all__ = ["PROJECT", "Settings", "get_settings"]

_APP = Path(__file__).resolve().parent
PROJECT = _APP / "files" if (_APP / "files").is_dir() else _APP.parent
"""The folder that holds templates/, static/ and migrations/: the project's own, or what an installed wheel has of it."""
_SITE = re.compile(r"https?://[^\s/?#@\\%<>\"'`;,*]+/?", re.IGNORECASE)
"""Nothing but a host and a port: pages stand at the root of their host."""


def _site_of(value: str) -> str:
    if not _SITE.fullmatch(value.strip()):
        raise ValueError("it is no http or https address of a whole site (https://parallax.example)")
    return str(HttpUrl(value.strip())).rstrip("/")


_SECRET = ("database_url", "oidc_client_secret")
"""What is not said again when it cannot be used."""


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="PARALLAX_", env_file=".env", extra="ignore")

    database: Path = Field(default=Path("var/parallax.sqlite3"), description="The SQLite file; made when missing.")
    database_url: Address | None = Field(
        default=None,
        description="A database of a PostgreSQL server (15 or newer), in place of the file: postgresql+psycopg://name:password@host/database.",
    )
    writable: bool = Field(
        default=True,
        description="false: nobody changes anything over HTTP. true: whoever app/roles.py allows it; it opens nothing by itself.",
    )
    reading: Literal["open", "signed-in"] = Field(
        default="open", description="open: anybody reads. signed-in: only who has signed in."
    )
    allowed_hosts: Annotated[list[str], NoDecode] = Field(
        default=["127.0.0.1", "localhost", "[::1]"],
        description="Host names that may be asked for, separated by commas.",
    )
    public_url: str = Field(
        default="", description="The address that others know this Parallax by; unset: the one that was asked for."
    )
    embed_sites: Annotated[list[str], NoDecode] = Field(
        default=[],
        description="Sites that may show a row in a frame, separated by commas (https://paper.example), or * for all.",
    )
    language_model: str = Field(default="auto", description="auto, rules, or the name of an installed spaCy model.")
    encoder: str = Field(
        default="auto", pattern="^(auto|off)$", description="auto, or off: compare statements by their words alone."
    )
    relation_model: Path | None = Field(
        default=None, description="Folder of a relation model of your own: model.onnx and tokenizer.json."
    )
    weights: Path | None = Field(
        default=None,
        description="Weights of your own, written by `parallax fit --pairs`, in place of the shipped ones.",
    )
    max_body_bytes: int = Field(default=12_000_000, gt=0, description="Largest request body and largest file read.")
    fetch_timeout_seconds: float = Field(default=20.0, gt=0, description="One fetch, all redirects together.")
    watch: bool = Field(default=True, description="false: the server reads no sources; `parallax watch run` does.")
    rules: Path | None = Field(
        default=None, description="Folder of rules of your own for outlets: see app/sources/outlets/__init__.py."
    )
    fetch_private: bool = Field(default=False, description="Fetch private addresses too (an intranet).")
    reviewer: str = Field(
        default="reader",
        description="Name of the local user, and of whoever uses the commands, beside what they write.",
    )
    proxy_from: Annotated[list[IPv4Network | IPv6Network], NoDecode] = Field(
        default=[],
        description="Addresses or networks of a proxy in front: only its word is taken for who asks, and how.",
    )
    proxy_user: str | None = Field(
        default=None,
        pattern="^[A-Za-z0-9-]+$",
        description="Header in which that proxy names who signed in there; from anybody else it is ignored.",
    )
    proxy_role: Role = Field(default=Role.READER, description="Role of whoever is named so and is no reviewer here.")
    oidc_issuer: str | None = Field(default=None, description="OpenID Connect: the issuer that signs people in.")
    oidc_client_id: str | None = Field(default=None, description="What this Parallax is called there.")
    oidc_client_secret: SecretStr | None = Field(default=None, description="What it proves that by.")
    oidc_claim: Literal["email", "sub", "preferred_username"] = Field(
        default="email", description="What names a person: email (a verified one), sub or preferred_username."
    )
    oidc_role: Role | None = Field(
        default=None,
        description="Made a reviewer of this role: whoever signs in there and is none here. Unset: stays out.",
    )
    metrics: bool = Field(default=False, description="Serve /metrics for Prometheus, to whoever asks without a proxy.")
    deciders: int = Field(default=1, ge=1, le=2, description="People who must agree before a decision takes force.")
    patterns: bool = Field(default=False, description="Serve /patterns: every block in every state (development).")
    log_format: str = Field(default="console", pattern="^(console|json)$")
    log_level: str = Field(default="info", pattern="^(debug|info|warning|error)$")

    @field_validator(
        "relation_model",
        "weights",
        "rules",
        "proxy_user",
        "oidc_issuer",
        "oidc_client_id",
        "oidc_client_secret",
        "oidc_role",
        mode="before",
    )
    @classmethod
    def _unset(cls, value: object) -> object:
        return value or None

    @field_validator("public_url")
    @classmethod
    def _site(cls, value: str) -> str:
        """`https://parallax.example`: scheme, host and port, as browsers write them, without a slash at the end."""
        return _site_of(value) if value.strip() else ""

    @field_validator("embed_sites")
    @classmethod
    def _sites(cls, value: list[str]) -> list[str]:
        return ["*"] if "*" in value else [_site_of(site) for site in value]

    @field_validator("allowed_hosts", "embed_sites", "proxy_from", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return [v.strip() for v in value.split(",") if v.strip()] if isinstance(value, str) else value

    @model_validator(mode="after")
    def _whole(self) -> Self:
        """Raises `BadInput` when single sign-on is set in part."""
        given = {n: getattr(self, n) for n in ("oidc_issuer", "oidc_client_id", "oidc_client_secret")}
        missing = [f"PARALLAX_{name.upper()}" for name, value in given.items() if value is None]
        if 0 < len(missing) < len(given):
            raise BadInput(
                "single sign-on takes issuer, client id and client secret, all or none.",
                where=", ".join(missing),
                mend="README lists them.",
            )
        return self

    @field_validator("database_url", mode="before")
    @classmethod
    def _address(cls, value: object) -> object:
        if isinstance(value, str):
            return Address(value.strip()) if value.strip() else None
        return value

    @property
    def place(self) -> Place:
        """Where the store is."""
        return self.database_url or self.database

    @property
    def house(self) -> bool:
        """Whether a house's own sign-in says who somebody is: then nobody writes without a name."""
        return self.proxy_user is not None or self.oidc_issuer is not None


@lru_cache(maxsize=1)
def get_settings() -> Settings:
    """The settings of this process, read once. Raises `BadInput` naming the variable that cannot be used."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        name = "PARALLAX_" + str(first["loc"][0]).upper()
        given = "this" if first["loc"][0] in _SECRET else repr(first["input"])
        raise BadInput(
            f"{given} cannot be used: {first['msg'].removeprefix('Value error, ')}",
            where=name,
            mend="README lists them.",
        ) from None
    except UnicodeDecodeError:
        raise BadInput("it is no text", where=".env", mend="Save it as UTF-8.") from None
