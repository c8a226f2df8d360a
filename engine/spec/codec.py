"""Documents as plain JSON values and back, with every mistake named by its place.

Layer kinds and their options are not judged here: a file may hold a layer type of a newer version,
and the drawing must still open.
"""

from __future__ import annotations

import json
import math
import reprlib
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any

from engine.spec import tags
from engine.spec.document import Arrow, Document, Edge, Group, Network, Node, Note
from engine.spec.groups import PREFIX, cleaned
from engine.spec.options import BadOption, Options, Value, checked
from engine.spec.training import TrainingOptions

VERSION = 1

# they separate the parts of the names of ports, weights and files
NOT_IN_NAMES = "./\\:\0"

DEEPEST = 6  # levels of values within values, in the options of a box

# MIGRATIONS[n] turns the JSON of version n into version n + 1
MIGRATIONS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}


class Unreadable(ValueError):
    """A file that is not a document; `code` and `numbers` choose the words shown to the person."""

    def __init__(self, code: str, **numbers: object) -> None:
        super().__init__(f"{code}: " + ", ".join(f"{k}={v!r}" for k, v in numbers.items()))
        self.code, self.numbers = code, numbers


def to_json(document: Document) -> str:
    """The document as text: stable, so that equal documents give equal files."""
    network = document.network
    value: dict[str, Any] = {
        "format": "layerwise",
        "version": VERSION,
        "nodes": [
            {
                "id": n.id,
                "kind": n.kind,
                "options": written(n.options),
                "x": float(n.x) + 0.0,  # not 0, nor -0.0, where another writes 0.0
                "y": float(n.y) + 0.0,
                **({"tag": n.tag} if n.tag else {}),
            }
            for n in network.nodes
        ],
        "edges": [
            [f"{e.source}.{e.source_port}", f"{e.target}.{e.target_port}"] for e in network.edges
        ],
        "training": asdict(document.training),
    }
    if document.notes:
        value["notes"] = [
            {
                "id": n.id,
                "text": n.text,
                "x": float(n.x) + 0.0,
                "y": float(n.y) + 0.0,
                **({"arrows": [_written_arrow(a) for a in n.arrows]} if n.arrows else {}),
            }
            for n in document.notes
        ]
    if document.groups:
        value["groups"] = [
            {
                "id": g.id,
                "name": g.name,
                "members": list(g.members),
                **({"is_folded": True} if g.is_folded else {}),
            }
            for g in document.groups
        ]
    return json.dumps(value, ensure_ascii=False, indent=1)


def written(value: Value) -> Any:
    """A value of options as JSON has it: mappings sorted, tuples as lists."""
    if isinstance(value, Options):
        return {name: written(part) for name, part in sorted(value.items())}
    return [written(part) for part in value] if isinstance(value, tuple) else value


