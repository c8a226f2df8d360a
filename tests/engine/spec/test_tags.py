"""Tags of boxes are part of the document and of its file, and nothing of the network."""

from __future__ import annotations

import json

import pytest

from engine.layers.analysis import analyse
from engine.spec import edits
from engine.spec.codec import from_json, to_json
from engine.spec.document import Document
from engine.spec.tags import TAGS
from tests.gui.networks import chain


def tagged() -> Document:
    return edits.set_tag(chain(), ("conv2d_1", "dense_1"), "sky")


def test_boxes_get_a_tag_and_lose_it() -> None:
    tags = {node.id: node.tag for node in tagged().network.nodes if node.tag}
    assert tags == {"conv2d_1": "sky", "dense_1": "sky"}
    assert edits.set_tag(tagged(), ("conv2d_1", "dense_1"), "") == chain()
    with pytest.raises(ValueError, match="mauve"):
        edits.set_tag(chain(), ("conv2d_1",), "mauve")


def test_tags_are_saved_and_a_box_without_one_is_written_as_before() -> None:
    assert from_json(to_json(tagged())) == tagged()
    assert "tag" not in to_json(chain())


@pytest.mark.parametrize("value", ["mauve", 7, None, ["sky"], {"a": 1}])
def test_unknown_tags_in_files_are_left_out(value: object) -> None:
    file = json.loads(to_json(tagged()))
    for node in file["nodes"]:
        node["tag"] = value
    assert from_json(json.dumps(file)) == chain()


def test_tags_change_nothing_else() -> None:
    assert len(set(TAGS)) == 6
    assert analyse(tagged()) == analyse(chain())
    moved = edits.set_options(tagged(), "dense_1", {"units": 4})
    assert moved.network.node("dense_1").tag == "sky"
    changed = edits.set_kind(tagged(), "dense_1", "flatten")
    assert changed.network.node("dense_1").tag == "sky"
