"""What somebody who can write into an input file may try, and what must come of it. One function each."""
import csv
import hashlib
import html.parser
import io
import json
import os
import re
import shutil
import subprocess
import threading

from bench import CONSENT_HEADER, consent, number, require

ATTACKS = {}
MIB = 1 << 20


def attack(function):
    ATTACKS[function.__name__] = function
    return function


FORMULAS = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "=cmd|' /C calc'!A0", "=HYPERLINK(\"http://x\",\"y\")", '"=1"', " =1+1"]


def dangerous(cell):
    return cell[:1] in ("=", "+", "-", "@", "\t", "\r") and not re.fullmatch(r"\+[1-9][0-9]{6,14}", cell)


def cells_of(path, delimiter=","):
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode(), newline=""), delimiter=delimiter))


@attack
def formulas(bench):
    """In every column of every input, in headers and in file names: no cell that the program adds is a formula, and
    cells of the list pass through as they were."""
    folder = bench.folder("formulas")
    rows, consents = ["phone,person_id,product,note,=x\n"], [CONSENT_HEADER]
    line = lambda cells: ",".join('"' + c.replace('"', '""') + '"' for c in cells) + "\n"
    for i, formula in enumerate(FORMULAS):
        rows += [line([number(i), formula, "", formula, formula]), line([formula, formula, formula, formula, formula]),
                 f'{formula.replace(chr(34), "")}"stray,x,y,z,w\n']
        consents.append(line([number(i), formula, "phone", "opt_in", "E1", "", "2026-01-05", formula, formula]))
        consents.append(line([number(900 + i), formula, "phone", "objection", formula, formula, "2026-01-05", formula, formula]))
    (folder / "=list.csv").write_text("".join(rows), newline="")
    (folder / "=consents.csv").write_text("".join(consents), newline="")
    done = bench.run(folder, "=list.csv", "--consents", "=consents.csv", "--out", "out", "--annotate")
    require(done.code == 0, f"exit {done.code}: {done.said()}")
    added = 0
    for kind in ("evidence", "rejected", "clean"):
        for row in cells_of(folder / "out" / f"=list.{kind}.csv"):
            for column, cell in row.items():
                if kind == "evidence" or column.startswith("scrub_"):
                    added += 1
                    require(not dangerous(cell or ""), f"{kind}: {column} = {cell!r}")
            if kind == "rejected" and not row["scrub_raw"]:
                require(row["note"] in FORMULAS, f"a cell of the list was changed: {row['note']!r}")
    require(added > 200, "too few cells were seen")
    tidied = bench.start(folder, ["tidy", "=list.csv", "--rejects", "rejects.csv"])
    require(tidied.code == 1, f"tidy: exit {tidied.code}")
    require(not any(dangerous(row["raw"]) for row in cells_of(folder / "rejects.csv")), "tidy: a reject is a formula")
    (folder / "=consents.csv").write_text(CONSENT_HEADER + consent(number(77), name="=A1"))
    bench.run(folder, "=list.csv", "--consents", "=consents.csv", "--out", "out2")
    changes = bench.start(folder, ["diff", "out", "out2", "--csv"])
    require(changes.code == 1, f"diff: exit {changes.code}")
    for row in csv.reader(io.StringIO(changes.out.decode())):
        require(not any(dangerous(cell) for cell in row), f"diff: {row}")


class Markup(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.seen, self.links = set(), []

    def handle_starttag(self, tag, attributes):
        self.seen.add(tag)
        for name, value in attributes:
            self.seen.add((tag, name))
            if name in ("href", "src", "action", "srcset"):
                self.links.append(value)


@attack
def markup(bench):
    """HTML in names, words, files and columns adds no element and no attribute to report.html."""
    folder, seen = bench.folder("markup"), {}
    evil = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>&amp;]]><!--"
    for kind, text in (("plain", "harmless"), ("evil", evil)):
        name = text.replace("/", "_") + ".csv"
        quoted = '"' + text.replace('"', '""') + '"'
        (folder / name).write_text(f"phone,product,{quoted}\n{number(1)},{quoted},{quoted}\n{number(2)},,{quoted}\nx,,{quoted}\n")
        (folder / ("c" + name)).write_text(CONSENT_HEADER + consent(number(1)) + f"{number(2)},{quoted},phone,opt_in,{quoted},{quoted},2026-01-05,{quoted},{quoted}\n")
        campaign = ["--consents", "c" + name, "--entity", text, "--product", text, "--region", "NL", "--as-of", "2026-03-02"]
        done = bench.start(folder, ["run", name, "--out", kind, "--purpose", text, *campaign])
        require(done.code == 0, f"exit {done.code}: {done.said()}")
        page = (folder / kind / "report.html").read_text()
        parser = Markup()
        parser.feed(page)
        seen[kind] = parser.seen
        require(all(link.startswith(("#", "https://", "data:image/svg+xml,")) or link.endswith((".csv", ".json")) for link in parser.links), f"{kind}: {parser.links}")
        require("Content-Security-Policy" in page and "default-src 'none'" in page, "the page has a strict policy")
        told = bench.start(folder, ["explain", number(2), "--html", *campaign])
        parser = Markup()
        parser.feed(told.out.decode())
        seen["explain " + kind] = parser.seen
        json.loads((folder / kind / "summary.json").read_text())
    require(seen["evil"] == seen["plain"], f"other markup: {seen['evil'] ^ seen['plain']}")
    require(seen["explain evil"] == seen["explain plain"], f"other markup in explain: {seen['explain evil'] ^ seen['explain plain']}")


