"""An index from which a question is answered without a look at the table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import models


class CoveringIndex(models.Index):
    """An index sorted by `fields` that carries further columns along.

    PostgreSQL lets carried columns wait until cheaper conditions have been asked; SQLite knows no
    such columns, and takes them as the last ones it sorts by.
    """

    def __init__(self, *, carries: Sequence[str], **named: Any) -> None:
        self.carries = tuple(carries)
        super().__init__(**named)

    def create_sql(
        self, model: type[models.Model], schema_editor: Any, using: str = "", **named: Any
    ) -> Any:
        """The statement for the database at hand."""
        fields, carried = list(self.fields), self.carries
        if not schema_editor.connection.features.supports_covering_indexes:
            fields, carried = [*fields, *carried], ()
        plain = models.Index(
            fields=fields, include=carried, condition=self.condition, name=self.name
        )
        return plain.create_sql(model, schema_editor, using, **named)

    def deconstruct(self) -> Any:
        """As it stands in a migration."""
        path, positional, named = super().deconstruct()
        return path, positional, named | {"carries": self.carries}
