"""Questions about classical methods are answered with what they reach by themselves."""

from __future__ import annotations

from engine.data.baselines import baselines
from engine.data.comparing import compare
from engine.data.preparing import prepare
from engine.data_protocol import Compare
from engine.layers.data import Data
from engine.spec.options import Options, checked


def test_a_comparison_has_the_scores_of_every_method() -> None:
    steps: list[tuple[int, int]] = []
    options = Options({"dataset": "iris", "seed": 3})
    found = compare(Compare(7, options), lambda done, total: steps.append((done, total)))
    expected = baselines(prepare(checked(Data, options)), seed=3)
    assert found.task == 7
    assert [row.method for row in found.rows] == ["constant", "linear", "svm", "forest"]
    assert [row.scores for row in found.rows] == [row.scores for row in expected]
    assert [row.rows for row in found.rows] == [row.rows for row in expected]
    assert steps[-1] == (4, 4)
