"""Keeps the catalogue of translations: `update`, `check` or `compile`.

Babel does it all in Python, so that a machine without gettext can build and check the project.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "guyub"
CATALOGUES = sorted((SOURCE / "locale").glob("*/LC_MESSAGES/django.po"))

# What Django's functions take: the places of singular, plural and context among their arguments.
_PLURAL, _CONTEXT, _BOTH = (1, 2), ((1, "c"), 2), ((1, "c"), 2, 3)
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": _PLURAL,
    "ngettext_lazy": _PLURAL,
    "pgettext": _CONTEXT,
    "pgettext_lazy": _CONTEXT,
    "npgettext": _BOTH,
    "npgettext_lazy": _BOTH,
}


def main(task: str) -> int:
    """Run one of the three tasks and give the exit code."""
    tasks = {"update": update, "check": check, "compile": compile_all}
    if task not in tasks:
        print("messages.py update | check | compile", file=sys.stderr)
        return 2
    return tasks[task]()


def update() -> int:
    """Bring new words into every catalogue, and take out those nobody speaks any more."""
    for file in CATALOGUES:
        file.write_bytes(_written(_merged(_read(file))))
    return check()


def check() -> int:
    """Every word is translated, every placeholder kept, and nothing is left over."""
    faults = []
    for file in CATALOGUES:
        catalogue = _read(file)
        name = file.relative_to(ROOT)
        if _written(_merged(catalogue)) != file.read_bytes():
            faults.append(f"{name} is not what the words in the code ask for: run `make messages`")
        for message in _merged(catalogue):
            texts = message.string if isinstance(message.string, tuple) else (message.string,)
            if message.id and (not all(texts) or message.fuzzy):
                faults.append(f"{name}: not translated: {message.id!r}")
            faults += [f"{name}: {message.id!r}: {error}" for error in message.check(catalogue)]
    print("\n".join(faults) or "Every word is translated.")
    return 1 if faults else 0


def compile_all() -> int:
    """Write the .mo beside every .po."""
    for file in CATALOGUES:
        with file.with_suffix(".mo").open("wb") as stream:
            write_mo(stream, _read(file))
    return 0


def _read(file: Path) -> Catalog:
    with file.open("rb") as stream:
        return read_po(stream, locale=file.parts[-3])


def _merged(catalogue: Catalog) -> Catalog:
    """The words of today with the translations there are."""
    fresh = Catalog(
        locale=catalogue.locale,
        header_comment=catalogue.header_comment,
        project="Guyub",
        fuzzy=False,
    )
    fresh.mime_headers = catalogue.mime_headers  # The plural forms among them.
    for words, context in _spoken():
        known = catalogue.get(words if isinstance(words, str) else words[0], context)
        fresh.add(words, known.string if known else None, context=context)
    return fresh


def _spoken() -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    for file in sorted(SOURCE.rglob("*")):
        if "migrations" in file.parts or file.suffix not in {".py", ".html", ".txt"}:
            continue
        code = file.read_text("utf-8")
        if file.suffix != ".py":
            # What is left of a template is told in calls, one to a line at most; it has no indents.
            left = templatize(code, origin=str(file.relative_to(ROOT)))
            code = "\n".join(line.strip() for line in left.splitlines())
        for _line, function, arguments, _comments in extract_python(
            BytesIO(code.encode()), KEYWORDS, [], {}
        ):
            given = _strings(arguments)
            context = given.pop(0) if "pgettext" in function else None
            yield (tuple(given[:2]) if function.startswith("n") else given[0]), context


def _strings(arguments: object) -> list[str]:
    every = arguments if isinstance(arguments, tuple) else (arguments,)
    return [each for each in every if isinstance(each, str)]


def _written(catalogue: Catalog) -> bytes:
    """The catalogue as a file. No dates: two updates on one day and on another are the same."""
    stream = BytesIO()
    write_po(stream, catalogue, no_location=True, omit_header=True, sort_output=True, width=100)
    head = (
        f"# {catalogue.header_comment.lstrip('# ')}\n"
        'msgid ""\n'
        'msgstr ""\n'
        '"Project-Id-Version: Guyub\\n"\n'
        f'"Language: {catalogue.locale}\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {catalogue.plural_forms}\\n"\n'
        "\n"
    )
    return head.encode() + stream.getvalue()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1] if len(sys.argv) == 2 else ""))
