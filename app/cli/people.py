"""People and their tokens: `reviewer add`, `list`, `role`, `end`, and `reviewer token`.

They need nobody's leave: whoever can read the database file can do anything with it. A token is printed once, alone on stdout.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.keeping import opened
from app.cli.output import console, json_line, say
from app.roles import Role, Scope
from app.settings import get_settings

if TYPE_CHECKING:
    from app.store.views import PersonView, TokenView

__all__ = ["add_to"]

reviewer = typer.Typer(
    help="Who may write under their own name: reviewers, their roles and their tokens.", no_args_is_help=True
)
token = typer.Typer(help="Tokens: the passwords of reviewers and of their programs.", no_args_is_help=True)
reviewer.add_typer(token, name="token")

Name = Annotated[str, typer.Argument(help="The reviewer's name.")]
TokenName = Annotated[str, typer.Option("--name", help="Which token: its name, or its prefix where two have one name.")]
AsJson = Annotated[bool, typer.Option("--json", help="As JSON.")]


def add_to(app: typer.Typer) -> None:
    app.add_typer(reviewer, name="reviewer")


@reviewer.command(epilog="Example: parallax reviewer add 'Ann Lee' --role editor")
def add(
    name: Annotated[str, typer.Argument(help="As it stands beside what they write.")],
    role: Annotated[Role, typer.Option(help="What they may: each role all that the one before may.")],
    as_json: AsJson = False,
) -> None:
    """Add a reviewer and print their first token, once. The first one ends writing without a name on this database."""
    with opened(make=True) as store:
        first = not store.people.has_people()
        person, text = store.people.add_person(name, role, by=get_settings().reviewer)
    if as_json:
        json_line({"name": person.name, "role": person.role.value, "token": text})
    else:
        typer.echo(text)
    say(f"{person.name} is {_article(person.role)} now; the token above is shown this once")
    if first:
        say("from now on nobody writes over HTTP without signing in, on this machine either")


@reviewer.command("list")
def list_(as_json: AsJson = False) -> None:
    """List reviewers with their roles and the names of their tokens, those who have left last."""
    with opened() as store:
        found = store.people.everybody()
    if as_json:
        for person in found:
            json_line(_person_json(person))
        return
    from rich.table import Table

    table = Table("name", "role", "tokens", "added", "left", box=None)
    for p in found:
        names = ", ".join(t.name for t in p.tokens)
        table.add_row(p.name, p.role.value, names, _day(p.at), _day(p.ended_at))
    console.print(table)


@reviewer.command()
def role(name: Name, role: Annotated[Role, typer.Argument(help="The new role.")]) -> None:
    """Give a reviewer another role, from the next request on."""
    with opened() as store:
        person = store.people.person_named(name)
        store.people.give_role(person.id, role, by=get_settings().reviewer, keep_admin=False)
    say(f"{person.name} is {_article(role)} now")


@reviewer.command()
def end(name: Name) -> None:
    """End a reviewer, for good: tokens and sessions end, what they wrote stays under their name, the name is not given again."""
    with opened() as store:
        person = store.people.person_named(name)
        store.people.end_person(person.id, by=get_settings().reviewer, keep_admin=False)
    say(f"{person.name} cannot sign in any more")


@token.command("add", epilog="Example: parallax reviewer token add 'Ann Lee' --name laptop --scope add")
def add_token(
    person: Name,
    name: Annotated[str, typer.Option(help="What it is for: laptop, feed script.")],
    scope: Annotated[Scope, typer.Option(help="How much of the role it lends.")] = Scope.REVIEW,
    as_json: AsJson = False,
) -> None:
    """Make a token for a reviewer and print it, once."""
    with opened() as store:
        made, text = store.people.make_token(
            store.people.person_named(person).id, name, scope, by=get_settings().reviewer
        )
    _show(made, text, as_json=as_json)


@token.command("list")
def list_tokens(
    person: Annotated[str | None, typer.Argument(help="Only of this reviewer.")] = None, as_json: AsJson = False
) -> None:
    """List tokens: whose, what for, how much they lend, when they were last used. Never the tokens themselves."""
    with opened() as store:
        found = [store.people.person_named(person)] if person else store.people.everybody()
    tokens = [t for p in found for t in p.tokens]
    if as_json:
        for t in tokens:
            json_line(_token_json(t))
        return
    from rich.table import Table

    table = Table("reviewer", "token", "prefix", "scope", "made", "last used", box=None)
    for t in tokens:
        table.add_row(t.person, t.name, t.prefix, t.scope.value, _day(t.at), _day(t.last_used))
    console.print(table)


@token.command("rotate")
def rotate(person: Name, name: TokenName, as_json: AsJson = False) -> None:
    """Put another secret in a token's place and print it, once. The old one is out at once, with whoever signed in by it."""
    with opened() as store:
        wanted = _named(store.people.person_named(person), name)
        made, text = store.people.rotate_token(wanted.id, by=get_settings().reviewer)
    _show(made, text, as_json=as_json)


@token.command("revoke")
def revoke(person: Name, name: TokenName) -> None:
    """End a token. It is out at once, with whoever signed in by it."""
    with opened() as store:
        wanted = _named(store.people.person_named(person), name)
        store.people.revoke_token(wanted.id, by=get_settings().reviewer)
    say(f"the token {wanted.name!r} of {wanted.person} is revoked")


def _named(person: PersonView, name: str) -> TokenView:
    """Raises `NotFound` for none of that name, `BadInput` for several."""
    from app.errors import BadInput, NotFound

    found = [t for t in person.tokens if name == t.prefix] or [t for t in person.tokens if name == t.name]
    if not found:
        raise NotFound(f"{person.name} has no token {name!r}.", mend="`parallax reviewer token list` names them.")
    if len(found) > 1:
        raise BadInput(f"{person.name} has several tokens {name!r}.", mend="Give its prefix instead.")
    return found[0]


def _show(made: TokenView, text: str, *, as_json: bool) -> None:
    if as_json:
        json_line({**_token_json(made), "token": text})
    else:
        typer.echo(text)
    say(f"the token {made.name!r} of {made.person}, shown this once; it lends {made.scope.value}")


def _article(role: Role) -> str:
    return f"{'an' if role.value[0] in 'ae' else 'a'} {role.value}"


def _day(at: datetime | None) -> str:
    return at.strftime("%Y-%m-%d %H:%M") if at else ""


def _person_json(person: PersonView) -> dict[str, Any]:
    return {
        "name": person.name,
        "role": person.role.value,
        "by": person.by,
        "at": person.at.isoformat(),
        "ended_at": person.ended_at.isoformat() if person.ended_at else None,
        "tokens": [_token_json(t) for t in person.tokens],
    }


def _token_json(token: TokenView) -> dict[str, Any]:
    return {
        "reviewer": token.person,
        "name": token.name,
        "prefix": token.prefix,
        "scope": token.scope.value,
        "at": token.at.isoformat(),
        "last_used": token.last_used.isoformat() if token.last_used else None,
    }
