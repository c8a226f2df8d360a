"""The kernels that training runs on: the functions of `engine.kernels.plain`, compiled by Numba.

Each kernel runs on one thread, without the interpreter's lock: a team of Python threads calls them
on different slices of the batch. Compiled code is kept in the user's cache folder, under a name
made of the compiler's versions and a hash of these files, because Numba itself does not notice an
edit of a helper in another file.
"""

import contextlib
import hashlib
import os
import platform
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar, cast

import platformdirs


def cache_folder() -> Path:
    """Return where the compiled form of exactly these sources belongs."""
    versions = version("numba"), version("llvmlite"), sys.version, platform.machine()
    digest = hashlib.sha256(" ".join(versions).encode())
    here = Path(__file__).parent
    for source in (*sorted(here.parent.glob("*.py")), *sorted(here.glob("*.py"))):
        digest.update(source.read_bytes())
    return platformdirs.user_cache_path("layerwise") / f"kernels-{digest.hexdigest()[:16]}"


os.environ.setdefault("NUMBA_CACHE_DIR", str(cache_folder()))

# Numba reads the variable above when it is imported
import numba  # noqa: E402

from engine.kernels.cpu._cache import KernelCache  # noqa: E402

# Every liberty of fast arithmetic but two: "nnan" and "ninf" would let the compiler assume that
# there is no NaN and no infinity, and then a loss that has become NaN could go unseen.
SAFE_MATH = {"nsz", "arcp", "contract", "afn", "reassoc"}

_Function = TypeVar("_Function", bound=Callable[..., Any])


def kernel(function: _Function) -> _Function:
    """Compile a function on its first call, and remember the result on disk where possible."""
    # Numba's own list of options, in its annotations, lacks the first
    options: dict[str, Any] = {"no_cfunc_wrapper": True, "nogil": True, "fastmath": SAFE_MATH}
    dispatcher: Any = numba.njit(function, error_model="numpy", **options)
    with contextlib.suppress(RuntimeError):  # no folder to write to, as on a read-only system
        dispatcher._cache = KernelCache(function)
    return cast(_Function, dispatcher)
