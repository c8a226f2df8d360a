"""Mistakes as a hand makes them: drops, edges, keys and clicks, each told by its problem's code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QHBoxLayout, QWidget

from engine.spec.document import Document
from engine.spec.options import Value
from engine.spec.problems import ERROR
from gui.canvas.view import CanvasView
from gui.engine_client import EngineClient
from gui.inspector.box_page import BoxPage
from gui.inspector.form import OptionForm
from gui.inspector.inspector import Inspector
from gui.problems import ProblemStrip
from gui.run import Run
from gui.store import DocumentStore
from gui.training_form import TrainingForm
from gui.window.marking import Marking
from tests.gui.gestures import click, connect, drop, middle
from tests.gui.networks import chain

LEFT = Qt.MouseButton.LeftButton
ALT = Qt.KeyboardModifier.AltModifier


class Desk(QWidget):
    """A canvas with everything around it that a mistake is made with, on one document."""

    def __init__(self) -> None:
        super().__init__()
        self.store = DocumentStore(parent=self)
        run = Run(self.store, EngineClient(self.store), self.store)
        self.canvas = CanvasView(self.store, run)
        self.marking = Marking(self.canvas)
        self.inspector, self.training = Inspector(self.store), TrainingForm(self.store, run)
        self.strip = ProblemStrip(self.store)
        row = QHBoxLayout(self)
        for widget in (self.canvas, self.inspector, self.training, self.strip):
            row.addWidget(widget)
        self.canvas.setFixedSize(1400, 600)
        self.inspector.setFixedWidth(300)
        self.resize(2300, 700)

    # what a hand does

    def line(self, source: str, target: str) -> QPointF:
        """The middle of the edge between two boxes."""
        lines = self.canvas.canvas.edges
        edge = next(e for e in lines if (e.source, e.target) == (source, target))
        return lines[edge].path.pointAtPercent(0.5)

    def between(self, kind: str, source: str, target: str) -> None:
        """Drop a layer on the edge between two boxes."""
        assert drop(self.canvas, kind, self.line(source, target))

    def instead(self, kind: str, id: str) -> None:
        """Drop a layer on a box with Alt held."""
        assert drop(self.canvas, kind, middle(self.canvas, id), ALT)

    def beside(self, kind: str, x: float = 400.0, y: float = 220.0) -> None:
        """Drop a layer on the empty paper."""
        assert drop(self.canvas, kind, QPointF(x, y))

    def join(self, source: str, target: str) -> None:
        """Draw an edge: "conv2d_1.y", "add_1.x"."""
        connect(self.canvas, *source.split("."), *target.split("."))

    def cut(self, source: str, target: str) -> None:
        """Click the edge between two boxes, and delete it."""
        click(self.canvas, self.line(source, target))
        QTest.keyClick(self.canvas, Qt.Key.Key_Delete)

    def delete(self, id: str) -> None:
        """Click a box, and delete it."""
        click(self.canvas, middle(self.canvas, id))
        QTest.keyClick(self.canvas, Qt.Key.Key_Delete)

    def set(self, id: str, name: str, value: object) -> None:
        """Click a box, and give it an option in the form beside."""
        click(self.canvas, middle(self.canvas, id))
        page = self.inspector.page
        assert isinstance(page, BoxPage) and page.form is not None
        give(page.form, name, value)

    def train(self, name: str, value: object) -> None:
        """Give an option of the training."""
        assert self.training.form is not None
        give(self.training.form, name, value)


def give(form: OptionForm, name: str, value: object) -> None:
    """Choose with the arrow keys, tick with a click, or type."""
    form.begin(name)
    editor = form.rows[name].editor
    if isinstance(editor, QComboBox):
        steps = editor.findData(value) - editor.currentIndex()
        for _ in range(abs(steps)):
            QTest.keyClick(editor, Qt.Key.Key_Down if steps > 0 else Qt.Key.Key_Up)
    elif isinstance(editor, QAbstractButton):
        QTest.mouseClick(editor, LEFT, pos=QPoint(8, editor.height() // 2))
    else:
        QTest.keyClicks(editor, str(value))
        QTest.keyClick(editor, Qt.Key.Key_Return)


@dataclass(frozen=True)
class Mistake:
    """One kind of problem, and how a hand comes to it. Without `box` it is of the whole drawing."""

    code: str
    box: str
    make: Callable[[Desk], object]
    severity: str = ERROR
    document: Callable[[], Document] = field(default=chain)


def points(loss: str = "cross_entropy", dataset: str = "moons") -> Callable[[], Document]:
    """data → dense → loss, for points of two classes or a curve."""
    units = 2 if loss == "cross_entropy" else 1
    dense: dict[str, Value] = {
        "units": units,
        "activation": "softmax" if units == 2 else "linear",
    }
    return lambda: chain(("data", "dense", loss), {"data": {"dataset": dataset}, "dense": dense})


def several(*actions: Callable[[Desk], object]) -> Callable[[Desk], None]:
    """One after the other."""

    def make(desk: Desk) -> None:
        for action in actions:
            action(desk)

    return make


FLAT = "flatten_1", "dense_1"
END = "dense_1", "cross_entropy_1"
FIRST = "conv2d_1", "max_pool2d_1"
VALUES = points("mean_squared_error", "wave")
W = "warning"
MISTAKES = (
    Mistake("needs_row", "dense_1", lambda d: d.delete("flatten_1")),
    Mistake("needs_image", "conv2d_2", lambda d: d.between("conv2d", *FLAT)),
    Mistake("needs_sequence", "lstm_1", lambda d: d.between("lstm", *FLAT)),
    Mistake("needs_tokens", "embedding_1", lambda d: d.between("embedding", *FLAT)),
    Mistake("needs_places", "spatial_dropout_1", lambda d: d.between("spatial_dropout", *FLAT)),
    Mistake("needs_two", "add_1", lambda d: d.between("add", *FLAT)),
    Mistake("needs_real", "conv2d_1", lambda d: d.join("data_1.target", "conv2d_1.x")),
    Mistake("one_axis", "permute_1", lambda d: d.between("permute", *FLAT)),
    Mistake("no_input", "max_pool2d_1", lambda d: d.cut(*FIRST)),
    Mistake("no_target", "cross_entropy_1", lambda d: d.cut("data_1", "cross_entropy_1")),
    Mistake("no_loss", "", lambda d: d.delete("cross_entropy_1")),
    Mistake("no_data", "", lambda d: d.delete("data_1")),
    Mistake("outputs_not_classes", "cross_entropy_1", lambda d: d.set("dense_1", "units", 7)),
    Mistake(
        "outputs_not_targets",
        "mean_squared_error_1",
        lambda d: d.set("dense_1", "units", 3),
        document=VALUES,
    ),
    Mistake("target_is_class", "cross_entropy_1", lambda d: d.instead("huber", "cross_entropy_1")),
    Mistake(
        "target_not_binary",
        "cross_entropy_1",
        lambda d: d.instead("binary_cross_entropy", "cross_entropy_1"),
    ),
    Mistake(
        "target_not_classes",
        "mean_squared_error_1",
        lambda d: d.instead("cross_entropy", "mean_squared_error_1"),
        document=VALUES,
    ),
    Mistake(
        "needs_shares",
        "mean_squared_error_1",
        lambda d: d.instead("binary_cross_entropy", "mean_squared_error_1"),
        document=VALUES,
    ),
    Mistake(
        "needs_counts",
        "mean_squared_error_1",
        lambda d: d.instead("poisson", "mean_squared_error_1"),
        document=VALUES,
    ),
    Mistake("window_too_large", "conv2d_1", lambda d: d.set("conv2d_1", "size", 31)),
    Mistake("channels_not_in_groups", "conv2d_1", lambda d: d.set("conv2d_1", "groups", 2)),
    Mistake(
        "groups_do_not_divide",
        "group_norm_1",
        several(
            lambda d: d.between("group_norm", *FIRST),
            lambda d: d.set("group_norm_1", "groups", 5),
        ),
    ),
    Mistake(
        "stride_and_dilation",
        "conv2d_1",
        several(
            lambda d: d.set("conv2d_1", "stride", 2),
            lambda d: d.set("conv2d_1", "dilation", 2),
        ),
    ),
    Mistake(
        "nothing_left",
        "cropping2d_1",
        several(
            lambda d: d.between("cropping2d", *FIRST),
            lambda d: d.set("cropping2d_1", "top", 40),
        ),
    ),
    Mistake(
        "softmax_needs_row",
        "activation_1",
        several(
            lambda d: d.between("activation", *FIRST),
            lambda d: d.set("activation_1", "function", "softmax"),
        ),
    ),
    Mistake(
        "unequal",
        "add_1",
        several(
            lambda d: d.beside("add"),
            lambda d: d.join("conv2d_1.y", "add_1.x"),
            lambda d: d.join("max_pool2d_1.y", "add_1.x"),
        ),
    ),
    Mistake(
        "more_than_two",
        "subtract_1",
        several(
            lambda d: d.beside("subtract"),
            lambda d: d.join("data_1.x", "subtract_1.x"),
            lambda d: d.join("conv2d_1.y", "subtract_1.x"),
            lambda d: d.join("max_pool2d_1.y", "subtract_1.x"),
        ),
    ),
    Mistake(
        "unequal_data",
        "data_2",
        several(lambda d: d.beside("data"), lambda d: d.set("data_2", "dataset", "digits_28")),
        document=points(),
    ),
    Mistake(
        "leads_nowhere",
        "dense_2",
        several(lambda d: d.beside("dense"), lambda d: d.join("flatten_1.y", "dense_2.x")),
        W,
    ),
    Mistake("linear_chain", "dense_2", lambda d: d.between("dense", *FLAT), W),
    Mistake("scores", "cross_entropy_1", lambda d: d.set("dense_1", "activation", "linear"), W),
    Mistake(
        "wrong_activation",
        "cross_entropy_1",
        lambda d: d.set("dense_1", "activation", "sigmoid"),
        W,
    ),
    Mistake("noise_at_end", "dropout_1", lambda d: d.between("dropout", *END), W),
    Mistake("norm_at_end", "batch_norm_1", lambda d: d.between("batch_norm", *END), W),
    Mistake(
        "dropout_high",
        "dropout_1",
        several(
            lambda d: d.between("dropout", *FLAT), lambda d: d.set("dropout_1", "rate", "0.95")
        ),
        W,
    ),
    Mistake("stride_over_size", "max_pool2d_1", lambda d: d.set("max_pool2d_1", "stride", 5), W),
    Mistake(
        "two_activations",
        "activation_1",
        several(
            lambda d: d.set("conv2d_1", "activation", "relu"),
            lambda d: d.between("activation", *FIRST),
        ),
        W,
    ),
    Mistake(
        "large_layer",
        "dense_2",
        several(lambda d: d.between("dense", *FLAT), lambda d: d.set("dense_2", "units", 400)),
        W,
    ),
    Mistake("same_start", "conv2d_1", lambda d: d.set("conv2d_1", "initializer", "zeros"), W),
    Mistake(
        "bounded_output", "dense_1", lambda d: d.set("dense_1", "activation", "relu"), W, VALUES
    ),
    Mistake("nothing_learns", "mean_squared_error_1", lambda d: d.delete("dense_1"), W, VALUES),
    Mistake("all_frozen", "dense_1", lambda d: d.set("dense_1", "frozen", True), W, points()),
    Mistake("rate_high", "", lambda d: d.train("learning_rate", 5), W),
    Mistake("batch_over_data", "", lambda d: d.train("batch_size", 60000), W),
)
