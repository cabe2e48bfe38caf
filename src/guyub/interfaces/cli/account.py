"""`guyub account`: let the first person in, create an organisation, add people, give new passwords.

Everything but the founding is a deed of somebody who may do it, named with --as.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from guyub.interfaces.cli.installation import (
    actor_named,
    open_installation,
    plain_faults,
    prepare_tables,
)
from guyub.interfaces.cli.main import Fault

_EXAMPLE = """\
Example:
  guyub account first --username tini --name "Tini Lestari"
  guyub account found --organisation "Yayasan Guyub" --username tini --name "Tini Lestari"
  guyub account community --as tini --community yayasan-guyub --name Sukamaju --kind desa
  guyub account add --as tini --community sukamaju --username sari --name Sari --role coordinator
  guyub account list --as tini --community sukamaju
  guyub account password --as tini --community sukamaju --username sari
  guyub account close --as tini --community sukamaju --username sari

`first` is enough for a new installation: whoever logs in with it sets up the organisation in
the browser. First passwords are made here and shown once.
"""

_ROLES = ("member", "viewer", "field_worker", "organizer", "coordinator", "owner")
_KINDS = ("network", "desa", "dusun", "rw", "rt", "neighbourhood", "building", "workplace")


def run(words: Sequence[str]) -> int:
    """Run the command."""
    options = _parser().parse_args(words)
    open_installation(options.data)
    tasks = {
        "first": _first,
        "found": _found,
        "community": _community,
        "add": _add,
        "list": _list,
        "password": _password,
        "close": _close,
    }
    with plain_faults():
        tasks[options.task](options)
    return 0


def _first(options: argparse.Namespace) -> None:
    from guyub.core.first_password import first_password
    from guyub.core.founding import open_first_account

    prepare_tables()
    password = first_password()
    account = open_first_account(username=options.username, name=options.name, password=password)
    print("Log in with it, and set up your organisation in the browser.")
    _show(account.username, password)


def _found(options: argparse.Namespace) -> None:
    from guyub.core.first_password import first_password
    from guyub.core.founding import found_workspace
    from guyub.core.models import Account
    from guyub.core.queries import homes

    prepare_tables()
    if Account.objects.filter(username=options.username.lower()).exists():
        raise Fault(f"somebody is called {options.username} already; nothing was founded.")
    password = first_password()
    owner = found_workspace(
        options.organisation, username=options.username, owner=options.name, password=password
    )
    (root,) = homes(owner)
    print(f"Created {options.organisation}; its address is {root.slug}.")
    _show(owner.username, password)


def _community(options: argparse.Namespace) -> None:
    data = {"name": options.name, "kind": options.kind}
    founded = _do(options, "core.found_community", data)
    print(f"Created {options.name}; its address is {founded['slug']}.")


def _add(options: argparse.Namespace) -> None:
    from guyub.core.first_password import first_password

    password = first_password()
    data = {
        "username": options.username,
        "name": options.name or options.username,
        "password": password,
        "role": options.role,
    }
    _do(options, "core.open_account", data)
    _show(options.username.lower(), password)


def _list(options: argparse.Namespace) -> None:
    from guyub.core.queries import members

    for row in members(actor_named(options.who, options.community)):
        print(f"{row.username:<24} {row.role.value:<14} {row.name}")


def _password(options: argparse.Namespace) -> None:
    from guyub.core.first_password import first_password

    password = first_password()
    data = {"account": _account(options), "password": password}
    _do(options, "core.set_password", data)
    _show(options.username.lower(), password)


def _close(options: argparse.Namespace) -> None:
    _do(options, "core.close_account", {"account": _account(options)})
    print(f"{options.username} can no longer log in. What they noted stays, under their name.")


def _account(options: argparse.Namespace) -> object:
    from guyub.core.models import Account

    found = Account.objects.filter(username=options.username.lower()).first()
    if found is None:
        raise Fault(f"there is no account called {options.username!r}.")
    return found.pk


def _do(options: argparse.Namespace, action: str, data: dict[str, object]) -> dict[str, str]:
    from guyub.core.action import Deed, perform

    actor = actor_named(options.who, options.community)
    (receipt,) = perform(actor, [Deed(action=action, data=data)])
    return receipt.result or {}


def _show(username: str, password: str) -> None:
    print(f"  log-in name  {username}\n  password     {password}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="guyub account",
        description="Organisations, communities and the accounts of those who work there.",
        epilog=_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--data", default="", metavar="FOLDER", help="folder of the installation")
    tasks = parser.add_subparsers(dest="task", required=True, metavar="task")
    first = tasks.add_parser("first", help="let the first person in, who sets up the organisation")
    first.add_argument("--username", required=True)
    first.add_argument("--name", required=True)
    found = tasks.add_parser("found", help="found an organisation with its first owner")
    found.add_argument("--organisation", required=True)
    found.add_argument("--username", required=True)
    found.add_argument("--name", required=True)
    inside = argparse.ArgumentParser(add_help=False)
    inside.add_argument("--as", dest="who", required=True, metavar="USER", help="who does it")
    inside.add_argument("--community", required=True, help="the community's address")
    community = tasks.add_parser("community", parents=[inside], help="found a community inside one")
    community.add_argument("--name", required=True)
    community.add_argument("--kind", required=True, choices=_KINDS)
    tasks.add_parser("list", parents=[inside], help="who works there, with which role")
    for task, said in (
        ("add", "let somebody in"),
        ("password", "give a new password"),
        ("close", "close an account"),
    ):
        one = tasks.add_parser(task, parents=[inside], help=said)
        one.add_argument("--username", required=True)
        if task == "add":
            one.add_argument("--name", default="")
            one.add_argument("--role", required=True, choices=_ROLES)
    return parser
