"""Data of one's own in the terminal: what is said of them, kept for them and trained on them."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.scripting import chain
from engine.spec.document import Document
from engine.spec.files import Saved, read, write
from engine.spec.options import Value
from engine.spec.sources import source_of
from gui import words
from gui.terminal.own_data import show_data
from gui.terminal.train import train_on


@pytest.fixture
def people(tmp_path: Path) -> Path:
    """A table with gaps, a column that never changes, and three classes."""
    lines = ["age,city,same,mood"]
    for i in range(120):
        age = "" if i % 10 == 0 else str(20 + 7 * i % 53)
        lines.append(
            f"{age},{('Oslo', 'Rome')[i % 7 > 3]},1,{('glad', 'sad', 'calm')[(i * i + i // 5) % 3]}"
        )
    path = tmp_path / "people.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def network(**data: Value) -> Document:
    return chain(
        ("data", data or {"dataset": "iris"}),
        ("dense", {"units": 8, "activation": "tanh"}),
        ("dense", {"units": 7, "activation": "softmax"}),
        ("cross_entropy", {}),
        training={"epochs": 2, "threads": 1},
    )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "net.layerwise"
    write(path, Saved(network()))
    return path


def refusal(capsys: pytest.CaptureFixture[str]) -> str:
    out, err = capsys.readouterr()
    assert out == ""
    (sentence,) = err.splitlines()
    return sentence


def test_a_table_is_told_column_by_column(people: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert show_data(people) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert "people.csv: Table" in out
    assert "UTF-8" in out
    assert "120 samples" in out
    age = next(line for line in out.splitlines() if "age" in line)
    assert "number" in age
    assert "input" in age
    assert "12" in age
    mood = next(line for line in out.splitlines() if "mood" in line)
    assert "target" in mood
    assert "calm" in mood


def test_what_is_wrong_is_told_with_what_helps(
    people: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    show_data(people)
    out = capsys.readouterr().out
    assert "Always the same value: same" in out
    assert "→ Leave out same" in out


def test_it_is_told_in_chinese(people: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words.set_language("zh_CN")
    try:
        show_data(people)
    finally:
        words.set_language("en")
    out = capsys.readouterr().out
    assert "people.csv：表格" in out
    assert "取值始终不变的列：same" in out


def test_another_column_can_be_the_target(people: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert show_data(people, target="age") == 0
    assert "values to predict: age" in capsys.readouterr().out


def test_a_column_that_is_not_there_is_refused(
    people: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert show_data(people, target="height") == 2
    assert "height" in (sentence := refusal(capsys))
    assert "age, city, same, mood" in sentence


def test_files_that_are_no_data_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"\x00\x01\x02")
    assert show_data(path) == 2
    assert "a.bin" in refusal(capsys)


def test_a_network_for_the_data_is_kept_and_can_be_trained(
    people: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from gui.terminal.train import train_file

    out = tmp_path / "kept.layerwise"
    assert show_data(people, save=out) == 0
    assert "kept.layerwise" in capsys.readouterr().out
    assert train_file(out, epochs=1, threads=1) == 0
    assert "84 training" in capsys.readouterr().out


def test_a_drawing_is_trained_on_own_data_and_its_end_fitted(
    people: Path, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "trained.layerwise"
    assert train_on(file, people, "mood", options={"epochs": 1}, save=out) == 0
    told = capsys.readouterr().out
    assert "Set Units" in told
    assert "epoch 1/1" in told
    document = read(out).document
    assert document.network.node("dense_2").options["units"] == 3
    origin = document.network.node("data_1").options["origin"]
    assert source_of(origin).facts.class_names == ("calm", "glad", "sad")  # type: ignore[arg-type]
    assert read(out).weights is not None


def test_a_drawing_that_more_must_be_changed_of_is_refused(
    people: Path, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert train_on(file, people, "age") == 2  # a number for a loss of classes
    (sentence,) = capsys.readouterr().err.splitlines()
    assert "Traceback" not in sentence


def test_own_data_that_are_no_use_are_refused(
    tmp_path: Path, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "empty.csv"
    path.write_text("")
    assert train_on(file, path) == 2
    assert "empty.csv" in refusal(capsys)


def test_without_a_data_box_there_is_no_place_for_data(
    people: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bare.layerwise"
    write(path, Saved(Document()))
    assert train_on(path, people) == 2
    assert "no data box" in refusal(capsys)


def test_of_hundreds_of_columns_the_first_and_the_odd_ones_are_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = [f"s{i}" for i in range(100)]
    rows = [[*(f"{i * j % 17 / 4}" for j in range(100)), "ab"[i % 2]] for i in range(40)]
    rows[3][70] = ""
    lines = [",".join([*names, "kind"]), *(",".join(row) for row in rows)]
    (tmp_path / "wide.csv").write_text("\n".join(lines), "utf-8")
    assert show_data(tmp_path / "wide.csv") == 0
    out = capsys.readouterr().out
    assert "s39 " in out and "s70 " in out and "kind" in out
    assert "s40 " not in out and "and 59 more inputs" in out
