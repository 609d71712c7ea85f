"""See torture.sh."""
import argparse
import collections
import json
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time

import disks
import faults
import others
import prove
from bench import Bench

SKIPPED = 77
PARTS = ["orders", "errors", "signals", "malloc", "tiny", "power", "races", "inputs"]
SAMPLE = {"errors": 150, "signals": 100, "malloc": 60, "power": 6, "races": 6, "inputs": 30}  # --short
SHARE = {"errors": 0.3, "signals": 0.25, "malloc": 0.15, "tiny": 0.08, "power": 0.08, "races": 0.07, "inputs": 0.07}  # of --budget
MOST_ALLOCATIONS = 1000  # beyond these a sample of them is failed


class Torture:
    def __init__(self, options, scratch):
        self.options = options
        self.scratch = pathlib.Path(scratch)
        self.dice = random.Random(options.seed)
        self.figures = {}
        self.violations = []
        self.bench = Bench(options.binary, self.scratch)
        self.counts = faults.count_calls(self.bench, scratch)

    def share(self, part, cases, kind=lambda case: ""):
        """All cases, or with --short a sample that differs from seed to seed and has as much of each kind as there is."""
        cases = [case for case in cases if not self.options.calls or kind(case) in self.options.calls]
        most = self.options.sample or SAMPLE.get(part, len(cases)) if self.options.short else len(cases)
        if len(cases) <= most:
            return cases
        kinds = collections.defaultdict(list)
        for case in cases:
            kinds[kind(case)].append(case)
        for each in kinds.values():
            self.dice.shuffle(each)
        picked = set()
        while len(picked) < most:
            for each in kinds.values():
                if each and len(picked) < most:
                    picked.add(each.pop())
        cases = [case for case in cases if case in picked]
        if self.options.budget:
            self.dice.shuffle(cases)  # what there is no time for is of every kind
        return cases

    def part(self, name, cases):
        begin, done, outcomes, bad, ended = time.monotonic(), 0, collections.Counter(), 0, ""
        for case, outcome, violations in cases:
            done += 1
            outcomes[str(outcome)] += 1
            for violation in violations:
                bad += 1
                self.violations.append(f"{name}: {case}: {violation}")
                print(f"VIOLATION  {self.violations[-1]}", flush=True)
            if self.options.prove_one and self.violations:
                break
            if self.options.budget and name in SHARE and time.monotonic() - begin > self.options.budget * SHARE[name]:
                ended = ", more were not tried within the budget"
                break
        self.figures[name] = {"faults": done, "violations": bad, "exit codes": dict(sorted(outcomes.items())),
                              "seconds": round(time.monotonic() - begin, 1)}
        ends = ", ".join(f"{count} × {code}" for code, count in sorted(outcomes.items()))
        print(f"{name:8} {done:6} faults, {bad} violations, exits {ends or 'none'}, {self.figures[name]['seconds']} s{ended}", flush=True)

    # Each part yields (case, outcome, violations).

    def orders(self):
        yield from others.orders(self.bench)

    def strace_cases(self, part, cases):
        log = self.scratch / "strace.log"
        for name, call, what, when, allowed in self.share(part, cases, lambda case: case[1]):
            self.bench.reset()
            log.write_text("")
            outcome, stderr = self.bench.run(faults.strace(call, what, when, log))
            if faults.hit(log):
                yield name, outcome, self.bench.violations(outcome, stderr, allowed, mute=str(when).endswith("+"))

    def errors(self):
        yield from self.strace_cases("errors", faults.injected_errors(self.counts))

    def signals(self):
        yield from self.strace_cases("signals", faults.injected_signals(self.counts))

    def malloc(self):
        library = faults.build_failing_malloc(self.scratch)
        if library is None:
            return self.left_out("malloc", "no C compiler")
        total = faults.count_allocations(self.bench, library, self.scratch)
        step = max(1, total // MOST_ALLOCATIONS)
        cases = [(at, lasting) for at in range(1, total + 1, step) for lasting in (False, True)]
        for at, lasting in self.share("malloc", cases):
            self.bench.reset()
            environment = {"LD_PRELOAD": str(library), "FAIL_AT": str(at), **({"FAIL_ON": "1"} if lasting else {})}
            outcome, stderr = self.bench.run(environment=environment)
            yield (f"allocation {at}{' and all later ones' if lasting else ''} of {total}", outcome,
                   self.bench.violations(outcome, stderr, {0, 2, 3, 7, 8}))

    def tiny(self):
        if not self.mounts:
            return self.left_out("tiny", "nothing can be mounted")
        yield from disks.tiny_disks(self.bench, self.scratch, 64 if self.options.short else 4)
        yield from disks.read_only_disk(self.bench, self.scratch)

    def power(self):
        if not self.mounts:
            return self.left_out("power", "nothing can be mounted")
        try:
            cut = disks.PowerCut(self.bench, self.scratch)
        except OSError as error:
            return self.left_out("power", str(error))
        cases = [(call, when) for call in ("fsync", "renameat2", "write", "unlinkat", "openat", "close", "mkdirat", "flock")
                 for early, most in [self.counts.get(call, (0, 0))] for when in range(early + 1, most + 1)]
        for call, when in [("fsync", 60000)] + self.share("power", cases, lambda case: case[0]):  # the first: only after exit 0
            yield from cut.cut_at(call, when)

    def races(self):
        rounds = SAMPLE["races"] if self.options.short else 120
        yield from others.at_once(self.bench, self.scratch, rounds, self.options.seed)

    def inputs(self):
        # Files of several blocks, or a change could not fall between two reads.
        scratch = self.scratch / "inputs"
        bench = Bench(self.options.binary, scratch, rows=40_000)
        yield from others.changed_inputs(bench, scratch, faults.count_calls(bench, scratch), lambda cases: self.share("inputs", cases, lambda case: case[0]))

    def left_out(self, part, why):
        print(f"{part:8} left out: {why}", flush=True)
        yield from ()

    def run(self):
        self.mounts = disks.can_mount(self.scratch)
        for name in self.options.only:
            self.part(name, getattr(self, name)())
            if self.options.prove_one and self.violations:
                break
        total = sum(figure["faults"] for figure in self.figures.values())
        print(f"{total} faults, {len(self.violations)} violations (seed {self.options.seed})")
        if self.options.figures:
            pathlib.Path(self.options.figures).write_text(json.dumps({"seed": self.options.seed, "parts": self.figures}, indent=2) + "\n")
        return 1 if self.violations else 0


def main():
    parser = argparse.ArgumentParser(prog="torture.sh")
    parser.add_argument("--binary", required=True, help="the callscrub to break")
    parser.add_argument("--short", action="store_true", help="a sample, about a minute")
    parser.add_argument("--budget", type=float, default=0, help="seconds; what is left of a part then is not tried")
    parser.add_argument("--sample", type=int, default=0, help="cases per part with --short")
    parser.add_argument("--only", type=lambda text: text.split(","), default=PARTS, help=",".join(PARTS))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--figures", help="write the figures as JSON")
    parser.add_argument("--scratch", help="where to work (default: a temporary directory)")
    parser.add_argument("--prove", metavar="BUILD_DIR", help="link deliberately broken programs there: each must be found out")
    parser.add_argument("--calls", type=lambda text: text.split(","), help="only faults in these system calls")
    parser.add_argument("--prove-one", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if shutil.which("strace") is None:
        print("torture: strace is not installed; skipped")
        return SKIPPED
    if subprocess.run(["strace", "-f", "-qq", "-o", "/dev/null", "true"], capture_output=True).returncode != 0:
        print("torture: strace may not trace here; skipped")
        return SKIPPED
    scratch = tempfile.mkdtemp(prefix="callscrub-torture-", dir=options.scratch)
    try:
        if options.prove:
            return prove.prove(options, scratch)
        return Torture(options, scratch).run()
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
