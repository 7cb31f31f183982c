"""The finished PDFs and pages, read once for all tests of this folder: reading a PDF takes seconds."""

from functools import cache

import pytest
from html_blocks import HtmlBlocks
from pdf_tags import read_tags
from pypdf import PdfReader


@pytest.fixture(scope="session", params=("en", "zh"))
def lang(request):
    return request.param


@pytest.fixture(scope="session")
def _read_pdf(built_run):
    @cache
    def read(lang):
        pdf = PdfReader(built_run / f"briefing.{lang}.pdf")
        return pdf, read_tags(pdf)

    return read


@pytest.fixture(scope="session")
def pdf(_read_pdf, lang):
    return _read_pdf(lang)[0]


@pytest.fixture(scope="session")
def tags(_read_pdf, lang):
    return _read_pdf(lang)[1]


@pytest.fixture(scope="session")
def html(built_run, lang):
    return HtmlBlocks((built_run / f"briefing.{lang}.html").read_text(encoding="utf-8"))
