"""Reading a page's HTML: its forms, fields, links and title."""

from __future__ import annotations

from html.parser import HTMLParser

FIELDS = {"form", "input", "select", "textarea", "button"}


class Seen(HTMLParser):
    """What a page holds: each field and link with its attributes, and its title."""

    def __init__(self, html: str) -> None:
        """Read the page."""
        super().__init__()
        self.fields: list[tuple[str, dict[str, str]]] = []
        self.links: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.title = ""
        self._in_title = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        found = {name: value or "" for name, value in attrs}
        self.tags.append((tag, found))
        self._in_title = tag == "title"
        if tag in FIELDS:
            self.fields.append((tag, found))
        self.links += [found[name] for name in ("href", "src", "action") if name in found]

    def handle_data(self, data: str) -> None:
        """Note the title."""
        if self._in_title:
            self.title += data

    def handle_endtag(self, _tag: str) -> None:
        """Leave the title."""
        self._in_title = False

    def values(self) -> dict[str, str]:
        """Return what stands in the text fields, by name."""
        return {
            f["name"]: f.get("value", "")
            for tag, f in self.fields
            if tag == "input" and f.get("type") == "text"
        }

    def chosen(self) -> dict[str, str]:
        """Return the chosen rows, by name."""
        return {
            f["name"]: f["value"] for tag, f in self.fields if tag == "input" and "checked" in f
        }
