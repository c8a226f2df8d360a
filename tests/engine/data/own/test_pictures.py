"""Pictures of all kinds become what Pillow itself makes of them; what is broken is left out."""

from __future__ import annotations

import struct
import zipfile
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from engine.data.own import forms, pictures
from engine.data.own.refusal import Cancelled, silent
from engine.data_protocol import PictureGlimpse
from engine.spec.options import NO_OPTIONS, Options, checked
from engine.spec.recipes import Pictures
from tests.engine.data.own.media import (
    BLUE,
    GREEN,
    RED,
    complaints_of,
    encoded,
    noise,
    png,
    put,
    refused,
)

SMALL = Options({"width": 4, "height": 4})


def pixels(data: bytes, **recipe: object) -> np.ndarray:
    chosen = {"width": 4, "height": 4, "colour": "rgb"} | recipe
    with pictures._quiet():
        return pictures.read(data, checked(Pictures, chosen))[0]


def two_classes(folder: Path) -> Path:
    put(folder / "red/a.png", png(RED))
    put(folder / "blue/b.png", png(BLUE))
    return folder


@pytest.mark.parametrize("format_", pictures.FORMATS)
def test_every_usual_format_is_read(format_: str) -> None:
    data = encoded(Image.new("RGB", (9, 7), RED), format_)
    assert np.abs(pixels(data).astype(int) - RED).max() <= 3


@pytest.mark.parametrize(
    ("image", "colour"),
    [
        (Image.new("1", (8, 8), 1), (255, 255, 255)),
        (Image.new("L", (8, 8), 90), (90, 90, 90)),
        (Image.new("LA", (8, 8), (90, 0)), (255, 255, 255)),  # on white
        (Image.new("RGBA", (8, 8), (255, 0, 0, 0)), (255, 255, 255)),
        (Image.new("RGBA", (8, 8), (255, 0, 0, 255)), RED),
        (Image.new("RGB", (8, 8), GREEN).quantize(), GREEN),
        (Image.fromarray(np.full((8, 8), 0x8080, np.uint16)), (128, 128, 128)),
        (Image.fromarray(np.full((8, 8), 0.5, np.float32)), (128, 128, 128)),
        (Image.fromarray(np.full((8, 8), 70_000, np.int32)), (0, 0, 0)),
        (Image.new("CMYK", (8, 8), (0, 255, 255, 0)), RED),
        (Image.new("LAB", (8, 8), (255, 128, 128)), (255, 255, 255)),
    ],
    ids=lambda given: given.mode if isinstance(given, Image.Image) else "",
)
def test_every_kind_of_pixels_is_read(image: Image.Image, colour: tuple[int, ...]) -> None:
    png_can = image.mode not in ("CMYK", "F", "LAB") and image.getextrema() != (70_000, 70_000)
    data = encoded(image, "PNG" if png_can else "TIFF")
    assert np.abs(pixels(data).astype(int) - colour).max() <= 1


def test_a_transparent_colour_of_a_palette_is_white() -> None:
    image = Image.new("P", (8, 8), 0)
    image.putpalette([255, 0, 0, 0, 0, 255])
    assert np.all(pixels(encoded(image, "GIF", transparency=0)) == 255)


def test_a_photograph_is_turned_as_it_was_held() -> None:
    image = Image.new("RGB", (8, 8), RED)
    image.paste(BLUE, (0, 0, 8, 4))  # blue above
    exif = Image.Exif()
    exif[0x0112] = 3  # upside down
    turned = pixels(encoded(image, exif=exif))
    assert tuple(turned[0, 0]) == RED and tuple(turned[3, 3]) == BLUE


def test_a_damaged_note_of_the_camera_does_no_harm() -> None:
    data = encoded(Image.new("RGB", (8, 8), RED), exif=b"Exif\0\0II*\0\xff\xff\xff\xff")
    assert np.all(pixels(data) == RED)


