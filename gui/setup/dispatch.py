"""From the command line to what it asks for: environment, system libraries, then the command."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import assert_never

from gui import words
from gui.setup import system_libraries
from gui.setup.environment import Environment, hand_over
from gui.setup.preparation import prepare
from gui.setup.requirements import SetupError, missing, requirements
from gui.terminal.bench_options import Bench
from gui.terminal.commands import (
    Command,
    Compare,
    CompareMethods,
    FindRate,
    InstallLauncher,
    OpenWindow,
    RunChecks,
    ShowData,
    Summarise,
    Train,
    asked_language,
    parse,
)
from gui.words import tr

REPAIRED = "LAYERWISE_REPAIRED"  # set once packages were put in, so as not to try for ever


def dispatch(arguments: Sequence[str], environment: Environment, *, is_here: bool) -> int:
    """Carry out what `arguments` ask for, making `environment` first if need be.

    `is_here` says whether this interpreter has every package that Layerwise runs with.
    """
    words.set_language(asked_language(arguments) or words.system_language())
    command = parse(arguments)
    test = isinstance(command, RunChecks)
    if is_here and not (test and missing(requirements(test=True), sys.path)):
        return carry_out(command)
    if os.environ.get(REPAIRED):
        raise SetupError(tr("setup.broken", folder=environment.folder))
    if not environment.is_ready(test=test) or environment.is_running():
        provide_libraries(command, with_venv=not environment.is_sound())
        prepare(environment, test=test)
        os.environ[REPAIRED] = "1"
    return hand_over(environment)


def carry_out(command: Command) -> int:
    """Do `command`; this interpreter has every package."""
    os.environ.pop(REPAIRED, None)
    provide_libraries(command)
    match command:
        case OpenWindow():
            return open_window(command)
        case Train():
            return train(command)
        case FindRate():
            from gui.terminal.learning_rate import find_rate

            return find_rate(command.file, command.threads, command.seed)
        case CompareMethods():
            from gui.terminal.baseline import compare_file

            return compare_file(command.file, command.seed)
        case ShowData():
            from gui.terminal.own_data import show_data

            return show_data(command.path, command.target, command.out)
        case Summarise():
            from gui.terminal.summary import summarise_file

            return summarise_file(command.file, as_csv=command.csv)
        case Compare():
            from gui.terminal.difference import compare_files

            return compare_files(command.first, command.second, markdown=command.markdown)
        case RunChecks(against=peer) if peer:
            from gui.setup.comparison import compare_with

            return compare_with(peer)
        case RunChecks():
            from gui.setup.checks import run_checks

            return run_checks(command.pytest_arguments, fast=command.fast)
        case Bench():
            from gui.terminal.bench import run_bench

            return run_bench(command)
        case InstallLauncher():
            from gui.setup.launcher import install_launcher

            return install_launcher()
        case _:
            assert_never(command)


def train(command: Train) -> int:
    """Train in the terminal: once, on folds, or on files of one's own."""
    if command.folds is not None:
        from gui.terminal.folds import validate_file

        return validate_file(
            command.file, command.folds, command.epochs, command.threads, command.seed
        )
    from gui.terminal.train import train_file, train_on

    if command.data is not None and command.device != "cuda":
        return train_on(
            command.file,
            command.data,
            command.target,
            options={name: getattr(command, name) for name in ("epochs", "threads", "seed")},
            save=command.save,
            checkpoints=command.checkpoints,
        )
    return train_file(
        command.file,
        epochs=command.epochs,
        threads=command.threads,
        seed=command.seed,
        device=command.device,
        save=command.save,
        checkpoints=command.checkpoints,
    )


def open_window(command: OpenWindow) -> int:
    """Open the window, or train in the terminal where no window can be shown."""
    if system_libraries.has_display():
        from gui.app import run as run_window

        return run_window(command.files)
    if command.files:
        from gui.terminal.train import train_file

        file = command.files[0]
        print(tr("terminal.no_display_file", file=file), flush=True)
        return train_file(file, epochs=None, threads=None, seed=None, device="auto", save=None)
    from gui.terminal.train import train_welcome

    print(tr("terminal.no_display"), flush=True)
    return train_welcome()


def provide_libraries(command: Command, *, with_venv: bool = False) -> None:
    """See to the system's part of what `command` needs, before minutes of download."""
    if isinstance(command, RunChecks) and not system_libraries.has_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    shows_window = isinstance(command, OpenWindow | RunChecks) and system_libraries.has_display()
    system_libraries.provide(
        system_libraries.needed() if shows_window else (),
        system_libraries.venv_packages() if with_venv else (),
    )
