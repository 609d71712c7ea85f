"""What a browser makes of report.html and of explain --html (explain*.html): names of the charts as assistive software gets them, no sideways scrolling
on a phone, tables that open. Usage: browser_names.py BROWSER FOLDER. Speaks WebDriver with chromedriver."""

import os
import sys
import tempfile

from webdriver import Driver

BROWSER, FOLDER = sys.argv[1:3]

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
    report = not name.startswith("explain")
    if len(labels) < (20 if report and name != "empty.html" else 1):
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
        hidden = driver.run("return [...document.querySelectorAll('.cards td, .cards th[scope=row]')].filter(c => "
                            "c.textContent && (c.scrollWidth > c.clientWidth + 1 || c.getBoundingClientRect().right > innerWidth)).length")
        if hidden:
            problems.append(f"{name}: {hidden} cells can't be read whole at {width}")
    opened = 1 if not report else driver.run("for (const d of document.querySelectorAll('details')) d.open = true;"
                        "return [...document.querySelectorAll('details table')].filter(t => t.offsetHeight > 10).length")
    if opened < 1:
        problems.append(f"{name}: no table opens")
    if driver.run("return document.scripts.length + document.images.length + document.querySelectorAll('iframe, [onload], [onerror], [onclick]').length"):
        problems.append(f"{name}: scripts, pictures or frames in the page: a name became markup")
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
        driver = Driver(BROWSER, profile)
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
