"""Makes the table of the set `garden`: plants of a school garden, with gaps as in real tables.

    python -m tests.datasets.make_garden

The rule behind it: each kind of plant wants so much sun and so much water, more of it in a pot or a
greenhouse. The further a plant is from that, the likelier it wilts; chance has a small say too. Its
height does not matter, nor who waters it. Afterwards some cells are emptied.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from engine.spec.texts import FOLDER

ROWS, SEED = 240, 5
HEADING = "plant,place,watered_by,sun_hours,water_litres,height_cm,result"
GAPS = {"place": 0.03, "sun_hours": 0.08, "water_litres": 0.1, "height_cm": 0.05}  # shares


@dataclass(frozen=True)
class Plant:
    """What one plant gets, and how well that is for it (0: perfect, smaller: worse)."""

    plant: str
    place: str
    watered_by: str
    sun_hours: float
    water_litres: float
    height_cm: int
    comfort: float


WANTED = {"bean": (6.0, 5.0), "fern": (3.0, 6.0), "lavender": (8.0, 2.0), "tomato": (8.0, 7.0)}
THIRST = {"bed": 0.0, "pot": 1.5, "greenhouse": 2.5}


def plant(random: Random) -> Plant:
    """A plant somewhere in the garden, more or less as it wants it."""
    kind, place = random.choice(list(WANTED)), random.choice(list(THIRST))
    sun, water = WANTED[kind]
    sun_hours = round(min(11.0, max(1.0, random.gauss(sun, 2.3))), 1)
    water_litres = round(max(0.5, random.gauss(water + THIRST[place], 2.5)), 1)
    off = ((sun_hours - sun) / 2.3) ** 2 + ((water_litres - water - THIRST[place]) / 2.5) ** 2
    height, who = random.randint(5, 40), random.choice(("pupils", "caretaker"))
    return Plant(kind, place, who, sun_hours, water_litres, height, -off + random.gauss(0.0, 0.2))


def lines() -> list[str]:
    """The table as lines of a CSV file; half of the plants thrive."""
    random = Random(SEED)
    plants = [plant(random) for _ in range(ROWS)]
    middle = sorted(each.comfort for each in plants)[ROWS // 2]
    found = [HEADING]
    for each in plants:
        cells = []
        for name in HEADING.split(",")[:-1]:
            is_gap = random.random() < GAPS.get(name, 0.0)
            cells.append("" if is_gap else str(getattr(each, name)))
        found.append(",".join((*cells, "thrives" if each.comfort >= middle else "wilts")))
    return found


def main() -> None:
    (FOLDER / "garden.csv").write_text("\n".join(lines()) + "\n", "utf-8", newline="\n")


if __name__ == "__main__":
    main()
