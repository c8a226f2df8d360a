"""How files are read, as a form made from the recipe's declarations and from what was found."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from engine.data_protocol import ArrayGlimpse, Glimpse, TableGlimpse
from engine.spec.options import Choice, Option, Options, Value, options_of
from engine.spec.recipes import RECIPES
from gui.describe import value_text
from gui.importing.columns import columns_of
from gui.inspector.editors import ChoiceEditor
from gui.inspector.form import OptionForm
from gui.inspector.numbers import WIDTH as NUMBER
from gui.theme import STEP
from gui.words import tr

AUTO = "auto"


class RecipeForm(QWidget):
    """The options of one form of data; "automatic" says what was found."""

    edited = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = QLabel()
        self.heading.setObjectName("heading")
        self.form: OptionForm | None = None
        self._options: Mapping[str, Option] = {}
        self._owner = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(3 * STEP, 3 * STEP, 3 * STEP, 3 * STEP)
        self._column.setSpacing(3 * STEP)
        self._column.addWidget(self.heading)
        self._column.addStretch(1)

    def show_recipe(self, form: str, recipe: Options, glimpse: Glimpse | None) -> None:
        """Show what was asked for, and what became of it."""
        self.heading.setText(tr("import.how"))
        options = _options(form, glimpse)
        if form != self._owner or options != self._options or self.form is None:
            self._build(form, options)
        assert self.form is not None
        found = glimpse.recipe if glimpse is not None else Options()
        values = {**found, **recipe}
        self.form.show_values(
            {k: v for k, v in values.items() if k in self.form.options},
            idle=_idle(form, options, values) | _answered(glimpse),
        )
        for name, row in self.form.rows.items():
            if isinstance(row.editor, ChoiceEditor) and AUTO in row.editor.option.choices:
                text = value_text(name, AUTO)
                if recipe.get(name, AUTO) == AUTO:
                    row.editor.set_value(AUTO)
                    row.reset.hide()
                    if found.get(name, AUTO) != AUTO:
                        text = tr("import.auto", found=value_text(name, found[name]))
                row.editor.setItemText(row.editor.findData(AUTO), text)

    def _build(self, owner: str, options: Mapping[str, Option]) -> None:
        if self.form is not None:
            self._column.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
        self._owner, self._options = owner, options
        # choices stand below their names: "auto" will say what was found, and that is long
        self.form = OptionForm(owner, options, beside=NUMBER)
        self.form.edited.connect(self.edited)
        self.form.reset_wanted.connect(lambda n: self.edited.emit(n, options[n].default))
        self.form.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._column.insertWidget(1, self.form)
        self.form.show()

    def forget(self) -> None:
        """Make the form anew the next time: other words, or other colours."""
        self._owner = ""


def _options(form: str, glimpse: Glimpse | None) -> dict[str, Option]:
    """The declared options; names of sheets and arrays become lists to choose from."""
    if form not in RECIPES:
        return {}
    options = dict(options_of(RECIPES[form]))
    if isinstance(glimpse, TableGlimpse) and len(glimpse.sheets) > 1:
        options["sheet"] = Choice("sheet", glimpse.sheets[0], choices=glimpse.sheets)
    if isinstance(glimpse, ArrayGlimpse):
        names = tuple(name for name, _, _ in glimpse.arrays)
        for option in ("x", "target"):
            usual = str(glimpse.recipe.get(option, ""))
            options[option] = Choice(option, usual, choices=("", *names))
    return options


def _idle(form: str, options: Mapping[str, Option], values: Mapping[str, Value]) -> set[str]:
    """Options without a meaning here: the sheet where there is one, tokens where is no text."""
    if form != "table":
        return set()
    idle = set() if isinstance(options["sheet"], Choice) else {"sheet"}
    has_text = any(c.type == "text" and c.role != "ignored" for c in columns_of(Options(values)))
    return idle if has_text else idle | {"tokens", "vocabulary"}


def _answered(glimpse: Glimpse | None) -> set[str]:
    """Options that a workbook answers itself: how characters and cells are written in it."""
    is_workbook = isinstance(glimpse, TableGlimpse) and bool(glimpse.sheets)
    return {"encoding", "delimiter"} if is_workbook else set()
