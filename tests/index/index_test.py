"""When run and explain use a file of facts, and when they refuse it: index_test.py PROGRAM SAMPLE_DATA"""
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time

PROGRAM, SAMPLES = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
OUTPUTS = ["bellijst-nl.clean.csv", "bellijst-nl.rejected.csv", "bellijst-nl.evidence.csv", "manifest.json"]
failures = []


def call(folder, *arguments):
    return subprocess.run([PROGRAM, *arguments], cwd=folder, capture_output=True, text=True, errors="replace", timeout=60)


def expect(what, done, code, *words):
    if done.returncode != code or not all(word in done.stderr for word in words):
        failures.append(f"{what}: exit {done.returncode} instead of {code}, or not {words} in: {done.stderr[:400]}")


class Place:
    """A folder with the sample data and a file of facts of nightly.toml."""

    def __init__(self, scratch, name):
        self.folder = scratch / name
        shutil.copytree(SAMPLES, self.folder)
        old = time.time() - 3600  # as files are that nobody has written just now
        for file in self.folder.iterdir():
            os.utime(file, (old, old))
        expect(f"{name}: index", call(self.folder, "index", "--profile", "nightly.toml", "-o", "facts.idx"), 0, "facts from")

    def run(self, *more, index="facts.idx"):
        shutil.rmtree(self.folder / "out", ignore_errors=True)
        return call(self.folder, "run", "--profile", "nightly.toml", *(["--index", index] if index else []), "--out", "out", "--quiet", *more)

    def outputs(self):
        return {name: (self.folder / "out" / name).read_bytes() for name in OUTPUTS}

    def change(self, name, how):
        path = self.folder / name
        path.write_bytes(how(path.read_bytes()))


def same_answers(scratch):
    place = Place(scratch, "same")
    expect("run", place.run(index=None), 0)
    plain = place.outputs()
    expect("run --index", place.run(), 0)
    if place.outputs() != plain:
        failures.append("the outputs with an index differ")
    if (place.folder / "facts.idx").stat().st_mode & 0o777 != 0o600:
        failures.append("the file of facts can be read by others")
    for what, more in {"another day": ["--as-of", "2026-07-15"], "the library for numbers": ["--phone-engine", "library"],
                       "another list": ["anrufliste-de.csv"], "one thread": ["--threads", "1"]}.items():
        expect(what, place.run(*more), 0)
    time.sleep(2.5)  # an index also tells whether its inputs had rested for two seconds when it was made
    call(place.folder, "index", "--profile", "nightly.toml", "-o", "first.idx", "--threads", "1")
    first = (place.folder / "first.idx").read_bytes()
    call(place.folder, "index", "--profile", "nightly.toml", "-o", "again.idx", "--threads", "3")
    if (place.folder / "again.idx").read_bytes() != first:
        failures.append("the same facts make other bytes")
    expect("made by three threads", place.run(index="again.idx"), 0)
    if place.outputs() != plain:
        failures.append("the outputs with an index made by three threads differ")


def touched_or_changed(scratch):
    place, name = Place(scratch, "changed"), "toestemmingen-nl.csv"
    os.utime(place.folder / name)
    expect("touched", place.run(), 0)
    whole = (place.folder / name).read_bytes()
    state = (place.folder / name).stat()
    place.change(name, lambda data: data.replace(b"opt_out", b"opt_in ", 1) if b"opt_out" in data else data.replace(b"2", b"1", 1))
    os.utime(place.folder / name, ns=(state.st_atime_ns, state.st_mtime_ns))  # size and time are those of before
    expect("changed in secret", place.run(), 3, name, "has changed", "callscrub index")
    expect("explain too", call(place.folder, "explain", "+31 20 0000002", "--profile", "nightly.toml", "--index", "facts.idx"), 3, name)
    place.change(name, lambda data: whole)
    expect("as it was", place.run(), 0)
    place.change(name, lambda data: whole + b"\n")
    expect("grown", place.run(), 3, name, "has changed")
    (place.folder / name).unlink()
    expect("gone", place.run(), 3, name)


