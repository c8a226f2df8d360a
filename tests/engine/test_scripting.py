"""What a teacher's notebook does: make or load a network, train it, look inside."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine import scripting
from engine.protocol import COMPLETED, DIVERGED
from engine.runtime.checkpoint import StateMismatch
from engine.runtime.plan import NotReady
from engine.scripting import Model, Trainer, chain, fit, load_file, save_file
from engine.spec.codec import Unreadable
from engine.spec.files import Saved, read, write
from engine.spec.history import History
from engine.spec.options import BadOption
from tests.engine.networks import small_cnn, spiral_mlp


def test_the_example_of_the_documentation_runs() -> None:
    assert scripting.__doc__ is not None
    lines = [line[4:] for line in scripting.__doc__.splitlines() if line.startswith("    ")]
    code = "\n".join(lines).replace("100", "2")
    names: dict[str, object] = {}
    exec(compile(code, "example", "exec"), names)
    assert isinstance(names["history"], History)
    assert len(names["history"].epochs) == 2


def test_everything_it_promises_is_there() -> None:
    for name in scripting.__all__:
        assert hasattr(scripting, name)


def test_a_chain_is_a_network_from_data_to_loss() -> None:
    document = small_cnn(epochs=3)
    assert [node.kind for node in document.network.nodes] == [
        *("data", "conv2d", "max_pool2d", "flatten", "dropout", "dense", "cross_entropy"),
    ]
    assert document.network.node("dropout_1").options["rate"] == 0.3
    assert document.training.epochs == 3


def test_mistakes_are_named() -> None:
    with pytest.raises(BadOption, match=r"epochs.*1 … 100,000"):
        chain(("data", {}), training={"epochs": 0})
    with pytest.raises(ValueError, match=r"no layer type 'dens'.*dense"):
        chain(("data", {}), ("dens", {}))
    with pytest.raises(NotReady, match="bad_option at dense_1"):
        Model(chain(("data", {}), ("flatten", {}), ("dense", {"units": 0})))


def test_fitting_trains_for_the_epochs_of_the_document() -> None:
    model = Model(spiral_mlp(epochs=3, batch_size=32), threads=1)
    told: list[tuple[int, float]] = []
    history = fit(model, on_epoch=lambda n, record: told.append((n, record["loss"])))
    assert (history.reason, history.batches, history.count) == (COMPLETED, 3, 9)
    assert [n for n, _ in told] == [1, 2, 3]
    assert [loss for _, loss in told] == [record["loss"] for record in history.epochs]
    assert history.steps.keys() == {"loss", "accuracy"}


def test_fitting_for_other_epochs() -> None:
    assert len(fit(Model(spiral_mlp(epochs=3)), epochs=1).epochs) == 1
    assert fit(Model(spiral_mlp(epochs=3)), epochs=0).epochs == []


def test_fitting_that_diverges_ends() -> None:
    wave = chain(
        ("data", {"dataset": "wave"}),
        ("dense", {"units": 1}),
        ("mean_squared_error", {}),
        training={"optimizer": "sgd", "learning_rate": 100.0, "epochs": 1000},
    )
    history = fit(Model(wave))
    assert history.reason == DIVERGED
    assert history.steps["loss"][-1] > 1e30


def test_fitting_is_the_same_each_time() -> None:
    one, other = (fit(Model(spiral_mlp(epochs=2), seed=4, threads=2)) for _ in range(2))
    assert one.steps == other.steps


def test_a_trained_network_is_saved_and_loaded(tmp_path: Path) -> None:
    document = spiral_mlp(epochs=2)
    model = Model(document)
    trainer, history = Trainer(model), History()
    while not trainer.epoch_is_complete:
        history.add_points({name: [v] for name, v in trainer.advance().items()})
    path = tmp_path / "spiral.layerwise"
    save_file(path, document, trainer, history)
    again = load_file(str(path), threads=1)
    assert again.document == document
    assert again.step == model.step
    x = np.random.default_rng(0).standard_normal((5, 2))
    assert np.array_equal(again.predict(x), model.predict(x))
    assert read(path).history == history.to_json()


def test_a_network_paused_in_an_epoch_is_loaded_with_any_batch_size(tmp_path: Path) -> None:
    document = spiral_mlp(batch_size=16)
    trainer = Trainer(Model(document))
    trainer.advance()
    path = tmp_path / "spiral.layerwise"
    save_file(path, document, trainer, History())
    again = load_file(path, batch_size=3)
    for name, value in trainer.model.parameters.items():
        assert np.array_equal(again.parameters[name], value)


def test_a_file_without_weights_begins_anew(tmp_path: Path) -> None:
    write(tmp_path / "new.layerwise", Saved(spiral_mlp()))
    fresh = Model(spiral_mlp())
    loaded = load_file(tmp_path / "new.layerwise")
    for name, value in fresh.parameters.items():
        assert np.array_equal(loaded.parameters[name], value)


def test_files_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.layerwise"
    with pytest.raises(OSError):
        load_file(path)
    path.write_bytes(b"nonsense")
    with pytest.raises(Unreadable):
        load_file(path)
    write(path, Saved(spiral_mlp(), Trainer(Model(small_cnn())).state()))
    with pytest.raises(StateMismatch):
        load_file(path)


def test_branches_are_drawn_with_the_edits() -> None:
    """The same functions that the window uses."""
    from engine.spec import edits
    from engine.spec.document import Edge

    document = chain(
        ("data", {"dataset": "iris"}),
        ("dense", {"units": 8, "activation": "relu"}),
        ("dense", {"units": 8, "activation": "relu"}),
        ("add", {}),
        ("dense", {"units": 3, "activation": "softmax"}),
        ("cross_entropy", {}),
    )
    document = edits.connect(document, Edge("dense_1", "y", "add_1", "x"), many=True)
    assert fit(Model(document), epochs=1).reason == COMPLETED
