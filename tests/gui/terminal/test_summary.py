"""`summary`: the table of a document in both languages, as text and as CSV."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from engine.spec.document import Document
from engine.spec.files import Saved, write
from gui import words
from gui.terminal.summary import COLUMNS, summarise_file
from gui.words import LANGUAGES, tr

WELCOME = Path(__file__).resolve().parents[3] / "resources" / "examples" / "welcome.json"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_welcome_network_is_described(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    words.set_language(language)
    assert summarise_file(WELCOME) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert "3·3·32·64 + 64 = 18,496" in out
    assert tr("summary.total_parameters", count="121,930") in out
    assert "11×11×64" in out
    assert "MiB" in out


def test_a_spreadsheet_can_read_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert summarise_file(WELCOME, as_csv=True) == 0
    head, *rows = csv.reader(capsys.readouterr().out.splitlines())
    assert head == [tr(f"summary.{name}") for name in COLUMNS]
    assert all(len(row) == len(COLUMNS) for row in rows)
    assert sum(int(row[2].replace(",", "")) for row in rows) == 121_930


def test_what_cannot_be_described_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty, broken = tmp_path / "empty.layerwise", tmp_path / "broken.layerwise"
    write(empty, Saved(Document()))
    broken.write_text("no network")
    for path in (empty, broken):
        assert summarise_file(path) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert len(err.splitlines()) == 1
        assert "Traceback" not in err
