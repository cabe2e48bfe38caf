"""How soon a network of 2,000 people is drawn, and how smoothly it is moved, in a real Chromium.

python -m bench.pictures        (`make bench` runs it as well)
"""

from __future__ import annotations

import os
import shutil
import time
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from statistics import median

import numpy as np
from playwright.sync_api import Browser, Page, sync_playwright

from bench.crash import Browser as Session
from bench.crash import found_village, free_port, kill, serve
from bench.installation import installation

_HAMLETS, _IN_A_HAMLET, _TIES = 10, 200, 6_000
_MOVES = 120
_PATIENCE = 60.0

# From the moment the page is asked for until the canvas holds the picture, then frame after frame
# while it is dragged.
_DRAWN = "performance.getEntriesByName('network-picture').length > 0"
_FIRST = "performance.getEntriesByName('network-picture')[0].startTime"
_DRAG = """
async (moves) => {
  const canvas = document.querySelector("network-picture canvas");
  const box = canvas.getBoundingClientRect();
  const send = (type, step) => canvas.dispatchEvent(new PointerEvent(type, {
    pointerId: 1, bubbles: true, clientX: box.x + 200 + 2 * step, clientY: box.y + 150 + step,
  }));
  canvas.setPointerCapture = () => {};
  const frame = () => new Promise(requestAnimationFrame);
  send("pointerdown", 0);
  await frame();
  const begin = performance.now();
  for (let step = 1; step <= moves; step += 1) {
    send("pointermove", step);
    await frame();
  }
  const took = performance.now() - begin;
  send("pointerup", moves);
  return 1000 * moves / took;
}
"""


def main() -> None:
    """Measure and print."""
    with installation("pictures"):
        session = found_village()
        _bring_in(Path(os.environ["GUYUB_DATA"]))
        port = free_port()
        server = serve(port)
        try:
            form = {"key": "00000000-0000-4000-8000-000000000001", "count": "10"}
            assert session.post(port, "/c/crash/start/", form) == 302
            _measure(port, session)
        finally:
            kill(server)


def _bring_in(folder: Path) -> None:
    """Ten hamlets of two hundred people; nine of ten ties stay in a hamlet."""
    from guyub.interfaces.cli.main import main as guyub

    chance = np.random.default_rng(1)
    size = _HAMLETS * _IN_A_HAMLET
    one = chance.integers(0, size, _TIES)
    near = one // _IN_A_HAMLET * _IN_A_HAMLET + chance.integers(0, _IN_A_HAMLET, _TIES)
    other = np.where(chance.random(_TIES) < 0.9, near, chance.integers(0, size, _TIES))
    people = "".join(f"p{each},Warga {each},Dusun {each // _IN_A_HAMLET}\n" for each in range(size))
    ties = "".join(f"p{a},p{b},friend\n" for a, b in zip(one, other, strict=True) if a != b)
    (folder / "many.csv").write_text(f"id,name,dusun\n{people}")
    (folder / "many_ties.csv").write_text(f"from,to,kind\n{ties}")
    words = ["import", "--as", "tini", "--community", "crash", "--yes"]
    files = ["--people", str(folder / "many.csv"), "--ties", str(folder / "many_ties.csv")]
    with redirect_stdout(StringIO()):
        guyub([*words, *files])


def _measure(port: int, session: Session) -> None:
    names = ("chromium", "chromium-browser", "google-chrome")
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu"]
        )
        for size, (width, height) in {"laptop": (1440, 960), "phone": (390, 844)}.items():
            pages = [_page(browser, port, session, width, height) for _ in range(3)]
            first = median(page.evaluate(_FIRST) for page in pages) / 1000
            rate = median(page.evaluate(_DRAG, _MOVES) for page in pages)
            print(
                f"  network of 2,000 people, {size:<18} {first:>8.3f} s to the first picture, "
                f"{rate:.0f} frames a second while dragging"
            )
        browser.close()


def _page(browser: Browser, port: int, session: Session, width: int, height: int) -> Page:
    address = f"http://127.0.0.1:{port}"
    context = browser.new_context(viewport={"width": width, "height": height})
    context.add_cookies([{"name": "guyub", "value": session.session, "url": address}])
    page = context.new_page()
    # A plan for so many is worked out in the background. What the page waits for is asked from
    # outside: its policy lets nothing be evaluated within.
    end = time.monotonic() + _PATIENCE
    while not page.locator("network-picture").count():
        if time.monotonic() > end:
            raise SystemExit("no plan was worked out")
        page.goto(f"{address}/c/crash/start/")
    while not page.evaluate(_DRAWN):
        page.wait_for_timeout(20)
    return page


if __name__ == "__main__":
    main()
