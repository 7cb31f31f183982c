"""Reads YAML as its standard wants it: each key once in a mapping. PyYAML would take the last and say
nothing.
"""

from __future__ import annotations

from typing import Any

import yaml

# The loader in C is ten times as fast; not every PyYAML has it.
try:
    from yaml import CSafeLoader as Loader
except ImportError:
    from yaml import SafeLoader as Loader  # type: ignore[assignment]
from yaml.constructor import ConstructorError
from yaml.events import CollectionEndEvent, CollectionStartEvent
from yaml.nodes import MappingNode, Node, ScalarNode

# No settings are nested so deeply.
DEEPEST = 100


def load_yaml(text: str | bytes, *, shallow: bool = False) -> Any:
    """The content of a YAML text.

    shallow: it is known not to be nested too deeply, as a file of this package is; looking takes time.
    Raises yaml.YAMLError, also if a mapping has a key twice, a date or a number is none, or the text is
    nested too deeply."""
    if not shallow:
        _require_shallow(text)
    return yaml.load(text, _Strict)


def _require_shallow(text: str | bytes) -> None:
    # Both loaders go into what is nested by calling themselves; the one in C then ends the whole process.
    depth = 0
    for event in yaml.parse(text, Loader):
        if isinstance(event, CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                # The mark of either loader will do.
                mark: Any = event.start_mark
                raise RefusedError(f"more than {DEEPEST} levels", mark)
        elif isinstance(event, CollectionEndEvent):
            depth -= 1


class RefusedError(ConstructorError):
    """What PyYAML would let through. problem: says what was found. problem_mark: says where."""

    def __init__(self, found: str, mark: Any):
        super().__init__(None, None, found, mark)


def fault(error: yaml.YAMLError) -> tuple[str, str]:
    """The place and what was found there, for a message that names the file; the place may be empty."""
    mark, reason = getattr(error, "problem_mark", None), getattr(error, "problem", None)
    place = f"line {mark.line + 1}, column {mark.column + 1}" if mark else ""
    if isinstance(error, RefusedError):
        return place, str(reason)
    return place, f"malformed YAML ({reason})" if reason else "malformed YAML"


class _Strict(Loader):
    """Refuses a repeated key, with its place, and whatever else cannot be read.

    Keys that another mapping brings in with `<<` may be set anew: that is what it is for.
    """

    def __init__(self, stream: str | bytes) -> None:
        super().__init__(stream)
        self._checked: set[int] = set()

    def construct_object(self, node: Node, deep: bool = False) -> Any:
        try:
            return super().construct_object(node, deep)
        # What PyYAML lets through when a text looks like a date or a number, or is said to be one.
        except (ValueError, AttributeError, KeyError, TypeError) as error:
            found = f"{node.value}, which is no {node.tag.rpartition(':')[2]}"
            raise RefusedError(found, node.start_mark) from error

    def flatten_mapping(self, node: MappingNode) -> None:
        # It is flattened again wherever it is brought in, and has those keys then.
        if id(node) not in self._checked:
            self._checked.add(id(node))
            _require_each_once(node)
        super().flatten_mapping(node)


def _require_each_once(node: MappingNode) -> None:
    seen: set[tuple[str, str]] = set()
    for key, _ in node.value:
        if isinstance(key, ScalarNode):
            if (key.tag, key.value) in seen:
                raise RefusedError(f"the key {key.value} a second time", key.start_mark)
            seen.add((key.tag, key.value))
