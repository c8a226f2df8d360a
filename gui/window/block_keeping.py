"""Joins one's own blocks to palette, canvas and files, and says what became of them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog

from engine.layers.doors import End, NoPassage, passage
from engine.spec.groups import boxes_in
from gui.canvas.clipboard import part
from gui.file_words import write_error
from gui.my_blocks import SUFFIX, Block, MyBlocks
from gui.words import tr

if TYPE_CHECKING:
    from gui.window.main_window import MainWindow

ABOUT = "blocks"  # what its sentences are about


class BlockKeeping(QObject):
    """Saves groups as blocks, and does what the palette asks for."""

    def __init__(self, window: MainWindow, blocks: MyBlocks) -> None:
        super().__init__(window)
        self.window, self.blocks = window, blocks
        palette, entries = window.palette_panel, window.palette_panel.entries
        palette.block_dropped.connect(self.take_in)
        window.canvas.save_wanted.connect(self.save)
        window.inspector.group_wanted.connect(lambda id: window.actions_table[id].trigger())
        entries.block_chosen.connect(self.use)
        # later, because the row that was written in is made anew
        entries.block_renamed.connect(self.rename, Qt.ConnectionType.QueuedConnection)
        entries.block_removed.connect(self.remove)
        entries.export_wanted.connect(self.export)

    def save(self) -> None:
        """Keep the selected group."""
        store, group = self.window.store, self.window.canvas.grouping.chosen
        if group is None:
            return
        boxes = boxes_in(store.document, group.id)
        entrances: tuple[End, ...] = ()
        with suppress(NoPassage):
            entrances = passage(store.document, boxes).entrances
        try:
            name = self.blocks.save(part(store.document, boxes), entrances).name
        except OSError as error:
            self._say_failed(self.blocks.folder, error)
            return
        self._say(lambda: tr("blocks.saved", name=name))

    def use(self, path: str) -> None:
        """Put a block into the drawing."""
        block = self._block(path)
        if block is not None:
            self.window.canvas.append_block(block)

    def rename(self, path: str, name: str) -> None:
        """Call a block something else."""
        block = self._block(path)
        if block is not None:
            self._try(lambda: self.blocks.rename(block, name), block.path)
            self.window.palette_panel.refill()  # also if the name could not be taken

    def remove(self, path: str) -> None:
        """Take a block away; it can be brought back."""
        block = self._block(path)
        if block is not None and self._try(lambda: self.blocks.remove(block), block.path):

            def bring_back() -> None:
                self._try(lambda: self.blocks.restore(block), block.path)

            self.window.notice.say(
                lambda: tr("blocks.deleted", name=block.name),
                (lambda: tr("blocks.undo"), bring_back),
                severity="info",
                about=ABOUT,
            )

    def take_in(self, path: str) -> None:
        """Keep a block from a file that was dropped on the palette."""
        file = Path(path)
        try:
            block = self.blocks.take_in(file)
        except OSError as error:
            self._say_failed(file, error)
            return
        if block is None:
            self.window.notice.say(lambda: tr("blocks.not_one", name=file.name), about=ABOUT)
        else:
            name = block.name
            self._say(lambda: tr("blocks.saved", name=name))

    def export(self, path: str) -> None:
        """Ask for a file, and write a block into it."""
        block = self._block(path)
        if block is None:
            return
        name, _ = QFileDialog.getSaveFileName(
            self.window,
            tr("blocks.menu.export"),
            str(Path.home() / f"{block.path.stem}{SUFFIX}"),
            tr("blocks.file"),
        )
        if name:
            goal = Path(name)
            self._try(lambda: goal.write_text(block.text, "utf-8"), goal)

    def _block(self, path: str) -> Block | None:
        return self.blocks.named(Path(path))

    def _try(self, act: Callable[[], object], path: Path) -> bool:
        """Do something with files, or say that it failed; whether it was done."""
        try:
            act()
        except OSError as error:
            self._say_failed(path, error)
            return False
        return True

    def _say_failed(self, path: Path, error: OSError) -> None:
        problem = error  # `error` itself ends with its block
        self.window.notice.say(lambda: write_error(path, problem), about=ABOUT)

    def _say(self, words: Callable[[], str]) -> None:
        self.window.notice.say(words, severity="info", about=ABOUT)
