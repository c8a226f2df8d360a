"""Pictures of the drawing: size, colours, names as text, and nothing of what is for the screen."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPixmap
from PySide6.QtWidgets import QApplication

from engine.layers import CATALOGUE
from engine.spec import edits
from gui import theme, words
from gui.canvas.picture import EDGE, Picture
from gui.canvas.picture_files import LARGEST, as_image, as_png, as_svg, for_clipboard, pixels, write
from gui.canvas.view import CanvasView
from gui.colours import DARK, LIGHT
from gui.describe import titles
from tests.gui.canvas.conftest import Show
from tests.gui.networks import chain


@pytest.fixture
def drawn(show: Show, qapp: QApplication) -> CanvasView:
    theme.set_up(qapp, "light")
    return show(chain())


def colours_in(image: QImage) -> set[str]:
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(plain.constBits(), dtype=np.uint32)
    return {QColor(int(pixel)).name() for pixel in np.unique(pixels)}


def test_a_picture_takes_all_boxes_with_the_edges_around_them(drawn: CanvasView) -> None:
    picture = Picture(drawn.canvas)
    bounds = drawn.canvas.bounds()
    assert picture.area.contains(bounds.adjusted(-EDGE, -EDGE, EDGE, EDGE))
    assert len(picture.nodes) == 6 and len(picture.edges) == len(drawn.canvas.edges)
    assert pixels(picture, 3).width() == round(picture.area.width() * 3)


@pytest.mark.parametrize("scale", [1, 2, 4])
def test_a_png_has_its_size_and_the_colours_of_the_categories(
    drawn: CanvasView, tmp_path: Path, scale: int
) -> None:
    path = tmp_path / "net.png"
    picture = Picture(drawn.canvas)
    write(path, picture, "white", scale, "net")
    image = QImage(str(path))
    assert image.size() == pixels(picture, scale)
    found = colours_in(image)
    kinds = {CATALOGUE[node.kind].category for node in picture.nodes}
    assert {LIGHT.categories[kind] for kind in kinds} <= found
    assert QColor(image.pixel(0, 0)).name() == "#ffffff"


def test_paper_is_white_in_a_dark_window_and_the_window_keeps_its_colours(
    drawn: CanvasView,
) -> None:
    theme.theme.use("dark")
    picture = Picture(drawn.canvas)
    paper = colours_in(as_image(picture, "white", 1))
    assert LIGHT.categories["data"] in paper and DARK.categories["data"] not in paper
    assert theme.theme.is_dark
    window = as_image(picture, "theme", 1)
    assert QColor(window.pixel(0, 0)).name() == DARK.canvas
    assert DARK.categories["data"] in colours_in(window)
    clear = as_image(picture, "transparent", 1)
    assert clear.pixelColor(0, 0).alpha() == 0
    theme.theme.use("light")


@pytest.mark.parametrize("form", ["png", "svg"])
def test_selection_marks_and_hovering_are_left_out(drawn: CanvasView, form: str) -> None:
    def content() -> bytes:
        picture = Picture(drawn.canvas)
        return as_png(picture, "white", 1) if form == "png" else as_svg(picture, "white", "")

    plain = content()
    drawn.canvas.hover("dense_1")
    drawn.store.select(("dense_1",))
    drawn.canvas.select_edges(list(drawn.canvas.edges)[:1])
    assert content() == plain
    node = drawn.canvas.nodes["dense_1"]
    node.show_state(face=replace(node.face, mark="error"))
    assert content() == plain


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_an_svg_is_well_formed_and_has_the_names_as_text(
    drawn: CanvasView, tmp_path: Path, language: str
) -> None:
    words.set_language(language)
    path = tmp_path / "net.svg"
    write(path, Picture(drawn.canvas), "transparent", 1, "A <title> & more")
    root = ElementTree.fromstring(path.read_bytes())
    space = "{http://www.w3.org/2000/svg}"
    texts = [element.text for element in root.iter(f"{space}text")]
    assert set(titles(drawn.store.document).values()) <= set(texts)
    assert root.findtext(f"{space}title") == "A <title> & more"
    families = {element.get("font-family") for element in root.iter(f"{space}text")}
    assert not any("Material" in str(family) for family in families)  # icons are outlines


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_a_pdf_has_one_page_as_large_as_the_drawing(
    drawn: CanvasView, tmp_path: Path, language: str
) -> None:
    words.set_language(language)
    path = tmp_path / "NET.PDF"
    picture = Picture(drawn.canvas)
    write(path, picture, "white", 1, "net")
    content = path.read_bytes()
    assert content.startswith(b"%PDF-") and content.rstrip().endswith(b"%%EOF")
    assert len(re.findall(rb"/Type /Page\b", content)) == 1
    (box,) = re.findall(rb"/MediaBox \[([\d. ]+)\]", content)
    width, height = map(float, box.split()[2:])
    assert width == pytest.approx(picture.area.width() * 0.75, abs=1)
    assert height == pytest.approx(picture.area.height() * 0.75, abs=1)
    assert b"/FontFile" in content  # the letters are in the file


def test_some_boxes_take_only_their_own_edges_along(drawn: CanvasView) -> None:
    picture = Picture(drawn.canvas, ("flatten_1", "dense_1", "of the past"))
    assert sorted(node.id for node in picture.nodes) == ["dense_1", "flatten_1"]
    assert [(line.edge.source, line.edge.target) for line in picture.edges if line.edge] == [
        ("flatten_1", "dense_1")
    ]
    dense = next(node for node in picture.nodes if node.id == "dense_1")
    assert dense.joined == {("x", False)}


def test_huge_drawings_become_pictures_that_can_be_opened(drawn: CanvasView) -> None:
    drawn.store.edit("", lambda d: edits.move_nodes(d, {"dense_1": (90_000.0, 50_000.0)}))
    size = pixels(Picture(drawn.canvas), 4)
    assert max(size.width(), size.height()) <= LARGEST


def test_the_clipboard_gets_pixels_and_lines(drawn: CanvasView) -> None:
    data = for_clipboard(Picture(drawn.canvas), "white", "net")
    assert data.hasImage()
    ElementTree.fromstring(data.data("image/svg+xml").data())


def test_a_file_that_cannot_be_written_is_an_error(drawn: CanvasView, tmp_path: Path) -> None:
    with pytest.raises(OSError):
        write(tmp_path / "none" / "net.png", Picture(drawn.canvas), "white", 1, "")


def test_pictures_have_the_glimpses_of_data_boxes(drawn: CanvasView) -> None:
    glimpse = QImage(40, 20, QImage.Format.Format_RGB32)
    glimpse.fill(QColor("#123456"))
    drawn.canvas.show_glimpse("data_1", QPixmap.fromImage(glimpse))
    image = as_image(Picture(drawn.canvas), "white", 1)
    assert "#123456" in colours_in(image)
