"""Groups of boxes, as functions Document → Document. No network knows of them.

A group holds boxes and other groups, so that groups lie in one another like folders; whatever is
in a group is in no other beside it. A folded group is drawn as one box.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import replace

from engine.spec.document import Document, Group

PREFIX = "group:"  # of the ids of groups
LONGEST = 80  # characters of a name


def new_group_id(document: Document) -> str:
    """An unused id: group:1, group:2, …"""
    taken = {group.id for group in document.groups}
    number = 1
    while f"{PREFIX}{number}" in taken:
        number += 1
    return f"{PREFIX}{number}"


def group_of(document: Document, id: str) -> Group:
    """The group called `id`; KeyError if there is none."""
    for group in document.groups:
        if group.id == id:
            return group
    raise KeyError(id)


def parents(document: Document) -> dict[str, str]:
    """The group that each box or group lies directly in; nothing for those that lie in none."""
    return {member: group.id for group in document.groups for member in group.members}


def chain(parent: dict[str, str], id: str) -> list[str]:
    """The groups around a box or group, from the innermost to the outermost."""
    found = []
    while id in parent:
        id = parent[id]
        found.append(id)
    return found


def boxes_in(document: Document, id: str) -> tuple[str, ...]:
    """The boxes of a group and of the groups inside it, in the order of the document."""
    members = {group.id: group.members for group in document.groups}
    inside: set[str] = set()
    waiting = [id]
    while waiting:
        for member in members[waiting.pop()]:
            (waiting.append if member in members else inside.add)(member)
    return tuple(node.id for node in document.network.nodes if node.id in inside)


def all_boxes(document: Document) -> dict[str, tuple[str, ...]]:
    """The boxes of every group, as `boxes_in` gives them."""
    parent = parents(document)
    found: dict[str, list[str]] = {group.id: [] for group in document.groups}
    for node in document.network.nodes:
        for id in chain(parent, node.id):
            found[id].append(node.id)
    return {id: tuple(boxes) for id, boxes in found.items()}


def hiding(document: Document) -> dict[str, str]:
    """The outermost folded group around each box that lies in one."""
    folded = {group.id for group in document.groups if group.is_folded}
    parent = parents(document)
    found = {}
    for node in document.network.nodes if folded else ():
        around = [id for id in chain(parent, node.id) if id in folded]
        if around:
            found[node.id] = around[-1]
    return found


def group_with(document: Document, ids: Collection[str]) -> Group | None:
    """The group, the outermost one if there are several, whose boxes are just these."""
    wanted = set(ids)
    same = [id for id, boxes in all_boxes(document).items() if wanted and set(boxes) == wanted]
    parent = parents(document)
    return group_of(document, min(same, key=lambda id: len(chain(parent, id)))) if same else None


def units(document: Document, ids: Collection[str], apart: Collection[str] = ()) -> tuple[str, ...]:
    """Some boxes with whole groups in place of their boxes: what a new group of them would hold.

    Groups in `apart` do not count as one.
    """
    chosen, parent = set(ids), parents(document)
    whole = {id for id, boxes in all_boxes(document).items() if set(boxes) <= chosen} - set(apart)
    found: dict[str, None] = {}
    for node in document.network.nodes:
        if node.id in chosen:
            around = [id for id in chain(parent, node.id) if id in whole]
            found[around[-1] if around else node.id] = None
    return tuple(found)


def group(document: Document, ids: Collection[str], id: str, name: str) -> Document:
    """Put boxes into a new group; ValueError if its id is taken or there are no such boxes.

    Groups all of whose boxes are chosen lie in the new one as they are. The new group lies where
    all its members lay; members from different groups leave those.
    """
    if any(other.id == id for other in document.groups) or not id.startswith(PREFIX):
        raise ValueError(f"a new group cannot be called {id!r}")
    members = units(document, ids)
    if not members:
        raise ValueError("a group has boxes")
    home = _common(document, members)
    made = Group(id, name[:LONGEST], members)
    document = replace(document, groups=(*_without(document, members), made))
    return cleaned(_into(document, (id,), home))


def ungroup(document: Document, id: str) -> Document:
    """Take a group away; what was in it stays where the group lay."""
    gone = group_of(document, id)
    kept = []
    for other in document.groups:
        if id in other.members:
            place = other.members.index(id)
            members = (*other.members[:place], *gone.members, *other.members[place + 1 :])
            other = replace(other, members=members)
        if other.id != id:
            kept.append(other)
    return replace(document, groups=tuple(kept))


def rename(document: Document, id: str, name: str) -> Document:
    """Call a group something else; a name without letters changes nothing."""
    short = " ".join(name.split())[:LONGEST]
    return _changed(document, replace(group_of(document, id), name=short)) if short else document


def fold(document: Document, id: str, is_folded: bool = True) -> Document:
    """Draw a group as one box, or its boxes again."""
    return _changed(document, replace(group_of(document, id), is_folded=is_folded))


def put_into(document: Document, ids: Collection[str], id: str) -> Document:
    """Put boxes directly into a group that there is, or outside of all with ""; they leave others.

    Whole groups stay together.
    """
    parent = parents(document)
    if id:
        group_of(document, id)
    members = units(document, ids, {id, *chain(parent, id)})
    members = tuple(m for m in members if parent.get(m, "") != id)
    document = replace(document, groups=_without(document, members))
    return cleaned(_into(document, members, id))


def take_out(document: Document, ids: Collection[str]) -> Document:
    """Put boxes outside of the innermost groups that hold them; these may lie in others."""
    parent = parents(document)
    for member in units(document, ids):
        if member in parent:
            home = parent.get(parent[member], "")
            document = replace(document, groups=_without(document, (member,)))
            document = _into(document, (member,), home)
    return cleaned(document)


def joined(document: Document, id: str, neighbours: Iterable[str]) -> Document:
    """Put a box into the innermost group that holds all its neighbours, if there is one."""
    home = _common(document, neighbours)
    return _into(document, (id,), home)


def within(document: Document, ids: Collection[str]) -> tuple[Group, ...]:
    """The groups all of whose boxes are among `ids`, without what else they hold."""
    chosen = set(ids)
    whole = {id for id, boxes in all_boxes(document).items() if set(boxes) <= chosen}
    return tuple(group for group in document.groups if group.id in whole)


def cleaned(document: Document) -> Document:
    """The document with groups as they must be: see the top of this file."""
    if not document.groups:
        return document
    boxes = {node.id for node in document.network.nodes}
    groups: dict[str, Group] = {}
    for group in document.groups:
        groups.setdefault(group.id, group)
    taken: set[str] = set()
    members: dict[str, list[str]] = {id: [] for id in groups}
    for id, group in groups.items():
        for member in group.members:
            if member not in taken and (member in boxes or member in groups):
                taken.add(member)
                members[id].append(member)
    _break_rings(members)
    _drop_empty(members)
    kept = tuple(replace(groups[id], members=tuple(inside)) for id, inside in members.items())
    return document if kept == document.groups else replace(document, groups=kept)


def _break_rings(members: dict[str, list[str]]) -> None:
    """Take a group out of the one that it lies in, where following outwards comes to it again."""
    parent = {member: id for id, inside in members.items() for member in inside}
    for start in members:
        seen, id = {start}, start
        while id in parent:
            outer = parent[id]
            if outer in seen:
                members[outer].remove(id)
                del parent[id]
                break
            seen.add(outer)
            id = outer


def _drop_empty(members: dict[str, list[str]]) -> None:
    parent = {member: id for id, inside in members.items() for member in inside}
    empty = [id for id, inside in members.items() if not inside]
    for id in empty:  # grows while it is read
        del members[id]
        if id in parent:
            outer = members[parent[id]]
            outer.remove(id)
            if not outer:
                empty.append(parent[id])


def _common(document: Document, ids: Iterable[str]) -> str:
    """The innermost group that holds all of some boxes and groups; empty if none does."""
    parent = parents(document)
    chains = [chain(parent, id) for id in ids]
    shared = Counter(id for around in chains for id in around)
    return next((id for id in (chains or [[]])[0] if shared[id] == len(chains)), "")


def _without(document: Document, ids: Collection[str]) -> tuple[Group, ...]:
    gone = set(ids)
    return tuple(
        replace(g, members=tuple(m for m in g.members if m not in gone)) for g in document.groups
    )


def _into(document: Document, ids: tuple[str, ...], home: str) -> Document:
    if not home:
        return document
    group = group_of(document, home)
    return _changed(document, replace(group, members=(*group.members, *ids)))


def _changed(document: Document, group: Group) -> Document:
    groups = tuple(group if other.id == group.id else other for other in document.groups)
    return replace(document, groups=groups)
