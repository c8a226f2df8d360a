"""Draws the printed characters of the sets `letters` and `hanzi` from free fonts.

    python -m tests.datasets.make_characters FOLDER_WITH_FONTS

The folder may hold the fonts at any depth, such as the unpacked Debian packages named below. Each
picture shows a character in one of the fonts, turned, sheared, stretched, moved, thickened and
blurred by chance, with 16 grey levels. With the same versions of fonts and FreeType the same
pictures come out.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from engine.spec.texts import FOLDER, HANZI, LETTERS

SIZE, FINER, LEVELS = 28, 4, 15  # pixels, drawn so many times finer, the brightest grey level
CANVAS = SIZE * FINER
FREETYPE = "2.14.3"  # with which the shipped pictures were drawn

# file: (number of the face in it, Debian package, licence)
LATIN = {
    "DejaVuSans.ttf": (0, "fonts-dejavu-core", "Bitstream Vera"),
    "DejaVuSerif.ttf": (0, "fonts-dejavu-core", "Bitstream Vera"),
    "DejaVuSansMono-Bold.ttf": (0, "fonts-dejavu-core", "Bitstream Vera"),
    "Carlito-Regular.ttf": (0, "fonts-crosextra-carlito", "OFL 1.1"),
    "Caladea-Regular.ttf": (0, "fonts-crosextra-caladea", "Apache 2.0"),
    "ComicNeue-Regular.otf": (0, "fonts-comic-neue", "OFL 1.1"),
    "Lato-Regular.ttf": (0, "fonts-lato", "OFL 1.1"),
    "Lato-Black.ttf": (0, "fonts-lato", "OFL 1.1"),
    "OpenSans-Regular.ttf": (0, "fonts-open-sans", "Apache 2.0"),
    "Roboto-Regular.ttf": (0, "fonts-roboto-unhinted", "Apache 2.0"),
    "RobotoCondensed-Bold.ttf": (0, "fonts-roboto-unhinted", "Apache 2.0"),
    "Cantarell-Regular.otf": (0, "fonts-cantarell", "OFL 1.1"),
    "Inconsolata.otf": (0, "fonts-inconsolata", "OFL 1.1"),
    "LinLibertine_R.otf": (0, "fonts-linuxlibertine", "OFL 1.1"),
}
CHINESE = {
    "NotoSansCJK-Regular.ttc": (2, "fonts-noto-cjk", "OFL 1.1"),
    "NotoSansCJK-Bold.ttc": (2, "fonts-noto-cjk", "OFL 1.1"),
    "NotoSerifCJK-Regular.ttc": (2, "fonts-noto-cjk", "OFL 1.1"),
    "NotoSerifCJK-Bold.ttc": (2, "fonts-noto-cjk", "OFL 1.1"),
    "wqy-microhei.ttc": (0, "fonts-wqy-microhei", "Apache 2.0"),
    "ukai.ttc": (0, "fonts-arphic-ukai", "Arphic Public License"),
    "uming.ttc": (0, "fonts-arphic-uming", "Arphic Public License"),
}


@dataclass(frozen=True)
class Set:
    """What is drawn: each character `count` times, in these fonts, `size` of 28 pixels high."""

    name: str
    characters: str
    count: int
    fonts: dict[str, tuple[int, str, str]]
    size: float


SETS = (Set("letters", LETTERS, 100, LATIN, 24.0), Set("hanzi", HANZI, 70, CHINESE, 21.0))


def find(folder: Path, chosen: Set) -> list[ImageFont.FreeTypeFont]:
    """The fonts of a set; FileNotFoundError names the first that is not there."""
    found = []
    for name, (face, package, _) in chosen.fonts.items():
        path = next(iter(sorted(folder.rglob(name))), None)
        if path is None:
            raise FileNotFoundError(f"{name} of the package {package} is not in {folder}")
        height, plain = round(chosen.size * FINER), ImageFont.Layout.BASIC
        found.append(ImageFont.truetype(str(path), height, face, layout_engine=plain))
    return found


def picture(character: str, font: ImageFont.FreeTypeFont, random: Random) -> NDArray[np.uint8]:
    """One character, (28, 28), grey levels from 0 to 15."""
    wide = Image.new("L", (2 * CANVAS, 2 * CANVAS))
    draw = ImageDraw.Draw(wide)
    thick = random.choice((0, 0, 0, 1, 2))
    left, top, right, bottom = draw.textbbox((0, 0), character, font=font)
    place = CANVAS - (left + right) / 2, CANVAS - (top + bottom) / 2
    draw.text(place, character, fill=255, font=font, stroke_width=thick)
    turned = wide.rotate(random.uniform(-9, 9), Image.Resampling.BICUBIC)
    # where each point of the result comes from: sheared and stretched around the middle
    shear, stretch = random.uniform(-0.16, 0.16), random.uniform(0.92, 1.22)
    narrow = random.uniform(0.95, 1.12)
    right, down = (random.uniform(-2.0, 2.0) * FINER for _ in range(2))
    x, y = CANVAS / 2 + right, CANVAS / 2 + down
    a, b, e = stretch * narrow, stretch * shear, stretch
    matrix = (a, b, CANVAS - a * x - b * y, 0.0, e, CANVAS - e * y)
    moved = turned.transform(
        (CANVAS, CANVAS), Image.Transform.AFFINE, matrix, Image.Resampling.BILINEAR
    )
    soft = moved.filter(ImageFilter.GaussianBlur(random.uniform(0.0, 2.2)))
    small = np.asarray(soft.resize((SIZE, SIZE), Image.Resampling.BOX), np.float64)
    faded = small / 255.0 * random.uniform(0.75, 1.0)
    return np.rint(faded * LEVELS).astype(np.uint8)


def draw(chosen: Set, folder: Path) -> dict[str, NDArray[np.uint8]]:
    """`pictures` (N, 28, 14), two pixels a byte, the left one in its upper half; `labels` (N,)."""
    fonts, random = find(folder, chosen), Random(chosen.name)
    drawn = np.stack(
        [
            picture(character, fonts[number % len(fonts)], random)
            for number in range(chosen.count)
            for character in chosen.characters
        ]
    )
    labels = np.tile(np.arange(len(chosen.characters)), chosen.count).astype(np.uint8)
    pairs = (drawn[..., ::2] << 4 | drawn[..., 1::2]).astype(np.uint8)
    return {"pictures": pairs, "labels": labels}


def main() -> None:
    for chosen in SETS:
        drawn = draw(chosen, Path(sys.argv[1]))
        pictures, labels = drawn["pictures"], drawn["labels"]
        np.savez_compressed(FOLDER / f"{chosen.name}.npz", pictures=pictures, labels=labels)


if __name__ == "__main__":
    main()
