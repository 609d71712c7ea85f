#!/usr/bin/env bash
# A scrub as a Slurm array job for real: munged, slurmctld and two slurmd on this machine, an array of parts, one task killed
# in the middle and queued again by Slurm, the merge that waits for all of them. What is merged must be what one run makes.
#   array.sh CALLSCRUB [DIR]    with DIR: list.csv, consents.csv and relations.csv as tests/bench/make_data writes them
# PARTS: into how many parts (8); LIMIT: how many seconds the array and the merge may take (240). Says what each step took.
# Ends with 77 where Slurm is not installed.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
callscrub=$(realpath "$1")
given=${2:-}
parts=${PARTS:-8}
scratch=$(mktemp -d "${TMPDIR:-/tmp}/callscrub-slurm-XXXXXX")
. "$here/cluster.sh"

if tool=$(slurm_missing); then
    echo "skipped: $tool is not installed (Debian: slurm-wlm and munge)"
    rm -rf "$scratch"
    exit 77
fi

end() {
    local code=$?
    stop_cluster
    if ((code != 0)); then tail -n 20 "$scratch"/*.log "$scratch"/job/*.{err,out} 2>/dev/null || true; fi
    rm -rf "$scratch"
    exit $code
}
trap end EXIT

job=$scratch/job
mkdir -p "$job"
cd "$job"
if [[ -n $given ]]; then
    ln -s "$(realpath "$given")"/*.csv .
else
    python3 -c "
import pathlib, sys
sys.path.insert(0, '$here/../parts')
import campaign
campaign.write(pathlib.Path('.'), 4, scale=60)"
fi
[[ -e job.toml ]] || cat >job.toml <<'PROFILE'
[campaign]
entity = "Energie AG"
product = "energy"
call_from = 2026-03-02
call_until = "+13d"
[[list]]
path = "list.csv"
[[consents]]
path = "consents.csv"
[[relations]]
path = "relations.csv"
PROFILE

phase() { # NAME COMMAND…: what it takes
    local TIMEFORMAT="$1: %R s, of CPU %U s user and %S s system"
    time "${@:2}" 2>"${1// /-}.err"
}

phase "one run" "$callscrub" run --profile job.toml --out one --quiet
phase "part" "$callscrub" part --parts "$parts" -o parts --profile job.toml --quiet
start_cluster

# The job script of docs/SCALE-OUT.md, with room for the test: each task waits for a file before it begins, so that one of
# them can be killed while it works.
cat >part.sh <<SCRIPT
#!/bin/bash
#SBATCH --requeue
echo "task \$SLURM_ARRAY_TASK_ID, try \${SLURM_RESTART_COUNT:-0}, on \$SLURMD_NODENAME"
"$callscrub" run --part "\$SLURM_ARRAY_TASK_ID/$parts" parts --threads 1 --quiet &
echo \$! >"pid-\$SLURM_ARRAY_TASK_ID-\${SLURM_RESTART_COUNT:-0}"
wait \$! || {
    code=\$?
    if ((code > 128)); then scontrol requeue "\$SLURM_JOB_ID"; sleep 30; fi
    exit \$code
}
times >"times-\$SLURM_ARRAY_TASK_ID"
SCRIPT
chmod +x part.sh
begin=$EPOCHREALTIME
array=$(sbatch --parsable --array=1-"$parts" --output='part-%a.out' --open-mode=append part.sh)
merge=$(sbatch --parsable --dependency=afterok:"$array" --kill-on-invalid-dep=yes --output=merge.out \
    --wrap "'$callscrub' merge parts --out merged --quiet && times >times-merge && touch merged.done")

# The first task that can be caught at work is stopped, looked at, and killed while it stands still: surely in the middle.
victim=
tried=' '
for ((i = 0; i < 6000 && ${#victim} == 0; ++i)); do
    for file in pid-*-0; do
        task=${file#pid-}
        task=${task%-0}
        [[ -s $file && $tried != *" $task "* ]] || continue
        tried+="$task "
        pid=$(<"$file")
        kill -STOP "$pid" 2>/dev/null || continue
        if [[ $(ps -o stat= -p "$pid") == T* && ! -e $(printf 'parts/result-%03d' $((task - 1))) ]]; then
            victim=$task
            kill -KILL "$pid"
            break
        fi
        kill -CONT "$pid" 2>/dev/null || true
    done
    [[ -z $victim ]] || break
    sleep 0.01
done
[[ -n $victim ]] || { echo "no task could be caught at work"; exit 1; }
echo "task $victim is killed at work"

wait_for "${LIMIT:-240}" test -e merged.done || { squeue --long; exit 1; }
python3 - "$EPOCHREALTIME" "$begin" <<'SUM'
import glob, re, sys
def cpu(name):  # the second line of `times`: of what the shell ran
    return [60 * float(m) + float(s) for m, s in re.findall(r"(\d+)m([\d.]+)s", open(name).read())][2:]
parts = [sum(both) for both in zip(*(cpu(name) for name in glob.glob("times-[0-9]*")))]
print(f"array and merge, with the wait for the task that is queued again: {float(sys.argv[1]) - float(sys.argv[2]):.3f} s")
for name, (user, system) in (("all parts", parts), ("merge", cpu("times-merge"))):
    print(f"{name}: of CPU {user:.3f} s user and {system:.3f} s system")
SUM
du -sh --apparent-size parts | sed 's/\tparts/ in the directory of the parts/'
[[ -s pid-$victim-1 ]] || { echo "task $victim was not queued again"; exit 1; }
cat part-*.out | grep '^task' | sort -k2,2n
nodes=$(cat part-*.out | grep -o 'on node.' | sort -u | wc -l)
((nodes == 2)) || { echo "both nodes should have worked"; exit 1; }

for file in one/*; do
    name=${file##*/}
    case $name in
    summary.json | SHA256SUMS) ;; # timings, and their digest
    *) cmp "$file" "merged/$name" ;;
    esac
done
[[ $(ls one) == $(ls merged) ]]
"$callscrub" verify merged --quiet
echo "merged bytes are those of one run; task $victim was killed and done again; array job $array, merge job $merge"
