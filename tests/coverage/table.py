#!/usr/bin/env python3
"""Reads what `llvm-cov export` says of a run of the tests and prints, for each part, how many outcomes of branches and
how many conditions (MC/DC: the condition alone was seen to turn the decision) the tests reached.

    table.py coverage.json [--missing]

Places are merged over the instantiations of a template and over the test programs."""
import collections
import fnmatch
import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
PARTS = {
    "timeline and judge": ["src/verdict/timeline.*", "src/verdict/judge.*", "src/verdict/checks.*"],
    "dates": ["src/facts/date*", "src/facts/day*", "src/facts/zone*"],
    "numbers": ["src/facts/phone*"],
    "reader": [f"src/csv/{name}.*" for name in
               ("block", "dialect", "framer", "reader", "record_text", "records", "scan", "strict", "quote_policy")],
}


class Place:
    """Outcomes of one branch or one decision of one file."""
    def __init__(self):
        self.branches = collections.defaultdict(lambda: [0, 0])  # (line, column) -> times true, times false
        self.decisions = {}  # (line, column) -> for each condition: whether it was seen to decide


def load(path):
    files = collections.defaultdict(Place)
    for one in json.loads(pathlib.Path(path).read_text())["data"][0]["files"]:
        place = files[str(pathlib.Path(one["filename"]).resolve().relative_to(ROOT))]
        for line, column, _, _, yes, no, *_ in one.get("branches", []):
            seen = place.branches[line, column]
            seen[0] += yes
            seen[1] += no
        for line, column, *_, conditions in one.get("mcdc_records", []):
            before = place.decisions.get((line, column), [False] * len(conditions))
            place.decisions[line, column] = [a or b for a, b in zip(before, conditions)]
    return files


def missing(name, place):
    lines = (ROOT / name).read_text().split("\n")
    for (line, column), (yes, no) in sorted(place.branches.items()):
        never = [word for word, times in (("true", yes), ("false", no)) if not times]
        if never:
            print(f"{name}:{line}:{column}: never {' nor '.join(never)}: {lines[line - 1][column - 1:].strip()[:90]}")
    for (line, column), conditions in sorted(place.decisions.items()):
        for number, seen in enumerate(conditions, 1):
            if not seen:
                print(f"{name}:{line}:{column}: condition {number} of {len(conditions)} never decides: {lines[line - 1][column - 1:].strip()[:90]}")


def share(part, whole):
    return f"{part} of {whole} ({100 * part / whole:.1f}%)" if whole else "none"


def main():
    files = load(sys.argv[1])
    print(f"{'part':20} {'branch outcomes':26} conditions (MC/DC)")
    for part, patterns in PARTS.items():
        names = [n for n in sorted(files) if any(fnmatch.fnmatch(n, p) for p in patterns)]
        outcomes = [times for n in names for both in files[n].branches.values() for times in both]
        conditions = [seen for n in names for each in files[n].decisions.values() for seen in each]
        print(f"{part:20} {share(sum(t > 0 for t in outcomes), len(outcomes)):26} {share(sum(conditions), len(conditions))}")
        if "--missing" in sys.argv:
            for n in names:
                missing(n, files[n])


if __name__ == "__main__":
    main()
