#!/usr/bin/env bash
# Searches for inputs that break a promise, each target for so many seconds, with address and undefined-behaviour
# sanitizers. Needs clang (14 or later); builds into build/fuzz.
#
#   tests/fuzz/fuzz.sh                        every target for 60 seconds
#   tests/fuzz/fuzz.sh --seconds 3600 run     one target for an hour
#
# What it finds stays in build/fuzz/found/TARGET. Reduce it (fuzz_TARGET -minimize_crash=1), put it under
# tests/fuzz/corpus/TARGET with a name that says what was wrong, and ctest replays it from then on.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

seconds=60
targets=()
while (( $# )); do
    case $1 in
        --seconds) seconds=$2; shift 2 ;;
        *) targets+=("$1"); shift ;;
    esac
done
(( ${#targets[@]} )) || targets=(records opening dates numbers profile pack run)

clang=
for candidate in clang++ clang++-{19,18,17,16,15,14}; do
    command -v "$candidate" >/dev/null && clang=$candidate
    [[ -n $clang && $candidate != clang++ ]] && break
done
[[ -n $clang ]] || { echo "fuzz: no clang++ found" >&2; exit 77; }

build=build/fuzz
cmake -S . -B $build -G Ninja -DCMAKE_BUILD_TYPE=None -DCMAKE_CXX_COMPILER="$clang" -DCALLSCRUB_FUZZ=ON \
    -DCMAKE_CXX_FLAGS="-O1 -g1 -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all" >/dev/null
cmake --build $build --target "${targets[@]/#/fuzz_}"

failed=0
for target in "${targets[@]}"; do
    mkdir -p $build/work/"$target" $build/found/"$target"
    words=tests/fuzz/words.dict
    echo "== $target: $seconds s"
    $build/tests/fuzz/fuzz_"$target" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 -max_len=4096 -dict=$words \
        -print_final_stats=1 -artifact_prefix=$build/found/"$target"/ $build/work/"$target" tests/fuzz/corpus/"$target" \
        >$build/"$target".log 2>&1 || { failed=1; echo "FOUND something, see $build/$target.log"; }
    grep -E 'stat::number_of_executed_units|stat::new_units_added|NOT SO|ERROR|runtime error' $build/"$target".log || true
done
exit $failed
