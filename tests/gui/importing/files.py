"""Small files of each form of data, for the tests of the import page."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
from PySide6.QtGui import QColor, QImage


def pictures(folder: Path) -> Path:
    """Two classes: three red pictures, two blue ones, and one that is broken."""
    for name, tint, count in (("red", "#ff0000", 3), ("blue", "#0000ff", 2)):
        (folder / "pictures" / name).mkdir(parents=True)
        for number in range(count):
            image = QImage(12, 10, QImage.Format.Format_RGB32)
            image.fill(QColor(tint))
            assert image.save(str(folder / "pictures" / name / f"{number}.png"))
    (folder / "pictures" / "red" / "broken.png").write_bytes(b"no picture")
    return folder / "pictures"


def sounds(folder: Path) -> Path:
    """Two classes of two short tones each."""
    for name, pitch in (("low", 220.0), ("high", 880.0)):
        (folder / "sounds" / name).mkdir(parents=True)
        for number in range(2):
            tone = 9000 * np.sin(2 * np.pi * pitch * np.arange(4000) / 8000)
            with wave.open(str(folder / "sounds" / name / f"{number}.wav"), "wb") as file:
                file.setnchannels(1)
                file.setsampwidth(2)
                file.setframerate(8000)
                file.writeframes(tone.astype("<i2").tobytes())
    return folder / "sounds"


def arrays(folder: Path) -> Path:
    """Twelve samples of eight by eight, with a class number each, and three numbers beside."""
    x = np.linspace(0.0, 1.0, 12 * 64).reshape(12, 8, 8)
    np.savez(folder / "arrays.npz", x=x, y=np.arange(12) % 3, more=np.zeros(3))
    return folder / "arrays.npz"


def text(folder: Path) -> Path:
    """A passage of two sentences, again and again."""
    (folder / "passage.txt").write_text("To be or not to be. 学而时习之。\n" * 40, "utf-8")
    return folder / "passage.txt"
