#!/bin/sh
# report.html and explain --html in a real browser: usage browser_test.sh TEST_REPORT CALLSCRUB SAMPLE_DATA. TEST_REPORT
# writes reports (test case "files for looking at"), CALLSCRUB explains numbers of the sample data. Chromium must show each of them without a word on its console, in a desktop's and a phone's
# width, dark, and as PDF. Exit 77 (skipped) without Chromium. With CALLSCRUB_SHOTS=DIR the pictures are kept there.
set -eu
program=$1
callscrub=$2
samples=$3
here=$(cd "$(dirname "$0")" && pwd)
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
if [ -z "$browser" ]; then
    echo "SKIPPED: no Chromium found; install Debian's package chromium"
    exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
mkdir "$work/pages" "$work/shots"
failed=0
fail() {
    echo "FAILED: $*"
    failed=1
}

# visit PAGE OPTION…: the console's lines go to $work/console.
visit() {
    page=$1
    shift
    "$browser" --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
        --disable-component-update --disable-sync --disable-dev-shm-usage --hide-scrollbars --enable-logging=stderr \
        --user-data-dir="$work/user" "$@" "file://$page" >"$work/stdout" 2>"$work/stderr" || fail "$page: the browser failed"
    grep 'CONSOLE' "$work/stderr" >"$work/console" || true
}
quiet() {
    if [ -s "$work/console" ]; then
        fail "$1: words on the console"
        cat "$work/console"
    fi
}

# The ear is not deaf: a style that the policy of its page forbids is told on the console.
printf '%s' '<!DOCTYPE html><meta http-equiv="Content-Security-Policy" content="default-src '"'none'"'"><style>p{}</style><p>x' \
    >"$work/loud.html"
visit "$work/loud.html" --dump-dom
[ -s "$work/console" ] || fail "a page that breaks its own policy was not told on the console"

CALLSCRUB_REPORTS="$work/pages" "$program" --test-case='files for looking at' >"$work/doctest" || {
    cat "$work/doctest"
    fail "no pages written"
}
# A number with consent, one with a no, one of another country, and a row with several laws to ask.
explain() {
    page=$work/pages/explain-$1.html
    shift
    (cd "$samples" && "$callscrub" explain --profile nightly.toml --as-of 2026-06-30 --html --quiet "$@") >"$page" || [ $? -eq 1 ] ||
        fail "explain $*"
}
explain consent-en +31200000006 --lang en
explain consent-nl +31200000006 --lang nl
explain no-de +31200000010 --lang de
explain row-de --list anrufliste-de.csv --line 2 --lang de
pages=0
for page in "$work"/pages/*.html; do
    name=$(basename "$page" .html)
    for view in "desktop 1100,6800" "phone 360,9000" "dark 1100,6800"; do
        kind=${view%% *}
        shot=$work/shots/$name-$kind.png
        option=--disable-sync
        [ "$kind" = dark ] && option=--blink-settings=preferredColorScheme=0
        visit "$page" --window-size="${view#* }" --screenshot="$shot" "$option"
        quiet "$name, $kind"
        size=$(wc -c <"$shot" 2>/dev/null || echo 0)
        [ "$size" -gt 30000 ] || fail "$name, $kind: the picture has $size bytes"
    done
    cmp -s "$work/shots/$name-desktop.png" "$work/shots/$name-dark.png" && fail "$name: dark looks as light does"
    visit "$page" --no-pdf-header-footer --print-to-pdf="$work/shots/$name.pdf"
    quiet "$name, print"
    head -c 5 "$work/shots/$name.pdf" 2>/dev/null | grep -q '^%PDF-' || fail "$name: no PDF"
    # What a name may become is asked below, too, where there is a driver; starting a browser takes seconds.
    if ! command -v chromedriver >/dev/null; then
        visit "$page" --dump-dom
        quiet "$name"
        if grep -qi '<script\|<iframe\|<img\| onload=[^&]*>' "$work/stdout"; then fail "$name: a name became markup"; fi
    fi
    pages=$((pages + 1))
done
[ "$pages" -eq 9 ] || fail "$pages pages instead of 9"
if [ -n "${CALLSCRUB_SHOTS:-}" ]; then
    mkdir -p "$CALLSCRUB_SHOTS"
    cp "$work"/shots/* "$CALLSCRUB_SHOTS"/
fi

if command -v chromedriver >/dev/null && command -v python3 >/dev/null; then
    python3 "$here/browser_names.py" "$browser" "$work/pages" || failed=1
else
    echo "SKIPPED in part: accessible names and widths need chromedriver (package chromium-driver) and python3"
fi
[ "$failed" -eq 0 ] && echo "$pages pages, four views each: nothing on the console"
exit "$failed"
