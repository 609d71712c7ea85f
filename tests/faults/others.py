"""Several runs at once, inputs that change, orders that can't be carried out."""
import os
import pathlib
import random
import shutil
import signal
import subprocess
import time

import campaign
from bench import TIMEOUT, contents, hear_signals, outcome_of
from faults import strace


def start(bench, extra=()):
    return subprocess.Popen([bench.binary, *campaign.arguments(campaign.NEW_DAY, extra=extra)], cwd=bench.work,
                            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, preexec_fn=hear_signals)


def end(process):
    stderr = process.communicate(timeout=TIMEOUT)[1].decode(errors="replace")
    return outcome_of(process.returncode), stderr


class Standing:
    """A run that stands still at a system call until it is told to go on."""

    def __init__(self, bench, scratch, call, when):
        self.log = pathlib.Path(scratch) / "standing.log"
        self.log.write_text("")
        command = [*strace(call, "signal=STOP", when, self.log), bench.binary, *campaign.arguments(campaign.NEW_DAY)]
        self.process = subprocess.Popen(command, cwd=bench.work, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, preexec_fn=hear_signals)
        begin = time.monotonic()
        while self.process.poll() is None and not self.stands() and time.monotonic() - begin < TIMEOUT:
            time.sleep(0.002)

    def stands(self):
        return "--- stopped" in self.log.read_text(errors="replace")

    def go_on(self):
        children = pathlib.Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        for pid in children.read_text().split() if self.process.poll() is None else []:
            os.kill(int(pid), signal.SIGCONT)
        return end(self.process)


def second_run(bench, scratch):
    """A run comes while another one is at work: it is told so, or waits."""
    for waiting in (False, True):
        bench.reset()
        first = Standing(bench, scratch, "write", 2)
        second = start(bench, ["--wait-lock", "60s"] if waiting else [])
        if waiting:
            time.sleep(0.3)
            out = ["the second run did not wait"] if second.poll() is not None else []
        else:
            outcome, stderr = end(second)
            out = [] if outcome == 6 and "lock" in stderr else [f"the second run ends with {outcome}: {stderr[-200:]}"]
        out += [] if bench.state_of(bench.work) == "old" else ["the outputs have changed"]
        ends = [first.go_on()[0], *([end(second)[0]] if waiting else [])]
        if any(ends):
            out.append(f"exits {ends}")
        yield "a second run" + (" that waits" if waiting else ""), ends[0], out + bench.next_run(bench.work)


def at_once(bench, scratch, rounds, seed):
    """Two to four runs for one target, some of them killed."""
    yield from second_run(bench, scratch)
    dice = random.Random(seed)
    for number in range(rounds):
        bench.reset()
        waiting = number % 2 == 0
        runs = [start(bench, ["--wait-lock", "60s"] if waiting else []) for _ in range(2 + number % 3)]
        killed = None
        if number % 4 > 1:
            time.sleep(dice.random() * 0.2)
            killed = dice.choice(runs)
            killed.send_signal(dice.choice([signal.SIGKILL, signal.SIGTERM]))
        ends = [end(run) for run in runs]
        out = []
        for run, (outcome, stderr) in zip(runs, ends):
            allowed = ({0} if waiting else {0, 6}) | ({137, 143} if run is killed else set())
            if outcome not in allowed:
                out.append(f"exit {outcome}, expected one of {sorted(allowed)}: {stderr[-200:]}")
        state = bench.state_of(bench.work)
        done = sum(outcome == 0 for outcome, _ in ends)
        if state != ("new" if done else state if killed and state in ("old", "new") else "old"):
            out.append(f"{done} runs have ended with 0, outputs are {state}")
        yield f"{len(runs)} runs at once, round {number}", max(outcome for outcome, _ in ends), out + bench.next_run(bench.work)


