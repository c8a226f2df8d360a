"""The kernels that training runs on: the functions of `engine.kernels.plain`, compiled by Numba.

Each kernel runs on one thread, without the interpreter's lock: a team of Python threads calls them
on different slices of the batch. Compiled code is kept in the user's cache folder, under a name
made of Numba's version and a hash of these files, because Numba itself does not notice an edit of
a helper in another file.
"""

import hashlib
import os
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar, cast

import platformdirs


def _cache_folder() -> Path:
    """Return where the compiled form of exactly these sources belongs."""
    digest = hashlib.sha256(version("numba").encode())
    for source in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(source.read_bytes())
    return platformdirs.user_cache_path("layerwise") / f"kernels-{digest.hexdigest()[:16]}"


os.environ.setdefault("NUMBA_CACHE_DIR", str(_cache_folder()))

import numba  # noqa: E402  (Numba reads the variable above when it is imported)

# Every liberty of fast arithmetic but two: "nnan" and "ninf" would let the compiler assume that
# there is no NaN and no infinity, and then a loss that has become NaN could go unseen.
SAFE_MATH = {"nsz", "arcp", "contract", "afn", "reassoc"}

_Function = TypeVar("_Function", bound=Callable[..., Any])


def kernel(function: _Function) -> _Function:
    """Compile a function on its first call, and remember the result on disk where possible."""
    try:
        return _compiled(function, cache=True)
    except RuntimeError:  # no folder to write the cache to, as on a read-only system
        return _compiled(function, cache=False)


def _compiled(function: _Function, cache: bool) -> _Function:
    dispatcher = numba.njit(
        function, nogil=True, cache=cache, error_model="numpy", fastmath=SAFE_MATH
    )
    return cast(_Function, dispatcher)
