"""Collections: bytes written as their makers write them come back, and damage is named."""

from __future__ import annotations

import gzip
import struct
import zipfile
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.data.own import collection, forms, idx
from engine.data.own.refusal import Refusal, silent
from engine.data_protocol import PictureGlimpse
from engine.spec.options import NO_OPTIONS, Options
from tests.engine.data.own.media import complaints_of, put, refused

PICTURES = "{}-images-idx3-ubyte"
LABELS = "{}-labels-idx1-ubyte"


def idx_file(array: np.ndarray) -> bytes:
    """An array of uint8 as IDX, written number by number."""
    head = struct.pack(f">4B{array.ndim}I", 0, 0, 8, array.ndim, *array.shape)
    return head + b"".join(struct.pack("B", value) for value in array.ravel().tolist())


def some(count: int, seed: int = 0, classes: int = 10) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    x = rng.integers(0, 256, (count, 5, 4), dtype=np.uint8)
    return x, (np.arange(count) % classes).astype(np.uint8)


def write(folder: Path, before: str, count: int, packed: bool = False, first: int = 0) -> None:
    for part, size, seed in ((f"{before}train", count, 0), (f"{before}t10k", count // 2, 1)):
        x, target = some(size, seed)
        for name, array in ((PICTURES, x), (LABELS, (target + first).astype(np.uint8))):
            data = idx_file(array)
            path = folder / (name.format(part) + (".gz" if packed else ""))
            put(path, gzip.compress(data) if packed else data)


@pytest.mark.parametrize("packed", [False, True])
def test_mnist_comes_back_as_it_was_written(tmp_path: Path, packed: bool) -> None:
    write(tmp_path, "", 30, packed)
    assert collection.recognises(tmp_path)
    taken = collection.take(tmp_path, NO_OPTIONS, silent)
    x, target = some(30)
    x_test, target_test = some(15, 1)
    assert np.array_equal(taken.samples.x, np.concatenate([x, x_test])[..., None])
    assert np.array_equal(taken.samples.target, np.concatenate([target, target_test]))
    assert taken.samples.test == taken.facts.test_samples == 15
    assert taken.facts.shape.sizes == (5, 4, 1) and taken.facts.class_names == tuple("0123456789")
    seen = collection.look(tmp_path, NO_OPTIONS).glimpse
    assert isinstance(seen, PictureGlimpse) and np.array_equal(seen.pictures[..., 0], x[:24])
    assert seen.labels == tuple(target[:24]) and sum(seen.counts) == 45


def test_any_of_the_files_may_be_chosen(tmp_path: Path) -> None:
    write(tmp_path / "fashion", "", 20)
    source, _ = forms.take(tmp_path / "fashion" / PICTURES.format("t10k"), "collection", NO_OPTIONS)
    assert Path(source.path) == tmp_path / "fashion"
    assert source.facts.class_names[0] == "T-shirt" and source.facts.test_samples == 10
    assert forms.samples_of(source).count == 30
    assert forms.recognise(tmp_path / "fashion" / LABELS.format("train")) == "collection"
    for i in range(60):
        put(tmp_path / f"fashion/{i}.txt", b"")
    crowded = refused(lambda: collection.place(tmp_path / "fashion" / PICTURES.format("t10k")))
    assert crowded.code == "crowded_folder"


def test_a_zip_of_gzip_files_is_read(tmp_path: Path) -> None:
    write(tmp_path, "", 20, packed=True)
    with zipfile.ZipFile(tmp_path / "kmnist.zip", "w") as archive:
        for path in tmp_path.glob("*.gz"):
            archive.write(path, f"raw/{path.name}")
            path.unlink()
    assert collection.recognises(tmp_path / "kmnist.zip")
    taken = collection.take(tmp_path / "kmnist.zip", NO_OPTIONS, silent)
    assert taken.facts.samples == 30 and taken.facts.class_names[9] == "を"


def test_of_emnist_a_member_is_chosen_and_pictures_are_turned(tmp_path: Path) -> None:
    write(tmp_path, "emnist-letters-", 30, first=1)
    write(tmp_path, "emnist-balanced-", 20)
    usual = collection.take(tmp_path, NO_OPTIONS, silent)
    assert usual.recipe["member"] == "balanced" and usual.facts.classes == 47
    assert [c.numbers for c in complaints_of(usual)] == [{"chosen": "balanced", "names": "letters"}]
    letters = collection.take(tmp_path, Options({"member": "letters"}), silent)
    assert letters.facts.class_names == tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    assert letters.samples.target[:3].tolist() == [0, 1, 2] and letters.complaints == ()
    assert np.array_equal(letters.samples.x[0, :, :, 0], some(30)[0][0].T)
    file = tmp_path / PICTURES.format("emnist-letters-train")
    assert collection.look(file, NO_OPTIONS).glimpse.recipe["member"] == "letters"
    for path in tmp_path.glob("*letters*"):
        path.unlink()
    alone = collection.take(tmp_path, NO_OPTIONS, silent)
    assert alone.recipe["member"] == "" and alone.facts == usual.facts
    write(tmp_path, "emnist-letters-", 30, first=1)
    other = Options({"member": "digits"})
    refusal = refused(lambda: collection.take(tmp_path, other, silent))
    assert (refusal.code, refusal.numbers["names"]) == ("no_member", "balanced, letters")


def test_without_test_files_there_is_no_test(tmp_path: Path) -> None:
    write(tmp_path, "", 30)
    for name in (PICTURES, LABELS):
        (tmp_path / name.format("t10k")).unlink()
    assert collection.take(tmp_path, NO_OPTIONS, silent).facts.test_samples == 0


X, TARGET = some(12)
DAMAGE = {
    "not_idx": b"\0\0\x08\x01" + idx_file(X)[4:],
    "wrong_length": idx_file(X)[:-1],
    "wrong_length, longer": idx_file(X) + b"\0",
    "wrong_length, absurd": struct.pack(">4B3I", 0, 0, 8, 3, *[0xFFFFFFFF] * 3)[:16],
    "wrong_length, gzip": gzip.compress(idx_file(X)[:-1]),
    "wrong_length, cut": gzip.compress(idx_file(X), 0)[:-100],
    "wrong_length, bomb": gzip.compress(idx_file(X)[:16] + bytes(10_000_000)),
    "too_much": gzip.compress(struct.pack(">4B3I", 0, 0, 8, 3, 60_000, 10_000, 10_000)),
    "broken_gzip": b"\x1f\x8b\x08\0" + bytes(50),
    "broken_gzip, check": gzip.compress(idx_file(X))[:-8] + bytes(8),
    "counts_differ": idx_file(X[:11]),
    "no_samples": idx_file(X[:, :0]),
    "not_idx, empty": b"",
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_damage_is_named(tmp_path: Path, kind: str) -> None:
    put(tmp_path / PICTURES.format("train"), DAMAGE[kind])
    put(tmp_path / LABELS.format("train"), idx_file(TARGET))
    refusal = refused(lambda: collection.take(tmp_path, NO_OPTIONS, silent))
    expected = kind.partition(",")[0]
    if kind == "wrong_length, absurd":
        expected = "too_much"
    assert refusal.code == expected


def test_files_that_lack_each_other_are_refused(tmp_path: Path) -> None:
    put(tmp_path / PICTURES.format("train"), idx_file(X))
    assert refused(lambda: collection.look(tmp_path, NO_OPTIONS)).code == "half_collection"
    put(tmp_path / LABELS.format("train"), idx_file(np.zeros(12, np.uint8)))
    assert refused(lambda: collection.look(tmp_path, NO_OPTIONS)).code == "only_class"
    put(tmp_path / LABELS.format("train"), idx_file(TARGET))
    put(tmp_path / PICTURES.format("test"), idx_file(X[:, :4]))
    put(tmp_path / LABELS.format("test"), idx_file(TARGET))
    assert refused(lambda: collection.look(tmp_path, NO_OPTIONS)).code == "sizes_differ"


def cifar_file(labels: np.ndarray, pictures: np.ndarray) -> bytes:
    """Records: labels, then red, green and blue, pixel by pixel."""
    planes = pictures.transpose(0, 3, 1, 2).reshape(len(pictures), -1)
    return np.concatenate([labels.reshape(len(pictures), -1), planes], axis=1).tobytes()


def colours(count: int) -> np.ndarray:
    return np.random.default_rng(2).integers(0, 256, (count, 32, 32, 3), dtype=np.uint8)


def test_cifar_10_comes_back(tmp_path: Path) -> None:
    x, target = colours(7), np.arange(7, dtype=np.uint8)
    for name, part in (
        ("data_batch_1", [0, 1]),
        ("data_batch_2", [2, 3, 4]),
        ("test_batch", [5, 6]),
    ):
        put(tmp_path / f"cifar-10-batches-bin/{name}.bin", cifar_file(target[part], x[part]))
    assert collection.recognises(tmp_path)
    taken = collection.take(tmp_path, NO_OPTIONS, silent)
    assert np.array_equal(taken.samples.x, x) and taken.samples.target.tolist() == list(range(7))
    assert taken.facts.class_names[:2] == ("airplane", "automobile")
    assert taken.facts.test_samples == 2 and taken.facts.shape.sizes == (32, 32, 3)
    names = "\n".join(["飞机", "汽车", "鸟", "猫", "鹿", "狗", "蛙", "马", "船", "卡车"]) + "\n\n"
    put(tmp_path / "cifar-10-batches-bin/batches.meta.txt", names.encode())
    assert collection.look(tmp_path, NO_OPTIONS).glimpse.class_names[3] == "猫"  # type: ignore[union-attr]


def test_cifar_100_has_fine_and_coarse_classes(tmp_path: Path) -> None:
    x, labels = colours(4), np.array([[1, 70], [0, 99], [19, 0], [3, 5]], np.uint8)
    put(tmp_path / "train.bin", cifar_file(labels[:3], x[:3]))
    put(tmp_path / "test.bin", cifar_file(labels[3:], x[3:]))
    put(tmp_path / "coarse_label_names.txt", "\n".join(f"group {i}" for i in range(20)).encode())
    fine = collection.take(tmp_path, NO_OPTIONS, silent)
    assert fine.samples.target.tolist() == [70, 99, 0, 5] and fine.facts.classes == 100
    coarse = collection.take(tmp_path, Options({"labels": "coarse"}), silent)
    assert coarse.samples.target.tolist() == [1, 0, 19, 3]
    assert coarse.facts.class_names[19] == "group 19" and coarse.facts.test_samples == 1
    assert np.array_equal(coarse.samples.x, x)


def test_damaged_and_pickled_batches_are_refused(tmp_path: Path) -> None:
    put(tmp_path / "data_batch_1.bin", b"\0" * 3074)
    assert refused(lambda: collection.take(tmp_path, NO_OPTIONS, silent)).code == "wrong_length"
    put(tmp_path / "data_batch_1.bin", b"\x0a" * 3073)
    assert refused(lambda: collection.take(tmp_path, NO_OPTIONS, silent)).code == "wrong_label"
    (tmp_path / "data_batch_1.bin").unlink()
    assert not collection.recognises(tmp_path)
    path = put(tmp_path / "data_batch_1", b"\x80\x02}q\x01(U\x0bbatch_labelq\x02")
    assert collection.recognises(tmp_path) and collection.recognises(path)
    for chosen in (tmp_path, path):
        assert refused(partial(collection.look, chosen, NO_OPTIONS)).code == "pickled"


@settings(deadline=None)
@given(st.data())
def test_any_bytes_are_pictures_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("idx")
    for name, whole in ((PICTURES, idx_file(X)), (LABELS, idx_file(TARGET))):
        content = bytearray(data.draw(st.sampled_from([whole, gzip.compress(whole)])))
        for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=3)):
            content[place] = data.draw(st.integers(0, 255))
        given = data.draw(st.one_of(st.just(bytes(content)), st.binary(max_size=40)))
        put(folder / name.format("train"), given)
    for ask in (
        lambda: collection.look(folder, NO_OPTIONS),
        lambda: collection.take(folder, NO_OPTIONS, silent),
    ):
        try:
            ask()
        except Refusal as error:
            assert error.code in {
                *("not_idx", "wrong_length", "broken_gzip", "counts_differ", "only_class"),
                *("too_much", "no_samples"),
            }


def test_no_more_is_allocated_than_a_file_can_hold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(*given: object, **more: object) -> None:
        raise MemoryError

    put(tmp_path / PICTURES.format("train"), DAMAGE["wrong_length, bomb"])
    put(tmp_path / LABELS.format("train"), idx_file(TARGET))
    monkeypatch.setattr(idx.np, "frombuffer", no_room)
    assert refused(lambda: collection.take(tmp_path, NO_OPTIONS, silent)).code == "wrong_length"


def test_another_file_beside_a_collection_is_not_meant(tmp_path: Path) -> None:
    write(tmp_path, "", 6)
    other = put(tmp_path / "marks.csv", b"a,b\n1,2\n")
    assert refused(lambda: collection.look(other, NO_OPTIONS)).code == "no_collection"
