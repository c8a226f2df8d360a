"""The form of some options, made from their declarations; it knows values, not documents."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engine.spec.options import Option, Record, Value, is_shown
from gui.inspector.editors import FlagEditor, TextEditor, make_editor
from gui.inspector.numbers import NumberEditor
from gui.inspector.scrubbing import Handle
from gui.level import EVERYTHING, level
from gui.option_words import (
    hover,
    option_hover,
    option_name,
    option_spoken,
    shown_value,
)
from gui.sizes import fixed, least
from gui.theme import STEP, icon, theme
from gui.words import tr

BESIDE = 122  # pixels for an editor beside its name in the narrowest panel
RESET = 24
BARE = "QToolButton { padding: 0; }"  # a button that is only its icon


class OptionRow(QWidget):
    """One option: its name, editor, way back to the default, and why a value is refused."""

    edited = Signal(str, object)
    reset_wanted = Signal(str)
    taken_back = Signal(str)
    stroke = Signal()

    def __init__(
        self,
        owner: str,
        option: Option,
        special: dict[int, str],
        beside: int = BESIDE,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.owner, self.option, self.beside = owner, option, beside
        name = option_name(owner, option.name)
        self.help = option_hover(owner, option)
        self.label = QLabel(name)
        self.label.setWordWrap(True)
        self.editor = make_editor(option, special)
        self.editor.setAccessibleName(name)
        self.editor.setAccessibleDescription(option_spoken(owner, option))
        self.editor.setObjectName(option.name)
        self.label.setBuddy(self.editor)
        self.reset = self._reset_button(name)
        self.message = QLabel()
        self.message.setWordWrap(True)
        self.message.hide()
        self._lay_out()
        self.handle: Handle | None = None
        if isinstance(self.editor, NumberEditor):
            self.handle = Handle(self.label, self.editor)
            self.editor.taken_back.connect(lambda: self.taken_back.emit(option.name))
            self.editor.stroke.connect(self.stroke)
        self.unlock()
        self.editor.edited.connect(lambda value: self.edited.emit(option.name, value))
        self.editor.refused.connect(self._say)
        self.reset.clicked.connect(self._reset)

    def _reset_button(self, name: str) -> QToolButton:
        button = QToolButton()
        button.setIcon(icon("mdi6.restore"))
        fixed(button, RESET, RESET)
        button.setStyleSheet(BARE)
        text = tr("inspector.reset", value=shown_value(self.option, self.option.default))
        button.setToolTip(hover(name, text))
        button.setAccessibleName(tr("inspector.reset_option", option=name))
        kept = button.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        button.setSizePolicy(kept)
        button.hide()
        return button

    def _reset(self) -> None:
        """Ask for the default; the keys go to the editor, because the button is about to hide."""
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.reset_wanted.emit(self.option.name)

    def _lay_out(self) -> None:
        """Side by side, or the editor below its name where it is too wide for that."""
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(STEP)
        grid.setVerticalSpacing(STEP // 2)
        self.cell = QHBoxLayout()
        self.cell.addWidget(self.editor, 0 if isinstance(self.editor, FlagEditor) else 1)
        if isinstance(self.editor, FlagEditor):
            self.cell.addStretch(1)
        below = self.editor.natural_width > self.beside
        grid.addWidget(self.label, 0, 0, 1, 2 if below else 1)
        grid.addLayout(self.cell, *((1, 0, 1, 3) if below else (0, 1)))
        grid.addWidget(self.reset, 0, 2)
        grid.addWidget(self.message, 2, 0, 1, 3)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)

    def add_button(self, button: QToolButton) -> None:
        """Put a button of the form's owner beside the editor."""
        fixed(button, RESET, RESET)
        button.setStyleSheet(BARE)
        self.cell.addWidget(button)

    def show_value(self, value: Value, mixed: bool) -> None:
        """Show a value, or that boxes differ; a value that is not accepted shows the default."""
        if mixed:
            self.editor.set_mixed(tr("inspector.mixed"))
        else:
            self.editor.set_value(value if self.option.accepts(value) else self.option.default)
        self.reset.setVisible(mixed or value != self.option.default)

    def lock(self, reason: str) -> None:
        """Do not let this option be changed, and say why."""
        self.setEnabled(False)
        text = hover(option_name(self.owner, self.option.name), reason)
        for widget in (self, self.label, self.editor):
            widget.setToolTip(text)
        self.label.unsetCursor()

    def unlock(self) -> None:
        """Let this option be changed."""
        self.setEnabled(True)
        for widget in (self, self.label, self.editor):
            widget.setToolTip(self.help)
        if self.handle is not None:
            self.label.setCursor(Qt.CursorShape.SizeHorCursor)

    def forget(self) -> None:
        """Forget what was typed and refused."""
        if isinstance(self.editor, NumberEditor):
            self.editor.forget()
        self._say("")

    def _say(self, sentence: str) -> None:
        if sentence:
            self.message.setStyleSheet(f"color: {theme.colours.error};")
        self.message.setText(sentence)
        self.message.setVisible(bool(sentence))


