"""The line at the bottom: engine, threads, speed, epoch, progress and time left, parameters."""

from __future__ import annotations

import time

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QProgressBar, QStatusBar, QWidget

from engine.layers.costs import costs, total
from gui import cost_words, formats
from gui.run import EMPTY, FAILED, FINISHED, PAUSED, RUNNING, Run
from gui.sizes import fixed
from gui.store import DocumentStore
from gui.words import on_language_change, tr


class StatusLine(QStatusBar):
    """Shows what the run and the engine are doing, in words."""

    def __init__(self, store: DocumentStore, run: Run, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.store, self.run = store, run
        self.setSizeGripEnabled(False)
        self.setContentsMargins(8, 0, 8, 0)
        self.engine, self.speed, self.place, self.left, self.total = (QLabel() for _ in range(5))
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        fixed(self.bar, 160)
        for widget in (self.engine, self.speed, self.place, self.bar, self.left):
            self.addWidget(widget)
        self.addPermanentWidget(self.total)
        for label in (self.engine, self.speed, self.place, self.left, self.total):
            label.setContentsMargins(8, 0, 8, 0)
            label.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        self._since = (time.monotonic(), 0.0)  # when this stretch of training began, and where
        self._was_running = False
        self.others = 0  # documents beside this one that train now
        run.status_changed.connect(self.update_words)
        store.changed.connect(self.update_words)
        forget = on_language_change(self.update_words)
        self.destroyed.connect(lambda: forget())
        self.update_words()

    def update_words(self) -> None:
        """Say everything anew."""
        run = self.run
        self.engine.setText(self._engine_words())
        self.engine.setToolTip(tr("status.engine.tip"))
        running = run.status == RUNNING
        if running and not self._was_running:
            self._since = (time.monotonic(), self._done())
        self._was_running = running
        rate = formats.short(run.samples_per_second)
        self.speed.setText(tr("status.speed", rate=rate) if running and rate != "0" else "")
        self.speed.setToolTip(tr("status.speed.tip"))
        self._show_progress()
        document = self.store.document
        all = total(costs(document, self.store.analysis))
        self.total.setText(cost_words.total(all))
        self.total.setToolTip(cost_words.total_tip(all, document.training.batch_size))
        for label in (self.engine, self.speed, self.place, self.left, self.total):
            label.setAccessibleDescription(label.toolTip())  # its name is what it says
        self.bar.setAccessibleName(self.bar.toolTip())

    def tell_others(self, count: int) -> None:
        """Say with how many other documents the processor is shared."""
        if count != self.others:
            self.others = count
            self.update_words()

    def _engine_words(self) -> str:
        run = self.run
        if run.engine_state == "compiling":
            done, total = run.compiled
            return tr("status.compiling", done=done, total=total)
        if run.engine_state == "reading":
            done, total = run.loaded
            return tr("status.reading", share=formats.percent(done / total))
        if run.engine_state in ("starting", "gone"):
            return tr(f"status.{run.engine_state}")
        if run.status == EMPTY and self.store.analysis.errors:
            return tr("status.not_ready")
        if run.engine_state == "waiting":
            return tr("status.waiting")
        words = tr(f"status.run.{run.status}")
        if run.prepared is not None and run.status in (RUNNING, PAUSED, FINISHED):
            key = "status.thread" if run.prepared.threads == 1 else "status.threads"
            device = run.prepared.device.upper()
            words += " · " + tr(key, device=device, count=run.prepared.threads)
        if run.status == RUNNING and self.others:
            words += " · " + tr("status.shared", count=self.others)
        return words

    def _show_progress(self) -> None:
        run = self.run
        if run.engine_state == "compiling":
            self.bar.show()
            self.bar.setRange(0, run.compiled[1])
            self.bar.setValue(run.compiled[0])
        elif run.engine_state == "reading":
            done, total = run.loaded
            self.bar.show()
            self.bar.setRange(0, 1000)  # bytes are more than a bar can count
            self.bar.setValue(1000 * done // total)
        elif run.prepared is None or run.status in (EMPTY, FAILED):
            self.bar.hide()
        else:
            self.bar.show()
            self.bar.setRange(0, 1000)
            self.bar.setValue(round(1000 * min(self._done() / self._epochs(), 1.0)))
        shown = run.prepared is not None and run.status != EMPTY
        is_between = run.status == FINISHED and run.batch == 0
        epoch = min(run.epoch + (0 if is_between else 1), self._epochs())
        epochs, batch, batches = self._epochs(), run.batch, run.history.batches
        words = tr("status.epoch", epoch=epoch, epochs=epochs)
        if not is_between:
            words += " · " + tr("status.batch", batch=batch, batches=batches)
        self.place.setText(words if shown else "")
        self.place.setToolTip(tr("status.epoch.tip"))
        self.bar.setToolTip(tr("status.progress.tip"))
        self.left.setText(self._time_left())
        self.left.setToolTip(tr("status.left.tip"))

    def _epochs(self) -> int:
        return max(self.store.document.training.epochs, 1)

    def _done(self) -> float:
        """Epochs done, with their fraction."""
        return self.run.epoch + self.run.batch / max(self.run.history.batches, 1)

    def _time_left(self) -> str:
        if self.run.status != RUNNING:
            return ""
        since, begun = self._since
        passed, done = time.monotonic() - since, self._done() - begun
        if passed < 0.3 or done <= 0:
            return ""
        left = passed / done * (self._epochs() - self._done())
        return tr("status.left", time=formats.duration(left))
