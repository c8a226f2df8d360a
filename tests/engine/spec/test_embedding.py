"""Data carried inside a document: packed, unpacked elsewhere, and never outside its folder."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from engine.spec import embedding
from engine.spec.codec import Unreadable, to_json
from engine.spec.files import Saved, read, write
from engine.spec.places import data_cache
from engine.spec.sources import Source, sources
from tests.engine.spec.own_data import a_document, a_source


def source_at(path: Path, mark: str) -> Source:
    return a_source(path, embedded=True, mark=mark * 32)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "表 1.csv"
    path.write_text("a,b\n1,2\n", "utf-8")
    return path


def test_a_file_travels_inside_and_is_used_from_the_cache(tmp_path: Path, table: Path) -> None:
    path = tmp_path / "net.layerwise"
    assert write(path, Saved(a_document(source_at(table, "a")))) == ()
    table.unlink()
    (found,) = sources(read(path).document)
    assert Path(found.path).read_text("utf-8") == "a,b\n1,2\n"
    assert Path(found.path).is_relative_to(data_cache())
    assert found.name == table.name and found.embedded
    again = tmp_path / "again.layerwise"  # from the cache into another file
    write(again, Saved(read(path).document))
    assert again.read_bytes() == path.read_bytes()


def test_a_folder_travels_with_all_its_files(tmp_path: Path) -> None:
    folder = tmp_path / "animals"
    for name in ("cat/1.png", "cat/2.png", "dog/1.png", ".hidden"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(name.encode())
    path = tmp_path / "net.layerwise"
    assert write(path, Saved(a_document(source_at(folder, "b")))) == ()
    (found,) = sources(read(path).document)
    assert found.path != str(folder)
    kept = sorted(p.relative_to(found.path).as_posix() for p in Path(found.path).rglob("*.*"))
    assert kept == ["cat/1.png", "cat/2.png", "dog/1.png"]
    assert (Path(found.path) / "dog/1.png").read_bytes() == b"dog/1.png"


def test_names_that_other_systems_forbid_stay_outside(tmp_path: Path) -> None:
    """A document that carried them could not be opened again."""
    folder = tmp_path / "animals"
    folder.mkdir()
    try:
        (folder / "what?.png").write_bytes(b"1")
    except OSError:
        pytest.skip("this system forbids them, too")
    path = tmp_path / "net.layerwise"
    assert write(path, Saved(a_document(source_at(folder, "b")))) == ("animals",)
    assert sources(read(path).document)[0].path == str(folder)


def test_without_embedding_the_path_is_relative(tmp_path: Path, table: Path) -> None:
    document = a_document(a_source(table))
    path = tmp_path / "net.layerwise"
    write(path, Saved(document))
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == ["document.json"]
        assert f'"path": "{table.name}"' in archive.read("document.json").decode()
    assert read(path).document == document
    bare = tmp_path / "bare.json"
    bare.write_text(to_json(a_document(a_source("x.csv"))), "utf-8")
    assert sources(read(bare).document)[0].path == str(tmp_path / "x.csv")


def test_what_cannot_be_carried_is_named_and_nothing_is_lost(
    tmp_path: Path, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone.csv"
    document = a_document(source_at(table, "c"), source_at(gone, "d"))
    path = tmp_path / "net.layerwise"
    assert write(path, Saved(document)) == ("gone.csv",)
    assert sources(read(path).document)[1] == sources(document)[1]
    monkeypatch.setattr(embedding, "LARGEST", 3)
    assert write(path, Saved(document)) == (table.name, "gone.csv")
    assert read(path).document == document
    assert write(path, Saved(document), embed=False) == ()


def evil(path: Path, entry: str, mark: str, place: str = "") -> None:
    source = replace(source_at(path, mark), path=place or f"data/{mark * 32}/x")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("document.json", to_json(a_document(source)))
        archive.writestr(entry.format(mark=mark * 32), "evil")


@pytest.mark.parametrize(
    "entry",
    [
        "data/{mark}/x/../../../../evil",
        "data/{mark}/x//evil",
        "data/{mark}/x/C:evil",
        "data/{mark}/x/..\\evil",
        "data/{mark}/x/evil ",
        "data/{mark}/x/./evil",
    ],
)
def test_no_entry_is_written_outside_its_folder(tmp_path: Path, entry: str) -> None:
    path = tmp_path / "net.layerwise"
    evil(path, entry, "e")
    with pytest.raises(Unreadable) as caught:
        read(path)
    assert caught.value.code == "value"
    assert not list(data_cache().rglob("*evil*")) and not list(tmp_path.rglob("*evil*"))
    assert not (data_cache() / "carried" / ("e" * 32)).exists()


def test_a_place_outside_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "net.layerwise"
    evil(path, "data/../evil", "f", place="data/../evil")
    (found,) = sources(read(path).document)
    assert not Path(found.path).exists()


def test_too_much_is_refused_before_anything_is_unpacked(
    tmp_path: Path, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "net.layerwise"
    write(path, Saved(a_document(source_at(table, "9"))))
    monkeypatch.setattr(embedding, "LARGEST", 3)
    with pytest.raises(Unreadable) as caught:
        read(path)
    assert caught.value.code == "too_large"


def test_a_damaged_entry_is_named(tmp_path: Path, table: Path) -> None:
    path = tmp_path / "net.layerwise"
    table.write_bytes(bytes(range(256)) * 40)
    write(path, Saved(a_document(source_at(table.rename(tmp_path / "t.bin"), "8"))))
    content = bytearray(path.read_bytes())
    content[content.index(bytes(range(256))) + 9] ^= 1
    path.write_bytes(content)
    with pytest.raises(Unreadable) as caught:
        read(path)
    assert caught.value.code == "damaged"
