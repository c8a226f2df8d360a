"""Pictures in a folder for each class, in any usual format and size, become arrays of one size."""

from __future__ import annotations

import io
import os
import warnings
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, features

from engine.data.own.class_folders import Sorted, listed, prevailing, sorted_files
from engine.data.own.files import Files
from engine.data.own.forms import Look, Take
from engine.data.own.refusal import Refusal, Report
from engine.data.samples import Samples
from engine.data_protocol import Complaint, PictureGlimpse
from engine.spec.options import Options, checked
from engine.spec.recipes import Pictures
from engine.spec.sources import Facts

# Pillow knows more formats, some of which start other programs: these are those of photographs
FORMATS = ["PNG", "JPEG", "BMP", "GIF", "WEBP", "TIFF", "PPM"]
FORMATS += ["AVIF"] if features.check("avif") else []
MOST_PIXELS = 80_000_000  # of a picture in a file: more is a trap, or a map of a country
MOST_BYTES = 4_000_000_000  # of all pictures together, as they are kept
SHOWN = 24  # pictures of a glimpse
SAMPLE = 64  # pictures from which it is judged whether there are colours
GREY = 12  # of 255: so far may red, green and blue differ in a picture without colours
WORKERS = min(8, os.cpu_count() or 1)
AT_ONCE = 64  # pictures between two looks at whether somebody still waits

Bytes = NDArray[np.uint8]


def recognises(path: Path) -> bool:
    """Whether most files in a folder or a .zip are pictures, or this is one itself."""
    return prevailing(path) == "pictures"


def look(path: Path, recipe: Options) -> Look:
    """A few pictures of each class as the network would receive them, and their classes."""
    with sorted_files(path, "pictures") as (files, found), _quiet():
        chosen = _resolved(files, found, recipe)
        rows = found.spread(SHOWN)
        names = [found.names[row] for row in rows]
        pairs = zip(rows, _each(files, names, chosen), strict=True)
        shown = [(row, *pair) for row, pair in pairs if pair]
    pictures = [picture for _, picture, _ in shown]
    glimpse = PictureGlimpse(
        _options(chosen),
        np.stack(pictures) if pictures else np.zeros((0, *_sizes(chosen)), np.uint8),
        tuple(found.labels[row] for row, _, _ in shown),
        found.class_names,
        found.counts,
        tuple(original for _, _, original in shown),
    )
    return Look(glimpse, found.complaints)


def take(path: Path, recipe: Options, report: Report) -> Take:
    """All pictures, (N, height, width, 1 or 3) uint8, in the order of their classes and names.

    Those that cannot be read are left out and listed; Refusal "none_readable" if that is all.
    """
    with sorted_files(path, "pictures") as (files, found), _quiet():
        chosen = _resolved(files, found, recipe)
        total = len(found.names)
        _check_room(total, chosen)
        x = np.empty((total, *_sizes(chosen)), np.uint8)
        broken = []
        with closing(_each(files, found.names, chosen)) as pairs:
            for row, pair in enumerate(pairs):
                if row % AT_ONCE == 0:
                    report(row, total)
                if pair is None:
                    broken.append(row)
                else:
                    x[row - len(broken)] = pair[0]
        report(total, total)
    if len(broken) == total:
        raise Refusal("none_readable", count=total)
    complaints = found.complaints
    if broken:
        complaints = (*complaints, Complaint("broken_pictures", listed(found, broken)))
        x, found = x[: total - len(broken)], found.without(broken)
    samples = Samples(x, np.array(found.labels, np.int64), test=found.tested)
    facts = Facts(
        _sizes(chosen),
        ("height", "width", "channels"),
        len(x),
        classes=len(found.class_names),
        test_samples=found.tested,
        class_names=found.class_names,
    )
    return Take(samples, facts, _options(chosen), complaints)


def _check_room(count: int, recipe: Pictures) -> None:
    needed = count * int(np.prod(_sizes(recipe)))
    if needed > MOST_BYTES:
        raise Refusal("too_much", size=needed / 1e9, most=MOST_BYTES / 1e9)


def _sizes(recipe: Pictures) -> tuple[int, int, int]:
    return recipe.height, recipe.width, 1 if recipe.colour == "grey" else 3


def _options(recipe: Pictures) -> Options:
    return Options(
        {
            "width": recipe.width,
            "height": recipe.height,
            "fit": recipe.fit,
            "colour": recipe.colour,
        }
    )


