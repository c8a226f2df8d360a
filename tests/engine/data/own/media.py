"""Files that tests write, and what is common to reading them."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.data.own.class_folders import Sorted
from engine.data.own.forms import Look, Take
from engine.data.own.refusal import Refusal
from engine.data_protocol import Complaint
from gui.words import table

RED, GREEN, BLUE = (255, 0, 0), (0, 255, 0), (0, 0, 255)


def put(path: Path, data: bytes) -> Path:
    """Write a file, and the folders around it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def png(colour: object = RED, size: tuple[int, int] = (8, 8), mode: str = "RGB") -> bytes:
    """A picture of one colour."""
    return encoded(Image.new(mode, size, colour))  # type: ignore[arg-type]


def encoded(image: Image.Image, format_: str = "PNG", **given: object) -> bytes:
    """A picture as the bytes of a file."""
    file = io.BytesIO()
    image.save(file, format_, **given)
    return file.getvalue()


def noise(height: int, width: int, channels: int = 3, seed: int = 0) -> np.ndarray:
    """A picture of random pixels."""
    sizes = (height, width, channels)[: 2 + (channels > 1)]
    return np.random.default_rng(seed).integers(0, 256, sizes, dtype=np.uint8)


def refused(ask: Callable[[], object]) -> Refusal:
    """The refusal that this ends with; it can be told in both languages."""
    with pytest.raises(Refusal) as caught:
        ask()
    for language in ("en", "zh_CN"):
        assert table(language)[f"refusal.{caught.value.code}"].format(**caught.value.numbers)
    return caught.value


def complaints_of(found: Look | Take | Sorted) -> list[Complaint]:
    """What is odd about files; it can be told in both languages."""
    for complaint in found.complaints:
        for language in ("en", "zh_CN"):
            assert table(language)[f"complaint.{complaint.code}"].format(**complaint.numbers)
    return list(found.complaints)