def other_settings(scratch):
    place = Place(scratch, "settings")
    for what, more in {"campaign.entity": ["--entity", "Somebody else"], "policy.": ["--policy", "strict"], "campaign.product": ["--product", "water"],
                       "campaign.jurisdiction": ["--jurisdiction", "DE"], "input": ["--suppress", "bellijst-nl.csv"]}.items():
        expect(what, place.run(*more), 3, what, "callscrub index")
    place.change("nightly.toml", lambda data: data.replace(b"[[consents]]", b"[[consents]]\nallow_bad_rows = 1", 1))
    expect("a setting of an input", place.run(), 3, "consents[1].allow_bad_rows", "callscrub index")


def other_rules(scratch):
    place = Place(scratch, "rules")
    packs = place.folder / "packs"
    packs.mkdir()
    for pack in (SAMPLES.parent / "src" / "law" / "packs").glob("*.toml"):
        shutil.copy(pack, packs)
    expect("the same rules from a folder", place.run("--rules", "packs"), 0)
    path = packs / "NL.toml"
    path.write_text(path.read_text() + "\n# a remark\n")
    expect("other rules", place.run("--rules", "packs"), 3, "NL.toml", "callscrub index")


def damaged(scratch):
    """Whatever byte is turned, nobody is answered from it: the file is refused, or the byte was of no use."""
    place, dice = Place(scratch, "damaged"), random.Random(1)
    expect("run", place.run(), 0)
    sound = place.outputs()
    whole = (place.folder / "facts.idx").read_bytes()
    refused = 0
    for at in sorted({0, 1, len(whole) - 1, *(dice.randrange(len(whole)) for _ in range(60))}):
        (place.folder / "bad.idx").write_bytes(whole[:at] + bytes([whole[at] ^ (1 << dice.randrange(8))]) + whole[at + 1:])
        done = place.run(index="bad.idx")
        refused += done.returncode == 3
        if done.returncode not in (0, 3) or (done.returncode == 0 and place.outputs() != sound):
            failures.append(f"byte {at} of {len(whole)} turned: exit {done.returncode}, {done.stderr[:300]}")
    if refused < 40:
        failures.append(f"only {refused} of some 60 damaged files were refused")
    for what, data in {"cut": whole[:-100], "cut in half": whole[:len(whole) // 2], "empty": b"", "zeroes": bytes(1000)}.items():
        (place.folder / "bad.idx").write_bytes(data)
        expect(what, place.run(index="bad.idx"), 3, "bad.idx")
    expect("a CSV file", place.run(index="bellijst-nl.csv"), 3, "is no file of facts", "callscrub index -o FILE")
    expect("no file", place.run(index="nowhere.idx"), 3, "nowhere.idx", "callscrub index -o FILE")


def orders(scratch):
    place = Place(scratch, "orders")
    expect("no -o", call(place.folder, "index", "--profile", "nightly.toml"), 2, "-o FILE")
    os.mkfifo(place.folder / "pipe")
    expect("a pipe", call(place.folder, "index", "--profile", "nightly.toml", "--suppress", "pipe", "-o", "x.idx"), 2, "pipe", "no regular file")
    expect("an input as output", call(place.folder, "index", "--profile", "nightly.toml", "-o", "toestemmingen-nl.csv"), 2, "toestemmingen-nl.csv")
    if (place.folder / "x.idx").exists():
        failures.append("a file of facts was left behind by an index that failed")


with tempfile.TemporaryDirectory(prefix="callscrub-index-") as scratch:
    for test in (same_answers, touched_or_changed, other_settings, other_rules, damaged, orders):
        test(pathlib.Path(scratch))
for failure in failures:
    print(failure)
sys.exit(1 if failures else 0)
