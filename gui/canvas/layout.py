"""Automatic arrangement: columns from the data to the loss, few crossings, straight chains, rows.

The layered method of Sugiyama, Tagawa & Toda (1981): columns by longest path, order within a
column by barycentre, long edges keep a lane free in each column they pass. It knows no boxes, but
items of some size, and no directions: `along` is the way of the data, `across` the other one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from engine.layers.drawing import GAP
from engine.spec.document import Edge, Network, Node
from engine.spec.graph import order
from gui.box import HEIGHT, TARGET, WIDTH, body_of
from gui.canvas.units import Place
from gui.canvas.wrapping import APART, LONGEST, broken, moves

BOX_WEIGHT, LANE_WEIGHT = 1.0, 1e-4  # passing edges give way to boxes
SWEEPS = 6
GRID = 8.0
Spot = str | tuple[str, str, int]  # an item, or the place where a long edge passes a column
Links = dict[Spot, list[Spot]]


@dataclass(frozen=True, slots=True)
class Item:
    """What has a place of its own: a box, or a group with all that is in it."""

    id: str
    across: float  # where it stands now
    length: float = WIDTH  # along
    before: float = 0.0  # how much further than a box it reaches across, to smaller values
    after: float = 0.0  # and to larger ones


@dataclass(frozen=True, slots=True)
class Flow:
    """The measures of a direction, in scene pixels."""

    row: float  # of a box with the space around it, across
    lane: float  # of a passing edge
    gap: float  # from one column to the next
    longest: int  # columns before a new row begins
    apart: float  # from the boxes of one row to those of the next


RIGHT = Flow(row=HEIGHT + 40.0, lane=40.0, gap=GAP - WIDTH, longest=LONGEST, apart=APART)
DOWN = Flow(row=WIDTH + 90.0, lane=40.0, gap=56.0, longest=8, apart=WIDTH + 130.0)


def arranged(network: Network) -> dict[str, Place]:
    """New places (left, top) by id; the first box of the drawing stays at its height."""
    if not network.nodes:
        return {}
    items = [item_of(node) for node in network.nodes]
    found = layered(items, network.edges, RIGHT)
    left = min(node.x for node in network.nodes)
    first = network.nodes[0]
    return {
        id: (left + along, first.y + on_grid(across - found[first.id][1]))
        for id, (along, across) in found.items()
    }


def item_of(node: Node) -> Item:
    """A box in the flow to the right."""
    return Item(node.id, node.y, after=body_of(node.kind).height() - HEIGHT)


def on_grid(length: float) -> float:
    """The nearest line of the grid."""
    return round(length / GRID) * GRID


def layered(
    items: Sequence[Item], edges: Sequence[Edge], flow: Flow, wraps: bool = True
) -> dict[str, Place]:
    """Places (along, across) by id, the first column at 0; edges go from item to item."""
    network = Network(tuple(Node(item.id, "") for item in items), tuple(edges))
    column = _columns(network)
    columns, links = _with_lanes(network, column)
    heights: dict[Spot, float] = {item.id: item.across for item in items}
    room = _Room(flow, {item.id: item for item in items})
    for spots in columns:
        spots.sort(key=lambda spot: heights.get(spot, 0.0))
    before, after = _neighbours(links), _neighbours([(b, a) for a, b in links])
    both = {spot: before[spot] + after[spot] for spots in columns for spot in spots}
    for sweep in range(SWEEPS):
        forward = sweep % 2 == 0
        for spots in columns if forward else reversed(columns):
            wishes = {s: _mean(s, before if forward else after, heights) for s in spots}
            if sweep:
                spots.sort(key=wishes.__getitem__)
            _settle(spots, wishes, heights, room)
    for spots in columns:  # last, make chains straight
        wishes = {}
        for spot in spots:
            partner = _partner(spot, before, after)
            wishes[spot] = heights[partner] if partner else _mean(spot, both, heights)
        _settle(spots, wishes, heights, room)
    rows = _rows(columns, links, room) if wraps else [range(len(columns))]
    _wrap(columns, rows, heights, room)
    begins = _begins(columns, rows, room)
    return {id: (begins[place], heights[id]) for id, place in column.items()}


class _Room:
    """How much space items and passing edges take."""

    def __init__(self, flow: Flow, items: Mapping[Spot, Item]) -> None:
        self.flow, self._items = flow, items

    def size(self, spot: Spot) -> float:
        return self.flow.row if isinstance(spot, str) else self.flow.lane

    def before(self, spot: Spot) -> float:
        return self._items[spot].before if spot in self._items else 0.0

    def after(self, spot: Spot) -> float:
        return self._items[spot].after if spot in self._items else 0.0

    def length(self, spots: Sequence[Spot]) -> float:
        """Of a column: that of its longest item."""
        found = [self._items[spot].length for spot in spots if spot in self._items]
        return max(found, default=WIDTH)


def _rows(columns: list[list[Spot]], links: list[tuple[Spot, Spot]], room: _Room) -> list[range]:
    """Columns broken into rows where only one edge goes on."""
    place_of = {spot: place for place, spots in enumerate(columns) for spot in spots}
    crossing = [0] * len(columns)  # links that arrive at each column
    for _, target in links:
        crossing[place_of[target]] += 1
    gap = room.flow.gap
    plain = (WIDTH if room.flow is RIGHT else HEIGHT) + gap
    lengths = [max(round((room.length(spots) + gap) / plain), 1) for spots in columns]
    cuts = [i for i in range(1, len(columns)) if crossing[i] <= 1]
    return broken(lengths, cuts, room.flow.longest)


def _wrap(
    columns: list[list[Spot]], rows: list[range], heights: dict[Spot, float], room: _Room
) -> None:
    """Put each row beside the one before it; changes `heights`."""
    levels = []
    for row in rows:
        spots = [spot for i in row for spot in columns[i]]
        low = min(heights[spot] - room.before(spot) for spot in spots)
        levels.append((low, max(heights[spot] + _beyond(spot, room) for spot in spots)))
    for row, down in zip(rows, moves(levels, room.flow.apart), strict=True):
        for i in row:
            for spot in columns[i]:
                heights[spot] += down


def _beyond(spot: Spot, room: _Room) -> float:
    """By how much a group reaches further than boxes: those have room enough between two rows."""
    return room.after(spot) if room.before(spot) else 0.0


def _begins(columns: list[list[Spot]], rows: list[range], room: _Room) -> dict[int, float]:
    """Where each column begins, along its row."""
    found = {}
    for row in rows:
        at = 0.0
        for i in row:
            found[i] = at
            at += room.length(columns[i]) + room.flow.gap
    return found


def _columns(network: Network) -> dict[str, int]:
    """The column of each box: one more than the furthest box it reads from."""
    column: dict[str, int] = {}
    sequence = order(network)
    known = set(sequence)
    for id in (*sequence, *(n.id for n in network.nodes if n.id not in known)):
        feeds = [column[edge.source] for edge in network.into(id) if edge.source in column]
        column[id] = max(feeds, default=-1) + 1
    return column


def _with_lanes(
    network: Network, column: Mapping[str, int]
) -> tuple[list[list[Spot]], list[tuple[Spot, Spot]]]:
    """Spots by column, with lanes for edges that pass columns, and links between neighbours."""
    columns: list[list[Spot]] = [[] for _ in range(max(column.values()) + 1)]
    for id, place in column.items():
        columns[place].append(id)
    links: list[tuple[Spot, Spot]] = []
    for edge in network.edges:
        if edge.target_port == TARGET:  # drawn around below
            continue
        passed = range(column[edge.source] + 1, column[edge.target])
        lanes: list[Spot] = [(edge.source, edge.target, place) for place in passed]
        for lane, place in zip(lanes, passed, strict=True):
            columns[place].insert(0, lane)
        links += pairwise([edge.source, *lanes, edge.target])
    return columns, links


def _neighbours(links: list[tuple[Spot, Spot]]) -> Links:
    found: Links = defaultdict(list)
    for source, target in links:
        found[target].append(source)
    return found


def _partner(spot: Spot, before: Links, after: Links) -> Spot | None:
    """The box that a box continues: each is the other's only neighbour on that side."""
    feeds = [other for other in before[spot] if isinstance(other, str)]
    if not isinstance(spot, str) or len(feeds) != 1:
        return None
    readers = [other for other in after[feeds[0]] if isinstance(other, str)]
    return feeds[0] if len(readers) == 1 else None


