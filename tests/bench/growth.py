#!/usr/bin/env python3
"""How cost grows when one input of a run grows: one, two, four and eight times as many rows of each.

    growth.py --binary build/ci/callscrub --maker build/ci/tests/bench/make_data --scratch DIR [--unit 500000] [--rounds 3]

Makes the data anew for every step, runs the program on it and prints medians of wall time, processor time and peak
memory, and what the last step took for each row that it had more than the first."""
import argparse
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

CONSENTS_FOR_EACH = 5  # consent events for each unit of list rows and relations


def measured(binary, data, out):
    command = [binary, "run", data / "list.csv", "--consents", data / "consents.csv", "--relations", data / "relations.csv", "--entity", "Energie AG",
               "--product", "energy", "--similar", "gas", "--as-of", "2026-06-15", "--out", out, "--quiet"]
    shutil.rmtree(out, ignore_errors=True)  # a run is compared with the one that it replaces
    begin = time.monotonic()
    process = subprocess.Popen([str(part) for part in command])
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"the program ended with {os.waitstatus_to_exitcode(status)}")
    return time.monotonic() - begin, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("binary", "maker", "scratch"):
        parser.add_argument(f"--{name}", type=lambda p: pathlib.Path(p).resolve(), required=True)
    parser.add_argument("--unit", type=int, default=500_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", nargs="*", default=["list", "consents", "relations"])
    options = parser.parse_args()
    data = options.scratch / "growth"
    print(f"{'grows':10} {'times':>5} {'rows':>12} {'wall s':>8} {'CPU s':>8} {'peak MB':>8}")
    for grows in options.only:
        steps = []
        for times in (1, 2, 4, 8):
            rows = {"list": options.unit, "consents": options.unit * CONSENTS_FOR_EACH, "relations": options.unit}
            rows[grows] *= times
            shutil.rmtree(data, ignore_errors=True)
            data.mkdir(parents=True)
            subprocess.run([options.maker, data, *(str(n) for n in rows.values())], check=True)
            runs = [measured(options.binary, data, options.scratch / "out") for _ in range(options.rounds)]
            steps.append((rows[grows], *(statistics.median(one[i] for one in runs) for i in range(3))))
            print(f"{grows:10} {times:5} {rows[grows]:12,} {steps[-1][1]:8.2f} {steps[-1][2]:8.2f} {steps[-1][3]:8.0f}", flush=True)
        more = steps[-1][0] - steps[0][0]
        print(f"{'':10} for each row more: {(steps[-1][2] - steps[0][2]) / more * 1e9:.0f} ns of processor time, {(steps[-1][3] - steps[0][3]) / more * 1e6:.0f} bytes of memory")
    shutil.rmtree(data)
    shutil.rmtree(options.scratch / "out")


main()
