"""The article's network, built and trained by the accessibility interface alone.

Nothing here knows a widget: things are found by role and name, as a screen reader finds them.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from pytestqt.qtbot import QtBot

from engine import protocol
from engine.spec.document import Document
from gui import words
from gui.announcing import voice
from gui.describe import fix_text
from gui.window.main_window import MainWindow
from gui.words import tr
from tests.gui.hearing import Reader, Role, Text
from tests.gui.networks import edges
from tests.gui.other_end import OtherEnd

S10 = (  # kind, what is written into its cell of options, its output
    ("data", "", ""),
    ("conv2d", "32, ReLU", "26×26×32"),
    ("max_pool2d", "", "13×13×32"),
    ("conv2d", "64, ReLU", "11×11×64"),
    ("max_pool2d", "", "5×5×64"),
    ("flatten", "", "1,600"),
    ("dense", "64, ReLU", "64"),
    ("dense", "10, softmax", "10"),
    ("cross_entropy", "", ""),
)


@pytest.fixture
def heard() -> Iterator[list[str]]:
    found: list[str] = []
    voice.said.connect(found.append)
    yield found
    voice.said.disconnect(found.append)


@pytest.fixture
def reader(window: MainWindow) -> Iterator[Reader]:
    """A screen reader that listens: only then Qt keeps tables and trees up to date for it."""
    QAccessible.setActive(True)
    yield Reader(window)
    QAccessible.setActive(False)


def settle() -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_the_articles_network_is_built_and_trained_by_ear(
    window: MainWindow, reader: Reader, engine: OtherEnd, heard: list[str], language: str
) -> None:
    words.set_language(language)
    window.store.open(Document())
    settle()
    reader.press(Role.PageTab, tr("tab.outline"))
    names: list[str] = []
    for kind, options, _ in S10:
        reader.press(Role.Button, tr("outline.add"))
        reader.write(tr("chooser.search"), tr(f"layer.{kind}.name"))
        reader.press(Role.Button, tr("chooser.put"))
        count = [k for k, _, _ in S10[: len(names) + 1]].count(kind)
        name = tr(f"layer.{kind}.name")
        if count > 1:  # the first one is numbered, too, from now on
            names = [f"{name} 1" if each == name else each for each in names]
            name = f"{name} {count}"
        names.append(name)
        assert any(name in sentence for sentence in heard)
        if options:
            reader.row(tr("outline.title"), name)[1].setText(Text.Value, options)
            settle()
    table = tr("outline.title")
    outputs = [reader.value(reader.row(table, name)[2]) for name in names]
    assert outputs[1:-1] == [size for _, _, size in S10[1:-1]]
    parameters = [reader.value(reader.row(table, name)[3]) for name in names]
    assert [n for n in parameters if n != "–"] == ["320", "18,496", "102,464", "650"]
    assert all(reader.value(reader.row(table, name)[5]) == "–" for name in names)
    assert "data_1.target > cross_entropy_1.target" in edges(window.store.document)
    assert window.store.analysis.parameters == 121_930 and not window.store.analysis.problems
    assert any("121,930" in each.text(Text.Name) for each in reader.all(Role.StaticText))

    heard.clear()
    engine.heard()
    reader.press(Role.Button, tr("action.play"))
    started = engine.only(protocol.Start)
    assert started is not None
    engine.prepare(window.run)
    engine.end_epoch(window.run, 0)
    engine.finish(window.run)
    assert tr("spoken.running") in heard
    assert any(tr("spoken.loss") in sentence for sentence in heard)
    assert heard[-1].startswith(tr("spoken.finished"))


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_connections_and_repairs_are_made_by_ear(
    window: MainWindow, reader: Reader, qtbot: QtBot, language: str
) -> None:
    words.set_language(language)
    settle()
    outline = tr("outline.title")
    reader.press(Role.PageTab, tr("tab.outline"))
    dense, conv, loss = (tr(f"layer.{kind}.name") for kind in ("dense", "conv2d", "cross_entropy"))
    choose(reader, outline, dense)
    assert window.store.selection == ("dense_1",)
    reader.press(Role.Button, tr("outline.reads"))
    port = tr("size.x")
    reader.press(Role.CheckBox, tr("outline.reading.tick", input=port, name=conv))
    reader.press(Role.Button, tr("outline.reading.close"))
    assert "conv2d_1.y > dense_1.x" in edges(window.store.document)
    assert "flatten_1.y > dense_1.x" not in edges(window.store.document)
    settle()
    fix = window.store.analysis.problems_of("dense_1")[0].fixes[0]
    reader.press(Role.Button, fix_text(window.store.document, fix))
    # Qt lets a pressed button be seen for a moment before it does anything
    qtbot.waitUntil(lambda: not window.store.analysis.problems_of("dense_1"))
    settle()
    choose(reader, outline, loss)
    reader.press(Role.Button, tr("outline.delete"))
    assert "cross_entropy_1" not in {node.id for node in window.store.document.network.nodes}


def choose(reader: Reader, table: str, name: str) -> None:
    """Select a row as a screen reader does."""
    cell = reader.row(table, name)[0]
    action = cell.actionInterface()
    assert action is not None
    action.doAction(action.actionNames()[0])
    settle()


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_whatever_takes_the_keys_has_a_name(
    window: MainWindow, reader: Reader, engine: OtherEnd, language: str
) -> None:
    words.set_language(language)
    window.store.select(("conv2d_1",))
    window.run.play()
    engine.heard()
    engine.prepare(window.run)
    engine.end_epoch(window.run, 0)
    nameless: set[str] = set()
    for id in window.panels.pages:
        window.panels.bring(id)
        settle()
        for each in reader.tree():
            if each.state().focusable and not each.text(Text.Name):
                nameless.add(f"{id}: {each.role().name} of {type(each.object()).__name__}")
    assert nameless == set()


def where(thing: QAccessibleInterface) -> str:
    """A thing and what it lies in, for a person who has to find it."""
    chain: list[str] = []
    each: QObject | None = thing.object()
    while each is not None and len(chain) < 4:
        chain.append(type(each).__name__)
        each = each.parent()
    return f"{thing.role().name}: {' in '.join(chain)}"
