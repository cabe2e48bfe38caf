"""The team page: accounts, roles and first passwords."""

from __future__ import annotations

import re
import uuid

from django.test import Client

from browsing import LogIn
from guyub.core.models import Account, Membership
from people import Cast

KEY = "0192f000-0000-7000-8000-000000000001"
FIRST = "tuba-kemi-nodu-rasi-palo"


def new_colleague(cast: Cast, **other: str) -> dict[str, str]:
    form = {"name": "Joko", "username": "joko", "role": "field_worker", "password": FIRST}
    return {"key": KEY, "community": str(cast.actor("sari").community)} | form | other


def role_of(cast: Cast, name: str) -> Membership:
    return Membership.current.get(account=cast.accounts[name])


def test_a_colleague_is_added_and_logs_in_with_the_first_password(
    cast: Cast, at_browser: LogIn
) -> None:
    page = at_browser("sari").post("/c/sukamaju/members/new/", new_colleague(cast))

    assert FIRST in page.content.decode()
    assert Client().login(username="joko", password=FIRST)


def test_the_first_password_is_shown_once(cast: Cast, at_browser: LogIn) -> None:
    client = at_browser("sari")
    client.post("/c/sukamaju/members/new/", new_colleague(cast))

    later = client.get("/c/sukamaju/members/").content + client.get("/c/sukamaju/log/").content

    assert FIRST not in later.decode()


def test_sending_the_form_twice_opens_one_account(cast: Cast, at_browser: LogIn) -> None:
    client = at_browser("sari")

    for _time in range(2):
        page = client.post("/c/sukamaju/members/new/", new_colleague(cast)).content.decode()

    assert FIRST in page
    assert Account.objects.filter(username="joko").count() == 1


def test_a_form_brings_a_first_password_of_its_own(at_browser: LogIn) -> None:
    pages = [at_browser("sari").get("/c/sukamaju/members/new/").content.decode() for _ in "12"]
    passwords = [re.findall(r'name="password" value="([a-z-]+)"', page)[0] for page in pages]

    assert passwords[0] != passwords[1]
    assert re.fullmatch(r"([a-z]{4}-){4}[a-z]{4}", passwords[0])


def test_a_taken_log_in_name_is_said_at_its_field(cast: Cast, at_browser: LogIn) -> None:
    form = new_colleague(cast, username="rudi")

    page = at_browser("sari").post("/c/sukamaju/members/new/", form).content.decode()

    assert "This log-in name is already taken" in page
    assert 'aria-invalid="true"' in page


def test_a_coordinator_makes_nobody_owner(cast: Cast, at_browser: LogIn) -> None:
    client = at_browser("sari")

    page = client.post("/c/sukamaju/members/new/", new_colleague(cast, role="owner"))

    assert not Account.objects.filter(username="joko").exists()
    assert 'value="owner"' not in page.content.decode()


def test_a_place_out_of_reach_does_not_exist(cast: Cast, at_browser: LogIn) -> None:
    other = str(cast.actor("charlie", "sidorejo").community)

    answer = at_browser("sari").post(
        "/c/sukamaju/members/new/", new_colleague(cast, community=other)
    )

    assert answer.status_code == 404


def test_a_role_is_changed(cast: Cast, at_browser: LogIn) -> None:
    address = f"/c/sukamaju/members/{role_of(cast, 'budi').pk}/"

    answer = at_browser("sari").post(address, {"key": KEY, "role": "organizer"}, follow=True)

    changed = role_of(cast, "budi")
    assert "Budi now has a different role." in answer.content.decode()
    assert (changed.role, changed.community.slug) == ("organizer", "krajan")


def test_a_role_is_taken_back_and_given_back_by_undo(cast: Cast, at_browser: LogIn) -> None:
    client = at_browser("sari")
    address = f"/c/sukamaju/members/{role_of(cast, 'rudi').pk}/withdraw/"

    page = client.post(address, {"key": KEY}, follow=True).content.decode()
    assert "Rudi no longer has a role in Sukamaju." in page
    assert at_browser("rudi").get("/c/sukamaju/").status_code == 404

    entry = page.split('name="entry" value="')[1][:36]
    client.post("/c/sukamaju/undo/", {"key": str(uuid.uuid4()), "entry": entry})
    assert at_browser("rudi").get("/c/sukamaju/").status_code == 200


def test_a_new_password_ends_every_session_of_who_forgot(cast: Cast, at_browser: LogIn) -> None:
    rudi = at_browser("rudi")
    address = f"/c/sukamaju/members/{role_of(cast, 'rudi').pk}/password/"

    page = at_browser("sari").post(address, {"key": KEY, "password": FIRST})

    assert FIRST in page.content.decode()
    assert rudi.get("/").status_code == 302
    assert Client().login(username="rudi", password=FIRST)


def test_a_colleague_above_cannot_be_touched(cast: Cast, at_browser: LogIn) -> None:
    address = f"/c/sukamaju/members/{role_of(cast, 'tini').pk}/"

    assert at_browser("sari").get(address).status_code == 404
    assert at_browser("sari").post(f"{address}password/", {"key": KEY}).status_code == 404


def test_an_organizer_looks_after_no_team(cast: Cast, at_browser: LogIn) -> None:
    address = f"/c/sukamaju/members/{role_of(cast, 'budi').pk}/"

    assert at_browser("rudi").get(address).status_code == 403
    assert at_browser("rudi").post(f"{address}withdraw/", {"key": KEY}).status_code == 403