def _resolved(files: Files, found: Sorted, recipe: Options) -> Pictures:
    """The recipe with "auto" replaced by what a sample of the pictures shows."""
    chosen = checked(Pictures, recipe)
    if chosen.colour != "auto":
        return chosen
    rgb = checked(Pictures, recipe.replace(colour="rgb"))
    names = [found.names[row] for row in found.spread(SAMPLE)]
    coloured = any(pair and _has_colours(pair[0]) for pair in _each(files, names, rgb))
    return checked(Pictures, recipe.replace(colour="rgb" if coloured else "grey"))


def _has_colours(picture: Bytes) -> bool:
    return bool(np.any(picture.max(axis=2).astype(int) - picture.min(axis=2) > GREY))


@contextmanager
def _quiet() -> Iterator[None]:
    """What Pillow warns of is told by the picture itself; too many pixels are an error here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _each(
    files: Files, names: Sequence[str], recipe: Pictures
) -> Generator[tuple[Bytes, tuple[int, int]] | None]:
    """Pictures in the order of their names, with the sizes in their files; None: broken.

    Read by several threads, because Pillow lets others work while it decodes and resizes.
    """

    def one(name: str) -> tuple[Bytes, tuple[int, int]] | None:
        # of a damaged or malicious file, its decoder raises whatever comes to its mind
        try:
            return read(files.read(name), recipe)
        except Exception:
            return None

    with ThreadPoolExecutor(WORKERS) as pool:
        for start in range(0, len(names), AT_ONCE):
            yield from pool.map(one, names[start : start + AT_ONCE])


def read(data: bytes, recipe: Pictures) -> tuple[Bytes, tuple[int, int]]:
    """One picture in the size and colours of a recipe, and the width and height in its file.

    (height, width, 1 or 3) uint8. Errors of many kinds if it is none.
    """
    with Image.open(io.BytesIO(data), formats=FORMATS) as opened_image:
        original = opened_image.size
        if original[0] * original[1] > MOST_PIXELS:
            raise Image.DecompressionBombError(f"{original}")
        longest = max(recipe.width, recipe.height)
        # a JPEG far larger than needed is decoded at a half, a quarter or an eighth of its size
        opened_image.draft(None, (longest, longest))
        opened_image.load()
        upright = _upright(opened_image)
    image = _in_colours(upright, "L" if recipe.colour == "grey" else "RGB")
    fitted = _fitted(image, (recipe.width, recipe.height), recipe.fit)
    return np.asarray(fitted).reshape(_sizes(recipe)), original


def _upright(image: Image.Image) -> Image.Image:
    """The picture turned as its camera was held."""
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # of any kind, where what the camera wrote is damaged: the picture is not
        return image.copy()


def _in_colours(image: Image.Image, mode: str) -> Image.Image:
    """The picture in grey or red, green and blue; what is transparent becomes white."""
    if image.mode.startswith("I") or image.mode == "F":
        return _from_depth(image).convert(mode)
    if image.has_transparency_data:
        image = image.convert("RGBA")
        white = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(white, image)
    if image.mode not in ("1", "L", "RGB", "RGBA"):
        image = image.convert("RGB")
    return image.convert(mode)


def _from_depth(image: Image.Image) -> Image.Image:
    """A grey picture of 16 or 32 bits, or of real numbers, in 8 bits.

    The range is the smallest usual one that holds its brightest value: 1, 255, 65535, or 32 bits.
    """
    values = np.nan_to_num(np.asarray(image, np.float64))
    ranges = [65535.0] if image.mode.startswith("I;16") else [255.0, 65535.0, 2.0**32]
    if image.mode == "F":
        ranges.insert(0, 1.0)
    full = next((r for r in ranges if values.max(initial=0.0) <= r), ranges[-1])
    return Image.fromarray(np.rint(np.clip(values / full, 0.0, 1.0) * 255.0).astype(np.uint8))


def _fitted(image: Image.Image, size: tuple[int, int], fit: str) -> Image.Image:
    """The picture in this width and height.

    "crop" fills it and cuts away what hangs over on both sides, "pad" shows all of it between
    black bars, "stretch" forgets the proportions.
    """
    smooth = Image.Resampling.BILINEAR  # over all pixels that fall together: nothing is skipped
    if fit == "crop":
        return ImageOps.fit(image, size, smooth)
    if fit == "pad":
        return ImageOps.pad(image, size, smooth, color=0)
    return image.resize(size, smooth)
