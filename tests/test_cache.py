"""The cache gives back what was put into it, or nothing."""

import os
import time
from contextlib import nullcontext

import pytest

from gba_analysis.cache import Cache

CONTENT = "一段内容\n".encode() * 100


@pytest.fixture
def cache(tmp_path):
    return Cache(tmp_path / "cache")


def test_what_was_put_is_found(cache):
    cache.put("notebook-1", CONTENT)
    cache.put("notebook-2", b"")
    assert Cache(cache.folder).get("notebook-1") == CONTENT and Cache(cache.folder).get("notebook-2") == b""
    assert cache.get("notebook-3") is None
    assert {path.name for path in cache.folder.iterdir()} == {"notebook-1", "notebook-2"}


def test_an_entry_can_be_replaced(cache):
    cache.put("notebook-1", b"before")
    cache.put("notebook-1", CONTENT)
    assert cache.get("notebook-1") == CONTENT


DAMAGES = {
    "a bit": lambda found: found[:-1] + bytes([found[-1] ^ 1]),
    "its end": lambda found: found[:-1],
    "all of it": lambda found: b"",
    "its checksum": lambda found: b"0" + found[1:],
    "an addition": lambda found: found + b"x",
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_entry_is_none(cache, damage):
    cache.put("notebook-1", CONTENT)
    path = cache.folder / "notebook-1"
    path.write_bytes(DAMAGES[damage](path.read_bytes()))
    assert cache.get("notebook-1") is None
    cache.put("notebook-1", CONTENT)
    assert cache.get("notebook-1") == CONTENT


def test_another_entry_s_content_is_none(cache):
    cache.put("notebook-1", CONTENT)
    os.replace(cache.folder / "notebook-1", cache.folder / "notebook-2")
    assert cache.get("notebook-2") is None


def test_a_cache_that_is_not_read_gives_only_what_it_was_given(cache):
    cache.put("notebook-1", CONTENT)
    forced = Cache(cache.folder, is_read=False)
    assert forced.get("notebook-1") is None
    forced.put("notebook-1", b"anew")
    assert forced.get("notebook-1") == b"anew" == Cache(cache.folder).get("notebook-1")


def test_a_place_that_cannot_be_written_stops_nothing(tmp_path):
    (tmp_path / "cache").write_text("a file where a folder should be")
    cache = Cache(tmp_path / "cache")
    cache.put("notebook-1", CONTENT)
    cache.prune()
    assert cache.get("notebook-1") is None


def test_the_entries_not_used_for_longest_go_first(cache):
    for number in range(4):
        cache.put(f"notebook-{number}", CONTENT)
        os.utime(cache.folder / f"notebook-{number}", (number, number))
    cache.get("notebook-0")
    cache.prune(largest=2 * (len(CONTENT) + 65))
    assert {path.name for path in cache.folder.iterdir()} == {"notebook-0", "notebook-3"}


def test_using_an_entry_makes_it_the_newest(cache):
    cache.put("notebook-1", CONTENT)
    os.utime(cache.folder / "notebook-1", (0, 0))
    cache.get("notebook-1")
    assert (cache.folder / "notebook-1").stat().st_mtime > time.time() - 3600


@pytest.mark.parametrize(("error", "raised"), [(KeyboardInterrupt, True), (OSError, False)])
def test_an_entry_that_is_broken_off_leaves_the_one_before_and_nothing_else(
    cache, monkeypatch, error, raised
):
    def fail(*_):
        raise error

    cache.put("notebook-1", CONTENT)
    monkeypatch.setattr("gba_analysis.cache.os.replace", fail)
    with pytest.raises(error) if raised else nullcontext():
        cache.put("notebook-1", b"half")
    assert cache.get("notebook-1") == CONTENT
    assert [path.name for path in cache.folder.iterdir()] == ["notebook-1"]


def test_a_new_entry_takes_the_old_one_s_place_and_is_not_written_over_it(cache):
    """Who reads the old one meanwhile reads it whole."""
    cache.put("notebook-1", CONTENT)
    with (cache.folder / "notebook-1").open("rb") as reader:
        cache.put("notebook-1", b"other")
        assert reader.read().endswith(CONTENT)
