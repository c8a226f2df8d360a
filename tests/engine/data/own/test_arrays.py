"""Arrays of NumPy become samples by their names and axes; objects and lies are refused."""

from __future__ import annotations

import io
import struct
import zipfile
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.data.own import arrays, forms
from engine.data.own.forms import Take
from engine.data.own.refusal import Refusal, silent
from engine.data.preparing import prepare
from engine.data_protocol import ArrayGlimpse
from engine.layers.data import Data
from engine.spec.options import NO_OPTIONS, Options
from tests.engine.data.own.media import complaints_of, put, refused

RNG = np.random.default_rng(0)
ROWS = RNG.normal(size=(20, 3))
LABELS = np.arange(20) % 3 * 10 - 5  # -5, 5, 15


def npz(path: Path, **given: np.ndarray) -> Path:
    np.savez_compressed(path, **given)  # type: ignore[arg-type]
    return path


def npy(array: np.ndarray) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, array)
    return buffer.getvalue()


def taken(path: Path, **recipe: object) -> Take:
    return arrays.take(path, Options(recipe), silent)  # type: ignore[arg-type]


def codes(read: Take) -> list[str]:
    return [complaint.code for complaint in complaints_of(read)]


def test_samples_and_labels_are_found_by_their_names(tmp_path: Path) -> None:
    for x, y in (("x", "y"), ("X", "Y"), ("data", "target"), ("images", "labels"), ("a", "y")):
        read = taken(npz(tmp_path / "a.npz", **{y: LABELS, x: ROWS}))
        assert np.array_equal(read.samples.x, ROWS)
        assert read.samples.target.tolist() == (np.arange(20) % 3).tolist()
        assert read.facts.class_names == ("-5", "5", "15") and read.facts.test_samples == 0
        assert read.facts.shape.axes == ("features",) and read.facts.scaling == "standardise"
        assert read.recipe == Options({"x": x, "target": y, "task": "classes"})


@pytest.mark.parametrize("style", ["{1}_{0}", "{0}_{1}s", "{1}{0}"])
def test_test_arrays_come_last(tmp_path: Path, style: str) -> None:
    given: dict[str, np.ndarray] = {}
    for part, rows in (("test", slice(15, 20)), ("val", slice(10, 15)), ("train", slice(10))):
        given[style.format(part, "image")] = ROWS[rows]
        given[style.format(part, "label")] = LABELS[rows]
    read = taken(npz(tmp_path / "a.npz", **given))
    assert np.array_equal(read.samples.x, ROWS)
    assert read.samples.test == read.facts.test_samples == 5


def test_what_is_chosen_counts_more_than_names(tmp_path: Path) -> None:
    path = npz(tmp_path / "a.npz", x=ROWS, y=LABELS, other=ROWS * 2, weights=ROWS[:, 0])
    read = taken(path, x="other", target="weights")
    assert np.array_equal(read.samples.x, ROWS * 2)
    assert np.array_equal(read.samples.target[:, 0], ROWS[:, 0]) and read.facts.classes == 0
    assert refused(lambda: taken(path, x="z")).numbers["names"] == "other, weights, x, y"


def test_two_arrays_without_usual_names_are_told_apart(tmp_path: Path) -> None:
    read = taken(npz(tmp_path / "a.npz", arr_0=LABELS, arr_1=ROWS))
    assert read.recipe["x"] == "arr_1" and read.recipe["target"] == "arr_0"
    three = npz(tmp_path / "b.npz", a=LABELS, b=ROWS, c=ROWS)
    assert refused(lambda: taken(three)).code == "no_target_array"


PICTURE = RNG.integers(0, 256, (6, 9, 7, 3), dtype=np.uint8)
SIX = np.arange(6) % 2


@pytest.mark.parametrize(
    ("x", "sizes", "axes"),
    [
        (ROWS[:6, 0], (1,), "features"),
        (ROWS[:6] > 0, (3,), "features"),
        (PICTURE[:, :, 0, 0], (9,), "features"),
        (RNG.normal(size=(6, 12, 2)), (12, 2), "time features"),
        (RNG.normal(size=(6, 12, 12)), (12, 12, 1), "height width channels"),
        (PICTURE[..., 0], (9, 7, 1), "height width channels"),
        (PICTURE, (9, 7, 3), "height width channels"),
        (PICTURE.transpose(0, 3, 1, 2), (9, 7, 3), "height width channels"),
        (np.asfortranarray(PICTURE), (9, 7, 3), "height width channels"),
        (PICTURE.astype(">f4") / 255, (9, 7, 3), "height width channels"),
    ],
)
def test_axes_say_what_samples_are(
    tmp_path: Path, x: np.ndarray, sizes: tuple[int, ...], axes: str
) -> None:
    read = taken(npz(tmp_path / "a.npz", x=x, y=SIX))
    assert read.facts.shape.sizes == sizes == read.samples.x.shape[1:]
    assert " ".join(read.facts.axes) == axes
    is_picture = x.dtype == np.uint8 and len(sizes) == 3
    assert (read.samples.x.dtype == np.uint8) == is_picture
    turned = x.ndim == 4 and x.shape[1] == 3
    assert codes(read) == (["channels_first"] if turned else [])
    expected = x.transpose(0, 2, 3, 1) if turned else x
    assert np.allclose(read.samples.x, expected.reshape(6, *sizes))
    assert (read.facts.scaling == "none") == (
        len(sizes) == 3 and x.max() != ROWS.max() and (is_picture or x.max() <= 1)
    )


