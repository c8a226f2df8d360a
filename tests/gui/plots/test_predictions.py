"""The panel of predictions: each kind of data in its own view, wrong answers marked."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui import words
from gui.plots.predictions import PredictionsPanel
from gui.run import Run
from gui.store import DocumentStore
from gui.theme import class_colour, colour, theme
from tests.gui.plots.feeding import (
    SAID,
    TRUE,
    click_picture,
    digits,
    document,
    flowers,
    plane,
    prepare,
    settle,
    sure,
    train,
    wave,
)

SURE = (0.9, 0.8, 0.7, 0.4)


def texts(panel: PredictionsPanel, role: int = Qt.ItemDataRole.DisplayRole) -> list[str]:
    model = panel.pictures.samples
    return [model.index(i).data(role) for i in range(model.rowCount())]


def test_before_a_run_the_panel_says_what_to_do(predictions: PredictionsPanel) -> None:
    assert predictions.whole.currentWidget() is predictions.empty
    assert predictions.empty.heading.text().startswith("Press play")


def test_pictures_carry_what_the_network_says(answered: PredictionsPanel) -> None:
    assert answered.pages.currentWidget() is answered.pictures
    assert texts(answered) == ["7", "1", "2 → 4", "9 → 8"]
    tips = texts(answered, Qt.ItemDataRole.ToolTipRole)
    assert tips[2].startswith("4: 90.0 %\n") and len(tips[2].splitlines()) == 3
    spoken = texts(answered, Qt.ItemDataRole.AccessibleTextRole)
    assert spoken[2] == "2, taken for 4 (90.0 % sure)"


def test_the_header_counts_all_samples_and_names_the_moment(answered: PredictionsPanel) -> None:
    assert answered.header.score.text() == "2 of 4 right (50.0 %)"
    assert answered.header.moment.text() == "after epoch 3"


def test_before_and_during_the_first_epoch(
    predictions: PredictionsPanel, run: Run, qtbot: QtBot
) -> None:
    run.handle(digits(TRUE, SAID, epoch=0))
    settle(predictions, qtbot)
    assert predictions.header.moment.text() == "before training"
    prepare(run)
    train(run, 1)
    assert predictions.header.moment.text() == "during the first epoch"


def test_wrong_answers_are_framed_in_red(answered: PredictionsPanel) -> None:
    def reddish(place: int) -> int:
        view = answered.pictures
        image = view.viewport().grab(view.visualRect(view.samples.index(place))).toImage()
        aim = colour("error")
        return sum(
            image.pixelColor(x, y) == aim
            for x in range(image.width())
            for y in range(image.height())
        )

    assert reddish(2) > 100
    assert reddish(0) == 0


def test_wrong_only_and_order(answered: PredictionsPanel, run: Run, qtbot: QtBot) -> None:
    qtbot.mouseClick(answered.header.wrong_only, Qt.MouseButton.LeftButton)
    settle(answered, qtbot)
    assert texts(answered) == ["2 → 4", "9 → 8"]
    outputs = np.concatenate([sure([s], 10, p) for s, p in zip(SAID, SURE, strict=True)])
    run.handle(digits(TRUE, SAID, outputs=outputs))
    box = answered.header.order
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert answered.header.chosen_order == "unsure"
    settle(answered, qtbot)
    assert texts(answered) == ["9 → 8", "2 → 4"]


def test_when_none_is_wrong_the_filter_says_so(
    answered: PredictionsPanel, run: Run, qtbot: QtBot
) -> None:
    answered.header.wrong_only.click()
    run.handle(digits(TRUE, TRUE))
    settle(answered, qtbot)
    assert answered.pages.currentWidget() is answered.nothing_wrong
    assert answered.header.wrong_only.isVisible()
    answered.header.wrong_only.click()
    settle(answered, qtbot)
    assert texts(answered) == ["7", "1", "2", "9"]


def test_a_click_shows_a_picture_large_with_all_probabilities(
    answered: PredictionsPanel, qtbot: QtBot
) -> None:
    click_picture(answered, 2)
    detail = answered.detail
    assert detail.isVisible() and detail.picture.image is not None
    assert detail.title.text() == "2, taken for 4 (90.0 % sure)"
    assert [name for _, name, _ in detail.bars.classes] == [str(i) for i in range(10)]
    assert detail.bars.classes[4][2] == pytest.approx(0.9)
    qtbot.keyClick(answered.pictures, Qt.Key.Key_Right)
    assert detail.title.text() == "9, taken for 8 (90.0 % sure)"
    qtbot.keyClick(answered.pictures, Qt.Key.Key_Escape)
    assert not detail.isVisible()
    click_picture(answered, 3)
    assert detail.isVisible()
    qtbot.mouseClick(detail.close_button, Qt.MouseButton.LeftButton)
    assert not detail.isVisible()


def test_the_large_picture_follows_its_sample_through_epochs(
    answered: PredictionsPanel, run: Run, qtbot: QtBot
) -> None:
    click_picture(answered, 2)
    run.handle(digits(TRUE, TRUE, epoch=4))
    settle(answered, qtbot)
    assert answered.detail.title.text() == "2, recognised as such (90.0 % sure)"
    answered.header.order.setCurrentIndex(2)
    settle(answered, qtbot)
    assert answered.detail.title.text() == "2, recognised as such (90.0 % sure)"


def test_the_newest_predictions_win(answered: PredictionsPanel, run: Run, qtbot: QtBot) -> None:
    for epoch in range(5, 9):
        run.handle(digits([epoch], [epoch], epoch=epoch))
    settle(answered, qtbot)
    assert texts(answered) == ["8"]
    assert answered.header.moment.text() == "after epoch 8"


def test_a_new_run_empties_the_panel(answered: PredictionsPanel, run: Run, qtbot: QtBot) -> None:
    click_picture(answered, 1)
    run.reset()
    settle(answered, qtbot)
    assert answered.whole.currentWidget() is answered.empty
    assert not answered.detail.isVisible()


def test_a_hidden_panel_draws_nothing(predictions: PredictionsPanel, run: Run) -> None:
    predictions.hide()
    run.handle(digits(TRUE, SAID))
    assert predictions.answers is None and predictions.redraw.is_due


def test_flowers_are_a_table_with_wrong_rows_marked(
    predictions: PredictionsPanel, run: Run, store: DocumentStore, qtbot: QtBot
) -> None:
    store.open(document("iris"))
    run.handle(flowers([0, 1, 2], [0, 2, 2]))
    settle(predictions, qtbot)
    table, model = predictions.table, predictions.table.samples
    assert predictions.pages.currentWidget() is table
    heads = [model.headerData(i, Qt.Orientation.Horizontal) for i in range(model.columnCount())]
    assert heads[1] == "Sepal length\n(standardised)" and heads[-3:] == [
        "True",
        "Predicted",
        "How sure",
    ]
    cells = [model.index(1, i).data() for i in range(model.columnCount())]
    assert cells == ["", "4.00", "5.00", "6.00", "7.00", "versicolor", "virginica", "90.0 %"]
    ground = Qt.ItemDataRole.BackgroundRole
    assert model.index(1, 0).data(ground) is not None and model.index(0, 0).data(ground) is None
    assert not model.index(1, 0).data(Qt.ItemDataRole.DecorationRole).isNull()
    at = table.visualRect(model.index(1, 2)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert predictions.detail.title.text().startswith("versicolor, taken for virginica")
    assert predictions.detail.picture.isHidden()
    predictions.header.wrong_only.click()
    settle(predictions, qtbot)
    assert model.rowCount() == 1


def test_two_features_are_a_map(
    predictions: PredictionsPanel, run: Run, store: DocumentStore, qtbot: QtBot
) -> None:
    store.open(document("moons"))
    run.handle(plane())
    settle(predictions, qtbot)
    map = predictions.map
    assert predictions.pages.currentWidget() is predictions.map_page
    assert map.image.image.shape == (21, 21, 3)
    assert [len(dots.getData()[0]) for dots in map.dots] == [1, 3]
    assert map.dots[1].opts["brush"].color() == class_colour(1)
    assert map.rings.getData()[0].tolist() == [-0.5]
    assert (map.bottom.labelText, map.side.labelText) == ("x₁", "x₂")
    assert "class 1" in predictions.header.legend.text()
    assert not predictions.header.wrong_only.isVisible()
    left, right, bottom, top = map.view
    assert left <= -1 and right >= 1 and bottom <= -1 and top >= 1
    at: QPoint = map.mapFromScene(map.box.mapViewToScene(QPointF(0.8, 0.5)))
    QTest.mouseMove(map.viewport(), at)
    assert map.card.isVisible()
    assert "class 1" in map.card.text() and "90.0 %" in map.card.text()
    QTest.mouseMove(map.viewport(), QPoint(1, 1))
    assert not map.card.isVisible()


def test_the_map_has_the_left_on_the_left(
    predictions: PredictionsPanel, run: Run, qtbot: QtBot
) -> None:
    run.handle(plane())
    settle(predictions, qtbot)
    picture = predictions.map.grab().toImage()

    def at(x: float, y: float) -> int:
        map = predictions.map
        place = map.mapFromScene(map.box.mapViewToScene(QPointF(x, y)))
        tint = picture.pixelColor(place)
        return tint.red() - tint.blue()

    assert at(-0.7, 0.2) < 0 < at(0.7, 0.2)  # class 0 is blue, class 1 orange


def test_numbers_over_one_feature_are_points_and_a_curve(
    predictions: PredictionsPanel, run: Run, store: DocumentStore, qtbot: QtBot
) -> None:
    store.open(document("wave"))
    run.handle(wave())
    settle(predictions, qtbot)
    values = predictions.values
    assert predictions.pages.currentWidget() is values
    assert predictions.header.score.text() == "Off by 0.5000 on average"
    assert len(values.samples.getData()[0]) == 30
    x, y = values.line.getData()
    assert (x[0], x[-1], y[0], y[-1]) == (-1.2, 1.2, -2, 2)
    assert values.bottom.labelText == "x"
    assert values.samples.opts["brush"].color().rgb() == colour("validation").rgb()
    assert colour("validation").name() in predictions.header.legend.text()
    assert values.view[0] < -1.2 and values.view[3] > 2.5


def test_numbers_over_several_features_are_predicted_against_true(
    predictions: PredictionsPanel, run: Run, qtbot: QtBot
) -> None:
    made = wave()
    inputs = np.zeros((30, 3))
    run.handle(type(made)(1, 4, "values", inputs, made.outputs, made.targets, 0, made.total))
    settle(predictions, qtbot)
    values = predictions.values
    assert values.bottom.labelText == "True value"
    x, y = values.samples.getData()
    np.testing.assert_allclose(x, np.ravel(made.targets))
    np.testing.assert_allclose(y, np.ravel(made.outputs))


def test_words_change_with_the_language(answered: PredictionsPanel, qtbot: QtBot) -> None:
    click_picture(answered, 2)
    words.set_language("zh_CN")
    settle(answered, qtbot)
    assert answered.header.score.text() == "4 个中 2 个正确（50.0 %）"
    assert answered.header.order.currentText() == "按数据顺序"
    assert answered.detail.title.text() == "2，被误认为 4（置信度 90.0 %）"
    assert answered.pictures.accessibleName() == "验证样本的预测"


def test_colours_change_with_the_theme(answered: PredictionsPanel, run: Run, qtbot: QtBot) -> None:
    run.handle(plane())
    settle(answered, qtbot)
    before = answered.map.image.image.copy()
    theme.use("dark")
    settle(answered, qtbot)
    assert answered.map.backgroundBrush().color() == colour("panel")
    assert not np.array_equal(before, answered.map.image.image)


def test_controls_have_names_and_hover_texts(answered: PredictionsPanel) -> None:
    click_picture(answered, 0)
    for widget in (
        answered.header.wrong_only,
        answered.header.order,
        answered.detail.close_button,
    ):
        assert widget.accessibleName() and widget.toolTip()


def test_a_ring_does_not_hide_its_point(
    predictions: PredictionsPanel, run: Run, qtbot: QtBot
) -> None:
    run.handle(plane())
    settle(predictions, qtbot)
    map = predictions.map
    assert map.rings.opts["pen"].width() == 1
    assert map.rings.opts["brush"].style() == Qt.BrushStyle.NoBrush
    assert map.rings.opts["size"] > map.dots[0].opts["size"] + 2


def test_closing_a_panel_ends_its_listening(run: Run, qtbot: QtBot) -> None:
    panel = PredictionsPanel(run)
    panel.show()
    ended: list[bool] = []
    panel.destroyed.connect(lambda: ended.append(True))
    panel.deleteLater()
    qtbot.waitUntil(lambda: bool(ended))
    words.set_language("zh_CN")
    theme.use("dark")
    run.handle(digits(TRUE, SAID))
