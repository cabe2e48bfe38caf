"""The people in the browser: the list, somebody's page, and getting to know somebody."""

from __future__ import annotations

import re
import uuid

import pytest
from django.test import Client

from browsing import LogIn
from guyub.core.action import Deed, perform
from guyub.cycle.listen import queries as listen
from people import Cast, do

KEY = "0192f000-0000-7000-8000-000000000001"
LIST = "/c/sukamaju/people/"


def known(cast: Cast, name: str, place: str = "sukamaju", **more: object) -> uuid.UUID:
    who = "charlie" if place == "sidorejo" else "sari"
    return uuid.UUID(do(cast.actor(who, place), "listen.add_person", name=name, **more)["id"])


def look(client: Client, address: str, **asked: str) -> str:
    return client.get(address, asked).content.decode()


def shown(page: str) -> list[str]:
    """The names in the list, in their order."""
    found = re.findall(r'<span class="block font-semibold break-words">([^<]+)', page)
    return [name.strip() for name in found]


def entry_in(page: str) -> str:
    return page.split('name="entry" value="')[1][:36]


@pytest.mark.parametrize("text", ["siti", "SITI", "aminah sit", "darmi", "  siti  "])
def test_somebody_is_found_by_parts_of_a_name_or_alias(
    cast: Cast, at_browser: LogIn, text: str
) -> None:
    known(cast, "Siti Aminah", alias="Bu Darmi")
    known(cast, "Slamet")

    assert shown(look(at_browser("sari"), LIST, text=text)) == ["Siti Aminah"]


def test_while_somebody_types_only_the_list_is_sent(cast: Cast, at_browser: LogIn) -> None:
    known(cast, "Slamet")

    part = at_browser("sari").get(LIST, {"text": "sla"}, headers={"hx-request": "true"})

    assert shown(part.content.decode()) == ["Slamet"]
    assert "<html" not in part.content.decode()
    assert "HX-Request" in part["Vary"]


def test_the_list_is_narrowed_to_a_smaller_community_and_to_a_gender(
    cast: Cast, at_browser: LogIn
) -> None:
    known(cast, "Siti", "krajan", gender="female")
    known(cast, "Slamet", "krajan", gender="male")
    known(cast, "Sri", gender="female")
    krajan = str(cast.actor("sari", "krajan").community)

    assert shown(look(at_browser("sari"), LIST, community=krajan)) == ["Siti", "Slamet"]
    assert shown(look(at_browser("sari"), LIST, gender="female")) == ["Siti", "Sri"]
    assert shown(look(at_browser("sari"), LIST, community=krajan, gender="female")) == ["Siti"]


def test_the_list_is_narrowed_to_a_group_however_its_name_was_typed(
    cast: Cast, at_browser: LogIn
) -> None:
    known(cast, "Siti", groups=" PKK ,karang  taruna; pkk")
    known(cast, "Sri", groups="pkk")
    known(cast, "Slamet", groups="PKK Dusun")
    client = at_browser("sari")

    assert shown(look(client, LIST, group="PKK")) == ["Siti", "Sri"]
    assert shown(look(client, LIST, group="karang taruna")) == ["Siti"]
    assert client.get(LIST, {"group": "koperasi"}).status_code == 400
    assert [row.groups for row in listen.people(cast.actor("sari")).rows] == [
        "PKK, karang taruna",
        "PKK Dusun",
        "pkk",
    ]


def test_the_list_is_narrowed_to_how_people_stand_as_the_latest_of_each_worker_says(
    cast: Cast, at_browser: LogIn
) -> None:
    siti, slamet = known(cast, "Siti", "krajan"), known(cast, "Slamet", "krajan")
    sri = known(cast, "Sri", "krajan")
    sari, budi = cast.actor("sari"), cast.actor("budi", "krajan")
    told = [(sari, siti, 5, "2026-05-01"), (sari, siti, 2, "2026-05-02")]
    told += [(sari, slamet, 2, "2026-05-01"), (budi, slamet, 5, "2026-05-01")]
    told += [(budi, sri, 2, "2026-05-01")]
    for who, person, value, day in told:
        seen = {"person": person, "trait": "stance", "value": value, "observed_on": day}
        do(who, "listen.note_observation", **seen)

    # 2 and 5 make 3.5: somebody to whom it goes up to 4 is taken for an opponent everywhere.
    assert shown(look(at_browser("sari"), LIST, stance="2")) == ["Siti", "Sri"]
    assert shown(look(at_browser("sari"), LIST, stance="4")) == ["Slamet"]
    assert shown(look(at_browser("budi"), "/c/krajan/people/", stance="5")) == ["Slamet"]
    assert shown(look(at_browser("budi"), "/c/krajan/people/", stance="2")) == ["Sri"]


