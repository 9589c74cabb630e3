"""Who may do what: one table for pages, API and commands. Nothing is allowed that does not stand here.

A person has a role, a token has a scope; an act needs both. A route is named by method and path as the application writes it;
one that changes something (any method but GET and HEAD) and does not stand here is refused to everybody, one that only reads
needs what `READ` needs. `app/web/doors.py` asks the table of every request, before anything is read of its body.

The local user is whoever asks from this very machine while nobody has been made a reviewer: see `app/web/who.py`. A command
needs nobody's leave: whoever can read the database file can do anything with it. It writes in the name of `PARALLAX_REVIEWER`;
the table says what kind of act it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["LOCAL", "TABLE", "Act", "Right", "Role", "Scope", "allows", "role_needed"]


class Role(StrEnum):
    """What a person is here; each may all that the one before may."""

    READER = "reader"
    REVIEWER = "reviewer"
    EDITOR = "editor"
    ADMIN = "admin"


class Scope(StrEnum):
    """How much of its person's role a token lends; each all that the one before lends."""

    READ = "read"
    ADD = "add"
    REVIEW = "review"


class Act(StrEnum):
    OPEN = "open"
    READ = "read"
    ACCOUNT = "account"
    MARK = "mark"
    ADD = "add"
    REVIEW = "review"
    CORRECT = "correct"
    WATCH = "watch"
    CONNECT = "connect"
    AUDIT = "audit"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Right:
    """`role`: the least that may, None for anybody. `scope`: the least that a token must lend. `changes`: it changes what is kept
    of stories, so `PARALLAX_WRITABLE=false` switches it off. `read` is open to anybody too, unless `PARALLAX_READING=signed-in`.
    """

    role: Role | None
    scope: Scope
    say: str
    changes: bool = False
    routes: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()