def from_json(text: str) -> Document:
    """Read a document; Unreadable says what is wrong and where."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:  # ValueError: also a number of endless length
        raise Unreadable("json", place=str(error)) from error
    if not isinstance(value, dict) or value.get("format") != "layerwise":
        raise Unreadable("not_layerwise")
    version = value.get("version")
    if type(version) is not int or version < 1:
        raise Unreadable("value", place="version", value=version)
    if version > VERSION:
        raise Unreadable("newer", version=version, known=VERSION)
    for number in range(version, VERSION):
        value = MIGRATIONS[number](value)
    nodes = tuple(_node(i, item) for i, item in enumerate(_list(value, "nodes")))
    ids = {node.id for node in nodes}
    if len(ids) != len(nodes):
        raise Unreadable("value", place="nodes", value="id")
    edges = tuple(_edge(i, item, ids) for i, item in enumerate(_list(value, "edges")))
    if len(set(edges)) != len(edges):
        twice, _ = Counter(edges).most_common(1)[0]
        raise Unreadable("value", place="edges", value=f"2 × {twice.source}–{twice.target}")
    notes = _notes(value, ids) if "notes" in value else ()
    training = _training(value.get("training", {}))
    document = Document(Network(nodes, edges), training, notes)
    return _grouped(document, value) if "groups" in value else document


def _grouped(document: Document, value: dict[str, Any]) -> Document:
    """The document with the groups of a file, which must hold together."""
    found = tuple(_group(i, item) for i, item in enumerate(_list(value, "groups")))
    known = {node.id for node in document.network.nodes} | {group.id for group in found}
    for i, group in enumerate(found):
        for j, member in enumerate(group.members):
            if member not in known:
                place = f"groups[{i}].members[{j}]"
                raise Unreadable("value", place=place, value=_short(member))
    whole = replace(document, groups=found)
    if cleaned(whole) != whole:  # an id twice, a group without members or in itself
        raise Unreadable("value", place="groups", value="members")
    return whole


def _group(i: int, item: Any) -> Group:
    place = f"groups[{i}]"
    if not isinstance(item, dict):
        raise Unreadable("value", place=place, value=_short(item))
    for name in ("id", "name"):
        if not _is_text(item.get(name)) or not item[name]:
            raise Unreadable("value", place=f"{place}.{name}", value=_short(item.get(name)))
    if not item["id"].startswith(PREFIX):
        raise Unreadable("value", place=f"{place}.id", value=_short(item["id"]))
    is_folded = item.get("is_folded", False)
    if not isinstance(is_folded, bool):
        raise Unreadable("value", place=f"{place}.is_folded", value=_short(is_folded))
    members = _list(item, "members", f"{place}.members")
    for j, member in enumerate(members):
        if not _is_text(member):
            raise Unreadable("value", place=f"{place}.members[{j}]", value=_short(member))
    return Group(item["id"], item["name"], tuple(members), is_folded)


def _written_arrow(arrow: Arrow) -> dict[str, Any]:
    return {"box": arrow.box} if arrow.box else {"x": arrow.x + 0.0, "y": arrow.y + 0.0}


def _arrow(place: str, item: Any, ids: set[str]) -> Arrow:
    if not isinstance(item, dict):
        raise Unreadable("value", place=place, value=_short(item))
    if "box" in item:
        if not _is_text(item["box"]) or item["box"] not in ids:
            raise Unreadable("value", place=f"{place}.box", value=_short(item["box"]))
        return Arrow(item["box"])
    return Arrow("", *(_place(place, name, item.get(name)) for name in ("x", "y")))


def _notes(value: dict[str, Any], ids: set[str]) -> tuple[Note, ...]:
    found = []
    for i, item in enumerate(_list(value, "notes")):
        place = f"notes[{i}]"
        if not isinstance(item, dict):
            raise Unreadable("value", place=place, value=_short(item))
        for name in ("id", "text"):
            if not _is_text(item.get(name)) or not item[name]:
                raise Unreadable("value", place=f"{place}.{name}", value=_short(item.get(name)))
        x, y = (_place(place, name, item.get(name, 0.0)) for name in ("x", "y"))
        given = _list(item, "arrows", f"{place}.arrows") if "arrows" in item else []
        arrows = (_arrow(f"{place}.arrows[{j}]", arrow, ids) for j, arrow in enumerate(given))
        found.append(Note(item["id"], item["text"], x, y, tuple(dict.fromkeys(arrows))))
    if len({note.id for note in found}) != len(found):
        raise Unreadable("value", place="notes", value="id")
    return tuple(found)


def _list(value: dict[str, Any], name: str, place: str = "") -> list[Any]:
    found = value.get(name)
    if not isinstance(found, list):
        raise Unreadable("value", place=place or name, value=_short(found))
    return found


def _node(i: int, item: Any) -> Node:
    place = f"nodes[{i}]"
    if not isinstance(item, dict):
        raise Unreadable("value", place=place, value=_short(item))
    for name in ("id", "kind"):
        text = item.get(name)
        if not _is_text(text) or not text or any(c in text for c in NOT_IN_NAMES):
            raise Unreadable("value", place=f"{place}.{name}", value=_short(text))
    options = item.get("options", {})
    if not isinstance(options, dict):
        raise Unreadable("value", place=f"{place}.options", value=_short(options))
    own = _value(f"{place}.options", options)
    assert isinstance(own, Options)
    x, y = (_place(place, name, item.get(name, 0.0)) for name in ("x", "y"))
    return Node(item["id"], item["kind"], own, x, y, tags.known(item.get("tag")))


def _place(place: str, name: str, value: Any) -> float:
    if type(value) not in (int, float) or not abs(value) < 1e7:  # NaN fails too
        raise Unreadable("value", place=f"{place}.{name}", value=_short(value))
    return float(value)


def _edge(i: int, item: Any, ids: set[str]) -> Edge:
    place = f"edges[{i}]"
    if not (isinstance(item, list) and len(item) == 2 and all(_is_text(t) for t in item)):
        raise Unreadable("value", place=place, value=_short(item))
    source, _, source_port = item[0].partition(".")
    target, _, target_port = item[1].partition(".")
    for id, port in ((source, source_port), (target, target_port)):
        if id not in ids or not port:
            raise Unreadable("edge", place=place, value=f"{id}.{port}")
    return Edge(source, source_port, target, target_port)


def _training(value: Any) -> TrainingOptions:
    if not isinstance(value, dict):
        raise Unreadable("value", place="training", value=_short(value))
    plain: dict[str, Value] = value
    try:
        return checked(TrainingOptions, plain)
    except BadOption as error:
        raise Unreadable(
            "option",
            place=f"training.{error.name}",
            value=_short(error.value),
            allowed=error.allowed,
        ) from error


def _is_text(value: object) -> bool:
    """Whether `value` is text that a file can hold (JSON can spell halves of characters)."""
    return isinstance(value, str) and not any("\ud800" <= c <= "\udfff" for c in value)


def _value(place: str, value: Any, depth: int = 0) -> Value:
    """A value of JSON as one of ours, with its parts; Unreadable names the first that is none."""
    if depth > DEEPEST:
        raise Unreadable("value", place=place, value="[[[…]]]")
    if isinstance(value, dict):
        for name in value:
            if not _is_text(name):
                raise Unreadable("value", place=place, value=_short(name))
        parts = {n: _value(f"{place}.{n}", v, depth + 1) for n, v in value.items()}
        return Options(parts)
    if isinstance(value, list):
        return tuple(_value(f"{place}[{i}]", v, depth + 1) for i, v in enumerate(value))
    is_number = isinstance(value, bool | int | float) and math.isfinite(value)
    if not is_number and not _is_text(value):
        raise Unreadable("value", place=place, value=_short(value))
    plain: Value = value
    return plain


def _short(value: object) -> str:
    text = reprlib.repr(value)  # goes only a few levels deep
    return text if len(text) <= 40 else text[:37] + "…"
