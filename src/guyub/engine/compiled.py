"""The one way in which the engine compiles its inner loops.

Kernels are serial and release the interpreter's lock; several threads may each run one. Numba's own
parallel loops are not used: they abort a process that forks or calls them from two threads.

What was compiled is kept on disk beside the package. Where that place cannot be written (a service
account without a home), Numba would refuse to import the module at all; a folder of the system's
temporary space takes its place there. `python -m guyub.engine.warm_up` compiles everything once,
at set-up, so that the first question asked in the field is answered as fast as the second.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

_Function = TypeVar("_Function", bound=Callable[..., Any])


def _cache_folder() -> str | None:
    """A folder for compiled kernels, where Numba's own choice would fail."""
    if "NUMBA_CACHE_DIR" in os.environ:
        return None
    beside = Path(__file__).resolve().parent / "__pycache__"
    if os.access(beside if beside.exists() else beside.parent, os.W_OK):
        return None
    home = Path(os.environ.get("HOME", "/nonexistent"))
    if os.access(home, os.W_OK):
        return None
    private = Path(tempfile.gettempdir()) / f"guyub-kernels-{os.getuid()}"
    private.mkdir(mode=0o700, exist_ok=True)
    if private.stat().st_uid != os.getuid():
        raise PermissionError(f"{private} belongs to somebody else; set NUMBA_CACHE_DIR.")
    return str(private)


if (_folder := _cache_folder()) is not None:
    os.environ["NUMBA_CACHE_DIR"] = _folder

import numba  # noqa: E402  the folder has to be named before


def kernel(function: _Function) -> _Function:
    """Compile an inner loop over plain arrays, and keep the result on disk."""
    return cast(
        _Function,
        numba.njit(cache=True, nogil=True, error_model="numpy", boundscheck=False)(function),
    )


def step(function: _Function) -> _Function:
    """Compile a part of a kernel that several kernels share; it is kept with each of them."""
    return cast(_Function, numba.njit(nogil=True, error_model="numpy", boundscheck=False)(function))


def inlined(function: _Function) -> _Function:
    """Compile a small step that kernels call; it is kept inside each of them."""
    return cast(
        _Function, numba.njit(inline="always", error_model="numpy", boundscheck=False)(function)
    )
