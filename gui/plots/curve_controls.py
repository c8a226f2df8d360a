"""The row above the curves: legend (which also hides curves), smoothing, scale, reset, export."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFontMetrics, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSlider, QToolButton, QWidget

from gui.plots.curve_plot import RAW_ALPHA
from gui.plots.graph import pen
from gui.sizes import fixed, icons
from gui.theme import STEP, colour, font, icon, px, theme
from gui.upkeep import keep_up
from gui.words import tr

WINDOWS = (1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100, 200, 500, 1000)  # batches, by slider place
WINDOW = WINDOWS.index(10)
CURVES = ("raw", "smooth", "validation")
EXPORTS = ("picture", "epochs", "batches")
SWATCH = QSize(28, 14)
SLIDER = (64, 110)  # its length in a narrow window, and otherwise
BESIDE = 5 * STEP  # of a button: what is beside icon and words


class CurveControls(QWidget):
    """Buttons and slider; tells what the person wants, and changes nothing itself."""

    curves_chosen = Signal()  # see `shows`
    smoothing_chosen = Signal(float)  # decay
    logarithmic_chosen = Signal(bool)
    reset_wanted = Signal()
    export_wanted = Signal(str)  # one of EXPORTS

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.legend = {name: self._button(checkable=True) for name in CURVES}
        self.smoothing = QSlider(Qt.Orientation.Horizontal, self)
        self.smoothing_label, self.window_label = QLabel(self), QLabel(self)
        self.logarithmic, self.reset = self._button(checkable=True), self._button()
        self.export = self._button()
        self.actions_by_name = {name: QAction(self) for name in EXPORTS}
        self._proposed = WINDOW  # slider place that nobody chose
        self.is_chosen = False  # whether the person has moved the slider
        self._set_up()
        self._lay_out()
        keep_up(self, self.retranslate, self.recolour)
        theme.resized.connect(self.retranslate)

    def _button(self, checkable: bool = False) -> QToolButton:
        button = QToolButton(self)
        button.setCheckable(checkable)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _set_up(self) -> None:
        for button in self.legend.values():
            button.setObjectName("legend")
            button.setChecked(True)
            icons(button, SWATCH.width(), SWATCH.height())
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.toggled.connect(lambda _: self.curves_chosen.emit())
        self.smoothing.setRange(0, len(WINDOWS) - 1)
        self.smoothing.setValue(WINDOW)
        self.smoothing.setPageStep(2)
        fixed(self.smoothing, SLIDER[1])
        self.smoothing.valueChanged.connect(self._smoothing_moved)
        self.logarithmic.toggled.connect(self.logarithmic_chosen)
        self.reset.clicked.connect(self.reset_wanted)
        menu = QMenu(self.export)
        for name, action in self.actions_by_name.items():
            action.triggered.connect(lambda _=False, name=name: self.export_wanted.emit(name))
            menu.addAction(action)
        menu.setToolTipsVisible(True)
        self.export.setMenu(menu)
        self.export.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * STEP, STEP, 2 * STEP, 0)
        row.setSpacing(STEP)
        for button in self.legend.values():
            row.addWidget(button)
        row.addStretch()
        row.addWidget(self.smoothing_label)
        row.addWidget(self.smoothing)
        row.addWidget(self.window_label)
        row.addSpacing(2 * STEP)
        for button in (self.logarithmic, self.reset, self.export):
            row.addWidget(button)

    @property
    def decay(self) -> float:
        """The smoothing as the share kept at each batch: a window of n batches is 1 - 1/n."""
        return 1.0 - 1.0 / WINDOWS[self.smoothing.value()]

    def propose_window(self, batches: int) -> None:
        """Smooth over about so many batches, until the person moves the slider."""
        if not self.is_chosen:
            wider = [i for i, window in enumerate(WINDOWS) if window <= batches]
            self._proposed = max([*wider[-1:], WINDOW])
            self.smoothing.setValue(self._proposed)

    def shows(self, curve: str) -> bool:
        """Whether a curve is to be seen; `curve` is one of CURVES."""
        return self.legend[curve].isChecked()

    def show_labels(self, visible: bool) -> None:
        """Show or hide what is not needed to work the controls, for narrow windows."""
        self.smoothing_label.setVisible(visible)
        self.window_label.setVisible(visible)
        fixed(self.smoothing, SLIDER[1] if visible else SLIDER[0])

    def _smoothing_moved(self) -> None:
        self.is_chosen = self.is_chosen or self.smoothing.value() != self._proposed
        self._tell_window()
        self.smoothing_chosen.emit(self.decay)

    def _tell_window(self) -> None:
        window = WINDOWS[self.smoothing.value()]
        text = tr("plots.smoothing.batches", count=f"{window:,}")
        self.window_label.setText(text if window > 1 else tr("plots.smoothing.off"))

    def retranslate(self) -> None:
        """Show the words of the present language."""
        letters = QFontMetrics(font())  # the buttons have theirs only when they are next painted
        for name, button in self.legend.items():
            button.setText(tr(f"plots.legend.{name}"))
            button.setToolTip(tr(f"plots.legend.{name}.help"))
            button.setAccessibleName(tr(f"plots.legend.{name}"))
            advance = letters.horizontalAdvance(button.text())
            button.setFixedWidth(px(SWATCH.width() + BESIDE) + advance)
        self.smoothing_label.setText(tr("plots.smoothing"))
        self.smoothing.setAccessibleName(tr("plots.smoothing"))
        self.smoothing.setToolTip(tr("plots.smoothing.help"))
        for button, words, help in (
            (self.logarithmic, tr("plots.log"), tr("plots.log.help")),
            (self.reset, tr("plots.reset"), tr("plots.reset.help")),
            (self.export, tr("plots.export"), tr("plots.export.help")),
        ):
            button.setAccessibleName(words)
            button.setToolTip(help)
        self.logarithmic.setText(tr("plots.log"))
        for name, action in self.actions_by_name.items():
            action.setText(tr(f"plots.export.{name}"))
            action.setToolTip(tr(f"plots.export.{name}.help"))
        self._tell_window()
        longest = tr("plots.smoothing.batches", count=f"{WINDOWS[-1]:,}")
        self.window_label.setMinimumWidth(letters.horizontalAdvance(longest))

    def recolour(self) -> None:
        """Take the colours of the theme in use."""
        for name, button in self.legend.items():
            button.setIcon(_swatch(name))
        self.setStyleSheet(
            f"QToolButton#legend {{ padding: {STEP}px 0; }}"
            "QToolButton#legend:checked { background: transparent; }"
            f"QToolButton#legend:!checked {{ color: {colour('faint').name()}; }}"
            f"QToolButton#legend:hover {{ background: {colour('hover').name()}; }}"
            "QToolButton::menu-indicator { image: none; }"
        )
        self.reset.setIcon(icon("mdi6.fit-to-page-outline"))
        self.export.setIcon(icon("mdi6.tray-arrow-down"))
        self.window_label.setStyleSheet(f"color: {colour('faint').name()}")


def _swatch(name: str) -> QIcon:
    """How a curve looks; pale while it is hidden."""
    found = QIcon()
    for state, opacity in ((QIcon.State.On, 1.0), (QIcon.State.Off, 0.25)):
        picture = QPixmap(SWATCH * 2)
        picture.setDevicePixelRatio(2)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(opacity)
        middle = SWATCH.height() / 2
        ends = QPointF(1, middle), QPointF(SWATCH.width() - 1, middle)
        if name == "raw":
            painter.setPen(pen("training", 2, alpha=RAW_ALPHA))
            steps = (0, 4, -4, 3, -2, 4, -3, 0)
            xs = [1 + i * (SWATCH.width() - 2) / (len(steps) - 1) for i in range(len(steps))]
            painter.drawPolyline([QPointF(x, middle + y) for x, y in zip(xs, steps, strict=True)])
        elif name == "smooth":
            painter.setPen(pen("training", 2))
            painter.drawLine(*ends)
        else:
            painter.setPen(pen("validation", 2, Qt.PenStyle.DashLine))
            painter.drawLine(*ends)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour("validation"))
            painter.drawEllipse(QRectF(SWATCH.width() / 2 - 3.5, middle - 3.5, 7, 7))
        painter.end()
        found.addPixmap(picture, QIcon.Mode.Normal, state)
    return found
