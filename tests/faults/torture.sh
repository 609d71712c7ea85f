#!/bin/sh
# Breaks callscrub run in every way the system can and checks its promises after each (docs/RELIABILITY.md):
# earlier outputs or new ones byte for byte, exit 0 only with the new ones, no leftovers after the next run,
# balanced counts, a whole ledger.
#
#   tests/faults/torture.sh --binary build/release/callscrub            everything (about half an hour)
#   tests/faults/torture.sh --binary … --short                          a sample (about a minute), as in CI
#   tests/faults/torture.sh --binary … --short --budget 60              what of it fits into a minute
#   tests/faults/torture.sh --binary … --prove build/release            broken builds must be found out
#   tests/faults/torture.sh --binary … --only signals,malloc            some of the parts
#
# Needs strace, a C compiler and python3; tmpfs and power cuts also root and loop devices. What is missing is said and
# left out; where strace is missing or may not trace, the exit code is 77 (skipped).
exec python3 "$(dirname "$0")/torture.py" "$@"
