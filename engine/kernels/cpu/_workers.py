"""What the workers computed, put together: each has a row of gradients of its own."""

from engine.kernels import Array
from engine.kernels.cpu import kernel


@kernel
def sum_up(gradients: Array, start: int, total: Array) -> None:
    """Sum the gradients of some parameters over the workers, in order."""
    end, workers = start + total.size, gradients.shape[0]
    row = gradients[0, start:end]
    if workers == 1:
        for k in range(total.size):
            total[k] = row[k]
        return
    other = gradients[1, start:end]
    for k in range(total.size):
        total[k] = row[k] + other[k]
    for worker in range(2, workers):
        row = gradients[worker, start:end]
        for k in range(total.size):
            total[k] += row[k]
