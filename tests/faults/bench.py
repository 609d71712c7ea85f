"""One place where a run is broken, and the promises that are checked after it."""
import hashlib
import os
import pathlib
import shutil
import signal
import subprocess

import campaign

KILLED = 128 + 9
TIMEOUT = 60  # seconds; a run takes a fraction of one


def outcome_of(returncode):
    """As a shell sees it."""
    return 128 - returncode if returncode < 0 else returncode


# Not compared between runs: summary.json has timings, report.html tells what changed since the run that was replaced.
NOT_COMPARED = ("summary.json", "report.html")


def contents(directory):
    """name → bytes of a run directory, as far as they follow from the inputs. What is not compared counts by its name."""
    out = {}
    for path in sorted(pathlib.Path(directory).iterdir()):
        data = path.read_bytes()
        if path.name in NOT_COMPARED:
            data = b""
        if path.name == "SHA256SUMS":
            uncertain = tuple(name.encode() for name in NOT_COMPARED)
            data = b"".join(line for line in data.splitlines(True) if not line.rstrip().endswith(uncertain))
        out[path.name] = data
    return out


def sums_hold(directory):
    for line in (pathlib.Path(directory) / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split("  ", 1)
        if hashlib.sha256((pathlib.Path(directory) / name).read_bytes()).hexdigest() != digest:
            return False
    return True


def hear_signals():
    """In the child: a torture started in the background or by nohup hands on ignored signals, and those stay ignored."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


class Bench:
    """A directory with inputs, an earlier run in `out` and a ledger with its line. `reset` brings that state back."""

    def __init__(self, binary, directory, rows=campaign.ROWS):
        self.binary = os.path.abspath(binary)
        self.pristine = pathlib.Path(directory) / "pristine"
        self.work = pathlib.Path(directory) / "work"
        self.pristine.mkdir(parents=True)
        campaign.make_inputs(self.pristine, rows)
        self.plain_run(self.pristine, campaign.OLD_DAY)
        self.old = contents(self.pristine / "out")
        self.reset()
        self.plain_run(self.work, campaign.NEW_DAY)
        self.new = contents(self.work / "out")
        if self.old == self.new:
            raise SystemExit("torture: the two days give the same outputs; the campaign proves nothing")
        self.reset()
        self.plain_run(self.work, campaign.NEW_DAY)
        again = contents(self.work / "out")
        unequal = [name for name in self.new if again.get(name) != self.new[name]]
        if unequal:
            raise SystemExit(f"torture: two runs of the same inputs differ in {unequal}")
        self.names = {path.name for path in self.pristine.iterdir()}

    def plain_run(self, directory, day):
        done = subprocess.run([self.binary, *campaign.arguments(day)], cwd=directory, capture_output=True, timeout=TIMEOUT)
        if done.returncode != 0:
            raise SystemExit(f"torture: the run without faults ends with {done.returncode}: {done.stderr.decode(errors='replace')}")

    def reset(self):
        shutil.rmtree(self.work, ignore_errors=True)
        shutil.copytree(self.pristine, self.work)

    def run(self, before=(), environment=None, extra=(), work=None):
        """The new run behind `before` (strace …). Returns (outcome, stderr); outcome None = it hung."""
        command = [*before, self.binary, *campaign.arguments(campaign.NEW_DAY, extra=extra)]
        process = subprocess.Popen(command, cwd=work or self.work, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                                   env={**os.environ, **(environment or {})}, start_new_session=True, preexec_fn=hear_signals)
        try:
            stderr = process.communicate(timeout=TIMEOUT)[1]
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)  # strace and what it traces
            process.communicate()
            return None, ""
        return outcome_of(process.returncode), stderr.decode(errors="replace")

    def leftovers(self, work=None):
        return sorted({path.name for path in (work or self.work).iterdir()} - self.names)

    def violations(self, outcome, stderr, allowed, work=None, mute=False):
        """Every promise that does not hold; `mute`: messages can't be written either. Ends with a run without faults."""
        work = work or self.work
        out = []
        if outcome is None:
            return ["it hung"]
        if outcome not in allowed:
            out.append(f"exit {outcome}, expected one of {sorted(allowed)}")
        state = self.state_of(work)
        if state == "neither":
            out.append(f"outputs are neither the old nor the new ones ({self.unequal(work)})")
        if outcome == 0 and state != "new":
            out.append(f"exit 0 with {state} outputs")
        if outcome not in (0, KILLED) and state != "old":
            out.append(f"exit {outcome} with {state} outputs")
        if outcome not in (0, KILLED, 129, 130, 143) and not mute and not stderr.strip():
            out.append("an error without a message")
        if outcome in (129, 130, 143) and self.leftovers(work):
            out.append(f"leftovers after a signal: {self.leftovers(work)}")
        lines = len((work / "ledger.jsonl").read_text(errors="replace").splitlines())
        wanted = {0: {2}, KILLED: {1, 2}}.get(outcome, {1})
        if lines not in wanted:
            out.append(f"{lines} lines in the ledger after exit {outcome}")
        return out + self.next_run(work)

    def state_of(self, work):
        try:
            now = contents(work / "out")
            whole = sums_hold(work / "out")
        except (OSError, ValueError):
            return "neither"
        return "neither" if not whole else "new" if now == self.new else "old" if now == self.old else "neither"

    def unequal(self, work):
        try:
            now = contents(work / "out")
        except (OSError, ValueError) as error:
            return str(error)
        near = self.new if sum(now.get(n) == d for n, d in self.new.items()) >= sum(now.get(n) == d for n, d in self.old.items()) else self.old
        return ", ".join(sorted(name for name in {*now, *near} if now.get(name) != near.get(name)))

    def next_run(self, work):
        """What the next run makes of it: complete, no leftovers, a ledger that holds."""
        outcome, stderr = self.run(work=work)
        out = []
        if outcome != 0:
            out.append(f"the next run ends with {outcome}: {stderr.strip()[-200:]}")
        elif self.state_of(work) != "new":
            out.append("the next run gives other outputs")
        if self.leftovers(work):
            out.append(f"leftovers after the next run: {self.leftovers(work)}")
        check = subprocess.run([self.binary, "verify", "out", "--ledger", "ledger.jsonl"], cwd=work, capture_output=True, timeout=TIMEOUT)
        if check.returncode != 0:
            out.append("verify: " + (check.stdout + check.stderr).decode(errors="replace").strip()[-300:])
        return out
