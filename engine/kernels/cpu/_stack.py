"""A short array on the stack, for kernels that keep intermediate values and may not allocate."""

# Numba calls some functions here with types instead of values, which annotations cannot say.
# mypy: disable-error-code="no-untyped-def, no-untyped-call"

import numpy as np
from numba.core import cgutils, types
from numba.extending import intrinsic, overload

from engine.kernels import Array

BLOCK = 512  # values: together with its neighbours in a loop, well inside the nearest cache


def stack_block(like: Array) -> Array:
    """Return BLOCK values of the type of `like`, with any content.

    In compiled code they lie on the stack of the function that calls this, and end with it: never
    return them, and call this outside of loops.
    """
    return np.empty(BLOCK, like.dtype)


@overload(stack_block)
def _stack_block_compiled(like):
    return lambda like: _stack_array(like)  # type: ignore[call-arg]  # Numba adds the first one


@intrinsic
def _stack_array(typing, like):
    result = types.Array(like.dtype, 1, "C")

    def generate(context, builder, signature, arguments):
        element = context.get_data_type(result.dtype)
        size = context.get_abi_sizeof(element)
        values = cgutils.alloca_once(builder, element, BLOCK)
        values.align = 64  # bytes: vectors that cross lines of the cache take twice as long
        array = context.make_array(result)(context, builder)
        context.populate_array(
            array,
            data=values,
            shape=[context.get_constant(types.intp, BLOCK)],
            strides=[context.get_constant(types.intp, size)],
            itemsize=context.get_constant(types.intp, size),
            meminfo=None,
        )
        return array._getvalue()

    return result(like), generate
