"""Below the kernels: to call one by its address, and numbers that several threads change at once.

Numba compiles a kernel to a function that takes each array as seven or more numbers: where it lies,
its shape, its strides. A `trampoline` is a few instructions that fetch these numbers from a row of
64-bit slots and jump to the kernel; all kernels with the same kinds of parameters share one.
"""

# Numba calls some functions here with types instead of values, which annotations cannot say.
# mypy: disable-error-code="no-untyped-def, no-untyped-call"

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable
from typing import Any, cast
from weakref import WeakKeyDictionary

import llvmlite.binding
import numba
import numpy as np
from llvmlite import ir
from numba.core import cgutils, types
from numba.core.compiler_lock import global_compiler_lock
from numba.extending import intrinsic

from engine.kernels import Array, Kernel

WORD = ir.IntType(64)
ADDRESS = ir.IntType(8).as_pointer()
_PROCESSOR = llvmlite.binding.get_process_triple().partition("-")[0]
_IS_X86, _IS_ARM = _PROCESSOR in ("x86_64", "i686", "AMD64"), _PROCESSOR in ("aarch64", "arm64")
# Bits of the control register: results flushed and operands taken for zero; on ARM one for both.
_X86_FLUSHES, _ARM_FLUSHES = 0x8040, 1 << 24
# Numba gives these functions their first parameter itself, which its types do not tell
_instructions = cast(Callable[[Callable[..., Any]], Callable[..., Any]], intrinsic)
_entrances: WeakKeyDictionary[Any, tuple[int, ir.FunctionType]] = WeakKeyDictionary()
_trampolines: dict[str, int] = {}  # by the kinds of parameters
_engines: list[Any] = []  # the code of trampolines lives as long as these


def compiled(kernel: Kernel, arguments: tuple[Any, ...]) -> tuple[int, ir.FunctionType]:
    """The address and the type of the machine code of a kernel for arguments of these types.

    It is compiled, or taken from the cache, unless the process has it already.
    """
    kinds = tuple(numba.typeof(argument) for argument in arguments)
    if kinds not in kernel.overloads:  # type: ignore[attr-defined]  # Numba's dispatcher
        kernel.compile(kinds)  # type: ignore[attr-defined]
    result = kernel.overloads[kinds]  # type: ignore[attr-defined]
    if result.library not in _entrances:
        _entrances[result.library] = _entrance(result)
    return _entrances[result.library]


def _entrance(result: Any) -> tuple[int, ir.FunctionType]:
    name, convention = result.fndesc.llvm_func_name, result.target_context.call_conv
    kind = convention.get_function_type(result.fndesc.restype, result.fndesc.argtypes)
    result_at, error_at, *parameters = kind.args
    # a pointer is a pointer, whatever it points to
    alike = [ADDRESS if isinstance(p, ir.PointerType) else p for p in parameters]
    alike_kind = ir.FunctionType(kind.return_type, [result_at, error_at, *alike])
    return result.library.get_pointer_to_function(name), alike_kind


def slots(arguments: Iterable[Any]) -> list[int]:
    """Arguments as Numba's functions take them, one number in 64 bits each."""
    found: list[int] = []
    for argument in arguments:
        if isinstance(argument, np.ndarray):
            # no owner: whoever makes the call keeps the array alive
            where = 0, 0, argument.size, argument.itemsize, argument.ctypes.data
            found += [*where, *argument.shape, *argument.strides]
        elif isinstance(argument, tuple):
            found += slots(argument)
        elif isinstance(argument, float):
            found += struct.unpack("q", struct.pack("d", argument))
        else:
            found.append(int(argument))
    return found


@global_compiler_lock
def trampolines(kinds: Iterable[ir.FunctionType]) -> list[int]:
    """The address of a trampoline for each kind of function; new ones are compiled together.

    Not by Numba, which would optimise for milliseconds each what is a few loads and a jump.
    """
    names = [str(kind) for kind in kinds]
    new = {name: kind for name, kind in zip(names, kinds, strict=True) if name not in _trampolines}
    if new:
        triple = llvmlite.binding.get_process_triple()
        module = ir.Module()
        module.triple = triple
        for i, kind in enumerate(new.values()):
            _write_trampoline(module, f"trampoline_{i}", kind)
        target = llvmlite.binding.Target.from_triple(triple)
        machine = target.create_target_machine(opt=0, jit=True)
        parsed = llvmlite.binding.parse_assembly(str(module))
        engine = llvmlite.binding.create_mcjit_compiler(parsed, machine)
        engine.finalize_object()
        _engines.append(engine)
        for i, name in enumerate(new):
            _trampolines[name] = engine.get_function_address(f"trampoline_{i}")
    return [_trampolines[name] for name in names]


def _write_trampoline(module: ir.Module, name: str, kind: ir.FunctionType) -> None:
    shape = ir.FunctionType(ir.IntType(32), [WORD, WORD.as_pointer()])
    function = ir.Function(module, shape, name)
    builder = ir.IRBuilder(function.append_basic_block())
    kernel = builder.inttoptr(function.args[0], kind.as_pointer())
    result, error, *parameters = kind.args
    values = [
        cgutils.alloca_once(builder, result.pointee),
        cgutils.alloca_once(builder, error.pointee),
    ]
    for i, parameter in enumerate(parameters):
        slot = builder.load(builder.gep(function.args[1], [ir.Constant(WORD, i)]))
        values.append(_unpacked(builder, slot, parameter))
    builder.ret(builder.call(kernel, values))


