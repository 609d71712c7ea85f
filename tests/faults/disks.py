"""Disks that are full, and the power that goes."""
import contextlib
import os
import pathlib
import shutil
import signal
import subprocess
import time

import campaign
from bench import TIMEOUT, outcome_of


def shell(*command):
    return subprocess.run(command, capture_output=True, timeout=TIMEOUT)


class Mounted:
    """A file system on a directory while the block lasts."""

    def __init__(self, directory, *arguments):
        self.directory = pathlib.Path(directory)
        self.directory.mkdir(parents=True, exist_ok=True)
        done = shell("mount", *arguments, str(directory))
        if done.returncode != 0:
            raise OSError(done.stderr.decode(errors="replace").strip())

    def __enter__(self):
        return self.directory

    def __exit__(self, *_):
        for _ in range(50):
            if shell("umount", str(self.directory)).returncode == 0:
                return
            time.sleep(0.1)
        shell("umount", "-l", str(self.directory))


def can_mount(scratch):
    try:
        with Mounted(pathlib.Path(scratch) / "probe", "-t", "tmpfs", "-o", "size=64k", "none"):
            return True
    except OSError:
        return False


def tiny_disks(bench, scratch, step):
    """Runs on a tmpfs whose size grows until the run succeeds. Yields (name, outcome, violations)."""
    used = sum(-(-path.stat().st_size // 4096) * 4 + 4 for path in bench.pristine.rglob("*"))
    size = used + 8
    while True:
        with Mounted(pathlib.Path(scratch) / "tiny", "-t", "tmpfs", "-o", f"size={size}k", "none") as disk:
            work = disk / "work"
            shutil.copytree(bench.pristine, work)
            outcome, stderr = bench.run(work=work)
            # What comes next needs room again.
            shell("mount", "-o", "remount,size=64m", str(disk))
            yield f"tmpfs of {size} KiB", outcome, bench.violations(outcome, stderr, {0, 7}, work=work)
        if outcome == 0:
            return
        size += step


def read_only_disk(bench, scratch):
    with Mounted(pathlib.Path(scratch) / "tiny", "-t", "tmpfs", "none") as disk:
        work = disk / "work"
        shutil.copytree(bench.pristine, work)
        shell("mount", "-o", "remount,ro", str(disk))
        outcome, stderr = bench.run(work=work)
        shell("mount", "-o", "remount,rw", str(disk))
        yield "read-only disk", outcome, bench.violations(outcome, stderr, {7}, work=work)


class PowerCut:
    """An ext4 in a file. The power goes by copying the file: what was not written out is lost."""

    def __init__(self, bench, scratch):
        self.bench = bench
        self.scratch = pathlib.Path(scratch)
        self.image = self.scratch / "disk.img"
        with open(self.image, "wb") as file:
            file.truncate(32 << 20)
        if shell("mkfs.ext4", "-q", "-F", str(self.image)).returncode != 0:
            raise OSError("no mkfs.ext4")
        with self.mounted(self.image) as disk:
            shutil.copytree(bench.pristine, disk / "work")

    def mounted(self, image):
        return Mounted(self.scratch / "power", "-o", "loop", str(image))

    def cut_at(self, call, when):
        """Stops the run at a call and cuts the power. The outcome is 0 if the run was over before."""
        image, after = self.scratch / "running.img", self.scratch / "after.img"
        shutil.copyfile(self.image, image)
        with self.mounted(image) as disk:
            shell("sync", "-f", str(disk))
            outcome = self.run_until(disk / "work", call, when)
            shutil.copyfile(image, after)  # the moment without power
            self.end()
        with self.mounted(after) as disk:
            yield f"power cut at {call}#{when}", outcome, self.bench.violations(outcome, "-", {0, 137}, work=disk / "work")
        image.unlink()
        after.unlink()

    def run_until(self, work, call, when):
        log = self.scratch / "power.log"
        log.unlink(missing_ok=True)  # or the stop before would be taken for this one, and the power cut at the start
        command = ["strace", "-f", "-qq", "-o", str(log), "-e", f"trace={call}", "-e", f"inject={call}:signal=STOP:when={when}",
                   self.bench.binary, *campaign.arguments(campaign.NEW_DAY)]
        self.process = subprocess.Popen(command, cwd=work, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        begin = time.monotonic()
        while time.monotonic() - begin < TIMEOUT:
            if self.process.poll() is not None:
                return outcome_of(self.process.returncode)
            if self.stopped():
                return 137
            time.sleep(0.005)
        return None

    def children(self):
        path = pathlib.Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in path.read_text().split()] if path.exists() else []

    def stopped(self):
        log = self.scratch / "power.log"
        return log.exists() and "--- stopped by SIGSTOP" in log.read_text(errors="replace")

    def end(self):
        if self.process.poll() is None:
            for pid in self.children():
                with contextlib.suppress(ProcessLookupError):  # it ended by itself meanwhile
                    os.kill(pid, signal.SIGKILL)
            try:
                self.process.wait(timeout=TIMEOUT)
            except subprocess.TimeoutExpired:  # the power is cut already: only the process is left to end
                self.process.kill()
                self.process.wait(timeout=TIMEOUT)
