"""The whole vocabulary between the window and the engine process.

Commands go to the engine, events come back. All are frozen dataclasses; a `run` number ties an
event to the run it belongs to (0: the engine itself), so that yesterday's news can be told apart.
Points of curves are never dropped, pictures are latest-wins, and the engine sends at most
MESSAGES_PER_SECOND batches of progress.

What Results holds is in engine.results. Arrays are NumPy arrays; both ends are our own processes
on one computer.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.passages import Flow as Flow
from engine.passages import Own as Own
from engine.passages import Passage as Passage
from engine.passages import Reply as Reply
from engine.results import Cell as Cell
from engine.results import ClassResults as ClassResults
from engine.results import Results as Results
from engine.results import ValueResults as ValueResults
from engine.spec.training import TrainingOptions

MESSAGES_PER_SECOND = 30
FloatArray = NDArray[np.floating[Any]]
IntArray = NDArray[np.integer[Any]]

# how far a run goes on before it pauses by itself
END, EPOCH, BATCH, NOWHERE = "end", "epoch", "batch", "nowhere"

# why a run ended
COMPLETED, STOPPED, DIVERGED, EARLY = "completed", "stopped", "diverged", "early"


@dataclass(frozen=True, slots=True)
class Warm:
    """Compile (or load) the kernels of a document in the background; answered by Warming."""

    document: str  # JSON, see engine.spec.codec


@dataclass(frozen=True, slots=True)
class Start:
    """Plan a document and train it, from fresh weights or from a saved state."""

    run: int
    document: str
    state: bytes | None = None  # safetensors, see engine.runtime.checkpoint
    until: str = END  # END, EPOCH, BATCH; NOWHERE plans only, and waits


@dataclass(frozen=True, slots=True)
class Resume:
    """Go on with a run that waits."""

    run: int
    until: str = END


@dataclass(frozen=True, slots=True)
class Pause:
    """Wait after the batch that is being computed."""

    run: int


@dataclass(frozen=True, slots=True)
class Stop:
    """End the run after the batch that is being computed."""

    run: int


@dataclass(frozen=True, slots=True)
class SetTraining:
    """Change what may change while training goes on: engine.spec.training.LIVE, not the rest."""

    run: int
    training: TrainingOptions


@dataclass(frozen=True, slots=True)
class SetPace:
    """Train so many batches a second at most, to be watched; 0 is as fast as it goes.

    It holds for all runs from now on.
    """

    batches_per_second: float


@dataclass(frozen=True, slots=True)
class Watch:
    """Send Results with all Predictions from now on, or no longer; `cell` chooses the examples.

    It holds for all runs. Who begins to watch, or chooses a cell, gets both at once.
    """

    is_watched: bool
    cell: Cell | None = None


@dataclass(frozen=True, slots=True)
class AskState:
    """Ask for weights and optimizer state; answered by State."""

    run: int


@dataclass(frozen=True, slots=True)
class Visit:
    """Let a run that waits be as it was at an earlier moment; answered by Predictions.

    It goes on from there if it is resumed.
    """

    run: int
    state: bytes


@dataclass(frozen=True, slots=True)
class AskPredictions:
    """Ask for predictions on the validation samples; answered by Predictions."""

    run: int


@dataclass(frozen=True, slots=True)
class Glance:
    """Ask what the network of a run makes of one training sample now; answered by Glanced.

    Asked again and again by a window that shows it, so that nothing is computed unseen.
    """

    run: int
    sample: int  # counted on beyond the last one


@dataclass(frozen=True, slots=True)
class Try:
    """Ask what the network of a run makes of one's own sample; answered by Tried."""

    run: int
    number: int  # of the question
    own: Own
    wants_flows: bool = False  # whether what each box makes of it is to be sent, too


@dataclass(frozen=True, slots=True)
class Quit:
    """End the engine process."""


Command = (
    Warm
    | Start
    | Resume
    | Pause
    | Stop
    | SetTraining
    | SetPace
    | Watch
    | AskState
    | Visit
    | AskPredictions
    | Glance
    | Try
    | Quit
)


@dataclass(frozen=True, slots=True)
class Ready:
    """The engine process has started."""

    run: int
    processors: int
    versions: dict[str, str]


