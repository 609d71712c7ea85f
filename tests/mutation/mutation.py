"""Mutation testing: changes one thing in a source, builds it into the tests of its room, and asks whether some test
notices. A mutant whose object code is that of the original is none.

    mutation.py --build build/release src/verdict/judge.cpp src/verdict/checks.cpp
    mutation.py --build build/release --sample 50 --seed 7        some of each of the sources in SOURCES
    mutation.py --build build/release --report results.jsonl
    mutation.py --build build/release --sanitized build/asan      what survives is tried again under sanitizers

What survived, was read, and can change no answer stands in equivalent.csv, with the reason: its line of code as it was
then, so that a changed line has to be read again. Such mutants are tried like all others and counted by themselves.

Needs a finished build (ninja) of the named folder. Works on copies: the sources and the build stay as they are."""
import argparse
import csv
import json
import os
import pathlib
import random
import resource
import shlex
import signal
import subprocess
import sys
import tempfile

from mutants import mutants

ROOT = pathlib.Path(__file__).resolve().parents[2]
# Source → what should notice, quickest first: program, arguments, environment. Where an argument is PROGRAM, the
# arguments are a command of their own, which gets the program.
PROGRAM = "{program}"
VERDICT = [("test_verdict", ["-sf=*timeline_test*,*judge_test*,*checks_test*,*doubts_test*"], {}),
           ("test_verdict", ["-tc=every case of the packs passes"], {}),
           ("test_verdict", ["-tc=program and twin*"], {"CALLSCRUB_TWIN_COUNT": "300"})]
PARTS = ["python3", "tests/parts/parts.py", PROGRAM, "sample-data"]
PARTS_UNITS = ("test_app", ["-sf=*app/parts_*"], {})
SPLIT = [("callscrub", [*PARTS, "4", "random_campaigns"], {}), ("callscrub", [*PARTS, "0", "samples", "warnings", "refusals", "bounds", "killed"], {})]
SOURCES = {
    **{f"src/verdict/{name}.cpp": VERDICT for name in ("timeline", "judge", "checks")},
    **{f"src/facts/{name}.cpp": [("test_facts", [], {})] for name in ("day", "date_scan", "date_reader", "date_census", "zone")},
    **{f"src/facts/{name}.cpp": [("test_facts", [], {}), ("phone_differential", ["30000", "1"], {})]
       for name in ("phone_cell", "phone_text", "phone_common", "phone_resolve", "phone_plain", "phone_starts", "phone_table_plan")},
    **{f"src/app/part_{name}.cpp": [PARTS_UNITS, *SPLIT] for name in ("reach", "lines", "router")},
    **{f"src/app/part_{name}.cpp": SPLIT for name in ("plan", "split")},
    **{f"src/csv/{name}.cpp": [("test_csv", [], {})] for name in ("records", "strict", "framer", "record_text", "dialect", "reader", "opening")},
}
CPU_SECONDS = 10  # of a test program, which takes one or two; a mutant that uses more is killed by the clock
SECONDS = 300     # of the clock on the wall: for mutants that wait for what never comes


def read_equivalents():
    with open(pathlib.Path(__file__).with_name("equivalent.csv"), newline="") as rows:
        return {(row["source"], row["code"], row["what"]) for row in csv.DictReader(rows)}


class Build:
    def __init__(self, folder, scratch, slowness=1):
        self.folder, self.scratch, self.slowness = pathlib.Path(folder).resolve(), pathlib.Path(scratch), slowness
        self.scratch.mkdir(exist_ok=True)
        self.commands = {pathlib.Path(c["directory"], c["file"]).resolve(): c for c in json.loads((self.folder / "compile_commands.json").read_text())}

    def compile(self, source, text, name):
        """The object of `text` in place of `source`; None if it does not compile. Warnings are no errors."""
        command = self.commands[source]
        # The copy has the name and the include paths of the original, so that equal code gives equal objects.
        copy = self.scratch / "src" / source.name
        copy.parent.mkdir(exist_ok=True)
        copy.write_text(text)
        words = [w for w in shlex.split(command["command"]) if "ccache" not in w]
        out = self.scratch / name
        words[words.index("-o") + 1] = str(out)
        words[words.index("-c") + 1] = str(copy)
        words = [w for i, w in enumerate(words) if w not in ("-MD",) and not w.startswith(("-W", "-O3")) and w not in ("-MT", "-MF") and words[i - 1] not in ("-MT", "-MF")]
        done = subprocess.run([*words, "-O1", "-w", f"-I{source.parent}"], cwd=command["directory"], capture_output=True)
        return out if done.returncode == 0 else None

    def link(self, test, source, mutant):
        """The test program with the mutant before the library that holds the original."""
        lines = subprocess.run(["ninja", "-C", str(self.folder), "-t", "commands", "-s", next(t for t in self.targets() if t.endswith("/" + test) or t == test)],
                               capture_output=True, text=True, check=True).stdout.strip().split("\n")
        words = shlex.split(next(l for l in reversed(lines) if " -o " in l).split("&&")[1])
        words = [w for w in words if "ccache" not in w]
        out = self.scratch / test
        words[words.index("-o") + 1] = str(out)
        first = next(i for i, w in enumerate(words) if w.endswith(".o"))
        words.insert(first, str(mutant))
        done = subprocess.run([*words, "-Wl,--allow-multiple-definition"], cwd=self.folder, capture_output=True, text=True)
        return out if done.returncode == 0 else None

    def targets(self):
        if not hasattr(self, "known"):
            text = subprocess.run(["ninja", "-C", str(self.folder), "-t", "targets", "all"], capture_output=True, text=True, check=True).stdout
            self.known = [line.split(":")[0] for line in text.split("\n")]
        return self.known


