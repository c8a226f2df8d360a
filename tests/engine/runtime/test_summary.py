"""The summary: its totals are what is allocated, its lines what the boxes say."""

from __future__ import annotations

import pytest

from engine.runtime.memory import Memory
from engine.runtime.model import Model
from engine.runtime.plan import NotReady, make_plan
from engine.runtime.summary import summarise
from engine.spec.document import Document
from tests.engine.networks import article, small_cnn, spiral_mlp

DOCUMENTS = {"article": article(), "cnn": small_cnn(threads=3), "sgd": spiral_mlp(optimizer="sgd")}
all_documents = pytest.mark.parametrize("name", DOCUMENTS)


@all_documents
def test_the_totals_are_what_a_model_allocates(name: str) -> None:
    summary = summarise(DOCUMENTS[name])
    model = Model(DOCUMENTS[name])
    assert summary.threads == model.threads
    assert summary.parameters == model.plan.size
    assert summary.trainable == model.plan.trainable
    assert summary.multiplications == model.plan.multiplications
    assert summary.training.parameters == model.memory.parameters.nbytes
    assert summary.training.gradients == model.memory.gradients.nbytes
    assert summary.training.optimizer == sum(slot.nbytes for slot in model.update.slots.values())
    assert summary.training.total - summary.training.optimizer == model.memory.bytes
    model.close()


@all_documents
def test_answering_needs_less_than_training_and_what_is_said(name: str) -> None:
    document = DOCUMENTS[name]
    summary = summarise(document)
    plan = make_plan(document).for_inference()
    memory = Memory(plan, document.training.batch_size, summary.threads)
    assert summary.inference.total == memory.bytes
    assert summary.inference.total < summary.training.total / 1.5
    assert summary.inference.gradients == summary.inference.optimizer == 0


@all_documents
def test_what_is_saved_is_what_arrays_of_their_own_would_take(name: str) -> None:
    plan, need = make_plan(DOCUMENTS[name]), summarise(DOCUMENTS[name]).training
    size, threads = DOCUMENTS[name].training.batch_size, summarise(DOCUMENTS[name]).threads
    shared, apart = (Memory(plan, size, threads, reuse=reuse).bytes for reuse in (True, False))
    assert apart - shared == need.saved > 0


def test_the_article_reads_as_in_the_book() -> None:
    text = str(summarise(article()))
    assert "3·3·32·64 + 64 = 18,496" in text
    assert text.splitlines()[-1].startswith("121,930 parameters")
    rows = {row.node: row for row in summarise(article()).rows}
    assert str(rows["conv2d_2"].outputs["y"]) == "11×11×64"
    assert rows["cross_entropy_1"].reads == ("dense_2.y", "data_1.target")
    assert rows["flatten_1"].arithmetic == ""


def test_a_drawing_that_cannot_run_has_no_summary() -> None:
    with pytest.raises(NotReady):
        summarise(Document())
