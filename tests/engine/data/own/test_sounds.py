"""Recordings of any usual kind come back as the waves that were written."""

from __future__ import annotations

import io
import struct
import wave
from pathlib import Path

import numpy as np
import pytest
import scipy.io.wavfile
import scipy.signal
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.data.own import forms, sounds
from engine.data.own.files import Files
from engine.data.own.refusal import Cancelled, silent
from engine.data.preparing import prepare
from engine.data_protocol import SoundGlimpse
from engine.layers.data import Data
from engine.spec.options import NO_OPTIONS, Options
from tests.engine.data.own.media import complaints_of, put, refused

TONE = 0.5 * np.sin(2 * np.pi * 440 * np.arange(800) / 8000)
WAVE = Options({"form": "waveform", "seconds": 0.1})


def by_wave(values: np.ndarray, bits: int, rate: int = 8000) -> bytes:
    """A file written by Python's own module: (T,) or (T, channels) between -1 and 1."""
    whole = np.rint(values * (2 ** (bits - 1) - 1)).astype(np.int64)
    width = bits // 8
    if bits == 8:
        whole = whole + 128
    data = b"".join(int(v).to_bytes(width, "little", signed=bits > 8) for v in whole.ravel())
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(values.shape[1] if values.ndim == 2 else 1)
        file.setsampwidth(width)
        file.setframerate(rate)
        file.writeframes(data)
    return buffer.getvalue()


def by_scipy(values: np.ndarray, rate: int = 8000) -> bytes:
    buffer = io.BytesIO()
    scipy.io.wavfile.write(buffer, rate, values)
    return buffer.getvalue()


def heard(data: bytes, recipe: Options = WAVE) -> np.ndarray:
    return sounds.read(data, sounds.form_of(recipe))[0][:, 0]


@pytest.mark.parametrize("bits", [8, 16, 24, 32])
def test_whole_numbers_of_any_width_are_read(bits: int) -> None:
    assert np.abs(heard(by_wave(TONE, bits)) - TONE).max() < 1.5 / 2 ** (bits - 1) + 1e-7


@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_real_numbers_are_read(kind: type) -> None:
    assert np.allclose(heard(by_scipy(TONE.astype(kind))), TONE, atol=1e-6)


def test_several_channels_become_their_mean() -> None:
    both = np.column_stack([TONE, TONE * 0.5, TONE * 0.0])
    assert np.allclose(heard(by_wave(both, 16)), TONE / 2, atol=1e-4)


@pytest.mark.parametrize("rate", [4000, 11_025, 16_000, 44_100, 48_000])
def test_any_rate_becomes_the_one_that_is_asked_for(rate: int) -> None:
    tone = 0.5 * np.sin(2 * np.pi * 440 * np.arange(rate) / rate)
    found = heard(by_scipy(tone, rate))
    expected = scipy.signal.resample(tone, 8000)[:800]  # by a Fourier transform of all of it
    assert np.abs(found - expected)[50:].max() < 0.01
    assert np.abs(found - TONE)[50:].max() < 0.01


def test_short_recordings_end_in_silence_and_long_ones_are_cut() -> None:
    short, long = heard(by_wave(TONE[:300], 16)), heard(by_wave(np.tile(TONE, 5), 16))
    assert np.allclose(short[:300], TONE[:300], atol=1e-4) and not short[300:].any()
    assert np.allclose(long, TONE, atol=1e-4)


def test_strange_chunks_and_a_missing_end_do_no_harm(tmp_path: Path) -> None:
    data = by_wave(TONE, 16)
    strange = data[:12] + b"LIST" + struct.pack("<I", 4) + b"INFO" + b"junk\2\0\0\0ab" + data[12:]
    for i, each in enumerate((strange, data[:-200])):
        put(tmp_path / f"{i}/a.wav", each)
    read = sounds.take(tmp_path, WAVE, silent)
    assert read.complaints == () and np.allclose(read.samples.x[0, :, 0], TONE, atol=1e-4)
    assert np.allclose(read.samples.x[1, :700, 0], TONE[:700], atol=1e-4)


def two_classes(folder: Path) -> Path:
    for i in range(4):
        put(folder / f"low/{i}.wav", by_wave(TONE[i:], 16))
        put(folder / f"高/{i}.WAV", by_wave(np.tile(TONE[::2], 2)[i:], 16))
    return folder


