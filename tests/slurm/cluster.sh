# A Slurm cluster of this machine alone: munged, slurmctld and two slurmd with files, keys and ports of their own, bound
# to the loopback. To be sourced; needs $scratch. Sets SLURM_CONF.

slurm_missing() {
    local tool
    for tool in munged mungekey slurmctld slurmd sbatch squeue scontrol; do
        command -v "$tool" >/dev/null || PATH=$PATH:/usr/sbin command -v "$tool" >/dev/null || { echo "$tool"; return 0; }
    done
    return 1
}

free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# wait_for SECONDS COMMAND…: until it succeeds.
wait_for() {
    local end=$((SECONDS + $1))
    shift
    until "$@" >/dev/null 2>&1; do
        if ((SECONDS >= end)); then return 1; fi
        sleep 0.2
    done
}

daemons=()

# daemon NAME COMMAND…: in the background, its words in $scratch/NAME.log.
daemon() {
    local name=$1
    shift
    setsid "$@" >"$scratch/$name.log" 2>&1 &
    daemons+=($!)
}

start_cluster() {
    PATH=$PATH:/usr/sbin
    local me
    me=$(id -un)
    # Munge wants every folder above its socket to belong to root or to itself, and no stranger may write there.
    mkdir -p "$scratch"/{munge,state,spool}
    chmod 755 "$scratch" "$scratch/munge"
    mungekey --create --keyfile="$scratch/munge/key"
    cat >"$scratch/slurm.conf" <<CONF
ClusterName=callscrub_test
SlurmctldHost=localhost(127.0.0.1)
SlurmctldPort=$(free_port)
SlurmUser=$me
SlurmdUser=$me
AuthType=auth/munge
AuthInfo=socket=$scratch/munge/socket,cred_expire=5
CredType=cred/munge
CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
StateSaveLocation=$scratch/state
SlurmdSpoolDir=$scratch/spool/%n
SlurmctldPidFile=$scratch/slurmctld.pid
SlurmdPidFile=$scratch/%n.pid
ProctrackType=proctrack/pgid
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
SelectType=select/linear
SwitchType=switch/none
MpiDefault=none
ReturnToService=2
JobRequeue=1
SlurmdParameters=config_overrides
SchedulerParameters=sched_interval=2,batch_sched_delay=0
NodeName=node1 NodeHostname=localhost NodeAddr=127.0.0.1 Port=$(free_port) CPUs=1 State=UNKNOWN
NodeName=node2 NodeHostname=localhost NodeAddr=127.0.0.1 Port=$(free_port) CPUs=1 State=UNKNOWN
PartitionName=all Nodes=node1,node2 Default=YES MaxTime=60 State=UP
CONF
    export SLURM_CONF=$scratch/slurm.conf
    daemon munged munged --foreground --force --key-file="$scratch/munge/key" --socket="$scratch/munge/socket" \
        --pid-file="$scratch/munge/pid" --log-file="$scratch/munge/log" --seed-file="$scratch/munge/seed" --num-threads=2
    wait_for 20 test -S "$scratch/munge/socket" || return 1
    daemon slurmctld slurmctld -D -f "$SLURM_CONF"
    daemon node1 slurmd -D -N node1 -f "$SLURM_CONF"
    daemon node2 slurmd -D -N node2 -f "$SLURM_CONF"
    wait_for 60 two_idle_nodes
}

two_idle_nodes() {
    [[ $(sinfo --noheader --Node --format '%N %T' | grep -c ' idle$') == 2 ]]
}

stop_cluster() {
    local pid
    scancel --user="$(id -un)" >/dev/null 2>&1 || true
    for pid in "${daemons[@]}"; do kill "$pid" 2>/dev/null || true; done
    for pid in "${daemons[@]}"; do
        wait_for 10 eval "! kill -0 $pid" || kill -9 "$pid" 2>/dev/null || true
    done
    daemons=()
}