def shows_control(text):
    """The first character that a terminal would act upon."""
    for c in text:
        if (ord(c) < 32 and c not in "\n\t") or 0x7F <= ord(c) < 0xA0 or c in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u200f\u200e\u2028\u2029":
            return repr(c)
    return None


@attack
def terminal(bench):
    """Escapes, control characters and characters that turn the line round never reach a terminal."""
    folder = bench.folder("terminal")
    evil = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202egnp.exe\x7f\x08"
    (folder / "good.csv").write_text(f"phone,{evil}\n{number(1)},x\n")
    (folder / "c.csv").write_text(CONSENT_HEADER + consent(number(1), name=evil))
    name = evil.replace("/", "_") + ".csv"
    (folder / name).write_text(f"phone\n{number(1)}\n")
    status = CONSENT_HEADER + consent(number(1), status=evil)
    (folder / "status.csv").write_text(status)
    (folder / "date.csv").write_text(CONSENT_HEADER + consent(number(1), at=evil))
    (folder / "header.csv").write_text(f"{evil},{evil}\n1,2\n")
    (folder / "p.toml").write_text(f'[campaign]\n"{evil.encode("unicode_escape").decode().replace(chr(92) + "x", chr(92) + "u00")}" = 1\n')
    base = ["--entity", "E1", "--region", "NL", "--as-of", "2026-03-02"]
    for arguments in (["run", "good.csv", "--consents", "c.csv", "--out", "o1", *base], ["run", name, "--consents", "c.csv", "--out", "o2", *base],
                      ["run", name, "--consents", "nothing" + evil, "--out", "o3", *base], ["run", "good.csv", "--consents", "status.csv", "--out", "o4", *base],
                      ["run", "good.csv", "--consents", "date.csv", "--out", "o5", *base], ["run", "header.csv", "--consents", "c.csv", "--out", "o6", *base],
                      ["run", "good.csv", "--consents", "c.csv", "--out", evil, *base], ["run", "--profile", "p.toml"], ["run", "--" + evil],
                      ["check", "header.csv", "good.csv", "status.csv", "date.csv", name], ["init", "header.csv", name, "status.csv"],
                      ["explain", number(1), "--consents", "c.csv", *base], ["explain", evil, "--consents", "c.csv", *base], ["rules", "show", evil],
                      ["presets", "show", evil], ["verify", "o1"], ["verify", evil], ["diff", "o1", "o2"], ["tidy", name + evil]):
        done = bench.start(folder, arguments)
        for where, text in (("stderr", done.err), ("stdout", done.out)):
            found = shows_control(text.decode(errors="replace"))
            require(found is None, f"{where} of {arguments[:2]!r} shows {found}: {text[:300]!r}")


