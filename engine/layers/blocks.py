"""Well-known blocks of several boxes, drawn up for the shape that they are to read.

Each function gives the parts of one block in the order in which they compute; the last one is what
the block hands on. Sizes follow from the shape, so that a block works wherever its shape fits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.spec.options import Value
from engine.spec.shapes import Shape

MOST_HEADS = 4
BRANCH = 8  # filters of a branch at least: fewer see hardly anything in a picture
GROWTH = 12  # channels that each layer of a dense block adds
SQUEEZED = 4  # a squeeze-and-excitation block goes through a fourth of the channels
BEFORE = -1  # stands for the part before


@dataclass(frozen=True, slots=True)
class Part:
    """One box of a block.

    reads : numbers of the parts that it reads, counted from 1; 0 is the box behind which the block
        stands
    row : how many rows it stands below that box
    """

    kind: str
    options: Mapping[str, Value]
    reads: tuple[int, ...] = (BEFORE,)
    row: int = 0


Parts = tuple[Part, ...]


def _part(kind: str, *reads: int, row: int = 0, **options: Value) -> Part:
    return Part(kind, options, reads or (BEFORE,), row)


def _conv(filters: int, size: int, *reads: int, row: int = 0, **options: Value) -> Part:
    """A convolution that keeps the size, without an offset, which a normalisation has."""
    options = {"filters": filters, "size": size, "padding": "same", **options}
    return Part("conv2d", options, reads or (BEFORE,), row)


def _relu(row: int = 0) -> Part:
    return _part("activation", row=row, function="relu")


def transformer(x: Shape) -> Parts:
    """Attention and two dense layers, each behind a normalisation and with a jump over it.

    The encoder of Vaswani et al. 2017, normalised before each part and not behind it, as in Xiong
    et al. 2020, which learns more steadily.
    """
    size = x.sizes[-1]
    heads = next(count for count in range(MOST_HEADS, 0, -1) if size % count == 0)
    return (
        _part("layer_norm"),
        _part("multi_head_attention", heads=heads, key_dim=size // heads),
        _part("add", 2, 0),
        _part("layer_norm"),
        _part("dense", units=4 * size, activation="gelu"),
        _part("dense", units=size),
        _part("add", 6, 3),
    )


def residual(x: Shape) -> Parts:
    """Two convolutions that keep the size, with a jump over both (He et al. 2016, figure 2)."""
    filters = x.sizes[-1]
    return (
        _conv(filters, 3, bias=False),
        _part("batch_norm"),
        _relu(),
        _conv(filters, 3, bias=False),
        _part("batch_norm"),
        _part("add", 5, 0),
        _relu(),
    )


def projection(x: Shape) -> Parts:
    """A residual block that halves the picture and doubles its channels.

    What jumps must then be made as small and as deep by a convolution of its own (He et al. 2016,
    section 3.3, option B).
    """
    filters = 2 * x.sizes[-1]
    return (
        _conv(filters, 3, bias=False, stride=2),
        _part("batch_norm"),
        _relu(),
        _conv(filters, 3, bias=False),
        _part("batch_norm"),
        _conv(filters, 1, 0, row=1, bias=False, stride=2),
        _part("batch_norm", row=1),
        _part("add", 5, 7),
        _relu(),
    )


def inception(x: Shape) -> Parts:
    """Filters of three sizes and a pooling side by side (Szegedy et al. 2015, figure 2b)."""
    each = max(BRANCH, x.sizes[-1] // 4)
    fewer = each // 2  # the convolution before a large one makes it cheap
    return (
        _conv(each, 1, 0, row=-1, activation="relu"),
        _conv(fewer, 1, 0, activation="relu"),
        _conv(each, 3, activation="relu"),
        _conv(fewer, 1, 0, row=1, activation="relu"),
        _conv(each, 5, row=1, activation="relu"),
        _part("max_pool2d", 0, row=2, size=3, stride=1, padding="same"),
        _conv(each, 1, row=2, activation="relu"),
        _part("concatenate", 1, 3, 5, 7),
    )


def dense_connections(x: Shape) -> Parts:
    """Each convolution reads all that was found before it (Huang et al. 2017, figure 1)."""
    return (
        _conv(GROWTH, 3, activation="relu"),
        _part("concatenate", 0, 1),
        _conv(GROWTH, 3, activation="relu"),
        _part("concatenate", 2, 3),
        _conv(GROWTH, 3, activation="relu"),
        _part("concatenate", 4, 5),
    )


def squeeze_and_excitation(x: Shape) -> Parts:
    """The mean of each channel decides how much of it goes on (Hu et al. 2018, figure 3)."""
    height, width, channels = x.sizes
    return (
        _part("global_average_pool", 0, row=1),
        _part("dense", row=1, units=max(1, channels // SQUEEZED), activation="relu"),
        _part("dense", row=1, units=channels, activation="sigmoid"),
        _part("repeat_vector", row=1, repeats=height * width),
        _part("reshape", row=1, form="image", height=height, width=width, channels=channels),
        _part("multiply", 0, 5),
    )


def convolution_and_pooling(x: Shape) -> Parts:
    """Convolution, normalisation, activation and pooling, the unit of most networks for pictures.

    Twice as many filters as channels, because the picture has a fourth of its places afterwards.
    """
    filters = max(2 * BRANCH, min(2 * x.sizes[-1], 1024))
    return _conv(filters, 3, bias=False), _part("batch_norm"), _relu(), _part("max_pool2d")


def depthwise_separable(x: Shape) -> Parts:
    """Each channel filtered alone, then all of them mixed (Howard et al. 2017, figure 3)."""
    filters = max(2 * BRANCH, x.sizes[-1])
    return (
        _part("depthwise_conv2d", size=3, padding="same", bias=False),
        _part("batch_norm"),
        _relu(),
        _conv(filters, 1, bias=False),
        _part("batch_norm"),
        _relu(),
    )


def down_and_up(x: Shape) -> Parts:
    """Half as large and back, joined with what was there before (Ronneberger et al. 2015, fig. 1).

    The way below sees more around each place; the jump keeps where exactly it was.
    """
    filters = max(BRANCH, x.sizes[-1])
    return (
        _conv(filters, 3, activation="relu"),
        _part("max_pool2d", row=1),
        _conv(min(2 * filters, 1024), 3, row=1, activation="relu"),
        _part("up_sampling2d", row=1),
        _part("concatenate", 1, 4),
        _conv(filters, 3, activation="relu"),
    )


def both_directions(x: Shape) -> Parts:
    """One LSTM from the beginning and one from the end, side by side (Graves et al. 2005)."""
    units = max(BRANCH, min(x.sizes[-1], 64))
    return (
        _part("lstm", 0, units=units, returns="sequence"),
        _part("lstm", 0, row=1, units=units, returns="sequence", direction="backward"),
        _part("concatenate", 1, 2),
    )


def encoder_and_decoder(x: Shape) -> Parts:
    """One LSTM reads to the end, another writes from what it kept (Cho et al. 2014, figure 1)."""
    units = max(4 * BRANCH, min(x.sizes[-1], 256))
    return (
        _part("lstm", units=units),
        _part("repeat_vector", repeats=x.sizes[0]),
        _part("lstm", units=units, returns="sequence"),
    )
