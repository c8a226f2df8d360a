"""Files opened and saved by real clicks; whatever goes wrong, nothing is lost."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from engine import protocol
from engine.spec.codec import to_json
from engine.spec.document import Document
from engine.spec.files import Saved, read, write
from engine.spec.history import History
from gui import words
from gui.past import past_of
from tests.gui.networks import chain
from tests.gui.other_end import change_network, complete, start
from tests.gui.window.desk import Desk
from tests.gui.window.dialogs import Answers, click, name_file, press_escape


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(qtbot, tmp_path)
    yield desk
    desk.run.client.stop()


def trained() -> Saved:
    history = History(2, {"loss": [1.0, 2.0]}, [{"loss": 1.0}], protocol.COMPLETED)
    return Saved(chain(), b"weights", history.to_json())


# opening


def test_a_file_is_shown_with_its_weights(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "手写 😀.layerwise"
    write(path, trained())
    assert desk.filing.open(path)
    assert desk.store.document == chain()
    assert (desk.filing.path, desk.filing.name) == (path, "手写 😀")
    assert desk.run.saved().weights == b"weights"
    assert not desk.filing.is_modified
    assert desk.settings.recent() == [path]


def test_a_completed_run_is_opened_unmodified(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "done.layerwise"
    write(path, trained())
    desk.filing.open(path)
    desk.engine.prepare(desk.run, epoch=1)
    desk.engine.send_state(desk.run, b"weights", 1)
    desk.engine.finish(desk.run)
    assert not desk.filing.is_modified


def test_an_example_is_opened_as_an_untitled_document(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "example.json"
    path.write_text(to_json(chain()), "utf-8")
    assert desk.filing.open(path)
    assert desk.filing.path is None
    assert desk.filing.name == "Untitled"


def test_an_ending_in_capitals_is_an_ending(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "NET.LAYERWISE"
    write(path, Saved(chain()))
    desk.filing.open(path)
    assert desk.filing.path == path


def test_a_file_named_from_here_is_known_by_its_whole_path(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "net.layerwise", Saved(chain()))
    monkeypatch.chdir(tmp_path)
    desk.filing.open(Path("net.layerwise"))
    assert desk.filing.path == tmp_path / "net.layerwise"


def zipped(**parts: str) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        with zipfile.ZipFile(path, "w") as archive:
            for name, text in parts.items():
                archive.writestr(name.replace("_", "."), text)

    return make


def cut_short(path: Path) -> None:
    write(path, trained())
    path.write_bytes(path.read_bytes()[:-40])


def bits_fallen(path: Path) -> None:
    write(path, Saved(chain(), bytes(range(256)) * 99, {}))
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)


WHOLE = json.loads(to_json(chain()))
BROKEN: dict[str, Callable[[Path], object]] = {
    "missing": lambda path: None,
    "folder": Path.mkdir,
    "empty": Path.touch,
    "text": lambda path: path.write_text("hello", "utf-8"),
    "no utf-8": lambda path: path.write_bytes(b"{\xff\xfe"),
    "half json": lambda path: path.write_text('{"format": ', "utf-8"),
    "deep json": lambda path: path.write_text('{"format": ' + "[" * 100_000, "utf-8"),
    "list": lambda path: path.write_text("[1, 2]", "utf-8"),
    "other json": lambda path: path.write_text('{"a": 1}', "utf-8"),
    "newer": lambda path: path.write_text(json.dumps(WHOLE | {"version": 99}), "utf-8"),
    "no nodes": lambda path: path.write_text(json.dumps(WHOLE | {"nodes": 3}), "utf-8"),
    "lost edge": lambda path: path.write_text(
        json.dumps(WHOLE | {"edges": [["a.x", "b.x"]]}), "utf-8"
    ),
    "odd training": lambda path: path.write_text(
        json.dumps(WHOLE | {"training": {"epochs": -1}}), "utf-8"
    ),
    "cut short": cut_short,
    "bits fallen": bits_fallen,
    "other zip": zipped(readme_txt="hello"),
    "broken document": zipped(document_json="{"),
    "broken history": zipped(
        document_json=to_json(chain()), weights_safetensors="x", history_json="[]"
    ),
    "odd history": zipped(
        document_json=to_json(chain()),
        weights_safetensors="x",
        history_json='{"steps": {"loss": ["a"]}}',
    ),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_file_has_a_sentence_and_leaves_everything_as_it_was(
    desk: Desk, tmp_path: Path, kind: str
) -> None:
    path = tmp_path / "broken [b] {0}.layerwise"
    BROKEN[kind](path)
    change_network(desk.run)
    before = desk.store.document
    assert not desk.filing.open(path)
    english = desk.said()
    words.set_language("zh_CN")
    chinese = desk.said()
    assert path.name in english
    assert path.name in chinese
    assert english != chinese
    assert desk.store.document is before
    assert desk.filing.path is None
    assert desk.filing.is_modified
    assert desk.store.undo_stack.canUndo()
    assert desk.settings.recent() == []


# saving


def test_a_document_is_saved_under_a_chosen_name(desk: Desk, tmp_path: Path) -> None:
    change_network(desk.run)
    answers = Answers(name_file(tmp_path / "网络 😀"))
    desk.filing.save()
    answers.end()
    path = tmp_path / "网络 😀.layerwise"
    assert desk.filing.path == path
    assert read(path) == Saved(desk.store.document, past=past_of(desk.store))
    assert not desk.filing.is_modified
    assert desk.settings.recent() == [path]


def test_a_point_in_a_name_stays(desk: Desk, tmp_path: Path) -> None:
    answers = Answers(name_file(tmp_path / "digits 99.5"))
    desk.filing.save_as()
    answers.end()
    assert desk.filing.path == tmp_path / "digits 99.5.layerwise"


@pytest.mark.parametrize(("answer", "is_kept"), [("Cancel", True), ("Replace", False)])
def test_no_other_file_is_replaced_by_the_added_ending(
    desk: Desk, tmp_path: Path, answer: str, is_kept: bool
) -> None:
    path = tmp_path / "net.layerwise"
    path.write_text("precious")
    answers = Answers(name_file(tmp_path / "net"), click(answer))
    desk.filing.save_as()
    answers.end()
    assert "net.layerwise" in answers.seen[1]
    assert (path.read_bytes() == b"precious") == is_kept
    assert (desk.filing.path is None) == is_kept


def test_a_name_not_chosen_saves_nothing(desk: Desk, tmp_path: Path) -> None:
    change_network(desk.run)
    answers = Answers(press_escape)
    desk.filing.save()
    answers.end()
    assert desk.filing.is_modified
    assert desk.filing.path is None


def in_no_folder(folder: Path) -> Path:
    return folder / "gone" / "net.layerwise"


def below_a_file(folder: Path) -> Path:
    (folder / "file").touch()
    return folder / "file" / "net.layerwise"


def onto_a_folder(folder: Path) -> Path:
    (folder / "net.layerwise" / "inside").mkdir(parents=True)
    return folder / "net.layerwise"


def too_long(folder: Path) -> Path:
    return folder / ("x" * 300 + ".layerwise")


@pytest.mark.parametrize("place", [in_no_folder, below_a_file, onto_a_folder, too_long])
def test_what_cannot_be_saved_has_a_sentence_and_stays_unsaved(
    desk: Desk, tmp_path: Path, place: Callable[[Path], Path]
) -> None:
    change_network(desk.run)
    desk.filing.path = place(tmp_path)
    followed: list[bool] = []
    desk.filing.save(lambda: followed.append(True))
    english = desk.said()
    words.set_language("zh_CN")
    assert desk.filing.path.name in english
    assert english != desk.said()
    assert desk.filing.is_modified
    assert followed == []


def test_steps_can_be_undone_after_reopening(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "net.layerwise"
    start = desk.store.document
    change_network(desk.run)
    changed, name = desk.store.document, desk.store.undo_name
    desk.filing.path = path
    desk.filing.save()
    desk.filing.new()
    assert not desk.store.undo_stack.canUndo()
    assert desk.filing.open(path)
    assert desk.store.document == changed and desk.store.undo_name == name
    assert not desk.filing.is_modified
    desk.store.undo_stack.undo()
    assert desk.store.document == start and desk.filing.is_modified
    desk.store.undo_stack.redo()
    assert not desk.filing.is_modified


def test_the_old_file_stays_if_the_new_one_cannot_be_written(
    desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "net.layerwise"
    write(path, trained())
    desk.filing.open(path)
    change_network(desk.run)
    desk.filing.path = tmp_path / "gone" / "net.layerwise"
    desk.filing.save()
    assert desk.said()
    assert read(path) == trained()
    desk.filing.path = path
    desk.filing.save()
    assert read(path) == Saved(desk.store.document, past=past_of(desk.store))


# saving what is being trained


def test_a_running_network_is_saved_with_its_present_weights(desk: Desk, tmp_path: Path) -> None:
    desk.filing.path = path = tmp_path / "net.layerwise"
    start(desk.run, desk.engine)
    desk.engine.train(desk.run, 0, 1)
    assert desk.filing.is_modified
    desk.filing.save()
    assert not path.exists()
    desk.engine.send_state(desk.run, b"present", 0, asked=True)
    assert read(path).weights == b"present"
    assert not desk.filing.is_modified
    desk.engine.train(desk.run, 0, 2)
    assert desk.filing.is_modified


def test_an_engine_that_dies_while_saving_costs_only_its_newest_weights(
    desk: Desk, tmp_path: Path
) -> None:
    desk.filing.path = path = tmp_path / "net.layerwise"
    start(desk.run, desk.engine)
    desk.engine.end_epoch(desk.run, 0)
    desk.engine.send_state(desk.run, b"after epoch 1", 1)
    desk.engine.train(desk.run, 1, 1)
    desk.filing.save()
    desk.engine.die()
    assert read(path).weights == b"after epoch 1"


def test_another_document_opened_meanwhile_is_not_written_into_the_file(
    desk: Desk, tmp_path: Path
) -> None:
    desk.filing.path = path = tmp_path / "net.layerwise"
    start(desk.run, desk.engine)
    desk.engine.end_epoch(desk.run, 0)
    desk.engine.send_state(desk.run, b"after epoch 1", 1)
    desk.engine.train(desk.run, 1, 1)
    drawn = desk.store.document
    desk.filing.save()
    answers = Answers(click("Discard"))
    desk.filing.new()
    answers.end()
    assert read(path).document == drawn
    assert read(path).weights == b"after epoch 1"
    assert desk.store.document == Document()
    assert desk.filing.path is None


def test_weights_that_came_too_late_count_as_unsaved(
    desk: Desk, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.window.filing.STATE_MS", 10)
    desk.filing.path = path = tmp_path / "net.layerwise"
    start(desk.run, desk.engine)
    desk.engine.train(desk.run, 0, 1)
    desk.filing.save()
    qtbot.waitUntil(path.is_file)
    assert desk.filing.is_modified


def test_weights_reset_are_not_worth_a_question(desk: Desk) -> None:
    complete(desk.run, desk.engine)
    desk.store.undo_stack.setClean()
    assert desk.filing.is_modified
    desk.run.reset()
    assert not desk.filing.is_modified
