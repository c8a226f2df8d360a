"""The words of the interface: the same keys in both languages, all used, none written in code."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from gui import words

ROOT = Path(__file__).resolve().parent.parent.parent
GUI = sorted((ROOT / "gui").rglob("*.py"))
KEY_START = re.compile(r"[a-z_]+\.")  # how the constant beginning of a computed key looks

# Calls whose text a person reads, by the name of the method or class.
SHOWING = {
    "setText",
    "setToolTip",
    "setWindowTitle",
    "setPlaceholderText",
    "setTitle",
    "setStatusTip",
    "setWhatsThis",
    "setAccessibleName",
    "setAccessibleDescription",
    "setHeaderLabels",
    "setHorizontalHeaderLabels",
    "setInformativeText",
    "setDetailedText",
    "setLabelText",
    "setPrefix",
    "setSuffix",
    "setSpecialValueText",
    "addAction",
    "addMenu",
    "addTab",
    "addItem",
    "addItems",
    "addRow",
    "insertTab",
    "setTabText",
    "showMessage",
    "QLabel",
    "QPushButton",
    "QToolButton",
    "QCheckBox",
    "QRadioButton",
    "QGroupBox",
    "QAction",
    "QMenu",
    "QDockWidget",
    "QMessageBox",
    "information",
    "warning",
    "critical",
    "question",
}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def nodes(path: Path) -> list[ast.AST]:
    return list(ast.walk(ast.parse(path.read_text("utf-8"), str(path))))


def called(node: ast.Call) -> str:
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def calls_of_tr(path: Path) -> Iterator[ast.Call]:
    return (n for n in nodes(path) if isinstance(n, ast.Call) and called(n) == "tr" and n.args)


def literal_keys(key: ast.expr) -> list[str]:
    """The keys that an argument of tr may be, as far as they stand there in full."""
    match key:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.IfExp(body=body, orelse=orelse):
            return literal_keys(body) + literal_keys(orelse)
    return []


def pattern(computed: ast.JoinedStr) -> re.Pattern[str] | None:
    """What the keys computed by an f-string look like; None if it does not look like a key."""
    parts = [part.value if isinstance(part, ast.Constant) else None for part in computed.values]
    start = parts[0] if parts else None
    has_space = any(isinstance(part, str) and " " in part for part in parts)
    if not isinstance(start, str) or not KEY_START.match(start) or has_space:
        return None
    return re.compile(
        "".join(r"[\w.]+" if part is None else re.escape(str(part)) for part in parts)
    )


def placeholders(text: str) -> set[str]:
    """Names in braces, and the signs with % in the words that argparse fills in."""
    named = {name for _, name, _, _ in string.Formatter().parse(text) if name}
    return named | set(re.findall(r"%\(\w+\)[sr]|%[sr]", text))


def test_both_languages_have_the_same_keys() -> None:
    english, chinese = words.table("en"), words.table("zh_CN")
    assert english.keys() - chinese.keys() == set()
    assert chinese.keys() - english.keys() == set()


def test_both_languages_say_something_with_the_same_values() -> None:
    for key, english in words.table("en").items():
        chinese = words.table("zh_CN")[key]
        assert english.strip() and chinese.strip(), key
        assert placeholders(english) == placeholders(chinese), key


@pytest.mark.parametrize("path", GUI, ids=name_of)
def test_every_key_in_the_code_has_words_and_gets_its_values(path: Path) -> None:
    english = words.table("en")
    for call in calls_of_tr(path):
        given = {keyword.arg for keyword in call.keywords}
        for key in literal_keys(call.args[0]):
            where = f"{name_of(path)}:{call.lineno}"
            assert key in english, f"{where}: no words for {key!r}"
            needed = {name for name in placeholders(english[key]) if not name.startswith("%")}
            assert None in given or given == needed, f"{where}: {key!r} needs {needed}"
        if isinstance(call.args[0], ast.JoinedStr):
            form = pattern(call.args[0])
            assert form is None or any(form.fullmatch(key) for key in english), (
                f"{name_of(path)}:{call.lineno}: no words look like {ast.unparse(call.args[0])}"
            )


def test_every_key_is_used() -> None:
    """A key is used where it stands in full, or where an f-string that may yield it stands."""
    everything = [node for path in GUI for node in nodes(path)]
    in_full = {n.value for n in everything if isinstance(n, ast.Constant)}
    computed = [pattern(node) for node in everything if isinstance(node, ast.JoinedStr)]
    unused = [
        key
        for key in words.table("en")
        if key not in in_full and not any(form and form.fullmatch(key) for form in computed)
    ]
    assert unused == []


@pytest.mark.parametrize("path", GUI, ids=name_of)
def test_no_text_for_the_person_is_written_in_the_code(path: Path) -> None:
    for node in nodes(path):
        if isinstance(node, ast.Call) and called(node) in SHOWING:
            for argument in node.args:
                text = written_in(argument)
                assert not re.search(r"[^\W\d_]", text), (
                    f"{name_of(path)}:{node.lineno}: {called(node)}({text!r}) needs tr()"
                )


def written_in(argument: ast.expr) -> str:
    """The text that an argument holds literally."""
    match argument:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=values):
            return "".join(written_in(value) for value in values)
        case ast.BinOp(left=left, right=right):
            return written_in(left) + written_in(right)
        case ast.List(elts=elements) | ast.Tuple(elts=elements):
            return "".join(written_in(element) for element in elements)
        case ast.IfExp(body=body, orelse=orelse):
            return written_in(body) + written_in(orelse)
    return ""
