"""The two ways a template shows the Guyub look: a component around words, and an icon."""

from __future__ import annotations

from functools import cache
from typing import Any

from django import template
from django.template import Context, Engine
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from guyub.core.identifiers import new_identifier

register = template.Library()


@register.simple_block_tag(takes_context=True)
def component(context: Context, content: str, name: str, **values: Any) -> SafeString:
    """Show `components/<name>.html` around the words between the tags.

    A component sees only what it is given, and what a form needs to be sent.
    """
    given = {"content": content, "csrf_token": context.get("csrf_token"), **values}
    engine = Engine.get_default()
    return engine.get_template(f"components/{name}.html").render(context.new(given))


# A list shows the same few icons a hundred times; what they look like is settled at the start.
@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """Show a Lucide icon. The words beside it carry the meaning."""
    sprite = static("dist/icons.svg")
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', sprite, name
    )


@register.simple_tag
def new_key() -> str:
    """Make the key of a deed for a form that has nothing but a button."""
    return str(new_identifier())
