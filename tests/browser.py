"""Open the report page in a real browser; where there is none, say so and how to get one."""

import shutil

import pytest
from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HOW = "no Chromium found: the page's tests need one (Debian, Ubuntu: apt-get install chromium)"


@pytest.fixture(scope="session")
def browser():
    """Yield a headless Chromium of this machine."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.skip(HOW)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


class Visit:
    """One open page, and everything it said and asked for."""

    def __init__(self, browser, path, hash_="", **options):
        self.page = browser.new_page(viewport={"width": 1280, "height": 900}, **options)
        self.said, self.asked, self.path = [], [], path
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(f"file://{path}{hash_}")
        self.page.wait_for_selector("html[data-ready=yes]")

    def go(self, hash_):
        """Follow a link within the page and wait for its evidence."""
        self.page.evaluate("hash => { location.hash = hash; }", hash_)
        self.page.wait_for_selector(
            "#evidence[open] article.evidence mark, #evidence[open] #evidence-body > p"
        )

    def elsewhere(self):
        """List what was asked for outside the page's own folder."""
        home = f"file://{self.path.parent}/"
        return [url for url in self.asked if not url.startswith((home, "data:", "blob:"))]