def test_the_list_follows_what_was_noted_and_taken_back_since(cast: Cast) -> None:
    sari, siti = cast.actor("sari"), known(cast, "Siti")
    seen = {"person": siti, "trait": "stance", "value": 5}
    assert listen.people(sari, stance=5).rows == ()

    noted = perform(sari, [Deed(action="listen.note_observation", data=seen)])[0].entry
    assert [row.name for row in listen.people(sari, stance=5).rows] == ["Siti"]

    do(sari, "core.withdraw_entry", entry=noted)
    assert listen.people(sari, stance=5).rows == ()


def test_who_may_know_no_stance_finds_nobody_by_it(cast: Cast, at_browser: LogIn) -> None:
    siti = known(cast, "Siti")
    seen = {"person": siti, "trait": "stance", "value": 5}
    do(cast.actor("sari"), "listen.note_observation", **seen)

    assert 'name="stance"' not in look(at_browser("wati"), LIST)
    assert shown(look(at_browser("wati"), LIST, stance="5")) == ["Siti"]
    assert listen.people(cast.actor("wati"), stance=5).rows == ()


def test_a_smaller_community_brings_those_inside_it(cast: Cast, at_browser: LogIn) -> None:
    do(cast.actor("sari", "krajan"), "core.found_community", name="RT 1", slug="rt-1", kind="rt")
    cast.slugs["rt-1"] = "rt-1"
    known(cast, "Sri", "rt-1")
    krajan = str(cast.actor("sari", "krajan").community)

    assert shown(look(at_browser("sari"), LIST, community=krajan)) == ["Sri"]


@pytest.mark.parametrize("asked", [{"community": "sidorejo"}, {"gender": "x"}, {"after": "x"}])
def test_what_cannot_be_asked_for_is_refused(
    cast: Cast, at_browser: LogIn, asked: dict[str, str]
) -> None:
    if "community" in asked:
        asked = {"community": str(cast.actor("charlie", "sidorejo").community)}

    assert at_browser("sari").get(LIST, asked).status_code == 400


def test_a_long_list_goes_on_where_it_stopped_and_no_name_stands_in_an_address(
    cast: Cast, at_browser: LogIn
) -> None:
    rows = [{"name": f"Warga {number:03}"} for number in range(120)]
    do(cast.actor("sari"), "listen.import_people", rows=rows)
    client, address, seen = at_browser("sari"), LIST, []

    while address:
        page = look(client, address)
        seen += shown(page)
        more = re.findall(r'<a href="(\?[^"]+)"[^>]*hx-get', page)
        assert all("Warga" not in each for each in more)
        address = LIST + more[0] if more else ""

    assert seen == [row["name"] for row in rows]


def test_the_list_goes_on_though_its_last_person_was_taken_back(cast: Cast) -> None:
    sari = cast.actor("sari")
    deeds = [Deed(action="listen.add_person", data={"name": name}) for name in "ABCD"]
    receipts = [perform(sari, [deed])[0] for deed in deeds]
    first = listen.people(sari, limit=2)
    do(sari, "core.withdraw_entry", entry=receipts[1].entry)

    assert [row.name for row in listen.people(sari, after=first.next).rows] == ["C", "D"]


def test_an_empty_list_says_how_to_begin_and_a_search_in_vain_what_to_try(
    cast: Cast, at_browser: LogIn
) -> None:
    assert "There is nobody here yet" in look(at_browser("sari"), LIST)
    known(cast, "Slamet")
    assert "Nobody was found" in look(at_browser("sari"), LIST, text="zzz")


def test_a_field_worker_sees_the_people_of_their_hamlet_only(cast: Cast, at_browser: LogIn) -> None:
    known(cast, "Siti", "krajan")
    elsewhere = known(cast, "Sri", "kali")

    assert shown(look(at_browser("budi"), "/c/krajan/people/")) == ["Siti"]
    assert at_browser("budi").get(f"/c/krajan/people/{elsewhere}/").status_code == 404


