"""Putting all confidential values under a new key.

It can be stopped and begun again at any moment: each value says under which key it is sealed, both
keys stay on the ring until nothing is left under the old one, and a batch is one transaction.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

from django.apps import apps
from django.db import models, transaction
from django.db.models.functions import Cast
from django.db.models.lookups import StartsWith

from guyub.core import feed
from guyub.core.confidential import ConfidentialField
from guyub.core.footprint import WriteSet
from guyub.core.keys import key_ring, new_key, parse_keys
from guyub.core.models.scoped import whole_table

_BATCH = 500


def add_key(file: Path) -> int:
    """Put a new key at the end of the key file, and give its version."""
    text = file.read_text()
    version = max(parse_keys(text)) + 1
    _replace(file, f"{text.strip()}\n{version}:{new_key()}\n")
    return version


def drop_old_keys(file: Path) -> int:
    """Keep only the newest key in the file; give how many went."""
    keys = [item for item in file.read_text().replace(",", " ").split() if item]
    newest = max(keys, key=lambda item: int(item.partition(":")[0]))
    _replace(file, f"{newest}\n")
    return len(keys) - 1


def reseal() -> Iterator[int]:
    """Seal everything that lies under an older key anew; yields the number of each batch."""
    for model, fields in confidential_models():
        while batch := _reseal_batch(model, fields):
            yield batch


def left_under_older_keys() -> int:
    """How many rows still need an older key."""
    newest = key_ring().newest
    return sum(
        _rows(model).filter(_older(fields, newest)).count()
        for model, fields in confidential_models()
    )


def confidential_models() -> Iterator[tuple[type[models.Model], list[ConfidentialField]]]:
    """Every table with confidential fields, and which they are."""
    for model in apps.get_models():
        fields = [field for field in model._meta.fields if isinstance(field, ConfidentialField)]
        if fields:
            yield model, fields


def _rows(model: type[models.Model]) -> models.QuerySet:
    # The whole table, whatever community is open: keys belong to the installation, and nothing is
    # shown to anybody here.
    return whole_table(model)


def _older(fields: list[ConfidentialField], newest: int) -> models.Q:
    condition = models.Q(pk__in=[])
    for field in fields:
        column = Cast(models.F(field.name), models.TextField())
        condition |= models.Q(**{f"{field.name}__isnull": False}) & ~models.Q(
            StartsWith(column, f"{newest}:")
        )
    return condition


def _reseal_batch(model: type[models.Model], fields: list[ConfidentialField]) -> int:
    older = _rows(model).filter(_older(fields, key_ring().newest))
    with transaction.atomic():
        rows = list(older.select_for_update()[:_BATCH])
        for row in rows:
            _reseal_row(row, fields)
        if rows:
            # No deed tells of it, and what was read before is sealed under a key that will go.
            feed.publish(WriteSet(None))
    return len(rows)


def _reseal_row(row: models.Model, fields: list[ConfidentialField]) -> None:
    for field in fields:
        # Opened, and put back in the clear: it is sealed again under the newest key when written.
        setattr(row, field.name, getattr(row, field.name))
    # What is read from these columns may be made under the same key.
    followers = [row._meta.get_field(name) for name in getattr(row, "read_from_others", ())]
    written = [*fields, *cast(list[models.Field], followers)]
    _rows(type(row)).filter(pk=row.pk).update(
        **{column.attname: column.pre_save(row, add=False) for column in written}
    )


def _replace(file: Path, text: str) -> None:
    draft = file.with_name(f"{file.name}.new")
    draft.touch(mode=0o600)
    draft.write_text(text)
    draft.replace(file)