@attack
def paths(bench):
    """Nothing in a file's content becomes a path, names that are no mere names stay inside the run's folder, and what
    verify reads of a foreign manifest does not lead out of it."""
    folder = bench.folder("paths")
    (folder / "c.csv").write_text(CONSENT_HEADER + consent(number(1), person="../../evil", name="../../evil"))
    (folder / "sub").mkdir()
    names = ["..csv", "a b'\"$(x);&.csv", "-rf.csv", "new\nline.csv", "back\\slash.csv", "sub/list.csv", "list.csv", "manifest.json.csv", ".csv", "ü.csv"]
    for name in names:
        (folder / name).write_text(f"phone,person_id,lead_id\n{number(1)},../../evil,/etc/evil\n")
    before = {p for p in bench.scratch.rglob("*")}
    done = bench.run(folder, *[n for n in names if n not in ("list.csv", "-rf.csv")], "./-rf.csv", "--consents", "c.csv", "--out", "out")
    require(done.code == 0, f"exit {done.code}: {done.said()}")
    outside = [p for p in bench.scratch.rglob("*") if p not in before and folder / "out" not in [p, *p.parents]]
    require(not outside, f"files outside of the run's folder: {outside}")
    sums = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=folder / "out", capture_output=True, text=True)
    require(sums.returncode == 0, f"sha256sum -c: {sums.stdout[-300:]}{sums.stderr[-300:]}")
    require(bench.start(folder, ["verify", "out"]).code == 0, "verify agrees")
    same = bench.run(folder, "list.csv", "sub/list.csv", "--consents", "c.csv", "--out", "two")
    stems = [p.name for p in (folder / "two").glob("*.clean.csv")] if same.code == 0 else []
    require(same.code in (2, 3) or len(set(stems)) == 2, f"two lists of one name: exit {same.code}, {stems}")
    secret = folder / "secret"
    secret.write_text("secret")
    manifest = json.loads((folder / "out" / "manifest.json").read_text())
    text = json.dumps(manifest)
    first = manifest["outputs"][0]
    name = first["name"] if isinstance(first, dict) and "name" in first else first.get("path")
    require(name is not None and text.count(json.dumps(name)) >= 1, "a manifest names its outputs")
    for evil in ("../secret", str(secret), "./../secret"):
        (folder / "out" / "manifest.json").write_text(text.replace(json.dumps(name), json.dumps(evil)))
        done = bench.start(folder, ["verify", "out"])
        require(done.code != 0, f"verify accepts {evil}")
        require(hashlib.sha256(b"secret").hexdigest() not in (done.out + done.err).decode(), f"verify tells the digest of {evil}")


@attack
def nested_json(bench):
    """Manifest and summary of a foreign run may be nested a million deep or be no JSON at all."""
    folder = bench.folder("json")
    (folder / "list.csv").write_text(f"phone\n{number(1)}\n")
    (folder / "c.csv").write_text(CONSENT_HEADER + consent(number(1)))
    for out in ("good", "other"):
        require(bench.run(folder, "list.csv", "--consents", "c.csv", "--out", out).code == 0, "a run")
    for text in ("[" * MIB, '{"a":' * 200_000, "", "\0" * 1000, '{"outputs": 1}', '{"outputs":[{"name":[]}]}', '{"lists":[{"rows":-1e999}]}', "9" * MIB):
        for name in ("manifest.json", "summary.json"):
            shutil.rmtree(folder / "out", ignore_errors=True)
            shutil.copytree(folder / "good", folder / "out")
            (folder / "out" / name).write_text(text)
            for arguments in (["verify", "out"], ["diff", "out", "other"]):
                done = bench.start(folder, arguments)
                require(done.code in (0, 1, 2, 3), f"{arguments} with {name} = {text[:20]!r}: exit {done.code}: {done.said()[:200]}")
            if name == "manifest.json":
                require(bench.start(folder, ["verify", "out"]).code != 0, f"verify accepts {text[:20]!r}")


@attack
def exchanged_list(bench):
    """A list with other numbers, put in its place between the two readings of it: what is known of them was not kept, so
    nobody may be judged. The pipe of consents tells when the first reading is over."""
    folder = bench.folder("exchanged_list")
    whole, pipe = "".join(consent(number(i)) for i in range(9)), folder / "consents"
    os.mkfifo(pipe)
    for exchanged in (False, True):
        (folder / "list.csv").write_text("phone,party\n" + "".join(f"{number(i)},consumer\n" for i in range(3)))

        def supply():
            with open(pipe, "w") as consents:  # waits for the program
                if exchanged:
                    (folder / "list.csv").write_text("phone,party\n" + "".join(f"{number(i)},consumer\n" for i in range(3, 6)))
                consents.write(CONSENT_HEADER + whole)

        supplier = threading.Thread(target=supply)
        supplier.start()
        done = bench.run(folder, "list.csv", "--consents", "consents", "--out", f"out{exchanged}")
        supplier.join()
        if exchanged:
            require(done.code == 3 and "changed while the run read it" in done.said(), f"exit {done.code}: {done.said()}")
            require(not (folder / f"out{exchanged}").exists(), "something was published")
        else:
            require(done.code == 0 and len(cells_of(folder / f"out{exchanged}" / "list.clean.csv")) == 3, f"exit {done.code}: {done.said()}")
