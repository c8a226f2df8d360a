"""What holds for every layer type, present and future."""

from __future__ import annotations

import dataclasses

import pytest

from engine.layers import CATALOGUE, CATEGORIES
from engine.layers.analysis import analyse, build_layer
from engine.runtime.model import Model
from engine.spec.codec import from_json, to_json
from engine.spec.document import Document, Network, Node, Options
from engine.spec.options import Value, checked, is_shown, options_of
from tests.engine.gradients import assert_gradients
from tests.engine.layers.surroundings import around, variations
from tests.engine.networks import article

kinds = pytest.mark.parametrize("kind", CATALOGUE)
CASES = [(kind, values) for kind in CATALOGUE for values in variations(CATALOGUE[kind])]


def case_name(value: object) -> str:
    if isinstance(value, dict):
        return ",".join(f"{k}={v}" for k, v in value.items()) or "defaults"
    return str(value)


cases = pytest.mark.parametrize(("kind", "options"), CASES, ids=case_name)


@kinds
def test_a_layer_type_declares_what_the_product_shows(kind: str) -> None:
    layer = CATALOGUE[kind]
    assert layer.kind == kind
    assert layer.category in CATEGORIES
    assert layer.icon.startswith("mdi6.")
    assert layer.__doc__
    names = [port.name for port in layer.inputs], [port.name for port in layer.outputs]
    for ports in names:
        assert len(set(ports)) == len(ports)


@kinds
def test_a_layer_is_a_value(kind: str) -> None:
    layer = CATALOGUE[kind]
    assert dataclasses.is_dataclass(layer)
    assert layer() == layer()
    assert hash(layer()) == hash(layer())
    for name in options_of(layer):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(layer(), name, 1)


@kinds
def test_defaults_are_allowed(kind: str) -> None:
    for option in options_of(CATALOGUE[kind]).values():
        assert option.accepts(option.default), option
        assert option.allowed()


@kinds
def test_an_option_that_is_shown_sometimes_names_one_beside_it(kind: str) -> None:
    options = options_of(CATALOGUE[kind])
    defaults = {name: option.default for name, option in options.items()}
    for option in options.values():
        if option.shown_when is not None:
            other, wanted = option.shown_when
            assert all(options[other].accepts(value) for value in wanted)
            for value in wanted:
                assert is_shown(option, defaults | {other: value})


@cases
def test_options_survive_saving(kind: str, options: dict[str, Value]) -> None:
    document = Document(Network((Node("a", kind, Options(options)),)))
    (node,) = from_json(to_json(document)).network.nodes
    layer = build_layer(node)
    assert layer == checked(CATALOGUE[kind], options)
    everything = dataclasses.asdict(layer)
    assert build_layer(Node("a", kind, Options(everything))) == layer


@cases
def test_the_drawing_says_what_the_engine_allocates(kind: str, options: dict[str, Value]) -> None:
    for document in around(kind, options):
        analysis = analyse(document)
        model = Model(document, threads=1, batch_size=2)
        assert analysis.parameters == model.memory.parameters.size == model.plan.size
        for id, fact in analysis.facts.items():
            for port, shape in fact.outputs.items():
                assert model.output_sizes()[f"{id}.{port}"] == shape.sizes
            own = [v for name, v in model.parameters.items() if name.startswith(f"{id}/")]
            assert fact.parameters == sum(value.size for value in own)
        model.close()


@cases
def test_the_arithmetic_ends_with_the_true_number(kind: str, options: dict[str, Value]) -> None:
    for document in around(kind, options):
        fact = analyse(document).facts["layer"]
        shape = fact.outputs.get("y")
        for line in fact.arithmetic:
            result = line.text.rpartition("= ")[2]
            if line.key == "parameters":
                assert result == f"{fact.parameters:,}"
            elif shape is not None and line.key in shape.axes:
                assert result == f"{shape.sizes[shape.axes.index(line.key)]:,}"


def has_slope(kind: str, options: dict[str, Value]) -> bool:
    """Leave out what only chooses numbers for the data, and steps: nothing of it has a gradient.

    Rates must be positive, which random outputs are not: see test_loss_formulas. And a gradient
    that is cut off after some time steps is not the slope, on purpose.
    """
    if kind == "data":
        return "dataset" in options or "target" in options
    return "step" not in options.values() and not {"log_rate", "truncate"} & {*options}


@pytest.mark.parametrize(
    ("kind", "options"), [case for case in CASES if has_slope(*case)], ids=case_name
)
def test_backward_is_the_derivative_of_forward(kind: str, options: dict[str, Value]) -> None:
    for document in around(kind, options):
        assert_gradients(document)


def test_the_article_has_its_parameters() -> None:
    analysis = analyse(article())
    assert not analysis.problems
    counts = [fact.parameters for fact in analysis.facts.values() if fact.parameters]
    assert counts == [320, 18_496, 102_464, 650]
    assert analysis.parameters == 121_930
    lines = {
        line.text
        for fact in analysis.facts.values()
        for line in fact.arithmetic
        if line.key == "parameters" and fact.parameters
    }
    assert lines == {
        "3·3·1·32 + 32 = 320",
        "3·3·32·64 + 64 = 18,496",
        "1,600·64 + 64 = 102,464",
        "64·10 + 10 = 650",
    }


def test_multiplications_of_the_article() -> None:
    first, second = 26 * 26 * 9 * 32, 11 * 11 * 9 * 32 * 64
    assert analyse(article()).multiplications == first + second + 1600 * 64 + 64 * 10