def _unpacked(builder: ir.IRBuilder, slot: Any, kind: ir.Type) -> Any:
    """A parameter from the 64 bits that hold it."""
    if isinstance(kind, ir.PointerType):
        return builder.inttoptr(slot, kind)
    if isinstance(kind, ir.DoubleType):
        return builder.bitcast(slot, kind)
    return builder.trunc(slot, kind) if kind.width < WORD.width else slot


@_instructions
def invoke(typing, trampoline, function, row):
    """Call a kernel: address of its trampoline, its own, and of its slots. 0 unless it failed."""

    def generate(context, builder, signature, arguments):
        shape = ir.FunctionType(ir.IntType(32), [WORD, WORD.as_pointer()])
        jump = builder.inttoptr(arguments[0], shape.as_pointer())
        at = builder.inttoptr(arguments[2], WORD.as_pointer())
        return builder.call(jump, [arguments[1], at])

    return types.int32(types.int64, types.int64, types.int64), generate


@_instructions
def take_number(typing, address):
    """Add 1 to the number at an address, and return what it was: no other thread gets the same."""

    def generate(context, builder, signature, arguments):
        at = builder.inttoptr(arguments[0], WORD.as_pointer())
        return builder.atomic_rmw("add", at, ir.Constant(WORD, 1), "seq_cst")

    return types.int64(types.int64), generate


@_instructions
def look(typing, address):
    """The number at an address as it is now, also if another thread has just written it."""

    def generate(context, builder, signature, arguments):
        at = builder.inttoptr(arguments[0], WORD.as_pointer())
        return builder.load_atomic(at, "seq_cst", 8)

    return types.int64(types.int64), generate


@_instructions
def table_at(typing, place, rows, columns):
    """The whole numbers that lie at an address, as an array of rows and columns."""
    result = types.Array(types.int64, 2, "C")

    def generate(context, builder, signature, arguments):
        place, rows, columns = arguments
        size = ir.Constant(WORD, 8)
        array = context.make_array(result)(context, builder)
        context.populate_array(
            array,
            data=builder.inttoptr(place, WORD.as_pointer()),
            shape=[rows, columns],
            strides=[builder.mul(columns, size), size],
            itemsize=size,
            meminfo=None,
        )
        return array._getvalue()

    return result(types.int64, types.int64, types.int64), generate


@_instructions
def flush(typing):
    """Take numbers too small to have all their digits for zero, in this thread; see `unflush`.

    The gradient of a unit that is off decays step by step until it gets there, and stays: and the
    processor takes many times as long for such a number. (XLA and TensorFlow flush, too.) Returns
    how it was before.
    """

    def generate(context, builder, signature, arguments):
        if _IS_X86:
            state = _x86_state(builder)
            before = builder.load(state)
            builder.store(builder.or_(before, ir.Constant(before.type, _X86_FLUSHES)), state)
            _x86_control(builder, "ldmxcsr", state)
            return builder.zext(before, WORD)
        if _IS_ARM:
            reads = ir.FunctionType(WORD, [])
            name = "llvm.aarch64.get.fpcr"
            before = builder.call(cgutils.get_or_insert_function(builder.module, reads, name), [])
            _arm_control(builder, builder.or_(before, ir.Constant(WORD, _ARM_FLUSHES)))
            return before
        return ir.Constant(WORD, 0)

    return types.int64(), generate


@_instructions
def unflush(typing, state):
    """Let this thread compute with small numbers as it did before `flush`."""

    def generate(context, builder, signature, arguments):
        if _IS_X86:
            place = _x86_state(builder)
            builder.store(builder.trunc(arguments[0], ir.IntType(32)), place)
            _x86_control(builder, "ldmxcsr", place)
        elif _IS_ARM:
            _arm_control(builder, arguments[0])
        return context.get_dummy_value()

    return types.void(types.int64), generate


def _x86_state(builder: ir.IRBuilder) -> Any:
    """The control register of vector arithmetic, written to a place on the stack."""
    place = cgutils.alloca_once(builder, ir.IntType(32))
    _x86_control(builder, "stmxcsr", place)
    return place


def _x86_control(builder: ir.IRBuilder, action: str, place: Any) -> None:
    kind = ir.FunctionType(ir.VoidType(), [ADDRESS])
    name = f"llvm.x86.sse.{action}"
    function = cgutils.get_or_insert_function(builder.module, kind, name)
    builder.call(function, [builder.bitcast(place, ADDRESS)])


def _arm_control(builder: ir.IRBuilder, state: Any) -> None:
    kind, name = ir.FunctionType(ir.VoidType(), [WORD]), "llvm.aarch64.set.fpcr"
    builder.call(cgutils.get_or_insert_function(builder.module, kind, name), [state])


@_instructions
def breathe(typing):
    """Tell the processor that this thread only waits: it saves power, and helps its twin."""

    def generate(context, builder, signature, arguments):
        module, number = builder.module, ir.IntType(32)
        if _IS_X86:
            kind, name, given = ir.FunctionType(ir.VoidType(), []), "llvm.x86.sse2.pause", []
        elif _IS_ARM:
            kind, name = ir.FunctionType(ir.VoidType(), [number]), "llvm.aarch64.hint"
            given = [ir.Constant(number, 1)]
        else:
            return context.get_dummy_value()
        builder.call(cgutils.get_or_insert_function(module, kind, name), given)
        return context.get_dummy_value()

    return types.void(), generate


def address(array: Array) -> int:
    """Where an array lies."""
    return int(array.ctypes.data)
