"""Writes a network as GraphML (graphml.graphdrawing.org) or GEXF 1.2 (gexf.net).

Gephi, igraph, networkx and R read them. An arc leads from who was asked to who was named; a mutual
tie is two arcs, as everywhere in Guyub: some of those programs read no network in which only some
ties have a direction. The second of them carries the number of the first with a `b` behind it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from guyub.interfaces.transfer.cells import Cell, sayable
from guyub.interfaces.transfer.list_export import Sheet

# The types of columns that are no text, in GraphML and in GEXF.
_TYPES = {"strength": ("int", "integer"), "mutual": ("boolean", "boolean")}
_TEXT = ("string", "string")

# What programs show beside a dot.
_LABEL = {"name": "label"}


def write_graphml(people: Sheet, ties: Sheet, stream: IO[bytes]) -> None:
    """Write a network as GraphML."""
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="\n")
    text.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    text.write('<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
    node_keys = [(f"n_{name}", name) for name in people.heading[1:]]
    edge_keys = [(f"e_{name}", name) for name in ties.heading[2:]]
    for domain, keys in (("node", node_keys), ("edge", edge_keys)):
        for key, name in keys:
            kind, _kind = _TYPES.get(name, _TEXT)
            title = _LABEL.get(name, name)
            text.write(f'<key id="{key}" for="{domain}" attr.name="{title}" attr.type="{kind}"/>\n')
    text.write('<graph edgedefault="directed">\n')
    for row in people.rows:
        data = _graphml_data(node_keys, row[1:])
        text.write(f"<node id={_attribute(row[0])}>{data}</node>\n")
    for number, source, target, cells in _arcs(ties):
        ends = f"source={_attribute(source)} target={_attribute(target)}"
        data = _graphml_data(edge_keys, cells)
        text.write(f'<edge id="{number}" {ends}>{data}</edge>\n')
    text.write("</graph>\n</graphml>\n")
    text.detach()


def write_gexf(people: Sheet, ties: Sheet, stream: IO[bytes]) -> None:
    """Write a network as GEXF."""
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="\n")
    text.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    text.write('<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n')
    text.write('<graph mode="static" defaultedgetype="directed">\n')
    # A label is part of the format; the other columns are declared.
    named = people.heading[1] == "name"
    first = 2 if named else 1
    for domain, names in (("node", people.heading[first:]), ("edge", ties.heading[2:])):
        text.write(f'<attributes class="{domain}" mode="static">\n')
        for place, name in enumerate(names):
            _kind, kind = _TYPES.get(name, _TEXT)
            text.write(f'<attribute id="{place}" title="{name}" type="{kind}"/>\n')
        text.write("</attributes>\n")
    text.write("<nodes>\n")
    for row in people.rows:
        data = _gexf_data(row[first:])
        label = _attribute(row[1] if named else row[0])
        text.write(f"<node id={_attribute(row[0])} label={label}>{data}</node>\n")
    text.write("</nodes>\n<edges>\n")
    for number, source, target, cells in _arcs(ties):
        ends = f"source={_attribute(source)} target={_attribute(target)}"
        text.write(f'<edge id="{number}" {ends}>{_gexf_data(cells)}</edge>\n')
    text.write("</edges>\n</graph>\n</gexf>\n")
    text.detach()


def _arcs(ties: Sheet) -> Iterator[tuple[str, Cell, Cell, tuple[Cell, ...]]]:
    """Each arc with its number, its ends, and what is told of it."""
    mutual = ties.heading.index("mutual")
    for number, row in enumerate(ties.rows, start=1):
        source, target, *cells = row
        yield f"t{number}", source, target, tuple(cells)
        if row[mutual]:
            yield f"t{number}b", target, source, tuple(cells)


def _graphml_data(keys: list[tuple[str, str]], cells: tuple[Cell, ...]) -> str:
    return "".join(
        f'<data key="{key}">{escape(_said(cell), {chr(13): "&#13;"})}</data>'
        for (key, _name), cell in zip(keys, cells, strict=True)
        if cell not in (None, "")
    )


def _gexf_data(cells: tuple[Cell, ...]) -> str:
    values = "".join(
        f'<attvalue for="{place}" value={_attribute(cell)}/>'
        for place, cell in enumerate(cells)
        if cell not in (None, "")
    )
    return f"<attvalues>{values}</attvalues>" if values else ""


def _attribute(cell: Cell) -> str:
    return quoteattr(_said(cell))


def _said(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return sayable(str(cell))
