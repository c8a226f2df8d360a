"""The form of training: it edits the document, and a run that goes on locks what it must."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine import protocol
from engine.spec.training import LIVE
from gui import words
from gui.engine_client import EngineClient
from gui.inspector.form import OptionRow
from gui.run import RUNNING, Run
from gui.store import DocumentStore
from gui.training_form import TrainingForm

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def run(store: DocumentStore) -> Run:
    return Run(store, EngineClient(store), store)


@pytest.fixture
def form(qtbot: QtBot, store: DocumentStore, run: Run) -> TrainingForm:
    made = TrainingForm(store, run)
    qtbot.addWidget(made)
    made.resize(280, 500)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


def row(form: TrainingForm, name: str) -> OptionRow:
    assert form.form is not None
    return form.form.rows[name]


def type_into(row: OptionRow, text: str) -> None:
    row.editor.setFocus()
    row.editor.selectAll()  # type: ignore[union-attr]  # numbers only
    QTest.keyClicks(row.editor, text)


def begin(run: Run) -> None:
    """The engine says that the run goes on."""
    run.number = 1  # as if it had been started; 0 is the engine itself
    run.handle(protocol.Prepared(run.number, "cpu", 1, 40, 15, 0, 0, {}, {}, {}))
    assert run.status == RUNNING


def test_typing_changes_the_document(form: TrainingForm, store: DocumentStore) -> None:
    type_into(row(form, "batch_size"), "64")
    assert store.document.training.batch_size == 64
    assert store.undo_stack.undoText() == "Change Batch size"
    store.undo_stack.undo()
    assert store.document.training.batch_size == 32
    assert row(form, "batch_size").editor.value() == 32


def test_the_optimizer_decides_which_options_there_are(
    form: TrainingForm, store: DocumentStore
) -> None:
    assert not row(form, "momentum").isVisible()
    editor = row(form, "optimizer").editor
    editor.setFocus()
    QTest.keyClick(editor, Qt.Key.Key_Down)
    assert store.document.training.optimizer == "sgd"
    assert row(form, "momentum").isVisible() and row(form, "nesterov").isVisible()
    assert row(form, "beta_1").isHidden()  # Adam's alone


def test_a_learning_rate_may_be_written_with_a_comma(
    form: TrainingForm, store: DocumentStore
) -> None:
    type_into(row(form, "learning_rate"), "0,05")
    assert store.document.training.learning_rate == 0.05


def test_no_threads_means_automatic(form: TrainingForm) -> None:
    assert row(form, "threads").editor.lineEdit().text() == "automatic"  # type: ignore[union-attr]
    words.set_language("zh_CN")
    assert row(form, "threads").editor.lineEdit().text() == "自动"  # type: ignore[union-attr]


def test_the_dice_choose_another_seed_in_one_step(
    form: TrainingForm, store: DocumentStore, run: Run, qtbot: QtBot
) -> None:
    begin_status = run.status
    assert form.dice is not None
    with qtbot.waitSignal(run.history_replaced):
        qtbot.mouseClick(form.dice, LEFT)
    first = store.document.training.seed
    assert first != 0 and run.status == begin_status
    qtbot.mouseClick(form.dice, LEFT)
    assert store.document.training.seed != first
    store.undo_stack.undo()
    assert store.document.training.seed == first


def test_a_run_locks_all_but_what_may_change(form: TrainingForm, run: Run) -> None:
    begin(run)
    assert form.form is not None and form.dice is not None
    for name, each in form.form.rows.items():
        assert each.isEnabled() == (name in LIVE)
        assert ("stop or reset" in each.editor.toolTip()) == (name not in LIVE)
    assert not form.dice.isEnabled()
    run.handle(protocol.Finished(run.number, protocol.STOPPED, 1, 0))
    assert all(each.isEnabled() for each in form.form.rows.values())
    assert "stop or reset" not in row(form, "batch_size").editor.toolTip()


def test_a_locked_field_does_not_look_editable(form: TrainingForm) -> None:
    for name in ("batch_size", "optimizer"):
        editor = row(form, name).editor
        free = editor.grab().toImage()
        row(form, name).lock("")
        locked = editor.grab().toImage()
        inside = free.height() // 2
        assert free.pixelColor(4, inside) != locked.pixelColor(4, inside), name


def test_a_run_that_waits_half_way_stays_locked(form: TrainingForm, run: Run) -> None:
    begin(run)
    run.handle(protocol.Paused(run.number, 2, 5))
    assert not row(form, "batch_size").isEnabled()


def test_a_half_typed_learning_rate_does_not_reach_a_run(
    form: TrainingForm, run: Run, store: DocumentStore
) -> None:
    begin(run)
    type_into(row(form, "learning_rate"), "1e-4")
    assert store.document.training.learning_rate == 0.001
    QTest.keyClick(row(form, "learning_rate").editor, Qt.Key.Key_Return)
    assert store.document.training.learning_rate == 0.0001


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_everything_has_a_hover_text_and_a_name(form: TrainingForm, language: str) -> None:
    words.set_language(language)
    assert form.form is not None and form.dice is not None
    for each in form.form.rows.values():
        assert each.editor.toolTip() and each.editor.accessibleName()
        assert each.reset.toolTip() and each.reset.accessibleName()
    assert form.dice.toolTip() and form.dice.accessibleName()