@pytest.mark.parametrize(("height", "width"), [(30, 20), (20, 30), (5, 3), (8, 8)])
def test_crop_pad_and_stretch_are_those_of_pillow(height: int, width: int) -> None:
    """Worked out again with `resize`: its box for cropping, a black background for padding."""
    source = Image.fromarray(noise(height, width))
    smooth, data = Image.Resampling.BILINEAR, encoded(source)
    w, h = 10, 8
    stretched = np.asarray(source.resize((w, h), smooth))
    assert np.array_equal(pixels(data, width=w, height=h, fit="stretch"), stretched)
    part = min(width / w, height / h)
    left, top = (width - part * w) / 2, (height - part * h) / 2
    box = (left, top, left + part * w, top + part * h)
    cropped = np.asarray(source.resize((w, h), smooth, box))
    assert np.abs(pixels(data, width=w, height=h).astype(int) - cropped).max() <= 1
    whole = max(width / w, height / h)
    size = round(width / whole), round(height / whole)
    padded = np.zeros((h, w, 3), np.uint8)
    y, x = round((h - size[1]) * 0.5), round((w - size[0]) * 0.5)
    padded[y : y + size[1], x : x + size[0]] = np.asarray(source.resize(size, smooth))
    assert np.array_equal(pixels(data, width=w, height=h, fit="pad"), padded)


def test_a_large_photograph_is_about_as_if_decoded_whole() -> None:
    smooth = Image.fromarray(noise(6, 8)).resize((1600, 1200), Image.Resampling.BICUBIC)
    data = encoded(smooth, "JPEG", quality=95)
    whole = np.asarray(smooth.resize((16, 12), Image.Resampling.BILINEAR)).astype(int)
    assert np.abs(pixels(data, width=16, height=12) - whole).mean() < 2


def test_a_folder_becomes_samples(tmp_path: Path) -> None:
    two_classes(tmp_path)
    put(tmp_path / "red/notes.txt", b"no picture")
    put(tmp_path / "red/Thumbs.db", b"")
    put(tmp_path / "red/.hidden.png", b"")
    taken = pictures.take(tmp_path, SMALL, silent)
    assert taken.facts.class_names == ("blue", "red") and taken.complaints == ()
    assert taken.facts.shape.sizes == (4, 4, 3) == taken.samples.x.shape[1:]
    assert taken.samples.target.tolist() == [0, 1] and taken.samples.x.dtype == np.uint8
    assert tuple(taken.samples.x[1, 2, 2]) == RED
    assert taken.recipe["colour"] == "rgb"


def test_without_colours_grey_is_found(tmp_path: Path) -> None:
    put(tmp_path / "猫/一.png", png((90, 90, 90)))
    put(tmp_path / "🐶/二.jpg", encoded(Image.new("RGB", (8, 8), (20, 21, 20)), "JPEG"))
    taken = pictures.take(tmp_path, SMALL, silent)
    assert taken.recipe["colour"] == "grey" and taken.samples.x.shape == (2, 4, 4, 1)
    assert taken.facts.class_names == ("猫", "🐶") and taken.samples.x[0, 0, 0, 0] == 90
    assert np.array_equal(pictures.take(tmp_path, taken.recipe, silent).samples.x, taken.samples.x)


def test_training_and_test_folders_are_kept_apart(tmp_path: Path) -> None:
    two_classes(tmp_path / "train")
    two_classes(tmp_path / "test")
    taken = pictures.take(tmp_path, SMALL, silent)
    assert taken.facts.test_samples == taken.samples.test == 2 and taken.facts.samples == 4


def test_a_zip_reads_like_the_folder(tmp_path: Path) -> None:
    two_classes(tmp_path / "folder")
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for path in sorted((tmp_path / "folder").rglob("*.png"), reverse=True):
            archive.write(path, f"pets/{path.relative_to(tmp_path / 'folder').as_posix()}")
    assert pictures.recognises(tmp_path / "all.zip")
    zipped = pictures.take(tmp_path / "all.zip", SMALL, silent)
    plain = pictures.take(tmp_path / "folder", SMALL, silent)
    assert np.array_equal(zipped.samples.x, plain.samples.x) and zipped.facts == plain.facts


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is enormous."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    head = struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(9))) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


