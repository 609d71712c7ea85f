#!/bin/sh
# report.html and explain --html in a real browser: usage browser_test.sh TEST_REPORT CALLSCRUB SAMPLE_DATA. TEST_REPORT
# writes reports (test case "files for looking at"), CALLSCRUB explains numbers of the sample data; browser_pages.py looks at
# them. Exit 77 (skipped) without Chromium and its driver. With CALLSCRUB_SHOTS=DIR the pictures are kept there.
set -eu
program=$1
callscrub=$2
samples=$3
here=$(cd "$(dirname "$0")" && pwd)
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
if [ -z "$browser" ] || ! command -v chromedriver >/dev/null || ! command -v python3 >/dev/null; then
    echo "SKIPPED: no Chromium with its driver; install Debian's packages chromium and chromium-driver"
    exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
mkdir "$work/pages" "$work/shots"

CALLSCRUB_REPORTS="$work/pages" "$program" --test-case='files for looking at' >"$work/doctest" || {
    cat "$work/doctest"
    exit 1
}
# A number with consent, one with a no, one of another country, and a row with several laws to ask.
explain() {
    page=$work/pages/explain-$1.html
    shift
    (cd "$samples" && "$callscrub" explain --profile nightly.toml --as-of 2026-06-30 --html --quiet "$@") >"$page" || [ $? -eq 1 ]
}
explain consent-en +31200000006 --lang en
explain consent-nl +31200000006 --lang nl
explain no-de +31200000010 --lang de
explain row-de --list anrufliste-de.csv --line 2 --lang de
pages=$(find "$work/pages" -name '*.html' | wc -l)
if [ "$pages" -ne 9 ]; then
    echo "FAILED: $pages pages instead of 9"
    exit 1
fi
code=0
python3 "$here/browser_pages.py" "$browser" "$work/pages" "$work/shots" || code=$?
if [ -n "${CALLSCRUB_SHOTS:-}" ]; then
    mkdir -p "$CALLSCRUB_SHOTS"
    cp "$work"/shots/* "$CALLSCRUB_SHOTS"/
fi
exit "$code"
