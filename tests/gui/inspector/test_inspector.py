"""The inspector with real keys and clicks: what it changes in the document, and what it shows."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from engine.layers import CATALOGUE
from engine.layers.weighted import Weighted
from engine.spec.document import Document, Node, Options
from engine.spec.edits import add_node, remove_nodes, set_options
from engine.spec.options import Value, options_of
from gui import theme, words
from gui.inspector.box_page import BoxPage
from gui.inspector.form import OptionRow
from gui.inspector.group_page import GroupPage
from gui.inspector.inspector import KEPT, Inspector
from gui.inspector.summary_page import SummaryPage
from gui.store import DocumentStore

Show = Callable[..., Inspector]
Row = Callable[[Inspector, str], OptionRow]
LEFT = Qt.MouseButton.LeftButton


def option(store: DocumentStore, id: str, name: str) -> Value | None:
    return store.document.network.node(id).options.get(name)


def type_into(row: OptionRow, text: str) -> None:
    row.editor.setFocus()
    row.editor.selectAll()  # type: ignore[union-attr]  # numbers only
    QTest.keyClicks(row.editor, text)


def texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def test_typing_changes_the_document_in_one_step_of_undo(
    store: DocumentStore, inspector: Show, row: Row
) -> None:
    shown = inspector("dense_1")
    type_into(row(shown, "units"), "128")
    assert option(store, "dense_1", "units") == 128
    store.undo_stack.undo()
    assert option(store, "dense_1", "units") == 64
    assert row(shown, "units").editor.value() == 64
    assert store.undo_stack.redoText() == "Change Units"


def test_a_field_keeps_focus_and_cursor_while_the_document_follows(
    store: DocumentStore, inspector: Show, row: Row, qtbot: QtBot
) -> None:
    shown = inspector("dense_1")
    editor = row(shown, "units").editor
    editor.setFocus()
    qtbot.waitUntil(editor.hasFocus)
    QTest.keyClick(editor, Qt.Key.Key_Home)
    QTest.keyClick(editor, Qt.Key.Key_1)
    assert option(store, "dense_1", "units") == 164
    assert editor is row(shown, "units").editor and editor.hasFocus()
    assert editor.lineEdit().cursorPosition() == 1  # type: ignore[union-attr]


def test_a_value_out_of_bounds_is_refused_with_a_sentence(
    store: DocumentStore, inspector: Show, row: Row
) -> None:
    shown = inspector("dense_1")
    before = store.document
    for text in ("0", "70000"):
        type_into(row(shown, "units"), text)
        QTest.keyClick(row(shown, "units").editor, Qt.Key.Key_Return)
        assert store.document == before
    message = row(shown, "units").message
    assert message.isVisible() and "1 to 65,536" in message.text()


def test_a_choice_is_made_with_the_keyboard(
    store: DocumentStore, inspector: Show, row: Row, qtbot: QtBot
) -> None:
    shown = inspector("conv2d_1")
    editor = row(shown, "padding").editor
    editor.setFocus()
    QTest.keyClick(editor, Qt.Key.Key_Down)
    assert option(store, "conv2d_1", "padding") == "same"
    assert isinstance(editor, QComboBox) and editor.currentText() == "same (padded)"


def test_a_flag_is_clicked(store: DocumentStore, inspector: Show, row: Row, qtbot: QtBot) -> None:
    shown = inspector("dense_1")
    assert isinstance(shown.page, BoxPage)
    assert not row(shown, "bias").isVisible()
    qtbot.mouseClick(shown.page.form.fold, LEFT)
    assert row(shown, "bias").isVisible()
    box = row(shown, "bias").editor
    qtbot.mouseClick(box, LEFT, pos=QPoint(8, box.height() // 2))
    assert option(store, "dense_1", "bias") is False


def test_a_changed_option_can_be_reset(
    store: DocumentStore, inspector: Show, row: Row, qtbot: QtBot
) -> None:
    shown = inspector("dense_1")
    reset = row(shown, "units").reset
    assert not reset.isVisible()  # 64 is the default
    assert "Back to the default: 64" in reset.toolTip()
    type_into(row(shown, "units"), "7")
    assert reset.isVisible()
    qtbot.mouseClick(reset, LEFT)
    assert option(store, "dense_1", "units") == 64
    assert not reset.isVisible()


def test_options_appear_when_they_have_a_meaning(
    store: DocumentStore, inspector: Show, row: Row
) -> None:
    shown = inspector("data_1")
    assert not row(shown, "noise").isVisible()
    store.edit("", lambda document: set_options(document, "data_1", {"dataset": "moons"}))
    assert row(shown, "noise").isVisible() and row(shown, "samples").isVisible()


def test_hover_texts_say_what_an_option_does_and_its_bounds(inspector: Show, row: Row) -> None:
    shown = inspector("conv2d_1")
    text = row(shown, "filters").editor.toolTip()
    assert "patterns" in text and "1 to 1,024" in text and "32" in text
    assert row(shown, "padding").editor.accessibleName() == "Padding"


def test_everything_that_can_be_clicked_has_a_hover_text_and_a_name(inspector: Show) -> None:
    for id in ("conv2d_1", "data_1", "cross_entropy_1"):
        shown = inspector(id)
        assert isinstance(shown.page, BoxPage)
        shown.page.form.open_fold(True)
        for control in shown.findChildren(QAbstractButton):
            assert control.toolTip() and control.accessibleName(), control.objectName()
        for row in shown.page.form.rows.values():
            assert row.editor.toolTip() and row.editor.accessibleName()


def test_sizes_name_their_axes(inspector: Show) -> None:
    shown = inspector("conv2d_1")
    assert isinstance(shown.page, BoxPage)
    assert shown.page.sizes.texts() == [("input", "28×28×1"), ("output", "26×26×32")]
    assert "height × width × channels" in texts(shown.page.sizes)


def test_the_arithmetic_has_the_numbers_of_this_box(store: DocumentStore, inspector: Show) -> None:
    shown = inspector("conv2d_1")
    assert isinstance(shown.page, BoxPage)
    sums = dict(shown.page.sums.texts())
    assert sums["Parameters"] == "3·3·1·32 + 32 = 320"
    assert sums["Height"] == "28 − 3 + 1 = 26"
    assert sums["Multiply-adds"] == f"{store.analysis.facts['conv2d_1'].multiplications:,}"


def test_the_formula_and_its_source_are_shown(inspector: Show) -> None:
    shown = texts(inspector("dense_1"))
    assert "Σ" in shown
    assert "F. Rosenblatt: The Perceptron" in shown and "1958" in shown
    assert "ReLU: V. Nair" in shown and "Glorot, uniform: X. Glorot" in shown


def test_nothing_selected_shows_the_whole(store: DocumentStore, inspector: Show) -> None:
    shown = inspector()
    assert isinstance(shown.page, SummaryPage)
    facts = dict(shown.page.facts.texts())
    assert facts["Boxes"] == "7"
    assert facts["Parameters"] == f"{store.analysis.parameters:,}"
    assert "ready to train" in texts(shown)


def test_an_empty_canvas_says_what_to_do(qtbot: QtBot) -> None:
    shown = Inspector(DocumentStore())
    qtbot.addWidget(shown)
    shown.show()
    assert "Drag a data box" in texts(shown)


def test_a_problem_in_the_summary_leads_to_its_box(
    store: DocumentStore, inspector: Show, qtbot: QtBot
) -> None:
    shown = inspector()
    store.edit("", lambda document: remove_nodes(document, ("flatten_1",)))
    assert isinstance(shown.page, SummaryPage)
    (card,) = shown.page.problems.cards
    assert "Dense 1" in card.sentence.text() and "13×13×32" in card.sentence.text()
    qtbot.mouseClick(card.sentence, LEFT)
    assert store.selection == ("dense_1",)


def test_a_repair_is_previewed_and_applied(
    store: DocumentStore, inspector: Show, qtbot: QtBot
) -> None:
    store.edit("", lambda document: remove_nodes(document, ("flatten_1",)))
    shown = inspector("dense_1")
    assert isinstance(shown.page, BoxPage)
    ((button,),) = [card.buttons for card in shown.page.problems.cards]
    assert button.text() == "Put Flatten before it"
    QTest.mouseMove(shown, QPoint(1, 1))
    QTest.mouseMove(button)
    assert "adds Flatten" in button.toolTip() and "no problem is left" in button.toolTip()
    qtbot.mouseClick(button, LEFT)
    assert store.analysis.problems == ()
    assert not shown.page.problems.isVisible()
    store.undo_stack.undo()
    assert shown.page.problems.isVisible()


def test_several_boxes_are_edited_at_once(store: DocumentStore, inspector: Show, row: Row) -> None:
    shown = inspector("dense_1", "dense_2")
    assert isinstance(shown.page, GroupPage)
    assert row(shown, "units").editor.lineEdit().placeholderText() == "several values"  # type: ignore[union-attr]
    type_into(row(shown, "units"), "12")
    assert option(store, "dense_1", "units") == option(store, "dense_2", "units") == 12
    store.undo_stack.undo()
    assert option(store, "dense_1", "units") == 64 and option(store, "dense_2", "units") == 10


def test_boxes_of_different_kinds_offer_what_they_share(inspector: Show) -> None:
    shown = inspector("conv2d_1", "dense_1")
    assert isinstance(shown.page, GroupPage)
    assert set(shown.page.form.rows) == {"activation", "bias", *options_of(Weighted)}
    nothing = inspector("flatten_1", "dense_1")
    assert "no option in common" in texts(nothing)


def test_the_data_box_says_where_its_samples_come_from(inspector: Show) -> None:
    shown = inspector("data_1")
    assert isinstance(shown.page, BoxPage)
    assert "enlarged" in texts(shown.page.card)
    facts = dict(shown.page.card.texts())
    assert facts["Samples"] == "1,797" and facts["Validation"] == "≈ 270"


@pytest.mark.parametrize("dataset", ["digits_8", "iris", "moons", "wave"])
@pytest.mark.parametrize(("validation", "test"), [(0.15, 0.15), (0.02, 0.0), (0.6, 0.6)])
def test_split_sizes_add_up(dataset: str, validation: float, test: float) -> None:
    data = CATALOGUE["data"](dataset=dataset, validation=validation, test=test)  # type: ignore[call-arg]
    parts = data.part_sizes  # type: ignore[attr-defined]
    assert sum(parts) == data.total  # type: ignore[attr-defined]
    assert parts[0] > 0 and parts[1] > 0 and parts[2] >= 0


def test_a_box_of_an_unknown_kind_is_named_and_nothing_breaks(
    store: DocumentStore, inspector: Show
) -> None:
    strange = Node("capsule_1", "capsule", Options({"units": 3}))
    store.edit("", lambda document: add_node(document, strange))
    shown = inspector("capsule_1")
    assert "does not know" in texts(shown) and "capsule" in texts(shown)


def test_a_value_from_a_file_that_is_not_accepted_shows_the_repair(
    store: DocumentStore, inspector: Show, row: Row
) -> None:
    store.edit("", lambda document: set_options(document, "dense_1", {"units": -5}))
    shown = inspector("dense_1")
    assert row(shown, "units").editor.value() == 64
    assert "-5" in texts(shown) and "1 … 65,536" in texts(shown)


def test_words_change_with_the_language(inspector: Show, row: Row) -> None:
    shown = inspector("conv2d_1")
    words.set_language("zh_CN")
    assert "二维卷积" in texts(shown) and row(shown, "stride").label.text() == "步幅"
    words.set_language("en")
    assert "Conv2D" in texts(shown)


def test_colours_change_with_the_theme(qapp: QApplication, inspector: Show) -> None:
    shown = inspector("conv2d_1")
    light = shown.grab().toImage().pixelColor(5, 5)
    theme.theme.use("dark")
    assert shown.grab().toImage().pixelColor(5, 5) != light
    theme.theme.use("light")


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_no_text_is_cut_in_the_narrowest_panel(
    store: DocumentStore, inspector: Show, language: str
) -> None:
    words.set_language(language)
    for node in store.document.network.nodes:
        shown = inspector(node.id, width=260)
        assert isinstance(shown.page, BoxPage)
        shown.page.form.open_fold(True)
        QApplication.processEvents()
        assert shown.content.width() <= shown.viewport().width()
        for label in shown.findChildren(QLabel):
            if label.isVisible() and label.text():
                wide = label.width() >= label.minimumSizeHint().width()
                assert wide, (node.id, label.text())
                assert label.height() >= label.heightForWidth(label.width()), label.text()


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_the_words_of_a_repair_fit_its_button(
    store: DocumentStore, inspector: Show, language: str
) -> None:
    words.set_language(language)
    store.edit("", lambda document: set_options(document, "dense_2", {"units": 7}))
    shown = inspector("cross_entropy_1", width=260)
    assert isinstance(shown.page, BoxPage)
    QApplication.processEvents()
    ((button,),) = [card.buttons for card in shown.page.problems.cards]
    assert button.height() >= button.heightForWidth(button.width())
    assert button.mapTo(shown.content, button.rect().bottomRight()).x() < 260


def test_the_selected_box_may_be_deleted(store: DocumentStore, inspector: Show) -> None:
    shown = inspector("dense_1")
    store.edit("", lambda document: remove_nodes(document, ("dense_1",)))
    assert isinstance(shown.page, SummaryPage)


def test_another_document_may_be_opened(store: DocumentStore, inspector: Show) -> None:
    shown = inspector("dense_1")
    store.open(Document())
    assert "The canvas is empty" in texts(shown)


def test_the_page_of_a_layer_type_serves_its_other_boxes(
    store: DocumentStore, inspector: Show, row: Row
) -> None:
    shown = inspector("dense_1")
    page = shown.page
    type_into(row(shown, "units"), "0")
    QTest.keyClick(row(shown, "units").editor, Qt.Key.Key_Return)
    assert row(shown, "units").message.isVisible()
    store.select(("conv2d_1",))
    assert shown.page is not page and not page.isVisible()  # type: ignore[union-attr]
    store.select(("dense_2",))
    assert shown.page is page and row(shown, "units").editor.value() == 10
    assert not row(shown, "units").message.isVisible()
    assert row(shown, "units").editor.lineEdit().text() == "10"  # type: ignore[union-attr]
    type_into(row(shown, "units"), "12")
    assert option(store, "dense_1", "units") == 64 and option(store, "dense_2", "units") == 12


def test_what_waits_in_a_field_counts_for_its_own_box(
    store: DocumentStore, inspector: Show, row: Row, qtbot: QtBot
) -> None:
    shown = inspector("dense_1")
    editor = row(shown, "units").editor
    editor.set_careful(True)
    type_into(row(shown, "units"), "77")
    qtbot.waitUntil(editor.hasFocus)
    store.select(("dense_2",))
    assert option(store, "dense_1", "units") == 77 and option(store, "dense_2", "units") == 10
    type_into(row(shown, "units"), "78")
    store.edit("", lambda document: remove_nodes(document, ("dense_2",)))
    assert option(store, "dense_1", "units") == 77  # what was typed for a box that is gone, too


def test_only_a_few_pages_are_kept(store: DocumentStore, inspector: Show) -> None:
    shown = inspector("dense_1")
    for kind in sorted(CATALOGUE)[:20]:
        store.edit("", add_node(store.document, Node(f"{kind}_9", kind)))
        store.select((f"{kind}_9",))
        assert isinstance(shown.page, BoxPage) and shown.page.kind == kind
    assert len(shown._kept) <= KEPT + 1
