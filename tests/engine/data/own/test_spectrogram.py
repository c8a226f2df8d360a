"""Spectrograms against scipy's own and against mel filters worked out one by one."""

from __future__ import annotations

import math

import numpy as np
import pytest
import scipy.signal

from engine.data.own.spectrogram import LogMel


@pytest.mark.parametrize(("window", "hop"), [(200, 80), (256, 64), (101, 33)])
def test_power_is_that_of_scipy(window: int, hop: int) -> None:
    wave = np.random.default_rng(0).normal(size=1000)
    mel = LogMel(8000, 40, window, hop)
    points = 2 * (len(mel.filters) - 1)
    _, _, spectrum = scipy.signal.stft(
        wave,
        nperseg=window,
        noverlap=window - hop,
        nfft=points,
        boundary=None,
        padded=False,
        scaling="spectrum",
    )
    expected = np.log(np.abs(spectrum.T) ** 2 @ mel.filters)
    assert mel(wave).shape == (mel.frames(1000), 40) == expected.shape
    assert np.allclose(mel(wave), expected, rtol=0, atol=1e-9)


@pytest.mark.parametrize(("rate", "bands"), [(8000, 40), (16_000, 80), (48_000, 128), (1000, 8)])
def test_filters_are_triangles_between_mel_frequencies(rate: int, bands: int) -> None:
    mel = LogMel(rate, bands, round(rate * 0.025), round(rate * 0.01))
    points = 2 * (len(mel.filters) - 1)
    top = 2595 * math.log10(1 + rate / 2 / 700)
    edges = [700 * (10 ** (top * i / (bands + 1) / 2595) - 1) for i in range(bands + 2)]
    for band in range(bands):
        low, peak, high = edges[band : band + 3]
        for point in range(0, points // 2 + 1, 7):
            f = point * rate / points
            inside = (f - low) / (peak - low) if f <= peak else (high - f) / (high - peak)
            assert mel.filters[point, band] == pytest.approx(max(0.0, inside), abs=1e-9)
    assert np.all(mel.filters.max(axis=0) > 0.4)  # no band is too narrow to hear anything
    middle = mel.filters.sum(axis=1)[(np.arange(points // 2 + 1) * rate / points > edges[1])]
    assert middle[: len(middle) // 2] == pytest.approx(1.0)  # together they cover everything once


def test_a_tone_is_loudest_in_its_band_and_silence_is_quietest() -> None:
    mel = LogMel(8000, 40, 200, 80)
    for pitch in (300.0, 1000.0, 3000.0):
        heard = mel(np.sin(2 * np.pi * pitch * np.arange(8000) / 8000))
        assert heard.shape == (98, 40)
        band = heard.mean(axis=0).argmax()
        assert mel.edges[band] <= pitch <= mel.edges[band + 2]
    assert np.all(mel(np.zeros(8000)) == np.log(1e-10))


def test_a_sound_shorter_than_a_stretch_has_one_frame() -> None:
    assert LogMel(8000, 20, 200, 80)(np.ones(50)).shape == (1, 20)
