"""`--checkpoints FOLDER`: a file after every epoch, and one with the best so far."""

from __future__ import annotations

import math
from pathlib import Path

from engine.runtime.trainer import Trainer
from engine.spec.files import Saved, write
from engine.spec.history import History
from gui.file_words import write_error

BEST = "best.layerwise"


def folder_obstacle(folder: Path) -> str:
    """Why nothing can be kept there, found before hours of training are lost; empty if it can."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        trial = folder / ".trial"
        trial.touch()
        trial.unlink()
    except OSError as error:
        return write_error(folder, error)
    return ""


class Checkpoints:
    """Writes into one folder: epoch-0001.layerwise and so on, and the best by validation loss."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.least = math.inf

    def keep(self, trainer: Trainer, history: History) -> None:
        """Write down the epoch that has just ended; each file can be opened and gone on with."""
        losses = [record["validation_loss"] for record in history.epochs]
        saved = Saved(trainer.model.document, trainer.state(), history.to_json())
        write(self.folder / f"epoch-{trainer.position.epoch:04}.layerwise", saved)
        if losses[-1] < min([self.least, *losses[:-1]]):
            self.least = losses[-1]
            write(self.folder / BEST, saved)
