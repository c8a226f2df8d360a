"""The plan: a drawing turned into a flat list of kernel calls, forward and then backward.

The same list is run by each backend, counted for memory, and walked step by step by whoever wants
to see the arithmetic.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import chain

from engine.layers.analysis import Analysis, analyse
from engine.layers.base import Weight
from engine.runtime import fusion
from engine.runtime.build import SAMPLE, Block, Buffer, Build, Gradient, Later, Ref, Step, Tensor
from engine.runtime.outcome import Outcome
from engine.spec.document import Document
from engine.spec.problems import Problem
from engine.spec.shapes import Shape


class NotReady(ValueError):
    """A drawing that cannot run; `problems` say why."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(f"{p.code} at {', '.join(p.nodes) or '-'}" for p in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Parameter:
    """One weight's place in the flat vector."""

    name: str  # "node/name"
    weight: Weight
    start: int

    @property
    def stop(self) -> int:
        """The first place after it."""
        return self.start + self.weight.count


@dataclass(frozen=True, slots=True)
class Plan:
    """Steps and the arrays they use. Nothing in it changes."""

    forward: tuple[Step, ...]
    backward: tuple[Step, ...]
    buffers: tuple[Buffer, ...]
    parameters: tuple[Parameter, ...]
    sources: dict[tuple[str, str], Shape]  # (data node, port): what it is fed
    outcomes: tuple[Outcome, ...]
    outputs: dict[str, Ref]  # "node.port"
    shown: dict[str, Ref]  # "node.name": what else a layer offers to be looked at
    input_gradients: dict[str, Ref]  # data node: gradient of the loss by its samples
    clock: Buffer
    rows: Buffer
    multiplications: int  # of one sample's forward pass

    @property
    def size(self) -> int:
        """Number of parameters."""
        return sum(p.weight.count for p in self.parameters)

    @property
    def trainable(self) -> int:
        """How many of them, the first ones, the optimizer changes."""
        return sum(p.weight.count for p in self.parameters if p.weight.trainable)

    @property
    def looked_at(self) -> set[Buffer]:
        """What is read between passes: by who looks on, by sums of losses, by the update."""
        refs = [*self.outputs.values(), *self.shown.values(), *self.input_gradients.values()]
        found = {self.rows, self.clock}
        for outcome in self.outcomes:
            refs += [outcome.prediction, outcome.target]
            refs += [outcome.counted] if outcome.counted is not None else []
            found |= {outcome.losses, outcome.scale, *outcome.metrics.values()}
        return found | {ref.buffer for ref in refs}

    def for_inference(self) -> Plan:
        """The part of the plan that answers: no loss, no backward pass, and only their arrays.

        Nothing is kept but the answers: who looks at the boxes between takes the whole plan.
        """
        forward = self.steps("inference")
        answers = {outcome.node: outcome.prediction for outcome in self.outcomes}
        return replace(
            self,
            forward=forward,
            backward=(),
            buffers=_used(forward),
            outputs=answers,
            shown={},
            input_gradients={},
        )

    def steps(self, mode: str) -> tuple[Step, ...]:
        """The steps of one kind of pass: "training", "evaluation" or "inference".

        "update" are those that belong to the optimizer's step.
        """
        chosen = tuple(step for step in self.forward if mode in step.modes)
        return chosen + self.backward if mode == "training" else chosen


def make_plan(document: Document, input_gradients: bool = False, fused: bool = True) -> Plan:
    """Plan a drawing; NotReady if it has errors.

    With `input_gradients` the gradient by the samples themselves is computed too. Without `fused`
    the steps are those that the layers say themselves, one after the other.
    """
    plan = _plan(document, input_gradients)
    return _fused(plan) if fused else plan


def plan_what_works(document: Document) -> Plan:
    """Plan the forward pass of those boxes whose inputs are known, whatever is wrong elsewhere."""
    plan = _plan_of(document, analyse(document), input_gradients=False)
    return replace(plan, backward=(), buffers=_used(plan.forward))


def _plan(document: Document, input_gradients: bool) -> Plan:
    """The plan as the layers say it."""
    analysis = analyse(document)
    if analysis.obstacles:
        raise NotReady(analysis.obstacles)
    return _plan_of(document, analysis, input_gradients)


def _plan_of(document: Document, analysis: Analysis, input_gradients: bool) -> Plan:
    build = Build(input_gradients, document.training.batch_size)
    tensors = _emit(document, analysis, build)
    backward = _turn_round(build)
    forward = _without_unread_rows(tensors, build.forwards, backward)
    # a loss that reads no weight has no backward step, but its scale is set all the same
    scales = (outcome.scale for outcome in build.outcomes)
    used = tuple(dict.fromkeys((*_used((*forward, *backward)), *scales)))
    # what the optimizer changes comes first, so that it is one part of the vector
    ordered = sorted(build.parameters.items(), key=lambda item: not item[1].trainable)
    parameters, start = [], 0
    for name, weight in ordered:
        parameters.append(Parameter(name, weight, start))
        start += weight.count
    return Plan(
        tuple(forward),
        tuple(backward),
        used,
        tuple(parameters),
        {key: tensor.shape for key, tensor in build.fed_tensors.items()},
        tuple(build.outcomes),
        {name: tensor.value for name, tensor in tensors.items()},
        build.shown,
        {
            node: Ref(t.total.buffer, t.shape.sizes)
            for (node, port), t in build.fed_tensors.items()
            if port == "x" and t.total.buffer is not None
        },
        build.clock.buffer,
        build.rows.buffer,
        analysis.multiplications,
    )