def code_of(obj):
    """All that the object holds: bytes and relocations of every section."""
    return subprocess.run(["objdump", "-s", "-r", str(obj)], capture_output=True, check=True).stdout.split(b"\n", 3)[-1]


def tried(build, source, tests, obj):
    """Which of the tests notices the object in place of the source's own."""
    programs = {}
    for test, arguments, setting in tests:
        program = programs.setdefault(test, programs.get(test) or build.link(test, source, obj))
        if program is None:
            return "does not link"
        seconds = CPU_SECONDS * build.slowness
        limit = lambda: resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        command = [str(program) if word == PROGRAM else word for word in arguments] if PROGRAM in arguments else [str(program), *arguments]
        try:
            done = subprocess.run(command, capture_output=True, cwd=ROOT, env={**os.environ, **setting}, preexec_fn=limit, timeout=SECONDS)
        except subprocess.TimeoutExpired:
            return "killed by the clock"
        if done.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
            return "killed by the clock"
        if done.returncode != 0:
            return f"killed by {test}"
    return "SURVIVED"


def fate(builds, source, tests, text, original):
    """Of the first build; one that survives there is tried in the other, which has sanitizers."""
    obj = builds[0].compile(source, text, "mutant.o")
    if obj is None:
        return "does not compile"
    if code_of(obj) == original:
        return "equal"
    how = tried(builds[0], source, tests, obj)
    for sanitized in builds[1:] if how == "SURVIVED" else []:
        how = tried(sanitized, source, tests, sanitized.compile(source, text, "mutant.o"))
        how += " under sanitizers" if how.startswith("killed by test") else ""
    return how


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("sources", nargs="*", default=list(SOURCES))
    options.add_argument("--build", required=True)
    options.add_argument("--sanitized", help="a second build, with sanitizers: .ci/sanitize leaves one in build/asan")
    options.add_argument("--sample", type=int, help="so many mutants of each source, drawn at random")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--report", help="append each fate as a line of JSON; mutants that are in it are not tried again")
    given = options.parse_args()
    known = {}
    if given.report and pathlib.Path(given.report).exists():
        for one in map(json.loads, pathlib.Path(given.report).read_text().splitlines()):
            known[one["source"], one["line"], one["what"], one["number"]] = one["fate"]
    equivalents = read_equivalents()
    total = {"killed": 0, "survived": 0, "equivalent": 0, "none": 0}
    with tempfile.TemporaryDirectory(prefix="callscrub-mutation-") as scratch:
        build = Build(given.build, scratch)
        builds = [build, *([Build(given.sanitized, scratch + "/sanitized", slowness=20)] if given.sanitized else [])]
        for name in given.sources:
            source = (ROOT / name).resolve()
            text = source.read_text()
            all_of_them = [(i, *one) for i, one in enumerate(mutants(text))]
            if given.sample and len(all_of_them) > given.sample:
                all_of_them = sorted(random.Random(f"{given.seed}{name}").sample(all_of_them, given.sample))
            original = code_of(build.compile(source, text, "original.o"))
            for one in builds:
                if (found := tried(one, source, SOURCES[name], one.compile(source, text, "original.o"))) != "SURVIVED":
                    sys.exit(f"{name}: the tests fail without any mutant: {found}")
            count = dict.fromkeys(total, 0)
            for number, line, what, changed in all_of_them:
                key = (name, line, what, number)
                how = known.get(key) or fate(builds, source, SOURCES[name], changed, original)
                if given.report and key not in known:
                    with open(given.report, "a") as out:
                        out.write(json.dumps({"source": name, "line": line, "what": what, "number": number, "fate": how}) + "\n")
                explained = (name, text.split("\n")[line - 1].strip(), what) in equivalents
                kind = ("equivalent" if explained else "survived") if how == "SURVIVED" else "killed" if how.startswith("killed") else "none"
                count[kind] += 1
                total[kind] += 1
                if kind == "survived":
                    print(f"SURVIVED {name}:{line}: {what}", flush=True)
            print(f"{name}: {count['killed']} killed, {count['survived']} survived, {count['equivalent']} of equivalent.csv, {count['none']} were no mutants", flush=True)
    real = total["killed"] + total["survived"]
    share = lambda of: f"{total['killed']} of {of} ({100 * total['killed'] / max(of, 1):.1f}%)"
    print(f"killed: {share(real + total['equivalent'])}; without those of equivalent.csv: {share(real)}; {total['none']} were no mutants")
    return 0


if __name__ == "__main__":
    sys.exit(main())
