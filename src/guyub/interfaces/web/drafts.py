"""The key under which a browser keeps what somebody is writing."""

from __future__ import annotations

import base64
import hashlib
import hmac

from django.conf import settings

from guyub.core.models import Account


def draft_secret(account: Account) -> str:
    """64 bytes in base64: 32 to seal drafts with, 32 that name where they lie.

    They follow from the account, so that a draft outlives a dead battery and a new log-in, and from
    its password, so that drafts on a lost phone close when the password is changed.
    """
    told = f"drafts {account.pk} {account.password}".encode()
    return base64.b64encode(
        hmac.new(settings.SECRET_KEY.encode(), told, hashlib.sha512).digest()
    ).decode()
