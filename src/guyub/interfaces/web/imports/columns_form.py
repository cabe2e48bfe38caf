"""The questions of a preview: what each column stands for, and how its scales count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from guyub.interfaces.transfer.column_meanings import NOTHING, meanings_of, recognised
from guyub.interfaces.transfer.dictionary_column import Repeated
from guyub.interfaces.transfer.scales import RANGES, STANCES, Counting, Sides
from guyub.interfaces.transfer.tables import Table
from guyub.interfaces.web.imports.messages import HEADINGS

# Cells shown of a column, and letters of each: enough to see what it holds; our choice.
_EXAMPLES, _LETTERS, _ROWS_LOOKED_AT = 3, 24, 200

_TITLES = {"people": _("People: the columns"), "ties": _("Ties: the columns")}


@dataclass(frozen=True, kw_only=True)
class ColumnOfList:
    """A column, some of its cells, and the field that says what it stands for."""

    title: str
    examples: tuple[str, ...]
    field: forms.BoundField


@dataclass(frozen=True, kw_only=True)
class ColumnsOfList:
    """The columns of one list."""

    sheet: str
    title: Any
    columns: tuple[ColumnOfList, ...]


class ColumnsForm(forms.Form):
    """What each column stands for; at first what its heading says."""

    # What the columns stood for when somebody last looked.
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, tables: Mapping[str, Table], *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._tables = tables
        for sheet, table in tables.items():
            taken = {title: meaning for meaning, title in recognised(table, sheet).items()}
            for place, title in enumerate(table.columns):
                name = gettext("Meaning of “%(column)s”") % {"column": title}
                self.fields[f"{sheet}-{place}"] = forms.ChoiceField(
                    choices=[(NOTHING, _("leave out")), *_choices(sheet)],
                    required=False,
                    initial=taken.get(title, NOTHING),
                    label=name,
                    widget=forms.Select(attrs={"aria-label": name}),
                )

    @property
    def chosen(self) -> dict[str, dict[str, str]]:
        """For each list what its columns stand for."""
        return {
            sheet: {
                title: self._chosen(f"{sheet}-{place}") for place, title in enumerate(table.columns)
            }
            for sheet, table in self._tables.items()
        }

    @property
    def changed(self) -> bool:
        """Whether a column was changed since somebody looked at what would come in."""
        seen = self.data.get("seen")
        return seen is not None and seen != self.now

    @property
    def now(self) -> str:
        """The choices in one line, to be compared with the next."""
        return ",".join(self._chosen(name) for name in self.fields if name != "seen")

    @property
    def lists(self) -> tuple[ColumnsOfList, ...]:
        """The columns as a page shows them."""
        return tuple(
            ColumnsOfList(
                sheet=sheet,
                title=_TITLES[sheet],
                columns=tuple(
                    ColumnOfList(
                        title=title, examples=_examples(cells), field=self[f"{sheet}-{place}"]
                    )
                    for place, (title, cells) in enumerate(table.columns.items())
                ),
            )
            for sheet, table in self._tables.items()
        )

    def _chosen(self, name: str) -> str:
        """What was sent if it is a meaning, else what the heading says."""
        field = self.fields[name]
        sent = self.data.get(name)
        if isinstance(field, forms.ChoiceField) and sent is not None and field.valid_value(sent):
            return str(sent)
        return str(field.initial)


def _choices(sheet: str) -> list[tuple[str, Any]]:
    return [(meaning, HEADINGS[sheet][meaning]) for meaning in meanings_of(sheet)]


def _examples(cells: Repeated[str]) -> tuple[str, ...]:
    some = (cell.strip() for cell in islice(cells, _ROWS_LOOKED_AT))
    told = dict.fromkeys(cell for cell in some if cell)
    return tuple(
        f"{cell[:_LETTERS]}…" if len(cell) > _LETTERS else cell for cell in islice(told, _EXAMPLES)
    )


class ConfirmForm(forms.Form):
    """Bring the lists in; before that say how their scales count, where that is not certain."""

    direction = forms.ChoiceField(
        label=_("In your list, what does a stance of 1 mean?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say which end of the stance scale means support.")},
    )
    range = forms.ChoiceField(
        label=_("In your list, how are initiative and the other traits scored?"),
        choices=[
            (RANGES[0], _("from 0 to 4; a 5 is a slip and is left out")),
            (RANGES[1], _("from 1 to 5; a 1 becomes a 0 here, a 5 a 4")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say where these scales start.")},
    )

    def __init__(
        self, asks: tuple[str, ...], sides: tuple[Sides, Sides], *arguments: Any, **named: Any
    ) -> None:
        super().__init__(*arguments, **named)
        if "stance" in asks:
            said = (
                _("1 is an active ally, 5 an active opponent"),
                _("1 is an active opponent, 5 an active ally"),
            )
            self.fields["direction"].choices = [  # type: ignore[attr-defined]
                (answer, f"{words}: {_sides(side)}")
                for answer, words, side in zip(STANCES, said, sides, strict=True)
            ]
        else:
            del self.fields["direction"]
        if "traits" not in asks:
            del self.fields["range"]

    @property
    def counting(self) -> Counting:
        """What was answered."""
        return Counting(
            stance=self.cleaned_data.get("direction", ""),
            traits=self.cleaned_data.get("range", ""),
        )


def _sides(sides: Sides) -> str:
    allies = ngettext("%(count)s ally", "%(count)s allies", sides.allies)
    opponents = ngettext("%(count)s opponent", "%(count)s opponents", sides.opponents)
    return ", ".join((allies % {"count": sides.allies}, opponents % {"count": sides.opponents}))
