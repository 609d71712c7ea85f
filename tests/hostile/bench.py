"""Runs callscrub on hostile files and looks at what it shows and what it uses."""
import os
import pathlib
import resource
import shutil
import subprocess
import threading
import time

CONSENT_HEADER = "phone,person_id,channel,status,entity,product,timestamp,evidence,consent_id\n"


class Wrong(Exception):
    """A promise of docs/SECURITY.md does not hold."""


def require(holds, what):
    if not holds:
        raise Wrong(what)


class Result:
    def __init__(self, code, out, err, megabytes, seconds):
        self.code, self.out, self.err, self.megabytes, self.seconds = code, out, err, megabytes, seconds

    def said(self):
        return self.err.decode(errors="replace")


class Bench:
    def __init__(self, binary, scratch):
        self.binary, self.scratch = str(pathlib.Path(binary).resolve()), pathlib.Path(scratch)

    def folder(self, name):
        path = self.scratch / name
        shutil.rmtree(path, ignore_errors=True)
        path.mkdir(parents=True)
        return path

    def start(self, folder, arguments, feed=None, cpu=120):
        """Peak memory is that of the one process. `feed`: pieces for its standard input. `cpu`: seconds it may use."""
        limit = lambda: resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu))
        begin = time.monotonic()
        process = subprocess.Popen([self.binary, *arguments], cwd=folder, preexec_fn=limit, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   stdin=subprocess.DEVNULL if feed is None else subprocess.PIPE)
        caught = {}
        readers = [threading.Thread(target=lambda k=k, s=s: caught.update({k: s.read()})) for k, s in (("out", process.stdout), ("err", process.stderr))]
        for reader in readers:
            reader.start()
        if feed is not None:
            try:
                for piece in feed:
                    process.stdin.write(piece)
                process.stdin.close()
            except BrokenPipeError:
                pass
        for reader in readers:
            reader.join()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        for stream in (process.stdout, process.stderr):
            stream.close()
        require(process.returncode >= 0, f"killed by signal {-process.returncode}: callscrub {' '.join(arguments)}")
        return Result(process.returncode, caught["out"], caught["err"], used.ru_maxrss // 1024, time.monotonic() - begin)

    def run(self, folder, *arguments, feed=None, cpu=120):
        return self.start(folder, ["run", "--entity", "E1", "--region", "NL", "--as-of", "2026-03-02", "--progress", "never", *arguments], feed, cpu)


def consent(number, person="", status="opt_in", at="2026-01-05T10:00:00Z", name=""):
    return f"{number},{person},phone,{status},E1,,{at},on file,{name}\n"


def number(i):
    return f"+316{10_000_000 + i:08d}"
