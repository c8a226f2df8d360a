"""What was read of a table's columns, put together: samples for training, and facts about them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from engine.data.encoding import width_of
from engine.data.own.refusal import Refusal
from engine.data.own.table_readers import (
    Categories,
    Dates,
    Groups,
    Numbers,
    Reader,
    Texts,
)
from engine.data.own.table_values import Notation
from engine.data.samples import Array, Samples, TableColumn
from engine.data_protocol import Complaint
from engine.spec.datasets import LENGTH
from engine.spec.options import Options, checked
from engine.spec.recipes import Column, Table
from engine.spec.sources import ColumnFacts, Facts, Names

LARGEST = 500_000_000  # numbers that the network is given in all


@dataclass(frozen=True, slots=True)
class Plan:
    """Which columns are for what, as places among all columns of the file."""

    recipe: Table
    columns: tuple[Column, ...]

    def having(self, role: str) -> list[int]:
        """The places of the columns with a role."""
        return [i for i, column in enumerate(self.columns) if column.role == role]

    @property
    def series(self) -> bool:
        """Whether rows are moments of a time series."""
        return self.recipe.use == "series"

    @property
    def targets(self) -> list[int]:
        """What is to be predicted."""
        return self.having("target")

    @property
    def inputs(self) -> list[int]:
        """What it is predicted from; the past of a series' measured target is known, too."""
        found = self.having("input")
        if self.series:
            past = [i for i in self.targets if self.columns[i].type in ("number", "date")]
            found = sorted({*found, *past})
        return found

    @property
    def text(self) -> int | None:
        """The input that is a text, if there is one."""
        return next((i for i in self.inputs if self.columns[i].type == "text"), None)

    @property
    def date(self) -> int | None:
        """The column that says when each moment of a series was."""
        dates = (i for i, c in enumerate(self.columns) if c.type == "date" and c.role != "group")
        return next(dates, None) if self.series else None

    def reader(self, place: int, notation: Notation) -> Reader | None:
        """What reads a column; None if nobody asks for it."""
        column = self.columns[place]
        if place == self.date:
            return Dates()
        if column.role == "ignored":
            return None
        if column.role == "group":
            return Groups()
        if column.type == "text":
            return Texts(self.recipe.tokens, self.recipe.vocabulary)
        if column.type == "category":
            return Categories(column.name)
        return Dates() if column.type == "date" else Numbers(notation)


def plan_of(recipe: Table) -> Plan:
    """Check what columns are for.

    Refusal "no_target", "no_inputs", "several_targets", "text_target", "text_beside_others",
    "text_in_series" or "several_groups".
    """
    given = [c for c in recipe.columns if isinstance(c, Options)]
    plan = Plan(recipe, tuple(checked(Column, c) for c in given))
    columns, targets, inputs = plan.columns, plan.targets, plan.inputs
    if not targets:
        raise Refusal("no_target")
    for i in targets:
        if columns[i].type == "text":
            raise Refusal("text_target", column=columns[i].name)
        if columns[i].type == "category" and len(targets) > 1:
            raise Refusal("several_targets", column=columns[i].name, given=len(targets))
    if len(plan.having("group")) > 1:
        raise Refusal("several_groups", given=len(plan.having("group")))
    if not inputs:
        raise Refusal("no_inputs", target=columns[targets[0]].name)
    if plan.text is not None and len(inputs) > 1:
        raise Refusal("text_beside_others", column=columns[plan.text].name, given=len(inputs))
    if plan.text is not None and plan.series:
        raise Refusal("text_in_series", column=columns[plan.text].name)
    return plan