def filled(page: str) -> dict[str, str]:
    """What a form holds when it is opened."""
    texts = re.findall(
        r'<input type="(?:text|number|hidden)" name="(\w+)"(?: value="([^"]*)")?', page
    )
    chosen = re.findall(r'<select name="(\w+)".*?<option value="([^"]*)" selected', page, re.S)
    return {name: value for name, value in texts + chosen if name not in {"next", "theme"}}


def test_somebody_is_changed_in_a_form_that_holds_what_was_noted(
    cast: Cast, at_browser: LogIn
) -> None:
    siti = known(cast, "Siti", "krajan", phone="0812-555", birth_year=1985, groups="PKK")
    client, address = at_browser("sari"), f"{LIST}{siti}/change/"
    assert f'href="{address}"' in look(client, f"{LIST}{siti}/")
    assert f'href="{address}"' not in look(at_browser("wati"), f"{LIST}{siti}/")

    form = filled(look(client, address))
    assert (form["name"], form["phone"], form["birth_year"]) == ("Siti", "0812-555", "1985")
    assert (form["groups"], form["status"]) == ("PKK", "present")
    kali = str(cast.actor("sari", "kali").community)
    form |= {"name": "Siti Aminah", "birth_year": "", "community": kali, "status": "moved"}
    page = client.post(address, form, follow=True).content.decode()

    assert "Change saved." in page
    assert "moved away" in page
    card = listen.person(cast.actor("sari", "kali"), siti)
    assert (card.person.name, card.person.birth_year) == ("Siti Aminah", None)
    assert card.phone == "0812-555"

    client.post("/c/sukamaju/undo/", {"key": KEY, "entry": entry_in(page), "next": LIST})
    assert listen.person(cast.actor("sari", "krajan"), siti).person.name == "Siti"


def test_what_somebody_else_changed_meanwhile_is_told_and_what_was_typed_is_kept(
    cast: Cast, at_browser: LogIn
) -> None:
    siti = known(cast, "Siti", phone="0812")
    client, address = at_browser("sari"), f"{LIST}{siti}/change/"
    form = filled(look(client, address)) | {"name": "Siti Aminah"}
    do(cast.actor("rudi"), "listen.change_person", person=siti, phone="0899", name="Sri")

    page = client.post(address, form).content.decode()

    assert "Someone else has changed this person." in page
    assert "Now on record: Sri" in page
    assert "Now on record: 0899" in page
    assert page.count("Now on record") == 2
    assert filled(page)["name"] == "Siti Aminah"

    again = filled(page) | {"phone": "0899"}
    assert "Change saved." in client.post(address, again, follow=True).content.decode()
    card = listen.person(cast.actor("sari"), siti)
    assert (card.person.name, card.phone) == ("Siti Aminah", "0899")


def test_only_those_who_note_people_are_offered_to(cast: Cast, at_browser: LogIn) -> None:
    assert "people/new/" in look(at_browser("sari"), LIST)
    assert "people/new/" not in look(at_browser("wati"), LIST)


def test_people_stand_in_the_navigation_of_those_who_may(at_browser: LogIn) -> None:
    assert f'href="{LIST}"' in look(at_browser("wati"), "/c/sukamaju/")
    assert f'href="{LIST}"' not in look(at_browser("ani"), "/c/sukamaju/")


def test_a_page_tells_who_somebody_is(cast: Cast, at_browser: LogIn) -> None:
    siti = known(
        cast,
        "Siti Aminah",
        "krajan",
        alias="Bu Darmi",
        occupation="penjahit",
        office="Ketua RT 1",
        groups="PKK, yasinan",
        household="Darmo",
        phone="0812-555",
        birth_year=1985,
    )

    page = look(at_browser("sari"), f"{LIST}{siti}/")

    for words in ("Siti Aminah", "also called Bu Darmi", "penjahit", "Ketua RT 1", "Krajan"):
        assert words in page
    assert "household Darmo" in page
    assert "born 1985" in page
    assert "takes part in PKK, yasinan" in page
    assert 'href="tel:0812-555"' in page
    assert "1. Listen" in page
    assert "2. Map" in page


def test_who_looks_on_sees_no_phone_no_promise_and_no_tie(cast: Cast, at_browser: LogIn) -> None:
    siti, sri = known(cast, "Siti", phone="0812-555"), known(cast, "Sri")
    sari = cast.actor("sari")
    promise = {"person": siti, "what": "bring the invitations", "made_on": "2026-05-01"}
    do(sari, "listen.make_promise", **promise)
    do(sari, "map.report_tie", from_person=siti, to_person=sri, kind="friend")

    page = look(at_browser("wati"), f"{LIST}{siti}/")

    assert "Siti" in page
    for words in ("0812-555", "invitations", "Sri", "Promises", "2. Map"):
        assert words not in page


