"""Numbers as people type them: decimal comma, full-width digits, sums, and round factors."""

from __future__ import annotations

import ast
import math
import operator
import re
import unicodedata
from collections.abc import Callable

PART = r"[-+]?\d*\.?\d*([eE][-+]?\d*)?"
BEGUN = re.compile(rf"\(*{PART}\)*([-+*/]\(*{PART}\)*)*")  # what may yet become a number
SUM = re.compile(r"[\d.eE+*/()-]{1,60}")
SIGNS = str.maketrans({"×": "*", "·": "*", "∙": "*", "÷": "/", "−": "-"})
OPERATIONS: dict[type[ast.AST], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
GROUPED = re.compile(r"\d{1,3}(,\d{3})+")  # 121,930
WHOLE = re.compile(r"[-+]?\d{1,12}")


def whole_number(text: str) -> int | None:
    """The whole number that a text means, or None."""
    clean = unicodedata.normalize("NFKC", text).replace(" ", "")
    if GROUPED.fullmatch(clean):
        clean = clean.replace(",", "")
    if WHOLE.fullmatch(clean):
        return int(clean)
    found = worked_out(plain(text))
    return int(found) if found is not None and found == int(found) else None


def real_number(text: str) -> float | None:
    """The finite number that a text means, or None."""
    clean = plain(text)
    try:
        found = float(clean)
    except ValueError:
        return worked_out(clean)
    return found if math.isfinite(found) else None


def worked_out(text: str) -> float | None:
    """The finite result of a sum such as 28*28 or (64-3)/2+1; None if it is none.

    Only numbers, + - * / and brackets: nothing that is typed is ever run.
    """
    if not SUM.fullmatch(text):
        return None
    try:
        found = _result(ast.parse(text, mode="eval").body)
    except (SyntaxError, ValueError, ArithmeticError, RecursionError):
        return None
    return found if math.isfinite(found) else None


def _result(part: ast.expr) -> float:
    match part:
        case ast.Constant(value=int() | float() as number):
            return float(number)
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            return -_result(inner)
        case ast.UnaryOp(op=ast.UAdd(), operand=inner):
            return _result(inner)
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in OPERATIONS:
            return OPERATIONS[type(sign)](_result(left), _result(right))
    raise ValueError(ast.dump(part))


def may_become_number(text: str) -> bool:
    """Whether more typing can turn a text into a number."""
    return BEGUN.fullmatch(plain(text)) is not None


def neighbour(value: float, up: bool) -> float:
    """The next of … 0.1, 0.2, 0.5, 1, 2, 5, 10 … above or below a positive value."""
    power = math.floor(math.log10(value))
    ladder = [float(f"{factor}e{power + shift}") for shift in (-1, 0, 1) for factor in (1, 2, 5)]
    if up:
        return next(step for step in ladder if step > value * (1 + 1e-9))
    return next(step for step in reversed(ladder) if step < value * (1 - 1e-9))


def power_of_two(value: float, up: bool) -> float:
    """The next of … 64, 128, 256 … above or below: 100 goes to 128 or to 64, 1 goes down to 0."""
    whole = math.floor(value) if up else math.ceil(value)
    if up:
        return float(1 << whole.bit_length()) if whole > 0 else 1.0
    return float(1 << ((whole - 1).bit_length() - 1)) if whole > 1 else 0.0


def plain(text: str) -> str:
    """A typed number as Python writes it: 0,001 and ０。００１ become 0.001."""
    normal = unicodedata.normalize("NFKC", text).replace("。", ".").replace(" ", "")
    normal = normal.translate(SIGNS)
    return normal.replace(",", ".") if normal.count(",") == 1 and "." not in normal else normal
