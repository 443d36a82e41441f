"""The real server in a process of its own, and a real browser to visit it with."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Error, sync_playwright

from tests.journeys.serving import CHROMIUM, FLAGS, Served, serve, tell
from tests.people import DIVYA, MATEO

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page, Playwright

# Playwright runs an event loop in this thread; Django would refuse the database to every test after it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def server(tmp_path_factory) -> Iterator[Served]:
    with serve(tmp_path_factory.mktemp("served")) as served:
        yield served


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright) -> Iterator[Browser]:
    running = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield running
    running.close()


@pytest.fixture(params=[True, False], ids=["js", "no-js"])
def js(request) -> bool:
    """JavaScript on, then off."""
    return bool(request.param)


@pytest.fixture
def visit(browser, server) -> Iterator[Any]:
    """Open a fresh visit: ``visit(js=False, width=320, token=told)`` gives a page."""
    opened: list[BrowserContext] = []

    def open_page(*, js: bool = True, width: int = 390, token: str = "", **more: Any) -> Page:
        context = browser.new_context(
            base_url=server.url,
            java_script_enabled=js,
            viewport={"width": width, "height": 700},
            **more,
        )
        opened.append(context)
        context.set_default_timeout(10_000)
        if token:
            context.add_cookies([{"name": "d", "value": token, "url": server.url}])
        return context.new_page()

    yield open_page
    for context in opened:
        context.close()


@pytest.fixture(scope="session")
def told(server) -> str:
    """The cookie of somebody who has answered much, with one date that could not be read."""
    return tell(server, MATEO.answers | DIVYA.answers, wrong_date=True)


@pytest.fixture
def profile(playwright, server, tmp_path) -> Any:
    """Run a browser on a profile that stays on the disk: ``with profile(js=True) as page:``."""

    @contextmanager
    def running(*, js: bool = True, folder: Path = tmp_path / "profile") -> Iterator[Page]:
        context = playwright.chromium.launch_persistent_context(
            folder,
            executable_path=CHROMIUM,
            args=FLAGS,
            java_script_enabled=js,
            base_url=server.url,
        )
        try:
            yield context.pages[0]
        finally:
            with suppress(Error):  # a browser that was killed cannot be closed
                context.close()

    return running