def _mean(spot: Spot, neighbours: Links, heights: Mapping[Spot, float]) -> float:
    """The mean height of the neighbours, boxes before passing edges."""
    near = [(heights[n], _weight(n)) for n in neighbours[spot] if n in heights]
    if not near:
        return heights.get(spot, 0.0)
    return sum(height * weight for height, weight in near) / sum(weight for _, weight in near)


def _settle(
    spots: list[Spot], wishes: Mapping[Spot, float], heights: dict[Spot, float], room: _Room
) -> None:
    """Place a column, in its order, as near to the wishes as fits."""
    gaps = [0.0]
    for upper, lower in pairwise(spots):
        plain = (room.size(upper) + room.size(lower)) / 2
        gaps.append(plain + room.after(upper) + room.before(lower))
    found = _spread([wishes[s] for s in spots], gaps, [_weight(s) for s in spots])
    for spot, height in zip(spots, found, strict=True):
        heights[spot] = round(height, 2)  # so that what should be level is


def _weight(spot: Spot) -> float:
    return BOX_WEIGHT if isinstance(spot, str) else LANE_WEIGHT


def _spread(wishes: list[float], gaps: list[float], weights: list[float]) -> list[float]:
    """Heights in the given order, at least `gaps` apart, with least squared distance to `wishes`.

    Pool adjacent violators (Ayer et al. 1955) on wishes from which the gaps are taken off.
    """
    offsets: list[float] = []
    for gap in gaps:
        offsets.append((offsets[-1] if offsets else 0.0) + gap)
    pools: list[tuple[float, float, int]] = []  # mean, weight, members
    for wish, offset, weight in zip(wishes, offsets, weights, strict=True):
        mean, total, members = wish - offset, weight, 1
        while pools and pools[-1][0] > mean:
            other, mass, count = pools.pop()
            mean = (mean * total + other * mass) / (total + mass)
            total, members = total + mass, members + count
        pools.append((mean, total, members))
    flat = [mean for mean, _, members in pools for _ in range(members)]
    return [value + offset for value, offset in zip(flat, offsets, strict=True)]
