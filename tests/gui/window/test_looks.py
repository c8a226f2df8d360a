"""The page of settings, the first start and the ticks of the View menu."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QWidget

from engine.spec.places import data_cache
from gui import theme
from gui.colours import Colours
from gui.level import BEGINNER, EVERYTHING, LEVELS, level
from gui.window.first_start import FirstStart
from gui.window.main_window import MainWindow
from gui.words import language, tr

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    yield
    level.use(EVERYTHING)
    if theme.theme.is_projected:
        theme.theme.project(False)
    if theme.theme.size != 1.0:
        theme.theme.resize(1.0)


def choose(box: QComboBox, value: str) -> None:
    """Choose with the keys, as a person would."""
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Home)
    for _ in range(box.findData(value)):
        QTest.keyClick(box, Qt.Key.Key_Down)
    assert box.currentData() == value


def test_settings_are_applied_at_once_and_remembered(window: MainWindow) -> None:
    page = window.looks.preferences
    window.actions_table["settings"].trigger()
    assert page.isVisible()
    choose(page.theme, "dark")
    assert theme.theme.is_dark and window.settings.any_text("theme") == "dark"
    choose(page.percent, "125")
    assert theme.theme.size == 1.25 and window.settings.any_text("size") == "125"
    choose(page.level, BEGINNER)
    assert level.is_beginner and window.settings.any_text("level") == BEGINNER
    assert window.actions_table["beginner"].isChecked()
    choose(page.language, "zh_CN")
    assert language() == "zh_CN" == window.settings.any_text("language")
    assert page.windowTitle() == tr("settings.title")
    QTest.mouseClick(
        page.again, LEFT, pos=page.again.rect().topLeft() + page.again.rect().center() / 9
    )
    assert window.actions_table["open_again"].isChecked() == page.again.isChecked()


def test_every_setting_has_a_hover_text(window: MainWindow) -> None:
    page = window.looks.preferences
    for row in range(page.form.rowCount()):
        for role in (page.form.ItemRole.LabelRole, page.form.ItemRole.FieldRole):
            item = page.form.itemAt(row, role)
            widget = item.widget() if item is not None else None
            assert isinstance(widget, QWidget) and widget.toolTip()


def test_kept_samples_are_counted_and_cleared_and_nothing_else(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LAYERWISE_DATA_CACHE", str(tmp_path / "cache"))  # not that of all tests
    folder: Path = data_cache()
    kept, carried = folder / "samples" / "a" / "x.npy", folder / "carried" / "b.csv"
    for path in (kept, carried):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x" * 2048)
    page = window.looks.preferences
    page.refresh()
    page.show()
    assert "2.0 KiB" in page.folder.text()
    QTest.mouseClick(page.clear, LEFT)
    assert not kept.exists() and carried.exists()
    assert "0 B" in page.folder.text() and not page.clear.isEnabled()


def test_at_the_first_start_a_level_is_chosen_once(window: MainWindow) -> None:
    window.looks.ask_first()
    (page,) = window.findChildren(FirstStart)
    assert page.isVisible()
    QTest.mouseClick(page.languages["zh_CN"], LEFT)
    assert language() == "zh_CN" and page.levels[BEGINNER].text() == tr("level.beginner")
    QTest.mouseClick(page.levels[EVERYTHING], LEFT)
    assert not page.isVisible() and not level.is_beginner
    assert window.settings.any_text("level") == EVERYTHING
    window.looks.ask_first()
    assert len(window.findChildren(FirstStart)) == 1


def test_skipping_the_first_page_means_a_beginner(window: MainWindow) -> None:
    window.looks.ask_first()
    (page,) = window.findChildren(FirstStart)
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert level.is_beginner and window.settings.text("level", LEVELS, "") == BEGINNER


def test_the_ticks_of_the_panels_follow(window: MainWindow) -> None:
    actions, panels = window.actions_table, window.panels
    panels.close("data")
    assert not actions["panel_data"].isChecked()
    actions["panel_data"].trigger()
    assert actions["panel_data"].isChecked() and panels.is_open("data")
    actions["bottom_panels"].trigger()
    assert not actions["bottom_panels"].isChecked() and not window.bottom.isVisible()
    actions["default_layout"].trigger()
    assert actions["bottom_panels"].isChecked() and window.bottom.isVisible()


def test_a_projector_has_its_own_size_lines_colours_and_layout(window: MainWindow) -> None:
    panels, actions = window.panels, window.actions_table
    panels.bring("training")
    normal = theme.theme.colours
    actions["projector"].trigger()
    assert actions["projector"].isChecked()
    assert theme.theme.factor > 1.0 < theme.theme.stroke
    assert contrast(theme.theme.colours) > contrast(normal)
    assert not window.left.isVisible() and not window.right.isVisible()
    assert window.bottom.isVisible() and window.canvas.isVisible()
    panels.hide_side("right")
    window.switch_theme()
    assert theme.theme.is_dark and theme.theme.is_projected
    actions["projector"].trigger()
    assert (theme.theme.factor, theme.theme.stroke) == (1.0, 1.0)
    assert window.left.isVisible() and panels.pages["training"].isVisible()
    actions["projector"].trigger()
    assert window.right.isVisible() and not window.left.isVisible()  # as it was left


def contrast(colours: Colours) -> float:
    """How far secondary text is from the paper, between 0 and 255."""
    faint, panel = theme.QColor(colours.faint), theme.QColor(colours.panel)
    return abs(faint.lightness() - panel.lightness())


def test_keys_and_clicks_are_shown_to_a_room_on_request(window: MainWindow) -> None:
    pressed = window.looks.pressed
    QTest.keyClick(window.canvas, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert not pressed.keys.isVisible()
    window.actions_table["show_keys"].trigger()
    QTest.keyClick(window.canvas, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert pressed.keys.isVisible() and pressed.keys.text == "Ctrl+D"
    QTest.keyClick(window.canvas, Qt.Key.Key_X)  # a letter that is written
    assert pressed.keys.text == "Ctrl+D"
    QTest.mouseClick(window.canvas.viewport(), LEFT)
    assert pressed.ring.isVisible()
    assert not pressed.keys.grab().isNull() and not pressed.ring.grab().isNull()
    window.actions_table["show_keys"].trigger()
    QTest.keyClick(window.canvas, Qt.Key.Key_Delete)
    assert pressed.keys.text == "Ctrl+D"
