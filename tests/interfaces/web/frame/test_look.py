"""Components, icons and words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.template import Context, Template, TemplateDoesNotExist
from django.test import SimpleTestCase

from guyub.core.permissions import Role
from guyub.interfaces import web
from guyub.interfaces.web.team.forms import ROLE_SENTENCES

INTERFACES = Path(web.__file__).parents[1]
TEMPLATES = sorted(INTERFACES.glob("**/templates/**/*.html"))
COMPONENTS = sorted((INTERFACES / "web/frame/templates/components").iterdir())


def shown(template: str, **context: object) -> str:
    return Template(template).render(Context(context))


def test_a_component_surrounds_what_stands_between_its_tags() -> None:
    page = shown('{% component "badge" %}{{ word }}{% endcomponent %}', word="<b>")

    assert page.strip() == '<span class="badge-soft">&lt;b&gt;</span>'


def test_a_component_sees_only_what_it_is_given() -> None:
    page = shown('{% component "card" %}{% endcomponent %}', title="from the page")

    assert "from the page" not in page


def test_a_component_that_does_not_exist_is_loud() -> None:
    with pytest.raises(TemplateDoesNotExist, match="crad"):
        shown('{% component "crad" %}{% endcomponent %}')


@pytest.mark.parametrize(
    "path", sorted((INTERFACES / "web/frame/templates/components").iterdir()), ids=lambda p: p.stem
)
def test_every_component_hangs_in_the_gallery(path: Path) -> None:
    gallery = (INTERFACES / "web/gallery/templates/gallery/gallery.html").read_text()

    assert f'{{% component "{path.stem}"' in gallery


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: p.stem)
def test_no_template_has_a_script_or_a_style_inside(path: Path) -> None:
    page = path.read_text()

    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|https?://", page)


def test_a_choice_is_written_as_django_writes_it() -> None:
    choices = [("", "–"), ("Dusun", [("1", "<Krajan>"), ("2", "Kali & Kidul")]), (3, "Lor")]
    for chosen in ("", "2", 3):
        choice = forms.Select(choices=choices, attrs={"id": "at", "required": True})
        ours = choice.render("place", chosen)
        theirs = choice.render("place", chosen, renderer=DjangoTemplates())
        SimpleTestCase().assertHTMLEqual(ours, theirs)


def test_every_role_says_what_it_opens() -> None:
    assert set(ROLE_SENTENCES) == set(Role)
