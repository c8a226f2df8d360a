"""Compiled kernels on the disk: one file each, safe for several processes at once.

Numba's own cache keeps an index for each function, and writes it without looking whether another
process has just done so: of two kernels compiled at once, one is lost, or read as the other. Here
the name of a file says everything that the index would: function, types and processor. Whatever is
wrong with a file, the kernel is compiled anew.
"""

# Numba is untyped.
# mypy: disable-error-code="no-untyped-call"

import contextlib
import hashlib
import logging
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from numba.core.caching import FunctionCache, IndexDataCacheFile
from numba.core.registry import cpu_target

UNUSED_DAYS = 30  # then the kernels of another version go

log = logging.getLogger(__name__)


class Files(IndexDataCacheFile):
    """The files of one function."""

    def path(self, key: Any) -> Path | None:
        """Where the code for a key belongs: types of the arguments, processor, bytes of Python.

        None if the key means this process only: a function is an argument, known by its address.
        """
        words = f"{self._version} {self._source_stamp!r} {key!r}"
        if " at 0x" in words:
            return None
        digest = hashlib.sha256(words.encode()).hexdigest()[:16]
        base = self._index_name.removesuffix(".nbi")
        return Path(self._cache_path, f"{base}.{digest}.nbc")

    def load(self, key: Any) -> Any:
        """What was saved for a key; None if nothing was."""
        path = self.path(key)
        return self._load_data(path.name) if path is not None and path.exists() else None

    def save(self, key: Any, data: Any) -> None:
        """Write to a new file and put it in place at once, so that nobody reads half of it."""
        path = self.path(key)
        if path is not None:
            self._save_data(path.name, data)

    def flush(self) -> None:
        """Nothing is kept in memory."""


class KernelCache(FunctionCache):
    """What Numba asks for compiled code, and gives it to."""

    def __init__(self, function: Callable[..., Any]) -> None:
        """RuntimeError if there is no folder to write to."""
        super().__init__(function)
        place = self._impl
        stamp = place.locator.get_source_stamp()
        self.files = self._cache_file = Files(self._cache_path, place.filename_base, stamp)

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        """A kernel as it was saved; None if it was not, or cannot be read."""
        try:
            found = super().load_overload(sig, target_context)
            if found is not None:  # who calls it from now on needs all that it needs
                found.library._reload_init.update(found.reload_init or ())
            return found
        except Exception as error:  # anything may be in a broken file
            log.info("%s is compiled anew: %r", self._impl.filename_base, error)
            return None

    def save_overload(self, sig: Any, data: Any) -> None:
        """Keep a kernel, if the disk has room for it."""
        try:
            super().save_overload(sig, data)
        except OSError as error:
            log.info("%s is not kept: %r", self._impl.filename_base, error)

    def holds(self, kinds: tuple[Any, ...]) -> bool:
        """Whether there is a file for these types of arguments."""
        key = self._index_key(kinds, cpu_target.target_context.codegen())
        path = self.files.path(key)
        return path is not None and path.exists()


def folder_in_use() -> Path:
    """Where kernels are kept: "kernels-…" among its like, or one that the user has named."""
    return Path(os.environ["NUMBA_CACHE_DIR"])  # written when the backend was imported


def tidy(folder: Path) -> None:
    """Remove kernels of versions that have not been started for a long time, beside `folder`."""
    if not folder.name.startswith("kernels-"):
        return
    with contextlib.suppress(OSError):
        os.utime(folder)
        for other in folder.parent.glob("kernels-*"):
            days = (time.time() - other.stat().st_mtime) / 86400
            if other != folder and days > UNUSED_DAYS:
                shutil.rmtree(other, ignore_errors=True)
