"""How far a build is: a bar on a terminal, plain lines elsewhere, nothing when not wanted."""

from __future__ import annotations

from types import TracebackType
from typing import Literal, Self, TextIO

from rich.console import Console
from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as RichProgress

from producer.messages import catalogue, message

Show = Literal["bar", "lines", "nothing"]


class Progress:
    """Tells the steps of a build as they begin.

    Entered as a context, since a bar must leave the terminal as it was. For each issue
    `begin`, then `step` for every step, then `end`.
    """

    def __init__(
        self, show: Show = "nothing", stream: TextIO | None = None, language: str = "en"
    ) -> None:
        self._show = show
        self._language = language
        self._issue = ""
        self._console = Console(file=stream, stderr=stream is None, highlight=False)
        self._bar: RichProgress | None = None
        self._task = None if show != "bar" else self._make_bar().add_task("", total=None, what="")

    def begin(self, issue: str, steps: int) -> None:
        """An issue's build begins; it will take that many steps."""
        self._issue = issue
        if self._bar and self._task is not None:
            self._bar.reset(self._task, total=steps, description=issue, what="")

    def step(self, name: str) -> None:
        """A step begins; its name is that of a `step.…` message, or is shown as it is."""
        words = self._words(name)
        if self._show == "lines":
            self._console.print(f"{self._issue}  {words}", markup=False, soft_wrap=True)
        elif self._bar and self._task is not None:
            self._bar.update(self._task, advance=1, what=words)

    def end(self) -> None:
        """The issue's build is over, well or not."""
        if self._bar and self._task is not None:
            self._bar.reset(self._task, start=False, total=None, description="", what="")

    def __enter__(self) -> Self:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar:
            self._bar.stop()

    def _make_bar(self) -> RichProgress:
        columns = (
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=24),
            TextColumn("{task.fields[what]}", markup=False),
            TimeElapsedColumn(),
        )
        self._bar = RichProgress(*columns, console=self._console, transient=True)
        return self._bar

    def _words(self, name: str) -> str:
        id = f"step.{name}"
        return message(id, self._language).cause if id in catalogue() else name
