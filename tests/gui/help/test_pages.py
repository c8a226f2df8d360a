"""Every page exists in both languages, says the same in both, and leads nowhere but to pages."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from engine.spec.datasets import CARDS
from engine.spec.document import Node, Options
from engine.spec.recipes import RECIPES
from gui import words
from gui.help.browser import to_html
from gui.help.pages import (
    FIRST,
    FOLDER,
    OF_FORM,
    SETS,
    SPECIMEN,
    WORDS,
    WRITTEN,
    contents,
    exists,
    markdown,
    page_of,
    pages,
    search,
    title,
)
from gui.words import LANGUAGES

LINK = re.compile(r"(!?)\[[^\]]*\]\(([^)]+)\)")
NUMBER = re.compile(r"\d[\d,.]*\d|\d")
CODE = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)


def in_language(page: str, language: str) -> str:
    words.set_language(language)
    return markdown(page)


def shape_of(text: str) -> list[str]:
    """What a translation keeps: headings, rows of tables, steps and points of lists."""
    signs = (re.match(r"#+ |\||[0-9]+\. |- |> |```", line) for line in text.splitlines())
    return [sign.group() for sign in signs if sign]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_folder_holds_the_pages_and_nothing_else(language: str) -> None:
    assert {path.stem for path in (FOLDER / language).glob("*.md")} == set(WRITTEN)


@pytest.mark.parametrize("page", WRITTEN)
def test_both_languages_have_the_same_headings_tables_and_figures(page: str) -> None:
    english, chinese = (in_language(page, language) for language in ("en", "zh_CN"))
    assert shape_of(english) == shape_of(chinese)
    in_words = [Counter(NUMBER.findall(CODE.sub("", text))) for text in (english, chinese)]
    assert in_words[0] == in_words[1]
    assert LINK.findall(re.sub(r"\[[^\]]*\]", "[]", english)) == LINK.findall(
        re.sub(r"\[[^\]]*\]", "[]", chinese)
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", [*WRITTEN, *(f"{SETS}{name}" for name in CARDS)])
def test_every_page_has_one_title_and_links_that_lead_somewhere(page: str, language: str) -> None:
    text = in_language(page, language)
    assert text.startswith(f"# {title(page)}\n")
    assert len(re.findall(r"^# ", CODE.sub("", text), re.MULTILINE)) == 1
    for is_picture, goal in LINK.findall(CODE.sub("", text)):
        if is_picture:
            known = goal.removeprefix(SPECIMEN) in CARDS
            assert known or (FOLDER / goal).is_file(), goal
        else:
            assert exists(goal), goal


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", WRITTEN)
def test_no_sign_of_markdown_is_left_to_be_read(page: str, language: str) -> None:
    html = to_html(in_language(page, language))
    assert "**" not in html and "](" not in html
    assert not re.search(r"<p>\||<p>#", html)


@pytest.mark.parametrize("page", WRITTEN)
def test_words_of_the_interface_are_taken_from_there_in_both_languages(page: str) -> None:
    keys = [WORDS.findall((FOLDER / name / f"{page}.md").read_text("utf-8")) for name in LANGUAGES]
    assert keys[0] == keys[1]
    assert all(key in words.table("en") for key in keys[0])
    assert "{{" not in in_language(page, "zh_CN")


def test_html_in_a_page_would_be_shown_and_not_obeyed() -> None:
    assert "<script>" not in to_html("# Title\n\n<script>x</script>\n")


@pytest.mark.parametrize("name", CARDS)
def test_every_data_set_has_a_page_with_all_that_is_known(name: str) -> None:
    for language in LANGUAGES:
        text = in_language(f"{SETS}{name}", language)
        for part in ("line", "source", "licence", "caution"):
            assert words.tr(f"dataset.{name}.{part}") in text
    assert f"{SETS}{name}" in pages()


def test_features_and_classes_of_a_table_are_named() -> None:
    page = in_language("dataset/iris", "en")
    assert "4 features (" in page and "setosa" in page
    assert "10 classes\n" in in_language("dataset/digits_8", "en")


def test_every_page_stands_in_the_contents_once() -> None:
    found = [page for group in contents() for page in group.pages]
    assert sorted(found) == sorted({*WRITTEN, *(f"{SETS}{name}" for name in CARDS)})


def test_every_form_of_own_data_has_a_page() -> None:
    assert set(OF_FORM) == set(RECIPES)
    assert set(OF_FORM.values()) <= set(WRITTEN)


def box(**options: object) -> Node:
    return Node("data_1", "data", Options(options), 0.0, 0.0)  # type: ignore[arg-type]


def test_a_data_box_has_the_page_of_its_data() -> None:
    assert page_of(None) == FIRST
    assert page_of(Node("dense_1", "dense", Options(), 0.0, 0.0)) == FIRST
    assert page_of(box()) == f"{SETS}{next(iter(CARDS))}"
    assert page_of(box(dataset="iris")) == "dataset/iris"
    assert page_of(box(dataset="own")) == FIRST
    assert page_of(box(dataset="own", origin=Options({"form": "sounds"}))) == "recordings"
    assert page_of(box(dataset="of the future")) == FIRST


@pytest.mark.parametrize(
    ("language", "text", "page"),
    [
        ("en", "fashion-mnist", "collections"),
        ("en", "OVER-FITTING", "painting"),
        ("en", "encoding GBK", "tables"),
        ("zh_CN", "独热编码", "preparing"),
        ("zh_CN", "鸢尾花", "dataset/iris"),
    ],
)
def test_a_search_finds_titles_and_texts(language: str, text: str, page: str) -> None:
    words.set_language(language)
    hits = {hit.page: hit.snippet for hit in search(text)}
    assert page in hits
    assert hits[page].strip(" …")


def test_titles_come_first_and_nothing_is_found_for_nothing() -> None:
    assert search("recordings")[0].page == "recordings"
    assert search("  ") == [] and search("qwertz") == []


def test_pages_are_files_of_the_app() -> None:
    assert Path(words.__file__).parent.parent / "resources" / "help" == FOLDER
