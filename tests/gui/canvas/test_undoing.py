"""Whatever is done on the canvas, undo gives back every document on the way, byte by byte."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from engine.layers import CATALOGUE
from engine.layers.templates import TEMPLATES
from engine.spec import edits
from engine.spec.codec import to_json
from engine.spec.document import Edge
from engine.spec.groups import boxes_in
from engine.spec.tags import TAGS
from gui.box import PortRef
from gui.canvas import actions
from gui.canvas.alignment import LEAST
from gui.canvas.view import CanvasView
from tests.gui.canvas.conftest import Show
from tests.gui.canvas.validity import assert_in_step
from tests.gui.gestures import drop
from tests.gui.networks import chain

EDITS = 200
CROWDED = 40  # boxes
ALT = Qt.KeyboardModifier.AltModifier
Act = Callable[[CanvasView, Random], object]


def box(view: CanvasView, random: Random) -> str | None:
    ids = list(view.canvas.nodes)
    return random.choice(ids) if ids else None


def edge(view: CanvasView, random: Random) -> Edge | None:
    found = list(view.canvas.edges)
    return random.choice(found) if found else None


def select(view: CanvasView, random: Random, most: int = 4) -> None:
    ids = list(view.canvas.nodes)
    view.store.select(tuple(random.sample(ids, min(len(ids), random.randint(0, most)))))


def kind(random: Random) -> str:
    return random.choice(list(CATALOGUE))


def append(view: CanvasView, random: Random) -> None:
    select(view, random, 1)
    view.append(kind(random))


def drop_somewhere(view: CanvasView, random: Random) -> None:
    view.fit()
    size = view.viewport().size()
    place = QPoint(random.randrange(size.width()), random.randrange(size.height()))
    drop(view, kind(random), view.mapToScene(place))


def drop_on_edge(view: CanvasView, random: Random) -> None:
    found = edge(view, random)
    if found is not None:
        view.fit()
        drop(view, kind(random), view.canvas.edges[found].path.pointAtPercent(0.5))


def replace_box(view: CanvasView, random: Random) -> None:
    found = box(view, random)
    if found is not None:
        view.fit()
        drop(view, kind(random), view.canvas.nodes[found].body.center(), ALT)


def delete(view: CanvasView, random: Random) -> None:
    select(view, random, 2)
    found = edge(view, random)
    view.canvas.select_edges((found,) if found is not None and random.random() < 0.4 else ())
    view.delete_selected()


def copy_and_paste(view: CanvasView, random: Random) -> None:
    select(view, random)
    random.choice((view.copy, view.cut))()
    view.paste()


def duplicate(view: CanvasView, random: Random) -> None:
    select(view, random)
    view.duplicate()


def press_arrows(view: CanvasView, random: Random) -> None:
    select(view, random)
    keys = (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Right, Qt.Key.Key_Down)
    if view.store.selection:
        for _ in range(random.randint(1, 3)):
            QTest.keyClick(view, random.choice(keys))


def line_up(view: CanvasView, random: Random) -> None:
    select(view, random)
    view.line_up(random.choice(list(LEAST)))


def insert(view: CanvasView, random: Random) -> None:
    for id in view.canvas.nodes:
        view.store.select((id,))
        fitting = [name for name in TEMPLATES if view.can_insert(name)]
        if fitting:
            view.insert(random.choice(fitting))
            return


def swap(view: CanvasView, random: Random) -> None:
    select(view, random, 1)
    view.swap()


def join(view: CanvasView, random: Random) -> None:
    select(view, random)
    view.join_selected()


def choose(view: CanvasView, random: Random) -> None:
    """Open the list at a loose end or behind a box, and take a line."""
    found = box(view, random)
    ports = view.canvas.nodes[found].ports if found is not None else ()
    if found is not None and random.random() < 0.5:
        view.store.select((found,))
        view.choose()
    elif ports:
        port: PortRef = random.choice(ports)
        view.end_dropped(port, QPointF(random.randint(-400, 900), random.randint(-300, 300)))
    chooser = view.choosing.list
    if chooser.kinds:
        chooser.list.setCurrentRow(random.randrange(len(chooser.kinds)))
        QTest.keyClick(chooser.search, Qt.Key.Key_Return)
    chooser.close_list()


def use_data(view: CanvasView, random: Random) -> None:
    select(view, random, 1)
    view.use_data(random.choice(("iris", "digits_28", "spirals", "digit_rows")))


def set_option(view: CanvasView, random: Random) -> None:
    found = box(view, random)
    if found is not None:
        change = {"units": random.randint(1, 9)}
        name = random.choice(("units", "size"))
        merge = ("option", found, name) if random.random() < 0.5 else None
        view.store.edit(name, lambda d: edits.set_options(d, found, change), merge=merge)


def repair(view: CanvasView, random: Random) -> None:
    fixes = [fix for problem in view.store.analysis.problems for fix in problem.fixes]
    if fixes:
        actions.repair(view.store, random.choice(fixes))


def tag(view: CanvasView, random: Random) -> None:
    select(view, random)
    view.tag(random.choice(("", *TAGS)))


def comment(view: CanvasView, random: Random) -> None:
    view.comment(QPointF(random.randint(-300, 900), random.randint(-200, 300)))
    view.noting.editor.insertPlainText(random.choice(("why?", "two words", "卷积")))
    view.noting.editor.finish()


def change_comment(view: CanvasView, random: Random) -> None:
    found = list(view.canvas.notes)
    if found:
        view.edit_note(random.choice(found))
        view.noting.editor.setPlainText(random.choice(("", "other", "longer\nthan before")))
        view.noting.editor.finish()


def handle_comments(view: CanvasView, random: Random) -> None:
    """Move, copy or delete some, beside boxes."""
    select(view, random, 2)
    view.canvas.select_notes(random.sample(list(view.canvas.notes), len(view.canvas.notes) // 2))
    nudge = random.choice((Qt.Key.Key_Left, Qt.Key.Key_Down))
    random.choice((view.duplicate, view.delete_selected, lambda: QTest.keyClick(view, nudge)))()


def point(view: CanvasView, random: Random) -> None:
    """Draw arrows from some comments to some boxes, or take one away."""
    arrows = list(view.canvas.arrows.items)
    if arrows and random.random() < 0.3:
        view.canvas.arrows.select(random.choice(arrows))
        view.delete_selected()
        return
    select(view, random, 2)
    view.canvas.select_notes(random.sample(list(view.canvas.notes), len(view.canvas.notes) // 2))
    view.point()


def group(view: CanvasView, random: Random) -> None:
    select(view, random, 3)
    view.grouping.group()


def handle_groups(view: CanvasView, random: Random) -> None:
    found = [each.id for each in view.store.document.groups]
    if found:
        view.store.select(boxes_in(view.store.document, random.choice(found)))
        random.choice((view.grouping.fold, view.grouping.ungroup))()


def arrange(view: CanvasView, random: Random) -> None:
    view.arrange()


EVERY: tuple[Act, ...] = (
    append, append, drop_somewhere, drop_on_edge, replace_box, delete, copy_and_paste, duplicate,
    press_arrows, line_up, insert, swap, join, choose, use_data, set_option, repair, arrange, tag,
    comment, change_comment, handle_comments, point, group, handle_groups,
)  # fmt: skip


@pytest.mark.usefixtures("clean_clipboard")
@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=pytest.mark.slow)])
def test_as_many_undos_as_edits_give_back_every_byte(show: Show, seed: int) -> None:
    """Two hundred edits of every kind; then as many undos, and all of it again by redo."""
    view, random = show(chain()), Random(seed)
    store, stack = view.store, view.store.undo_stack
    files = {0: to_json(store.document)}  # as it was after each step

    def note() -> None:
        files[stack.index()] = to_json(store.document)

    noting = stack.indexChanged.connect(note)
    done: set[Act] = set()
    waiting = [insert]  # while the network is whole enough
    while stack.count() < EDITS or done != set(EVERY):
        if len(view.canvas.nodes) > CROWDED:
            store.select(tuple(view.canvas.nodes)[CROWDED // 2 :])
            view.delete_selected()
        before, act = store.document, waiting.pop() if waiting else random.choice(EVERY)
        act(view, random)
        if store.document != before:
            done.add(act)
        note()  # steps in a row may have become one
        assert stack.index() == stack.count() < 3 * EDITS, set(EVERY) - done
        assert_in_step(view)
    stack.indexChanged.disconnect(noting)
    last = stack.count()
    for index in range(last - 1, -1, -1):
        assert stack.undoText()
        stack.undo()
        assert to_json(store.document) == files[index]
    assert store.document == chain() and not stack.canUndo()
    assert_in_step(view)
    for index in range(1, last + 1):
        stack.redo()
        assert to_json(store.document) == files[index]
    assert_in_step(view)
