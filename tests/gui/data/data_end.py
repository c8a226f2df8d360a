"""The data process's end of the pipe in the hands of a test: it answers when the test says so."""

from __future__ import annotations

import multiprocessing
import threading

from engine.data.own.refusal import silent
from engine.data_protocol import Answer, Question, Trace
from engine.data_worker import answer_to
from gui.data_client import DataClient


class DataEnd:
    """Takes the place of the process; its answers are the real ones."""

    def __init__(self, client: DataClient) -> None:
        self.client = client
        ours, self.pipe = multiprocessing.Pipe()
        client.listen(ours)

    def heard(self) -> list[Question]:
        """What was asked since the last time, and not answered yet."""
        self.client._outgoing.join()  # until the thread that sends has sent it all
        questions = []
        while self.pipe.poll():
            questions.append(self.pipe.recv())
        return questions

    def answer(self) -> list[Question]:
        """Answer all that is asked, until nothing is asked any more.

        Returns the questions, but for those about what flows through the network.
        """
        answered: list[Question] = []
        while questions := self.heard():
            for question in questions:
                self.say(answer_to(question, silent))
            answered += (each for each in questions if not isinstance(each, Trace))
        return answered

    def say(self, answer: Answer) -> None:
        """Send one answer, and let the window take note of it."""
        # a large answer does not fit into a pipe before the window begins to read it
        sender = threading.Thread(target=self.pipe.send, args=(answer,))
        sender.start()
        while sender.is_alive():
            self.client.drain()
        self.client.drain()

    def close(self) -> None:
        """Let go of the pipe."""
        self.client.stop()
        self.pipe.close()
