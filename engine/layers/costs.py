"""What each box costs: numbers learnt, multiply-adds, and memory while a network is trained.

Worked out from the drawing alone, so that the window can say it after each edit. A test holds for
all examples that the engine's own plan allocates exactly these parameters, gradients, optimizer's
vectors and results; beyond them it needs room to work in, which many boxes share.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod

from engine.layers.analysis import Analysis, NodeFacts
from engine.layers.base import Weight
from engine.spec.document import Document
from engine.spec.shapes import TOKEN, Shape
from engine.spec.training import SLOTS, TrainingOptions

NUMBER, INDEX = 4, 8  # bytes of a number with single precision, and of a token
QUANTITIES = ("parameters", "multiplications", "memory")


@dataclass(frozen=True, slots=True)
class Cost:
    """One box, or with `+` several. Memory is in bytes, for one worker.

    multiplications : multiply-adds of one sample's forward pass
    activations : of the results of one batch; 0 where a box hands on the array that it got
    gradients : of the parameters
    optimizer : what the optimizer keeps between steps
    """

    parameters: int = 0
    multiplications: int = 0
    activations: int = 0
    weights: int = 0
    gradients: int = 0
    optimizer: int = 0

    @property
    def memory(self) -> int:
        """All of it, in bytes."""
        return self.activations + self.weights + self.gradients + self.optimizer

    def of(self, quantity: str) -> int:
        """One of QUANTITIES."""
        found: int = getattr(self, quantity)
        return found

    def __add__(self, other: Cost) -> Cost:
        return Cost(
            self.parameters + other.parameters,
            self.multiplications + other.multiplications,
            self.activations + other.activations,
            self.weights + other.weights,
            self.gradients + other.gradients,
            self.optimizer + other.optimizer,
        )


NOTHING = Cost()
_newest: list[tuple[Analysis, TrainingOptions, dict[str, Cost]]] = []  # one, or none yet


def costs(document: Document, analysis: Analysis) -> dict[str, Cost]:
    """What every box costs whose sizes are known, by id; the newest answer is remembered."""
    training = document.training
    if _newest and _newest[0][0] is analysis and _newest[0][1] == training:
        return dict(_newest[0][2])  # the canvas and the status line ask for the same
    vectors = vectors_kept(training, analysis)
    found = {id: _cost(facts, training.batch_size, vectors) for id, facts in analysis.facts.items()}
    _newest[:] = [(analysis, training, found)]
    return dict(found)


def total(found: Mapping[str, Cost]) -> Cost:
    """All boxes together."""
    return sum(found.values(), NOTHING)


def vectors_kept(training: TrainingOptions, analysis: Analysis) -> int:
    """How many vectors as long as the parameters are kept beside them and their gradient.

    Those of the optimizer; and one more where the gradient of a whole batch is written down,
    because it is treated before the step: clipped, accumulated, with penalties, or bounds after.
    """
    weights = [w for facts in analysis.facts.values() for w in facts.weights.values()]
    is_treated = (
        training.accumulation > 1
        or training.clipping != "none"
        or any(_is_special(weight, training) for weight in weights)
    )
    return SLOTS[training.optimizer] + is_treated


def _is_special(weight: Weight, training: TrainingOptions) -> bool:
    """Whether a weight has a penalty, or a bound on its length."""
    is_kernel = len(weight.shape) > 1
    penalty = weight.l1 or weight.l2 or (is_kernel and (training.l1 or training.l2))
    bound = is_kernel and (weight.max_norm or training.max_norm)
    return weight.trainable and bool(penalty or bound)


def _cost(facts: NodeFacts, batch: int, vectors: int) -> Cost:
    parameters = sum(weight.count for weight in facts.weights.values())
    results = sum(map(_bytes, facts.layer.held(facts.outputs)))
    weights = NUMBER * parameters
    return Cost(
        parameters,
        facts.multiplications,
        batch * results,
        weights,
        weights,
        vectors * weights,
    )


def _bytes(shape: Shape) -> int:
    """Of one sample's array."""
    if shape.kind == TOKEN:
        return INDEX * prod(shape.sizes)
    return NUMBER * shape.count
