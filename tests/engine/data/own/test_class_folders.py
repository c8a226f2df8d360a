"""Files are sorted by the folders they lie in, in an order of their own."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from engine.data.own.class_folders import Sorted, by_class, prevailing
from engine.data.own.files import Files
from tests.engine.data.own.media import complaints_of, put, refused


def found(names: Iterable[str], folders: Iterable[str] = ()) -> Sorted:
    def read(name: str, most: int) -> bytes:
        raise OSError(name)

    return by_class(Files(dict.fromkeys(names, 1), frozenset(folders), read), "pictures")


def test_classes_are_in_natural_order_and_files_by_name() -> None:
    names = [f"{c}/{i}.png" for c in ("10", "9", "1") for i in (10, 2)]
    result = found(names)
    assert result.class_names == ("1", "9", "10")
    assert result.names == ("1/2.png", "1/10.png", "9/2.png", "9/10.png", "10/2.png", "10/10.png")
    assert result == found(reversed(names))
    assert result.counts == (2, 2, 2) and result.test == 0


def test_a_folder_around_and_folders_inside_do_not_matter() -> None:
    result = found(["data/cats/a.png", "data/cats/more/b.JPG", "data/dogs/c.png"])
    assert result.class_names == ("cats", "dogs") and result.labels == (0, 0, 1)


@pytest.mark.parametrize(
    ("training", "test"), [("train", "test"), ("Training", "Testing"), ("train", "val")]
)
def test_what_is_kept_for_the_test_comes_last(training: str, test: str) -> None:
    result = found(
        [f"{test}/a/0.png", f"{training}/b/1.png", f"{training}/a/2.png", f"{test}/b/3.png"]
    )
    assert [name[-5] for name in result.names] == ["2", "1", "0", "3"]
    assert result.labels == (0, 1, 0, 1) and result.test == 2


def test_beside_a_test_the_validation_is_for_learning() -> None:
    names = [f"{part}/{c}/0.png" for part in ("train", "val", "test") for c in "ab"]
    assert found(names).test == 2


def test_a_class_may_be_called_train() -> None:
    assert found(["train/0.png", "plane/0.png"]).class_names == ("plane", "train")


def test_one_spelling_of_a_name_is_one_class() -> None:
    result = found(["caf\u00e9/0.png", "cafe\u0301/1.png", "bar/2.png"])
    assert result.class_names == ("bar", "caf\u00e9") and result.counts == (1, 2)


def test_what_was_left_out_is_told() -> None:
    result = found(["a/0.png", "b/1.png", "c.png", "b/notes.txt"], ["a", "b", "none"])
    assert [c.code for c in result.complaints] == ["without_class", "empty_folders"]
    assert result.complaints[0].numbers == {"count": 1}
    assert result.complaints[1].numbers == {"count": 1, "names": "none"}


def test_files_side_by_side_and_a_single_class_are_refused() -> None:
    side_by_side = refused(lambda: found(["0.png", "1.png"]))
    assert (side_by_side.code, side_by_side.numbers) == ("no_class_folders", {"count": 2})
    assert refused(lambda: found(["cats/0.png", "cats/1.png"])).code == "only_class"


def test_formats_that_are_not_read_are_named(tmp_path: Path) -> None:
    photographs = refused(lambda: found(["cats/0.HEIC", "dogs/1.heic"]))
    assert photographs.code == "foreign_pictures" and photographs.numbers["count"] == 2
    music = Files({"a/0.mp3": 1, "b/1.mp3": 1}, frozenset(), lambda name, most: b"")
    assert refused(lambda: by_class(music, "sounds")).code == "foreign_sounds"
    mixed = found(["a/0.png", "b/1.png", "b/2.heic"])
    assert mixed.counts == (1, 1)
    assert [c.code for c in complaints_of(mixed)] == ["foreign_pictures"]
    put(tmp_path / "a/0.heic", b"")
    assert prevailing(tmp_path) == "pictures"


def test_without_broken_files_classes_are_numbered_anew() -> None:
    result = found(["train/a/0.png", "train/b/1.png", "train/c/2.png", "test/c/3.png"])
    left = result.without([0, 3])
    assert left.class_names == ("b", "c") and left.labels == (0, 1) and left.test == 0
    assert refused(lambda: result.without([0, 1])).code == "only_class"


@pytest.mark.parametrize(("classes", "files", "count"), [(2, 100, 24), (50, 3, 24), (5, 2, 24)])
def test_a_few_are_spread_over_classes(classes: int, files: int, count: int) -> None:
    result = found([f"{c}/{i}.png" for c in range(classes) for i in range(files)])
    rows = result.spread(count)
    assert len(rows) == min(count, classes * files) == len(set(rows))
    assert len({result.labels[row] for row in rows}) == min(count, classes)


def test_what_prevails_decides(tmp_path: Path) -> None:
    assert prevailing(tmp_path) == ""
    put(tmp_path / "a/1.wav", b"")
    put(tmp_path / "a/2.wav", b"")
    put(tmp_path / "cover.jpg", b"")
    assert prevailing(tmp_path) == "sounds"
    assert prevailing(tmp_path / "cover.jpg") == "pictures"
    assert prevailing(put(tmp_path / "data.csv", b"")) == ""
