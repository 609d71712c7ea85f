#!/usr/bin/env python3
"""A scrub in parts gives what one run gives, byte for byte; a part that was killed or spoiled is seen; what does not belong together is
refused. usage: parts.py CALLSCRUB SAMPLE_DATA [SEEDS [WHAT…]], WHAT = samples, warnings, killed, refusals, bounds, random_campaigns"""
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import campaign

PROGRAM, SAMPLES = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]).absolute()
SEEDS = range(int(sys.argv[3])) if len(sys.argv) > 3 else range(8)
done = 0


def call(folder, *words, code=0, says=None):
    """Runs the program in `folder`; its words. Whatever is not expected ends the test."""
    env = {k: v for k, v in os.environ.items() if k != "CALLSCRUB_PROFILE"}
    ended = subprocess.run([PROGRAM, *map(str, words)], cwd=folder, env=env, capture_output=True, text=True, timeout=300)
    if ended.returncode != code or (says is not None and says not in ended.stderr):
        sys.exit(f"in {folder}: callscrub {' '.join(map(str, words))}\nended with {ended.returncode}, expected {code}"
                 f"{'' if says is None else ' and the words: ' + says}\n{ended.stderr}")
    return ended.stderr


def files_of(folder):
    """Every file's bytes; of summary.json without timings, of SHA256SUMS without the line of summary.json."""
    out = {}
    for path in sorted(folder.iterdir()):
        data = path.read_bytes()
        if path.name == "summary.json":
            summary = json.loads(data)
            del summary["timings"]
            data = json.dumps(summary, indent=1).encode()
        if path.name == "SHA256SUMS":
            data = b"".join(line for line in data.splitlines(True) if not line.endswith(b"  summary.json\n"))
        out[path.name] = data
    return out


def must_equal(one, other, what):
    global done
    a, b = files_of(one), files_of(other)
    if a.keys() != b.keys():
        sys.exit(f"{what}: files differ: {sorted(a)} and {sorted(b)}")
    for name in a:
        if a[name] == b[name]:
            continue
        lines = zip(a[name].splitlines() + [b"(end)"], b[name].splitlines() + [b"(end)"])
        first = next(((n, x, y) for n, (x, y) in enumerate(lines, 1) if x != y), None)
        sys.exit(f"{what}: {name} differs, first in line {first[0] if first else '?'}:\none run: {first and first[1]}\nparts:   {first and first[2]}\nkept in {one.parent}")
    done += 1


def split(folder, name, parts, *more):
    call(folder, "part", "--parts", parts, "-o", name, "--quiet", *more)


def run_parts(folder, name, parts, threads=()):
    for part in range(1, parts + 1):
        call(folder, "run", "--part", f"{part}/{parts}", name, "--quiet", *threads)


def whole(folder, parts, *more):
    """Split, run and merged under the folder's profile; the directory of the result."""
    split(folder, f"parts{parts}", parts, *more)
    run_parts(folder, f"parts{parts}", parts, ("--threads", "1" if parts == 3 else "2"))
    call(folder, "merge", f"parts{parts}", "--out", f"merged{parts}", "--quiet")
    return folder / f"merged{parts}"


def samples(scratch):
    for profile in sorted(SAMPLES.glob("*.toml")):
        folder = scratch / profile.stem
        shutil.copytree(SAMPLES, folder)
        stated = ["--profile", profile.name]
        call(folder, "run", *stated, "--out", "one", "--quiet")
        # Every number of parts for the sample that shows every reason; each file of a part is synced, so time is short.
        for parts in (1, 2, 3, 8) if profile.stem == "nightly" else (3,):
            must_equal(folder / "one", whole(folder, parts, *stated), f"sample {profile.name} in {parts} parts")


def warnings(scratch):
    """What a run warns of its inputs and its command line, a merge warns of as well."""
    folder = scratch / "warnings"
    folder.mkdir()
    files = {"list.csv": "phone\n+31612345001\n",
             "yes.csv": "phone,status,channel,timestamp,evidence,withdrawn_at\n+31612345001,opt_in,phone,2025-08-01,x,\n",
             "who.csv": "klantnummer,status,datum\nP1,opt_out,2999-03-01\n",
             "calls.csv": "phone,called_at,outcome,mobiel prive\n0612345001,2026-03-01,whatever,0612345002\n",
             "mine.txt": "+31612345009\n", "other.txt": "+31612345008\n",
             "job.toml": '[campaign]\nentity = "E1"\nregion = "NL"\ncall_from = 2026-11-01\n[[suppress]]\npath = "mine.txt"\n'
                         '[policy]\nnl_verification = "warn"\n'}
    for name, text in files.items():
        (folder / name).write_text(text)
    stated = ["--profile", "job.toml", "list.csv", "--consents", "yes.csv", "--consents", "who.csv", "--calls", "calls.csv",
              "--suppress", "other.txt", "--policy", "strict"]
    said = call(folder, "run", *stated, "--out", "one", "--quiet")
    for part in ("withdrawn_at", "persons only", "after today", "no word we know", "mobiel prive", "mine.txt", "nl_verification = warn", "to whom"):
        assert part in said, (part, said)
    must_equal(folder / "one", whole(folder, 2, *stated), "warnings")


