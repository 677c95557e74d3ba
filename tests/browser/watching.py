"""A reader's browser that complains about what must not happen on our pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

ERROR = 500
# htmx tells so of suggestions that are no longer wanted because more was typed; of a failure it tells in other words.
REPLACED = ("htmx:sendAbort", "htmx:afterRequest")
# Milliseconds: a busy machine is no fault of the page.
PATIENCE = 15_000


@dataclass
class Watched:
    """A browser window on the portal, with everything wrong that happened in it."""

    context: BrowserContext
    url: str
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.host = urlsplit(self.url).netloc
        self.context.on("page", self._watch)
        self.page: Page = self.context.new_page()

    def open(self, path: str) -> Page:
        """Go to an address of the portal."""
        self.page.goto(f"{self.url}{path}")
        return self.page

    def forgive(self, words: str) -> None:
        """Drop complaints that the test provoked, known by their words."""
        self.complaints = [complaint for complaint in self.complaints if words not in complaint]

    def _watch(self, page: Page) -> None:
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))
        page.on("request", self._see)
        page.on("response", self._judge)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith(REPLACED):
            self.complaints.append(
                f"console {message.type} on {message.page.url if message.page else '?'}: {message.text}"
            )

    def _see(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.netloc != self.host:
            self.complaints.append(f"foreign host asked: {request.url}")

    def _judge(self, response: Response) -> None:
        if response.status >= ERROR:
            self.complaints.append(f"{response.status} at {response.url}")
