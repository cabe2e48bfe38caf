"""The key under which a browser keeps what somebody is writing."""

from __future__ import annotations

import base64

from guyub.core.digests import digest
from guyub.core.models import Account


def draft_secret(account: Account) -> str:
    """64 bytes in base64: 32 to seal drafts with, 32 that name where they lie.

    They follow from the account, so that a draft outlives a dead battery and a new log-in, and from
    its password, so that drafts on a lost phone close when the password is changed.
    """
    return base64.b64encode(_drawn(account)).decode()


def draft_owner(account: Account) -> str:
    """The half that names where drafts lie: enough to throw them away, and not to read them."""
    return _drawn(account)[32:].hex()


def _drawn(account: Account) -> bytes:
    return digest("drafts", f"{account.pk} {account.password}".encode())
