"""A finished page is looked at before it replaces anything or is kept: no left-over source, as many charts,
tables and numbers as the sources ask for, no script or resource but the engine's own.

    expected = read_expected(run / "en", "en", "html")     # before the page is rendered
    content = expected.finish(content)                     # as it may be shown and kept

The rules stand in `finished_html` and `finished_pdf`; what is done about a problem is said in `rendered`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from gba_analysis.errors import GbaError, Problem
from gba_analysis.pages.finished_html import html_problems
from gba_analysis.pages.finished_pdf import pdf_problems
from gba_analysis.pages.wanted import Wanted, read_wanted
from gba_analysis.render.html_reading import read_html
from gba_analysis.render.known_parts import KnownParts, read_known_parts
from gba_analysis.render.pdf_reading import UnreadablePdf, read_pdf
from gba_analysis.render.security_policy import policy_problems, seal

HTML = "html"


class PageError(GbaError):
    """A finished page holds what it must not hold, or lacks what its sources ask for."""


@dataclass(frozen=True)
class Expected:
    """What the finished page `file` in `lang` must hold. known: of a web page, the engine's own scripts and
    the like.
    """

    file: str
    lang: str
    asked: Wanted
    known: KnownParts | None

    def problems(self, content: bytes, *, is_sealed: bool) -> list[Problem]:
        """Everything that keeps the page `content` from being shown.

        is_sealed: whether it was finished before, so that the policy of a web page must be sealed.
        """
        if self.known is None:
            try:
                return pdf_problems(self.file, read_pdf(content), self.asked)
            except UnreadablePdf as error:
                return [Problem(self.file, "", str(error), "a tagged PDF")]
        try:
            html = content.decode()
        except UnicodeDecodeError as error:
            return [Problem(self.file, f"byte {error.start + 1}", "bytes that are not UTF-8", "a UTF-8 text")]
        page = read_html(html)
        return [
            *policy_problems(self.file, page, self.known, is_sealed=is_sealed),
            *html_problems(self.file, page, asked=self.asked, known=self.known, lang=self.lang),
        ]

    def finish(self, content: bytes) -> bytes:
        """The rendered page `content` as it may be shown: a web page with its security policy sealed. Raises
        PageError with everything that keeps it from being shown.
        """
        if problems := self.problems(content, is_sealed=False):
            raise PageError(problems)
        return content if self.known is None else seal(content.decode(), self.known).encode()


def read_expected(folder: Path, lang: str, to: str) -> Expected:
    """What the page in `lang` of the staged `folder` must hold as `to` (html or pdf).

    To be read before the page is rendered; for the web page its fonts must be in the folder. Raises
    EngineError.
    """
    is_html = to == HTML
    known = read_known_parts(folder) if is_html else None
    asked = read_wanted(folder, lang, has_data=is_html)
    return Expected(f"briefing.{lang}.{to}", lang=lang, asked=asked, known=known)
