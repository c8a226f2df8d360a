"""WAV recordings in a folder for each class become waveforms or spectrograms of one length."""

from __future__ import annotations

import io
import math
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
import scipy  # its parts load when they are used
from numpy.typing import NDArray

from engine.data.own.class_folders import listed, prevailing, sorted_files
from engine.data.own.files import Files
from engine.data.own.forms import Look, Take
from engine.data.own.refusal import Refusal, Report
from engine.data.own.spectrogram import LogMel
from engine.data.samples import Samples
from engine.data_protocol import Complaint, SoundGlimpse
from engine.spec.options import Options, checked
from engine.spec.recipes import Sounds
from engine.spec.sources import Facts

MOST_BYTES = 4_000_000_000  # of all samples together, as they are kept
RATES = (100, 1_000_000)  # hertz, of recordings
FINEST = 2000  # rates are changed by fractions with at most this denominator
SHOWN = 12
# what the largest value is called, by the kind of numbers; bytes have their zero at 128
FULL = {"u1": 128.0, "i2": 2.0**15, "i4": 2.0**31, "i8": 2.0**63, "f4": 1.0, "f8": 1.0}

Real = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Form:
    """What a recipe makes of a recording."""

    recipe: Sounds
    length: int  # values of a waveform
    mel: LogMel | None

    @property
    def sizes(self) -> tuple[int, int]:
        """Time steps, and numbers at each."""
        return (self.mel.frames(self.length), self.mel.bands) if self.mel else (self.length, 1)

    @property
    def options(self) -> Options:
        """The recipe as plain values."""
        names = Sounds.__dataclass_fields__
        return Options({name: getattr(self.recipe, name) for name in names})


def form_of(recipe: Options) -> Form:
    """What a recipe makes of a recording; nothing in it depends on the files."""
    chosen = checked(Sounds, recipe)
    length = max(1, round(chosen.seconds * chosen.rate))
    if chosen.form == "waveform":
        return Form(chosen, length, None)
    window, hop = (max(1, round(s * chosen.rate)) for s in (chosen.window, chosen.hop))
    return Form(chosen, length, LogMel(chosen.rate, chosen.bands, max(2, window), hop))


def recognises(path: Path) -> bool:
    """Whether most files in a folder or a .zip are WAV recordings, or this is one itself."""
    return prevailing(path) == "sounds"


def look(path: Path, recipe: Options) -> Look:
    """A few recordings of each class as the network would receive them."""
    form = form_of(recipe)
    with sorted_files(path, "sounds") as (files, found), _quiet():
        rows = found.spread(SHOWN)
        read = [(row, _one(files, found.names[row], form)) for row in rows]
    shown = [(row, *pair) for row, pair in read if pair]
    glimpse = SoundGlimpse(
        form.options,
        np.array([x for _, x, _ in shown], np.float32).reshape(len(shown), *form.sizes),
        tuple(found.labels[row] for row, _, _ in shown),
        found.class_names,
        found.counts,
        tuple(seconds for _, _, seconds in shown),
    )
    return Look(glimpse, found.complaints)


def take(path: Path, recipe: Options, report: Report) -> Take:
    """All recordings, (N, T, 1 or bands) float32, in the order of their classes and names.

    Those that cannot be read are left out and listed; Refusal "none_readable" if that is all.
    """
    form = form_of(recipe)
    with sorted_files(path, "sounds") as (files, found), _quiet():
        total = len(found.names)
        needed = 4 * total * math.prod(form.sizes)
        if needed > MOST_BYTES:
            raise Refusal("too_much", size=needed / 1e9, most=MOST_BYTES / 1e9)
        x = np.empty((total, *form.sizes), np.float32)
        broken = []
        for row, name in enumerate(found.names):
            report(row, total)
            if (pair := _one(files, name, form)) is None:
                broken.append(row)
            else:
                x[row - len(broken)] = pair[0]
        report(total, total)
    if len(broken) == total:
        raise Refusal("none_readable", count=total)
    complaints = found.complaints
    if broken:
        complaints = (*complaints, Complaint("broken_sounds", listed(found, broken)))
        x, found = x[: total - len(broken)], found.without(broken)
    samples = Samples(x, np.array(found.labels, np.int64), test=found.tested)
    facts = Facts(
        form.sizes,
        ("time", "features"),
        len(x),
        classes=len(found.class_names),
        test_samples=found.tested,
        scaling="standardise" if form.mel else "none",
        class_names=found.class_names,
    )
    return Take(samples, facts, form.options, complaints)


@contextmanager
def _quiet() -> Iterator[None]:
    """Chunks of a WAV file that nobody knows, and missing ends, are of no matter."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _one(files: Files, name: str, form: Form) -> tuple[Real, float] | None:
    # of a damaged file, its reader raises errors of many kinds
    try:
        return read(files.read(name), form)
    except Exception:
        return None


def read(data: bytes, form: Form) -> tuple[Real, float]:
    """One recording as a recipe wants it, (T, F), and how many seconds its file holds.

    Cut off, or filled up with silence at its end; several channels become their mean. Errors of
    many kinds if it is no recording.
    """
    rate, values = scipy.io.wavfile.read(io.BytesIO(data))
    if not RATES[0] <= rate <= RATES[1] or not values.size:
        raise ValueError(f"{rate} Hz, {values.size} values")
    seconds = len(values) / rate
    # a little more than is needed, for the filter that changes the rate to look ahead
    values = values[: math.ceil((form.recipe.seconds + 0.1) * rate) + 1]
    mono = _in_units(values)
    mono = mono.mean(axis=1) if mono.ndim == 2 else mono
    if not np.isfinite(mono).all():
        raise ValueError("no numbers")
    ratio = Fraction(form.recipe.rate, int(rate)).limit_denominator(FINEST)
    if ratio != 1:
        mono = scipy.signal.resample_poly(mono, max(1, ratio.numerator), ratio.denominator)
    wave = np.zeros(form.length)
    wave[: len(mono)] = mono[: form.length]
    return (form.mel(wave) if form.mel else wave[:, None]).astype(np.float32), seconds


def _in_units(values: NDArray[np.generic]) -> NDArray[np.float64]:
    """Values between -1 and 1, whatever numbers they were stored as."""
    kind = values.dtype.newbyteorder("=").str[1:]
    return (values.astype(np.float64) - (128.0 if kind == "u1" else 0.0)) / FULL[kind]
