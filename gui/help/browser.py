"""Shows one page: Markdown as a page in the colours of the theme, with pictures of data sets."""

from __future__ import annotations

import re
from typing import Any

from markdown_it import MarkdownIt
from PySide6.QtCore import QRectF, QUrl, Signal
from PySide6.QtGui import QImage, QPainter, QPen, QTextDocument
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from gui.help.pages import FOLDER, SPECIMEN, exists, markdown
from gui.specimen_painter import paint_specimen
from gui.specimens import specimens
from gui.theme import RADIUS, STEP, colour, theme
from gui.words import language

PICTURE = (360, 150)  # of a data set, pixels
STYLE = """
h1 {{ font-size: 19pt; font-weight: bold; margin: 0 0 10px 0; color: {text}; }}
h2 {{ font-size: 13pt; font-weight: bold; margin: 22px 0 6px 0; color: {text}; }}
p, li {{ line-height: 148%; margin: 0 0 8px 0; color: {text}; }}
a {{ color: {accent}; text-decoration: none; }}
code {{ font-family: "DejaVu Sans Mono", Consolas, Menlo, monospace; background: {hover}; }}
pre {{ font-family: "DejaVu Sans Mono", Consolas, Menlo, monospace; margin: 0; }}
div {{ margin: 0 0 12px 0; }}
table {{ border-collapse: collapse; margin: 4px 0 12px 0; }}
th {{ text-align: left; padding: 6px 12px; border-bottom: 1px solid {faint}; color: {faint}; }}
td {{ padding: 6px 12px; border-bottom: 1px solid {border}; }}
table.code td {{ background: {canvas}; padding: 10px 14px; border: 1px solid {border}; }}
blockquote {{ background: {hover}; margin: 8px 0 12px 0; }}
"""
FENCE = re.compile(r"<pre><code[^>]*>(.*?)\n*</code></pre>", re.DOTALL)
FRAME = r'<table class="code" width="100%"><tr><td><pre>\1</pre></td></tr></table>'
PICTURE_ALONE = re.compile(r"<p>(<img[^>]*>)</p>")
COLOURS = ("text", "accent", "hover", "canvas", "faint", "border")


def to_html(text: str) -> str:
    """Markdown with tables as HTML; HTML that stands in it is shown as text."""
    made: str = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    made = FENCE.sub(FRAME, made)  # a block of code cannot have room around its letters itself
    return PICTURE_ALONE.sub(r"<div>\1</div>", made)  # lines of text are higher than their letters


class Browser(QTextBrowser):
    """Knows only pages of the help; a link to another one is handed on."""

    asked = Signal(str)  # the id of a page

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page = ""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.document().setDocumentMargin(7 * STEP)
        self.anchorClicked.connect(self._clicked)

    def _clicked(self, link: QUrl) -> None:
        if exists(link.toString()):
            self.asked.emit(link.toString())

    def show_page(self, page: str) -> None:
        """Show another page from its beginning."""
        self.page = page
        self.render_page()
        self.verticalScrollBar().setValue(0)

    def render_page(self) -> None:
        """The same page anew: another language, or other colours."""
        place = self.verticalScrollBar().value()
        tints = {name: colour(name).name() for name in COLOURS}
        self.document().clear()
        self.document().setDefaultStyleSheet(STYLE.format(**tints))
        self.setHtml(to_html(markdown(self.page)))
        self.verticalScrollBar().setValue(place)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:  # as Qt has it
        address = name.toString() if isinstance(name, QUrl) else name
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return None
        if address.startswith(SPECIMEN):
            return _picture(address.removeprefix(SPECIMEN), self.devicePixelRatioF())
        mode = "dark" if theme.is_dark else "light"
        known = address.replace("{mode}", mode).replace("{language}", language())
        path = (FOLDER / known).resolve()
        return QImage(str(path)) if path.is_relative_to(FOLDER) else None


def _picture(dataset: str, ratio: float) -> QImage:
    """The picture of a data set, as on the shelf."""
    width, height = PICTURE
    image = QImage(round(width * ratio), round(height * ratio), QImage.Format.Format_ARGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(colour("panel"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    frame = QRectF(0.5, 0.5, width - 1.0, height - 1.0)
    painter.setPen(QPen(colour("border"), 1.0))
    painter.setBrush(colour("canvas"))
    painter.drawRoundedRect(frame, RADIUS, RADIUS)
    kept = specimens().get(dataset)
    if kept is not None:
        paint_specimen(painter, frame, kept)
    painter.end()
    return image