@dataclass(frozen=True, slots=True)
class Loading:
    """The samples of a run are being read; done == total ends it. Latest wins."""

    run: int
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Warming:
    """One kernel more is ready to run; done == total ends it."""

    run: int
    done: int
    total: int
    kernel: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """The plan of a run is allocated; these are the engine's own facts."""

    run: int
    device: str  # "cpu"
    threads: int
    batches: int  # per epoch
    epochs: int
    epoch: int  # epochs already done
    batch: int  # batches of the present epoch already done
    weights: dict[str, tuple[int, ...]]  # by "node/name"
    outputs: dict[str, tuple[int, ...]]  # sizes of one sample at "node.port"
    samples: dict[str, int]  # "training", "validation", "test"


@dataclass(frozen=True, slots=True)
class Progress:
    """Values of the batches since the last Progress, oldest first."""

    run: int
    epoch: int  # the epoch being computed, from 0
    batch: int  # batches of it already done
    points: dict[str, FloatArray]  # "loss" and metrics, each (number of batches,)
    samples_per_second: float


@dataclass(frozen=True, slots=True)
class EpochEnded:
    """One epoch is complete, validation included."""

    run: int
    epoch: int  # from 0
    record: dict[str, float]  # see engine.spec.history


@dataclass(frozen=True, slots=True)
class Predictions:
    """What the network makes of the validation samples now. Latest wins.

    inputs : (N, …) float, as the network receives them; N is at most 200
    outputs : (N, K) float, probabilities or values; (N, T, K) with an answer at each time step
    targets : (N,) class numbers, or (N, K) values; (N, T) or (N, T, K) at each time step
    counted : (N, T) 1 where a time step counts, 0 where it is padded; None: all count
    surface : (S, S, K) float over the square `extent` for two-feature data, row 0 at the bottom
    """

    run: int
    epoch: int  # epochs done
    task: str  # "classes", "binary" or "values"
    inputs: FloatArray
    outputs: FloatArray
    targets: FloatArray | IntArray
    wrong: int  # answers, among all validation samples
    total: int
    surface: FloatArray | None = None
    extent: tuple[float, float, float, float] | None = None  # left, right, bottom, top
    counted: FloatArray | None = None
    samples: int = 0  # validation samples, each with one answer or with one at each step


@dataclass(frozen=True, slots=True)
class Glanced:
    """The answer to Glance. Latest wins."""

    run: int
    epoch: int  # epochs done
    passage: Passage
    seconds: float  # that it took


@dataclass(frozen=True, slots=True)
class Tried:
    """The answer to Try; `reply` is None where the sample does not fit the network."""

    run: int
    epoch: int  # epochs done
    number: int
    reply: Reply | None
    seconds: float  # that it took


@dataclass(frozen=True, slots=True)
class Paused:
    """The run waits."""

    run: int
    epoch: int
    batch: int


@dataclass(frozen=True, slots=True)
class Cause:
    """What was no number first, in a run that diverged, and where.

    `what` is "samples", "target", "weights", "result" or "gradient", in the box `node`; `name` is
    the port, the weight, or the kernel that computed it. `row` counts the samples of the `part`
    from 0; None if it was in no single sample.
    """

    what: str
    node: str
    name: str
    row: int | None
    is_nan: bool  # otherwise infinity, or too large to go on with
    part: str = "training"


@dataclass(frozen=True, slots=True)
class Finished:
    """The run is over; `reason` is COMPLETED, STOPPED, DIVERGED or EARLY."""

    run: int
    reason: str
    epoch: int
    batch: int
    cause: Cause | None = None  # of DIVERGED


@dataclass(frozen=True, slots=True)
class State:
    """Weights, optimizer state and position of a run, as one safetensors file.

    Sent when asked for, and by itself after epochs (`asked` False), so that little is lost if the
    engine dies.
    """

    run: int
    state: bytes
    steps: int  # batches done in all
    epochs: int  # epochs done
    asked: bool


@dataclass(frozen=True, slots=True)
class Failed:
    """The run could not go on; the engine lives. Words come from `code`."""

    run: int
    code: str
    numbers: dict[str, object] = field(default_factory=dict)
    detail: str = ""  # for the log, not for the student


Event = (
    Ready
    | Loading
    | Warming
    | Prepared
    | Progress
    | EpochEnded
    | Predictions
    | Results
    | Glanced
    | Tried
    | Paused
    | Finished
    | State
    | Failed
)