def test_a_folder_becomes_spectrograms(tmp_path: Path) -> None:
    read = sounds.take(two_classes(tmp_path), Options({"seconds": 0.1, "bands": 20}), silent)
    assert read.facts.class_names == ("low", "高") and read.facts.shape.axes == ("time", "features")
    assert read.samples.x.shape == (8, 8, 20) == (8, *read.facts.sizes)
    assert read.facts.scaling == "standardise" and read.samples.x.dtype == np.float32
    pitch = read.samples.x.mean(axis=1).argmax(axis=1)
    assert pitch[:4].max() < pitch[4:].min()


def test_training_receives_sequences(tmp_path: Path) -> None:
    folder = two_classes(tmp_path)
    assert sounds.recognises(folder) and forms.recognise(folder) == "sounds"
    source, _ = forms.take(folder, "sounds", Options({"seconds": 0.1}))
    ready = prepare(Data(dataset="own", origin=source.to_options()))
    assert ready.shape.sizes == (8, 40) and ready.parts["training"].count >= 2


def test_a_glimpse_tells_how_long_recordings_are(tmp_path: Path) -> None:
    seen = sounds.look(two_classes(tmp_path), NO_OPTIONS).glimpse
    assert isinstance(seen, SoundGlimpse) and seen.counts == (4, 4)
    assert seen.sounds.shape == (8, 98, 40) and seen.seconds[0] == pytest.approx(0.1)
    assert dict(seen.recipe) == {
        **{"rate": 8000, "seconds": 1.0, "form": "log_mel"},
        **{"bands": 40, "window": 0.025, "hop": 0.01},
    }


BROKEN = {
    "empty.wav": b"",
    "text.wav": b"this is no sound",
    "silent.wav": by_wave(TONE[:0], 16),
    "header.wav": by_wave(TONE, 16)[:40],
    "infinite.wav": by_scipy(np.array([np.nan, np.inf], np.float32)),
    "fast.wav": by_scipy(TONE.astype(np.float32), 2_000_000),
    "compressed.wav": by_wave(TONE, 16).replace(b"\x10\0\0\0\1\0", b"\x10\0\0\0\6\0", 1),
}


def test_broken_recordings_are_left_out_and_listed(tmp_path: Path) -> None:
    two_classes(tmp_path)
    for name, data in BROKEN.items():
        put(tmp_path / "low" / name, data)
    read = sounds.take(tmp_path, WAVE, silent)
    assert [c.code for c in complaints_of(read)] == ["broken_sounds"]
    assert read.complaints[0].numbers["count"] == len(BROKEN) and read.facts.samples == 8
    assert len(sounds.look(tmp_path, WAVE).glimpse.labels) >= 6  # type: ignore[union-attr]


def test_what_cannot_be_learnt_from_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, data in BROKEN.items():
        put(tmp_path / "broken/a" / name, data)
        put(tmp_path / "broken/b" / name, data)
    broken = refused(lambda: sounds.take(tmp_path / "broken", WAVE, silent))
    assert broken.code == "none_readable"
    one = put(tmp_path / "one.wav", by_wave(TONE, 16))
    assert refused(lambda: sounds.look(one, WAVE)).code == "one_file"
    folder = two_classes(tmp_path / "fine")
    monkeypatch.setattr(sounds, "MOST_BYTES", 1000)
    assert refused(lambda: sounds.take(folder, WAVE, silent)).code == "too_much"


def test_reading_can_be_given_up(tmp_path: Path) -> None:
    def nobody_waits(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        sounds.take(two_classes(tmp_path), WAVE, nobody_waits)


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_mutated_recordings_are_read_or_left_out(data: st.DataObject) -> None:
    whole = [by_wave(TONE[:60], 16), by_wave(TONE[:60], 24), by_scipy(TONE[:60])]
    content = bytearray(data.draw(st.sampled_from(whole)))
    for place in data.draw(st.lists(st.integers(0, 60), max_size=4)):
        content[place] = data.draw(st.integers(0, 255))
    mutated = data.draw(st.one_of(st.just(bytes(content)), st.binary(max_size=80)))
    files = Files({"a": len(mutated)}, frozenset(), lambda name, most: mutated)
    with sounds._quiet():
        found = sounds._one(files, "a", sounds.form_of(NO_OPTIONS))
    assert found is None or (found[0].shape == (98, 40) and np.isfinite(found[0]).all())
