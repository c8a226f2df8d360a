"""What holds for every test: no network, no settings of the person's own, English, no display."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import hypothesis
import platformdirs
import pytest

from gui import words

os.environ["LAYERWISE_WAYS"] = "first"  # no test hangs on a measured time; see runtime.choice

if sys.platform.startswith("linux") and not (
    os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything imports Qt

# Examples follow from the test alone and no example is timed: a busy machine fails no test.
hypothesis.settings.register_profile("layerwise", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("layerwise")


@pytest.fixture(scope="session", autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home for settings and data, so that tests neither see nor touch the person's own.

    The cache folder stays the real one: it holds the compiled kernels, which take long to make.
    """
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("CONFIG", "DATA", "STATE"):
            patch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
        patch.setenv("LAYERWISE_DATA_CACHE", str(home / "data sets"))
        for name in ("config", "data", "state"):  # other systems do not look at variables
            folder = home / name / "layerwise"
            patch.setattr(platformdirs, f"user_{name}_path", lambda *_, f=folder, **__: f)
            patch.setattr(platformdirs, f"user_{name}_dir", lambda *_, f=folder, **__: str(f))
        yield home


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection to another machine; pipes between processes are left alone."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def refuse(address: object) -> NoReturn:
        raise AssertionError(f"a test tried to reach the network: {address!r}")

    def guarded(self: socket.socket, address: Any) -> None:  # Any: depends on the family
        if self.family in (socket.AF_INET, socket.AF_INET6):
            refuse(address)
        connect(self, address)

    def guarded_ex(self: socket.socket, address: Any) -> int:  # Any: depends on the family
        if self.family in (socket.AF_INET, socket.AF_INET6):
            refuse(address)
        return connect_ex(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
    monkeypatch.setattr(socket.socket, "connect_ex", guarded_ex)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Each test begins in English, whatever the one before it did."""
    if words.language() != "en":
        words.set_language("en")
    yield
    if words.language() != "en":
        words.set_language("en")
