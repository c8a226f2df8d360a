"""Sixteen values at once, where the compiler would not see by itself that it may.

LLVM turns a loop into vector instructions if it can prove that its arrays lie apart, and only the
part of it that fills whole vectors. A recurrent layer's gates touch up to nine arrays, and a small
layer has eight units. So the kernels of gates say it themselves: `load` gives a row of LANES values
that is added and multiplied like a number, and `store` writes it. With fewer than LANES values
left, both leave the other lanes alone.
"""

# Numba calls some functions here with types instead of values, which annotations cannot say.
# mypy: disable-error-code="no-untyped-def, no-untyped-call"

import operator
from typing import Any

from llvmlite import ir
from numba.core import cgutils, types
from numba.core.extending import lower_builtin, models, register_model
from numba.core.typing.templates import AbstractTemplate, infer_global, signature
from numba.extending import intrinsic

from engine.kernels.cpu import SAFE_MATH
from engine.kernels.cpu._product import ALIGNMENT, LANES

FLAGS = tuple(sorted(SAFE_MATH))
_INSTRUCTIONS = {
    operator.add: "fadd",
    operator.iadd: "fadd",
    operator.sub: "fsub",
    operator.mul: "fmul",
    operator.truediv: "fdiv",
}


class Lanes(types.Type):
    """Numba's type of LANES values of one kind."""

    def __init__(self, dtype: Any) -> None:
        self.dtype = dtype
        super().__init__(f"Lanes({dtype})")


@register_model(Lanes)
class _LanesModel(models.PrimitiveModel):
    """How LLVM holds them."""

    def __init__(self, manager, lanes):
        super().__init__(manager, lanes, _vector(manager.lookup(lanes.dtype).get_value_type()))


def _vector(element: Any) -> ir.VectorType:
    return ir.VectorType(element, LANES)


def _spread(context, builder, value, kind, lanes):
    """Return lanes as they are, and a number in every lane."""
    if isinstance(kind, Lanes):
        return value
    number = context.cast(builder, value, kind, lanes.dtype)
    undefined = ir.Constant(_vector(number.type), ir.Undefined)
    first = builder.insert_element(undefined, number, ir.Constant(ir.IntType(32), 0))
    same = ir.Constant(_vector(ir.IntType(32)), [0] * LANES)
    return builder.shuffle_vector(first, undefined, same)


def _define(operation: Any, instruction: str) -> None:
    """Let Numba add (or multiply …) lanes to lanes, and numbers to lanes."""

    @infer_global(operation)
    class _Typed(AbstractTemplate):
        def generic(self, arguments, names):
            lanes = [kind for kind in arguments if isinstance(kind, Lanes)]
            return signature(lanes[0], *arguments) if lanes else None

    def lowered(context, builder, typed, arguments):
        pairs = zip(arguments, typed.args, strict=True)
        a, b = (_spread(context, builder, *pair, typed.return_type) for pair in pairs)
        return getattr(builder, instruction)(a, b, flags=FLAGS)

    for kinds in ((Lanes, Lanes), (Lanes, types.Number), (types.Number, Lanes)):
        lower_builtin(operation, *kinds)(lowered)


for _operation, _instruction in _INSTRUCTIONS.items():
    _define(_operation, _instruction)


def _instructions(function: Any) -> Any:
    """Make a function of which `generate` writes the instructions; mypy sees no arguments."""
    return intrinsic(function)


@_instructions
def load(typing, array, at, count):
    """Read the `count` values of a flat array from `at` on, LANES at most; the others are 0."""
    lanes = Lanes(array.dtype)

    def generate(context, builder, typed, arguments):
        place, all_there, mask = _place(context, builder, typed, *arguments)
        found = cgutils.alloca_once(builder, place.type.pointee)
        with builder.if_else(all_there) as (whole, part):
            with whole:
                value = builder.load(place)
                value.align = ALIGNMENT
                builder.store(value, found)
            with part:
                zero = ir.Constant(place.type.pointee, [0.0] * LANES)
                given = [place, ir.Constant(ir.IntType(32), ALIGNMENT), mask, zero]
                builder.store(_masked(builder, "load", place.type.pointee, given), found)
        return builder.load(found)

    return lanes(array, types.intp, types.intp), generate