def _fused(plan: Plan) -> Plan:
    """The same with steps that do less; see `fusion`."""
    forward, backward = fusion.fused(plan.forward, plan.backward, plan.looked_at)
    before = {*_used((*plan.forward, *plan.backward))}
    others = tuple(buffer for buffer in plan.buffers if buffer not in before)
    buffers = (*_used((*forward, *backward)), *others)
    return replace(plan, forward=forward, backward=backward, buffers=buffers)


def _emit(document: Document, analysis: Analysis, build: Build) -> dict[str, Tensor]:
    """Let all layers record their steps; returns the tensors by "node.port"."""
    tensors: dict[str, Tensor] = {}
    network = document.network
    for id in (id for id in analysis.order if id in analysis.facts):
        fact = analysis.facts[id]
        inputs = {
            port.name: tuple(
                tensors[f"{e.source}.{e.source_port}"] for e in network.into(id, port.name)
            )
            for port in fact.layer.inputs
        }
        build.begin(id, fact.weights, chain.from_iterable(inputs.values()))
        for name, tensor in fact.layer.emit(build, inputs).items():
            assert tensor.shape.sizes == fact.outputs[name].sizes, (id, name)
            tensor.mask = tensor.mask or _mask_of(tensor, inputs)
            tensors[f"{id}.{name}"] = tensor
    return tensors


def _mask_of(y: Tensor, inputs: dict[str, tuple[Tensor, ...]]) -> Ref | None:
    """A mask goes on through the network for as long as the time axis does."""
    for x in inputs.get("x", ()):
        if x.mask is not None and x.shape.time == y.shape.time and not y.has_own_time:
            return x.mask
    return None


def _turn_round(build: Build) -> list[Step]:
    """The backward pass: blocks last to first, gradients summed, dead blocks left out."""
    steps: list[Step] = []
    for block in reversed(build.blocks):
        read = [_settle(tensor, block, steps) for tensor in block.outputs]
        if read and not any(read):
            for tensor, part in block.given:
                tensor.parts.remove(part)
            continue
        for tensor in block.outputs:
            if tensor.total.buffer is None:
                tensor.total.buffer = Buffer(f"{block.node}.dy", tensor.shape.sizes)
                steps.append(Step(block.node, "clear", (tensor.total.row.now(),), ("training",)))
        if block.alias is not None:
            tensor, part = block.alias
            part.buffer = tensor.total.buffer
        else:
            steps += [_settled(step) for step in block.steps]
    for tensor in build.fed_tensors.values():
        if tensor.needs_gradient:
            _settle(tensor, Block("", (tensor,)), steps)
    return steps


def _settle(tensor: Tensor, block: Block, steps: list[Step]) -> bool:
    """Fix the total gradient of a tensor, adding what its readers gave; False if there is none."""
    total = tensor.total
    if total.buffer is not None:
        return True
    parts = tensor.parts
    if not parts:
        return False
    if len(parts) == 1:
        total.buffer = parts[0].buffer
        return True
    space = parts[0].buffer.space if parts[0].buffer is not None else SAMPLE
    total.buffer = Buffer(f"{block.node}.dy", tensor.shape.sizes, space)
    left: Gradient = parts[0]
    for right in parts[1:]:
        arguments = left.row.now(), right.row.now(), total.row.now()
        steps.append(Step(block.node, "add", arguments, ("training",)))
        left = total
    return True


def _settled(step: Step) -> Step:
    fixed = tuple(a.now() if isinstance(a, Later) else a for a in step.arguments)
    return replace(step, arguments=fixed)


def _without_unread_rows(
    tensors: dict[str, Tensor], forward: list[Step], backward: list[Step]
) -> list[Step]:
    """Where all readers of an embedding multiply its table, its rows wait for whoever looks."""
    looked_up = {tensor.buffer for tensor in tensors.values() if tensor.lookup is not None}
    readers = Counter(buffer for step in (*forward, *backward) for buffer in _used([step]))
    return [
        replace(step, modes=("inference",))
        if any(buffer in looked_up and readers[buffer] == 1 for buffer in _used([step]))
        else step
        for step in forward
    ]


def _used(steps: Iterable[Step]) -> tuple[Buffer, ...]:
    found = {a.buffer: None for step in steps for a in step.arguments if isinstance(a, Ref)}
    return tuple(found)
