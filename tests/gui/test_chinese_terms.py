"""One thing has one name in Chinese, everywhere in the window."""

from __future__ import annotations

import re

import pytest

from gui.words import table

SETTLED = {
    "方块": "方框",
    "批次大小": "批大小",
    "神经元数": "单元数",
    "再制": "创建副本",
    "把握": "置信度",
    "轮次(结束|之后)": "第 N 轮",
    "标准化方式": "缩放方式",
}


@pytest.mark.parametrize("other", SETTLED)
def test_terms_are_the_settled_ones(other: str) -> None:
    found = {key: text for key, text in table("zh_CN").items() if re.search(other, text)}
    assert not found, f"write {SETTLED[other]}"


def test_training_is_the_act_and_its_data_the_set() -> None:
    words = table("zh_CN")
    assert words["tab.training"] == "训练" and words["menu.run"].startswith("训练")
    assert words["part.training"] == "训练集"
    assert words["option.scaling.name"] == "缩放方式"
