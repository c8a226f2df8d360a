"""The bundled examples, by topic, and their menu."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from gui.window.filing import EXAMPLES, Filing
from gui.words import tr

# in the order in which a class may go through them
TOPICS = {
    "first_steps": (
        "iris",
        "circles_binary",
        "spiral",
        "checkerboard",
        "wave",
        "least_squares",
        "back_propagation",
    ),
    "tables": (
        "wine",
        "breast_cancer",
        "garden",
    ),
    "pictures": (
        "welcome",
        "digits_mlp",
        "few_digits",
        "few_digits_augmented",
        "batch_norm",
        "residual",
        "inception",
        "autoencoder",
        "printed_letters",
        "hanzi",
        "coloured_shapes",
    ),
    "sequences": (
        "article_rnn",
        "digit_rows",
        "adding_rnn",
        "adding_lstm",
        "adding_gru",
        "copy_memory",
        "parity",
        "both_directions",
        "forecast",
        "sunspots",
    ),
    "language": (
        "alice",
        "lunyu",
        "names",
        "moods_en",
        "moods_zh",
        "sentences",
        "transformer",
    ),
    "practice": (
        "loss_cross_entropy",
        "loss_squared_error",
        "over_fitting",
        "against_more_data",
        "against_augmentation",
        "against_fewer_units",
        "against_dropout",
        "against_l1",
        "against_l2",
        "against_early_stopping",
    ),
}


def list_examples(menu: QMenu, filing: Filing) -> None:
    """Fill the menu anew, in the language of the moment: a submenu for each topic."""
    menu.clear()
    for topic, names in TOPICS.items():
        below = menu.addMenu(tr(f"menu.examples.{topic}"))
        below.setToolTipsVisible(True)
        for name in names:
            action = QAction(tr(f"example.{name}.name"), below)
            action.setToolTip(tr(f"example.{name}.line"))
            action.triggered.connect(partial(filing.open_example, EXAMPLES / f"{name}.json"))
            below.addAction(action)
