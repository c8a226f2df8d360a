"""A window as a screen reader meets it: found by role and name, used by actions and texts alone."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication, QWidget

Role, Text = QAccessible.Role, QAccessible.Text


class Reader:
    """Knows nothing of the program but the accessible tree of its top windows."""

    def __init__(self, window: QWidget) -> None:
        self.window = window

    def tree(self, root: QAccessibleInterface | None = None) -> Iterator[QAccessibleInterface]:
        """All that is visible, with the dialogs that are open over the window."""
        if root is None:
            for top in QApplication.topLevelWidgets():
                if top.isVisible():
                    yield from self.tree(QAccessible.queryAccessibleInterface(top))
            return
        if not root.isValid() or root.state().invisible:
            return
        yield root
        for place in range(root.childCount()):
            child = root.child(place)
            if child is not None:
                yield from self.tree(child)

    def all(self, role: QAccessible.Role, name: str = "") -> list[QAccessibleInterface]:
        """Everything of a role, and with a name if one is given."""
        return [
            each
            for each in self.tree()
            if each.role() == role and name in ("", each.text(Text.Name))
        ]

    def find(self, role: QAccessible.Role, name: str) -> QAccessibleInterface:
        """The one thing of a role with a name."""
        for each in self.tree():
            if each.role() == role and each.text(Text.Name) == name:
                return each
        names = sorted({each.text(Text.Name) for each in self.all(role)})
        raise AssertionError(f"no {role.name} called {name!r}, but {names}")

    def press(self, role: QAccessible.Role, name: str) -> None:
        """Do what pressing it does."""
        found = self.find(role, name)
        assert not found.state().disabled, f"{name} is grey"
        actions = found.actionInterface()
        assert actions is not None and actions.actionNames(), f"{name} has no action"
        wanted = (
            ("Toggle", *actions.actionNames()) if role == Role.CheckBox else ("Press", "Toggle")
        )
        actions.doAction(next(each for each in wanted if each in actions.actionNames()))
        QApplication.processEvents()

    def write(self, name: str, text: str) -> None:
        """Put a text into the field of that name."""
        self.find(Role.EditableText, name).setText(Text.Value, text)
        QApplication.processEvents()

    def row(self, table: str, name: str) -> list[QAccessibleInterface]:
        """The cells of the row that begins with a name, in a table or tree."""
        found = self.find(Role.Tree, table)
        cells = [found.child(place) for place in range(found.childCount())]
        parts = [cell for cell in cells if cell is not None and cell.role() == Role.TreeItem]
        for place, cell in enumerate(parts):
            if cell.text(Text.Name) == name:
                return parts[place:]
        raise AssertionError(f"{table} has no {name!r}: {[p.text(Text.Name) for p in parts]}")

    def value(self, cell: QAccessibleInterface) -> str:
        """What a cell says."""
        return str(cell.text(Text.Name))
