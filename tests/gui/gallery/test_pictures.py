"""Pictures of drawings are made while nobody waits, and kept in memory and as files."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QPixmap
from pytestqt.qtbot import QtBot

from engine.spec.codec import Unreadable
from engine.spec.document import Document
from gui.canvas.picture import Picture
from gui.gallery.pictures import Pictures, drawing
from gui.store import DocumentStore
from gui.theme import theme
from gui.words import set_language
from tests.gui.networks import chain

SIZE = QSize(200, 100)


class Reader:
    """Hands out a document and counts how often."""

    def __init__(self, document: Document | None = None) -> None:
        self.document, self.times = document or chain(), 0

    def __call__(self) -> Document:
        self.times += 1
        return self.document


def wait_for(qtbot: QtBot, pictures: Pictures, stamp: str, load: Reader) -> QPixmap:
    found = pictures.get(stamp, load, SIZE)
    if found is None:
        with qtbot.waitSignal(pictures.made) as made:
            pass
        assert made.args == [stamp]
        found = pictures.get(stamp, load, SIZE)
    assert found is not None
    return found


def test_it_is_made_later_and_only_once(qtbot: QtBot, qapp: object) -> None:
    pictures, reader = Pictures(), Reader()
    assert pictures.get("a", reader, SIZE) is None
    assert reader.times == 0
    picture = wait_for(qtbot, pictures, "a", reader)
    assert picture.size() == SIZE
    image = picture.toImage()
    tints = {image.pixel(x, y) for x in range(0, 200, 2) for y in range(0, 100, 2)}
    assert len(tints) > 20
    wait_for(qtbot, pictures, "a", reader)
    assert reader.times == 1
    assert pictures.is_idle


def test_another_start_finds_the_file(qtbot: QtBot, qapp: object, tmp_path: Path) -> None:
    first, later = Reader(), Reader()
    made = wait_for(qtbot, Pictures(tmp_path / "pictures"), "a", first)
    found = wait_for(qtbot, Pictures(tmp_path / "pictures"), "a", later)
    assert (first.times, later.times) == (1, 0)
    assert made.toImage().convertToFormat(found.toImage().format()) == found.toImage()


def test_theme_and_language_have_pictures_of_their_own(qtbot: QtBot, qapp: object) -> None:
    pictures, reader = Pictures(), Reader()
    light = wait_for(qtbot, pictures, "a", reader).toImage()
    theme.use("dark")
    dark = wait_for(qtbot, pictures, "a", reader).toImage()
    set_language("zh_CN")
    chinese = wait_for(qtbot, pictures, "a", reader).toImage()
    theme.use("light")
    assert light != dark
    assert dark != chinese
    assert reader.times == 3


def test_what_changes_while_it_is_made_leaves_no_wrong_picture(qtbot: QtBot, qapp: object) -> None:
    pictures = Pictures()

    def load() -> Document:
        set_language("zh_CN")
        return chain()

    assert pictures.get("a", load, SIZE) is None
    qtbot.waitUntil(lambda: pictures.is_idle)
    set_language("en")
    reader = Reader()
    assert pictures.get("a", reader, SIZE) is None
    wait_for(qtbot, pictures, "a", reader)
    assert reader.times == 1


def test_what_cannot_be_read_has_an_empty_picture(qtbot: QtBot, qapp: object) -> None:
    def broken() -> Document:
        raise Unreadable("json")

    pictures = Pictures()
    assert pictures.get("x", broken, SIZE) is None
    with qtbot.waitSignal(pictures.made):
        pass
    found = pictures.get("x", broken, SIZE)
    assert found is not None
    assert found.isNull()
    assert not wait_for(qtbot, pictures, "empty", Reader(Document())).isNull()


def test_a_folder_that_cannot_be_made_is_no_harm(
    qtbot: QtBot, qapp: object, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    pictures = Pictures(tmp_path / "file" / "pictures")
    assert not wait_for(qtbot, pictures, "a", Reader()).isNull()


def test_what_it_was_painted_from_does_not_stay(
    qtbot: QtBot, qapp: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone: list[str] = []

    def noted(store: DocumentStore) -> Picture:
        store.destroyed.connect(lambda: gone.append("store"))
        return drawing(store)

    monkeypatch.setattr("gui.gallery.pictures.drawing", noted)
    wait_for(qtbot, Pictures(), "a", Reader())
    qtbot.waitUntil(lambda: gone == ["store"])


@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_it_is_as_sharp_as_the_screen(qtbot: QtBot, qapp: object, ratio: float) -> None:
    pictures, reader = Pictures(), Reader()
    assert pictures.get("a", reader, SIZE, ratio) is None
    with qtbot.waitSignal(pictures.made):
        pass
    found = pictures.get("a", reader, SIZE, ratio)
    assert found is not None
    assert found.size() == SIZE * ratio
    assert found.deviceIndependentSize().toSize() == SIZE