def rewrite(path):
    """The second half gets other bytes, in place and of the same length."""
    data = path.read_bytes()
    with path.open("r+b") as file:
        file.seek(len(data) // 2)
        file.write(data[len(data) // 2:].replace(b"06", b"07"))


CHANGES = {
    "rewritten": rewrite,
    "appended to": lambda path: path.open("a").write("0612345678,new row\n"),
    "cut short": lambda path: os.truncate(path, path.stat().st_size // 2),
    "replaced": lambda path: (shutil.copyfile(path, f"{path}.n"), open(f"{path}.n", "a").write("\n"), os.replace(f"{path}.n", path)),
    "touched": lambda path: os.utime(path),
    "removed": lambda path: path.unlink(),
}


KNOWN = {}


def read_afterwards(bench, what, name):
    """The outputs if the input has changed before it was opened; None if it can't be read then."""
    if (what, name) not in KNOWN:
        aside = bench.pristine.parent / "aside"
        shutil.rmtree(aside, ignore_errors=True)
        shutil.copytree(bench.pristine, aside)
        CHANGES[what](aside / name)
        outcome, _ = bench.run(work=aside)
        KNOWN[what, name] = contents(aside / "out") if outcome == 0 else None
    return KNOWN[what, name]


def changed_inputs(bench, scratch, counts, share):
    """An input changes while the run stands still at a read."""
    call = "pread64"
    early, most = counts[call]
    cases = [(when, name, what) for when in range(early + 1, most + 1) for name in ("people.csv", "consents.csv", "suppress.csv") for what in CHANGES]
    for when, name, what in share(cases):
        bench.reset()
        standing = Standing(bench, scratch, call, when)
        CHANGES[what](bench.work / name)
        outcome, stderr = standing.go_on()
        legal = read_afterwards(bench, what, name)
        out = [f"exit 0 with outputs of neither input ({bench.unequal(bench.work)})"] if outcome == 0 and legal not in (None, contents(bench.work / "out")) and bench.state_of(bench.work) != "new" else []
        for path in bench.pristine.iterdir():  # the inputs as they were, for the next run
            if path.suffix == ".csv":
                shutil.copyfile(path, bench.work / path.name)
                (bench.work / f"{path.name}.n").unlink(missing_ok=True)
        if outcome == 0 and not out and bench.state_of(bench.work) != "new":
            yield f"{name} {what} at {call}#{when}, before it was opened", outcome, bench.next_run(bench.work)
            continue
        yield f"{name} {what} at {call}#{when}", outcome, out + bench.violations(outcome, stderr, {0, 3})


def simple(bench, command, **streams):
    done = subprocess.run([bench.binary, *command], cwd=bench.work, stderr=subprocess.PIPE, timeout=TIMEOUT,
                          **{"stdout": subprocess.DEVNULL, "stdin": subprocess.DEVNULL, **streams})
    return outcome_of(done.returncode), done.stderr.decode(errors="replace")


def orders(bench):
    """Orders that can't be carried out, each with its exit code; nothing changes on disk."""
    work = bench.work
    whole = campaign.arguments(campaign.NEW_DAY)
    pipe = ["run", "people.csv", "--entity", "E1", "--jurisdiction", "NL", "--region", "NL", "--as-of", campaign.NEW_DAY,
            "--consents", "consents.csv", "--progress", "never"]

    def replaced(what, by):
        return [by if each == what else each for each in whole]

    def prepare():
        (work / "file").write_text("text")
        (work / "folder").mkdir()
        (work / "folder" / "diary").write_text("dear")
        (work / "link").symlink_to("out")
        os.link(work / "people.csv", work / "hard.csv")
        os.mkfifo(work / "fifo")

    closed = subprocess.Popen(["true"], stdin=subprocess.PIPE)
    closed.wait()
    cases = [
        ("input is a directory", 3, replaced("people.csv", "folder"), {}),
        ("input is a device", 3, replaced("people.csv", "/dev/zero"), {}),
        ("input is not there", 3, replaced("people.csv", "nothing.csv"), {}),
        ("target exists", 7, [each for each in whole if each != "--replace"], {}),
        ("target is a file", 7, replaced("out", "file"), {}),
        ("target is a link", 7, replaced("out", "link"), {}),
        ("target is another directory", 7, replaced("out", "folder"), {}),
        ("target in no directory", 7, replaced("out", "no/such"), {}),
        ("output is the input", 2, [*pipe, "--clean", "people.csv", "--rejected", "r.csv"], {}),
        ("output is a hard link of the input", 2, [*pipe, "--clean", "hard.csv", "--rejected", "r.csv"], {}),
        ("both outputs are one", 2, [*pipe, "--clean", "c.csv", "--rejected", "c.csv"], {}),
        ("standard output is full", 7, [*pipe, "--clean", "-", "--rejected", "r.csv"], {"stdout": open("/dev/full", "w")}),
        ("the reader has gone", 7, [*pipe, "--clean", "-", "--rejected", "r.csv"], {"stdout": closed.stdin}),
        ("the result for machines can't be written", 7, whole, {"stdout": open("/dev/full", "w")}),
        ("nobody reads the result for machines", 7, whole, {"stdout": closed.stdin}),
        ("the ledger is an input", 2, replaced("ledger.jsonl", "people.csv"), {}),
        ("the ledger is somebody's file", 7, replaced("ledger.jsonl", "file"), {}),
        ("the log is an input", 2, [*whole, "--log", "hard.csv"], {}),
        ("standard output is closed", 7, [*pipe, "--clean", "-", "--rejected", "r.csv"], {"preexec_fn": lambda: os.close(1)}),
    ]
    for name, expected, command, streams in cases:
        bench.reset()
        prepare()
        before = {path.name for path in work.iterdir()}
        outcome, stderr = simple(bench, command, **streams)
        out = [] if outcome == expected else [f"exit {outcome}, expected {expected}: {stderr.strip()[-200:]}"]
        if not stderr.strip():
            out.append("no message")
        if bench.state_of(work) != "old":
            out.append("the earlier outputs were touched")
        if {path.name for path in work.iterdir()} != before:
            out.append(f"leftovers: {sorted({path.name for path in work.iterdir()} ^ before)}")
        yield name, outcome, out
