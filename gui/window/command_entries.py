"""What the command palette can find: actions, layers, examples, data, help, boxes, options."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence

from engine.layers import CATALOGUE
from engine.spec.datasets import CARDS
from gui import set_words
from gui.actions import TABLE
from gui.box import BLOCK_ICON
from gui.canvas.fold_item import FoldItem
from gui.canvas.frame_item import FrameItem
from gui.commands.finding import Entry
from gui.describe import kind_name, title
from gui.example_files import path_of
from gui.example_topics import TOPICS
from gui.inspector.box_page import BoxPage
from gui.option_words import option_help, option_name
from gui.window.document_entries import documents
from gui.words import language, table, tr

if TYPE_CHECKING:
    from gui.window.main_window import MainWindow

LETTER = re.compile(r"\(&\w\)|&")  # the underlined letter of a menu


def gather(window: MainWindow) -> list[Entry]:
    """Everything, in the language of the moment."""
    return [
        *_actions(window),
        *_options(window),
        *_layers(window.canvas.append),
        *_blocks(window),
        *_boxes(window),
        *_groups(window),
        *documents(window),
        *_examples(window),
        *_sets(window.painting.use),
        *_pages(window.open_help),
    ]


def english(key: str) -> tuple[str, ...]:
    """The English words of a key, as another name while the window speaks another language."""
    name = table("en").get(key, "")
    return (LETTER.sub("", name),) if name and language() != "en" else ()


def menu_name(menu: str) -> str:
    """The name of a menu without the letter that opens it."""
    return LETTER.sub("", tr(f"menu.{menu}"))


def _actions(window: MainWindow) -> Iterator[Entry]:
    table = window.actions_table
    for spec in TABLE:
        if spec.id == "commands":
            continue  # it is open
        action = table[spec.id]
        yield Entry(
            f"action.{spec.id}",
            "actions",
            action.text(),
            action.trigger,
            spec.icon,
            detail=f"{menu_name(spec.menu)} · {tr(f'action.{spec.id}.tip')}",
            keys=action.shortcut().toString(QKeySequence.SequenceFormat.NativeText),
            also=english(f"action.{spec.id}"),
            obstacle=table.obstacle(spec.id),
        )


def _layers(append: Callable[[str], object]) -> Iterator[Entry]:
    for kind, layer in CATALOGUE.items():
        yield Entry(
            f"layer.{kind}",
            "layers",
            kind_name(kind),
            partial(append, kind),
            layer.icon,
            layer.category,
            detail=tr(f"layer.{kind}.line"),
            also=(*english(f"layer.{kind}.name"), kind),
        )


def _blocks(window: MainWindow) -> Iterator[Entry]:
    for block in window.blocks.all():
        kinds = dict.fromkeys(node.kind for node in block.document.network.nodes)
        yield Entry(
            f"block.{block.path.name}",
            "layers",
            block.name,
            partial(window.canvas.append_block, block),
            BLOCK_ICON,
            detail=tr("blocks.found", line=", ".join(kind_name(kind) for kind in kinds)),
            also=(*english("blocks.head"), tr("blocks.head")),
        )


def _examples(window: MainWindow) -> Iterator[Entry]:
    for topic, names in TOPICS.items():
        for name in names:
            yield Entry(
                f"example.{name}",
                "examples",
                tr(f"example.{name}.name"),
                partial(window.filing.open_example, path_of(name)),
                "mdi6.school-outline",
                detail=f"{tr(f'menu.examples.{topic}')} · {tr(f'example.{name}.line')}",
                also=english(f"example.{name}.name"),
            )


def _sets(use: Callable[[str], object]) -> Iterator[Entry]:
    for name, card in CARDS.items():
        facts = set_words.amount(card), set_words.shape(card), set_words.answer(card)
        yield Entry(
            f"dataset.{name}",
            "sets",
            set_words.name(name),
            partial(use, name),
            set_words.ICONS[card.category],
            "data",
            detail=" · ".join((*facts, tr(f"dataset.{name}.line"))),
            also=(*english(f"dataset.{name}.name"), name),
        )


def _pages(show: Callable[[str], object]) -> Iterator[Entry]:
    from gui.help import pages  # read when they are first wanted

    for group in pages.contents():
        for page in group.pages:
            if page.startswith(pages.SETS):
                also = english(f"dataset.{page.removeprefix(pages.SETS)}.name")
            else:
                also = (page,)  # named by an English word
            yield Entry(
                f"help.{page}",
                "help",
                pages.title(page),
                partial(show, page),
                "mdi6.help-circle-outline",
                detail=group.title,
                also=also,
            )


def _boxes(window: MainWindow) -> Iterator[Entry]:
    for id, item in window.canvas.canvas.nodes.items():
        face = item.face
        yield Entry(
            f"box.{id}",
            "boxes",
            face.title,
            partial(window.canvas.go_to, id),
            face.icon,
            face.category,
            detail=" · ".join(part for part in (face.line, face.note) if part),
            also=english(f"layer.{item.kind}.name"),
        )


def _groups(window: MainWindow) -> Iterator[Entry]:
    """The groups that are seen: one inside a folded group is found by that."""
    grouped = window.canvas.canvas.grouped
    items: list[FrameItem | FoldItem] = [*grouped.frames.values(), *grouped.folds.values()]
    for item in items:
        face = item.face
        yield Entry(
            f"group.{item.id}",
            "boxes",
            face.name,
            partial(_go_to_group, window, item.id),
            BLOCK_ICON,
            detail=" · ".join(part for part in (tr("group.heading"), face.layers) if part),
        )


def _go_to_group(window: MainWindow, id: str) -> None:
    canvas = window.canvas
    boxes = canvas.canvas.grouped.boxes.get(id, ())
    if boxes:
        canvas.go_to(boxes[0])
        canvas.store.select(boxes)


def _options(window: MainWindow) -> Iterator[Entry]:
    chosen = window.store.selection
    page = window.inspector.page
    if len(chosen) != 1 or not isinstance(page, BoxPage):
        return
    name, kind = title(window.store.document, chosen[0]), page.kind
    for option in page.form.offered():
        yield Entry(
            f"option.{kind}.{option}",
            "options",
            option_name(kind, option),
            partial(_edit_option, window, option),
            "mdi6.tune-variant",
            detail=f"{name} · {option_help(kind, option)}",
            also=(*english(f"option.{option}.name"), option),
        )


def _edit_option(window: MainWindow, option: str) -> None:
    """Put the keys into the field of an option."""
    window.panels.bring("box")
    page = window.inspector.page
    if isinstance(page, BoxPage):
        page.form.begin(option)
        window.inspector.ensureWidgetVisible(page.form.rows[option])
