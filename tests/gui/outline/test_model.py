"""The rows of the outline: what they say, and that an edit touches only what it changes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from engine.layers import drawing
from engine.layers.analysis import analyse
from engine.layers.exchanging import swapped
from engine.spec import edits
from engine.spec.document import Document, Edge, Note
from engine.spec.groups import group, ungroup
from engine.spec.notes import add_note
from gui import words
from gui.outline.lines import COLUMNS, LineMaker
from gui.outline.model import ID, OutlineModel
from tests.gui.networks import chain


def show(model: OutlineModel, document: Document) -> None:
    model.show(LineMaker().lines_of(document, analyse(document)))


def shown(model: OutlineModel) -> list[str]:
    return [model.index(row, 0).data() for row in range(model.rowCount())]


@pytest.fixture
def model(qtbot: QtBot) -> OutlineModel:
    found = OutlineModel()
    checker = QAbstractItemModelTester(
        found, QAbstractItemModelTester.FailureReportingMode.Fatal, found
    )
    assert checker is not None
    return found


def test_rows_stand_in_the_order_of_computing_with_comments_behind(model: OutlineModel) -> None:
    document = add_note(chain(), Note("note_1", "Look\nhere"))
    show(model, document)
    boxes = ["Data", "Conv2D", "MaxPool2D", "Flatten", "Dense", "Cross-entropy"]
    assert shown(model) == [*boxes, "Look here"]
    conv, dense = model.line(model.index_of("conv2d_1")), model.line(model.index_of("dense_1"))
    assert conv is not None and dense is not None
    assert conv.reads == "Data" and not conv.branch
    assert "Filters" in conv.spoken and "parameters" in conv.spoken


def test_a_branch_is_named_after_what_it_reads(model: OutlineModel) -> None:
    document, add = drawing.place(chain(), "add", 0.0, 300.0)
    for source in ("conv2d_1", "flatten_1"):
        document = edits.connect(document, Edge(source, "y", add, "x"), many=True)
    show(model, document)
    line = model.line(model.index_of(add))
    assert line is not None and line.branch == "Conv2D, Flatten"
    assert line.text("name") == "Add (from Conv2D, Flatten)"
    assert line.problems and line.severity == "error"


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_every_header_has_words_and_a_hover_text(model: OutlineModel, language: str) -> None:
    words.set_language(language)
    for section in range(len(COLUMNS)):
        for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            assert model.headerData(section, Qt.Orientation.Horizontal, role)


def test_an_edit_tells_only_what_it_changed(model: OutlineModel) -> None:
    document = chain()
    show(model, document)
    told: list[str] = []
    model.rowsInserted.connect(lambda parent, first, last: told.append(f"in {first}-{last}"))
    model.rowsRemoved.connect(lambda parent, first, last: told.append(f"out {first}-{last}"))
    model.rowsMoved.connect(lambda *_: told.append("moved"))
    model.dataChanged.connect(lambda one, _, roles: told.append(f"row {one.row()}"))
    model.modelReset.connect(lambda: told.append("reset"))
    longer, id = drawing.append(document, "dropout", "dense_1")
    show(model, longer)
    assert told[0] == "in 5-5" and "reset" not in told
    assert set(told[1:]) <= {"row 6"}  # the loss: it reads another box
    told.clear()
    show(model, edits.set_options(longer, id, {"rate": 0.25}))
    assert told == ["row 5"]
    told.clear()
    show(model, edits.move_nodes(longer, {id: (5.0, 5.0)}))
    assert told == ["row 5"]  # the rate is taken back, the place is nothing to an outline
    told.clear()
    after = swapped(longer, "dense_1")
    assert after is not None
    show(model, after)
    assert told.count("moved") == 1
    show(model, edits.remove_nodes(longer, (id, "conv2d_1")))
    assert shown(model) == ["Data", "MaxPool2D", "Flatten", "Dense", "Cross-entropy"]
    show(model, Document())
    assert model.rowCount(QModelIndex()) == 0


def test_of_three_hundred_boxes_only_the_changed_ones_are_said_anew(qtbot: QtBot) -> None:
    model = OutlineModel()  # without a tester, which looks at all rows after each change
    document = chain(("data", *("dense",) * 298), {"data": {"dataset": "spirals"}})
    show(model, document)
    assert model.rowCount() == 299
    changes: list[int] = []
    model.dataChanged.connect(lambda one, _, roles: changes.append(one.row()))
    show(model, edits.set_options(document, "dense_150", {"units": 9}))
    assert changes == [150, 151]


def test_groups_come_and_go_around_their_boxes(model: OutlineModel) -> None:
    document = chain()
    show(model, document)
    grouped = group(document, ("conv2d_1", "max_pool2d_1"), "group:1", "Features")
    show(model, grouped)
    line = model.line(model.index_of("group:1"))
    assert line is not None and line.parameters == "320" and "2 boxes" in line.spoken
    nested = group(grouped, ("conv2d_1", "max_pool2d_1", "flatten_1"), "group:2", "Front")
    show(model, nested)
    assert shown(model) == ["Data", "Front", "Dense", "Cross-entropy"]
    assert model.index_of("conv2d_1").parent().data() == "Features"
    show(model, ungroup(nested, "group:1"))
    assert model.index_of("conv2d_1").parent().data() == "Front"
    show(model, document)
    assert len(shown(model)) == 6


def test_many_rows_change_places_at_once(model: OutlineModel) -> None:
    document = chain(("data", *("dense",) * 30), {"data": {"dataset": "spirals"}})
    show(model, document)
    told: list[str] = []
    model.rowsMoved.connect(lambda *_: told.append("moved"))
    model.layoutChanged.connect(lambda *_: told.append("laid out"))
    kept = QPersistentModelIndex(model.index_of("dense_20"))
    apart = edits.disconnect(document, document.network.into("dense_15"))
    show(model, edits.disconnect(apart, document.network.into("dense_5")))
    assert told == ["laid out"]
    assert kept.isValid() and kept.data(ID) == "dense_20"
    cut = edits.disconnect(apart, document.network.into("dense_5"))
    lines = LineMaker().lines_of(cut, analyse(cut))
    assert shown(model) == [line.text("name") for line in lines]
