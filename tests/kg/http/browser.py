"""Chromium by the WebDriver protocol, as much of it as the tests of the pages need."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-dev-shm-usage "
    "--disable-background-networking --disable-component-update --disable-sync --lang=zh-CN "
    "--window-size=1280,900"
).split()


class Browser:
    """One window."""

    def __init__(self, session: str) -> None:
        self._session = session

    def call(self, method: str, path: str, **body: object) -> Any:
        request = urllib.request.Request(
            self._session + path,
            data=json.dumps(body).encode() if method == "POST" else None,
            method=method,
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)["value"]

    def open(self, url: str) -> None:
        self.call("POST", "/url", url=url)

    def run(self, script: str, *arguments: object) -> Any:
        """What a script returns; a promise is awaited."""
        return self.call("POST", "/execute/sync", script=script, args=list(arguments))

    def wait(self, script: str, *, seconds: float = 20) -> Any:
        """The first value of an expression that is not empty."""
        end = time.monotonic() + seconds
        while True:
            value = self.run(f"return {script}")
            if value:
                return value
            assert time.monotonic() < end, f"not so within {seconds} s: {script}"
            time.sleep(0.1)

    def screenshot(self, path: Path) -> None:
        path.write_bytes(base64.b64decode(self.call("GET", "/screenshot")))

    def log(self, kind: str) -> list[dict[str, Any]]:
        entries: list[dict[str, Any]] = self.call("POST", "/se/log", type=kind)
        return entries

    def requested(self) -> set[str]:
        """The addresses that the page has asked for since the last look."""
        events = [json.loads(entry["message"])["message"] for entry in self.log("performance")]
        return {
            event["params"]["request"]["url"]
            for event in events
            if event["method"] == "Network.requestWillBeSent"
        }


@contextmanager
def chromium(profile: Path, downloads: Path) -> Iterator[Browser]:
    """A browser of its own profile that saves files in *downloads*; skips where there is none."""
    program, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if program is None or driver is None:
        pytest.skip("chromium or chromedriver is not installed")
    process = subprocess.Popen(
        [driver, "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        assert process.stdout is not None
        port = next(
            line.split("on port ")[1].strip(" .\n")
            for line in process.stdout
            if "successfully on port" in line
        )
        options = {
            "binary": program,
            "args": [*FLAGS, f"--user-data-dir={profile}"],
            "prefs": {
                "download.default_directory": str(downloads),
                "profile.default_content_setting_values.automatic_downloads": 1,
            },
        }
        wanted = {
            "goog:chromeOptions": options,
            "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
        }
        root = Browser(f"http://127.0.0.1:{port}")
        begun = root.call("POST", "/session", capabilities={"alwaysMatch": wanted})
        browser = Browser(f"http://127.0.0.1:{port}/session/{begun['sessionId']}")
        try:
            yield browser
        finally:
            browser.call("DELETE", "")
    finally:
        process.terminate()
        process.communicate()