@_instructions
def zeros(typing, array):
    """Return zeros of an array's kind."""
    lanes = Lanes(array.dtype)

    def generate(context, builder, typed, arguments):
        return ir.Constant(context.get_value_type(lanes), [0.0] * LANES)

    return lanes(array), generate


@_instructions
def store(typing, lanes, array, at, count):
    """Write the first `count` lanes, LANES at most, into a flat array from `at` on."""

    def generate(context, builder, typed, arguments):
        value, *where = arguments
        place, all_there, mask = _place(context, builder, typed, *where)
        with builder.if_else(all_there) as (whole, part):
            with whole:
                builder.store(value, place).align = ALIGNMENT
            with part:
                given = [value, place, ir.Constant(ir.IntType(32), ALIGNMENT), mask]
                _masked(builder, "store", ir.VoidType(), given)
        return context.get_dummy_value()

    return types.void(lanes, array, types.intp, types.intp), generate


def _place(context, builder, typed, array, at, count):
    """Return where the lanes lie, whether all of them are wanted, and which."""
    kind = next(kind for kind in typed.args if isinstance(kind, types.Array))
    start = context.make_array(kind)(context, builder, array).data
    place = builder.bitcast(builder.gep(start, [at]), _vector(start.type.pointee).as_pointer())
    number = ir.IntType(64)
    all_there = builder.icmp_signed(">=", count, ir.Constant(number, LANES))
    order = ir.Constant(_vector(number), list(range(LANES)))
    counts = _spread(context, builder, count, types.intp, Lanes(types.intp))
    return place, all_there, builder.icmp_signed("<", order, counts)


def _masked(builder: Any, action: str, result: Any, arguments: list[Any]) -> Any:
    """Load or store only some lanes."""
    (vector,) = {a.type for a in arguments if _is_vector_of_reals(a.type)}
    kind = "f32" if vector.element == ir.FloatType() else "f64"
    declared = cgutils.get_or_insert_function(
        builder.module,
        ir.FunctionType(result, [argument.type for argument in arguments]),
        f"llvm.masked.{action}.v{LANES}{kind}.p0",
    )
    return builder.call(declared, arguments)


def _is_vector_of_reals(kind: Any) -> bool:
    return isinstance(kind, ir.VectorType) and isinstance(
        kind.element, ir.FloatType | ir.DoubleType
    )


def _limited(comparison: str) -> Any:
    """Make a function that replaces lanes beyond a limit by the limit; NaN stays NaN."""

    @_instructions
    def limited(typing, lanes, limit):
        def generate(context, builder, typed, arguments):
            value, bound = arguments
            bound = _spread(context, builder, bound, typed.args[1], typed.return_type)
            return builder.select(builder.fcmp_ordered(comparison, value, bound), bound, value)

        return lanes(lanes, limit), generate

    return limited


at_most, at_least = _limited(">"), _limited("<")


@_instructions
def positive_part(typing, lanes, condition):
    """Keep each lane where the same lane of `condition` is above zero; 0 elsewhere, NaN stays."""

    def generate(context, builder, typed, arguments):
        value, asked = arguments
        zero = ir.Constant(asked.type, [0.0] * LANES)
        return builder.select(builder.fcmp_ordered("<=", asked, zero), zero, value)

    return lanes(lanes, condition), generate


@_instructions
def lane(typing, lanes, k):
    """Return one of the values."""

    def generate(context, builder, typed, arguments):
        return builder.extract_element(*arguments)

    return lanes.dtype(lanes, types.intp), generate


@_instructions
def with_lane(typing, lanes, k, value):
    """Return the lanes with another value in one of them."""

    def generate(context, builder, typed, arguments):
        vector, place, number = arguments
        return builder.insert_element(vector, number, place)

    return lanes(lanes, types.intp, lanes.dtype), generate
