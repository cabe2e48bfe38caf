"""Outside a door the tables refuse; inside, another community does not exist."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.template import Context, Template

from guyub.core import scope
from guyub.core.errors import ClosedCommunity, Missing
from guyub.core.identifiers import new_identifier
from guyub.cycle.listen import queries as listen
from guyub.cycle.listen.models import Household, Participation, Person
from people import Cast, do


@pytest.mark.parametrize(
    "touch",
    [
        lambda: list(Person.objects.all()),
        lambda: Person.objects.exists(),
        lambda: Person.objects.count(),
        lambda: Person.objects.exclude(name="x").exists(),
        lambda: Person.objects.bulk_create([Person(name="x")]),
        lambda: Person.objects.create(name="x"),
        lambda: Person(name="x").save(),
        lambda: Person._base_manager.all(),
        lambda: Person._default_manager.all(),
        lambda: Person(id=new_identifier(), name="x").refresh_from_db(),
        lambda: Person(id=new_identifier(), name="x").observations.all(),
        lambda: Participation(person_id=new_identifier()).person,
        lambda: Template("{{ p.observations.all }}").render(Context({"p": Person(name="x")})),
    ],
)
@pytest.mark.django_db
def test_no_table_answers_outside_a_door(touch: Callable[[], object]) -> None:
    with pytest.raises(ClosedCommunity):
        touch()


def test_a_query_cannot_write(cast: Cast) -> None:
    sari = cast.actor("sari")
    with scope.opened(scope.Scope(sari.reach)), pytest.raises(ClosedCommunity):
        Person.objects.create(community_id=sari.community, name="x")


@pytest.mark.parametrize("name", ["charlie", "oscar"])
def test_an_outsider_finds_no_community(cast: Cast, name: str) -> None:
    with pytest.raises(Missing):
        cast.actor(name, "sukamaju")


def test_somebody_whose_account_is_closed_finds_no_community(cast: Cast) -> None:
    with pytest.raises(Missing):
        cast.actor("dewi")


def test_a_closed_account_opens_nothing_though_it_still_holds_a_role(cast: Cast) -> None:
    cast.accounts["rudi"].is_active = False

    with pytest.raises(Missing):
        cast.actor("rudi")


def test_a_role_reaches_down_and_not_up(cast: Cast) -> None:
    assert cast.actor("sari", "krajan").role == "coordinator"
    with pytest.raises(Missing):
        cast.actor("budi", "sukamaju")


def test_a_hamlets_worker_does_not_see_the_next_hamlet(cast: Cast) -> None:
    do(cast.actor("sari", "kali"), "listen.add_person", name="Slamet")

    assert listen.all_people(cast.actor("budi", "krajan")) == ()
    assert len(listen.all_people(cast.actor("sari"))) == 1


def test_a_row_cannot_be_written_into_another_community(cast: Cast) -> None:
    sari, charlie = cast.actor("sari"), cast.actor("charlie", "sidorejo")
    with (
        scope.opened(scope.Scope(sari.reach, deed=new_identifier())),
        pytest.raises(ClosedCommunity),
    ):
        Person.objects.create(community_id=charlie.community, name="x")


def test_a_row_cannot_point_at_a_row_of_another_community(cast: Cast) -> None:
    sari = cast.actor("sari")
    theirs = do(cast.actor("charlie", "sidorejo"), "listen.add_person", name="Yanto", household="A")
    with scope.opened(scope.Scope(cast.actor("charlie", "sidorejo").reach)):
        household = Person.objects.get(pk=theirs["id"]).household_id
    with (
        scope.opened(scope.Scope(sari.reach, deed=new_identifier())),
        pytest.raises(ClosedCommunity),
    ):
        Person.objects.create(community_id=sari.community, name="x", household_id=household)


def test_rows_are_not_moved_deleted_or_read_with_raw_sql(cast: Cast) -> None:
    sari = cast.actor("sari")
    do(sari, "listen.add_person", name="Slamet", household="A")
    with scope.opened(scope.Scope(sari.reach, deed=new_identifier())):
        for forbidden in (
            lambda: Person.objects.update(community=sari.community),
            lambda: Person.objects.update(household=None),
            lambda: Person.objects.all().delete(),
            lambda: Person.objects.get(name="Slamet").delete(),
            lambda: Household.objects.raw("SELECT * FROM listen_household"),
        ):
            with pytest.raises(ClosedCommunity):
                forbidden()
