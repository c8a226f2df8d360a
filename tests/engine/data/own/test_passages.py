"""Texts become rows of tokens from which the same text can be put together again."""

from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.data.own import forms, passages
from engine.data.own.forms import Take
from engine.data.own.refusal import Refusal, silent
from engine.data.preparing import prepare
from engine.data_protocol import TextGlimpse
from engine.layers.data import Data
from engine.spec.options import NO_OPTIONS, Options
from engine.spec.recipes import Passage
from tests.engine.data.own.media import complaints_of, put, refused

POEM = "床前明月光，\n疑是地上霜。\n举头望明月，\n低头思故乡。\n" * 2
PROSE = "The cat sat. The dog sat, and the cat ran!\nThe end of the cat's tale...\n"


def taken(path: Path, **recipe: object) -> Take:
    return passages.take(path, Options(recipe), silent)  # type: ignore[arg-type]


def told(read: Take) -> list[str]:
    return [read.facts.vocabulary[number] for number in read.samples.x]


@pytest.mark.parametrize("codec", ["utf_8", "utf_8_sig", "gbk", "utf_16"])
def test_characters_put_together_are_the_text(tmp_path: Path, codec: str) -> None:
    read = taken(put(tmp_path / "poem.txt", POEM.replace("\n", "\r\n").encode(codec)))
    assert "".join(told(read)) == POEM
    assert read.facts.vocabulary == tuple(sorted(set(POEM)))
    assert read.facts.samples == len(POEM) == read.samples.count
    assert read.recipe["encoding"] == codec.removesuffix("_sig")


def test_words_are_runs_of_letters_and_single_chinese_characters(tmp_path: Path) -> None:
    path = put(tmp_path / "both.txt", (PROSE * 2 + "我有2个iPad。\n").encode())
    read = taken(path, tokens="words")
    assert told(read)[:10] == ["The", "cat", "sat", ".", "The", "dog", "sat", ",", "and", "the"]
    assert told(read)[-7:] == ["我", "有", "2", "个", "iPad", "。", "\n"]
    counts = [told(read).count(word) for word in read.facts.vocabulary]
    assert counts == sorted(counts, reverse=True)


def test_of_many_tokens_the_most_frequent_are_kept(tmp_path: Path) -> None:
    path = put(tmp_path / "text.txt", (PROSE * 2).encode())
    for by in ("words", "characters"):
        every, few = taken(path, tokens=by), taken(path, tokens=by, vocabulary=6)
        kept = few.facts.vocabulary
        assert len(kept) == 6 and kept[0] == "\ufffd"
        assert told(few) == [t if t in kept else "\ufffd" for t in told(every)]
        least = min(told(every).count(t) for t in kept[1:])
        assert all(told(every).count(t) <= least for t in every.facts.vocabulary if t not in kept)


def test_capitals_can_be_forgotten(tmp_path: Path) -> None:
    read = taken(put(tmp_path / "text.txt", PROSE.encode()), lower=True)
    assert "".join(told(read)) == PROSE.lower()


def test_texts_of_a_folder_follow_each_other_in_natural_order(tmp_path: Path) -> None:
    for i in (10, 9, 1):
        put(tmp_path / f"book/{i}.txt", f"chapter {i}, which is short".encode())
    put(tmp_path / "book/cover.png", b"")
    with zipfile.ZipFile(tmp_path / "book.zip", "w") as archive:
        for path in (tmp_path / "book").iterdir():
            archive.write(path, path.name)
    for place in (tmp_path / "book", tmp_path / "book.zip"):
        assert passages.recognises(place)
        found = "".join(told(taken(place)))
        assert found == "\n".join(f"chapter {i}, which is short" for i in (1, 9, 10))


def test_files_in_several_encodings_are_read_each_in_its_own(tmp_path: Path) -> None:
    put(tmp_path / "1.txt", POEM.encode("gbk"))
    put(tmp_path / "2.txt", POEM.encode("utf_8"))
    read = taken(tmp_path)
    assert "".join(told(read)) == f"{POEM}\n{POEM}" and read.recipe["encoding"] == "auto"


def test_a_glimpse_shows_the_beginning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(tmp_path / "poem.txt", POEM.encode())
    seen = passages.look(path, NO_OPTIONS).glimpse
    assert isinstance(seen, TextGlimpse) and seen.text == POEM
    assert seen.tokens == tuple(POEM) and seen.count == len(POEM)
    assert seen.vocabulary[:3] == (("\n", 8), ("。", 4), ("头", 4))
    monkeypatch.setattr(passages, "LOOKED_AT", 50)
    part = passages.look(path, NO_OPTIONS)
    assert [c.code for c in complaints_of(part)] == ["first_part"]
    assert isinstance(part.glimpse, TextGlimpse) and POEM.startswith(part.glimpse.text)


def test_training_reads_windows_of_the_length_that_is_asked_for(tmp_path: Path) -> None:
    source, _ = forms.take(put(tmp_path / "text.txt", (PROSE * 9).encode()), "passage", NO_OPTIONS)
    box = Data(dataset="own", origin=source.to_options(), length=12)
    ready = prepare(box)
    words = source.facts.vocabulary
    for part in ready.parts.values():
        for x, target in zip(part.x, part.target, strict=True):
            assert "".join(words[i] for i in x) in PROSE * 9
            assert np.array_equal(x[1:], target[:-1]) and len(x) == 12


def test_what_cannot_be_learnt_from_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert refused(lambda: taken(put(tmp_path / "a.txt", b"short"))).code == "short_text"
    assert refused(lambda: taken(put(tmp_path / "b.txt", b"a" * 99))).code == "short_text"
    assert refused(lambda: taken(put(tmp_path / "c.txt", bytes(99)))).code == "not_text"
    assert refused(lambda: taken(tmp_path / "gone.txt")).code == "missing"
    (tmp_path / "empty").mkdir()
    assert refused(lambda: taken(tmp_path / "empty")).code == "no_texts"
    monkeypatch.setattr(passages, "MOST_BYTES", 50)
    assert refused(lambda: taken(put(tmp_path / "d.txt", PROSE.encode()))).code == "too_much"


@given(st.binary(max_size=200), st.sampled_from(["characters", "words"]))
def test_any_bytes_are_a_text_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, by: str
) -> None:
    path = put(tmp_path_factory.getbasetemp() / "any.txt", data)
    try:
        read = taken(path, tokens=by, vocabulary=20)
    except Refusal as error:
        assert error.code in ("not_text", "short_text")
    else:
        assert read.samples.x.max() < len(read.facts.vocabulary) <= 20


def test_the_usual_recipe_is_complete() -> None:
    assert set(passages.Read("", Passage(), ()).options) == set(Passage.__dataclass_fields__)