def test_a_page_tells_promises_and_what_became_of_them(cast: Cast, at_browser: LogIn) -> None:
    siti, sari = known(cast, "Siti"), cast.actor("sari")
    promise = do(sari, "listen.make_promise", person=siti, what="bring rice", made_on="2026-05-01")[
        "id"
    ]
    assert "open</span>" in look(at_browser("sari"), f"{LIST}{siti}/")

    do(sari, "listen.settle_promise", promise=promise, outcome="kept", noted_on="2026-05-03")
    page = look(at_browser("sari"), f"{LIST}{siti}/")

    assert "bring rice" in page
    assert "kept</span>" in page


def test_an_observation_is_read_by_its_observer_and_by_planners(
    cast: Cast, at_browser: LogIn
) -> None:
    siti = known(cast, "Siti", "krajan")
    note = {"person": siti, "trait": "stance", "value": 2, "evidence": "came to every meeting"}
    do(cast.actor("rudi"), "listen.note_observation", **note)
    address = f"/c/krajan/people/{siti}/"

    page = look(at_browser("sari"), address)
    assert "passive ally" in page
    assert "came to every meeting" in page
    assert "came to every meeting" not in look(at_browser("budi"), address)


def test_ties_lead_to_the_page_of_the_other_person(cast: Cast, at_browser: LogIn) -> None:
    siti, sri = known(cast, "Siti"), known(cast, "Sri")
    tie = {"from_person": siti, "to_person": sri, "kind": "advice", "strength": 4}
    do(cast.actor("sari"), "map.report_tie", **tie)

    pages = (look(at_browser("sari"), f"{LIST}{each}/") for each in (siti, sri))
    here, there = (" ".join(page.split()) for page in pages)

    assert f'href="../{sri}/"' in here
    assert "Advice, from here to there" in here
    assert "4 of 5" in here
    assert f'href="../{siti}/"' in there
    assert "Advice, from there to here" in there


def test_a_first_name_is_enough_to_note_somebody_and_undo_leads_back_to_the_list(
    cast: Cast, at_browser: LogIn
) -> None:
    client = at_browser("sari")
    here = str(cast.actor("sari").community)
    form = {"key": KEY, "name": "Ningsih", "community": here, "gender": "unstated"}

    answer = client.post(f"{LIST}new/", form, follow=True)
    page = answer.content.decode()
    assert "Ningsih was added." in page
    assert re.fullmatch(LIST + "[0-9a-f-]{36}/", answer.redirect_chain[0][0])

    undo = {"key": str(uuid.uuid4()), "entry": entry_in(page), "next": LIST}
    assert f'name="next" value="{LIST}"' in page
    assert shown(client.post("/c/sukamaju/undo/", undo, follow=True).content.decode()) == []


def test_a_year_in_which_nobody_was_born_is_said_at_its_field(
    cast: Cast, at_browser: LogIn
) -> None:
    here = str(cast.actor("sari").community)
    form = {"key": KEY, "name": "X", "community": here, "gender": "other", "birth_year": "1492"}

    page = at_browser("sari").post(f"{LIST}new/", form).content.decode()

    assert "Nobody alive was born in that year." in page
    assert '<details class="flex flex-col" open>' in page


def test_what_one_saw_is_noted_under_ones_own_name_and_undone_on_the_same_page(
    cast: Cast, at_browser: LogIn
) -> None:
    siti, client = known(cast, "Siti", "krajan"), at_browser("budi")
    address = f"/c/krajan/people/{siti}/"
    form = {"key": KEY, "value": "4", "evidence": "mended the well on her own"}

    page = client.post(f"{address}observe/?trait=initiative", form, follow=True).content.decode()
    for words in (
        "Noted under your name",
        "Initiative",
        "seen again and again",
        "mended the well",
        "Budi",
    ):
        assert words in page

    undo = {"key": str(uuid.uuid4()), "entry": entry_in(page), "next": address}
    page = client.post("/c/krajan/undo/", undo, follow=True).content.decode()
    assert "Undone" in page
    assert "mended the well" not in page


