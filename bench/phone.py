"""How soon a worker can note something, on a slow phone with a slow line, in a real Chromium.

python -m bench.phone        (`make bench` runs it as well)

The line is Lighthouse's "slow 4G" (150 ms there and back, 1.6 Mbit/s down, 750 kbit/s up), the
phone four times as slow as this machine. Interactive: the page is drawn, its modules have run, and
what is typed is answered.

Last a whole conversation (who, a concern, a promise, a tie, a stance) is noted at the speed of
people, from the page of today until it is saved, on the same phone and line.
"""

from __future__ import annotations

import os
import shutil
import time
from statistics import median
from typing import Any

from playwright.sync_api import (
    Browser,
    BrowserContext,
    CDPSession,
    Locator,
    Page,
    sync_playwright,
)

from bench.crash import Browser as Session
from bench.crash import found_village, free_port, kill, serve
from bench.installation import installation

# Lighthouse's constants for throttling (mobileSlow4G), and what counts as a slow phone.
_ROUND_TRIP, _DOWN, _UP = 150, 1_638_400 / 8, 675_000 / 8
_SLOWER = 4

# What the two pages have to reach (the issue's own figures): seconds, kilobytes, seconds.
_FIRST, _MOST, _LATER = 3.0, 250, 1.0

# A tap, with making up one's mind: 1.35 s and 1.1 s (Card, Moran and Newell 1980, The
# keystroke-level model, Communications of the ACM 23:396). A letter on a phone: 36.2 words of five
# letters a minute (Palin and others 2019, How do people type on mobile devices?, MobileHCI).
# Allowed: the issue's own.
_TAP, _LETTER, _ALLOWED = 2.45, 60 / (36.2 * 5), 60.0

_RUNS = 3
_PHONE = {"width": 390, "height": 844}

# Each page says by itself when it can be used: the form when its module has run, the pocket book
# when one of its screens stands there. Asked for in the page's own time.
_NOTE = "document.querySelector('note-draft form') && customElements.get('note-draft')"
_BOOK = "document.querySelector('[data-screen]:not([hidden]):not([data-screen=opening])')"
_WAIT = """async (ready) => {{
  while (document.readyState === "loading" || !({ready})) {{
    await new Promise(requestAnimationFrame);
  }}
  await new Promise(requestAnimationFrame);
  return performance.now();
}}"""


def main() -> None:
    """Measure and print."""
    with installation("phone"):
        session = found_village()
        port = free_port()
        server = serve(port)
        try:
            _measure(port, session)
        finally:
            kill(server)


def _measure(port: int, session: Session) -> None:
    names = ("chromium", "chromium-browser", "google-chrome")
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu"]
        )
        for label, path, ready in (
            ("Catat on the server", "/c/crash/note/", _NOTE),
            ("Catat in the pocket book", "/c/crash/phone/#note", _BOOK),
        ):
            runs = [_visit(browser, port, session, path, ready) for _ in range(_RUNS)]
            first, kilobytes, later = (median(values) for values in zip(*runs, strict=True))
            print(
                f"  {label:<26} first {first:6.2f} s ({_said(first, _FIRST)}), "
                f"{kilobytes:4.0f} kB ({_said(kilobytes, _MOST)}), "
                f"later {later:5.2f} s ({_said(later, _LATER)})"
            )
        _conversation(browser, port, session)
        browser.close()


class _Hand:
    """Taps and types as people do, and counts."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps, self.letters = page, 0, 0

    def tap(self, what: Locator) -> None:
        time.sleep(_TAP)
        what.click()
        self.taps += 1

    def write(self, text: str) -> None:
        self.page.keyboard.type(text, delay=_LETTER * 1000)
        self.letters += len(text)


def _conversation(browser: Browser, port: int, session: Session) -> None:
    """From today's page to the saved entry."""
    address = f"http://127.0.0.1:{port}"
    context = browser.new_context(viewport=_PHONE, locale="id")  # type: ignore[arg-type]
    context.add_cookies([{"name": "guyub", "value": session.session, "url": address}])
    page, _devices, _counted = _slow_phone(context)
    for name in ("Siti Aminah", "Pak Karso"):
        page.goto(f"{address}/c/crash/people/new/")
        page.locator("[name=name]").fill(name)
        page.locator("main form button[type=submit]").last.click()
        page.wait_for_url("**/people/*-*/")
    page.goto(f"{address}/c/crash/today/")
    hand, begin = _Hand(page), time.perf_counter()
    hand.tap(page.locator("a[href='/c/crash/note/']:visible").first)
    for picker, letters in (("people", "siti"), ("advice", "karso")):
        search = page.locator(f"[name={picker}_text]")
        hand.tap(search)
        hand.write(letters)
        hand.tap(page.locator(f"[data-picker={picker}] .chip").first)
        if picker == "people":
            _told(hand)
    hand.tap(page.locator(".stance-2"))
    hand.tap(page.locator("note-draft form [type=submit]").last)
    page.wait_for_url("**/today/")
    took = time.perf_counter() - begin
    print(
        f"  a conversation noted by a thumb: {took:.0f} s ({_said(took, _ALLOWED)}), "
        f"{hand.taps} taps, {hand.letters} letters"
    )
    context.close()


def _told(hand: _Hand) -> None:
    """What they care about and what was promised."""
    page = hand.page
    hand.tap(page.locator("[name=own_words]"))
    hand.write("Air sumur keruh tiap kemarau")
    hand.tap(page.locator(".chip:has([name=life_area][value=health])"))
    hand.tap(page.locator(".dots label").nth(3))
    hand.tap(page.locator("[name=promise_1]"))
    hand.write("Kumpulkan lima tetangga")


def _said(figure: float, limit: float) -> str:
    return f"{'within' if figure <= limit else 'beyond'} {limit:g}"


def _visit(
    browser: Browser, port: int, session: Session, path: str, ready: str
) -> tuple[float, float, float]:
    """Seconds and kilobytes of the first load, and seconds of the second."""
    address = f"http://127.0.0.1:{port}"
    context = browser.new_context(viewport=_PHONE)  # type: ignore[arg-type]
    context.add_cookies([{"name": "guyub", "value": session.session, "url": address}])
    page, devices, counted = _slow_phone(context)
    first = _load(page, address + path, ready)
    kilobytes = counted["bytes"] / 1000
    if "/phone/" in path:
        # The worker keeps the page and its files, so that a second time nothing is fetched.
        page.evaluate("navigator.serviceWorker.ready.then(() => {})")
    page.goto("about:blank")
    devices.send("Network.emulateNetworkConditions", _line())
    later = _load(page, address + path, ready)
    context.close()
    return first, kilobytes, later


def _slow_phone(context: BrowserContext) -> tuple[Page, CDPSession, dict[str, Any]]:
    page = context.new_page()
    devices = context.new_cdp_session(page)
    counted: dict[str, Any] = {"bytes": 0}

    def count(event: dict[str, Any]) -> None:
        counted["bytes"] += event["encodedDataLength"]

    devices.on("Network.loadingFinished", count)
    devices.send("Network.enable")
    devices.send("Network.emulateNetworkConditions", _line())
    devices.send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})
    return page, devices, counted


def _line() -> dict[str, Any]:
    return {
        "offline": False,
        "latency": _ROUND_TRIP,
        "downloadThroughput": _DOWN,
        "uploadThroughput": _UP,
    }


def _load(page: Page, address: str, ready: str) -> float:
    page.goto(address, wait_until="commit")
    return float(page.evaluate(_WAIT.format(ready=ready))) / 1000


if __name__ == "__main__":
    main()
