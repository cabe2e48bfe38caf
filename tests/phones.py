"""Several phones and the real server, taken through whatever the field does to them.

A phone notes without a network, sends in any order, sends again what it had no answer to, and reads
when nothing of its own waits. A coordinator at a desk corrects and erases meanwhile. What must hold
whatever happens stands in `Phones.hold`.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from guyub.core import phones as core
from guyub.core.action import Deed, perform
from guyub.core.identifiers import new_identifier
from guyub.core.models import FilledForm, LogEntry, SentEntry
from guyub.cycle.listen import queries as listen
from guyub.cycle.listen.models import Participation, Person, Promise
from guyub.cycle.listen.vocabulary.rights import Allowed, Purpose
from handset import Handset, deed, entry, submission
from people import Cast, do

NAMES = st.sampled_from(["Slamet", "Sri", "Wage", "Legi", "Pon"])
PHONE = st.integers(0, 2)
SOMEBODY = st.integers(0, 5)


@dataclass
class Phone:
    """What a phone keeps: a copy of rows, and entries that wait."""

    handset: Handset
    cursor: str = ""
    copy: dict[tuple[str, str], Any] = field(default_factory=dict)
    versions: dict[tuple[str, str], str] = field(default_factory=dict)
    outbox: list[dict[str, Any]] = field(default_factory=list)
    # The deed that last set somebody's name, as this phone knows it.
    last: dict[str, str] = field(default_factory=dict)
    # Whether the server may have something new for it.
    behind: bool = True

    def pull(self) -> None:
        told = self.handset.pull(self.cursor)
        self.cursor, self.behind = told["cursor"], False
        if told["anew"]:
            self.copy.clear()
            self.versions.clear()
        for row in told["rows"]:
            place = (row["kind"], row["id"])
            self.copy.pop(place, None)
            self.versions.pop(place, None)
            if row["data"] is not None:
                self.copy[place] = row["data"]
                self.versions[place] = row["version"]
                if row["kind"] == "person":
                    last = row["data"]["last"]
                    self.last[row["id"]] = last.get("name", last["*"])

    @property
    def digest(self) -> str:
        lines = (
            f"{kind} {key} {self.versions[kind, key]}\n" for kind, key in sorted(self.versions)
        )
        return hashlib.sha256("".join(lines).encode()).hexdigest()


def row_of(model: Any, identifier: str | uuid.UUID) -> Any:
    """A row as it lies in its table, whoever may read it."""
    return QuerySet(model).filter(pk=identifier).first()


def about(noted: dict[str, Any]) -> str:
    """Of whom an entry speaks; each of the machine's speaks of one person."""
    if "submission" in noted:
        return str(noted["submission"]["answers"]["people"][0])
    told = noted["deeds"][-1]["data"]
    if "arrivals" in told:
        return str(told["arrivals"][0]["person"])
    return str(told.get("person") or told["id"])