@dataclass(slots=True)
class Assembly:
    """Puts columns together, and leaves out rows that cannot be used."""

    path: Path
    plan: Plan
    readers: Mapping[int, Reader]
    gaps: Sequence[int]  # by column, of those without a reader
    complaints: list[Complaint] = field(default_factory=list)
    _values: dict[int, Array] = field(default_factory=dict)

    def samples_and_facts(self) -> tuple[Samples, Facts]:
        """The samples, and what a document says of them."""
        plan = self.plan
        self._values = {i: reader.values() for i, reader in self.readers.items()}
        self._name_ambiguous_dates()
        gaps = tuple(self._gaps())
        rows = self._usable_rows()
        target, names = self._target(rows)
        group = plan.having("group")
        groups = self._values[group[0]][rows] if group else None
        facts = Facts(
            (1,),
            ("features",),
            len(rows),
            classes=len(names),
            outputs=len(plan.targets),
            class_names=names,
            target_names=tuple(plan.columns[i].name for i in plan.targets),
            columns=gaps,
        )
        if plan.text is not None:
            return self._texts(rows, target, groups, facts)
        return self._table(rows, target, groups, facts)

    def _name_ambiguous_dates(self) -> None:
        for i, reader in self.readers.items():
            if isinstance(reader, Dates) and reader.ambiguous:
                complaint = Complaint("ambiguous_dates", {"column": self.plan.columns[i].name})
                self.complaints.append(complaint)

    def _gaps(self) -> Iterator[ColumnFacts]:
        for i in range(len(self.plan.columns)):
            reader = self.readers.get(i)
            if reader is None or isinstance(reader, Groups):
                yield ColumnFacts((), self.gaps[i])
                continue
            names = reader.names() if isinstance(reader, Categories) else ()
            yield ColumnFacts(names, int(np.isnan(self._values[i]).sum()))

    def _usable_rows(self) -> Array:
        """Rows with a target, and without gaps where those are to be left out; sorted by time."""
        plan = self.plan
        known = np.ones(len(self._values[plan.targets[0]]), dtype=bool)
        for i in plan.targets:
            known &= ~np.isnan(self._values[i])
        if count := int((~known).sum()):
            name = plan.columns[plan.targets[0]].name
            self.complaints.append(
                Complaint("rows_without_target", {"count": count, "column": name})
            )
        kept = known.copy()
        for i in plan.inputs:
            if plan.columns[i].gaps == "drop":
                kept &= ~np.isnan(self._values[i])
        if count := int(known.sum() - kept.sum()):
            self.complaints.append(Complaint("rows_dropped", {"count": count}))
        if not kept.any():
            raise Refusal("no_rows_left", path=str(self.path), given=len(kept))
        rows = np.flatnonzero(kept)
        if plan.date is not None:
            times = self._values[plan.date][rows]
            if not np.isnan(times).any() and (np.diff(times) < 0).any():
                rows = rows[np.argsort(times, kind="stable")]
                name = plan.columns[plan.date].name
                self.complaints.append(Complaint("sorted_by_date", {"column": name}))
        return rows

    def _target(self, rows: Array) -> tuple[Array, Names]:
        """Class numbers (N,) and their names, or values (N, K) and none."""
        first = self.plan.targets[0]
        reader = self.readers[first]
        if not isinstance(reader, Categories):
            return np.stack([self._values[i][rows] for i in self.plan.targets], axis=1), ()
        values = self._values[first][rows].astype(np.int64)
        names = reader.names()
        there = np.unique(values)
        if len(there) < 2:
            given = names[there[0]]
            raise Refusal("one_class", column=self.plan.columns[first].name, text=given)
        # a class all of whose rows were left out is none
        return np.searchsorted(there, values), tuple(names[i] for i in there)

    def _texts(
        self, rows: Array, target: Array, groups: Array | None, facts: Facts
    ) -> tuple[Samples, Facts]:
        reader = self.readers[self.plan.text or 0]
        assert isinstance(reader, Texts)
        check_size(len(rows), reader.longest(rows))
        vocabulary = reader.vocabulary()
        x = reader.sequences(rows)
        found = Facts(
            (LENGTH,),
            ("time",),
            facts.samples,
            len(vocabulary),
            facts.classes,
            facts.outputs,
            any_length=True,
            class_names=facts.class_names,
            target_names=facts.target_names,
            vocabulary=vocabulary,
            columns=facts.columns,
        )
        return Samples(x, target, groups=groups), found

    def _table(
        self, rows: Array, target: Array, groups: Array | None, facts: Facts
    ) -> tuple[Samples, Facts]:
        plan = self.plan
        columns = tuple(self._column(i) for i in plan.inputs)
        width = sum(map(width_of, columns))
        check_size(len(rows), width)
        x = np.empty((len(rows), len(columns)))
        for place, i in enumerate(plan.inputs):
            x[:, place] = self._values[i][rows]
        found = Facts(
            (LENGTH, width) if plan.series else (width,),
            ("time", "features") if plan.series else ("features",),
            facts.samples,
            classes=facts.classes,
            outputs=facts.outputs,
            any_length=plan.series,
            series=plan.series,
            scaling="standardise",
            class_names=facts.class_names,
            feature_names=tuple(self._features()),
            target_names=facts.target_names,
            columns=facts.columns,
        )
        return Samples(x, target, columns, groups, series=plan.series), found

    def _column(self, place: int) -> TableColumn:
        column, reader = self.plan.columns[place], self.readers[place]
        count = len(reader.names()) if isinstance(reader, Categories) else 0
        gaps = "mean" if column.gaps == "drop" else column.gaps  # of which none is left
        return TableColumn(count, gaps, column.constant)

    def _features(self) -> Iterator[str]:
        """A name for each number that the network is given."""
        for i in self.plan.inputs:
            name, reader = self.plan.columns[i].name, self.readers[i]
            names = reader.names() if isinstance(reader, Categories) else ()
            if len(names) < 2:
                yield name
            else:
                yield from (
                    f"{name} = {text}" for text in (names[1:] if len(names) == 2 else names)
                )


def check_size(rows: int, width: int) -> None:
    """Refusal "too_many_numbers" if so many rows with so many numbers each are too many."""
    if rows * width > LARGEST:
        raise Refusal("too_many_numbers", rows=rows, width=width, limit=LARGEST)
