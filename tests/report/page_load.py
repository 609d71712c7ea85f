#!/usr/bin/env python3
"""How long a page takes in Chromium, without the browser's own start: page_load.py BROWSER PAGE [ROUNDS].
Opens PAGE (a file) again and again in one headless browser and prints medians in milliseconds by the browser's own
clock (Navigation and Paint Timing): the document parsed, everything loaded, the first contents painted."""

import pathlib
import statistics
import sys
import tempfile

from webdriver import Driver

ASK = """const [load] = performance.getEntriesByType('navigation');
const paint = performance.getEntriesByName('first-contentful-paint')[0];
return [load.domInteractive, load.domContentLoadedEventEnd, load.loadEventEnd, paint ? paint.startTime : -1];"""


def main():
    browser, page = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 21
    seen = []
    with tempfile.TemporaryDirectory() as profile:
        driver = Driver(browser, profile)
        try:
            driver.call("POST", "/window/rect", {"width": 1200, "height": 900})
            while len(seen) < rounds:
                driver.call("POST", "/url", {"url": "about:blank"})
                driver.call("POST", "/url", {"url": page.as_uri()})
                for _ in range(100):
                    times = driver.run(ASK)
                    if min(times) > 0:
                        break
                seen.append(times)
        finally:
            driver.close()
    print(f"{page.stat().st_size} bytes, {rounds} rounds: median (least to most) ms")
    for name, values in zip(("parsed", "DOMContentLoaded", "load", "first contents painted"), zip(*seen)):
        print(f"{name:24} {statistics.median(values):7.1f} ({min(values):.1f} to {max(values):.1f})")
    return 0


sys.exit(main())
