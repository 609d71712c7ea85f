"""Faults put into system calls by strace, signals at system calls, allocations that fail."""
import collections
import re
import shutil
import subprocess
import pathlib

# call → (errors, exit codes that are right). 0 where the call may fail without harm (a message, the lock's note).
OUTPUT = {0, 7}
READING = {0, 2, 3, 7}
ANY = {0, 2, 3, 7, 8}
ERRORS = {
    "write": (["ENOSPC", "EIO", "EDQUOT", "EPIPE", "EFBIG"], OUTPUT),
    "pwrite64": (["ENOSPC", "EIO"], OUTPUT),
    "fsync": (["EIO", "ENOSPC", "EDQUOT"], {7}),
    "sync_file_range": (["EIO", "ESPIPE"], {0}),
    "renameat2": (["EIO", "ENOSPC", "EXDEV", "EACCES", "EBUSY", "EINVAL", "ENOSYS"], OUTPUT),
    "rename": (["EIO", "ENOSPC"], OUTPUT),
    "mkdirat": (["ENOSPC", "EACCES", "EROFS"], OUTPUT),
    "mkdir": (["ENOSPC", "EACCES"], OUTPUT),
    "unlinkat": (["EIO", "EBUSY", "EACCES"], OUTPUT),
    "unlink": (["EIO"], OUTPUT),
    "ftruncate": (["EIO", "ENOSPC"], OUTPUT),
    "flock": (["ENOLCK", "EIO", "EWOULDBLOCK"], {0, 6, 7}),
    "openat": (["EACCES", "EMFILE", "ENFILE", "EIO", "ENOSPC", "ENOENT", "EINTR"], ANY),
    "close": (["EIO", "ENOSPC", "EDQUOT"], READING),
    "read": (["EIO", "EISDIR"], ANY),
    "pread64": (["EIO"], ANY),
    "fstat": (["EIO", "ENOMEM"], ANY),
    "newfstatat": (["EIO", "ENOMEM"], ANY),
    "lseek": (["EIO"], ANY),
    "getdents64": (["EIO"], ANY),
    "fcntl": (["EINVAL"], ANY),
    "pipe2": (["EMFILE"], {0, 8}),
    "mmap": (["ENOMEM"], ANY),
    "clone3": (["EAGAIN"], ANY),
    "clone": (["EAGAIN"], ANY),
    "getrandom": (["EIO"], ANY),
}
RETRIED = ["write", "read", "pread64", "fsync", "flock", "close"]  # EINTR: the run must simply go on
SIGNALS_AT = ["write", "pwrite64", "fsync", "renameat2", "mkdirat", "unlinkat", "openat", "close", "flock", "pread64", "read",
              "newfstatat", "fstat", "getdents64", "mmap", "munmap", "futex", "ftruncate", "sync_file_range", "rename"]
SIGNALS = {"KILL": {0, 137}, "TERM": {0, 143}, "INT": {0, 130}, "HUP": {0, 129}}

Fault = collections.namedtuple("Fault", "name strace environment allowed")


def strace(call, what, when, log):
    """Without --seccomp-bpf: with it signals are not delivered. brk can't be broken: it never returns an error."""
    return ["strace", "-f", "-qq", "-o", str(log), "-e", f"trace={call}", "-e", f"inject={call}:{what}:when={when}"]


def count_calls(bench, scratch):
    """call → (number of calls before main in the first thread, most calls of one thread)."""
    log = pathlib.Path(scratch) / "calls.log"
    bench.reset()
    outcome, stderr = bench.run(["strace", "-f", "-qq", "-o", str(log)])
    if outcome != 0:
        raise SystemExit(f"torture: under strace the run ends with {outcome}: {stderr}")
    counts, early, started = collections.defaultdict(collections.Counter), collections.Counter(), False
    for line in log.read_text(errors="replace").splitlines():
        match = re.match(r"(\d+)\s+(\w+)\(", line)
        if not match:
            continue
        thread, call = match.groups()
        if call == "fcntl" and "0, F_GETFD" in line:
            started = True
        counts[call][thread] += 1
        if not started:
            early[call] += 1
    return {call: (early[call], max(threads.values())) for call, threads in counts.items()}


def injected_errors(counts):
    for call, (errors, allowed) in ERRORS.items():
        early, most = counts.get(call, (0, 0))
        for error in errors:
            for when in range(early + 1, most + 1):
                yield f"{call}#{when}={error}", call, f"error={error}", when, frozenset(allowed)
    for call in RETRIED:
        early, most = counts.get(call, (0, 0))
        for when in range(early + 1, most + 1):
            # A signal can't interrupt close without closing: EINTR there counts as closed.
            yield f"{call}#{when}=EINTR", call, "error=EINTR", when, frozenset({0})
    early, most = counts.get("write", (0, 0))
    for when in range(early + 1, most + 1):
        yield f"write#{when}=0 bytes", "write", "retval=0", when, frozenset(OUTPUT)
    # From one call on everything fails: the disk is full and stays full.
    for when in range(early + 1, most + 1):
        yield f"write#{when}+=ENOSPC", "write", "error=ENOSPC", f"{when}+", frozenset(OUTPUT)
    for call in ("openat", "unlinkat", "close"):
        early, most = counts.get(call, (0, 0))
        for when in range(early + 1, most + 1):
            yield f"{call}#{when}+=EIO", call, "error=EIO", f"{when}+", frozenset(ANY)


def injected_signals(counts):
    for call in SIGNALS_AT:
        early, most = counts.get(call, (0, 0))
        for when in range(early + 1, most + 1):
            for signal, allowed in SIGNALS.items():
                yield f"{call}#{when} SIG{signal}", call, f"signal={signal}", when, frozenset(allowed)


def hit(log):
    """Did strace get to do it?"""
    text = pathlib.Path(log).read_text(errors="replace")
    return "INJECTED" in text or "--- SIG" in text or "+++ killed" in text


def build_failing_malloc(scratch):
    """The preload library, or None without a compiler."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        return None
    library = pathlib.Path(scratch) / "failing_malloc.so"
    source = pathlib.Path(__file__).with_name("failing_malloc.c")
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(source), "-ldl"], check=True)
    return library


def count_allocations(bench, library, scratch):
    told = pathlib.Path(scratch) / "allocations"
    bench.reset()
    outcome, stderr = bench.run(environment={"LD_PRELOAD": str(library), "COUNT_TO": str(told)})
    if outcome != 0:
        raise SystemExit(f"torture: with counted allocations the run ends with {outcome}: {stderr}")
    return int(told.read_text())
