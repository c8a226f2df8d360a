"""Automatic arrangement: columns from the data to the loss, few crossings, straight chains, rows.

The layered method of Sugiyama, Tagawa & Toda (1981): columns by longest path, order within a
column by barycentre, long edges keep a lane free in each column they pass.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from itertools import pairwise

from engine.layers.drawing import GAP
from engine.spec.document import Network
from engine.spec.graph import order
from gui.box import HEIGHT, TARGET, body_of
from gui.canvas.wrapping import broken, moves

ROW, LANE = 104.0, 40.0  # heights of a box and of a passing edge, with the space around
BOX_WEIGHT, LANE_WEIGHT = 1.0, 1e-4  # passing edges give way to boxes
SWEEPS = 6
GRID = 8.0
Spot = str | tuple[str, str, int]  # a box, or the place where a long edge passes a column
Links = dict[Spot, list[Spot]]


def arranged(network: Network) -> dict[str, tuple[float, float]]:
    """New places (left, top) by id; the first box of the drawing stays at its height."""
    if not network.nodes:
        return {}
    column = _columns(network)
    columns, links = _with_lanes(network, column)
    heights: dict[Spot, float] = {node.id: node.y for node in network.nodes}
    deep: dict[Spot, float] = {n.id: body_of(n.kind).height() - HEIGHT for n in network.nodes}
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
            _settle(spots, wishes, heights, deep)
    for spots in columns:  # last, make chains straight
        wishes = {}
        for spot in spots:
            partner = _partner(spot, before, after)
            wishes[spot] = heights[partner] if partner else _mean(spot, both, heights)
        _settle(spots, wishes, heights, deep)
    _wrap(columns, links, column, heights)
    left = min(node.x for node in network.nodes)
    first = network.nodes[0]
    return {
        id: (left + GAP * place, first.y + round((heights[id] - heights[first.id]) / GRID) * GRID)
        for id, place in column.items()
    }


def _wrap(
    columns: list[list[Spot]],
    links: list[tuple[Spot, Spot]],
    column: dict[str, int],
    heights: dict[Spot, float],
) -> None:
    """Break the columns into rows where only one edge goes on; changes `column` and `heights`."""
    place_of = {spot: place for place, spots in enumerate(columns) for spot in spots}
    crossing = [0] * len(columns)  # links that arrive at each column
    for _, target in links:
        crossing[place_of[target]] += 1
    rows = broken(len(columns), [i for i in range(1, len(columns)) if crossing[i] <= 1])
    levels = []
    for row in rows:
        found = [heights[spot] for i in row for spot in columns[i]]
        levels.append((min(found), max(found)))
    for row, down in zip(rows, moves(levels), strict=True):
        for i in row:
            for spot in columns[i]:
                heights[spot] += down
    begins = {i: row.start for row in rows for i in row}
    for id, place in column.items():
        column[id] = place - begins[place]


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
    spots: list[Spot],
    wishes: Mapping[Spot, float],
    heights: dict[Spot, float],
    deep: Mapping[Spot, float],
) -> None:
    """Place a column, in its order, as near to the wishes as fits.

    deep : by how much a box reaches further down than others
    """
    gaps = [0.0]
    for upper, lower in pairwise(spots):
        gaps.append((_size(upper) + _size(lower)) / 2 + deep.get(upper, 0.0))
    found = _spread([wishes[s] for s in spots], gaps, [_weight(s) for s in spots])
    for spot, height in zip(spots, found, strict=True):
        heights[spot] = round(height, 2)  # so that what should be level is


def _size(spot: Spot) -> float:
    return ROW if isinstance(spot, str) else LANE


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
