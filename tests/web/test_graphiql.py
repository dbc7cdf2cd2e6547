"""GraphiQL in a real browser, with nothing loaded from outside."""

import hashlib
import os
import shutil
from pathlib import Path

import pytest

from catalog.web.graphiql import ASSETS, asset_path
from tests.commands import run
from tests.processes import environment, free_port, running, wait_until_ready

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")


def test_the_served_files_are_the_ones_that_were_looked_at():
    for name, digest in ASSETS.items():
        assert hashlib.sha256(asset_path(name).read_bytes()).hexdigest() == digest, name


@pytest.mark.browser
def test_graphiql_opens_asks_and_shows_the_answer(sqlite_url, tmp_path):
    if CHROMIUM is None:
        assert not os.environ.get("CATALOG_REQUIRE_BROWSER"), "a browser is required here, and there is none"
        pytest.skip("there is no chromium on this machine: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    env = environment(sqlite_url, tmp_path, CATALOG_PORT=str(free_port()), CATALOG_NOW="2020-07-27T12:00:00-07:00")
    run(["seed"], env, tmp_path)
    with running(["serve"], env, tmp_path) as process, sync_playwright() as playwright:
        wait_until_ready(int(env["CATALOG_PORT"]), process)
        arguments = [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-background-networking",
            "--disable-component-update",
        ]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        problems, outside = [], []
        page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: problems.append(str(error)))
        here = f"http://127.0.0.1:{env['CATALOG_PORT']}"
        page.on(
            "request", lambda request: outside.append(request.url) if not request.url.startswith((here, "data:")) else None
        )
        page.goto(f"{here}/")
        page.click(".graphiql-execute-button")
        page.wait_for_selector(".result-window >> text=Digital Marketing Bootcamp")
        page.wait_for_selector(".result-window >> text=/OPEN/")
        if shown := os.environ.get("CATALOG_SCREENSHOT"):
            page.screenshot(path=Path(shown))
        for tab, asked, words in ((1, "Near", "Camosun College"), (2, "Parts", "Carbon Accounting")):
            page.locator(".graphiql-tab-button").nth(tab).click()
            page.wait_for_selector(f".graphiql-query-editor >> text={asked}")
            press_until(page, words)
            if shown:
                page.screenshot(path=Path(shown).with_stem(f"tab{tab}"))
        browser.close()
    assert problems == []
    assert outside == []


def press_until(page, words):
    """GraphiQL reads a tab's operation a moment after it shows it: pressing the button at once asks for the last one."""
    for _ in range(20):
        page.click(".graphiql-execute-button")
        page.wait_for_timeout(500)
        if page.locator(f".result-window >> text={words}").count():
            return
    raise AssertionError(f"the answer never had {words}")
