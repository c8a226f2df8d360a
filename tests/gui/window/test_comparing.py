"""What a document can be compared with, from the menu, and the page in place of the drawing."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from engine.spec import edits
from engine.spec.files import Saved, write
from gui.window.main_window import MainWindow
from gui.words import tr
from tests.gui.networks import chain
from tests.gui.window.dialogs import Answers, name_file


def entry(menu: QMenu, text: str) -> None:
    (action,) = (a for a in menu.actions() if a.text() == text)
    assert action.isEnabled()
    action.trigger()


def filters(window: MainWindow, count: int) -> None:
    window.store.edit(
        tr("edit.delete"), lambda d: edits.set_options(d, "conv2d_1", {"filters": count})
    )


def test_with_what_it_was_saved_as_and_a_step_before(window: MainWindow, tmp_path: Path) -> None:
    comparing = window.tabs.comparing
    steps, saved = comparing.menu(), tr("compare.saved")
    assert not next(a for a in steps.actions() if a.text() == saved).isEnabled()
    path = tmp_path / "net.layerwise"
    write(path, Saved(chain()))
    window.open_path(path)
    filters(window, 5)
    filters(window, 6)
    entry(comparing.menu(), saved)
    assert window.centre.currentWidget() is comparing.page
    assert [line.text for line in comparing.page.lines] == ["Conv2D: Filters 32 → 6"]
    assert not comparing.page.to_first.isEnabled()
    menu = comparing.menu()
    (below,) = (m for m in menu.findChildren(QMenu) if m.title() == tr("compare.step"))
    below.actions()[0].trigger()
    assert [line.text for line in comparing.page.lines] == ["Conv2D: Filters 5 → 6"]
    QTest.mouseClick(comparing.page.to_second, Qt.MouseButton.LeftButton)
    assert window.store.document.network.node("conv2d_1").options["filters"] == 5
    assert window.store.undo_name == tr("edit.take_over")


def test_with_a_file_and_back_to_the_drawing(window: MainWindow, tmp_path: Path) -> None:
    comparing = window.tabs.comparing
    path = tmp_path / "other.layerwise"
    write(path, Saved(edits.remove_nodes(chain(), ("max_pool2d_1",))))
    answers = Answers(name_file(path))
    entry(comparing.menu(), tr("compare.file"))
    answers.end()
    assert comparing.page.title.text() == "other.layerwise → Untitled"
    QTest.keyClick(comparing.page.list, Qt.Key.Key_Escape)
    assert window.centre.currentWidget() is window.room
    path.write_text("broken")
    answers = Answers(name_file(path))
    entry(comparing.menu(), tr("compare.file"))
    answers.end()
    assert window.centre.currentWidget() is window.room
    assert "other.layerwise" in window.notice.label.text()