TABLE: Mapping[Act, Right] = {
    Act.OPEN: Right(
        None,
        Scope.READ,
        "sign in and out, and see that the server runs",
        routes=(
            "GET /healthz",
            "GET /readyz",
            "GET /static/{path:path}",
            "GET /sign-in",
            "POST /sign-in",
            "GET /sign-in/oidc",
            "GET /sign-in/oidc/back",
            "POST /sign-out",
        ),
    ),
    Act.READ: Right(
        Role.READER,
        Scope.READ,
        "read pages, search, exports, feeds and the API",
        commands=(
            "check",
            "cite",
            "compare",
            "conflicts",
            "db check",
            "evaluate",
            "export",
            "extract",
            "group",
            "lexicon check",
            "mcp",
            "pairs",
            "search",
            "searches list",
            "stories",
            "watch list",
            "watch rules",
        ),
    ),
    Act.ACCOUNT: Right(
        Role.READER,
        Scope.READ,
        "see one's own account and saved searches; make, rotate and revoke one's own tokens, none wider than the one signed in with",
        routes=(
            "GET /account",
            "GET /searches",
            "GET /searches/{search_id}",
            "GET /api/v1/searches",
            "GET /api/v1/searches/{search_id}",
            "POST /account/tokens",
            "POST /account/tokens/{token_id}/rotate",
            "POST /account/tokens/{token_id}/revoke",
        ),
    ),
    Act.MARK: Right(
        Role.READER,
        Scope.REVIEW,
        "mark the rows of a class whose code one was given, and lead one whose key one was given",
        changes=True,
        routes=(
            "POST /classes/{code}/marks",
            "POST /classes/{code}/desk",
            "POST /classes/{code}/reveal",
            "POST /classes/{code}/hide",
            "POST /classes/{code}/rows",
            "POST /classes/{code}/end",
        ),
    ),
    Act.ADD: Right(
        Role.REVIEWER,
        Scope.ADD,
        "add articles, and have pages fetched and read",
        changes=True,
        routes=(
            "POST /articles",
            "POST /articles/preview",
            "POST /imports",
            "POST /examples",
            "POST /api/v1/articles",
            "POST /api/v1/articles/preview",
        ),
        commands=("import", "example", "reread"),
    ),
    Act.REVIEW: Right(
        Role.REVIEWER,
        Scope.REVIEW,
        "flag, decide and undo, assign and comment, name actors, freeze comparisons, hold classes, save searches",
        changes=True,
        routes=(
            "POST /alignments/{alignment_id}/flags",
            "POST /flags/{flag_id}",
            "POST /alignments/{alignment_id}/decisions",
            "POST /alignments/{alignment_id}/alike",
            "POST /decisions/{decision_id}",
            "POST /alignments/{alignment_id}/work",
            "POST /alignments/{alignment_id}/comments",
            "POST /actors/{key}/names",
            "POST /aliases/{alias_id}",
            "POST /stories/{slug}/snapshots",
            "POST /stories/{slug}/classes",
            "POST /searches",
            "POST /searches/{search_id}",
            "POST /api/v1/searches",
            "PATCH /api/v1/searches/{search_id}",
            "DELETE /api/v1/searches/{search_id}",
            "POST /api/v1/alignments/{alignment_id}/flags",
            "PATCH /api/v1/flags/{flag_id}",
            "DELETE /api/v1/flags/{flag_id}",
            "POST /api/v1/alignments/{alignment_id}/decisions",
            "POST /api/v1/alignments/{alignment_id}/alike",
            "DELETE /api/v1/decisions/{decision_id}",
            "POST /api/v1/decisions/{decision_id}/agreements",
            "PUT /api/v1/alignments/{alignment_id}/work",
            "POST /api/v1/alignments/{alignment_id}/comments",
            "POST /api/v1/actors/{key}/aliases",
            "DELETE /api/v1/aliases/{alias_id}",
            "POST /api/v1/stories/{slug}/snapshots",
        ),
        commands=("decide", "snapshot", "fit", "searches save", "searches show", "searches rename", "searches remove"),
    ),
    Act.CORRECT: Right(
        Role.EDITOR,
        Scope.REVIEW,
        "correct articles, stories and claims, delete and restore them",
        changes=True,
        routes=(
            "POST /articles/{article_id}/correct",
            "POST /articles/{article_id}/move",
            "POST /articles/{article_id}/delete",
            "POST /articles/{article_id}/reread",
            "POST /stories/{slug}/title",
            "POST /stories/{slug}/merge",
            "POST /stories/{slug}/split",
            "POST /stories/{slug}/delete",
            "POST /claims/{claim_id}/correct",
            "POST /claims/{claim_id}/aside",
            "POST /corrections/{correction_id}",
            "PATCH /api/v1/articles/{article_id}",
            "DELETE /api/v1/articles/{article_id}",
            "POST /api/v1/articles/{article_id}/readings",
            "PATCH /api/v1/stories/{slug}",
            "DELETE /api/v1/stories/{slug}",
            "POST /api/v1/stories/{slug}/merge",
            "POST /api/v1/stories/{slug}/split",
            "PATCH /api/v1/claims/{claim_id}",
            "DELETE /api/v1/corrections/{correction_id}",
        ),
        commands=("correct article", "correct story", "correct claim", "correct undo", "correct list"),
    ),
    Act.WATCH: Right(
        Role.EDITOR,
        Scope.REVIEW,
        "say which feeds and pages are read on a schedule",
        changes=True,
        routes=(
            "POST /sources",
            "POST /sources/{source_id}/end",
            "POST /sources/{source_id}/read",
            "POST /api/v1/sources",
            "DELETE /api/v1/sources/{source_id}",
        ),
        commands=("watch add", "watch remove", "watch run"),
    ),
    Act.CONNECT: Right(
        Role.ADMIN,
        Scope.REVIEW,
        "have other programs told what happens, and see what they were told",
        routes=(
            "GET /webhooks",
            "POST /webhooks",
            "GET /webhooks/{webhook_id}",
            "POST /webhooks/{webhook_id}",
            "POST /deliveries/{delivery_id}",
            "GET /api/v1/webhooks",
            "POST /api/v1/webhooks",
            "POST /api/v1/webhooks/{webhook_id}/secret",
            "POST /api/v1/webhooks/{webhook_id}/tests",
            "DELETE /api/v1/webhooks/{webhook_id}",
            "GET /api/v1/webhooks/{webhook_id}/deliveries",
            "POST /api/v1/deliveries/{delivery_id}/attempts",
        ),
        commands=tuple(f"webhooks {w}" for w in ("add", "list", "log", "test", "again", "rotate", "end", "send")),
    ),
    Act.AUDIT: Right(
        Role.ADMIN,
        Scope.REVIEW,
        "see who changed what",
        routes=("GET /audit", "GET /audit.csv", "GET /audit.jsonl"),
        commands=("audit",),
    ),
    Act.ADMIN: Right(
        Role.ADMIN,
        Scope.REVIEW,
        "add and end people, give roles, make and revoke their tokens; delete what is old",
        routes=(
            "GET /api/v1/prunings",
            "POST /api/v1/prunings",
            "GET /prunings",
            "POST /prunings",
            "GET /people",
            "POST /people",
            "POST /people/{person_id}/role",
            "POST /people/{person_id}/end",
            "POST /people/{person_id}/tokens",
            "POST /people/tokens/{token_id}/revoke",
        ),
        commands=(
            "backup",
            "restore",
            "copy",
            "prune",
            "vacuum",
            "db upgrade",
            "serve",
            "reviewer add",
            "reviewer list",
            "reviewer role",
            "reviewer end",
            "reviewer token add",
            "reviewer token list",
            "reviewer token rotate",
            "reviewer token revoke",
        ),
    ),
}

LOCAL = frozenset(Act) - {Act.ADMIN}
"""What the local user may: all but the accounts of people, which the machine's commands make."""

_ROLES, _SCOPES = tuple(Role), tuple(Scope)


def allows(act: Act, role: Role | None, scope: Scope = Scope.REVIEW) -> bool:
    """Whether somebody of this role, by a token of this scope, may; `role` None is nobody."""
    right = TABLE[act]
    if right.role is None:
        return True
    return (
        role is not None
        and _ROLES.index(role) >= _ROLES.index(right.role)
        and _SCOPES.index(scope) >= _SCOPES.index(right.scope)
    )


def role_needed(act: Act) -> str:
    """What an act needs, in one sentence for the API's description and for whoever is refused."""
    right = TABLE[act]
    if right.role is None:
        return "Open to anybody."
    above = "" if right.role is Role.ADMIN else " or more"
    return f"Needs the role {right.role.value}{above} and a token of scope {right.scope.value}."
