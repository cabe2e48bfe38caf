"""What the columns of a list mean, in a reader's words (interfaces/transfer/columns.toml)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

HEADINGS: dict[str, dict[str, Any]] = {
    "people": {
        "id": _("number or id"),
        "name": _("name"),
        "alias": _("nickname"),
        "gender": _("gender"),
        "birth_year": _("year of birth"),
        "age": _("age"),
        "household": _("household"),
        "sub_community": _("smaller community"),
        "occupation": _("occupation"),
        "office": _("office"),
        "phone": _("telephone"),
        "stance": _("stance"),
        "initiative": _("initiative"),
        "responsibility": _("responsibility for the future"),
        "vision": _("vision"),
        "proactive": _("proactive"),
        "openness": _("openness to change"),
        "influence": _("influence"),
        "promises_kept": _("promises kept"),
        "promises_broken": _("promises broken"),
    },
    "ties": {
        "from": _("from whom"),
        "to": _("to whom"),
        "kind": _("kind of tie"),
        "strength": _("strength"),
        "mutual": _("both ways"),
        "date": _("date"),
        "source": _("where it was reported"),
        "reported_by": _("reported by one or both"),
        "wave": _("wave"),
    },
}
