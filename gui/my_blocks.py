"""A person's own blocks: groups kept as small drawings, a readable file each, beside the settings.

The files have the format of the clipboard and of drawings, so that they can be handed on. Where one
signal enters a block at several ports, as around a residual connection, these are named besides.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from engine.layers.doors import End
from engine.spec import groups
from engine.spec.codec import Unreadable, from_json, to_json
from engine.spec.document import Document
from engine.spec.edits import move_nodes

SUFFIX = ".json"
LARGEST = 4_000_000  # bytes; anything larger is no block
NOT_IN_FILES = re.compile(r'[\x00-\x1f<>:"/\\|?*.]+')


@dataclass(frozen=True, slots=True)
class Block:
    """One of them. All boxes of `document` are in its first group, which it is named by."""

    path: Path
    document: Document
    entrances: tuple[End, ...] = ()  # the ports for the one signal that comes in, if several

    @property
    def name(self) -> str:
        """What it is called."""
        return self.document.groups[0].name

    @property
    def text(self) -> str:
        """The block as its file has it."""
        value = json.loads(to_json(self.document))
        if self.entrances:
            value["entrances"] = [f"{box}.{port}" for box, port in self.entrances]
        return json.dumps(value, ensure_ascii=False, indent=1)

    def called(self, name: str) -> Block:
        """The same with another name."""
        outer = self.document.groups[0]
        return replace(self, document=groups.rename(self.document, outer.id, name))


class MyBlocks(QObject):
    """All blocks in a folder, by name. OSError where it cannot be written."""

    changed = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.folder = folder
        self._known: dict[Path, tuple[int, Block | None]] = {}  # by time of the last change

    def all(self) -> list[Block]:
        """Every block that can be read."""
        try:
            paths = sorted(self.folder.glob(f"*{SUFFIX}"))
        except OSError:
            return []
        found = [block for path in paths if (block := self._read(path)) is not None]
        return sorted(found, key=lambda block: block.name.casefold())

    def named(self, path: Path) -> Block | None:
        """The block in a file."""
        return next((block for block in self.all() if block.path == path), None)

    def _read(self, path: Path) -> Block | None:
        """A file is read again only if it changed."""
        try:
            stamp = path.stat().st_mtime_ns
            if self._known.get(path, (None, None))[0] != stamp:
                self._known[path] = stamp, read(path)
        except OSError:
            return None
        return self._known[path][1]

    def save(self, document: Document, entrances: tuple[End, ...] = ()) -> Block:
        """Keep a part of a drawing; a name that is taken gets a number."""
        whole = _as_block(document, "")
        assert whole is not None, "a block has boxes"
        block = Block(Path(), whole, entrances)
        return self._write(block.called(self._free(block.name)))

    def _free(self, base: str, but: Path | None = None) -> str:
        """This name, with a number if another block has it."""
        taken = {block.name.casefold() for block in self.all() if block.path != but}
        number, name = 2, base
        while name.casefold() in taken:
            name, number = f"{base} {number}", number + 1
        return name

    def _write(self, block: Block) -> Block:
        """Put a block into its file, or into a new one if it has none."""
        self.folder.mkdir(parents=True, exist_ok=True)
        stem = NOT_IN_FILES.sub(" ", block.name).strip() or "block"
        goal, number = block.path, 1
        while goal == Path() or (block.path == Path() and goal.exists()):
            goal = self.folder / (f"{stem}{SUFFIX}" if number == 1 else f"{stem} {number}{SUFFIX}")
            number += 1
        part = goal.with_name(f".{goal.stem}-{os.getpid()}.part")
        part.write_text(block.text, "utf-8")
        part.replace(goal)
        self.changed.emit()
        return replace(block, path=goal)

    def rename(self, block: Block, name: str) -> None:
        """Call a block something else; its file keeps its name."""
        short = " ".join(name.split())[: groups.LONGEST]
        if short and short != block.name:
            self._write(block.called(self._free(short, block.path)))

    def remove(self, block: Block) -> None:
        """Take a block away; `restore` brings it back."""
        block.path.unlink(missing_ok=True)
        self.changed.emit()

    def restore(self, block: Block) -> None:
        """Bring back a block that was taken away."""
        self._write(block)

    def take_in(self, path: Path) -> Block | None:
        """Keep a copy of a block that somebody handed on; None if it is not one."""
        found = read(path)
        return self.save(found.document, found.entrances) if found is not None else None


def read(path: Path) -> Block | None:
    """The block in a file; None if it is not one. OSError if it cannot be read."""
    if path.stat().st_size > LARGEST:
        return None
    try:
        return block_in(path.read_text("utf-8"), path)
    except UnicodeDecodeError:
        return None


def block_in(text: str, path: Path) -> Block | None:
    """The block in a text, called like its file if it has no name; None if it is not one."""
    if len(text) > LARGEST:
        return None
    try:
        document = _as_block(from_json(text), path.stem)
    except Unreadable:
        return None
    if document is None:
        return None
    return Block(path, document, _entrances(json.loads(text).get("entrances"), document))


def _entrances(value: object, document: Document) -> tuple[End, ...]:
    """The named ports; those of boxes that are not there are left out."""
    named = [each for each in value if isinstance(each, str)] if isinstance(value, list) else []
    ends = [each.partition(".")[::2] for each in named]
    return tuple((box, port) for box, port in ends if port and document.network.has(box))


def _ids(document: Document) -> tuple[str, ...]:
    return tuple(node.id for node in document.network.nodes)


def _as_block(document: Document, name: str) -> Document | None:
    """A drawing at the origin in one group, its first; made if there is none. None if empty."""
    nodes = document.network.nodes
    if not nodes:
        return None
    if groups.group_with(document, _ids(document)) is None:
        id = groups.new_group_id(document)
        document = groups.group(document, _ids(document), id, name or "?")
    outer = groups.group_with(document, _ids(document))
    others = tuple(group for group in document.groups if group != outer)
    left, top = min(n.x for n in nodes), min(n.y for n in nodes)
    moved = move_nodes(document, {n.id: (n.x - left, n.y - top) for n in nodes})
    assert outer is not None
    return replace(moved, groups=(outer, *others), notes=())
