"""Relations between whole runs of callscrub on random campaigns.

    metamorphic.py --binary build/release/callscrub --short             what ctest runs
    metamorphic.py --binary build/release/callscrub --worlds 500 --seed 7
    metamorphic.py --binary … --only wider_window --seed 7 --worlds 1   one relation on one world

A relation that no world showed anything of is an error too. METAMORPHIC_KEEP=1 keeps the folders of the runs."""
import argparse
import collections
import pathlib
import sys
import tempfile
import time

import relations
from outcome import Bench, Broken
from world import Maker

SHORT_WORLDS = 4


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--binary", required=True)
    options.add_argument("--short", action="store_true", help=f"{SHORT_WORLDS} worlds, a third of the relations on each")
    options.add_argument("--worlds", type=int, default=50)
    options.add_argument("--seed", type=int, default=20261127)
    options.add_argument("--only", nargs="*", default=list(relations.RELATIONS), choices=list(relations.RELATIONS))
    options.add_argument("--scratch", help="folder for inputs and outputs; default: a temporary one")
    given = options.parse_args()
    worlds = SHORT_WORLDS if given.short else given.worlds
    with tempfile.TemporaryDirectory(prefix="callscrub-metamorphic-") as temporary:
        bench = Bench(given.binary, pathlib.Path(given.scratch or temporary) / "m")
        seen, broken, begin = collections.Counter(), [], time.monotonic()
        for i in range(worlds):
            trial = relations.Trial(bench, Maker(given.seed + i), unique=i % 2 == 1)
            for k, name in enumerate(given.only):
                if given.short and (k + i) % 2:
                    continue
                try:
                    seen[name] += relations.RELATIONS[name](trial)
                except Broken as how:
                    broken.append(name)
                    print(f"BROKEN {name}, seed {given.seed + i}: {how}", flush=True)
    for name in given.only:
        if seen[name] == 0 and name not in broken:
            broken.append(name)
            print(f"BROKEN {name}: no world showed anything of it")
    print(f"{worlds} worlds from seed {given.seed}, {bench.runs} runs, {len(given.only)} relations, {len(broken)} broken, "
          f"{time.monotonic() - begin:.0f} s{'' if bench.locales else ', locales could not be made'}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
