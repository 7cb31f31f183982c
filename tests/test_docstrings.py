"""Modules that the code's own texts name exist: `room.module`, or `module` of the same room."""

import importlib
import re

import pytest

import gba_analysis
from gba_analysis.files import source_files
from gba_analysis.project import find_project

ROOT = find_project().root / "src" / gba_analysis.__name__
FILES = [path for path in source_files(ROOT) if path.suffix == ".py"]
MODULES = {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in FILES}
PACKAGES = {".".join(path.relative_to(ROOT).parent.parts) for path in FILES if path.name == "__init__.py"}
ROOMS = {module.partition(".")[0] for module in MODULES}
# What stands in a room without a module of its own, by what the room's first file says.
EXPORTED = {
    f"{room}.{name}"
    for room in ROOMS & PACKAGES
    for name in getattr(importlib.import_module(f"gba_analysis.{room}"), "__all__", ())
}
DOTTED = re.compile(r"`((?:[a-z_]+\.)+[a-z_]+)`")
# Names of files of the article, which begin as a room does.
CATALOGUE = re.compile(r"words\.\w+\.yml")


def unknown_modules(text, room):
    """The dotted names of `text` that begin with a room, and neither are a module nor stand in one."""
    return [
        name
        for name in DOTTED.findall(text)
        if name.partition(".")[0] in ROOMS
        and not CATALOGUE.fullmatch(name)
        and MODULES.isdisjoint({name, f"{room}.{name}"})
        and (name.rpartition(".")[0] not in MODULES - PACKAGES and name not in EXPORTED)
    ]


def test_every_module_named_in_the_code_exists():
    named = {
        path.relative_to(ROOT).as_posix(): unknown
        for path in FILES
        if (unknown := unknown_modules(path.read_text(encoding="utf-8"), path.parent.name))
    }
    assert named == {}


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("see `charts.cards`", ["charts.cards"]),
        ("see `charts.kinds.cards`", []),
        ("a function, `words.say`, and `words.catalogue.say`", []),
        ("of the same room: `parts.scale`", []),
        ("`pipeline.stage.page_text`", ["pipeline.stage.page_text"]),
    ],
)
def test_a_module_that_does_not_exist_is_found(text, unknown):
    assert unknown_modules(text, "charts") == unknown
