"""Held against the world, where the data lie beside the project."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import real_data
from bench import validity


def test_a_folder_that_is_not_there_is_named(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(sys, "argv", ["validity", "--data", str(tmp_path)])

    with pytest.raises(SystemExit, match="--data"):
        validity.main()


def test_villages_keep_their_own_ties_and_times() -> None:
    real_data.files("illinois-doctors")
    towns = validity.communities(real_data.FOLDER / "illinois-doctors", 17)

    assert [each.told.size for each in towns] == [62, 24, 21, 18]
    assert sum(int((each.adopted_at > 17).sum()) for each in towns) == 16
    assert all(each.told.size == each.diffusion.network.size for each in towns)
