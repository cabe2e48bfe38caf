"""Somebody of the cast with a phone in hand, speaking to the server as a phone does."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from guyub.core.identifiers import new_identifier
from people import Cast


def deed(action: str, *, at: datetime | None = None, **data: Any) -> dict[str, Any]:
    """A deed as a phone writes it down."""
    return {
        "key": str(new_identifier()),
        "action": action,
        "data": data,
        "at": (at or timezone.now()).isoformat(),
    }


def entry(*deeds: dict[str, Any]) -> dict[str, Any]:
    """What was noted in one go."""
    return {"entry": str(new_identifier()), "deeds": list(deeds)}


def submission(
    form: str, *, key: str | None = None, at: datetime | None = None, **answers: list[str]
) -> dict[str, Any]:
    """An entry that is a form, as a phone keeps it when it was filled in."""
    told = {"form": form, "version": 1, "key": key or str(new_identifier()), "answers": answers}
    told["at"] = (at or timezone.now()).isoformat()
    return {"entry": str(new_identifier()), "submission": told}


@dataclass
class Handset:
    """A phone of somebody, registered in one place."""

    cast: Cast
    name: str
    place: str = "krajan"
    device: str = field(default_factory=lambda: str(new_identifier()))
    browser: Client = field(default_factory=lambda: Client(headers={"accept-language": "en"}))

    def __post_init__(self) -> None:
        self.browser.force_login(self.cast.accounts[self.name])

    @property
    def account(self) -> uuid.UUID:
        return self.cast.accounts[self.name].pk

    def registered(self) -> Handset:
        answer = self.post("device", {"device": self.device, "label": "Phone", "schema": 1})
        assert answer.status_code == 200, answer.content
        return self

    def ask(self, what: str, **more: str) -> HttpResponse:
        headers = {"x-guyub-device": self.device}
        return self.browser.get(f"/c/{self.place}/sync/{what}/", more, headers=headers)

    def post(self, what: str, content: Any) -> HttpResponse:
        text = content if isinstance(content, bytes) else json.dumps(content).encode()
        return self.browser.post(
            f"/c/{self.place}/sync/{what}/",
            text,
            content_type="application/json",
            headers={"x-guyub-device": self.device},
        )

    def push(self, *entries: dict[str, Any], sent_at: datetime | None = None) -> list[dict]:
        """Send entries, and give the receipts."""
        moment = (sent_at or timezone.now()).isoformat()
        answer = self.post("push", {"schema": 1, "sent_at": moment, "entries": list(entries)})
        assert answer.status_code == 200, answer.content
        return answer.json()["receipts"]

    def send(self, action: str, **data: Any) -> dict[str, Any]:
        """Send one deed, and give its receipt."""
        return self.push(entry(deed(action, **data)))[0]

    def pull(self, cursor: str = "") -> dict[str, Any]:
        """Everything that is different since the cursor, all pages of it.

        `anew` says that what the phone held counts no more: this is all of it.
        """
        rows: list[dict[str, Any]] = []
        anew = False
        while True:
            answer = self.ask("pull", **({"cursor": cursor} if cursor else {}))
            if cursor and answer.status_code == 410 and answer.json() == {"why": "epoch"}:
                rows, cursor, anew = [], "", True
                continue
            assert answer.status_code == 200, answer.content
            content = answer.json()
            rows += content["rows"]
            if not content["more"]:
                return content | {"rows": rows, "anew": anew}
            cursor = content["cursor"]

    def person(self, identifier: str) -> dict[str, Any] | None:
        """Somebody as a phone that fetches everything would hold them."""
        rows = self.pull()["rows"]
        found = [each["data"] for each in rows if each["id"] == identifier]
        return found[0] if found else None