BROKEN = {
    "empty.png": b"",
    "text.png": b"this is no picture",
    "half.jpg": encoded(Image.fromarray(noise(64, 64)), "JPEG")[:900],
    "bomb.png": bomb(60_000, 60_000),
    "smaller_bomb.png": bomb(9500, 9000),
    "script.gif": b"GIF89a<script>",
    "vectors.png": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
}


def test_broken_pictures_are_left_out_and_listed(tmp_path: Path) -> None:
    two_classes(tmp_path)
    for name, data in BROKEN.items():
        put(tmp_path / "red" / name, data)
    put(tmp_path / "broken/a.png", b"")
    taken = pictures.take(tmp_path, SMALL, silent)
    (complaint,) = complaints_of(taken)
    assert complaint.code == "broken_pictures"
    assert complaint.numbers["count"] == len(BROKEN) + 1
    assert "broken/a.png, red/bomb.png" in str(complaint.numbers["names"])
    assert taken.facts.class_names == ("blue", "red") and taken.facts.samples == 2
    assert tuple(taken.samples.x[1, 0, 0]) == RED
    seen = pictures.look(tmp_path, NO_OPTIONS).glimpse
    assert isinstance(seen, PictureGlimpse) and len(seen.pictures) == 2


def test_only_broken_pictures_are_refused(tmp_path: Path) -> None:
    for name, data in BROKEN.items():
        put(tmp_path / "a" / name, data)
        put(tmp_path / "b" / name, data)
    assert refused(lambda: pictures.take(tmp_path, SMALL, silent)).code == "none_readable"
    assert pictures.look(tmp_path, SMALL).glimpse.pictures.shape == (0, 4, 4, 1)  # type: ignore[union-attr]


def test_more_than_can_be_held_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_BYTES", 90)
    refusal = refused(lambda: pictures.take(two_classes(tmp_path), SMALL, silent))
    assert refusal.code == "too_much"


def test_a_glimpse_shows_a_few_of_each_class(tmp_path: Path) -> None:
    for i in range(30):
        put(tmp_path / f"red/{i}.png", png(RED, (8, 6 + i)))
    for i in range(3):
        put(tmp_path / f"blue/{i}.png", png(BLUE, (5, 5)))
    seen = pictures.look(tmp_path, NO_OPTIONS).glimpse
    assert isinstance(seen, PictureGlimpse)
    assert seen.counts == (3, 30) and seen.class_names == ("blue", "red")
    assert seen.labels.count(0) == 3 and 12 <= len(seen.labels) <= 24
    assert seen.pictures.shape == (len(seen.labels), 32, 32, 3)
    assert seen.originals[:4] == ((5, 5), (5, 5), (5, 5), (8, 6))
    assert seen.recipe == Options({"width": 32, "height": 32, "fit": "crop", "colour": "rgb"})


def test_reading_can_be_given_up(tmp_path: Path) -> None:
    def nobody_waits(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        pictures.take(two_classes(tmp_path), SMALL, nobody_waits)


def test_through_the_door_for_all_forms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAYERWISE_DATA_CACHE", str(tmp_path / "cache"))
    folder = two_classes(tmp_path / "pictures")
    assert pictures.recognises(folder) and not pictures.recognises(tmp_path / "cache")
    source, _ = forms.take(folder, "pictures", SMALL)
    assert source.card.classes == 2
    assert forms.samples_of(source).x.tolist() == forms.samples_of(source).x.tolist()
    put(folder / "red/more.png", png(RED))
    assert refused(lambda: forms.samples_of(source)).code == "changed"


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_mutated_pictures_are_read_or_left_out(data: st.DataObject) -> None:
    image = Image.fromarray(noise(12, 12))
    whole = bytearray(encoded(image, data.draw(st.sampled_from(["PNG", "JPEG", "GIF", "TIFF"]))))
    for place in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=5)):
        whole[place] = data.draw(st.integers(0, 255))
    files = pictures.Files({"a": 1}, frozenset(), lambda name, most: bytes(whole))
    recipe = checked(Pictures, {"width": 4, "height": 4, "colour": "grey"})
    with pictures._quiet():
        ((found),) = pictures._each(files, ["a"], recipe)
    assert found is None or found[0].shape == (4, 4, 1)
