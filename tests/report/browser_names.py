"""What a browser makes of report.html: names of the charts as assistive software gets them, no sideways scrolling
on a phone, tables that open. Usage: browser_names.py BROWSER FOLDER. Speaks WebDriver with chromedriver."""

import json
import os
import re
import subprocess
import sys
import tempfile
import urllib.request

BROWSER, FOLDER = sys.argv[1:3]
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage",
         "--disable-background-networking", "--disable-component-update", "--disable-sync"]


class Driver:
    def __init__(self, profile):
        self.process = subprocess.Popen(["chromedriver", "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                        text=True)
        for line in self.process.stdout:
            found = re.search(r"started successfully on port (\d+)", line)
            if found:
                self.base = f"http://127.0.0.1:{found[1]}/session"
                break
        options = {"binary": BROWSER, "args": FLAGS + [f"--user-data-dir={profile}"]}
        wish = {"capabilities": {"alwaysMatch": {"goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}}}
        self.base += "/" + self.call("POST", "", wish)["sessionId"]

    def call(self, method, path, body=None):
        data = json.dumps(body or {}).encode() if method == "POST" else None
        request = urllib.request.Request(self.base + path, data, {"Content-Type": "application/json"}, method=method)
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=60) as answer:
            return json.load(answer)["value"]

    def run(self, script):
        return self.call("POST", "/execute/sync", {"script": script, "args": []})

    def find(self, selector):
        found = self.call("POST", "/elements", {"using": "css selector", "value": selector})
        return [next(iter(one.values())) for one in found]

    def close(self):
        try:
            self.call("DELETE", "")
        finally:
            self.process.terminate()
            self.process.wait()


def check_page(driver, path, problems):
    name = os.path.basename(path)
    driver.call("POST", "/window/rect", {"width": 1000, "height": 900})
    driver.call("POST", "/url", {"url": "file://" + path})
    pictures = driver.find("svg[role=img]")
    labels = set()
    for picture in pictures:
        label = driver.call("GET", f"/element/{picture}/computedlabel")
        role = driver.call("GET", f"/element/{picture}/computedrole")
        if not label or role not in ("img", "image"):
            problems.append(f"{name}: a chart is '{role}' named '{label}'")
        labels.add(label)
    if name != "empty.html" and len(labels) < 20:
        problems.append(f"{name}: only {len(labels)} different names of charts")
    for width in (360, 1000):
        metrics = {"cmd": "Emulation.setDeviceMetricsOverride",
                   "params": {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 500}}
        driver.call("POST", "/goog/cdp/execute", metrics)
        wide = driver.run("return document.documentElement.scrollWidth - innerWidth")
        if wide > 0:
            problems.append(f"{name}: {wide} pixels too wide at {width}")
        # Charts have height, bars have width, text does not leave its section.
        flat = driver.run("return [...document.querySelectorAll('svg[role=img]')].filter(s => "
                          "s.getBoundingClientRect().height < 8 || s.getBoundingClientRect().width < 100).length")
        if flat:
            problems.append(f"{name}: {flat} charts are flat at {width}")
    opened = driver.run("for (const d of document.querySelectorAll('details')) d.open = true;"
                        "return [...document.querySelectorAll('details table')].filter(t => t.offsetHeight > 10).length")
    if opened < 1:
        problems.append(f"{name}: no table opens")
    if driver.run("return document.scripts.length + document.images.length"):
        problems.append(f"{name}: scripts or pictures in the page")
    dead = driver.run("return [...document.querySelectorAll('a[href^=\"#\"]')].filter(a => "
                      "!document.getElementById(a.hash.slice(1))).length")
    if dead:
        problems.append(f"{name}: {dead} links lead nowhere")
    for entry in driver.call("POST", "/se/log", {"type": "browser"}):
        problems.append(f"{name}: console: {entry['message']}")
    return len(pictures)


def main():
    problems, pictures = [], 0
    with tempfile.TemporaryDirectory() as profile:
        driver = Driver(profile)
        try:
            for name in sorted(os.listdir(FOLDER)):
                pictures += check_page(driver, os.path.join(FOLDER, name), problems)
        finally:
            driver.close()
    for problem in problems:
        print("FAILED:", problem)
    print(f"{pictures} charts with names, {len(problems)} problems")
    return 1 if problems or not pictures else 0


sys.exit(main())
