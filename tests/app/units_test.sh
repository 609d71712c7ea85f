#!/bin/sh
# The systemd units as systemd reads them, with the built program in the place of the installed one: not a word.
# usage: units_test.sh CALLSCRUB FOLDER_OF_UNITS SAMPLE_DATA
set -eu
command -v systemd-analyze >/dev/null || { echo "skipped: systemd-analyze is not installed"; exit 77; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
for unit in callscrub.service callscrub.timer; do
    sed "s|/usr/bin/callscrub|$1|" "$2/$unit" >"$scratch/$unit"
done
said=$(systemd-analyze verify --man=no "$scratch/callscrub.service" "$scratch/callscrub.timer" 2>&1) || { echo "$said"; exit 1; }
[ -z "$said" ] || { echo "$said"; exit 1; }
# What the service starts does the job of the sample data.
cp -r "$3" "$scratch/etc"
line=$(sed -n 's/^ExecStart=\/usr\/bin\/callscrub //p' "$2/callscrub.service" | sed "s|/etc/callscrub|$scratch/etc|; s|/var/log/callscrub|$scratch|")
code=0
said=$("$1" $line 2>&1) || code=$?
[ "$code" = 0 ] && [ -f "$scratch/etc/scrubbed/manifest.json" ] && exit 0
echo "the command of the service ends with $code: $said"
exit 1
