"""Who takes part: our engine, other libraries, and two matrix products that show the limit."""

from __future__ import annotations

import importlib
import importlib.util
from dataclasses import dataclass

from tests.benchmarks.contestants.base import Contestant


@dataclass(frozen=True)
class Entry:
    """One contestant: its module and class here, and the packages that must be installed."""

    module: str
    needs: tuple[str, ...] = ()

    def load(self) -> type[Contestant]:
        """Its class; ImportError if a package is absent."""
        own = importlib.import_module(f"{__name__}.{self.module}")
        kind: type[Contestant] = own.CONTESTANT
        return kind

    @property
    def absent(self) -> list[str]:
        """The packages that are not installed."""
        return [name for name in self.needs if importlib.util.find_spec(name) is None]


OURS = "ours"
ENTRIES = {
    OURS: Entry("ours"),
    "torch": Entry("torch_eager", ("torch",)),
    "torch_compiled": Entry("torch_compiled", ("torch",)),
    "jax": Entry("jax_jit", ("jax",)),
    "keras": Entry("keras_tensorflow", ("keras", "tensorflow")),
}
# what --against asks for, and who comes
FAMILIES = {"torch": ("torch", "torch_compiled"), "jax": ("jax",), "keras": ("keras",)}
