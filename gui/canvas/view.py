"""The canvas as the main window sees it: actions, keys and menus over the surface for the mouse."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from engine.layers.exchanging import follower
from engine.layers.templates import template_fits
from engine.spec.document import Document
from gui.announcing import announce
from gui.box import PortRef, look
from gui.canvas import actions, clipboard, data_boxes
from gui.canvas.camera import STEP
from gui.canvas.choosing import Choosing
from gui.canvas.grouping import Grouping
from gui.canvas.habits import Habits
from gui.canvas.keys import KeyActions
from gui.canvas.menu_opening import open_menu
from gui.canvas.noting import Noting
from gui.canvas.overview import Overview
from gui.canvas.paper import Hint, paint_grid
from gui.canvas.pointing import delete_arrow, point_at_selected
from gui.canvas.surface import Surface
from gui.describe import problem_text
from gui.my_blocks import Block
from gui.run import Run
from gui.store import DocumentStore
from gui.theme import theme
from gui.words import on_language_change, tr


class CanvasView(Surface):
    """Shows and edits the network of `store`. While a `run` goes on, nothing is locked."""

    switched = Signal()  # what boxes and edges show is another thing
    options_wanted = Signal()  # of the selected boxes, with the keyboard
    save_wanted = Signal()  # the selected group, as a block of one's own

    def __init__(
        self,
        store: DocumentStore,
        run: Run,
        habits: Habits | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(store, habits, parent)
        self.run = run
        look.shows_flow = self.habits.flow
        self.canvas.refresh_outlines()
        self._keys = KeyActions(self)
        self.choosing, self.noting, self.grouping = Choosing(self), Noting(self), Grouping(self)
        self.hint = Hint(self)
        self.overview = Overview(self.canvas, self.camera, self)
        self.overview.want(self.habits.overview)
        self.camera.moved.connect(self.overview.follow)
        self.canvas.laid_out.connect(self.overview.refresh)
        store.changed.connect(self._document_changed)
        store.replaced.connect(self.fit)
        store.selection_changed.connect(self._selection_changed)
        theme.changed.connect(self._recolour)
        forget = on_language_change(self._retranslate)
        self.destroyed.connect(lambda: forget())
        self._retranslate()

    # what the main window's actions call

    def fit(self) -> None:
        """Show the whole network."""
        self.camera.fit(self.canvas.bounds())

    def fit_selection(self) -> None:
        """Show the selected boxes, or the whole network if none are."""
        self.camera.fit(self.canvas.bounds(self.store.selection or None))
        self.camera.follows = not self.store.selection

    def zoom_actual(self) -> None:
        """Show boxes in the size in which they are drawn."""
        self.camera.zoom(theme.factor / self.camera.scale)

    def zoom_in(self) -> None:
        """Enlarge around the middle."""
        self.camera.zoom(STEP)

    def zoom_out(self) -> None:
        """Make smaller around the middle."""
        self.camera.zoom(1 / STEP)

    def switch(self, habit: str) -> None:
        """Change how a person likes to draw: one of `habits.SWITCHES`."""
        self.habits.switch(habit)
        self._follow_habits()

    def show_quantity(self, quantity: str) -> None:
        """Show another quantity on each box, as a number and as a bar: `cost_words.SHOWN`."""
        self.habits.show_quantity(quantity)
        self.canvas.refresh_words()

    def recall_habits(self) -> None:
        """Follow what was switched in another window."""
        self.habits.recall()
        self._follow_habits()

    def _follow_habits(self) -> None:
        self.overview.want(self.habits.overview)
        self.canvas.refresh_words()
        look.shows_flow = self.habits.flow
        self.canvas.refresh_outlines()
        self.switched.emit()

    def line_up(self, way: str) -> None:
        """Put the selected boxes onto one line, or make their gaps equal: an action's id."""
        actions.line_up(self.store, way)

    def tag(self, tag: str) -> None:
        """Give the selected boxes a colour, or with "" take it away."""
        actions.tag(self.store, tag)

    def delete_selected(self) -> None:
        """Take what is selected away: boxes, edges and comments, or an arrow."""
        if self.canvas.arrows.selected is not None:
            delete_arrow(self.store, self.canvas.arrows.selected)
            return
        edges = self.canvas.selected_edges
        notes = self.canvas.selected_notes
        actions.delete(self.store, self.store.selection, edges, notes, tr("edit.delete"))

    def duplicate(self) -> None:
        """Put copies of the selected boxes beside them."""
        chosen, notes = self.store.selection, self.canvas.selected_notes
        if chosen or notes:
            self._add_copies(clipboard.part(self.store.document, chosen, notes), "duplicate")

    def copy(self) -> None:
        """Put the selected boxes on the clipboard, as text."""
        actions.copy(self.store, self.canvas.selected_notes)

    def cut(self) -> None:
        """Copy the selected boxes and take them away."""
        notes = self.canvas.selected_notes
        if actions.copy(self.store, notes):
            actions.delete(self.store, self.store.selection, (), notes, tr("edit.cut"))

    def paste(self) -> None:
        """Put copies of the boxes on the clipboard into the drawing."""
        given = actions.on_clipboard()
        if given is not None:
            self._add_copies(given, "paste")

    def _add_copies(self, given: Document, edit: str) -> None:
        notes = actions.add_copies(self.store, given, tr(f"edit.{edit}"))
        self.canvas.select_notes(notes)
        if self.store.selection:
            self.reveal_selection()

    def comment(self, at: QPointF | None = None) -> None:
        """Let a person write a new comment, at a place or in the middle of the view."""
        self.noting.begin(at)

    def edit_note(self, id: str) -> None:
        self.noting.edit(id)

    def edit_options(self) -> None:
        """Ask for the options of the selected boxes."""
        if self.store.selection and self.gesture is None:
            self.options_wanted.emit()

    def point(self) -> None:
        """Draw arrows from the selected comments to the selected boxes."""
        if self.can_point():
            point_at_selected(self.store, self.canvas.selected_notes)
        else:
            self.say(tr("canvas.refused.point"), self.viewport().rect().center())
            self.let_fade()

    def can_point(self) -> bool:
        """Whether comments and boxes are selected."""
        return bool(self.canvas.selected_notes and self.store.selection)

    def rename_group(self, id: str = "") -> None:
        self.grouping.rename(id)

    def fold_group(self, id: str = "") -> None:
        self.grouping.fold(id)

    def sample_back(self) -> None:
        """Show the sample before in all boxes."""
        self.canvas.stepped.emit(-1)

    def sample_on(self) -> None:
        """Show the next sample in all boxes."""
        self.canvas.stepped.emit(1)

    def let_go(self) -> None:
        """Give up what the mouse is doing, or select nothing."""
        if not self.cancel_gesture():
            self.store.select(())
            self.canvas.select_edges(())
            self.canvas.select_notes(())

    def select_all(self) -> None:
        """Select every box and comment."""
        self.store.select(tuple(self.canvas.nodes))
        self.canvas.select_notes(self.canvas.notes)

    def append(self, kind: str) -> None:
        """Put a new box behind the selected one, or into the middle of the view."""
        actions.append(self.store, kind, self.camera.centre)
        self.reveal_selection()

    def append_block(self, block: Block) -> None:
        """Put one's own block behind the selected box, or into the middle of the view."""
        actions.append_block(self.store, block, self.camera.centre)
        self.reveal_selection()

    def use_data(self, dataset: str) -> None:
        """Put a bundled data set into the selected or only data box, or into a new one."""
        data_boxes.use(self.store, dataset, self.camera.centre)
        self.reveal_selection()

    def go_to(self, id: str) -> None:
        """Select a box, put it into the middle of the view, and take the keys."""
        self.store.select((id,))
        self.camera.look_at(self.canvas.bounds((id,)).center())
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose(self, text: str = "") -> None:
        """Open the list of what can follow the selected box, or begin a drawing, for `text`."""
        self.choosing.begin(text)

    def end_dropped(self, port: PortRef, place: QPointF) -> None:
        self.choosing.at_end(port, place)

    def swap(self) -> None:
        """Let the selected box change places with the next one."""
        refusal = actions.swap(self.store)
        if refusal:
            body = self.canvas.bounds(self.store.selection)
            self.say(tr(f"canvas.refused.{refusal}"), self.mapFromScene(body.center()))
            self.let_fade()

    def can_swap(self) -> bool:
        """Whether the selected box has a next one to change places with."""
        chosen = self.store.selection
        return len(chosen) == 1 and follower(self.store.document, chosen[0]) is not None

    def can_insert(self, name: str) -> bool:
        """Whether a template can stand behind the selected box, and there is just one."""
        chosen = self.store.selection
        return len(chosen) == 1 and template_fits(name, self.store.analysis, chosen[0])

    def insert(self, name: str) -> None:
        """Put a template behind the selected box."""
        if self.can_insert(name):
            actions.insert(self.store, name)
            self.reveal_selection()

    def join_selected(self) -> None:
        """Join the selected boxes from left to right."""
        actions.join(self.store)

    def arrange(self, is_down: bool = False) -> None:
        """Put all boxes into columns from the data to the loss, or into rows from the top down."""

        def change() -> None:
            actions.arrange(self.store, is_down)
            self.fit()

        self.glide.run(change)

    def reveal_selection(self) -> None:
        """Bring the selected boxes into view, if they are not."""
        self.camera.reveal(self.canvas.bounds(self.store.selection))

    # following the document, the language and the theme

    def _document_changed(self, old: Document, new: Document) -> None:
        for editor in (self.grouping.editor, self.noting.editor):
            editor.finish(keep=False)  # nothing may be edited in the middle of undoing
        self.glide.stop()
        if self.gesture is not None:  # it was begun on another drawing
            self.cancel_gesture()
        self._keep_in_view(old, new)
        self._describe()

    def _keep_in_view(self, old: Document, new: Document) -> None:
        """Show boxes that came, and if that can be read, all others too, while the camera follows.

        What a person drags or drops stays where it was put, unless that pushed others aside.
        """
        before = {node.id: (node.x, node.y) for node in old.network.nodes}
        came = tuple(node.id for node in new.network.nodes if node.id not in before)
        if not came or not self.camera.follows:
            return
        pushed = any(before.get(n.id, (n.x, n.y)) != (n.x, n.y) for n in new.network.nodes)
        if (pushed or not self.is_dropping) and not self.camera.shows(self.canvas.bounds()):
            self.camera.keep_readable(self.canvas.bounds(), self.canvas.bounds(came))

    def _selection_changed(self) -> None:
        if self.gesture is None:  # boxes were selected elsewhere: Delete means them alone
            self.canvas.select_edges(())
            self.canvas.select_notes(())
        self._describe()

    def _describe(self) -> None:
        """Tell screen readers what is drawn and selected, and everybody what to do first."""
        items = self.canvas.nodes
        self.hint.setVisible(not items)
        shown = [id for id in self.store.selection if id in items]
        chosen = self.canvas.grouped.said(shown)
        for id in shown:
            problems = self.store.analysis.problems_of(id)
            chosen += [problem_text(self.store.document, problem) for problem in problems]
        if chosen:
            text = tr("canvas.selected", names="; ".join(chosen))
        else:
            text = tr("canvas.about", count=len(items))
        if text != self.accessibleDescription():
            self.setAccessibleDescription(text)
            if chosen and self.hasFocus():
                announce(self, text)

    def _retranslate(self) -> None:
        self.setAccessibleName(tr("canvas.name"))
        self.viewport().setAccessibleName(tr("canvas.name"))
        self.canvas.refresh_words()
        self.hint.retranslate()
        self.overview.retranslate()
        self._describe()

    def _recolour(self) -> None:
        self.canvas.refresh_colours()
        self.viewport().update()
        self.hint.update()
        self.overview.refresh()

    # keys and menus

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.glide.stop()
        event.setAccepted(self._keys.press(event))

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            tapped = self.space_is_held and not self.space_has_panned
            self.hold_space(False)
            if tapped and self.gesture is None:
                self.choose()
        event.ignore()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes from box to box along the edges, and at the end to the next widget."""
        if self._keys.joining.is_on:
            self._keys.joining.next_port(forward)
            return True
        if actions.step(self.store, forward) is None:
            return super().focusNextPrevChild(forward)
        self.canvas.select_edges(())
        self.reveal_selection()
        return True

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.gesture is None:
            open_menu(self, event)

    # painting and size

    def drawBackground(self, painter: QPainter, area: QRectF | QRect) -> None:
        paint_grid(painter, QRectF(area))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.camera.follows:
            self.fit()
        self.overview.follow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.hint.centre()
        if self.camera.follows:
            self.fit()
        self.overview.follow()
