# In the booted root: the timer starts the service by itself, again and again; each run is whole and in the ledger. With a damaged
# input the service fails, and what the night before made stands.
set -euo pipefail
fail() {
    echo "FAILED: $*"
    systemctl status --no-pager callscrub.timer callscrub.service || true
    exit 1
}
lines() { [[ -e ledger.jsonl ]] && (($(wc -l <ledger.jsonl) >= $1)); }
wait_for() { # SECONDS COMMAND…
    local end=$((SECONDS + $1))
    until "${@:2}"; do
        ((SECONDS < end)) || return 1
        sleep 1
    done
}
property() { systemctl show --value --property "$1" "$2"; }
idle() { [[ $(property ActiveState callscrub.service) != activating ]]; }
failed() { [[ $(property Result callscrub.service) == exit-code ]]; }

[[ $(systemctl is-active callscrub.timer) == active ]] || fail "the timer is not active"
wait_for 120 cd /var/lib/callscrub 2>/dev/null || fail "the timer did not start the service" # which makes the folder
wait_for 240 lines 2 || fail "the timer did not start the service twice"
systemctl stop callscrub.timer
wait_for 60 idle || fail "the service does not end"
callscrub verify run --ledger ledger.jsonl
[[ $(stat -c '%U %a' run) == 'callscrub 700' ]] || fail "the run is $(stat -c '%U %a' run)"
[[ -s /var/log/callscrub/nightly.log ]] || fail "no log"

before=$(cat run/SHA256SUMS) lines=$(wc -l <ledger.jsonl)
echo 'one cell' >>/etc/callscrub/toestemmingen-nl.csv
systemctl start callscrub.timer
wait_for 120 failed || fail "the service did not fail with a damaged input"
[[ $(property ExecMainStatus callscrub.service) == 3 ]] || fail "exit code $(property ExecMainStatus callscrub.service)"
[[ $(<run/SHA256SUMS) == "$before" && $(wc -l <ledger.jsonl) == "$lines" ]] || fail "the run or the ledger changed"
callscrub verify run --ledger ledger.jsonl
journalctl --no-pager --quiet --output cat --unit callscrub.service | grep -m 1 "toestemmingen-nl.csv:.*can't be read" || fail "the journal does not tell"
echo "timer: started by systemd $lines times, then with a damaged input ended with 3 and left the run as it was"
