"""Sheets of an Excel workbook as rows of texts, written as they would stand in a CSV file."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from engine.data.own.refusal import Refusal
from engine.data.own.table_text import readable

ENDINGS = (".xlsx", ".xlsm")
OTHERS = (".xls", ".ods", ".xlsb", ".numbers")  # to be saved as one of the first
LARGEST = 2_000_000_000  # bytes of everything in the archive, unpacked
LARGEST_PART = 400_000_000  # bytes of a part that is no sheet, such as the texts of all cells
SHEETS = "xl/worksheets/"  # which are read piece by piece; all else is held in memory
OLE = b"\xd0\xcf\x11\xe0"  # the container of .xls, and of workbooks with a password
ZIP = b"PK\x03\x04"


def is_workbook(path: Path) -> bool:
    """Whether a file is a workbook, or meant to be one."""
    return path.suffix.lower() in (*ENDINGS, *OTHERS) or _begins(path) == ZIP


def _begins(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(4)
    except OSError:
        return b""


def check(path: Path) -> None:
    """Refuse what is no workbook that can be read, before it is unpacked."""
    if path.is_dir():
        raise Refusal("is_folder", path=str(path))
    if path.suffix.lower() in OTHERS:
        raise Refusal("old_workbook", path=str(path), ending=path.suffix.lower())
    with readable(path), path.open("rb") as file:
        beginning = file.read(4)
    if not beginning:
        raise Refusal("empty_file", path=str(path))
    if beginning == OLE:
        raise Refusal("encrypted_workbook", path=str(path))
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Refusal("broken_workbook", path=str(path)) from error
    if any(part.flag_bits & 1 for part in parts):
        raise Refusal("encrypted_workbook", path=str(path))
    held = (part.file_size for part in parts if not part.filename.startswith(SHEETS))
    if sum(part.file_size for part in parts) > LARGEST or max(held, default=0) > LARGEST_PART:
        raise Refusal("workbook_too_large", path=str(path), limit=LARGEST // 1_000_000)


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    """An open workbook of openpyxl; Refusal "broken_workbook" if it is none."""
    check(path)
    from openpyxl import load_workbook  # takes its time

    # opened here, because a workbook that fails to open would leave its file open
    with readable(path), path.open("rb") as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about drawings and styles that nobody needs here
        try:
            book = load_workbook(file, read_only=True, data_only=True)
            any_sheet = bool(book.worksheets)
        except MemoryError as error:
            limit = LARGEST // 1_000_000
            raise Refusal("workbook_too_large", path=str(path), limit=limit) from error
        except Exception as error:  # whatever an archive may hold in the place of a workbook
            raise Refusal("broken_workbook", path=str(path)) from error
        try:
            if not any_sheet:
                raise Refusal("broken_workbook", path=str(path))
            yield book
        finally:
            book.close()


def sheets_of(book: Any) -> tuple[str, ...]:
    """The names of the sheets that have cells."""
    return tuple(sheet.title for sheet in book.worksheets)


def page_of(book: Any, sheet: str) -> Any:
    """The sheet with this name; the first one if there is none."""
    return next((s for s in book.worksheets if s.title == sheet), book.worksheets[0])


def rows_of(page: Any, path: Path) -> Iterator[list[str]]:
    """Each row's cells as texts, without the empty ones at its end."""
    page.reset_dimensions()  # what a file says of its size is often wrong
    rows = page.iter_rows(values_only=True)
    while True:
        try:
            row = next(rows, None)
        except Exception as error:  # as above: the archive is read piece by piece
            raise Refusal("broken_workbook", path=str(path)) from error
        if row is None:
            return
        cells = [_text(value) for value in row]
        while cells and not cells[-1]:
            cells.pop()
        yield cells


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        midnight = value.time() == time()
        return value.date().isoformat() if midnight else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)
