"""Accounts and roles."""

from __future__ import annotations

import pytest
from django.contrib.auth import authenticate

from guyub.core import queries
from guyub.core.actor import actor_across
from guyub.core.errors import Denied, Invalid, Missing, Refused
from guyub.core.models import Account
from guyub.core.permissions import Role
from guyub.cycle.listen.vocabulary import ListenPermission
from people import PASSWORD, Cast, do


def opening(**data: object) -> dict[str, object]:
    return {
        "username": "joko",
        "name": "Joko",
        "password": "angin sawah malam",
        "role": "field_worker",
    } | data


def test_an_opened_account_can_log_in(cast: Cast) -> None:
    do(cast.actor("sari"), "core.open_account", **opening())

    assert authenticate(None, username="joko", password="angin sawah malam").name == "Joko"


def test_the_password_is_kept_as_argon2(cast: Cast) -> None:
    assert Account.objects.get(username="sari").password.startswith("argon2$argon2id$")


@pytest.mark.parametrize(
    ("field", "value"),
    [("username", "Joko Susilo"), ("username", "sari"), ("name", " "), ("password", "123456")],
)
def test_what_is_wrong_with_a_new_account_is_told_by_field(
    cast: Cast, field: str, value: str
) -> None:
    with pytest.raises(Invalid) as answer:
        do(cast.actor("sari"), "core.open_account", **opening(**{field: value}))

    assert list(answer.value.fields) == [field]


def test_nobody_gives_a_role_above_their_own(cast: Cast) -> None:
    with pytest.raises(Denied):
        do(cast.actor("sari"), "core.open_account", **opening(role="owner"))
    with pytest.raises(Denied):
        do(cast.actor("rudi"), "core.open_account", **opening(role="viewer"))


def test_nobody_gives_a_role_where_they_have_none(cast: Cast) -> None:
    sidorejo = cast.actor("charlie", "sidorejo").community
    with pytest.raises(Missing):
        do(cast.actor("sari"), "core.open_account", **opening(community=sidorejo))


def test_a_new_role_replaces_the_old_one(cast: Cast) -> None:
    budi = cast.accounts["budi"].pk

    do(cast.actor("sari", "krajan"), "core.grant_role", account=budi, role="organizer")

    assert cast.actor("budi", "krajan").role == "organizer"


def test_the_last_owner_stays(cast: Cast) -> None:
    tini = cast.actor("tini", "yayasan")
    own = next(row for row in queries.members(tini) if row.username == "tini")

    with pytest.raises(Refused):
        do(tini, "core.withdraw_role", membership=own.membership)
    with pytest.raises(Refused):
        do(tini, "core.close_account", account=own.account)


def test_a_role_that_was_taken_back_opens_nothing(cast: Cast) -> None:
    sari = cast.actor("sari")
    held = next(row for row in queries.members(sari) if row.username == "budi")

    do(sari, "core.withdraw_role", membership=held.membership, reason="moved away")

    with pytest.raises(Missing):
        cast.actor("budi", "krajan")


def test_a_coordinator_cannot_touch_the_owner(cast: Cast) -> None:
    do(
        cast.actor("tini", "sukamaju"),
        "core.grant_role",
        account=cast.accounts["rudi"].pk,
        role="owner",
    )
    rudi = cast.accounts["rudi"].pk

    for action, data in (
        ("core.set_password", {"account": rudi, "password": PASSWORD}),
        ("core.close_account", {"account": rudi}),
    ):
        with pytest.raises(Denied):
            do(cast.actor("sari"), action, **data)


def test_a_coordinator_of_one_village_does_not_find_workers_of_another(cast: Cast) -> None:
    with pytest.raises(Missing):
        do(
            cast.actor("charlie", "sidorejo"),
            "core.set_password",
            account=cast.accounts["budi"].pk,
            password=PASSWORD,
        )


def test_a_coordinator_cannot_close_somebody_who_also_works_elsewhere(cast: Cast) -> None:
    do(
        cast.actor("tini", "sidorejo"),
        "core.grant_role",
        account=cast.accounts["charlie"].pk,
        role="viewer",
        community=cast.actor("tini", "sidorejo").community,
    )
    do(
        cast.actor("tini", "yayasan"),
        "core.grant_role",
        account=cast.accounts["charlie"].pk,
        role="viewer",
        community=cast.actor("sari").community,
    )

    with pytest.raises(Denied):
        do(cast.actor("sari"), "core.close_account", account=cast.accounts["charlie"].pk)


def test_homes_are_the_communities_of_ones_roles(cast: Cast) -> None:
    assert [card.slug for card in queries.homes(cast.accounts["budi"])] == ["krajan"]
    assert queries.homes(cast.accounts["dewi"]) == ()


def test_whoever_works_in_several_villages_reads_all_with_the_weakest_role(cast: Cast) -> None:
    tini, budi = cast.actor("tini", "yayasan"), cast.accounts["budi"]
    sidorejo = cast.actor("charlie", "sidorejo").community
    do(tini, "core.grant_role", account=budi.pk, role="coordinator", community=sidorejo)

    across = actor_across(budi, ListenPermission.WRITE)

    assert across is not None
    assert across.role == Role.FIELD_WORKER
    assert {sidorejo, cast.actor("sari", "krajan").community} <= across.reach
    assert not across.may(ListenPermission.CONFIDENTIAL)


def test_nobody_is_across_villages_in_which_they_may_not(cast: Cast) -> None:
    assert actor_across(cast.accounts["ani"], ListenPermission.WRITE) is None
    assert actor_across(cast.accounts["dewi"], ListenPermission.WRITE) is None
