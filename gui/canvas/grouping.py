"""What keys and menus do with groups: each is one step of undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from engine.layers.doors import NoPassage, passage
from engine.spec import groups
from engine.spec.document import Document, Group
from gui.canvas.name_editor import NameEditor
from gui.canvas.repeat_dialog import RepeatDialog
from gui.canvas.unfolding import unfolded
from gui.words import tr

if TYPE_CHECKING:
    from gui.canvas.view import CanvasView


class Grouping:
    """The group that is meant is the one whose boxes are selected, unless one is named."""

    def __init__(self, view: CanvasView) -> None:
        self._view, self.editor = view, NameEditor(view)
        view.camera.moved.connect(self.editor.finish)

    @property
    def _document(self) -> Document:
        return self._view.store.document

    @property
    def chosen(self) -> Group | None:
        """The group whose boxes are selected, no more and no fewer."""
        return groups.group_with(self._document, self._view.store.selection)

    @property
    def can_group(self) -> bool:
        """Whether boxes are selected that are not just one group already."""
        return bool(self._view.store.selection) and self.chosen is None

    def group(self) -> None:
        """Put the selected boxes into a group; its name can be changed at once."""
        if self.can_group:
            store, id = self._view.store, groups.new_group_id(self._document)
            name = tr("group.new", number=id.removeprefix(groups.PREFIX))
            after = groups.group(self._document, store.selection, id, name)
            store.edit(tr("edit.group"), after)
            self._view.canvas.refresh_words()

    def ungroup(self) -> None:
        """Take the group away and leave its boxes, which stay selected."""
        group = self.chosen
        if group is not None:
            after = groups.ungroup(unfolded(self._document, group.id), group.id)
            self._view.store.edit(tr("edit.ungroup"), after)

    def fold(self, id: str = "") -> None:
        """Draw a group as one box, or as its boxes again, for which there is made room."""
        group = self._meant(id)
        if group is None:
            return
        self.editor.finish()
        store = self._view.store
        if group.is_folded:
            store.edit(tr("edit.unfold"), unfolded(self._document, group.id))
        else:
            store.edit(tr("edit.fold"), groups.fold(self._document, group.id))
        store.select(groups.boxes_in(self._document, group.id))

    def rename(self, id: str = "") -> None:
        """Let a person write the name where it stands."""
        group = self._meant(id)
        if group is None:
            return
        self.editor.finish()
        place = self._name_place(group.id)
        if place.isEmpty():
            return  # inside a folded group
        on_screen = self._view.mapFromScene(place).boundingRect()
        self.editor.write(group.name, on_screen, lambda text: self._take_name(group.id, text))

    def _name_place(self, id: str) -> QRectF:
        grouped = self._view.canvas.grouped
        if id in grouped.frames:
            return grouped.frames[id].name
        if id in grouped.folds:
            body = grouped.folds[id].body
            return QRectF(body.left() + 32.0, body.top() + 2.0, body.width() - 36.0, 20.0)
        return QRectF()

    def _take_name(self, id: str, name: str) -> None:
        if any(group.id == id for group in self._document.groups):  # not undone meanwhile
            self._view.store.edit(tr("edit.rename_group"), groups.rename(self._document, id, name))

    def repeat_obstacle(self) -> str:
        """Why the group cannot be put several times in a row, as a part of a key; empty if so."""
        group = self.chosen
        if group is None:
            return "unfit"
        try:
            passage(self._document, groups.boxes_in(self._document, group.id))
        except NoPassage as error:
            return error.code
        return ""

    def repeat(self) -> None:
        """Ask how often the group is put in a row; or say why it cannot be."""
        group, obstacle, view = self.chosen, self.repeat_obstacle(), self._view
        if group is None:
            return
        if obstacle:
            body = view.canvas.bounds(view.store.selection)
            view.say(tr(f"action.repeat.{obstacle}"), view.mapFromScene(body.center()))
            view.let_fade()
            return
        label, id = tr("edit.repeat", name=group.name), group.id

        def take(after: Document) -> None:
            view.store.edit(label, after)
            view.store.select(groups.boxes_in(self._document, id))

        RepeatDialog(self._document, id, take, view).open()

    def put_into(self, id: str) -> None:
        """Put the selected boxes into a group, or outside of all with ""."""
        chosen = self._view.store.selection
        label = tr("edit.put_into" if id else "edit.take_out")
        self._view.store.edit(label, lambda d: groups.put_into(d, chosen, id))

    def goals(self) -> list[Group]:
        """The open groups that the selected boxes could be put into."""
        chosen = set(self._view.store.selection)
        grouped, document = self._view.canvas.grouped, self._document
        return [
            group
            for group in document.groups
            if group.id in grouped.frames
            and not set(grouped.boxes[group.id]) <= chosen
            and groups.put_into(document, chosen, group.id).groups != document.groups
        ]

    def can_take_out(self) -> bool:
        """Whether a group holds some of the selected boxes, and not only them."""
        chosen = self._view.store.selection
        return groups.put_into(self._document, chosen, "").groups != self._document.groups

    def _meant(self, id: str) -> Group | None:
        if not id:
            return self.chosen
        return next((group for group in self._document.groups if group.id == id), None)
