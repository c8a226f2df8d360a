"""Who takes part: our engine and other libraries, in training and in answering."""

from __future__ import annotations

import importlib
import importlib.util
import shutil
from dataclasses import dataclass

from tests.benchmarks.contestants.base import Contestant


@dataclass(frozen=True)
class Entry:
    """One contestant: its module here, the packages that must be installed, and one of which
    programs must be there.
    """

    module: str
    needs: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()

    def load(self) -> type[Contestant]:
        """Its class; ImportError if a package is absent."""
        own = importlib.import_module(f"{__name__}.{self.module}")
        kind: type[Contestant] = own.CONTESTANT
        return kind

    @property
    def absent(self) -> list[str]:
        """The packages that are not installed."""
        return [name for name in self.needs if importlib.util.find_spec(name) is None]

    @property
    def lacks_program(self) -> bool:
        """Whether none of the programs is there."""
        return bool(self.programs) and not any(map(shutil.which, self.programs))


OURS = "ours"
STEPS, INFERENCE = "steps", "inference"
TRAINING = {
    OURS: Entry("ours"),
    "torch": Entry("torch_eager", ("torch",)),
    "torch_compiled": Entry("torch_compiled", ("torch",), ("g++", "clang++", "cl")),
    "jax": Entry("jax_jit", ("jax",)),
    "keras": Entry("keras_tensorflow", ("keras", "tensorflow")),
}
ANSWERING = {
    OURS: Entry("ours_answers"),
    "torch": Entry("torch_answers", ("torch",)),
    "onnxruntime": Entry("onnx_answers", ("onnx", "onnxruntime")),
}
ENTRIES = {STEPS: TRAINING, INFERENCE: ANSWERING}
# what --against asks for, and who comes
FAMILIES: dict[str, dict[str, tuple[str, ...]]] = {
    "torch": {STEPS: ("torch", "torch_compiled"), INFERENCE: ("torch",)},
    "jax": {STEPS: ("jax",)},
    "keras": {STEPS: ("keras",)},
    "onnxruntime": {INFERENCE: ("onnxruntime",)},
}
