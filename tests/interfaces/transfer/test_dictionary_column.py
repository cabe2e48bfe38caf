"""Columns in which cells come again: every row keeps its cell, however the column is kept."""

import csv
import io

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from guyub.interfaces.transfer.dictionary_column import Repeated, TextOfCells
from guyub.interfaces.transfer.tables import parse_csv

# Short and long ones, and such as differ only in their last letter or in their length.
CELLS = st.one_of(
    st.sampled_from(["", "a", "aa", "Sri", "Sri ", "12345678", "123456789", "é", "éé"]),
    st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40),
)


@given(st.lists(CELLS, max_size=30))
@example(["1234567", "12345678", "123456789", "1234567890123456", "12345678x"])
@example(["x" * 33, "y", "x" * 33])
def test_every_row_of_a_text_keeps_its_cell(cells: list[str]) -> None:
    encoded = [cell.encode() for cell in cells]
    ends = np.cumsum([len(cell) for cell in encoded], dtype=np.intp)
    starts = ends - np.array([len(cell) for cell in encoded], np.intp)

    column = TextOfCells(b"".join(encoded)).column(starts, ends)

    assert list(column) == cells
    assert len(column) == len(cells)
    assert len(column.cells) == len(set(cells))


@given(st.lists(CELLS, max_size=30))
def test_a_column_of_rows_is_the_rows_again(cells: list[str]) -> None:
    column = Repeated.of(cells)

    assert list(column) == cells
    assert list(column.read(len)) == [len(cell) for cell in cells]
    assert column.array(len, np.int64).tolist() == [len(cell) for cell in cells]
    places = np.arange(0, len(cells), 2)
    assert list(column.rows(places)) == cells[::2]
    assert column.where(str.isupper).tolist() == [
        place for place, cell in enumerate(cells) if cell.isupper()
    ]


PLAIN = st.text(st.sampled_from("ab1 'é"), max_size=10)


@given(st.lists(st.tuples(PLAIN, PLAIN, PLAIN), min_size=1, max_size=20), st.sampled_from(",;"))
def test_a_plain_list_is_read_as_the_standard_library_reads_it(
    rows: list[tuple[str, str, str]], delimiter: str
) -> None:
    lines = "".join(delimiter.join(row) + "\n" for row in [("id", "nama", "dusun"), *rows])

    table = parse_csv(lines.encode(), "list.csv")

    expected = list(csv.reader(io.StringIO(lines), delimiter=delimiter))[1:]
    found = list(zip(*table.columns.values(), strict=True))
    assert found == list(map(tuple, expected))
