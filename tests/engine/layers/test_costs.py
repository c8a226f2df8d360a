"""What boxes cost: by hand, and as the engine's own plan allocates it for every example."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from engine.layers.analysis import analyse
from engine.layers.costs import costs, total, vectors_kept
from engine.optimizers import OPTIMIZERS
from engine.runtime.memory import BYTES, Memory
from engine.runtime.plan import make_plan
from engine.runtime.summary import summarise
from engine.runtime.update import is_treated
from engine.scripting import chain
from engine.spec.document import Document
from engine.spec.files import read
from engine.spec.options import Value
from engine.spec.training import SLOTS, TrainingOptions
from tests.engine.networks import article

EXAMPLES = sorted(Path(__file__).parents[3].glob("resources/examples/*.json"))
FIRST_OF_TEXT: tuple[str, dict[str, Value]] = ("data", {"dataset": "alice", "length": 20})


def multiplications(*boxes: tuple[str, dict[str, Value]]) -> dict[str, int]:
    """Multiply-adds by box."""
    document = chain(*boxes)
    return {id: each.multiplications for id, each in costs(document, analyse(document)).items()}


def test_multiply_adds_are_those_counted_by_hand() -> None:
    found = multiplications(
        ("data", {"dataset": "digits_8"}),  # 8×8×1
        ("conv2d", {"filters": 5, "size": 3}),
        ("flatten", {}),
        ("dense", {"units": 7}),
    )
    assert found["conv2d_1"] == 6 * 6 * 5 * (3 * 3 * 1)  # each result of each filter: its window
    assert found["flatten_1"] == 0
    assert found["dense_1"] == 6 * 6 * 5 * 7


def test_multiply_adds_of_walks_along_time_and_of_attention() -> None:
    found = multiplications(
        FIRST_OF_TEXT,
        ("embedding", {"units": 6}),
        ("lstm", {"units": 4, "returns": "sequence"}),
        ("multi_head_attention", {"heads": 2, "key_dim": 3}),
    )
    gates = 4 * 4
    assert found["embedding_1"] == 0
    assert found["lstm_1"] == 20 * (6 * gates + 4 * gates)
    width = 2 * 3  # queries, keys and values of both heads
    projections = 20 * 3 * 4 * width + 20 * width * 4
    products = 2 * 20 * 20 * width  # queries with keys, then shares with values
    assert found["multi_head_attention_1"] == projections + products


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_memory_is_what_the_engine_allocates(path: Path) -> None:
    document = read(path).document
    found = total(costs(document, analyse(document)))
    plan, batch = make_plan(document), document.training.batch_size
    vectors = vectors_kept(document.training, analyse(document))
    need = Memory.need(plan, batch, 1, vectors)
    assert found.parameters == plan.size
    assert found.multiplications == plan.multiplications
    assert (found.weights, found.gradients, found.optimizer) == (
        need.parameters,
        need.gradients or found.gradients,  # nothing to learn: no way back
        need.optimizer,
    )
    results = {ref.buffer for ref in plan.outputs.values()}
    sizes = [batch * BYTES[b.number] * _numbers(b.shape) for b in results]
    assert found.activations == sum(sizes)
    assert found.memory <= need.total


def _numbers(shape: tuple[int, ...]) -> int:
    count = 1
    for size in shape:
        count *= size
    return count


def test_every_optimizer_keeps_what_is_said() -> None:
    assert {name: len(each.slots) for name, each in OPTIMIZERS.items()} == SLOTS


@pytest.mark.parametrize(
    "changes",
    [{}, {"clipping": "norm"}, {"accumulation": 4}, {"l2": 0.1}, {"max_norm": 2.0}],
    ids=str,
)
def test_a_gradient_that_is_treated_has_a_vector_of_its_own(changes: dict[str, Any]) -> None:
    document = article()
    training = replace(document.training, **changes)
    treated = is_treated(make_plan(document), training)
    assert treated == bool(changes)
    expected = SLOTS[training.optimizer] + treated
    assert vectors_kept(training, analyse(document)) == expected
    changed = replace(document, training=training)
    assert summarise(changed).training.optimizer == 4 * expected * summarise(changed).parameters


def test_a_weight_with_a_penalty_of_its_own_counts_unless_it_is_frozen() -> None:
    def vectors(**options: Value) -> int:
        document = chain(("data", {"dataset": "iris"}), ("dense", {"units": 2, **options}))
        return vectors_kept(TrainingOptions(optimizer="sgd"), analyse(document))

    assert vectors() == 1
    assert vectors(l2=0.1) == 2
    assert vectors(l2=0.1, frozen=True) == 1


def test_memory_grows_with_the_batch_and_shares_add_up() -> None:
    document = article()
    once = costs(document, analyse(document))
    twice_as_many = replace(
        document, training=replace(document.training, batch_size=2 * document.training.batch_size)
    )
    twice = costs(twice_as_many, analyse(document))
    for id, cost in once.items():
        assert twice[id].activations == 2 * cost.activations
        assert twice[id].memory - cost.memory == cost.activations
    assert once["flatten_1"].activations == 0
    assert total(once).memory == sum(cost.memory for cost in once.values())
    assert costs(Document(), analyse(Document())) == {}


def test_multiply_adds_are_those_of_pytorchs_own_counter() -> None:
    """torch.utils.flop_counter of PyTorch 2.13 counts 5,056,000 operations, two for each."""
    found = multiplications(
        ("data", {"dataset": "digits_28"}),
        ("conv2d", {"filters": 32}),
        ("max_pool2d", {}),
        ("conv2d", {"filters": 64}),
        ("max_pool2d", {}),
        ("flatten", {}),
        ("dense", {"units": 64}),
        ("dense", {"units": 10}),
    )
    assert sum(found.values()) == 2_528_000
