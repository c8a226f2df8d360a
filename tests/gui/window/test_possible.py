"""What can be done is worked out anew when that may have changed, and not with every message."""

from __future__ import annotations

import pytest

from engine.spec.document import Document
from gui.window.main_window import MainWindow
from tests.gui.networks import chain
from tests.gui.other_end import OtherEnd, change_network, start


class Counter:
    """Stands before a method and counts its calls."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, owner: object, name: str) -> None:
        self.times, self._call = 0, getattr(owner, name)
        monkeypatch.setattr(owner, name, self)

    def __call__(self) -> object:
        self.times += 1
        return self._call()


def test_messages_of_a_run_that_goes_on_cost_little(
    window: MainWindow, engine: OtherEnd, monkeypatch: pytest.MonkeyPatch
) -> None:
    start(window.run, engine)
    refreshed = Counter(monkeypatch, window.possible, "refresh")
    for batch in range(1, 20):
        engine.train(window.run, 0, batch)
    assert refreshed.times == 0
    assert window.actions_table["pause"].isEnabled()
    engine.pause(window.run)
    assert refreshed.times > 0 and not window.actions_table["pause"].isEnabled()


def test_another_document_is_looked_at(window: MainWindow, engine: OtherEnd) -> None:
    window.store.open(chain())
    assert window.actions_table["play"].isEnabled()
    change_network(window.run)
    assert window.actions_table["undo"].isEnabled()
    window.store.open(Document())
    assert not window.actions_table["play"].isEnabled()


def test_a_closed_window_keeps_no_moments(window: MainWindow, engine: OtherEnd) -> None:
    start(window.run, engine)
    engine.send_state(window.run, b"0", 0)
    engine.pause(window.run)
    assert window.run.moments.all
    window.close_without_asking()
    assert not window.run.moments.all
