"""What a phone works out by itself is what the server would have worked out."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone, translation

from guyub.core.errors import Invalid
from guyub.core.submissions import READERS, Submission
from guyub.cycle.listen import queries as listen
from guyub.cycle.listen.vocabulary.spelling import searched, words_sought
from people import Cast, do
from walking import log_in

NAMES = """
    Hj. Sitti-Aminah | siti aminah | Djoko Soekarno | Joko Sukarno | Moh. Ilyas | M. Ilyas
    Muhammad Syafi'i | Mohd Syafii | Pak Haji | Bu Nyai Chadijah | Khadijah | Achmad Dhani
    Ahmad Dani | Tjokroaminoto | Cokroaminoto | Njoman | Nyoman | Oemar Bakrie | Umar Bakri
    Vivi Qomariah | Fifi Komariah | RT 04/RW 11 | RT 1 | José Ñuñez | I Gusti Ngurah Rai | Ny. Tuti
    Sri_Wahyuni | Sri  Wahyuni | Mbah Kromo (alm.) | Ustadz Abdoel | ... | Straße | Ade`k | a
"""

SPELLED = """async (names) => {
    const { searched, wordsSought } = await import("/static/phone/spelling.js");
    return names.map((name) => [searched(name, "Sitti"), wordsSought(name)]);
}"""

READ = """async ([told, home]) => {
    const { faultsOf, shownOf } = await import("/static/phone/submissions.js");
    const store = { row: (kind, id) => (kind === "visit" ? { id, person: told.siti } : undefined) };
    const book = { store, home, me: { name: "Budi" }, nameOf: (id) => id };
    const read = {};
    for (const [name, submission] of Object.entries(told.submissions)) {
        const faults = faultsOf(submission);
        const shown = Object.keys(faults).length ? [] : (await shownOf(book, submission)).effects;
        read[name] = { faults, shown };
    }
    return read;
}"""


@pytest.mark.journey
def test_a_phone_spells_names_as_the_server_does(visit: Callable) -> None:
    names = [name.strip() for name in NAMES.replace("\n", "|").split("|")]
    with visit() as page:
        page.goto("/log-in/")
        found = page.evaluate(SPELLED, names)
    assert found == [[searched(name, "Sitti"), words_sought(name)] for name in names]


@pytest.fixture
def village(cast: Cast) -> dict[str, str]:
    sari = cast.actor("sari", "krajan")
    names = ("Siti", "Karso", "Made")
    return {name: str(do(sari, "listen.add_person", name=name)["id"]) for name in names}


def conversations(village: dict[str, str]) -> dict[str, list[tuple[str, str]]]:
    """Answers as a browser would send them."""
    siti, karso, made = village.values()
    today = timezone.localdate()
    soon, before = today + timedelta(days=7), today - timedelta(days=3)
    least = [("kind", "one_on_one"), ("initiated_by", "worker"), ("when", f"{today} morning")]
    told = [("own_words", " Air sumur keruh "), ("life_area", "health"), ("depth", "4")]
    return {
        "who and when": [*least, ("people", siti)],
        "everything": [
            *least[:2],
            *told,
            ("people", siti),
            ("life_area", "environment"),
            ("day", str(before)),
            ("place", "rumah Siti"),
            ("others", "3"),
            ("sharing", karso),
            ("advice", karso),
            ("advice", made),
            ("news", made),
            ("brings", karso),
            ("known", made),
            ("known_kind", "kin"),
            ("stance", "2"),
            ("initiative", "0"),
            ("vision", "3"),
            ("evidence", "ia bicara"),
            ("promise_1", "Kumpulkan lima tetangga"),
            ("soon_1", str(soon)),
            ("promise_2", "Tanya RT"),
            ("due_2", str(soon)),
            ("soon_2", str(today)),
            ("mine_2", "on"),
            ("skill_1", "menjahit"),
            ("level_1", "3"),
            ("teaches_1", "on"),
            ("skill_2", "memasak"),
            ("level_2", ""),
            ("asset", "sumur"),
            ("asset_capital", "natural"),
            ("summary", "Panjang."),
            ("open_summary", "on"),
            ("next_on", str(soon)),
            ("asked_to_lead", "on"),
        ],
        "somebody new": [*least, *told, ("new_names", "Wayan"), ("new_place", "")],
        "several": [
            *least,
            *told,
            ("people", siti),
            ("people", karso),
            ("about", karso),
            (f"part_{siti}", "hosted"),
            ("new_names", "Ni  Luh; Wayan, ni luh"),
            ("advice", made),
        ],
        "a month": [
            ("kind", "meeting"),
            ("initiated_by", "member"),
            ("month", "2026-01"),
            ("others", "40"),
        ],
        "nobody": [*least, *told],
        "several and nobody in particular": [*least, ("people", siti), ("people", made), *told],
        "incomplete": [
            *least,
            ("people", siti),
            ("own_words", "air"),
            ("due_1", str(soon)),
            ("mine_3", "on"),
            ("level_1", "2"),
            ("asset", "sumur"),
            ("asset_capital", ""),
            ("advice", siti),
            ("next_on", str(before)),
        ],
        "later than today": [*least[:2], ("people", siti), ("day", str(soon))],
    }


@pytest.mark.journey
def test_a_phone_finds_the_same_faults_and_shows_what_the_server_will_make_of_it(
    cast: Cast, visit: Callable, village: dict[str, str]
) -> None:
    budi = cast.actor("budi", "krajan")
    planned = [{"person": village["Siti"], "planned_on": str(timezone.localdate())}]
    do(budi, "listen.plan_visits", visits=planned)
    (open_visit,) = listen.visits(budi)
    told = {
        name: submission_of([*answers, ("visit", str(open_visit.id))])
        for name, answers in conversations(village).items()
    }
    with visit(language="en") as page:
        log_in(page, "budi")
        page.goto("/c/krajan/phone/")
        given = {"siti": village["Siti"], "submissions": told}
        read = page.evaluate(READ, [given, str(budi.community)])

    with translation.override("en"):
        expected = {name: of_the_server(budi, submission) for name, submission in told.items()}
    assert {name: each["faults"] for name, each in read.items()} == {
        name: faults for name, (faults, _deeds) in expected.items()
    }
    assert {name: shown_on_a_phone(each["shown"]) for name, each in read.items()} == {
        name: shown_by_deeds(deeds) for name, (_faults, deeds) in expected.items()
    }
    assert sum(map(len, (each["shown"] for each in read.values()))) > 15


def submission_of(answers: list[tuple[str, str]]) -> dict[str, Any]:
    found: dict[str, list[str]] = {}
    for name, value in answers:
        if value.strip():
            found.setdefault(name, []).append(value.strip())
    return {"form": "conversation", "version": 1, "key": str(uuid.uuid4()), "answers": found}


def of_the_server(actor: Any, told: dict[str, Any]) -> tuple[dict[str, str], list[Any]]:
    """What is wrong, by question, and else the deeds, as plain data."""
    submission = Submission(**{**told, "key": uuid.UUID(told["key"])})
    try:
        deeds = READERS["conversation", 1](actor, submission)
    except Invalid as invalid:
        return invalid.fields, []
    found = [(deed.action, deed.data) for deed in deeds]
    return {}, json.loads(json.dumps(found, cls=DjangoJSONEncoder))


def shown_on_a_phone(effects: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    names = {
        "person": ("id", "name", "community"),
        "encounter": ("id", "kind", "held_on", "month_only", "people"),
        "promise": ("person", "what", "due_on", "by_worker", "made_on"),
        "tie": ("from_person", "to_person", "kind", "reported_on"),
        "visit": ("person", "due_on"),
    }
    return [
        (each["kind"], *(each["data"][name] for name in names[each["kind"]]))
        if each["data"]
        else (each["kind"], each["id"])
        for each in sorted(effects, key=lambda each: list(names).index(each["kind"]))
    ]


def shown_by_deeds(deeds: list[tuple[str, dict[str, Any]]]) -> list[tuple[Any, ...]]:
    found: dict[str, list[tuple[Any, ...]]] = {
        name: [] for name in ("person", "encounter", "promise", "tie", "visit")
    }
    for action, data in deeds:
        if action == "listen.add_person":
            found["person"].append((data["id"], data["name"], data["community"]))
        elif action == "listen.record_encounter":
            there = [each["person"] for each in data["participants"]]
            told = (data["id"], data["kind"], data["held_on"], data["month_only"])
            found["encounter"].append((*told, list(dict.fromkeys(there))))
        elif action == "listen.make_promise":
            names = ("person", "what", "due_on", "by_worker", "made_on")
            found["promise"].append(tuple(data[name] for name in names))
        elif action == "map.report_tie":
            names = ("from_person", "to_person", "kind", "reported_on")
            found["tie"].append(tuple(data[name] for name in names))
        elif action == "listen.settle_visit":
            found["visit"].append((data["visit"],))
        elif action == "listen.plan_visits":
            found["visit"].append((data["visits"][0]["person"], data["visits"][0]["planned_on"]))
    return [(kind, *told) for kind, each in found.items() for told in each]
