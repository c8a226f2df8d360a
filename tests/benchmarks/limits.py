"""Equal means for all: so many processor cores, so many threads, and no settings from outside."""

from __future__ import annotations

import os

THREADS = (
    "OMP_NUM_THREADS",
    "MKL_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "BLIS_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
    "NUMEXPR_NUM_THREADS",
    "TF_NUM_INTRAOP_THREADS",
    "TF_NUM_INTEROP_THREADS",
)
# what tells a library to take a slower way than it would on this machine, or others' settings
REMOVED = (
    "OPENBLAS_CORETYPE",
    "OPENBLAS_L2_SIZE",
    "MKL_ENABLE_INSTRUCTIONS",
    "DNNL_MAX_CPU_ISA",
    "KMP_AFFINITY",
    "OMP_WAIT_POLICY",
    "XLA_FLAGS",
)


def environment(threads: int) -> dict[str, str]:
    """The environment of a contestant's process."""
    own = {name: value for name, value in os.environ.items() if name not in REMOVED}
    own |= dict.fromkeys(THREADS, str(threads))
    many = "true" if threads > 1 else "false"
    return own | {
        "XLA_FLAGS": f"--xla_cpu_multi_thread_eigen={many} intra_op_parallelism_threads={threads}",
        "JAX_PLATFORMS": "cpu",
        "KERAS_BACKEND": "tensorflow",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CUDA_VISIBLE_DEVICES": "",
        "PYTHONUNBUFFERED": "1",
    }


def hold_to(threads: int) -> bool:
    """Leave this process and its threads as many cores as threads; False where that cannot be.

    The last cores are taken: systems like to put their own work on the first ones.
    """
    if not hasattr(os, "sched_setaffinity"):  # macOS, Windows
        return False
    cores = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, cores[-threads:])
    return True


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
