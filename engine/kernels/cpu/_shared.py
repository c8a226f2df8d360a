"""Functions that are compiled once and called by every kernel, instead of copied into each.

Numba links what a kernel calls into it and optimises all of it anew, once for each caller. That is
right for a function of a few lines, which then costs no call. For a large one it takes most of the
time that compiling takes: the matrix product is as long as all of a convolution around it.
"""

# Numba calls some functions here with types instead of values, which annotations cannot say.
# mypy: disable-error-code="no-untyped-def, no-untyped-call"

import functools
import hashlib
import importlib
import inspect
from collections.abc import Callable
from typing import Any, TypeVar, cast

import llvmlite.binding
from numba.core import cgutils, types
from numba.core.extending import _Intrinsic

from engine.kernels.cpu import kernel

_Function = TypeVar("_Function", bound=Callable[..., Any])


class Shared(_Intrinsic):  # type: ignore[misc]  # Numba is untyped
    """A function of its own in compiled code; called from Python, it runs compiled too."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.compiled: Any = kernel(function)
        self.module, self.name = function.__module__, function.__name__

        def call(typing, *arguments):
            return self._typed(*arguments)

        parameters = inspect.signature(function).parameters.values()
        typing = inspect.Parameter("typing", inspect.Parameter.POSITIONAL_OR_KEYWORD)
        call.__signature__ = inspect.Signature([typing, *parameters])  # type: ignore[attr-defined]
        super().__init__(function.__name__, call)
        functools.update_wrapper(self, function)
        self._register()

    def __call__(self, *arguments: Any) -> Any:
        return self.compiled(*arguments)

    def symbol(self, kinds: tuple[Any, ...]) -> tuple[str, Any]:
        """Compile for these types of arguments, or load it, and make it known to the linker.

        Returns its name there, which is the same in every process, and what Numba knows of it.
        """
        self.compiled.compile(kinds)
        result = self.compiled.overloads[kinds]
        words = f"{self.module}.{self.name}{kinds}"
        assert " at 0x" not in words, "a function as an argument is known in this process only"
        name = f"layerwise_{self.name}_{hashlib.sha256(words.encode()).hexdigest()[:16]}"
        address = result.library.get_pointer_to_function(result.fndesc.llvm_func_name)
        llvmlite.binding.add_symbol(name, address)
        return name, result

    def _typed(self, *arguments):
        """What Numba asks of an intrinsic: the types, and how to write the call."""
        kinds = tuple(types.unliteral(kind) for kind in arguments)
        name, result = self.symbol(kinds)
        provide = _Provision(self.module, self.name, kinds)

        def generate(context, builder, signature, values):
            convention = context.call_conv
            shape = convention.get_function_type(signature.return_type, kinds)
            function = cgutils.get_or_insert_function(builder.module, shape, name)
            status, answer = convention.call_function(
                builder, function, signature.return_type, kinds, values
            )
            with cgutils.if_unlikely(builder, status.is_error):
                convention.return_status_propagate(builder, status)
            context.active_code_library._reload_init.add(provide)
            return answer

        return result.signature.return_type(*kinds), generate


class _Provision:
    """Makes a shared function known to the linker, before a kernel from the cache calls it."""

    def __init__(self, module: str, name: str, kinds: tuple[Any, ...]) -> None:
        self.module, self.name, self.kinds = module, name, kinds

    def __call__(self) -> None:
        getattr(importlib.import_module(self.module), self.name).symbol(self.kinds)


def shared(function: _Function) -> _Function:
    """Compile a function of a module once for each combination of types, see above."""
    return cast(_Function, Shared(function))
