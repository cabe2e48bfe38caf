"""A field whose value is sealed in the database: AES-256-GCM (NIST SP 800-38D).

The row's table, key and field are bound in as associated data, so a sealed value that somebody
moves to another row or field no longer opens. A value read by `values()` or `values_list()` stays
`Sealed`: it has to be opened on purpose, and never slips out by listing columns.
"""

from __future__ import annotations

import base64
import json
import secrets
import uuid
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import models

from guyub.core.keys import key_ring

_NONCE_BYTES = 12  # what GCM is defined for; random is safe far beyond 2^30 values under one key


class SealBroken(RuntimeError):
    """A sealed value was altered, moved to another row, or sealed under a key we do not have."""


@dataclass(frozen=True)
class Sealed:
    """A value as it stands in the database. It shows nothing of itself."""

    text: str

    def __repr__(self) -> str:
        return "Sealed(…)"

    __str__ = __repr__

    @property
    def version(self) -> int:
        """The key it is sealed under."""
        return int(self.text.partition(":")[0])


@lru_cache(maxsize=16)
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(key)


def _place(field: models.Field, row: uuid.UUID, version: int) -> bytes:
    return f"{field.model._meta.label_lower}|{field.name}|{row}|{version}".encode()


def seal(field: models.Field, row: uuid.UUID, value: Any) -> Sealed:
    """Seal a value for one field of one row, under the newest key."""
    ring = key_ring()
    nonce = secrets.token_bytes(_NONCE_BYTES)
    plain = json.dumps(value, ensure_ascii=False).encode()
    secret = _cipher(ring.keys[ring.newest]).encrypt(nonce, plain, _place(field, row, ring.newest))
    return Sealed(f"{ring.newest}:{base64.b64encode(nonce + secret).decode()}")


def unseal(field: models.Field, row: uuid.UUID, sealed: Sealed) -> Any:
    """Open a sealed value of one field of one row.

    :raises SealBroken: it was altered or moved, or its key is not on the ring.
    """
    version = sealed.version
    try:
        key = key_ring().keys[version]
        content = base64.b64decode(sealed.text.partition(":")[2])
        plain = _cipher(key).decrypt(
            content[:_NONCE_BYTES], content[_NONCE_BYTES:], _place(field, row, version)
        )
    except (KeyError, InvalidTag):
        raise SealBroken(f"{field.model._meta.label}.{field.name} {row} does not open.") from None
    return json.loads(plain)


class _Opening:
    """Opens the value when it is asked for, and only then."""

    def __init__(self, field: ConfidentialField) -> None:
        self.field = field

    def __get__(self, instance: models.Model | None, owner: type) -> Any:
        if instance is None:
            return self
        name = self.field.attname
        if name not in instance.__dict__:
            instance.refresh_from_db(fields=[name])
        value = instance.__dict__[name]
        return unseal(self.field, instance.pk, value) if isinstance(value, Sealed) else value

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class ConfidentialField(models.Field):
    """A text or number that only those who need it may read. Null stays null."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["null"] = True
        kwargs["blank"] = True
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, arguments, named = super().deconstruct()
        del named["null"], named["blank"]
        return name, path, list(arguments), dict(named)

    def get_internal_type(self) -> str:
        return "TextField"

    def contribute_to_class(self, cls: type[models.Model], name: str, **kwargs: Any) -> None:  # type: ignore[override]
        super().contribute_to_class(cls, name, **kwargs)
        setattr(cls, self.attname, _Opening(self))

    def from_db_value(self, value: str | None, *_: Any) -> Sealed | None:
        return None if value is None else Sealed(value)

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed | None:
        value = model_instance.__dict__.get(self.attname)
        if value is None or isinstance(value, Sealed):
            return value
        return seal(self, model_instance.pk, value)

    def get_prep_value(self, value: Any) -> str | None:
        if value is None:
            return None
        if not isinstance(value, Sealed):
            # A plain value here would be a search by content or an unsealed write.
            raise TypeError(f"{self.name} is confidential: it is neither searched nor set in bulk.")
        return value.text

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None
