"""What boxes show of data of one's own."""

from __future__ import annotations

from engine.layers.analysis import analyse
from gui.canvas.faces import faces
from tests.engine.spec.own_data import a_document, a_source


def test_a_box_with_data_of_its_own_shows_what_the_files_are_called() -> None:
    document = a_document(a_source("/home/me/学生.csv"))
    face = faces(document, analyse(document))["data_1"]
    assert face.line == "学生.csv"
    assert face.note == "90 samples"
