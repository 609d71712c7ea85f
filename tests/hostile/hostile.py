"""Hostile inputs against the promises and limits of docs/SECURITY.md.

    hostile.py --binary build/release/callscrub
    hostile.py --binary … --only formulas paths
    hostile.py --binary … --short             what ctest runs: without the attacks that need gigabytes"""
import argparse
import sys
import tempfile
import time
import traceback

import attacks
import floods
from bench import Bench


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--binary", required=True)
    options.add_argument("--short", action="store_true")
    options.add_argument("--only", nargs="*", default=list(attacks.ATTACKS), choices=list(attacks.ATTACKS))
    given = options.parse_args()
    if given.short:
        given.only = [name for name in given.only if name not in floods.LARGE]
    failed = 0
    with tempfile.TemporaryDirectory(prefix="callscrub-hostile-") as scratch:
        for name in given.only:
            begin = time.monotonic()
            try:
                attacks.ATTACKS[name](Bench(given.binary, scratch))
                print(f"held    {name}, {time.monotonic() - begin:.1f} s", flush=True)
            except Exception as how:  # whatever goes wrong here is a finding
                failed += 1
                print(f"BROKEN  {name}: {how}", flush=True)
                if type(how).__name__ != "Wrong":
                    traceback.print_exc(file=sys.stdout)
    print(f"{len(given.only)} attacks, {failed} broken")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
