"""The cast: the same few people in every test.

Sari coordinates Sukamaju. Rudi organizes there. Budi is a field worker in one of its hamlets,
Krajan, and sees no other. Wati looks on, Ani is a villager who may see her village's own page.
Tini owns the whole organisation. Charlie coordinates another village of the same organisation, and
Oscar owns another organisation: neither may learn anything of Sukamaju. Dewi has left; her account
is closed.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from guyub.core.action import Deed, perform
from guyub.core.actor import Actor, actor_in
from guyub.core.founding import found_workspace
from guyub.core.models import Account, Community

PASSWORD = "padi menguning di sawah"


@dataclass
class Cast:
    """Accounts by name, and the addresses of their communities."""

    accounts: dict[str, Account] = field(default_factory=dict)
    slugs: dict[str, str] = field(default_factory=dict)

    def actor(self, name: str, place: str = "sukamaju") -> Actor:
        """Somebody of the cast, acting in a place."""
        return actor_in(self.accounts[name], self.slugs[place])


def do(actor: Actor, action: str, **data: object) -> dict:
    """Do one deed and give its result."""
    (receipt,) = perform(actor, [Deed(action=action, data=data)])
    return receipt.result


def assemble() -> Cast:
    """Bring the cast together in an empty database."""
    cast = Cast()
    cast.accounts["tini"] = found_workspace(
        "Yayasan Guyub", slug="yayasan", username="tini", owner="Tini", password=PASSWORD
    )
    cast.accounts["oscar"] = found_workspace(
        "Other Organisation", slug="other", username="oscar", owner="Oscar", password=PASSWORD
    )
    cast.slugs |= {"yayasan": "yayasan", "other": "other"}
    tini = cast.actor("tini", "yayasan")
    places = [
        ("sukamaju", "desa", None),
        ("krajan", "dusun", "sukamaju"),
        ("kali", "dusun", "sukamaju"),
        ("sidorejo", "desa", None),
    ]
    for slug, kind, parent in places:
        above = Community.current.get(slug=parent).pk if parent else None
        do(tini, "core.found_community", name=slug.title(), slug=slug, kind=kind, parent=above)
        cast.slugs[slug] = slug
        tini = cast.actor("tini", "yayasan")
    for name, role, place in [
        ("sari", "coordinator", "sukamaju"),
        ("rudi", "organizer", "sukamaju"),
        ("budi", "field_worker", "krajan"),
        ("wati", "viewer", "sukamaju"),
        ("ani", "member", "sukamaju"),
        ("charlie", "coordinator", "sidorejo"),
        ("dewi", "organizer", "sukamaju"),
    ]:
        _join(cast, tini, name, role, place)
    do(tini, "core.close_account", account=cast.accounts["dewi"].pk)
    cast.accounts["dewi"].refresh_from_db()
    return cast


def _join(cast: Cast, tini: Actor, name: str, role: str, place: str) -> None:
    community = Community.current.get(slug=place).pk
    opened = do(
        tini,
        "core.open_account",
        username=name,
        name=name.title(),
        password=PASSWORD,
        role=role,
        community=community,
    )
    cast.accounts[name] = Account.objects.get(pk=opened["account"])
