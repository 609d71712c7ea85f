#!/usr/bin/env python3
"""The first minutes of somebody who has two messy exports and no manual: first_minutes.py CALLSCRUB SAMPLE_DATA.
Each step is what the program said before, and nothing else is edited. Prints the steps and the program's time; what a
person needs to read and to decide is not measured here."""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

PROGRAM, SAMPLES = (pathlib.Path(one).resolve() for one in sys.argv[1:3])
COMPANY = "Nordlicht Energie GmbH"  # what the person knows: who calls
DAY = "2026-11-30"  # so that the test says the same next year


class Desk:
    def __init__(self, folder):
        self.folder, self.steps, self.edits, self.seconds = folder, 0, 0, 0.0

    def run(self, *arguments, expect):
        """One command; its standard output and standard error. Fails unless it ends with `expect`."""
        begun = time.monotonic()
        done = subprocess.run([PROGRAM, *arguments], cwd=self.folder, capture_output=True, text=True, check=False)
        took = time.monotonic() - begun
        self.steps, self.seconds = self.steps + 1, self.seconds + took
        print(f"{self.steps}. callscrub {' '.join(arguments)}  ({took * 1000:.0f} ms, exit code {done.returncode})")
        if done.returncode != expect:
            sys.exit(f"FAILED: expected exit code {expect}\n{done.stdout}{done.stderr}")
        return done.stdout, done.stderr

    def edit(self, old, new):
        profile = self.folder / "job.toml"
        text = profile.read_text()
        if text.count(old) != 1:
            sys.exit(f"FAILED: the profile holds {old!r} {text.count(old)} times, so nobody knows what to edit")
        profile.write_text(text.replace(old, new))
        self.edits += 1
        print(f"   edit: {new.strip()}")


def told(pattern, text):
    """What a message says to do; fails where it does not."""
    found = re.search(pattern, text)
    if not found:
        sys.exit(f"FAILED: nothing like {pattern!r} is said in:\n{text}")
    return found


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for export in (SAMPLES / "tutorial").glob("*.csv"):
            shutil.copy(export, folder)
        desk = Desk(folder)
        _, said = desk.run(expect=2)
        told(r"callscrub init calls\.csv consents\.csv > job\.toml", said)
        profile, said = desk.run("init", *sorted(one.name for one in folder.glob("*.csv")), expect=0)
        (folder / "job.toml").write_text(profile)
        told(r"fill in `entity`", said)
        desk.edit('entity = "" # <-- FILL IN', f'entity = "{COMPANY}"')
        looked, _ = desk.run("check", "--profile", "job.toml", expect=1)  # the list has cells that nobody can repair here
        told(r"problem .* export the file again", looked)
        setting = told(r"if 'Unternehmen' says it, state (columns\.entity = .*)", looked)[1]
        desk.edit(f"# {setting}", setting)
        _, said = desk.run("run", "--profile", "job.toml", "--as-of", DAY, expect=0)
        clean = int(told(r"(\d+)  clean", said)[1])
        if not clean or "warning" in said:
            sys.exit(f"FAILED: the first run is not one to be trusted\n{said}")
        run = folder / told(r"written to (\S+)", said)[1]
        report = (run / "report.html").read_text()
        if COMPANY not in report or "<svg" not in report:
            sys.exit("FAILED: no report")
        print(f"{desk.steps} commands, {desk.edits} edits of one line, {clean} clean rows, report.html of {len(report) // 1024} KB; "
              f"{desk.seconds:.2f} s in the program")
    return 0


sys.exit(main())
