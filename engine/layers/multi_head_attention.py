"""MultiHeadAttention: each time step looks at all steps, and takes most from those that fit it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from engine.layers.base import Port, Shapes, Sum, Unfit, Weight, layer, need_sequence, times
from engine.layers.weighted import Weighted, send_back
from engine.spec.options import flag, real, whole
from engine.spec.shapes import Shape

if TYPE_CHECKING:
    from engine.runtime.build import Build, Ref, Tensor

T = TypeVar("T")
PARTS = ("query", "key", "value")


@dataclass(frozen=True, slots=True)
class _Arrays:
    """What the forward pass leaves for the way back."""

    parts: Mapping[str, tuple[Tensor, Ref]]  # what each is made of, and its numbers
    weights: Ref  # (heads, T, S)
    dropped: Ref  # the same, some silenced in training
    mixed: Ref  # (T, heads · key_dim)
    turned: Ref


@layer(
    "multi_head_attention",
    category="sequence",
    icon="mdi6.eye-outline",
    source="Vaswani et al. 2017",
)
class MultiHeadAttention(Weighted):
    """y = (softmax(q·kᵀ/√d)·v, all heads side by side)·Wₒ, with q from x, k and v from context."""

    inputs = (Port("x"), Port("context", optional=True))

    heads: int = whole(4, 1, 64, unit="heads")
    key_dim: int = whole(16, 1, 1024)
    causal: bool = flag(False)
    dropout: float = real(0.0, 0.0, 0.95, advanced=True)
    bias: bool = flag(True, advanced=True)

    def output_shapes(self, inputs: Shapes) -> dict[str, Shape]:
        need_sequence(inputs["x"][0])
        for context in inputs["context"]:
            try:
                need_sequence(context)
            except Unfit:
                raise Unfit("context_is_no_sequence", given=str(context)) from None
        return {"y": inputs["x"][0]}

    def arrays(self, inputs: Shapes) -> dict[str, Weight]:
        width, heads, depth = inputs["x"][0].sizes[1], self.heads, self.key_dim
        context = _context(inputs)[0].sizes[1]
        found = {}
        for part, size in zip(PARTS, (width, context, context), strict=True):
            # Keras counts the fans of an array (size, heads, depth), and we begin as it does
            fans = size * heads, size * depth
            found[f"{part}_kernel"] = Weight((size, heads * depth), self.initializer, *fans)
            if self.bias:
                found[f"{part}_bias"] = Weight((heads * depth,), "zeros")
        fans = heads * depth, heads * width
        found["output_kernel"] = Weight((heads * depth, width), self.initializer, *fans)
        if self.bias:
            found["output_bias"] = Weight((width,), "zeros")
        return found

    def multiplications(self, inputs: Shapes) -> int:
        (steps, width), (others, size) = inputs["x"][0].sizes, _context(inputs)[0].sizes
        inner = self.heads * self.key_dim
        return inner * (2 * steps * width + 2 * others * size + 2 * steps * others)

    def arithmetic(self, inputs: Shapes) -> tuple[Sum, ...]:
        width, size = inputs["x"][0].sizes[1], _context(inputs)[0].sizes[1]
        inner = self.heads * self.key_dim
        text = f"{times(width, inner)} + {times(2, size, inner)} + {times(inner, width)}"
        total = 2 * inner * (width + size)
        if self.bias:
            text, total = f"{text} + {times(3, inner)} + {width:,}", total + 3 * inner + width
        return (Sum("parameters", f"{text} = {total:,}"),)

    def emit(self, build: Build, inputs: Mapping[str, tuple[Tensor, ...]]) -> dict[str, Tensor]:
        (x,), (context,) = inputs["x"], _context(inputs)
        inner = self.heads * self.key_dim
        parts = {}
        for part, source in zip(PARTS, (x, context, context), strict=True):
            values = build.room(part, (source.shape.time, inner))
            weighs = build.weight(f"{part}_kernel").value, build.weight(f"{part}_bias").value
            build.forward("dense", source.stacked, *weighs, values.rows, 0)
            parts[part] = source, values
        form = self.heads, x.shape.time, context.shape.time
        weights = build.room("weights", form)
        build.show("weights", weights)
        mixed = build.room("mixed", (x.shape.time, inner))
        turned = build.scratch("turned", (self.key_dim, context.shape.time))
        mask, q, k, v = context.mask or build.nothing(), *(parts[part][1] for part in PARTS)
        build.forward("attention_weights", q, k, mask, turned, weights, self.causal)
        dropped, chance = weights, None
        if self.dropout:
            dropped = build.room("dropped", form)
            chance = float(self.dropout), build.stream()
            who = build.rows, build.clock
            build.forward("dropout", weights.row, *who, dropped.row, *chance, when=("training",))
            build.forward("attention_sums", dropped, v, mixed, when=("training",))
            after = ("evaluation", "inference")
            build.forward("attention_sums", weights, v, mixed, when=after)
        else:
            build.forward("attention_sums", weights, v, mixed)
        y = build.tensor(x.shape)
        last = build.weight("output_kernel"), build.weight("output_bias")
        build.forward("dense", mixed.rows, last[0].value, last[1].value, y.stacked, 0)
        self._back(build, y, _Arrays(parts, weights, dropped, mixed, turned), chance)
        return {"y": y}

    def _back(
        self, build: Build, y: Tensor, made: _Arrays, chance: tuple[float, int] | None
    ) -> None:
        """Record the way back, from the result to query, key and value, and to x and context."""
        (steps, inner), (_, _, others) = made.mixed.shape, made.weights.shape
        q, k, v = (made.parts[part][1] for part in PARTS)
        last = build.weight("output_kernel"), build.weight("output_bias")
        with build.backward(y) as dy:
            dmixed = build.room("dmixed", (steps, inner))
            dweights = build.room("dweights", made.weights.shape)
            slopes = {part: build.room(f"d{part}", made.parts[part][1].shape) for part in PARTS}
            own = last[0].gradient, last[1].gradient
            build.learn("dense_weight_gradient", made.mixed.rows, dy.stacked, *own)
            send_back(build, dy.stacked, last[0].value, dmixed.rows)
            sums = made.dropped, v, dmixed, made.turned
            build.step("attention_sums_gradient", *sums, dweights, slopes["value"])
            if chance is not None:
                who, row = (build.rows, build.clock), dweights.row
                build.step("dropout_gradient", row, *who, row, *chance)
            scores = build.scratch("scores", (steps, others))
            asked = q, k, made.weights, dweights, scores
            build.step("attention_weights_gradient", *asked, slopes["query"], slopes["key"])
            for part, (source, _) in made.parts.items():
                kernel, bias = build.weight(f"{part}_kernel"), build.weight(f"{part}_bias")
                slope, own = slopes[part].rows, (kernel.gradient, bias.gradient)
                build.learn("dense_weight_gradient", source.stacked, slope, *own)
                if source.needs_gradient:
                    dx = build.gradient(source).stacked
                    send_back(build, slope, kernel.value, dx)


def _context(inputs: Mapping[str, tuple[T, ...]]) -> tuple[T, ...]:
    """Whom x listens to: another sequence, or itself."""
    return inputs["context"] or inputs["x"]
