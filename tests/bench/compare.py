#!/usr/bin/env python3
"""callscrub and DuckDB alternately on the same files: wall time, processor time, peak memory, ratio of medians.

    compare.py --binary build/ci/callscrub --data DIR --duckdb DIR_WITH_node_modules [--rounds 5] [--flags "…"]

DIR holds what make_data wrote. Before each job what the last one wrote is synced and all inputs are read once, so that every job
finds them in the page cache. A pause does not do: a system may take back memory that was not used for a while, and the next job
reads from disk. Prints a table; ends with 1 if the two do not agree on the number of clean rows."""
import argparse
import json
import os
import pathlib
import shlex
import statistics
import subprocess
import sys
import tempfile
import time

DAY = "2026-06-15"
HERE = pathlib.Path(__file__).resolve().parent


def settle(data):
    """What the job before left to be written does not slow the next one, which finds its inputs in the page cache."""
    os.sync()
    for path in data.glob("*.csv"):
        with path.open("rb", buffering=0) as file:
            while file.read(1 << 20):
                pass


def measured(command, cwd, data):
    """(wall s, processor s, peak MB, standard output)"""
    with tempfile.TemporaryFile() as out:
        settle(data)
        begin = time.monotonic()
        process = subprocess.Popen(command, cwd=cwd, stdout=out)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - begin
        out.seek(0)
        if status != 0:
            sys.exit(f"{command[0]} ended with {os.waitstatus_to_exitcode(status)}")
        return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, out.read().decode()


def callscrub(options, scratch, flags):
    out = scratch / "run"
    command = [options.binary, "run", options.data / "list.csv", "--consents", options.data / "consents.csv", "--relations",
               options.data / "relations.csv", "--entity", "Energie AG", "--product", "energy", "--similar", "gas", "--as-of", DAY,
               "--out", out, "--replace", "--quiet", *flags]
    wall, cpu, peak, _ = measured([str(part) for part in command], scratch, options.data)
    return wall, cpu, peak, json.loads((out / "summary.json").read_text())["total"]["clean"]


def duckdb(options, scratch):
    wall, cpu, peak, out = measured(["node", str(HERE / "duckdb.mjs"), str(options.data), str(scratch), "2"], options.duckdb, options.data)
    return wall, cpu, peak, json.loads(out)["clean"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", type=lambda p: pathlib.Path(p).resolve(), required=True)
    parser.add_argument("--data", type=lambda p: pathlib.Path(p).resolve(), required=True)
    parser.add_argument("--duckdb", type=lambda p: pathlib.Path(p).resolve())
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--flags", default="")
    options = parser.parse_args()
    jobs = {"callscrub": lambda s: callscrub(options, s, shlex.split(options.flags)),
            "callscrub, inputs not hashed": lambda s: callscrub(options, s, ["--no-input-hashes", *shlex.split(options.flags)])}
    if options.duckdb:
        jobs["DuckDB"] = lambda s: duckdb(options, s)
    seen = {name: [] for name in jobs}
    with tempfile.TemporaryDirectory(dir=options.data) as scratch:
        for _ in range(options.rounds):
            for name, job in jobs.items():
                seen[name].append(job(pathlib.Path(scratch)))
    medians = {name: [statistics.median(one[i] for one in runs) for i in range(3)] for name, runs in seen.items()}
    print(f"{'':30} {'wall s':>8} {'CPU s':>8} {'peak MB':>8} {'clean rows':>12}")
    for name, (wall, cpu, peak) in medians.items():
        print(f"{name:30} {wall:8.2f} {cpu:8.2f} {peak:8.0f} {seen[name][0][3]:12,}")
    if options.duckdb:
        for name in list(jobs)[:2]:
            wall, cpu, peak = (medians["DuckDB"][i] / medians[name][i] for i in range(3))
            print(f"{name}: {wall:.1f} times as fast as DuckDB, {cpu:.1f} times less processor time, {peak:.1f} times less memory")
    return 0 if len({one[3] for runs in seen.values() for one in runs}) == 1 else 1


sys.exit(main())
