"""What `guyub serve` leaves for browsers: names that say the content, and compressed files."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

COLLECT = [sys.executable, "-m", "guyub.config.static_files"]


def collected(data: Path) -> Path:
    environment = {**os.environ, "GUYUB_DATA": str(data)}
    subprocess.run(COLLECT, env=environment, check=True)
    return data / "static"


def test_a_module_names_others_by_what_they_hold_and_all_are_compressed(tmp_path: Path) -> None:
    static = collected(tmp_path)
    names = json.loads((static / "staticfiles.json").read_text())["paths"]

    module = static / names["phone/phone.js"]
    others = re.findall(r'from "\./([^"]+)"', module.read_text())
    assert others
    for other in others:
        assert re.search(r"\.[0-9a-f]{12}\.js$", other)
        assert (module.parent / other).exists()
    assert (static / f"{names['dist/guyub.css']}.br").exists()


def test_what_is_collected_already_is_left_alone(tmp_path: Path) -> None:
    static = collected(tmp_path)
    sheet = static / "dist" / "guyub.css"
    sheet.unlink()
    collected(tmp_path)
    assert not sheet.exists()

    (static / "collected").write_text("another program")
    collected(tmp_path)
    assert sheet.exists()
