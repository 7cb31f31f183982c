"""A project of notebooks only, and a fork server for all tests of a file that do not break it."""

import pytest
from kernel_samples import Server

from gba_analysis.project import Project


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Project:
    """A project without data; a test writes its notebooks."""
    root = tmp_path_factory.mktemp("project")
    (root / "notebooks").mkdir()
    return Project(root)


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    """The folder for files on the way. Kernels of one server share it: it is part of their environment."""
    return tmp_path_factory.mktemp("work")


@pytest.fixture(scope="module")
def shared():
    """The server of a file's tests."""
    server = Server()
    yield server
    server.close()
    assert server.said == []


@pytest.fixture
def server():
    """A server that a test may break."""
    server = Server()
    yield server
    server.close()