class Phones(RuleBasedStateMachine):
    """Two phones of one field worker, one of a coordinator, and a desk."""

    cast: ClassVar[Cast]

    def __init__(self) -> None:
        super().__init__()
        self._world = transaction.atomic()
        self._world.__enter__()
        self.sari = self.cast.actor("sari", "krajan")
        self.phones = [
            Phone(Handset(self.cast, name).registered()) for name in ("budi", "budi", "sari")
        ]
        told = {"title": "Rembug", "planned_on": timezone.localdate()}
        self.meeting = str(do(self.sari, "listen.plan_meeting", **told)["id"])
        self.people: list[str] = []
        self.erased: set[str] = set()
        # What the desk changed: by the key of the deed, who, and their name since.
        self.at_the_desk: dict[str, tuple[str, str]] = {}
        self.noted: dict[str, dict[str, Any]] = {}
        self.outcomes: dict[str, list[str]] = {}

    def teardown(self) -> None:
        try:
            self._settle()
            self.hold()
            # Now that every phone holds everything, names change; a promise is kept, and is no
            # longer carried; and somebody wants to be forgotten.
            for person in self.people:
                self._rename_at_the_desk(person, "Kliwon")
            self._settle()
            self._all_phones_hold_the_same()
            if promise := QuerySet(Promise).filter(outcomes=None).first():
                done = {"outcome": "kept", "noted_on": promise.made_on.isoformat()}
                do(self.sari, "listen.settle_promise", promise=promise.pk, **done)
                self._settle()
                self._all_phones_hold_the_same()
            if known := [person for person in self.people if row_of(Person, person)]:
                do(self.sari, "listen.erase_person", person=known[0], why="asked")
                self.erased.add(known[0])
                self._settle()
                self._erased_stays_erased()
                self._all_phones_hold_the_same()
        finally:
            transaction.set_rollback(True)
            self._world.__exit__(None, None, None)

    def somebody(self, number: int) -> str:
        return self.people[number % len(self.people)]

    def note(self, phone: int, *deeds: dict[str, Any]) -> None:
        self.keep(phone, entry(*deeds))

    def keep(self, phone: int, noted: dict[str, Any]) -> None:
        self.noted[noted["entry"]] = noted
        self.phones[phone].outbox.append(noted)

    @precondition(lambda self: len(self.people) < 6)
    @rule(phone=PHONE, name=NAMES)
    def get_to_know(self, phone: int, name: str) -> None:
        person = str(new_identifier())
        told = deed("listen.add_person", id=person, name=name)
        self.people.append(person)
        self.phones[phone].last[person] = told["key"]
        self.note(phone, told)

    @precondition(lambda self: self.people)
    @rule(phone=PHONE, who=SOMEBODY)
    def promise(self, phone: int, who: int) -> None:
        told = {"id": str(new_identifier()), "what": "come", "made_on": "2026-05-01"}
        self.note(phone, deed("listen.make_promise", person=self.somebody(who), **told))

    @precondition(lambda self: self.people)
    @rule(phone=PHONE, who=SOMEBODY)
    def come_to_the_meeting(self, phone: int, who: int) -> None:
        people = [self.somebody(who)]
        self.keep(phone, submission("check_in", meeting=[self.meeting], people=people))

    @precondition(lambda self: self.people)
    @rule(phone=PHONE, who=SOMEBODY)
    def talk(self, phone: int, who: int) -> None:
        least = {"kind": ["one_on_one"], "initiated_by": ["worker"]}
        promised = {"promise_1": ["come"], "mine_1": ["on"]}
        people = [self.somebody(who)]
        self.keep(phone, submission("conversation", people=people, **least, **promised))

    @precondition(lambda self: self.people)
    @rule(phone=PHONE, who=SOMEBODY, name=NAMES)
    def rename(self, phone: int, who: int, name: str) -> None:
        person, last = self.somebody(who), self.phones[phone].last
        if person in last:
            base = {"name": last[person]}
            told = deed("listen.change_person", person=person, name=name, base=base)
            last[person] = told["key"]
            self.note(phone, told)

    @precondition(lambda self: self.people)
    @rule(phone=PHONE, who=SOMEBODY, answer=st.sampled_from(["given", "refused"]))
    def consent(self, phone: int, who: int, answer: str) -> None:
        told = {"purpose": "judge", "answer": answer, "witness": "Sri", "seen": []}
        self.note(phone, deed("listen.note_consent", person=self.somebody(who), **told))

    @precondition(lambda self: self.people)
    @rule(who=SOMEBODY, name=NAMES)
    def rename_at_the_desk(self, who: int, name: str) -> None:
        self._rename_at_the_desk(self.somebody(who), name)

    def _rename_at_the_desk(self, person: str, name: str) -> None:
        row = row_of(Person, person)
        if row is not None and row.name != name:
            told = Deed(action="listen.change_person", data={"person": row.pk, "name": name})
            (receipt,) = perform(self.sari, [told])
            self._something_is_new()
            self.at_the_desk[str(receipt.key)] = (str(row.pk), name)

    @precondition(lambda self: len(self.people) > 1)
    @rule(who=SOMEBODY)
    def erase(self, who: int) -> None:
        person = self.somebody(who)
        if row_of(Person, person) is not None and len(self.erased) < 2:
            do(self.sari, "listen.erase_person", person=person, why="asked")
            self._something_is_new()
            self.erased.add(person)

    @precondition(lambda self: self.sending())
    @rule(
        phone=PHONE,
        order=st.randoms(use_true_random=False),
        lost=st.booleans(),
        twice=st.booleans(),
    )
    def send(self, phone: int, order: Any, lost: bool, twice: bool) -> None:
        sender = self.sending()[phone % len(self.sending())]
        waiting = list(sender.outbox)
        order.shuffle(waiting)
        self._send(sender, waiting[: order.randint(1, len(waiting))], lost=lost)
        if twice:
            self._send(sender, waiting[:1], lost=lost)

    @precondition(lambda self: self.reading())
    @rule(phone=PHONE)
    def read(self, phone: int) -> None:
        self.reading()[phone % len(self.reading())].pull()

    def sending(self) -> list[Phone]:
        """The phones on which something waits."""
        return [phone for phone in self.phones if phone.outbox]

    def reading(self) -> list[Phone]:
        """The phones that may fetch something, and might find something new."""
        return [phone for phone in self.phones if phone.behind and not phone.outbox]

    def _something_is_new(self) -> None:
        for phone in self.phones:
            phone.behind = True

    def _send(self, phone: Phone, entries: list[dict[str, Any]], *, lost: bool = False) -> None:
        self._something_is_new()
        for receipt in phone.handset.push(*entries):
            self.outcomes.setdefault(receipt["entry"], []).append(receipt["outcome"])
        if not lost:
            answered = {each["entry"] for each in entries}
            phone.outbox = [each for each in phone.outbox if each["entry"] not in answered]

    def _settle(self) -> None:
        """The network is back: everything is sent, then everything is read."""
        for phone in self.phones:
            while phone.outbox:
                self._send(phone, phone.outbox[:20])
        for phone in self.phones:
            phone.pull()

    def hold(self) -> None:
        """What must be true once everything has arrived and everybody has read."""
        self._every_entry_has_one_outcome()
        self._no_name_was_overwritten_unseen()
        self._no_counts_more_than_yes()
        self._erased_stays_erased()
        self._all_phones_hold_the_same()

    def _every_entry_has_one_outcome(self) -> None:
        looked_at = {str(row.id): row for row in core.to_look_at(self.sari)}
        for key, noted in self.noted.items():
            told, sent = self.outcomes[key], row_of(SentEntry, key)
            assert told.count("done") <= 1, f"done twice: {told}"
            assert "refused" not in told, f"a fact was refused: {noted}"
            assert sent is not None, f"no receipt: {noted}"
            person = about(noted)
            logged = LogEntry.objects.filter(entry=key).count()
            # Each form of the machine becomes two deeds.
            says = 2 if "submission" in noted else len(noted["deeds"])
            wanted = says if sent.outcome == "done" else 0
            assert logged == wanted, f"{sent.outcome}, {logged} in the log"
            if sent.outcome == "review":
                if person not in self.erased:
                    kept = [dict(told["data"]) for told in looked_at[key].deeds]
                    assert kept == [noted["deeds"][-1]["data"]], "lost in review"
            elif sent.outcome == "erased":
                assert person in self.erased, "dropped, though nobody is erased"
                assert not sent.content, "kept, though somebody is erased"
            else:
                assert sent.outcome == "done", f"left {sent.outcome}: {noted}"
                self._is_there_once(noted, person not in self.erased)

    def _is_there_once(self, noted: dict[str, Any], wanted: bool) -> None:
        """What was done is there, once, unless it was about somebody erased."""
        if "submission" in noted:
            told = noted["submission"]
            kept = QuerySet(FilledForm).filter(pk=noted["entry"]).first()
            assert (kept is not None) == wanted, "answers are not kept once"
            assert not kept or kept.answers == told["answers"], "other answers are kept"
            if told["form"] == "check_in":
                rows = QuerySet(Participation).filter(
                    person=about(noted), encounter__meeting=self.meeting
                )
                assert rows.count() == wanted, "somebody did not come once"
            else:
                made = uuid.uuid5(uuid.UUID(told["key"]), "encounter")
                there = QuerySet(Participation).filter(encounter=made).count()
                assert there == wanted, "a conversation is not there once"
        elif noted["deeds"][-1]["action"] == "listen.make_promise":
            there = row_of(Promise, noted["deeds"][-1]["data"]["id"]) is not None
            assert there == wanted, "a promise is not there once"

    def _no_name_was_overwritten_unseen(self) -> None:
        sent = {
            deed["key"]: deed for noted in self.noted.values() for deed in noted.get("deeds", ())
        }
        stands: dict[str, tuple[str, str]] = {}
        for row in LogEntry.objects.filter(community=self.sari.community).order_by("number"):
            key = str(row.key)
            if row.action == "listen.add_person" and key in sent:
                stands[sent[key]["data"]["id"]] = (sent[key]["data"]["name"], key)
            elif row.action == "listen.change_person":
                if key in self.at_the_desk:
                    person, name = self.at_the_desk[key]
                else:
                    told = sent[key]["data"]
                    person, name = told["person"], told["name"]
                    if name != stands[person][0]:
                        assert told["base"]["name"] == stands[person][1], "overwritten unseen"
                if name != stands[person][0]:
                    stands[person] = (name, key)
        for person, (name, _key) in stands.items():
            if person not in self.erased:
                assert row_of(Person, person).name == name, "the last change does not stand"

    def _no_counts_more_than_yes(self) -> None:
        for noted in self.noted.values():
            told = noted["deeds"][-1]["data"] if "deeds" in noted else {}
            if told.get("answer") == "refused" and told["person"] not in self.erased:
                allowed = listen.rights(self.sari, uuid.UUID(told["person"])).allowed
                assert allowed[Purpose.JUDGE] == Allowed.NO, "a yes took a no away"

    def _erased_stays_erased(self) -> None:
        for person in self.erased:
            assert row_of(Person, person) is None, "somebody erased is back"
            for phone in self.phones:
                held = json.dumps([[*place, data] for place, data in phone.copy.items()])
                assert person not in held, "a phone still tells of somebody erased"

    def _all_phones_hold_the_same(self) -> None:
        one, other, _sari = self.phones
        assert one.copy == other.copy, "two phones of one worker differ"
        for phone in self.phones:
            told = phone.handset.ask("digest", cursor=phone.cursor).json()["digest"]
            assert told == phone.digest, "a phone holds another copy than the server thinks"
            for (kind, key), data in phone.copy.items():
                if kind == "person":
                    assert data["name"] == row_of(Person, key).name, "a phone has an old name"
