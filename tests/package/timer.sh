#!/usr/bin/env bash
# Boots systemd in the root of package.sh (which has the package, systemd and dbus), with the timer enabled and, by a drop-in, due
# every twenty seconds; inside/timer.sh then looks whether the night job runs, and what becomes of it when an input is damaged.
#   timer.sh ROOT
# Ends with 77 where systemd-nspawn is missing or can't boot the root.
set -euo pipefail
root=$1
command -v systemd-nspawn >/dev/null || { echo "timer: skipped, systemd-nspawn is not installed (systemd-container)"; exit 77; }

cp -r "$root"/usr/share/doc/callscrub/sample-data/. "$root/etc/callscrub"
sed -i '/^\[output\]/,/^$/d' "$root/etc/callscrub/nightly.toml"
cat >>"$root/etc/callscrub/nightly.toml" <<'PROFILE'

[output]
dir = "/var/lib/callscrub/run"
ledger = "/var/lib/callscrub/ledger.jsonl"
PROFILE
mkdir -p "$root/etc/systemd/system/callscrub.timer.d"
cat >"$root/etc/systemd/system/callscrub.timer.d/soon.conf" <<'DROPIN'
[Timer]
OnCalendar=
OnCalendar=*:*:0/20
RandomizedDelaySec=0
AccuracySec=1s
DROPIN
cat >"$root/etc/systemd/system/check.service" <<'UNIT'
[Unit]
After=callscrub.timer
[Service]
Type=exec
ExecStart=/bin/bash /check/timer.sh
StandardOutput=file:/check/timer.out
StandardError=inherit
ExecStopPost=/bin/systemctl --no-block poweroff
TimeoutStartSec=600
[Install]
WantedBy=multi-user.target
UNIT
rm -f "$root/check/timer.out"
chroot "$root" systemctl --quiet enable callscrub.timer check.service
code=0
timeout --kill-after=30 "${LIMIT:-600}" systemd-nspawn --quiet --directory="$root" --boot --register=no --keep-unit --console=pipe \
    --private-network >"$root/check/boot.log" 2>&1 </dev/null || code=$?
if [[ ! -e $root/check/timer.out ]]; then
    echo "timer: skipped, systemd can't be booted here (code $code):"
    tail -n 5 "$root/check/boot.log"
    exit 77
fi
cat "$root/check/timer.out"
grep -q '^timer: ' "$root/check/timer.out"
