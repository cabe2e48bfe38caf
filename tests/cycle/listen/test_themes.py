"""Themes: what several people care about, seen as one; and what moves a village, in figures."""

from __future__ import annotations

import pytest

from guyub.core.actor import Actor
from guyub.core.errors import Denied, Missing, Refused
from guyub.core.models import LogEntry
from guyub.cycle.listen import analysis, queries
from guyub.cycle.map.analysis import tied_groups
from people import Cast, do

WORDS = ("Air sumur keruh.", "Pengairan sawah berebut.", "Airnya jarang sampai.")


def heard(actor: Actor, words: str, *, of: str | None = None, **more: object) -> dict[str, str]:
    whom = of or do(actor, "listen.add_person", name="Slamet")["id"]
    told = {"person": whom, "life_area": "environment", "own_words": words, **more}
    return {"person": whom, "id": do(actor, "listen.note_concern", **told)["id"]}


def theme(actor: Actor, *concerns: dict[str, str], name: str = "Air bersih") -> str:
    chosen = [each["id"] for each in concerns]
    named = do(actor, "listen.name_theme", name=name, life_area="environment", concerns=chosen)
    return named["id"]


def last_entry() -> str:
    return str(LogEntry.objects.latest("at").entry)


def test_a_theme_leads_to_its_concerns_and_a_concern_to_its_themes(cast: Cast) -> None:
    sari = cast.actor("sari")
    well, field = heard(sari, WORDS[0]), heard(sari, WORDS[1])

    water = theme(sari, well)

    assert [row.own_words for row in queries.statements(sari, theme=water)] == [WORDS[0]]
    assert [str(row.id) for row in queries.statements(sari, loose=True)] == [field["id"]]
    (row,) = queries.concerns_of(sari, well["person"])
    assert [(str(key), name) for key, name in row.themes] == [(water, "Air bersih")]


def test_a_theme_of_the_same_name_is_not_made_twice(cast: Cast) -> None:
    sari = cast.actor("sari")
    theme(sari)

    with pytest.raises(Refused):
        theme(sari, name="air BERSIH")


def test_a_concern_that_was_taken_out_can_be_put_in_again(cast: Cast) -> None:
    sari = cast.actor("sari")
    well = heard(sari, WORDS[0])
    water = theme(sari, well)
    chosen = {"theme": water, "concerns": [well["id"]]}

    do(sari, "listen.take_out_of_theme", **chosen)
    assert queries.statements(sari, theme=water) == ()
    with pytest.raises(Refused):
        do(sari, "listen.take_out_of_theme", **chosen)
    do(sari, "listen.put_into_theme", **chosen)

    assert len(queries.statements(sari, theme=water)) == 1


def test_dropping_a_theme_leaves_its_concerns_and_can_be_undone(cast: Cast) -> None:
    sari = cast.actor("sari")
    well = heard(sari, WORDS[0])
    water = theme(sari, well)

    do(sari, "listen.drop_theme", theme=water)
    (row,) = queries.concerns_of(sari, well["person"])
    assert row.themes == ()
    with pytest.raises(Missing):
        queries.statements(sari, theme=water)
    do(sari, "core.withdraw_entry", entry=last_entry())

    (row,) = queries.concerns_of(sari, well["person"])
    assert [name for _key, name in row.themes] == ["Air bersih"]


def test_a_hamlet_puts_nothing_of_another_into_a_theme(cast: Cast) -> None:
    budi, sari = cast.actor("budi", "krajan"), cast.actor("sari")
    elsewhere = heard(sari, WORDS[0])

    with pytest.raises(Missing):
        theme(budi, elsewhere)


def test_somebody_counts_once_and_by_what_matters_to_them_most(cast: Cast) -> None:
    sari = cast.actor("sari")
    first = heard(sari, WORDS[0], depth=2)
    second = heard(sari, WORDS[1], of=first["person"], depth=5)
    water = theme(sari, first, second)
    heard(sari, "Harga gabah ditekan.", life_area="business")
    do(sari, "listen.add_person", name="Sri", gender="female")

    found = analysis.concerns_overview(sari)

    assert (found.people, found.heard) == (3, 2)
    (matter,) = found.themes
    assert (str(matter.theme.id), len(matter.members)) == (water, 1)
    assert (matter.depths, matter.asked) == ((0, 0, 0, 0, 1), 1)
    assert {each.life_area for each in found.areas} == {"environment", "business"}


def test_who_was_not_heard_is_told_by_place_gender_and_age(cast: Cast) -> None:
    sari = cast.actor("sari")
    krajan = cast.actor("budi", "krajan").community
    sri = do(sari, "listen.add_person", name="Sri", gender="female", community=krajan)
    do(sari, "listen.add_person", name="Joko", gender="male", birth_year=1950)
    heard(sari, WORDS[0], of=sri["id"])

    rows = {
        (row.kind, row.value): (row.heard, row.people)
        for row in analysis.concerns_overview(sari).unheard
    }

    assert rows["gender", "female"] == (1, 1)
    assert rows["gender", "male"] == (0, 1)
    assert rows["place", krajan] == (1, 1)
    assert (rows["age", 4], rows["age", None]) == ((0, 1), (1, 1))


def test_words_that_several_people_share_in_whichever_form_suggest_a_theme(cast: Cast) -> None:
    sari = cast.actor("sari")
    concerns = [heard(sari, words)["id"] for words in WORDS]
    for words in ("Jalan berlubang.", "Lampu mati.", "Bunga pinjaman.", "Guru absen."):
        heard(sari, words)

    (suggested,) = analysis.suggested_themes(sari)

    assert (suggested.word, suggested.people) == ("air", 3)
    assert {str(each) for each in suggested.concerns} == set(concerns)


def test_those_who_share_a_matter_are_counted_by_who_is_tied_to_whom(cast: Cast) -> None:
    sari = cast.actor("sari")
    people = [heard(sari, words)["person"] for words in WORDS]
    do(sari, "map.report_tie", from_person=people[0], to_person=people[1], kind="friend")
    do(sari, "map.report_tie", from_person=people[1], to_person=people[2], kind="conflict")
    (matter,) = analysis.concerns_overview(sari).areas

    (tied,) = tied_groups(sari, (matter.members,))

    assert (tied.people, tied.tied, tied.largest) == (3, 1, 2)


def test_a_viewer_learns_nothing_of_what_moves_people(cast: Cast) -> None:
    with pytest.raises(Denied):
        analysis.concerns_overview(cast.actor("wati"))
