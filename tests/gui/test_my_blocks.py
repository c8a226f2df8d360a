"""One's own blocks are readable files in a folder, handed on and taken in."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.spec import groups
from engine.spec.codec import from_json, to_json
from engine.spec.document import Document
from gui.canvas.clipboard import part
from gui.my_blocks import LARGEST, MyBlocks, block_in
from tests.gui.canvas.grouped import INSIDE, grouped
from tests.gui.networks import chain


def stem() -> Document:
    return part(grouped(), INSIDE)


@pytest.fixture
def blocks(tmp_path: Path) -> MyBlocks:
    return MyBlocks(tmp_path / "blocks")


def names(blocks: MyBlocks) -> list[str]:
    return [block.name for block in blocks.all()]


def test_a_block_is_a_small_drawing_in_a_readable_file(blocks: MyBlocks) -> None:
    assert blocks.all() == []  # there is not even a folder
    block = blocks.save(stem())
    assert block.path.name == "Stem.json" and blocks.named(block.path) == block
    written = from_json(block.path.read_text("utf-8"))
    assert written == block.document
    assert [n.kind for n in written.network.nodes] == ["conv2d", "max_pool2d"]
    assert (written.network.nodes[0].x, written.network.nodes[0].y) == (0.0, 0.0)
    assert list(blocks.folder.iterdir()) == [block.path]  # nothing half written


def test_the_ports_of_a_signal_that_enters_at_several_are_kept(blocks: MyBlocks) -> None:
    ends = (("conv2d_1", "x"), ("max_pool2d_1", "x"))
    block = blocks.save(stem(), ends)
    assert MyBlocks(blocks.folder).named(block.path) == block and block.entrances == ends
    text = "nobody.x".join(block.text.rsplit("max_pool2d_1.x", 1))
    other = block_in(text, block.path)
    assert other is not None and other.entrances == ends[:1]


def test_names_that_are_taken_get_a_number(blocks: MyBlocks) -> None:
    for _ in range(3):
        blocks.save(stem())
    assert names(blocks) == ["Stem", "Stem 2", "Stem 3"]
    first, second, _ = blocks.all()
    blocks.rename(second, " my  block ")
    assert names(blocks) == ["my block", "Stem", "Stem 3"]
    blocks.rename(first, "Stem 3")
    assert names(blocks) == ["my block", "Stem 3", "Stem 3 2"]
    before = names(blocks)
    blocks.rename(blocks.all()[0], " ")
    assert names(blocks) == before


def test_odd_names_make_plain_file_names(blocks: MyBlocks) -> None:
    for name in ("../up", "a/b: c?", "编码器", "...", "con\x00"):
        odd = groups.rename(stem(), "group:1", name)
        path = blocks.save(odd).path
        assert path.parent == blocks.folder and path.suffix == ".json"
    assert len(blocks.all()) == 5 and "编码器" in names(blocks)


def test_a_block_taken_away_can_be_brought_back(blocks: MyBlocks) -> None:
    block = blocks.save(stem())
    blocks.remove(block)
    assert blocks.all() == [] and blocks.named(block.path) is None
    blocks.restore(block)
    assert names(blocks) == ["Stem"]


def test_files_of_others_are_taken_in(blocks: MyBlocks, tmp_path: Path) -> None:
    theirs = tmp_path / "residual.json"
    theirs.write_text(to_json(part(chain(), INSIDE)), "utf-8")  # a drawing without a group
    block = blocks.take_in(theirs)
    assert block is not None and names(blocks) == ["residual"]
    assert block.document.groups[0].members == INSIDE
    for content in ("", "{}", "[1]", to_json(Document()), "\udcff"):
        theirs.write_bytes(content.encode("utf-8", "surrogateescape"))
        assert blocks.take_in(theirs) is None
    with pytest.raises(OSError):
        blocks.take_in(tmp_path / "nowhere.json")
    with theirs.open("wb") as file:
        file.truncate(LARGEST + 1)
    assert blocks.take_in(theirs) is None


def test_what_is_no_block_in_the_folder_is_passed_over(blocks: MyBlocks) -> None:
    block = blocks.save(stem())
    (blocks.folder / "notes.json").write_text("hello", "utf-8")
    (blocks.folder / "folder.json").mkdir()
    assert blocks.all() == [block]
