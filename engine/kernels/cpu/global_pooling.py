"""Global pooling: all places of a picture or sequence become one value for each channel."""

from engine.kernels import Array
from engine.kernels.cpu import kernel


@kernel
def _counts(mask: Array, s: int, place: int) -> bool:
    """Tell whether a place of a sample counts."""
    return mask.shape[1] == 0 or mask[s, place] > 0


@kernel
def _share(mask: Array, s: int, places: int) -> float:
    """Return what one place contributes to a mean."""
    count = 0
    for place in range(places):
        count += _counts(mask, s, place)
    return 1 / max(count, 1)


@kernel
def global_average_pool(x: Array, mask: Array, y: Array) -> None:
    """Keep the mean over the places that count; see the plain twin."""
    samples, places, channels = x.shape
    for s in range(samples):
        mean = y[s]
        mean[:] = y.dtype.type(0)
        for place in range(places):
            if _counts(mask, s, place):
                cell = x[s, place]
                for c in range(channels):
                    mean[c] += cell[c]
        share = y.dtype.type(_share(mask, s, places))
        for c in range(channels):
            mean[c] *= share


@kernel
def global_average_pool_gradient(dy: Array, mask: Array, dx: Array) -> None:
    """Share each channel's gradient among the places that count; see the plain twin."""
    samples, places, channels = dx.shape
    for s in range(samples):
        gradient = dy[s]
        share = dx.dtype.type(_share(mask, s, places))
        for place in range(places):
            cell = dx[s, place]
            if _counts(mask, s, place):
                for c in range(channels):
                    cell[c] = gradient[c] * share
            else:
                cell[:] = dx.dtype.type(0)


@kernel
def global_max_pool(x: Array, mask: Array, y: Array, where: Array) -> None:
    """Keep the largest value over the places that count; see the plain twin."""
    samples, places, channels = x.shape
    for s in range(samples):
        best, winner = y[s], where[s]
        best[:] = y.dtype.type(0)
        winner[:] = where.dtype.type(-1)
        is_first = True
        for place in range(places):
            if not _counts(mask, s, place):
                continue
            cell, code = x[s, place], where.dtype.type(place)
            if is_first:
                is_first = False
                for c in range(channels):
                    best[c] = cell[c]
                    winner[c] = code
            else:
                for c in range(channels):
                    wins = not (cell[c] <= best[c]) and best[c] == best[c]
                    best[c] = cell[c] if wins else best[c]
                    winner[c] = code if wins else winner[c]


@kernel
def global_max_pool_gradient(dy: Array, where: Array, dx: Array) -> None:
    """Send each channel's gradient to the place that won; see the plain twin."""
    zero = dx.dtype.type(0)
    samples, places, channels = dx.shape
    for s in range(samples):
        gradient, winner = dy[s], where[s]
        for place in range(places):
            cell = dx[s, place]
            for c in range(channels):
                cell[c] = gradient[c] if winner[c] == place else zero
