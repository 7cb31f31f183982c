"""What JSON content breaks of a JSON Schema, as problems: the place, what stands there and what the schema
wants.

The words come from the schema itself; a `title` in it says best what is meant. Which file has which schema is
not known here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from gba_analysis.errors import Problem

if TYPE_CHECKING:
    from jsonschema import ValidationError

KINDS = {
    "object": "an object",
    "array": "a list",
    "string": "a text",
    "integer": "a whole number",
    "boolean": "true or false",
}
NOT_EMPTY = ("minItems", "minLength", "minProperties")
# A message quotes the value, which may be long.
LONGEST = 80


def form_problems(file: str, *, content: Any, schema: Mapping[str, Any], hint: str = "") -> list[Problem]:
    """One problem for everything in `content`, the JSON in `file`, that the `schema` does not allow, in the
    order of the places.
    """
    # Takes longer to import than most commands run.
    from jsonschema import Draft202012Validator

    problems = {
        Problem(file, _place([*error.absolute_path, *more]), found, expected, hint)
        for error in Draft202012Validator(schema).iter_errors(content)
        for more, found, expected in _told(error)
    }
    return sorted(problems, key=lambda problem: (problem.place, problem.found))


def _told(error: ValidationError) -> Iterator[tuple[list[str], str, str]]:
    """What is to be added to the place, what was found there and what was expected."""
    content: Any = error.instance
    wanted: Any = error.schema
    if error.validator == "required":
        yield from (
            ([name], "nothing", _words(wanted["properties"][name]))
            for name in wanted["required"]
            if name not in content
        )
    elif error.validator == "additionalProperties":
        known = wanted["properties"]
        yield from (
            ([name], _found(content[name]), f"nothing: only {', '.join(known)}")
            for name in content
            if name not in known
        )
    else:
        yield [], _found(content), "each item once" if error.validator == "uniqueItems" else _words(wanted)


def _words(schema: Mapping[str, Any]) -> str:
    """What a schema wants, as far as one phrase can say it."""
    if "title" in schema:
        return schema["title"]
    if "const" in schema or "enum" in schema:
        return " or ".join(map(repr, schema.get("enum", [schema.get("const")])))
    words = KINDS.get(schema.get("type", ""), "what the schema allows")
    words += f" with {' and '.join(schema['required'])}" if "required" in schema else ""
    words += f" of the form {schema['pattern']}" if "pattern" in schema else ""
    words += f" not below {schema['minimum']}" if "minimum" in schema else ""
    return words + (", not empty" if any(name in schema for name in NOT_EMPTY) else "")


def _found(content: Any) -> str:
    if isinstance(content, (dict, list)):
        # Written out it may be without end.
        return (KINDS["object"] if isinstance(content, dict) else KINDS["array"]) + (
            "" if content else " with nothing in it"
        )
    text = repr(content)
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"


def _place(path: Iterable[str | int]) -> str:
    """A place in JSON as messages name it, such as `outputs, ledger.json, sha256` and `languages[0]`."""
    place = ""
    for part in path:
        place += f"[{part}]" if isinstance(part, int) else f", {part}" if place else part
    return place
