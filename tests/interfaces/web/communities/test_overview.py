"""The first page of whoever looks after several villages: what state they are in, as a table."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from browsing import LogIn
from guyub.core.models import Community
from people import Cast, do


@pytest.fixture
def known(cast: Cast) -> dict[str, str]:
    """Three people in Sukamaju, one of them heard; in Sidorejo a promise that is long due."""
    today = timezone.localdate()
    sari, charlie = cast.actor("sari"), cast.actor("charlie", "sidorejo")
    slamet, _sri, _parno = (
        do(sari, "listen.add_person", name=name, community=home)["id"]
        for name, home in (
            ("Slamet", Community.current.get(slug="krajan").pk),
            ("Sri", None),
            ("Parno", None),
        )
    )
    do(
        sari,
        "listen.record_encounter",
        kind="house_visit",
        held_on=today - timedelta(days=3),
        participants=[{"person": slamet}],
    )
    yati = do(charlie, "listen.add_person", name="Yati")["id"]
    do(
        charlie,
        "listen.make_promise",
        person=yati,
        what="bring the list",
        made_on=today - timedelta(days=20),
        due_on=today - timedelta(days=10),
    )
    return {"slamet": slamet, "yati": yati}


def rows(client: Client, address: str = "/") -> list[list[str]]:
    """The cells of the table."""
    page = client.get(address).content.decode()
    body = page.split("<tbody>")[1].split("</tbody>")[0]
    return [
        [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in re.split(r"</t[hd]>", row)][
            :-1
        ]
        for row in body.split("</tr>")[:-1]
    ]


def names(client: Client, sort: str) -> list[str]:
    return [row[0] for row in rows(client, f"/?sort={sort}")]


def test_each_village_stands_with_its_state_those_with_overdue_promises_first(
    cast: Cast, known: dict[str, str], at_browser: LogIn
) -> None:
    today = timezone.localdate() - timedelta(days=3)
    last = f"{today.day} {today:%b %Y}"

    assert rows(at_browser("tini")) == [
        ["Sidorejo", "1", "0 (0%)", "1", "none yet", "Charlie"],
        ["Sukamaju", "3", "1 (33%)", "0", last, "Budi, Rudi, Sari"],
    ]


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        ("name", "Sidorejo"),
        ("-name", "Sukamaju"),
        ("people", "Sukamaju"),
        ("-people", "Sidorejo"),
        ("heard", "Sidorejo"),
        ("overdue", "Sidorejo"),
        ("-overdue", "Sukamaju"),
        ("last", "Sidorejo"),
        ("workers", "Sukamaju"),
        ("nonsense", "Sidorejo"),
    ],
)
def test_a_heading_sorts_the_table(
    cast: Cast, known: dict[str, str], at_browser: LogIn, sort: str, first: str
) -> None:
    assert names(at_browser("tini"), sort)[0] == first


def test_a_figure_leads_to_the_people_behind_it(
    cast: Cast, known: dict[str, str], at_browser: LogIn
) -> None:
    tini = at_browser("tini")
    address = re.search(
        r'href="(/c/sidorejo/people/questions/\?[^"]+)"', tini.get("/").content.decode()
    )
    assert address is not None

    found = tini.get(address[1].replace("&amp;", "&")).content.decode()

    assert "Yati" in found


def test_whoever_has_one_village_gets_no_table(cast: Cast, at_browser: LogIn) -> None:
    for name in ("sari", "budi", "ani", "charlie", "oscar"):
        page = at_browser(name).get("/")
        assert page.status_code == 200
        assert "<table>" not in page.content.decode(), name


def test_each_sees_only_what_their_role_in_each_village_allows(
    cast: Cast, known: dict[str, str], at_browser: LogIn
) -> None:
    tini = cast.actor("tini", "yayasan")
    sidorejo = Community.current.get(slug="sidorejo").pk
    # Ani is a member in Sukamaju and looks on in Sidorejo.
    do(tini, "core.grant_role", account=cast.accounts["ani"].pk, community=sidorejo, role="viewer")

    page = at_browser("ani").get("/").content.decode()

    assert "/c/sidorejo/people/" in page
    assert "/c/sukamaju/people/" not in page
    assert "/questions/" not in page
    assert "Charlie" not in page
    assert "Rudi" not in page


def test_nothing_of_a_village_of_others_is_counted(
    cast: Cast, known: dict[str, str], at_browser: LogIn
) -> None:
    tini = cast.actor("tini", "yayasan")
    kali = Community.current.get(slug="kali").pk
    # Charlie works in all of Sidorejo, and in one hamlet of Sukamaju.
    do(tini, "core.grant_role", account=cast.accounts["charlie"].pk, community=kali, role="viewer")

    assert rows(at_browser("charlie")) == [
        ["Sidorejo", "1", "0 (0%)", "1", "none yet", "Charlie"],
        ["Kali", "0", "0 (0%)", "0", "none yet", "nobody yet"],
    ]


def found_villages(cast: Cast, count: int) -> None:
    for number in range(count):
        tini = cast.actor("tini", "yayasan")
        do(tini, "core.found_community", name=f"Desa {number:03}", kind="desa")


def asked(client: Client) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get("/")
    return len(queries)


def test_as_few_questions_are_asked_for_many_villages_as_for_two(
    cast: Cast, known: dict[str, str], at_browser: LogIn
) -> None:
    tini = at_browser("tini")
    asked(tini)
    few = asked(tini)

    found_villages(cast, 40)

    assert asked(tini) <= few


def test_many_villages_stand_on_several_pages(
    cast: Cast, known: dict[str, str], at_browser: LogIn
) -> None:
    found_villages(cast, 40)
    tini = at_browser("tini")

    pages = [names(tini, f"name&page={number}") for number in (1, 2)]

    assert [len(page) for page in pages] == [25, 17]
    assert not set(pages[0]) & set(pages[1])
