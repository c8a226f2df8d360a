"""One sample's way through a network: the numbers are those of the scripting interface."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from engine.data.preparing import prepare
from engine.layers.analysis import analyse, build_layer
from engine.layers.data import Data
from engine.protocol import Flow
from engine.runtime import passage
from engine.runtime.passage import CHANNELS, LONGEST, NOTHING, SIDE, first_passage, flow_of, glance
from engine.runtime.trainer import Trainer
from engine.scripting import Model, chain
from engine.spec import edits
from engine.spec.document import Document
from engine.spec.files import read
from engine.spec.training import TrainingOptions
from tests.engine.networks import Boxes, network, small_cnn, spiral_mlp

QUICK = "welcome", "residual", "transformer", "spiral", "article_rnn", "wave", "both_directions"
ROOT = Path(__file__).parents[3]
EXAMPLES = [
    pytest.param(path, marks=() if path.stem in QUICK else pytest.mark.slow, id=path.stem)
    for path in sorted(ROOT.glob("resources/examples/*.json"))
]


def assert_equal(found: Flow, expected: Flow) -> None:
    assert found.values.shape == expected.values.shape
    np.testing.assert_allclose(found.values, expected.values, rtol=2e-4, atol=2e-5)
    given, wanted = ((flow.low, flow.high, flow.mean) for flow in (found, expected))
    np.testing.assert_allclose(given, wanted, rtol=2e-4, atol=2e-5)


@pytest.mark.parametrize("path", EXAMPLES)
def test_an_untrained_network_shows_what_the_scripting_interface_computes(path: Path) -> None:
    document = read(path).document
    found = first_passage(document, 3)
    model = Model(document, backend="plain", threads=1)
    trainer = Trainer(model)
    model.attach(trainer.sources["training"])
    model.forward("inference", np.arange(4))
    for name, ref in model.plan.outputs.items():
        node, _, port = name.rpartition(".")
        if port in ("x", "y"):
            assert_equal(found.flows[node], flow_of(model.memory.samples(ref, 4)[3]))
    assert found.count == trainer.count("training")
    model.close()


@pytest.mark.parametrize("name", ["welcome", "spiral", "transformer", "names", "adding_lstm"])
def test_the_loss_is_that_of_this_sample_alone(name: str) -> None:
    document = read(ROOT / f"resources/examples/{name}.json").document
    found = first_passage(document, 5)
    model = Model(document, backend="plain", threads=1)
    data = next(iter(Trainer(model).data.values())).parts["training"]
    expected = model.evaluate(data.x[5:6], data.target[5:6])["loss"]
    (loss,) = (
        n.id
        for n in document.network.nodes
        if analyse(document).facts[n.id].layer.category == "loss"
    )
    assert float(found.flows[loss].values) == pytest.approx(expected, rel=1e-4)
    model.close()


def test_a_run_shows_its_present_weights() -> None:
    trainer = Trainer(Model(small_cnn(), threads=1))
    for _ in range(3):
        trainer.advance()
    seen = glance(trainer, 7, 2)
    assert (seen.run, seen.epoch, seen.passage.sample) == (7, 0, 2)
    ((data, prepared),) = trainer.data.items()
    answers = trainer.model.predict(prepared.inputs("training", np.arange(4)))[2]
    (last,) = trainer.model.document.network.into(trainer.model.plan.outcomes[0].node, "x")
    np.testing.assert_allclose(seen.passage.flows[last.source].values, answers, rtol=1e-5)
    target = prepared.parts["training"].target[2]
    assert seen.passage.targets[data].tolist() == target.tolist()
    trainer.model.close()


def test_looking_on_changes_nothing_of_a_run() -> None:
    watched, alone = (Trainer(Model(_stateful(), threads=1, backend="plain")) for _ in range(2))
    for step in range(6):
        glance(watched, 1, step)
        assert watched.advance() == alone.advance()
        glance(watched, 1, step + 40)
    assert watched.state() == alone.state()


def _stateful() -> Document:
    boxes: Boxes = {
        "data": ("data", {"dataset": "adding"}),
        "a": ("gru", {"units": 5, "stateful": True, "dropout": 0.2}),
        "b": ("batch_norm", {}),
        "c": ("dense", {"units": 1}),
        "loss": ("mean_squared_error", {}),
    }
    joins = "data > a", "a > b", "b > c", "c > loss", "data.target > loss.target"
    return network(boxes, *joins, training=TrainingOptions(batch_size=16, accumulation=2))


def test_samples_are_counted_on_beyond_the_last() -> None:
    count = first_passage(spiral_mlp(), 0).count
    assert first_passage(spiral_mlp(), count + 2).sample == 2
    assert first_passage(spiral_mlp(), -1).sample == count - 1


def test_boxes_before_an_error_show_what_they_do() -> None:
    document = read(ROOT / "resources/examples/welcome.json").document
    whole = first_passage(document, 0)
    broken = edits.remove_nodes(document, ("flatten_1",))
    assert analyse(broken).errors
    found = first_passage(broken, 0)
    assert {"data_1", "conv2d_1", "max_pool2d_2"} <= set(found.flows)
    for id in found.flows:
        if id.startswith(("data", "conv", "max")):
            assert_equal(found.flows[id], whole.flows[id])
    assert first_passage(Document(), 0) == NOTHING


def test_networks_too_large_for_a_moment_show_nothing() -> None:
    document = chain(
        ("data", {"dataset": "digits_28"}), ("flatten", {}), ("dense", {"units": 60_000})
    )
    assert first_passage(document, 0) == NOTHING


def test_data_too_large_for_a_moment_show_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert first_passage(spiral_mlp(), 0).count > 0
    monkeypatch.setattr(passage, "MOST_NUMBERS", 100)
    assert first_passage(spiral_mlp(), 0) == NOTHING


def test_pictures_come_channel_by_channel_and_made_small() -> None:
    picture = np.arange(70 * 64 * 12, dtype=np.float32).reshape(70, 64, 12)
    flow = flow_of(picture)
    assert flow.values.shape == (CHANNELS, SIDE, SIDE)
    assert flow.values[1, 0, 0] == picture[0:2, 0:2, 1].mean()
    assert (flow.low, flow.high) == (0.0, picture.size - 1)
    small = flow_of(picture[:5, :6, :2]).values
    np.testing.assert_array_equal(small, np.moveaxis(picture[:5, :6, :2], -1, 0))


def test_rows_sequences_tokens_and_what_is_no_number() -> None:
    row = np.linspace(-1, 1, 1600, dtype=np.float32)
    flow = flow_of(row)
    assert flow.values.shape == (LONGEST,)
    assert flow.values[0] == pytest.approx(row[:12].mean(), abs=2e-3)
    assert flow_of(np.zeros((100, 80), np.float32)).values.shape == (64, 32)
    tokens = flow_of(np.array([4, 2, 9]))
    assert tokens.values.tolist() == [4, 2, 9]
    assert (tokens.low, tokens.high) == (2, 9)
    broken = flow_of(np.array([np.nan, 1.0, 3.0], np.float32))
    assert (broken.low, broken.high, broken.mean) == (1.0, 3.0, 2.0)
    assert np.isnan(flow_of(np.array([np.nan], np.float32)).mean)


def test_no_compiler_is_loaded_for_it() -> None:
    """The data process stays light: plain kernels need NumPy only."""
    script = "\n".join(
        (
            "import sys",
            "from pathlib import Path",
            "from engine.data_protocol import Trace",
            "from engine.data_worker import answer_to",
            "from engine.spec.codec import to_json",
            "from engine.spec.files import read",
            "text = to_json(read(Path(sys.argv[1])).document)",
            "answer = answer_to(Trace(3, text, 1), lambda done, total: None)",
            "assert answer.task == 3 and 'conv2d_2' in answer.passage.flows, answer",
            "assert 'numba' not in sys.modules",
        )
    )
    path = ROOT / "resources/examples/welcome.json"
    subprocess.run([sys.executable, "-c", script, str(path)], check=True, cwd=ROOT)


def test_samples_are_prepared_once_for_many_questions() -> None:
    document = read(ROOT / "resources/examples/welcome.json").document
    layer = build_layer(document.network.node("data_1"))
    assert isinstance(layer, Data)
    expected = prepare(layer).parts["training"].x[0].reshape(28, 28)
    np.testing.assert_array_equal(first_passage(document, 0).flows["data_1"].values[0], expected)
