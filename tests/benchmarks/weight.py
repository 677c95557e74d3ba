"""What a reader downloads for one page: HTML, CSS and JavaScript, compressed."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import urljoin
from urllib.request import Request, urlopen


class _Parts(HTMLParser):
    """Addresses of style sheets and scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember what the browser fetches for the tag."""
        given = dict(attrs)
        if tag == "link" and given.get("rel") == "stylesheet":
            self.addresses.append(given.get("href") or "")
        elif tag == "script" and given.get("src"):
            self.addresses.append(given["src"] or "")


def fetch(url: str, coding: str = "gzip") -> bytes:
    """Body of the answer as it comes over the line."""
    with urlopen(Request(url, headers={"Accept-Encoding": coding}), timeout=30) as answer:
        body: bytes = answer.read()
    return body


def page_weight(url: str) -> dict[str, int]:
    """Compressed bytes of the page itself and of everything it names."""
    parts = _Parts()
    parts.feed(fetch(url, "identity").decode())
    addresses = [url, *dict.fromkeys(urljoin(url, address) for address in parts.addresses)]
    return {address: len(fetch(address)) for address in addresses}
