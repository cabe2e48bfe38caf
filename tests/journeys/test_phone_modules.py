"""What a phone works out by itself is what the server would have worked out."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.http import QueryDict
from django.utils import timezone

from guyub.core.identifiers import new_identifier
from guyub.cycle.listen.vocabulary.spelling import searched, words_sought
from guyub.interfaces.web.conversation.deeds import deeds_of
from guyub.interfaces.web.conversation.forms import NoteForm
from people import Cast, do

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

MADE = """async ([answers, today, home, openVisit]) => {
    const { deedsOf, read } = await import("/static/phone/note-deeds.js");
    const form = new FormData();
    answers.forEach(([name, value]) => form.append(name, value));
    const { told, faults } = read(form, today);
    return { faults: Object.keys(faults).sort(), deeds: await deedsOf(told, { home, openVisit }) };
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
def test_a_conversation_noted_on_a_phone_gives_the_same_deeds(
    cast: Cast, visit: Callable, village: dict[str, str]
) -> None:
    budi = cast.actor("budi", "krajan")
    today, open_visit = str(timezone.localdate()), str(new_identifier())
    told: dict[str, Any] = {}
    expected: dict[str, Any] = {}
    with visit() as page:
        page.goto("/log-in/")
        for name, answers in conversations(village).items():
            keyed = [("key", str(uuid.uuid4())), *answers]
            told[name] = page.evaluate(MADE, [keyed, today, str(budi.community), open_visit])
            expected[name] = of_the_server(budi, keyed, open_visit)
            if told[name]["faults"]:
                told[name]["deeds"] = None

    assert told == expected


def of_the_server(actor: Any, answers: list[tuple[str, str]], open_visit: str) -> dict[str, Any]:
    sent = QueryDict(mutable=True)
    for name, value in answers:
        sent.appendlist(name, value)
    form = NoteForm(actor, sent)
    if not form.is_valid():
        return {"faults": sorted(form.errors), "deeds": None}
    deeds = [
        {"key": deed.key, "action": deed.action, "data": deed.data}
        for deed in deeds_of(form, actor, open_visit=uuid.UUID(open_visit))
    ]
    return {"faults": [], "deeds": json.loads(json.dumps(deeds, cls=DjangoJSONEncoder))}
