"""The entry in the desktop's menu: real paths, quoted, where the desktop looks for it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from gui.setup.launcher import install_launcher, launcher_text, quoted
from gui.setup.requirements import ROOT


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a matter of Linux desktops")
def test_launcher_is_written_with_the_real_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert install_launcher() == 0
    entry = tmp_path / "applications" / "layerwise.desktop"
    assert str(ROOT / "main.py") in entry.read_text("utf-8")
    assert (tmp_path / "mime" / "packages" / "layerwise.xml").exists()
    assert str(entry) in capsys.readouterr().out
    validate = shutil.which("desktop-file-validate")
    if validate:
        done = subprocess.run([validate, str(entry)], capture_output=True, text=True, check=False)
        assert done.stdout == ""


def test_no_placeholder_stays() -> None:
    assert "@" not in launcher_text().replace(str(ROOT), "").replace(sys.executable, "")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("/opt/my apps/python", '"/opt/my apps/python"'),
        ("/opt/100%/a", '"/opt/100%%/a"'),
        ('/a"b', '"/a\\\\"b"'),
        ("/a$b", '"/a\\\\$b"'),
    ],
)
def test_quoted_follows_the_rules_of_desktop_entries(path: str, value: str) -> None:
    assert quoted(path) == value
