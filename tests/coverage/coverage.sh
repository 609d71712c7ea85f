#!/usr/bin/env bash
# Branch coverage and MC/DC of the parts that decide: reader, numbers, dates, timeline and judge. Needs clang++-19 with
# llvm-profdata-19 and llvm-cov-19 (Debian: clang-19 llvm-19 libclang-rt-19-dev); builds into build/coverage.
#
#   tests/coverage/coverage.sh              a table
#   tests/coverage/coverage.sh --missing    and each outcome that no test reached
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

for tool in clang++-19 llvm-profdata-19 llvm-cov-19; do
    command -v $tool >/dev/null || { echo "coverage: no $tool found" >&2; exit 77; }
done

build=build/coverage
tests=(test_csv test_facts test_verdict)
cmake -S . -B $build -G Ninja -DCMAKE_BUILD_TYPE=None -DCMAKE_CXX_COMPILER=clang++-19 \
    -DCMAKE_CXX_FLAGS="-O0 -g0 -w -fprofile-instr-generate -fcoverage-mapping -fcoverage-mcdc" >/dev/null
cmake --build $build --target "${tests[@]}" phone_differential

rm -rf $build/profiles
mkdir $build/profiles
run() { LLVM_PROFILE_FILE=$build/profiles/%m-%p.profraw "$@" >$build/last.log 2>&1 || { cat $build/last.log; exit 1; }; }
# The values of the packs are no code: changing each of them takes long and reaches nothing new.
export CALLSCRUB_TWIN_COUNT=200
for test in "${tests[@]}"; do run $build/tests/$test -tce="every value of a pack*"; done
run $build/tests/facts/phone_differential/phone_differential 50000 1
llvm-profdata-19 merge -o $build/all.profdata $build/profiles/*.profraw

objects=($build/tests/facts/phone_differential/phone_differential)
for test in "${tests[@]}"; do objects+=(-object $build/tests/$test); done
llvm-cov-19 export "${objects[@]}" -instr-profile $build/all.profdata -skip-expansions -sources src/csv src/facts src/verdict >$build/coverage.json
tests/coverage/table.py $build/coverage.json "$@"
