"""The main window: puts the panels in their places and joins them to store, run and files.

Plots are imported after the window is on the screen, because their library takes longer to load
than everything else together.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
)
from PySide6.QtWidgets import (
    QGridLayout,
    QMainWindow,
    QMessageBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from engine.protocol import Failed, Warm
from engine.spec.codec import to_json
from engine.spec.files import read
from gui.actions import Actions
from gui.canvas.habits import Habits
from gui.canvas.view import CanvasView
from gui.data.shelf import Shelf
from gui.data_client import DataClient
from gui.engine_client import EngineClient
from gui.example_files import WELCOME
from gui.file_words import failure_text
from gui.focus_ring import FocusRing
from gui.help_page import has_page
from gui.inspector.inspector import Inspector
from gui.my_blocks import MyBlocks
from gui.palette.palette import Palette, kinds_of
from gui.panels.declared import BOTTOM, LEFT, RIGHT
from gui.panels.panels import Panels
from gui.panels.room import Room
from gui.problems import ProblemStrip
from gui.run import Run
from gui.set_words import name as set_name
from gui.settings import Settings
from gui.store import DocumentStore
from gui.theme import has_chinese_font, theme
from gui.training_form import TrainingForm
from gui.window.announcer import Announcer
from gui.window.beginning import Beginning
from gui.window.block_keeping import BlockKeeping
from gui.window.drawing_calls import drawing_calls
from gui.window.dropping import dropped_paths, is_document
from gui.window.filing import Filing
from gui.window.flowing import Flowing
from gui.window.glimpsing import Glimpsing
from gui.window.help_door import HelpDoor
from gui.window.inspecting import join_keys
from gui.window.looks import Looks
from gui.window.marking import Marking
from gui.window.menus import Toolbar, fill_menus
from gui.window.notice import Notice
from gui.window.own_data import ABOUT, OwnData
from gui.window.pace import pace_calls, past_calls
from gui.window.painting import Painting
from gui.window.parts import Parts
from gui.window.places import scrolled
from gui.window.possible import Possible
from gui.window.recovery import Recovery
from gui.window.status import StatusLine
from gui.window.tabs import Tabs
from gui.window.ways import Ways
from gui.words import language, on_language_change, set_language, tr


class MainWindow(QMainWindow):
    """One document, one run, all panels. The engine is started unless `client` has one already."""

    def __init__(
        self, settings: Settings | None = None, client: EngineClient | None = None
    ) -> None:
        super().__init__()
        self.settings = settings or Settings()
        self.store = DocumentStore(parent=self)
        self.client = client or EngineClient(self)
        self.data_client = DataClient(self)
        self.run = Run(self.store, self.client, self)
        self.filing = Filing(self.store, self.run, self.settings, self)
        self.blocks = MyBlocks(self.settings.folder / "blocks", self)
        self.palette_panel, self.shelf = Palette(self.blocks), Shelf(self.settings)
        self.canvas = CanvasView(self.store, self.run, Habits(self.settings))
        self.glimpsing = Glimpsing(self.canvas.canvas, self.data_client, self)
        clients = self.run, self.data_client, self.glimpsing.glimpses
        self.flowing = Flowing(self.canvas, *clients, self)
        self.inspector = Inspector(self.store)
        self.painting = Painting(self.store, self.canvas)
        self.training = TrainingForm(self.store, self.run)
        self.training_page = scrolled(self.training)
        self.problems, self.marking = ProblemStrip(self.store), Marking(self.canvas)
        self.notice = Notice()
        self.help_door = HelpDoor(self.store, self)
        self.own_data = OwnData(self.store, self.data_client, self.notice, self)
        self.ways, self.looks, self.tabs = Ways(self), Looks(self), Tabs(self)
        self.parts, self.ring = Parts(self), FocusRing(self)
        self.block_keeping = BlockKeeping(self, self.blocks)
        self.actions_table = self._actions()
        self.possible = Possible(self.actions_table, self.store, self.run, self.canvas)
        self._lay_out()
        self.status = StatusLine(self.store, self.run)
        self.setStatusBar(self.status)
        fill_menus(self, self.actions_table, self.filing)
        self.toolbar = Toolbar(self, self.actions_table, self.run)
        self.addToolBar(self.toolbar)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setAcceptDrops(True)
        self.setMinimumSize(900, 600)
        self.resize(1280, 800)
        self.recovery = Recovery(self.filing, self.settings.folder / "recovery", self)
        self._may_close = self._is_closed = False
        self._failure_shown: Failed | None = None
        self.beginning = Beginning(self)
        self._connect()
        self.announcer = Announcer(self)
        self.looks.begin()
        self.parts.begin()
        self.translate()
        QTimer.singleShot(0, self, self._after_first_paint)

    def _actions(self) -> Actions:
        canvas, run, filing, undo = self.canvas, self.run, self.filing, self.store.undo_stack
        return Actions(
            self,
            {
                "new": filing.new,
                "open": filing.ask_open,
                "import": self.import_data,
                "save": filing.save,
                "save_as": filing.save_as,
                "undo": undo.undo,
                "redo": undo.redo,
                **drawing_calls(canvas),
                **self.ways.calls(),
                **self.looks.calls(),
                **self.tabs.calls(),
                "save_block": self.block_keeping.save,
                "next_problem": self.marking.next,
                "previous_problem": partial(self.marking.next, -1),
                **self.parts.calls(),
                "theme": self.switch_theme,
                "language": self.switch_language,
                "play": run.play,
                "pause": run.pause,
                "batch": run.one_batch,
                "epoch": run.one_epoch,
                "stop": run.stop,
                **pace_calls(run),
                **past_calls(run),
                "reset": run.reset,
                "new_weights": self.training.new_weights,
                "help": self.open_help,
                "welcome": filing.welcome,
                "about": self.about,
            },
        )

    def _lay_out(self) -> None:
        middle, strips = QWidget(), QWidget()
        column = QVBoxLayout(strips)
        column.setContentsMargins(8, 8, 8, 0)
        for widget in (self.notice, self.problems):
            column.addWidget(widget)
        # over the canvas, so that nothing jumps under the pointer when a strip comes or goes
        cell = QGridLayout(middle)
        cell.setContentsMargins(0, 0, 0, 0)
        cell.addWidget(self.canvas, 0, 0)
        cell.addWidget(strips, 0, 0, Qt.AlignmentFlag.AlignTop)
        self.room = Room(middle)
        self.left, self.right, self.bottom = (self.room.sides[p] for p in (LEFT, RIGHT, BOTTOM))
        self.centre = QStackedWidget()  # the room, or what is shown in place of it
        self.centre.addWidget(self.room)
        self.setCentralWidget(self.centre)
        self.panels = Panels(self.room, self)
        self.panels.recall(self.settings)
        for id, page in (
            ("layers", self.palette_panel),
            ("data", self.shelf),
            ("box", self.inspector),
            ("training", self.training_page),
        ):
            self.panels.add(id, page)

    def _connect(self) -> None:
        self.palette_panel.chosen.connect(self.canvas.append)
        self.shelf.used.connect(self._use_set)
        self.problems.training_wanted.connect(partial(self.panels.bring, "training"))
        self.inspector.painting_wanted.connect(self.painting.open)
        join_keys(self.canvas, self.inspector, self.panels.bring)
        self.shelf.help_asked.connect(self.open_help)
        self.own_data.help_asked.connect(self.help_door.open_form)
        self.store.changed.connect(lambda _, new: self.shelf.lately.remember(new))
        self.store.changed.connect(lambda _, new: self.palette_panel.show_used(kinds_of(new)))
        self.shelf.import_asked.connect(self.import_data)
        self.inspector.own_data_wanted.connect(self.own_data.do)
        self.own_data.built.connect(self.canvas.fit)
        self.filing.changed.connect(self._show_title)
        self.filing.failed.connect(self.notice.say)
        self.client.died.connect(self._engine_died)
        self.run.status_changed.connect(self._run_changed)
        self.store.undo_stack.indexChanged.connect(self._enable)  # comes after store.changed
        theme.changed.connect(self._enable)
        self.store.selection_changed.connect(self._selected)
        forget = on_language_change(self.translate)
        self.destroyed.connect(lambda: forget())

    def _after_first_paint(self) -> None:
        """What can wait until the window is on the screen: engine, plots, fonts."""
        if self._is_closed:
            return
        if not self.client.is_alive:
            self.client.start()
        if not self.client.waits:
            ready = not self.store.analysis.errors
            likely = self.store.document if ready else read(WELCOME).document
            self.client.send(Warm(to_json(likely)))  # so that the first play need not compile
        from gui.data.panel import DataPanel
        from gui.plots.curves import CurvesPanel
        from gui.plots.predictions import PredictionsPanel
        from gui.results.page import ResultsPage
        from gui.window.earlier_runs import EarlierRuns
        from gui.window.trying import Trying

        self.glimpsing.glimpses.begin()
        self.flowing.flows.begin()
        self.curves = CurvesPanel(self.run)
        self.predictions = PredictionsPanel(self.run)
        self.received = DataPanel(self.store, self.glimpsing.glimpses, self.run)
        has_page(self.received, "data_panel")
        self.earlier_runs, self.results = EarlierRuns(self), ResultsPage(self.run)
        self.trying = Trying(self)
        for id, page in (
            ("curves", self.curves),
            ("predictions", self.predictions),
            ("results", self.results),
            ("try", self.trying.page),
            ("runs", self.earlier_runs.page),
            ("received", self.received),
            ("analysis", self.ways.analysis),
            ("outline", self.ways.outline),
        ):
            self.panels.add(id, page)
        self.ways.prepare()
        self.translate()
        if language() == "zh_CN" and not has_chinese_font():
            self._say_font()
        self.canvas.fit()
        self.beginning.refresh()
        self.tabs.offer_recovery()

    # language and theme

    def translate(self) -> None:
        """Say everything of the window itself anew; panels do so for themselves."""
        self._show_title()
        self._enable()

    def switch_language(self) -> None:
        """The other language."""
        set_language("en" if language() == "zh_CN" else "zh_CN")
        self.settings.set_text("language", language())
        if language() == "zh_CN" and not has_chinese_font():
            self._say_font()

    def switch_theme(self) -> None:
        """The other theme, from now on."""
        theme.use("light" if theme.is_dark else "dark")
        self.settings.set_text("theme", theme.mode)

    def _say_font(self) -> None:
        # in English, because Chinese could not be read
        text = "No Chinese font is installed: sudo apt install fonts-noto-cjk"
        self.notice.say(lambda: text)

    # what is possible now

    def _enable(self) -> None:
        self.possible.refresh()
        self.tabs.refresh()
        self._say_failure()

    def _run_changed(self) -> None:
        if self.possible.has_changed():
            self._enable()

    def _say_failure(self) -> None:
        """Say once why a run failed; the engine's death is told by the one who notices it."""
        failure = self.run.failure
        if failure is not None and failure is not self._failure_shown:
            self._failure_shown = failure
            if failure.code != "engine_died":
                ways_out = self.own_data.actions_for(failure)
                about = ABOUT if ways_out else ""
                words = partial(failure_text, failure.code, failure.numbers)
                self.notice.say(words, *ways_out, about=about)

    def _selected(self, ids: tuple[str, ...]) -> None:
        if ids:
            self.panels.bring("box", reopen=False)
        self._enable()

    def _show_title(self) -> None:
        star = "*" if self.filing.is_modified else ""
        self.setWindowTitle(f"{star}{self.filing.name} – {tr('app.name')}")

    # the engine's end

    def _engine_died(self, code: int) -> None:
        if not self.client.has_spoken:  # a new one would not come further than this one
            again = (lambda: tr("engine.try_again"), self.client.start)
            self.notice.say(lambda: tr("engine.does_not_start", code=code), again)
            return
        self.client.start()
        if self.run.failure is not None and self.run.failure.code == "engine_died":
            epoch = self.run.epoch_held
            self.notice.say(
                lambda: tr("engine.died", epoch=epoch),
                (lambda: tr("engine.go_on"), self.run.play),
            )
        else:
            self.notice.say(lambda: tr("engine.restarted"))

    # files

    def open_path(self, path: Path) -> None:
        """Open a file, after asking about unsaved changes if there is room for one document."""
        self.filing.visit(path)

    def import_data(self, path: Path | str | None = None) -> None:
        """Show the import page for files, or ask for some."""
        self.own_data.import_data(str(path) if path is not None else "")

    def _use_set(self, dataset: str) -> None:
        self.painting.use(dataset)
        self.own_data.offer(self.store.selection[0], partial(set_name, dataset))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # Qt's name
        if dropped_paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # Qt's name
        paths = dropped_paths(event.mimeData())
        if paths:
            event.acceptProposedAction()
            # later, because whoever gave the file waits until the drop is done
            QTimer.singleShot(0, self, lambda: self._take_dropped(paths))

    def _take_dropped(self, paths: list[Path]) -> None:
        if is_document(paths[0]):
            self.tabs.open_all(paths)
        else:
            self.import_data(paths[0])

    def closeEvent(self, event: QCloseEvent) -> None:  # Qt's name
        if not self._may_close and self.filing.is_modified:
            event.ignore()
            # later, because Qt refuses to close a window that is in the middle of closing
            QTimer.singleShot(0, self, lambda: self.filing.leave(self.close_without_asking))
            return
        self._is_closed = True
        self.run.settle()  # a file that waits for the engine's weights is written now
        self.run.moments.clear()  # much memory, which Python might give back much later
        if self.isWindow():
            self.settings.set_bytes("geometry", self.saveGeometry())
        self.panels.remember(self.settings)
        self.recovery.forget()
        self.client.stop(waits=self.isWindow())  # a tab goes without a moment's halt
        self.data_client.stop()
        event.accept()

    def close_without_asking(self) -> None:
        """Close, whatever is unsaved."""
        self._may_close = True
        self.close()

    def open_help(self, page: str = "") -> None:
        """Show a page of the help; without one, that about the selected box."""
        self.help_door.open(page)

    def about(self) -> None:
        """Who made this, and what it does with data."""
        QMessageBox.about(self, tr("app.name"), tr("app.about"))
