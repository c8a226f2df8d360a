"""The size of everything: what was said in the pixels of 100 % follows it, now and later."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui import sizes, theme
from gui.colours import LIGHT
from gui.sizes import Enlarger
from gui.theme import font, px, style_sheet


@pytest.fixture
def everything(qapp: QApplication) -> Iterator[Enlarger]:
    """An application that can be enlarged, and is at 100 % afterwards."""
    theme.set_up(qapp, "light")
    enlarger = Enlarger(qapp, theme.theme)
    yield enlarger
    theme.theme.resize(1.0)
    theme.theme.resized.disconnect(enlarger._follow)


def test_letters_lines_and_gaps_of_the_style_follow(everything: Enlarger) -> None:
    sheet = style_sheet(LIGHT)
    assert style_sheet(LIGHT, 1.0) == sheet
    assert "padding: 8px 16px" in style_sheet(LIGHT, 2.0)
    assert "0px" not in style_sheet(LIGHT, 0.8).replace("10px", "").replace("20px", "")
    theme.theme.resize(2.0)
    assert (px(15), font(9.0).pointSizeF()) == (30, 18.0)
    assert QApplication.font().pointSizeF() == 2 * theme.FONT_POINTS


def test_sizes_stay_within_what_is_offered(everything: Enlarger) -> None:
    theme.theme.resize(9.0)
    assert theme.theme.factor == theme.SIZES[-1]
    theme.theme.resize(0.1)
    assert theme.theme.factor == theme.SIZES[0]


def test_widgets_follow_and_come_back_exactly(everything: Enlarger, qtbot: QtBot) -> None:
    widget, label, button = QWidget(), QLabel(), QToolButton()
    qtbot.addWidget(widget)
    column, row = QVBoxLayout(widget), QHBoxLayout()
    column.setContentsMargins(1, 2, 3, 4)
    row.setSpacing(5)
    column.addLayout(row)
    row.addWidget(label)
    row.addWidget(button)
    sizes.least(label, 100, 20, limit=150)
    sizes.fixed(button, 33)
    sizes.letters(label, 12.0, bold=True)
    sizes.icons(button, 18, 18)

    def state() -> tuple[object, ...]:
        margins = column.contentsMargins()
        return (
            (margins.left(), margins.bottom(), row.spacing()),
            label.minimumSize().toTuple(),
            (button.minimumWidth(), button.maximumWidth(), button.iconSize().toTuple()),
            label.font().pointSizeF(),
        )

    before = state()
    for factor in (3.0, 1.25, 0.8):
        theme.theme.resize(factor)
        assert state() == (
            (px(1), px(4), px(5)),
            (min(px(100), 150), px(20)),
            (px(33), px(33), (px(18), px(18))),
            12.0 * factor,
        )
    theme.theme.resize(1.0)
    assert state() == before


def test_a_widget_made_later_gets_the_present_size(everything: Enlarger, qtbot: QtBot) -> None:
    theme.theme.resize(2.0)
    widget = QWidget()
    qtbot.addWidget(widget)
    column = QVBoxLayout(widget)
    column.setSpacing(7)
    button = QToolButton()
    button.setIconSize(QSize(16, 16))
    column.addWidget(button)
    widget.show()
    assert column.spacing() == 14
    assert button.iconSize() == QSize(32, 32)


def test_painting_enlarged_is_painting_in_the_pixels_of_100_percent(everything: Enlarger) -> None:
    theme.theme.resize(2.0)
    image = QImage(100, 100, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFF)
    painter = QPainter(image)
    with sizes.enlarged(painter, QRect(20, 40, 60, 40)) as area:
        assert area == QRect(0, 0, 30, 20)
        assert font(10.0).pointSizeF() == 10.0
        painter.fillRect(area, 0x000000)
    painter.end()
    assert font(10.0).pointSizeF() == 20.0
    assert image.pixelColor(20, 40).lightness() == 0 == image.pixelColor(79, 79).lightness()
    assert image.pixelColor(19, 40).lightness() == 255 == image.pixelColor(80, 79).lightness()
