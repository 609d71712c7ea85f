"""Programs that are broken on purpose: a torture that lets them pass proves nothing."""
import pathlib
import shlex
import subprocess
import sys

import disks

ROOT = pathlib.Path(__file__).resolve().parents[2]

# name → (source, what stands there, what is put in its place, how the torture must find it)
MUTANTS = {
    "write errors are swallowed": (
        "report/output_file.cpp",
        "if (const int error = write_all(fd_.get(), bytes); error != 0) fail(error);",
        "(void)write_all(fd_.get(), bytes);",
        ["--only", "errors", "--calls", "write"]),
    "fsync errors are swallowed": (
        "report/output_file.cpp",
        "if (const int error = sync(fd.get()); error != 0) fail(error);",
        "(void)sync(fd.get());",
        ["--only", "errors", "--calls", "fsync"]),
    "nothing is synced": (
        "report/fd.cpp", "while (call(fd) != 0) {", "while (fd < 0) {",
        ["--only", "power"]),
    "replaced in two steps": (
        "report/publish_directory.cpp",
        "int DirectoryPublication::rename_into_place(Found found) const {\n    const int parent = target_.parent.get();\n",
        "int DirectoryPublication::rename_into_place(Found found) const {\n    const int parent = target_.parent.get();\n"
        "    if (found == Found::run) {\n        (void)remove_tree(parent, target_.name);\n"
        "        return renameat(parent, temporary_->name().c_str(), parent, target_.name.c_str()) == 0 ? 0 : errno;\n    }\n",
        ["--only", "signals", "--calls", "unlinkat,rename,renameat"]),
    "signals don't clean up": (
        "report/signals.cpp", "given back: nothing may be created or renamed any more\n    remove_all_leftovers();\n",
        "given back: nothing may be created or renamed any more\n", ["--only", "signals", "--calls", "write"]),
    "dead runs are not swept": (
        "report/target.cpp", "for (const std::string& name : dead)", "if (false)\n        for (const std::string& name : dead)",
        ["--only", "signals", "--calls", "write"]),
    "a failed rename keeps its ledger line": (
        "report/publish_directory.cpp", "if (seal.revoke) seal.revoke();", "", ["--only", "errors", "--calls", "renameat2"]),
    "EINTR ends a write": (
        "report/fd.cpp", "if (poll(&wait, 1, -1) < 0 && errno != EINTR) return errno;\n        } else if (errno != EINTR) {",
        "if (poll(&wait, 1, -1) < 0 && errno != EINTR) return errno;\n        } else {", ["--only", "errors", "--calls", "write"]),
    "the lock is not taken": (
        "report/target_lock.cpp", "if (const int error = lock_now(fd_.get()); error != 0) {", "if (const int error = 0; error != 0) {", ["--only", "races"]),
    "an input that changes is not noticed": (
        "csv/raw_input.cpp", "if (!same) fail(changed);", "(void)same;", ["--only", "inputs", "--sample", "80"]),
}


def build_commands(build):
    """One line for each step, the link of the program last."""
    done = subprocess.run(["ninja", "-C", build, "-t", "commands", "callscrub"], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def build_mutant(build, scratch, source, before, after):
    """Compiles one changed source and links it in front of the libraries, which hold the true one."""
    text = (ROOT / "src" / source).read_text()
    if before not in text:
        raise SystemExit(f"torture: {source} no longer holds what the broken program changes:\n{before}")
    changed = pathlib.Path(scratch) / "mutant.cpp"
    changed.write_text(text.replace(before, after))
    lines = build_commands(build)
    compile_line = next(line for line in lines if line.rstrip().endswith(f"src/{source}"))
    words = shlex.split(compile_line)
    words[words.index("-o") + 1] = str(changed.with_suffix(".o"))
    words[-1] = str(changed)
    for option in ("-MF", "-MT"):
        if option in words:
            words[words.index(option) + 1] = str(changed.with_suffix(".d"))
    subprocess.run(words, cwd=build, check=True)
    program = pathlib.Path(scratch) / "mutant"
    link = lines[-1].replace("-o callscrub ", f"{shlex.quote(str(changed.with_suffix('.o')))} -o {shlex.quote(str(program))} ")
    subprocess.run(link, cwd=build, shell=True, check=True)
    return program


def prove(options, scratch):
    missed, left_out, mounts = [], 0, disks.can_mount(scratch)
    for name, (source, before, after, how) in MUTANTS.items():
        if "power" in how and not mounts:
            print(f"{name}: left out, nothing can be mounted", flush=True)
            left_out += 1
            continue
        program = build_mutant(options.prove, scratch, source, before, after)
        done = subprocess.run([sys.executable, str(pathlib.Path(__file__).with_name("torture.py")), "--binary", str(program), *how,
                               "--seed", str(options.seed), "--prove-one", *(["--scratch", options.scratch] if options.scratch else []),
                               *(["--short"] if options.short else [])], capture_output=True, text=True)
        found = [line for line in done.stdout.splitlines() if line.startswith("VIOLATION")]
        print(f"{name}: " + (f"found ({found[0][11:140]})" if found else "NOT FOUND"), flush=True)
        if not found:
            print(done.stdout + done.stderr)
            missed.append(name)
    tried = len(MUTANTS) - left_out
    print(f"{tried} broken programs, {tried - len(missed)} found")
    return 1 if missed else 0