def test_each_trait_offers_the_values_of_its_own_scale(cast: Cast, at_browser: LogIn) -> None:
    address = f"{LIST}{known(cast, 'Siti')}/observe/"

    stance, vision = (
        look(at_browser("sari"), address),
        look(at_browser("sari"), address, trait="vision"),
    )

    assert "Active opponent" in stance
    assert "Says nothing can change" in vision
    assert "Active opponent" not in vision
    assert at_browser("sari").get(address, {"trait": "colour"}).status_code == 400
    assert 'class="field-error"' in at_browser("sari").post(address, {"key": KEY}).content.decode()


@pytest.mark.parametrize(("kind", "leads"), [("advice", "from here to there"), ("kin", "Kin")])
def test_a_tie_is_noted_with_somebody_found_by_name(
    cast: Cast, at_browser: LogIn, kind: str, leads: str
) -> None:
    siti, sri, client = known(cast, "Siti"), known(cast, "Sri"), at_browser("sari")
    address = f"{LIST}{siti}/tie/"
    assert "Siti</span>" not in look(client, address, text="s")
    assert f'value="{sri}"' in look(client, address, text="s")

    form = {"key": KEY, "to_person": str(sri), "kind": kind, "strength": "3"}
    page = client.post(address, form, follow=True).content.decode()

    assert "The tie is noted." in page
    assert leads in page
    assert "3 of 5" in page
    assert ("from here to there" in page) == (kind == "advice")


def test_of_many_ties_the_strongest_are_shown_until_all_are_asked_for(
    cast: Cast, at_browser: LogIn
) -> None:
    siti = known(cast, "Siti")
    for number in range(51):
        other, strength = known(cast, f"Warga {number:02}"), 1 if number == 7 else 3
        told = {"from_person": siti, "to_person": other, "kind": "kin", "strength": strength}
        do(cast.actor("sari"), "map.report_tie", **told)
    client, address = at_browser("sari"), f"{LIST}{siti}/"

    page = look(client, address)

    assert "51 ties" in page
    assert "Warga 07" not in page
    assert 'href="?ties=all"' in page
    assert "Warga 07" in look(client, address, ties="all")


def test_a_tie_needs_somebody_else_who_is_here(cast: Cast, at_browser: LogIn) -> None:
    siti, stranger = known(cast, "Siti"), known(cast, "Sri", "sidorejo")
    client, address, form = at_browser("sari"), f"{LIST}{siti}/tie/", {"key": KEY, "kind": "kin"}

    nobody = client.post(address, form).content.decode()
    oneself = client.post(address, form | {"to_person": str(siti)}).content.decode()

    assert "Choose the other person." in nobody
    assert "A tie needs two people." in oneself
    assert client.post(address, form | {"to_person": str(stranger)}).status_code == 404


def test_a_page_draws_somebody_among_those_they_are_tied_to(cast: Cast, at_browser: LogIn) -> None:
    sari = cast.actor("sari")
    ids = [
        do(sari, "listen.add_person", name=name)["id"] for name in ("Slamet", "Sri", "Wage", "Pon")
    ]
    for one, other, kind in [(0, 1, "kin"), (0, 2, "friend"), (1, 2, "friend"), (0, 3, "conflict")]:
        do(sari, "map.report_tie", from_person=ids[one], to_person=ids[other], kind=kind)

    said = at_browser("sari").get(f"/c/sukamaju/people/{ids[0]}/").content.decode()
    drawn = at_browser("sari").get(f"/c/sukamaju/people/{ids[0]}/around/").json()

    assert f'from="/c/sukamaju/people/{ids[0]}/around/"' in said
    assert drawn["names"][0] == "Slamet"
    assert sorted(drawn["names"]) == ["Pon", "Slamet", "Sri", "Wage"]
    pairs = {
        tuple(sorted((drawn["names"][one], drawn["names"][other])))
        for one, other in zip(drawn["ties"][::2], drawn["ties"][1::2], strict=True)
    }
    assert pairs == {("Slamet", "Sri"), ("Slamet", "Wage"), ("Sri", "Wage")}
    wati = at_browser("wati")
    assert "network-picture" not in wati.get(f"/c/sukamaju/people/{ids[0]}/").content.decode()
    assert wati.get(f"/c/sukamaju/people/{ids[0]}/around/").status_code == 403


def test_seen_from_above_the_list_says_the_village_beside_the_hamlet(
    cast: Cast, at_browser: LogIn
) -> None:
    known(cast, "Slamet", "krajan")

    assert "Krajan, Sukamaju" in look(at_browser("tini"), "/c/yayasan/people/")
    assert "Krajan, Sukamaju" not in look(at_browser("tini"), LIST)