@pytest.mark.parametrize(
    ("target", "task", "names", "values"),
    [
        (
            np.array(["狗", "猫", "狗", "猫", "鸟", "鸟"]),
            "auto",
            ("狗", "猫", "鸟"),
            [0, 1, 0, 1, 2, 2],
        ),
        (np.array([b"b", b"a"] * 3), "auto", ("a", "b"), [1, 0] * 3),
        (np.array([True, False] * 3), "auto", ("False", "True"), [1, 0] * 3),
        (np.array([[7], [9]] * 3), "auto", ("7", "9"), [0, 1] * 3),
        (np.eye(3)[[0, 1, 2, 2, 1, 0]], "auto", ("0", "1", "2"), [0, 1, 2, 2, 1, 0]),
        (np.array([0.5, 1.0] * 3), "auto", (), [[0.5], [1.0]] * 3),
        (np.array([2.0, 1.0] * 3), "classes", ("1", "2"), [1, 0] * 3),
        (np.array([2, 1] * 3), "values", (), [[2.0], [1.0]] * 3),
        (np.ones((6, 2)), "auto", (), [[1.0, 1.0]] * 6),
    ],
)
def test_targets_are_labels_or_values(
    tmp_path: Path, target: np.ndarray, task: str, names: tuple[str, ...], values: list
) -> None:
    read = taken(npz(tmp_path / "a.npz", x=ROWS[:6], y=target), task=task)
    assert read.facts.class_names == names and read.samples.target.tolist() == values
    assert read.recipe["task"] == ("classes" if names else "values")
    assert read.facts.outputs == (1 if names else len(values[0]))


def test_gaps_in_rows_stay_and_other_samples_with_such_go(tmp_path: Path) -> None:
    rows = ROWS.copy()
    rows[0, 1], rows[3, 0] = np.nan, np.inf
    values = ROWS[:, 0].copy()
    values[5] = np.nan
    read = taken(npz(tmp_path / "a.npz", x=rows, y=values))
    assert np.isnan(read.samples.x[[0, 3], [1, 0]]).all() and len(read.samples.columns) == 3
    assert (
        complaints_of(read)[0].numbers == {"count": 2, "left_out": 1} and read.facts.samples == 19
    )
    steps = RNG.normal(size=(20, 4, 2))
    steps[7, 2, 1] = np.nan
    short = taken(
        npz(
            tmp_path / "b.npz",
            x_train=steps[:10],
            y_train=LABELS[:10],
            x_test=steps[5:10],
            y_test=LABELS[5:10],
        )
    )
    assert short.samples.test == 4 and short.facts.samples == 13 and not short.samples.columns
    nothing = npz(tmp_path / "c.npz", x=np.full((4, 2, 2), np.nan), y=np.arange(4))
    assert refused(lambda: taken(nothing)).code == "no_numbers"


def test_of_a_single_table_the_last_column_is_the_target(tmp_path: Path) -> None:
    table = np.column_stack([ROWS, np.arange(20) % 2])
    read = taken(put(tmp_path / "table.npy", npy(table)))
    assert codes(read) == ["last_column"] and read.facts.classes == 2
    assert np.array_equal(read.samples.x, ROWS)
    assert taken(tmp_path / "table.npy", task="values").facts.classes == 0
    assert np.array_equal(arrays.take(tmp_path / "table.npy", read.recipe, silent).samples.x, ROWS)
    for alone in (ROWS[:, 0], PICTURE):
        path = put(tmp_path / "alone.npy", npy(alone))
        assert refused(partial(taken, path)).code == "no_target_array"


def test_numbers_beyond_all_bounds_are_gaps(tmp_path: Path) -> None:
    table = np.array([[1e4000, 2, 3], [1, 2, np.inf], [1, 5, 2], [2, 6, 3]], np.longdouble)
    read = taken(put(tmp_path / "table.npy", npy(table)))
    assert read.facts.samples == 3 and np.isnan(read.samples.x[0, 0])


def test_a_folder_of_arrays_is_read(tmp_path: Path) -> None:
    put(tmp_path / "both/x.npy", npy(ROWS))
    put(tmp_path / "both/y.npy", npy(LABELS))
    assert arrays.recognises(tmp_path / "both")
    assert np.array_equal(taken(tmp_path / "both").samples.x, ROWS)


