"""Samples that were read once, kept on the disk in the form in which training needs them.

A folder for each pair of files and recipe, in the user's cache: arrays as .npy files, which are
mapped into memory instead of being read, and facts as JSON. What is there is complete: it is
written beside, and moved. The oldest folders go when all together grow beyond LIMIT.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
from pathlib import Path

import numpy as np

from engine.data.samples import Samples, TableColumn
from engine.spec.codec import written
from engine.spec.options import Options
from engine.spec.places import data_cache

LIMIT = 8_000_000_000  # bytes of all that is kept
ABANDONED = 3600.0  # seconds after which a half-written folder has nobody who goes on with it
VERSION = 1  # of what is written here; another one is read anew
ARRAYS = ("x", "target", "groups")


def folder() -> Path:
    """Where everything is kept."""
    return data_cache() / "samples"


def key_of(form: str, fingerprint: str, recipe: Options) -> str:
    """The name under which files read by a recipe are kept."""
    told = json.dumps([VERSION, form, fingerprint, written(recipe)], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def keep(key: str, samples: Samples) -> None:
    """Keep samples; where there is no room for it, they are read anew next time."""
    place = folder() / key
    part = place.with_name(f".{key}-{os.getpid()}")
    try:
        part.mkdir(parents=True, exist_ok=True)
        for name in ARRAYS:
            if (array := getattr(samples, name)) is not None:
                np.save(part / f"{name}.npy", array, allow_pickle=False)
        facts = {
            "columns": [[c.categories, c.gaps, c.constant] for c in samples.columns],
            "test": samples.test,
            "series": samples.series,
        }
        (part / "samples.json").write_text(json.dumps(facts), "utf-8")
        if place.exists():
            shutil.rmtree(part)
        else:
            os.replace(part, place)
        _make_room(place)
    except OSError:
        shutil.rmtree(part, ignore_errors=True)


def kept(key: str) -> Samples | None:
    """Samples kept under this name, or None."""
    place = folder() / key
    try:
        facts = json.loads((place / "samples.json").read_text("utf-8"))
        arrays = {
            name: np.load(place / f"{name}.npy", mmap_mode="r", allow_pickle=False)
            for name in ARRAYS
            if (place / f"{name}.npy").exists()
        }
        columns = tuple(TableColumn(*column) for column in facts["columns"])
        found = Samples(
            arrays["x"],
            arrays["target"],
            columns,
            arrays.get("groups"),
            facts["test"],
            facts["series"],
        )
        os.utime(place)  # what is used goes last
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return found


def _make_room(newest: Path) -> None:
    """Delete the folders that were not used for longest, but never the newest."""
    for part in folder().glob(".*"):  # a reader may be ended at any time
        if time.time() - part.stat().st_mtime > ABANDONED:
            shutil.rmtree(part, ignore_errors=True)
    others = [p for p in folder().iterdir() if p.is_dir() and p != newest]
    sizes = {p: sum(f.stat().st_size for f in p.iterdir()) for p in (*others, newest)}
    total = sum(sizes.values())
    for place in sorted(others, key=lambda p: p.stat().st_mtime):
        if total <= LIMIT:
            return
        shutil.rmtree(place, ignore_errors=True)
        total -= sizes[place]
