"""What was answered from the true tables, and on which values of data/ each answer depends: what does not is not computed again.

Asked are the package's functions of the facts, the cells of notebooks, and the rules of `gba check`. An answer depends on no table
that was not read for it. On which values of a column it depends is found out once: it is computed again with the column hidden
(`hidden`), what was looked at is shown, and so on, until an answer comes without a look and is the true one.
"""

from __future__ import annotations

import inspect
import io
import pickle
import sys
import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from types import FunctionType, ModuleType
from typing import Any

import pandas as pd
from hidden import filled, hide
from known import Change, Known, TrueFacts, note

import gba_analysis
from gba_analysis.figures.tables import Facts

# After so many tries an answer counts as one that depends on every value.
MOST_TRIES = 6
# What takes less processor time, in seconds, is sooner computed than looked up.
WORTH_IT = 0.002
# The parameter that makes a function one of the facts.
FACTS = "facts"


@dataclass(frozen=True)
class Answer:
    """An answer from the true facts. content: pickled. print: see `fingerprint`. tables: what was read for it."""

    content: bytes
    print: bytes
    tables: frozenset[str]


class Memory:
    """Answers from the true `facts`, by whatever names the question."""

    def __init__(self, facts: Facts) -> None:
        self.facts = TrueFacts.of(facts, Change())
        # None: not worth it, or it cannot be remembered.
        self.answers: dict[Hashable, Answer | None] = {}
        # The lines on which an answer depends, by question, table and column.
        self.lines: dict[tuple[Hashable, str, str], frozenset[int]] = {}
        self.wrapped = list(self._wrapped())

    def learn(self, question: Hashable, ask: Callable[[], Any], worth_it: float = 0.0) -> Any:
        """The answer of `ask`, which works on the true facts; it is remembered if it can be, and took as long."""
        started, tables = time.process_time(), set()
        TrueFacts.readers.append(tables)
        try:
            answer = ask()
        finally:
            TrueFacts.readers.pop()
        note(tables)
        self.answers[question] = None
        if time.process_time() - started >= worth_it:
            try:
                self.answers[question] = Answer(pickle.dumps(answer), fingerprint(answer), frozenset(tables))
            except (pickle.PicklingError, TypeError, AttributeError):
                return answer
        return answer

    def may_differ(self, question: Hashable, ask: Callable[[Known], Any], facts: Known) -> bool:
        """Whether `ask(facts)` may be another answer than the one remembered for the question."""
        answer, change = self.answers.get(question), facts.change
        if answer is None or not change.lines or change.table not in answer.tables:
            return answer is None
        place = (question, change.table, change.column)
        if place not in self.lines:
            self.lines[place] = self._looked_at(answer, ask, facts)
        return bool(change.lines & self.lines[place])

    def _looked_at(self, answer: Answer, ask: Callable[[Known], Any], facts: Known) -> frozenset[int]:
        name, column = facts.change.table, facts.change.column
        table = getattr(self.facts, name)
        every = left = filled(table, column)
        for _ in range(MOST_TRIES):
            looks: set[int] = set()
            if (cells := hide(table, column, left, looks)) is None:
                return every
            try:
                found = fingerprint(ask(Known.of(facts, Change(name, column, left), facts.notebook, **{name: cells})))
            except Exception:
                found = b""
            if not looks:
                return every - left if found == answer.print else every
            left -= looks
        return every

    @contextmanager
    def used(self) -> Iterator[None]:
        """Within it, the package's functions of the facts are not computed where their answer is remembered and cannot differ."""
        for owner, name, _, asked in self.wrapped:
            setattr(owner, name, asked)
        try:
            yield
        finally:
            for owner, name, function, _ in self.wrapped:
                setattr(owner, name, function)

    def _wrapped(self) -> Iterator[tuple[ModuleType, str, Any, Any]]:
        """Each place of the package's modules where a function of the facts stands: the module, the name, the function, and our own."""
        ours: dict[Callable[..., Any], Callable[..., Any]] = {}
        for module in [module for name, module in sys.modules.items() if _is_of_the_package(name)]:
            for name, function in vars(module).items():
                if isinstance(function, FunctionType) and _is_of_the_package(function.__module__):
                    parameters = list(inspect.signature(function).parameters)
                    if FACTS in parameters:
                        ours[function] = ours.get(function) or self._asked(function, parameters.index(FACTS))
                        yield module, name, function, ours[function]

    def _asked(self, function: Callable[..., Any], place: int) -> Callable[..., Any]:
        # A generator is asked for all that it has.
        whole = tuple if inspect.isgeneratorfunction(function) else _as_it_is

        @wraps(function)
        def asked(*given: Any, **options: Any) -> Any:
            def ask(facts: Facts) -> Any:
                return whole(function(*given[:place], facts, *given[place + 1 :], **options))

            facts = given[place] if place < len(given) else None
            question = _question(function, facts, (given[:place], given[place + 1 :], options))
            if question is None:
                return function(*given, **options)
            if question not in self.answers:
                return ask(facts) if facts.change.lines else self.learn(question, lambda: ask(facts), WORTH_IT)
            if self.may_differ(question, ask, facts):
                return ask(facts)
            answer = self.answers[question]
            note(answer.tables)
            return pickle.loads(answer.content)

        return asked


def _is_of_the_package(module: str) -> bool:
    return module.partition(".")[0] == gba_analysis.__name__


def _as_it_is(answer: Any) -> Any:
    return answer


def _question(function: Callable[..., Any], facts: Any, given: Any) -> Hashable | None:
    """What names the question that a call asks; None if nothing does, or the facts are not known."""
    if not isinstance(facts, Known) or facts.change is None:
        return None
    try:
        return function.__module__, function.__qualname__, facts.notebook, pickle.dumps(given)
    except (pickle.PicklingError, TypeError, AttributeError):
        return None


def fingerprint(answer: Any) -> bytes:
    """The same bytes for answers that say the same. Tables are compared by their values: hidden ones do not keep a column's type."""
    buffer = io.BytesIO()
    _Printer(buffer).dump(answer)
    return buffer.getvalue()


class _Printer(pickle.Pickler):
    # Without it, equal answers would differ by which of their parts are one object.
    fast = True

    def reducer_override(self, content: Any) -> Any:
        if isinstance(content, pd.DataFrame):
            return tuple, ((list(content.columns), [content[name] for name in content.columns], content.index),)
        if isinstance(content, (pd.Series, pd.Index)):
            kind = "object" if content.dtype == "str" else str(content.dtype)
            names = [content.name] if isinstance(content, pd.Series) else list(content.names)
            return tuple, ((list(content), kind, names),)
        return NotImplemented
