"""Log-mel spectrograms: which pitches a sound has at which time, as the ear divides them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import scipy  # its parts load when they are used
from numpy.typing import NDArray

Real = NDArray[np.float64]
QUIETEST = 1e-10  # power below which everything is silence: 100 dB below a full sine's, or less


@dataclass(frozen=True)
class LogMel:
    """How a waveform becomes a spectrogram.

    rate : values a second of the waveform
    bands : how many pitches are told apart
    window, hop : length of the stretches that are looked at, and from one to the next, in values
    """

    rate: int
    bands: int
    window: int
    hop: int

    def frames(self, length: int) -> int:
        """How many stretches fit into a waveform of this length; at least one."""
        return 1 + max(0, length - self.window) // self.hop

    def __call__(self, waveform: Real) -> Real:
        """log(power in each band), (frames, bands), of a waveform (length,).

        Every stretch is multiplied with a Hann window w; its power spectrum |FFT|² / (Σw)² is that
        of `scipy.signal.stft` with scaling "spectrum".
        """
        short = self.window - len(waveform)
        padded = np.pad(waveform, (0, short)) if short > 0 else waveform
        stretches = np.lib.stride_tricks.sliding_window_view(padded, self.window)[:: self.hop]
        spectrum = scipy.fft.rfft(stretches * self._hann, self._points, axis=1)
        power = (spectrum.real**2 + spectrum.imag**2) / self._hann.sum() ** 2
        found: Real = np.log(np.maximum((self._listeners @ power.T).T, QUIETEST))
        return found

    @cached_property
    def _listeners(self) -> scipy.sparse.csr_array:
        # each point belongs to two bands at most; and a product of few numbers is not worth the
        # threads that a dense one would wake
        return scipy.sparse.csr_array(self.filters.T)

    @cached_property
    def _hann(self) -> Real:
        return scipy.signal.get_window("hann", self.window)

    @cached_property
    def edges(self) -> Real:
        """Where the bands begin, peak and end: bands + 2 frequencies, hertz.

        They are equally far from each other in mel, m = 2595 log₁₀(1 + f / 700) (O'Shaughnessy
        1987, Speech Communication, p. 150).
        """
        top = 2595.0 * np.log10(1.0 + self.rate / 2 / 700.0)
        found: Real = 700.0 * (10.0 ** (np.linspace(0.0, top, self.bands + 2) / 2595.0) - 1.0)
        return found

    @cached_property
    def _points(self) -> int:
        """Of the Fourier transform: so many that the narrowest band has some of them within it."""
        narrowest = self.edges[1] - self.edges[0]
        needed = max(self.window, 2.0 * self.rate / narrowest)
        return 1 << int(np.ceil(np.log2(needed)))

    @cached_property
    def filters(self) -> Real:
        """Triangles, 1 at each band's peak and 0 at those of its neighbours: (points, bands)."""
        frequency = np.arange(self._points // 2 + 1)[:, None] * self.rate / self._points
        low, peak, high = self.edges[:-2], self.edges[1:-1], self.edges[2:]
        rising, falling = (frequency - low) / (peak - low), (high - frequency) / (high - peak)
        found: Real = np.maximum(0.0, np.minimum(rising, falling))
        return found
