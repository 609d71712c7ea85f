"""What a browser makes of report.html and of explain --html (explain*.html): names of the charts as assistive software gets
them, no sideways scrolling on a phone, tables that open, pictures on a desktop, a phone and in the dark, a PDF, and not a
word on the console. Usage: browser_pages.py BROWSER PAGES SHOTS. Speaks WebDriver with chromedriver."""

import base64
import os
import pathlib
import sys
import tempfile

from webdriver import Driver

BROWSER, FOLDER, SHOTS = sys.argv[1:4]
VIEWS = {"desktop": (1100, False, "light"), "phone": (360, True, "light"), "dark": (1100, False, "dark")}
LOUD = """<!DOCTYPE html><meta http-equiv="Content-Security-Policy" content="default-src 'none'"><style>p{}</style><p>x"""


def cdp(driver, command, **params):
    return driver.call("POST", "/goog/cdp/execute", {"cmd": command, "params": params})


def show_at(driver, width, mobile=False):
    cdp(driver, "Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=1, mobile=mobile)


def console(driver):
    return [entry["message"] for entry in driver.call("POST", "/se/log", {"type": "browser"})]


def none_found(driver, problems, says, script):
    """`script` counts what must not be there."""
    count = driver.run("return " + script)
    if count:
        problems.append(f"{says}: {count}")


def check_names(driver, name, problems):
    pictures = driver.find("svg[role=img]")
    labels = set()
    for picture in pictures:
        label = driver.call("GET", f"/element/{picture}/computedlabel")
        role = driver.call("GET", f"/element/{picture}/computedrole")
        if not label or role not in ("img", "image"):
            problems.append(f"{name}: a chart is '{role}' named '{label}'")
        labels.add(label)
    many = not name.startswith("explain") and name != "empty.html"
    if len(labels) < (20 if many else 1):
        problems.append(f"{name}: only {len(labels)} different names of charts")
    return len(pictures)


def check_widths(driver, name, problems):
    """Charts have height, bars have width, text does not leave its section."""
    for width in (360, 1000):
        show_at(driver, width, width < 500)
        none_found(driver, problems, f"{name}: pixels too wide at {width}", "Math.max(0, document.documentElement.scrollWidth - innerWidth)")
        none_found(driver, problems, f"{name}: charts are flat at {width}",
                   "[...document.querySelectorAll('svg[role=img]')].filter(s => "
                   "s.getBoundingClientRect().height < 8 || s.getBoundingClientRect().width < 100).length")
        none_found(driver, problems, f"{name}: cells can't be read whole at {width}",
                   "[...document.querySelectorAll('.cards td, .cards th[scope=row]')].filter(c => "
                   "c.textContent && (c.scrollWidth > c.clientWidth + 1 || c.getBoundingClientRect().right > innerWidth)).length")


def check_content(driver, name, problems):
    if not name.startswith("explain"):
        driver.run("for (const d of document.querySelectorAll('details')) d.open = true")
        none_found(driver, problems, f"{name}: no table opens",
                   "[...document.querySelectorAll('details table')].some(t => t.offsetHeight > 10) ? 0 : 1")
    none_found(driver, problems, f"{name}: scripts, pictures or frames in the page, so a name became markup",
               "document.scripts.length + document.images.length + document.querySelectorAll('iframe, [onload], [onerror], [onclick]').length")
    none_found(driver, problems, f"{name}: links lead nowhere",
               "[...document.querySelectorAll('a[href^=\"#\"]')].filter(a => !document.getElementById(a.hash.slice(1))).length")


def check_views(driver, name, problems):
    """Whole pages, as pictures and as a PDF, into the folder of shots."""
    seen = {}
    for view, (width, mobile, scheme) in VIEWS.items():
        show_at(driver, width, mobile)
        cdp(driver, "Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        seen[view] = base64.b64decode(cdp(driver, "Page.captureScreenshot", captureBeyondViewport=True)["data"])
        (pathlib.Path(SHOTS) / f"{name.removesuffix('.html')}-{view}.png").write_bytes(seen[view])
        if len(seen[view]) < 30000:
            problems.append(f"{name}, {view}: the picture has {len(seen[view])} bytes")
    if seen["desktop"] == seen["dark"]:
        problems.append(f"{name}: dark looks as light does")
    cdp(driver, "Emulation.setEmulatedMedia", features=[])
    pdf = base64.b64decode(cdp(driver, "Page.printToPDF", displayHeaderFooter=False)["data"])
    (pathlib.Path(SHOTS) / f"{name.removesuffix('.html')}.pdf").write_bytes(pdf)
    if not pdf.startswith(b"%PDF-") or len(pdf) < 10000:
        problems.append(f"{name}: no PDF")


def check_ear(driver, folder, problems):
    """The ear is not deaf: a style that the policy of its page forbids is told on the console."""
    loud = pathlib.Path(folder) / "loud.html"
    loud.write_text(LOUD)
    driver.call("POST", "/url", {"url": f"file://{loud}"})
    if not console(driver):
        problems.append("a page that breaks its own policy was not told on the console")


def check_page(driver, path, problems):
    name = os.path.basename(path)
    show_at(driver, 1000)
    driver.call("POST", "/url", {"url": "file://" + path})
    pictures = check_names(driver, name, problems)
    check_widths(driver, name, problems)
    check_views(driver, name, problems)
    check_content(driver, name, problems)
    problems += [f"{name}: console: {words}" for words in console(driver)]
    return pictures


def main():
    problems, pictures = [], 0
    names = sorted(os.listdir(FOLDER))
    with tempfile.TemporaryDirectory() as profile:
        driver = Driver(BROWSER, profile)
        try:
            check_ear(driver, profile, problems)
            for name in names:
                pictures += check_page(driver, os.path.join(FOLDER, name), problems)
        finally:
            driver.close()
    for problem in problems:
        print("FAILED:", problem)
    print(f"{len(names)} pages, four views each, {pictures} charts with names, {len(problems)} problems")
    return 1 if problems or not pictures else 0


sys.exit(main())
