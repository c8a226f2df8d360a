"""Takes a few samples of every bundled data set, from which the shelf paints its pictures.

    python tests/datasets/specimens.py

The window must not load data when it starts, so these few are kept in
resources/datasets/specimens.json: numbers and not pictures, for both themes and every screen. A
test holds that they are what the data sets say today.
"""

from __future__ import annotations

import json
import sys
from base64 import b64encode
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from engine.data.loading import load  # noqa: E402  # after the path is set
from engine.layers.data import Data  # noqa: E402
from engine.spec.datasets import CARDS, DataCard  # noqa: E402
from engine.spec.painting import PAINTED  # noqa: E402
from engine.spec.shapes import TOKEN  # noqa: E402
from engine.spec.texts import text, tokens_of  # noqa: E402

FILE = ROOT / "resources" / "datasets" / "specimens.json"
POINTS, ROWS, PICTURES, LETTERS, LINES = 220, 54, 12, 60, 6
FEATURES, STEPS, TOKEN_ROWS, TOKEN_STEPS = 8, 48, 4, 10
POWER = 3  # digits behind the point that are kept

Array = np.ndarray[Any, np.dtype[Any]]
Specimen = dict[str, Any]


def specimen(card: DataCard) -> Specimen:
    """A few samples of a data set."""
    if card.name == PAINTED:
        return _face()
    if card.characters:
        return {"form": "text", "text": text(card.name)[:LETTERS]}
    length = card.usual_length
    box = Data(dataset=card.name, samples=600, length=length, noise=_noise(card))
    samples = load(box)
    x, target = np.asarray(samples.x), np.asarray(samples.target)
    if samples.columns:  # with gaps, and numbers that name categories
        x = np.where(np.isnan(x), np.nanmean(x, axis=0), x)
    if samples.series:  # two stretches of it
        x = np.stack(np.split(x[: len(x) // 2 * 2], 2))
    if letters := tokens_of(card.name):
        return _lines(x, target, letters)
    if card.shape.kind == TOKEN:
        return {"form": "tokens", "rows": x[:TOKEN_ROWS, :TOKEN_STEPS].tolist()}
    if len(card.shape.sizes) == 3:
        return _pictures(x, target)
    if card.shape.time:
        return _sequences(x)
    if len(card.shape.sizes) == 1 and card.shape.count > 2:
        return _table(x, target, card.classes)
    return _points(x, target, card.classes)


def _noise(card: DataCard) -> float:
    return 0.05 if card.category == "plane" else 0.02


def _between(values: Array) -> Array:
    """Columns spread over 0 to 1; what lies far outside is cut off."""
    low, high = np.percentile(values, (1, 99), axis=0)
    return np.clip((values - low) / np.maximum(high - low, 1e-9), 0.0, 1.0)


def _kept(values: Array) -> list[Any]:
    rounded: list[Any] = np.round(values.astype(np.float64), POWER).tolist()
    return rounded


def _marks(target: Array, classes: int) -> list[Any]:
    """Class numbers, or values between 0 and 1."""
    if classes:
        numbers: list[Any] = target.astype(int).tolist()
        return numbers
    return _kept(_between(target.reshape(len(target), -1)[:, 0]))


def _points(x: Array, target: Array, classes: int) -> Specimen:
    x, target = x[:POINTS], target[:POINTS]
    if x.shape[1] == 1:
        both = np.stack([_between(x)[:, 0], _between(target)[:, 0]], axis=1)
        return {"form": "curve", "rows": _kept(both)}
    form = "points" if classes else "values"
    return {"form": form, "rows": _kept(_between(x)), "marks": _marks(target, classes)}


def _table(x: Array, target: Array, classes: int) -> Specimen:
    """Rows from the whole table, and the columns that tell most about the target."""
    x, told = _between(x), target.reshape(len(target), -1)[:, 0].astype(np.float64)
    if classes:
        means = np.stack([x[target == each].mean(axis=0) for each in range(classes)])
        telling = means.var(axis=0) / np.maximum(x.var(axis=0), 1e-9)
    else:
        centred = x - x.mean(axis=0)
        telling = np.abs(centred.T @ (told - told.mean())) / np.maximum(x.std(axis=0), 1e-9)
    columns = np.sort(np.argsort(-telling, kind="stable")[:FEATURES])
    rows = np.linspace(0, len(x) - 1, ROWS).astype(int)
    marks = _marks(target, classes)
    return {"form": "rows", "rows": _kept(x[rows][:, columns]), "marks": [marks[i] for i in rows]}


def _face() -> Specimen:
    """Nobody has painted anything yet: a face, as somebody might."""

    def arc(count: int, radius: float, start: float, end: float) -> Array:
        angle = np.radians(np.linspace(start, end, count))
        wobble = 1.0 + 0.03 * np.sin(7.0 * np.arange(count))
        return np.stack([radius * wobble * np.cos(angle), radius * wobble * np.sin(angle)], axis=1)

    head, mouth = arc(70, 0.5, 0.0, 360.0), arc(26, 0.28, 205.0, 335.0)
    eye = arc(9, 0.05, 0.0, 320.0) + np.array([0.0, 0.16])
    eyes = np.concatenate([eye - np.array([0.18, 0.0]), eye + np.array([0.18, 0.0])])
    parts = (head, eyes, mouth)
    marks = [label for label, part in enumerate(parts) for _ in part]
    return {"form": "points", "rows": _kept(np.concatenate(parts) + 0.5), "marks": marks}


def _lines(x: Array, target: Array, letters: str) -> Specimen:
    """Short texts, of each class in turn, padding left out."""
    classes = sorted(set(target.tolist()))
    chosen = [
        int(np.flatnonzero(target == classes[i % len(classes)])[i // len(classes)])
        for i in range(LINES)
    ]
    texts = ["".join(letters[token] for token in x[i] if token) for i in chosen]
    return {"form": "lines", "text": "\n".join(texts), "marks": [int(target[i]) for i in chosen]}


def _pictures(x: Array, target: Array) -> Specimen:
    """Pictures of different classes, as bytes."""
    low, high = float(x.min()), float(x.max())
    shown = np.rint(255 * (x - low) / max(high - low, 1e-9)).astype(np.uint8)
    labels = target.tolist() if target.ndim == 1 else [0] * len(x)
    order: dict[int, int] = {}
    for i, label in enumerate(labels):
        order.setdefault(label, i)
    spread = np.linspace(0, len(x) - 1, 3 * PICTURES).astype(int).tolist()
    chosen = list(dict.fromkeys([*order.values(), *spread]))[:PICTURES]
    pictures = [b64encode(shown[i].tobytes()).decode("ascii") for i in chosen]
    return {"form": "pictures", "sizes": list(x.shape[1:]), "pictures": pictures}


def _sequences(x: Array) -> Specimen:
    """Courses of a few features, or of many the picture that they make."""
    if x.shape[2] > 4:
        shown = np.clip(np.rint(255 * (x[:3] - x.min()) / (x.max() - x.min())), 0, 255)
        pictures = [b64encode(s.astype(np.uint8).tobytes()).decode("ascii") for s in shown]
        return {"form": "strips", "sizes": [*x.shape[1:], 1], "pictures": pictures}
    scaled = _between(x.reshape(-1, x.shape[2])).reshape(x.shape)
    if x.shape[2] == 2 and set(np.unique(x[..., 1])) <= {0.0, 1.0}:
        return {
            "form": "marked",
            "rows": [_kept(scaled[0, :STEPS, 0])],
            "marks": _kept(x[0, :STEPS, 1]),
        }
    courses = [scaled[0, :STEPS, f] for f in range(x.shape[2])]
    if x.shape[2] == 1:
        courses = [scaled[i, : max(STEPS, 64), 0] for i in range(2)]
    return {"form": "courses", "rows": [_kept(course) for course in courses]}


def everything() -> dict[str, Specimen]:
    """The specimens of all sets, by name."""
    return {name: specimen(card) for name, card in CARDS.items()}


def main() -> None:
    """Write the file anew."""
    lines = [
        f"{json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in everything().items()
    ]
    FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


if __name__ == "__main__":
    main()
