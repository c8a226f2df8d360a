"""The live comparison: random networks, computed by the engine and by a peer at the same time.

`python -m tests.references.compare PyTorch COUNT` prints one line of JSON a network; the words are
put on by `gui.setup.comparison`. Both sides compute in double precision, so what is left between
them is the order of sums (and here and there a constant that PyTorch has in single precision): less
than LIMIT, unless somebody is wrong.
"""

from __future__ import annotations

import itertools
import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Any

import numpy as np

from engine.layers import CATALOGUE
from engine.optimizers import OPTIMIZERS
from engine.spec.document import Document
from tests.engine.growing import grown
from tests.references.experiment import Experiment, Results, difference, experiment, own_results
from tests.references.peer import Different, Peer

LIMIT = 1e-7
STEPS = 3
PLACES, SEQUENCES, ROWS = ("digits_8",), ("digit_rows",), ("iris", "spirals", "wave")


def peer_called(name: str) -> type[Peer]:
    """The peer of that name; ImportError if it is not installed."""
    if name == "Keras":
        from tests.references.keras_training import KerasNetwork

        return KerasNetwork
    from tests.references.torch_training import TorchNetwork

    return TorchNetwork


def drawn(seed: int, peer: type[Peer]) -> Experiment:
    """A random network of layers that the peer has, trained in a random way.

    Of every eight networks one may hold layers of chance, of which only the answers compare.
    """
    random = Random(seed)
    kinds = [k for k in peer.kinds if seed % 8 == 0 or CATALOGUE[k].category != "regularisation"]
    data = random.choice((PLACES, SEQUENCES, ROWS))
    document = grown(random, boxes=random.randint(4, 12), kinds=sorted(kinds), data=data)
    return experiment(_trained(document, random), seed, count=4, steps=STEPS)


def _trained(document: Document, random: Random) -> Document:
    """Lion is left to the reference cases: it steps by a gradient's sign alone, which is chance
    where the gradient is zero but for rounding.
    """
    chosen = replace(
        document.training,
        optimizer=random.choice([name for name in OPTIMIZERS if name != "lion"]),
        learning_rate=random.choice((0.003, 0.03)),
        momentum=random.choice((0.0, 0.9)),
        nesterov=random.random() < 0.5,
    )
    return replace(document, training=chosen)


def compared(own: Results, peer: Results) -> dict[str, float]:
    """The largest difference of each kind of result: answer, loss, gradient, after."""
    worst: dict[str, float] = {}
    for key, value in peer.items():
        kind = key.partition(" ")[0]
        worst[kind] = max(worst.get(kind, 0.0), difference(own[key], value))
    return worst


def comparisons(name: str, count: int) -> Iterator[dict[str, Any]]:
    """One network after the other: seed, kinds of boxes, and the differences or an error."""
    peer = peer_called(name)
    seeds, done = itertools.count(), 0
    while done < count:
        seed = next(seeds)
        given = drawn(seed, peer)
        found: dict[str, Any] = {"seed": seed, "kinds": sorted({n.kind for n in given.nodes})}
        try:
            with np.errstate(all="ignore"):
                theirs = peer(given).results()  # first, because it may say Different
                found["apart"] = compared(own_results(given), theirs)
        except Different:
            continue
        except Exception as error:  # told with the network that it came from
            found["error"] = f"{type(error).__name__}: {error}"
        done += 1
        yield found | {"limit": LIMIT}


if __name__ == "__main__":
    for line in comparisons(sys.argv[1], int(sys.argv[2])):
        print(json.dumps(line), flush=True)