class OptionForm(QWidget):
    """Rows of options, the advanced ones in a fold."""

    edited = Signal(str, object)  # name of an option, its new value
    reset_wanted = Signal(str)  # name of an option that shall have its default
    taken_back = Signal(str)  # name of an option that shall differ among boxes again
    stroke = Signal()  # a number begins or ends to be dragged: a step of undo of its own

    def __init__(
        self,
        owner: str,
        options: Mapping[str, Option],
        special: Mapping[str, dict[int, str]] | None = None,
        beside: int = BESIDE,
        parent: QWidget | None = None,
    ) -> None:
        """`beside`: the widest editor that stands beside its name, in pixels."""
        super().__init__(parent)
        self.owner = owner
        self.options = {n: o for n, o in options.items() if not isinstance(o, Record)}
        self.rows: dict[str, OptionRow] = {}
        self._first: Collection[str] | None = None  # options shown, of those at their defaults
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * STEP)
        self.fold = self._fold_button()
        self.folded = QWidget()
        inner = QVBoxLayout(self.folded)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(2 * STEP)
        for name, option in self.options.items():
            row = OptionRow(owner, option, dict((special or {}).get(name, {})), beside)
            row.edited.connect(self.edited)
            row.reset_wanted.connect(self.reset_wanted)
            row.taken_back.connect(self.taken_back)
            row.stroke.connect(self.stroke)
            self.rows[name] = row
            (inner if option.advanced else column).addWidget(row)
        column.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.folded)
        self.more = QPushButton()
        self.more.setObjectName("more_options")
        self.more.setFlat(True)
        self.more.setToolTip(tr("level.show_all.tip"))
        self.more.clicked.connect(lambda: level.use(EVERYTHING))
        self.more.hide()
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.open_fold(False)

    def _fold_button(self) -> QToolButton:
        button = QToolButton()
        button.setObjectName("more")
        least(button, height=RESET)  # its icon cannot be painted in no room
        button.setCheckable(True)
        button.setText(tr("inspector.fold"))
        button.setToolTip(tr("inspector.fold.hover"))
        button.setAccessibleName(tr("inspector.fold"))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setStyleSheet(
            "QToolButton, QToolButton:checked { background: transparent; padding: 2px 4px 2px 0; }"
        )
        button.toggled.connect(self.open_fold)
        return button

    def open_fold(self, open: bool) -> None:
        """Show or hide the advanced options."""
        self.fold.setChecked(open)
        self.fold.setIcon(icon("mdi6.chevron-down" if open else "mdi6.chevron-right"))
        self.folded.setVisible(open)

    def show_values(
        self,
        values: Mapping[str, Value],
        mixed: Collection[str] = (),
        idle: Collection[str] = (),
    ) -> None:
        """Show values by option name.

        Those in `mixed` differ among the selected boxes; those in `idle` are hidden, because they
        have no meaning here.
        """
        full = {name: option.default for name, option in self.options.items()} | dict(values)
        hidden = 0
        for name, row in self.rows.items():
            row.show_value(full[name], name in mixed)
            depends = row.option.shown_when
            unsure = depends is not None and depends[0] in mixed
            is_meant = self._first is None or name in self._first
            is_meant = is_meant or name in mixed or full[name] != row.option.default
            has_meaning = name not in idle and (unsure or is_shown(row.option, full))
            row.setVisible(has_meaning and is_meant)
            hidden += has_meaning and not is_meant
        advanced = [row for row in self.rows.values() if row.option.advanced]
        offered = any(not row.isHidden() for row in advanced)
        self.fold.setVisible(offered)
        self.folded.setVisible(offered and self.fold.isChecked())
        self.more.setText(tr("level.more_options", count=hidden))
        self.more.setAccessibleName(self.more.text())
        self.more.setVisible(hidden > 0)

    def simplify(self, first: Collection[str] | None) -> None:
        """Show, from the next values on, only these options and those that were changed."""
        self._first = first

    def offered(self) -> list[str]:
        """The options that have a meaning beside the others, in or out of the fold."""
        return [name for name, row in self.rows.items() if not row.isHidden()]

    def put_below(self, name: str, widget: QWidget) -> None:
        """Put something below an option that is about it."""
        row = self.rows[name]
        column = (self.folded if row.option.advanced else self).layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(column.indexOf(row) + 1, widget)

    def begin_first(self) -> bool:
        """Put the keys into the first editor; whether there is one."""
        names = [name for name in self.offered() if self.rows[name].isEnabled()]
        usual = [name for name in names if not self.options[name].advanced]
        for name in (usual or names)[:1]:
            self.begin(name)
        return bool(names)

    def begin(self, name: str) -> None:
        """Put the keys into the editor of an option."""
        if self.options[name].advanced:
            self.open_fold(True)
        editor = self.rows[name].editor
        target = editor.focusProxy() or editor
        if target.focusPolicy() == Qt.FocusPolicy.NoFocus:
            parts = editor.findChildren(QWidget)
            fields = (p for p in parts if p.focusPolicy() & Qt.FocusPolicy.TabFocus)
            target = next(fields, target)
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if isinstance(editor, NumberEditor | TextEditor):
            editor.selectAll()

    def forget(self) -> None:
        """Forget what was typed and refused: other values are to be shown."""
        for row in self.rows.values():
            row.forget()

    def set_careful(self, careful: bool) -> None:
        """Whether what is typed counts only when a field is left."""
        for row in self.rows.values():
            row.editor.set_careful(careful)
