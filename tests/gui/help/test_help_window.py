"""The help window: contents, links, the way back, search, language and theme."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from gui import theme, words
from gui.help.hits import PAGE
from gui.help.pages import FIRST, contents
from gui.help.window import HelpWindow

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication) -> Iterator[HelpWindow]:
    theme.set_up(qapp, "light")
    shown = HelpWindow()
    qtbot.addWidget(shown)
    with qtbot.waitExposed(shown):
        shown.show()
    yield shown
    if theme.theme.is_dark:
        theme.theme.use("light")


def entry(window: HelpWindow, page: str) -> QTreeWidgetItem:
    tree = window.tree
    for i in range(tree.topLevelItemCount()):
        group = tree.topLevelItem(i)
        assert group is not None
        for j in range(group.childCount()):
            child = group.child(j)
            if child is not None and child.data(0, PAGE) == page:
                group.setExpanded(True)
                tree.scrollToItem(child)
                return child
    raise AssertionError(page)


def click_entry(window: HelpWindow, page: str) -> None:
    place = window.tree.visualItemRect(entry(window, page)).center()
    QTest.mouseClick(window.tree.viewport(), LEFT, pos=place)


def text(window: HelpWindow) -> str:
    return window.browser.toPlainText()


def test_it_begins_with_the_first_page_marked_in_the_contents(window: HelpWindow) -> None:
    assert window.page == FIRST
    assert window.tree.currentItem() is entry(window, FIRST)
    assert "Three parts" in text(window)
    assert not window.back.isEnabled()


def test_a_click_in_the_contents_opens_a_page(window: HelpWindow) -> None:
    click_entry(window, "tables")
    assert window.page == "tables" and "Time series" in text(window)
    click_entry(window, "dataset/iris")
    assert "Fisher" in text(window)
    assert window.windowTitle() == "Iris – Help"


def test_links_lead_on_and_buttons_back_and_forward(window: HelpWindow) -> None:
    window.browser.anchorClicked.emit(QUrl("preparing"))
    assert window.page == "preparing"
    assert window.tree.currentItem() is entry(window, "preparing")
    QTest.mouseClick(window.back, LEFT)
    assert window.page == FIRST and window.forward.isEnabled()
    QTest.mouseClick(window.forward, LEFT)
    assert window.page == "preparing" and not window.forward.isEnabled()


def test_no_link_leads_out_of_the_help(window: HelpWindow) -> None:
    window.browser.anchorClicked.emit(QUrl("https://example.org/"))
    assert window.page == FIRST
    window.open_page("dataset/of the future")
    assert window.page == FIRST


def test_a_search_lists_pages_and_keys_open_one(window: HelpWindow) -> None:
    QTest.keyClicks(window.search, "cifar")
    assert window.hits.isVisible() and not window.tree.isVisible()
    QTest.keyClick(window.search, Qt.Key.Key_Down)
    assert window.page == "collections"
    QTest.keyClick(window.search, Qt.Key.Key_Escape)
    assert window.tree.isVisible() and not window.search.text()
    QTest.keyClicks(window.search, "qwertz")
    assert window.nothing.isVisible() and "qwertz" in window.nothing.text()


def test_pictures_of_data_sets_are_painted_in_the_colours_of_the_theme(
    window: HelpWindow,
) -> None:
    window.open_page("dataset/moons")
    pictures = [window.browser.viewport().grab().toImage()]
    theme.theme.use("dark")
    pictures.append(window.browser.viewport().grab().toImage())
    assert pictures[0] != pictures[1]
    address = QUrl("specimen:moons")
    image = window.browser.loadResource(2, address)
    inside = {image.pixel(x, y) for x in range(100, 260, 3) for y in range(20, 130, 3)}
    assert len(inside) > 3


def test_no_picture_is_read_from_outside_the_help(window: HelpWindow) -> None:
    for address in ("../icons/layerwise.svg", "/etc/passwd", "../../README.md"):
        assert window.browser.loadResource(2, QUrl(address)) is None
    assert window.browser.loadResource(3, QUrl("data.md")) is None


def test_the_language_changes_while_a_page_is_shown(window: HelpWindow) -> None:
    click_entry(window, "pictures")
    words.set_language("zh_CN")
    assert window.page == "pictures" and "文件夹的样子" in text(window)
    assert window.windowTitle() == "图像 – 帮助"
    assert window.tree.topLevelItemCount() == len(contents())
    assert window.tree.currentItem() is entry(window, "pictures")
