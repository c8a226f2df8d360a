"""The list of layer types over the canvas: opened by keys and loose ends, searched, chosen from."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from engine.spec import edits
from engine.spec.document import Document
from gui import words
from gui.canvas.chooser import Chooser
from gui.canvas.view import CanvasView
from tests.gui.canvas.conftest import Show
from tests.gui.gestures import click, drag, middle, port_position
from tests.gui.networks import chain, edges, ids

ENTER, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Down


def listed(view: CanvasView) -> Chooser:
    found = view.choosing.list
    assert found.isVisible()
    return found


def test_a_loose_end_on_empty_paper_opens_the_list_there(show: Show) -> None:
    view = show(chain(("data", "conv2d")))
    start = port_position(view, "conv2d_1", "y")
    drag(view, start, start + QPointF(120, 90))
    assert view.store.document == chain(("data", "conv2d"))
    assert listed(view).kinds[0] == "max_pool2d"
    QTest.keyClick(view.choosing.list.search, ENTER)
    assert not view.choosing.list.isVisible() and view.hasFocus()
    assert "conv2d_1.y > max_pool2d_1.x" in edges(view.store.document)
    end = port_position(view, "max_pool2d_1", "x")
    assert (end - (start + QPointF(120, 90))).manhattanLength() < 12
    assert view.store.selection == ("max_pool2d_1",)
    assert view.store.undo_stack.count() == 1
    view.store.undo_stack.undo()
    assert view.store.document == chain(("data", "conv2d"))


def test_a_loose_end_of_an_input_finds_what_feeds_it(show: Show) -> None:
    view = show(chain(("dense",)))
    start = port_position(view, "dense_1", "x")
    drag(view, start, start - QPointF(100, 60))
    assert listed(view).kinds[0] == "data"
    QTest.keyClick(view.choosing.list.search, ENTER)
    assert edges(view.store.document) == {"data_1.x > dense_1.x"}
    node = view.store.document.network.node("data_1")
    assert node.x < view.store.document.network.node("dense_1").x


def test_an_end_that_comes_home_and_one_taken_off_open_nothing(show: Show) -> None:
    view = show(chain())
    start = port_position(view, "conv2d_1", "y")
    drag(view, start, start + QPointF(8, 12))
    assert not view.choosing.list.isVisible()
    end = port_position(view, "flatten_1", "x")
    drag(view, end, end + QPointF(0, 150))
    assert not view.choosing.list.isVisible()
    assert "max_pool2d_1.y > flatten_1.x" not in edges(view.store.document)


def test_space_opens_it_behind_the_selected_box(show: Show) -> None:
    view = show(chain())
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert not view.choosing.list.isVisible()  # nothing is selected
    click(view, middle(view, "conv2d_1"))
    QTest.keyClick(view, Qt.Key.Key_Space)
    QTest.keyClick(listed(view).search, DOWN)
    QTest.keyClick(view.choosing.list.search, ENTER)
    assert {"conv2d_1.y > conv2d_2.x", "conv2d_2.y > max_pool2d_1.x"} <= edges(view.store.document)
    assert view.store.undo_stack.count() == 1


def test_space_that_moved_the_paper_opens_nothing(show: Show) -> None:
    view = show(chain())
    view.store.select(("conv2d_1",))
    QTest.keyPress(view, Qt.Key.Key_Space)
    drag(view, QPointF(300, 200), QPointF(350, 220))
    QTest.keyRelease(view, Qt.Key.Key_Space)
    assert not view.choosing.list.isVisible()


def test_letters_open_it_and_are_the_beginning_of_the_search(show: Show) -> None:
    view = show(chain())
    click(view, middle(view, "flatten_1"))
    QTest.keyClick(view, Qt.Key.Key_D)
    chooser = listed(view)
    assert chooser.search.text() == "d"
    QTest.keyClicks(chooser.search, "rop")
    assert chooser.kinds[0] == "dropout"
    QTest.keyClick(chooser.search, ENTER)
    assert "flatten_1.y > dropout_1.x" in edges(view.store.document)
    QTest.keyClick(view, Qt.Key.Key_D)  # the new box is selected: on it goes
    QTest.keyClicks(listed(view).search, "ense")
    QTest.keyClick(view.choosing.list.search, ENTER)
    assert "dropout_1.y > dense_2.x" in edges(view.store.document)


def test_whole_blocks_are_found_too_where_they_fit(show: Show) -> None:
    view = show(chain(("data", "conv2d")))
    click(view, middle(view, "conv2d_1"))
    QTest.keyClick(view, Qt.Key.Key_R)
    chooser = listed(view)
    QTest.keyClicks(chooser.search, "esid")
    assert chooser.kinds == ["residual_block", "projection_block"]
    assert words.tr("action.residual_block.tip") == chooser.list.item(0).toolTip()
    QTest.keyClick(chooser.search, ENTER)
    assert view.store.document.network.has("add_1")
    view.store.select(("data_1",))
    view.choose("transformer")
    assert listed(view).kinds == []


def test_letters_begin_a_drawing_on_empty_paper(view: CanvasView) -> None:
    QTest.keyClick(view, Qt.Key.Key_D)
    QTest.keyClicks(listed(view).search, "ata")
    QTest.keyClick(listed(view).search, ENTER)
    assert [node.kind for node in view.store.document.network.nodes] == ["data"]


def test_letters_without_one_selected_box_keep_their_meaning(show: Show) -> None:
    view = show(edits.disconnect(chain(), chain().network.edges))
    view.select_all()
    QTest.keyClick(view, Qt.Key.Key_C)
    assert not view.choosing.list.isVisible()
    assert "data_1.x > conv2d_1.x" in edges(view.store.document)


def test_both_languages_are_searched_and_nothing_found_is_said(show: Show) -> None:
    words.set_language("zh_CN")
    view = show(chain())
    view.store.select(("conv2d_1",))
    view.choose("池化")
    assert listed(view).kinds[0] == "max_pool2d"
    view.choosing.list.search.setText("dense")
    assert view.choosing.list.kinds[0] == "dense"
    view.choosing.list.search.setText("qqq")
    assert view.choosing.list.kinds == [] and "qqq" in view.choosing.list.nothing.text()
    QTest.keyClick(view.choosing.list.search, ENTER)
    assert view.choosing.list.isVisible() and view.store.document == chain()


def test_it_closes_by_escape_and_by_a_click_beside_it(show: Show) -> None:
    view = show(chain())
    view.store.select(("conv2d_1",))
    view.choose()
    QTest.keyClick(listed(view).search, Qt.Key.Key_Escape)
    assert not view.choosing.list.isVisible() and view.hasFocus()
    assert view.store.selection == ("conv2d_1",)
    view.choose()
    view.setFocus()
    assert not view.choosing.list.isVisible()
    assert view.store.document == chain()


def test_a_line_is_clicked_and_explains_itself(show: Show) -> None:
    view = show(chain())
    view.store.select(("flatten_1",))
    view.choose()
    chooser = listed(view)
    item = chooser.list.item(1)
    assert item.toolTip() and chooser.kinds[1] == "dropout"
    unfit = chooser.list.item(chooser.kinds.index("conv2d"))
    assert words.tr("chooser.unfit") in unfit.toolTip()
    place = chooser.list.visualItemRect(item).center()
    QTest.mouseClick(chooser.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert "flatten_1.y > dropout_1.x" in edges(view.store.document)
    assert not chooser.isVisible()


def test_it_stays_inside_the_canvas(show: Show) -> None:
    view = show(chain())
    view.store.select(("cross_entropy_1",))
    view.zoom_actual()
    view.choose()
    assert view.rect().contains(listed(view).geometry())
    assert view.choosing.list.kinds == []  # a loss hands on nothing


def test_a_port_that_is_gone_is_not_joined(show: Show) -> None:
    view = show(chain(("data", "conv2d")))
    start = port_position(view, "conv2d_1", "y")
    drag(view, start, start + QPointF(120, 90))
    view.store.open(Document())
    QTest.keyClick(view.choosing.list.search, ENTER)
    assert ids(view.store.document) == []
