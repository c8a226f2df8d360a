"""What if: fields of a table, and places in the plane, with real mouse and key events."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from engine.data.loading import load
from engine.data.preparing import prepare
from engine.layers.data import Data
from engine.scripting import Model, chain
from engine.spec.document import Document
from gui.words import LANGUAGES, set_language, tr
from tests.gui.trying.conftest import Ends, Show

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def network(dataset: str, units: int = 2) -> Document:
    is_value = units == 1
    return chain(
        ("data", {"dataset": dataset}),
        ("dense", {"units": units, "activation": "linear" if is_value else "softmax"}),
        ("mean_squared_error" if is_value else "cross_entropy", {}),
    )


def test_the_fields_have_the_names_and_ranges_of_the_columns(show: Show, ends: Ends) -> None:
    panel = show(network("iris", 3))
    ends.owns()
    fields = panel.table.fields
    raw = load(Data(dataset="iris")).x[prepare(Data(dataset="iris")).rows["training"]]
    assert [f.low for f in fields] == pytest.approx(raw.min(axis=0).tolist())
    assert [f.high for f in fields] == pytest.approx(raw.max(axis=0).tolist())
    assert fields[0].label.text() == tr("plots.feature.iris.0")
    assert not panel.received.isVisible()
    assert panel.asking.reply is not None  # of a flower in the middle of all


def test_the_answer_follows_a_slider(show: Show, ends: Ends) -> None:
    panel = show(network("iris", 3))
    ends.owns()
    before = panel.asking.reply
    slider = panel.table.fields[2].slider
    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_End)
    (own,) = ends.owns()
    assert own.values[2] == pytest.approx(panel.table.fields[2].high, abs=0.01)
    reply = panel.asking.reply
    assert reply is not None and before is not None
    assert not np.allclose(reply.answers, before.answers)
    model = Model(panel.store.document, backend="plain", threads=1)
    np.testing.assert_allclose(reply.answers, model.predict(reply.received[None])[0], rtol=1e-5)
    model.close()
    assert panel.answer.rows()[0][0] in {tr(f"plots.class.iris.{i}") for i in range(3)}


def test_a_number_is_typed_and_a_category_chosen(show: Show, ends: Ends) -> None:
    panel = show(network("garden"))
    ends.owns()
    fields = panel.table.fields
    number = next(f for f in fields if not f.has_choice)
    number.number.setFocus()
    number.number.selectAll()
    QTest.keyClicks(number.number, "1")
    QTest.keyClick(number.number, Qt.Key.Key_Return)
    choice = next(f for f in fields if f.has_choice)
    assert choice.choice.count() > 1
    choice.choice.setFocus()
    QTest.keyClick(choice.choice, Qt.Key.Key_Down)
    own = ends.owns()[-1]
    assert own.values[number.place] == 1.0 and own.values[choice.place] == 1.0


def test_a_sample_with_an_empty_cell_arrives_as_the_data_do(show: Show, ends: Ends) -> None:
    panel = show(network("garden"))
    ends.owns()
    box = Data(dataset="garden")
    prepared = prepare(box)
    raw = load(box).x[prepared.rows["validation"]]
    gaps = np.isnan(raw[:, [f.place for f in panel.table.fields if not f.has_choice]])
    place = int(np.flatnonzero(gaps.any(axis=1))[0])
    panel.samples.number = place - 1
    QTest.mouseClick(panel.steps["later"], LEFT)
    QTest.mouseClick(panel.steps["earlier"], LEFT)
    QTest.mouseClick(panel.steps["later"], LEFT)
    ends.owns()
    assert panel.samples.number == place and panel.asking.reply is not None
    expected = prepared.inputs("validation", np.array([place]))[0]
    np.testing.assert_allclose(panel.asking.reply.received, expected, atol=2e-3)
    assert any(tr("try.gap") in f.number.text() for f in panel.table.fields)


def test_values_come_in_the_unit_of_the_data(show: Show, ends: Ends) -> None:
    panel = show(network("diabetes", 1))
    ends.owns()
    (row,) = panel.answer.rows()
    assert row[0] == "y" and row[2] < 0
    assert panel.asking.reply is not None
    assert abs(float(panel.asking.reply.answers[0]) - 152) < 300  # about their mean, not about 0


def test_a_place_in_the_plane_is_clicked_dragged_and_moved_with_keys(
    show: Show, ends: Ends
) -> None:
    panel = show(network("spirals"))
    ends.owns()
    plane = panel.plane
    assert len(plane.points) == 240
    middle = plane.square.center().toPoint()
    QTest.mousePress(plane, LEFT, NONE, middle)
    QTest.mouseMove(plane, middle + QPoint(30, -20))
    QTest.mouseRelease(plane, LEFT, NONE, middle + QPoint(30, -20))
    first = ends.owns()[0]
    np.testing.assert_allclose(first.values, (plane.low + plane.high) / 2, atol=0.02)
    assert panel.asking.reply is not None
    dragged = plane.place
    assert dragged is not None and dragged[1] > first.values[1]
    QTest.keyClick(plane, Qt.Key.Key_Left)
    assert plane.place is not None and plane.place[0] < dragged[0]
    assert plane.accessibleDescription() == plane.words != ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_fields_are_named_in_both_languages(show: Show, ends: Ends, language: str) -> None:
    panel = show(network("iris", 3))
    ends.owns()
    set_language(language)
    assert panel.table.fields[1].label.text() == tr("plots.feature.iris.1")
    assert panel.answer_title.text() == tr("try.untrained")
    set_language("en")
