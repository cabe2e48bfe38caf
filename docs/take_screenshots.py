"""Takes the pictures of README and docs from the sample community, as anybody would see it.

python docs/take_screenshots.py [folder]
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

PICTURES = Path(__file__).resolve().parent / "pictures"
PORT = 8791
HOME = f"http://127.0.0.1:{PORT}"
SIZES = {"laptop": {"width": 1440, "height": 960}, "phone": {"width": 390, "height": 844}}
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]

# Name of the picture, address, screen, look, language. The first is the README's.
SHOTS = (
    ("community", "/c/sumberguyub/", "laptop", "light", "en"),
    ("community-id", "/c/sumberguyub/", "laptop", "light", "id"),
    ("community-phone", "/c/sumberguyub/", "phone", "light", "id"),
    ("start", "/c/sumberguyub/start/", "laptop", "light", "en"),
    ("start-id", "/c/sumberguyub/start/", "laptop", "light", "id"),
    ("start-phone", "/c/sumberguyub/start/", "phone", "dark", "id"),
    ("today-phone", "/c/sumberguyub/today/", "phone", "light", "id"),
    ("people-id", "/c/sumberguyub/people/", "laptop", "light", "id"),
)

# Of the pocket book, which has to be set up first: name of the picture, and its screen.
POCKET_BOOK = (("today", "today"), ("note", "note"), ("waiting", "waiting"))

# Every page, for whoever wants to look at them all.
PAGES = (
    "/",
    "/c/sumberguyub/",
    "/c/sumberguyub/today/",
    "/c/sumberguyub/note/",
    "/c/sumberguyub/people/",
    "/c/sumberguyub/people/new/",
    "/c/sumberguyub/people/questions/",
    "/c/sumberguyub/moving/",
    "/c/sumberguyub/moving/concerns/",
    "/c/sumberguyub/start/",
    "/c/sumberguyub/start/table/",
    "/c/sumberguyub/start/visits/",
    "/c/sumberguyub/bring-in/",
    "/c/sumberguyub/take-out/",
    "/c/sumberguyub/new/",
    "/c/sumberguyub/log/",
    "/c/sumberguyub/members/",
    "/c/sumberguyub/members/new/",
    "/profile/",
    "/profile/password/",
    "/components/",
    "/nowhere/",
)


def main() -> None:
    """Serve the sample community and photograph it; with a folder named, every page of it."""
    every = [
        (
            f"{path.strip('/').replace('/', '-') or 'home'}-{size}-{look}-{language}",
            path,
            size,
            look,
            language,
        )
        for path in PAGES
        for size, look, language in (
            ("laptop", "light", "id"),
            ("laptop", "dark", "en"),
            ("phone", "light", "id"),
            ("phone", "dark", "en"),
        )
    ]
    folder, shots = (Path(sys.argv[1]), every) if len(sys.argv) > 1 else (PICTURES, list(SHOTS))
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data:
        server = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "guyub.interfaces.cli",
                "demo",
                "--data",
                data,
                "--port",
                str(PORT),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _wait()
            passwords = json.loads((Path(data) / "demo_log_ins.json").read_text())
            with sync_playwright() as playwright:
                path = os.environ.get("CHROMIUM") or shutil.which("chromium")
                browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
                for name, path, size, look, language in shots:
                    _shoot(browser, folder / f"{name}.png", path, size, look, language, passwords)
                _shoot_pocket_book(browser, folder, passwords)
                browser.close()
        finally:
            server.terminate()
            server.wait()


def _wait() -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(f"{HOME}/health", timeout=2)  # noqa: S310  our own server
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the server does not start")


def _shoot(
    browser: Browser,
    file: Path,
    path: str,
    size: str,
    look: str,
    language: str,
    passwords: dict[str, str],
) -> None:
    context = browser.new_context(
        base_url=HOME,
        viewport=SIZES[size],  # type: ignore[arg-type]
        color_scheme=look,  # type: ignore[arg-type]
        locale=language,
        timezone_id="Asia/Jakarta",
    )
    page = context.new_page()
    _log_in(page, passwords["sari"])
    # What the switch in the shell does: the account's own language is only where one begins.
    context.add_cookies([{"name": "guyub-language", "value": language, "url": HOME}])
    page.goto(path)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=file)
    context.close()


def _shoot_pocket_book(browser: Browser, folder: Path, passwords: dict[str, str]) -> None:
    context = browser.new_context(
        base_url=HOME,
        viewport=SIZES["phone"],  # type: ignore[arg-type]
        locale="id",
        timezone_id="Asia/Jakarta",
    )
    page = context.new_page()
    _log_in(page, passwords["sari"])
    context.add_cookies([{"name": "guyub-language", "value": "id", "url": HOME}])
    page.goto("/c/sumberguyub/phone/")
    page.locator("[data-begin]").click()
    page.screenshot(path=folder / "pocket-book-words.png")
    words = page.locator("[data-words] li").all_inner_texts()
    page.locator("[data-written]").click()
    for place in (1, 2):
        asked = page.locator(f"label[for=word-{place}]").inner_text()
        number = int("".join(filter(str.isdigit, asked)))
        page.locator(f"#word-{place}").fill(words[number - 1])
    page.locator("form[data-step=check] [type=submit]").click()
    page.locator("[data-screen=today]").wait_for(timeout=60_000)
    context.set_offline(True)
    page.locator("[data-list=meet] [data-note]").first.click()
    page.locator("[data-screen=note] [name=own_words]").fill("Air sumur keruh tiap kemarau.")
    page.locator(".chip:has([name=life_area][value=health])").click()
    page.locator("[data-screen=note] form > [type=submit]").click()
    page.locator("[data-screen=note]").wait_for(state="hidden")
    for name, screen in POCKET_BOOK:
        page.locator(f"[data-foot] a[href='#{screen}']").click()
        page.locator(f"[data-screen={screen}]").wait_for()
        page.screenshot(path=folder / f"pocket-book-{name}.png")
    context.close()


def _log_in(page: Page, password: str) -> None:
    page.goto("/log-in/")
    page.locator("#id_login").fill("sari")
    page.locator("#id_password").fill(password)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{HOME}/")


if __name__ == "__main__":
    main()
