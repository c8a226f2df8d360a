"""What the compiler made of a kernel, read from its instructions.

A vector instruction works on four to sixteen float32 at once. Whether a loop is made of them cannot
be seen in its source: if the compiler finds no proof that two arrays lie apart, or that a sum may
be reordered, it gives up without a word.
"""

from __future__ import annotations

import platform
import re
from collections.abc import Sequence
from typing import Any

import numba

from engine.kernels.cpu import SAFE_MATH

IS_X86 = platform.machine().lower() in ("x86_64", "amd64")
IS_ARM = platform.machine().lower() in ("arm64", "aarch64")

# operations, as instructions on whole vectors begin
X86 = {
    "add": r"vaddps",
    "subtract": r"vsubps",
    "multiply": r"vmulps",
    "multiply and add": r"vfn?m(?:add|sub)\d+ps",
    "divide": r"vdivps",
    "root": r"v(?:sqrtps|rsqrt(?:14)?ps)",  # or an estimate of its inverse
    "compare": r"v(?:cmp\w*ps|maxps|minps|pcmp\w+|pmaxsd|ptestn?m\w+)",
    "multiply whole numbers": r"vp(?:mullq|muludq)",
    "move": r"vmov[au]ps",
}
ARM = {
    "add": r"fadd",
    "subtract": r"fsub",
    "multiply": r"fmul",
    "multiply and add": r"fml[as]",
    "divide": r"fdiv",
    "root": r"fsqrt",
    "compare": r"(?:fcm\w+|fmax\w*|fmin\w*|cm\w+|smax)",
    "multiply whole numbers": r"(?:mul|umull2?)",
    "move": r"(?:ld[pr1]|st[pr1])",
}
LIBRARY = r"\b(?:numba_)?(exp|expm1|log|log1p|tanh|erfc?|sin|cos|pow|fmax|fmin)f?\b"


def assembly(kernel: Any, arguments: Sequence[Any]) -> str:
    """The instructions of a kernel for these types, compiled anew: a cache keeps none to read."""
    options: Any = {"nogil": True, "error_model": "numpy", "fastmath": SAFE_MATH}
    fresh: Any = numba.njit(kernel.py_func, **options)
    fresh.compile(tuple(numba.typeof(argument) for argument in arguments))
    (text,) = fresh.inspect_asm().values()
    return str(text)


def operations_on_vectors(text: str) -> set[str]:
    """Which operations the instructions do on whole vectors of at least four float32."""
    table, register = (X86, r"%[yz]mm\d") if IS_X86 else (ARM, r"(?:v\d+\.(?:4s|2d|16b)|\bq\d+)")
    lines = [line.strip() for line in text.splitlines() if re.search(register, line)]
    return {
        operation
        for operation, beginning in table.items()
        if any(re.match(beginning + r"\b", line) for line in lines)
    }


def library_functions(text: str) -> set[str]:
    """Functions of the C library that are called, value by value."""
    called = re.findall(r"(?:movabsq?\s+\$|call\w*\s+|bl\s+|:lo12:)(\S+)", text)
    return {found[1] for name in called if (found := re.fullmatch(LIBRARY, name.strip(",")))}