def random_campaigns(scratch):
    for seed in SEEDS:
        folder = scratch / f"seed{seed}"
        folder.mkdir()
        campaign.write(folder, seed)
        call(folder, "run", "--profile", "job.toml", "--out", "one", "--quiet")
        for parts in (1, 2, 3, 8) if seed % 4 == 0 or len(SEEDS) > 8 else (2 + seed % 2,):
            must_equal(folder / "one", whole(folder, parts, "--profile", "job.toml"), f"seed {seed} in {parts} parts")
        shutil.rmtree(folder)


def killed(scratch):
    """A part that is killed leaves nothing that counts; one that is done is not done again; a spoiled one is done again."""
    folder = scratch / "killed"
    folder.mkdir()
    campaign.write(folder, 4, scale=40)
    call(folder, "run", "--profile", "job.toml", "--out", "one", "--quiet")
    split(folder, "parts", 2, "--profile", "job.toml")
    says = call(folder, "part", "--parts", 2, "-o", "parts", "--profile", "job.toml")
    assert "already" in says, says
    for delay in (0, 0.01, 0.02, 0.04, 0.08):
        process = subprocess.Popen([PROGRAM, "run", "--part", "1/2", "parts", "--quiet"], cwd=folder)
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.wait()
    run_parts(folder, "parts", 2)
    result = folder / "parts" / "result-000" / "result.json"
    before = result.stat().st_mtime_ns
    assert "done already" in call(folder, "run", "--part", "1/2", "parts")
    assert result.stat().st_mtime_ns == before
    rows = next(result.parent.glob("list-*.rows"))
    data = bytearray(rows.read_bytes())
    data[len(data) // 2] ^= 1
    rows.write_bytes(data)
    call(folder, "merge", "parts", "--out", "merged", code=3, says="")
    assert not (folder / "merged").exists()
    assert "done already" not in call(folder, "run", "--part", "1/2", "parts")
    call(folder, "merge", "parts", "--out", "merged", "--quiet")
    must_equal(folder / "one", folder / "merged", "after kills and damage")
    leftovers = [p.name for p in (folder / "parts").iterdir() if p.name.startswith(".")]
    assert not leftovers, leftovers


def refusals(scratch):
    folder = scratch / "refused"
    shutil.copytree(SAMPLES, folder)
    for path in folder.glob("*"):
        os.utime(path, ns=(1_700_000_000_000_000_000,) * 2)
    stated = ["--profile", "nightly.toml"]
    split(folder, "parts", 3, *stated)
    call(folder, "merge", "parts", "--out", "merged", code=3, says="parts 1, 2, 3 of 3 are not done yet; run `callscrub run --part 1/3 parts` and the others")
    run_parts(folder, "parts", 3)
    parts = folder / "parts"

    shutil.move(parts / "result-001", folder / "aside")
    call(folder, "merge", "parts", "--out", "merged", code=3, says="part 2 of 3 is not done yet; run `callscrub run --part 2/3 parts`")
    shutil.copytree(parts / "result-000", parts / "result-001")
    call(folder, "merge", "parts", "--out", "merged", code=3, says="the result of part 1 of 3 is there twice")
    shutil.rmtree(parts / "result-001")

    split(folder, "others", 3, *stated, "--policy", "strict")
    run_parts(folder, "others", 3)
    shutil.copytree(folder / "others" / "result-001", parts / "result-001")
    call(folder, "merge", "parts", "--out", "merged", code=3, says="this is the result of part 2 of 3 of another split: its inputs, settings or rules")
    shutil.rmtree(parts / "result-001")
    shutil.move(folder / "aside", parts / "result-001")

    call(folder, "run", "--part", "1/4", "parts", code=2, says="holds 3; state --part 1/3")
    call(folder, "run", "--part", "4/3", "parts", code=2, says="--part")
    call(folder, "run", "--part", "three", "parts", code=2, says="expected K/N")
    call(folder, "run", "--part", "1/3", code=2, says="--part takes one operand")
    call(folder, "run", "--part", "1/3", "parts", "--entity", "X", code=2, says="--entity and --part exclude each other")
    call(folder, "run", "--part", "1/3", "nowhere", code=3, says="expected the directory that `callscrub part --parts N -o DIR` made")
    call(folder, "part", "-o", "p", *stated, code=2, says="into how many parts? state --parts N, 1 to 64")
    call(folder, "part", "--parts", 65, "-o", "p", *stated, code=2, says="1 to 64")
    call(folder, "part", "--parts", 3, *stated, code=2, says="nowhere to write: state -o DIR")
    call(folder, "part", "--parts", 4, "-o", "parts", *stated, code=7, says="holds parts already, but of another number of parts")
    call(folder, "part", "--parts", 3, "-o", "parts", *stated, "--policy", "strict", code=7, says="other inputs or settings")

    plan = json.loads((parts / "plan.json").read_text())
    for key, value, says in (("version", "0.9.0", "these parts were made with callscrub 0.9.0"), ("phone_metadata", "none", "these parts were made with the number metadata"),
                             ("packs", plan["packs"][1:], "these parts were made with other rule packs")):
        twisted = folder / "twisted"
        shutil.copytree(parts, twisted)
        (twisted / "plan.json").write_text(json.dumps({**plan, key: value}))
        call(folder, "run", "--part", "1/3", "twisted", code=3, says=says)
        call(folder, "merge", "twisted", "--out", "merged", code=3, says=says)
        shutil.rmtree(twisted)
    twisted = folder / "twisted"
    shutil.copytree(parts, twisted)
    (twisted / "plan.json").write_text("{}")
    call(folder, "merge", "twisted", "--out", "merged", code=3, says="is no plan of callscrub, or is damaged")

    spoiled = next(p for p in sorted((folder / "others").glob("000.*.csv")) if p.stat().st_size > 0)
    spoiled.write_bytes(spoiled.read_bytes()[:-1] + b"x")
    shutil.rmtree(folder / "others" / "result-000")
    call(folder, "run", "--part", "1/3", "others", code=3, says="is not the file that was written when the inputs were split")
    assert not (folder / "others" / "result-000").exists()

    kept_apart(folder)
    rewritten(folder, stated)
    one_of_them = folder / "sperrliste.txt"
    with one_of_them.open("a") as out:
        out.write("+4930123456\n")
    call(folder, "merge", "parts", "--out", "merged", code=3, says="this input changed since it was split into parts")
    call(folder, "run", "--part", "1/3", "parts", code=3, says="this input changed since it was split into parts")
    call(folder, "part", "--parts", 3, "-o", "parts", *stated, code=3, says="this input changed since it was split into parts")
    assert not (folder / "merged").exists()


def kept_apart(folder):
    """What merge and the parts append to is nothing that they read, and not in what they write."""
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    for kept, says in (("sperrliste.txt", "is the input"), ("parts/plan.json", "lies in the folder of the parts"),
                       ("parts/result-000/result.json", "lies in the folder of the parts"), ("merged/log", "lies in the folder of the run")):
        call(folder, "merge", "parts", "--out", "merged", "--log", kept, code=2, says=says)
        call(folder, "merge", "parts", "--out", "merged", "--ledger", kept, code=2, says=says)
    call(folder, "run", "--part", "1/3", "parts", "--log", "sperrliste.txt", code=2, says="is the input")
    assert before == {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def rewritten(folder, stated):
    """An input changed in place, its size and times put back; a true copy of it passes."""
    one_of_them = folder / "sperrliste.txt"
    before, times = one_of_them.read_bytes(), one_of_them.stat()
    changed = bytes(b ^ 1 if 48 <= b <= 57 else b for b in before)
    for data, code, says in ((changed, 3, "its SHA-256 differs"), (before, 0, None)):
        one_of_them.unlink()
        one_of_them.write_bytes(data)
        os.utime(one_of_them, ns=(times.st_atime_ns, times.st_mtime_ns))
        call(folder, "part", "--parts", 3, "-o", "parts", *stated, code=code, says=says)
        call(folder, "merge", "parts", "--out", "merged", code=code, says=says)
    shutil.rmtree(folder / "merged")
    split(folder, "unhashed", 1, *stated, "--no-input-hashes")
    run_parts(folder, "unhashed", 1)
    call(folder, "merge", "unhashed", "--out", "merged")
    shutil.rmtree(folder / "merged")
    one_of_them.touch()
    os.utime(one_of_them, ns=(times.st_atime_ns, times.st_mtime_ns))
    call(folder, "merge", "unhashed", "--out", "merged", code=3, says="nobody can tell whether it is still the same")


def bounds(scratch):
    """What hangs on the whole is judged in the merge as in one run: the same code and the same words."""
    folder = scratch / "bounds"
    folder.mkdir()
    campaign.write(folder, 7)
    profile = folder / "job.toml"
    whole_profile = profile.read_text()
    for what, code in ((("[guard]\nmin_rows = 1000000\n"), 5), (("[guard]\nmax_reject_rate = 0.001\n"), 5)):
        profile.write_text(whole_profile + what)
        says = call(folder, "run", "--profile", "job.toml", "--out", "one", code=code)
        shutil.rmtree(folder / "parts", ignore_errors=True)
        split(folder, "parts", 3, "--profile", "job.toml")
        run_parts(folder, "parts", 3)
        call(folder, "merge", "parts", "--out", "merged", code=code, says=says.splitlines()[-1])
    assert not (folder / "merged").exists()


with tempfile.TemporaryDirectory(prefix="callscrub-parts-") as name:
    scratch = pathlib.Path(name)
    for what in sys.argv[4:] or ("samples", "warnings", "killed", "refusals", "bounds", "random_campaigns"):
        globals()[what](scratch)
print(f"{done} scrubs in parts gave what one run gave")
