"""A new installation: the first account founds the organisation in the browser, and nobody else."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management.color import no_style
from django.db import connection
from django.test import Client

from browsing import LogIn
from guyub.core import append_only
from guyub.core.errors import Refused
from guyub.core.founding import (
    FirstWorkspace,
    found_first_workspace,
    may_found,
    open_first_account,
)
from guyub.core.models import Account, Community, Membership, Workspace
from guyub.core.permissions import Role
from guyub.core.vocabulary import CommunityKind
from people import PASSWORD, Cast

FORM = {
    "name": "Yayasan Rukun",
    "first": "Karangsari",
    "kind": "desa",
    "language": "id",
    "time_zone": "Asia/Makassar",
}


@pytest.fixture
def empty(db: Any) -> None:
    """An installation in which nothing was ever noted; the stage comes back with the test's end."""
    append_only.remove(connection)
    tables = connection.introspection.django_table_names(only_existing=True)
    kept = {"django_migrations", "django_content_type"}
    for statement in connection.ops.sql_flush(
        no_style(), sorted(set(tables) - kept), allow_cascade=True
    ):
        with connection.cursor() as cursor:
            cursor.execute(statement)
    append_only.install(connection)


@pytest.fixture
def first(empty: None) -> Account:
    return open_first_account(username="Tini", name="Tini", password=PASSWORD)


def browser(account: Account) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(account)
    return client


def test_where_nobody_has_an_account_the_log_in_says_what_to_do(empty: None) -> None:
    page = Client(headers={"accept-language": "en"}).get("/log-in/").content.decode()

    assert "guyub account first --username" in page


def test_where_somebody_has_one_it_does_not(cast: Cast) -> None:
    assert "guyub account first" not in Client().get("/log-in/").content.decode()


def test_the_first_account_is_led_to_the_founding(first: Account) -> None:
    answer = browser(first).get("/", follow=True)

    assert answer.redirect_chain == [("/found/", 302)]
    assert "Where do you begin?" in answer.content.decode()


def test_the_first_account_founds_its_organisation_and_a_village(first: Account) -> None:
    client = browser(first)

    answer = client.post("/found/", FORM, follow=True)

    assert answer.redirect_chain == [("/c/karangsari/", 302)]
    root = Community.objects.get(parent=None)
    village = Community.objects.get(parent=root)
    assert (root.name, root.kind, root.time_zone) == ("Yayasan Rukun", "network", "Asia/Makassar")
    assert (village.name, village.kind, village.time_zone) == (
        "Karangsari",
        "desa",
        "Asia/Makassar",
    )
    assert Workspace.objects.get().name == "Yayasan Rukun"
    assert Membership.objects.get().role == Role.OWNER
    first.refresh_from_db()
    assert first.language == "id"
    # The log of each begins with the name of who began.
    assert client.get("/c/yayasan-rukun/log/").status_code == 200
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"first": " "}, {"time_zone": "Mars"}, {"kind": "x"}]
)
def test_what_cannot_be_read_founds_nothing(first: Account, wrong: dict[str, str]) -> None:
    answer = browser(first).post("/found/", FORM | wrong)

    assert answer.status_code == 200
    assert not Community.objects.exists()


def test_pressed_twice_it_is_founded_once(first: Account) -> None:
    client = browser(first)
    client.post("/found/", FORM)

    answer = client.post("/found/", FORM | {"name": "Another"})

    assert answer["Location"] == "/"
    assert Community.objects.count() == 2


def test_whoever_comes_second_in_a_race_is_refused(first: Account) -> None:
    told = FirstWorkspace(**FORM | {"kind": CommunityKind.DESA})
    found_first_workspace(first, told)

    with pytest.raises(Refused):
        found_first_workspace(first, told)


def test_there_is_only_one_first_account(first: Account) -> None:
    with pytest.raises(Refused):
        open_first_account(username="oscar", name="Oscar", password=PASSWORD)

    later = Account.objects.create(
        workspace=first.workspace, username="later", name="Later", opened_at=first.opened_at
    )
    assert may_found(first)
    assert not may_found(later)
    assert browser(later).get("/found/")["Location"] == "/"


@pytest.mark.parametrize(
    "name", ["ani", "wati", "budi", "rudi", "sari", "tini", "charlie", "oscar"]
)
def test_where_something_was_founded_nobody_founds_again(
    cast: Cast, at_browser: LogIn, name: str
) -> None:
    communities = Community.objects.count()

    answer = at_browser(name).post("/found/", FORM)

    assert answer["Location"] == "/"
    assert Community.objects.count() == communities