def test_a_glimpse_shows_shapes_and_the_first(tmp_path: Path) -> None:
    path = npz(tmp_path / "a.npz", x=PICTURE, y=SIX, more=np.zeros(3, np.float32))
    seen = arrays.look(path, NO_OPTIONS).glimpse
    assert isinstance(seen, ArrayGlimpse) and np.array_equal(seen.first, PICTURE)
    assert ("more", (3,), "float32") in seen.arrays and seen.targets.tolist() == ["0", "1"] * 3


def test_training_fills_the_gaps(tmp_path: Path) -> None:
    rows = np.tile(ROWS, (3, 1))
    rows[4, 1] = np.nan
    path = npz(tmp_path / "a.npz", x=rows, y=np.tile(LABELS, 3))
    source, _ = forms.take(path, "arrays", NO_OPTIONS)
    ready = prepare(Data(dataset="own", origin=source.to_options()))
    assert all(np.isfinite(part.x).all() for part in ready.parts.values())
    assert sum(part.count for part in ready.parts.values()) == 60


def header(text: str, numbers: bytes = b"") -> bytes:
    told = text.encode("latin-1")
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(told)) + told + numbers


LIES = {
    "array_of_objects": header(
        "{'descr': '|O', 'fortran_order': False, 'shape': (20, 3), }\n", b"\x80\x04."
    ),
    "array_of_objects, kinds": npy(np.zeros(20, [("a", "i4"), ("b", "f4")])),
    "array_of_objects, complex": npy(np.zeros(20, complex)),
    "wrong_length": header(
        f"{{'descr': '<f8', 'fortran_order': False, 'shape': (20, {10**13}), }}\n"
    ),
    "wrong_length, short": npy(ROWS)[:-1],
    "wrong_length, long": npy(ROWS) + b"\0",
    "not_npy": b"\x93NUMPY",
    "not_npy, code": header("__import__('os').system('true')\n"),
    "not_npy, deep": header("(" * 5000),
    "not_npy, negative": header("{'descr': '<f8', 'fortran_order': False, 'shape': (-20, 3), }\n"),
    "not_npy, axes": header(
        f"{{'descr': '<f8', 'fortran_order': False, 'shape': {(1,) * 70}, }}\n"
    ),
    "array_of_texts": npy(np.array(["a"] * 20)),
    "lengths_differ": npy(ROWS[:19]),
    "lengths_differ, none": npy(np.array(1.0)),
    "no_samples": npy(ROWS[:, :0]),
    "too_many_axes": npy(np.zeros((20, 1, 2, 1, 2))),
}


@pytest.mark.parametrize("kind", LIES)
def test_lies_and_objects_are_refused(tmp_path: Path, kind: str) -> None:
    with zipfile.ZipFile(tmp_path / "a.npz", "w") as archive:
        archive.writestr("x.npy", LIES[kind])
        archive.writestr("y.npy", npy(LABELS))
    put(tmp_path / "folder/x.npy", LIES[kind])
    put(tmp_path / "folder/y.npy", npy(LABELS))
    for path in (tmp_path / "a.npz", tmp_path / "folder"):
        assert refused(partial(taken, path)).code == kind.partition(",")[0]


@pytest.mark.parametrize(
    ("target", "task", "code"),
    [
        (np.zeros(20), "classes", "only_class"),
        (np.zeros((20, 2, 2)), "auto", "target_shape"),
        (np.zeros((20, 0)), "auto", "target_shape"),
        (np.zeros((20, 2)), "classes", "target_shape"),
        (np.array(["a", "b"] * 10), "values", "text_values"),
        (np.array([1.0, np.nan] * 10), "classes", "no_label"),
    ],
)
def test_targets_that_are_none_are_refused(
    tmp_path: Path, target: np.ndarray, task: str, code: str
) -> None:
    path = npz(tmp_path / "a.npz", x=ROWS, y=target)
    assert refused(lambda: taken(path, task=task)).code == code


def test_no_zip_and_no_array_are_refused(tmp_path: Path) -> None:
    assert refused(lambda: taken(put(tmp_path / "a.csv", b"a,b\n1,2\n"))).code == "not_npy"
    assert refused(lambda: taken(put(tmp_path / "a.npz", b"no zip"))).code == "broken_archive"
    assert refused(lambda: taken(npz(tmp_path / "b.npz"))).code == "no_arrays"
    assert refused(lambda: taken(put(tmp_path / "c.npy", b""))).code == "not_npy"


FEW = npy(np.array(["a", "b"] * 3)), npy(ROWS[:6]), npy(PICTURE[:, :2, :2])


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_any_bytes_are_arrays_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.getbasetemp() / "any_arrays"
    for name in ("x", "y"):
        content = bytearray(data.draw(st.sampled_from(FEW)))
        for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=4)):
            content[place] = data.draw(st.integers(0, 255))
        whole = bytes(content)
        put(folder / f"{name}.npy", data.draw(st.one_of(st.just(whole), st.binary(max_size=90))))
    for ask in (arrays.look, lambda path, recipe: arrays.take(path, recipe, silent)):
        try:
            ask(folder, NO_OPTIONS)
        except Refusal as error:
            assert error.code
