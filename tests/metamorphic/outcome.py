"""Writes a world, runs the program on it, reads what came out, and checks what holds for every run."""
import csv
import io
import json
import os
import pathlib
import shutil
import subprocess

from style import LIST_COLUMNS, Style, columns_of

VERDICT = ["basis", "rule", "article", "callable_from", "callable_until"]  # of a clean row
REFUSAL = ["scrub_reason", "scrub_reasons", "scrub_text", "scrub_article", "scrub_callable_until"]


class Broken(Exception):
    """A relation does not hold; the text says how."""


def quoted(value):
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "[" + ", ".join(quoted(v) for v in value) + "]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{quoted(k)} = {quoted(v)}" for k, v in value.items()) + " }"
    return str(value) if isinstance(value, int) or hasattr(value, "isoformat") else json.dumps(value, ensure_ascii=False)


class Outcome:
    """What a run published. `clean` and `rejected` map (list, line) to the columns that speak."""

    def __init__(self, out, lists, delimiter):
        self.files = {p.name: p.read_bytes() for p in sorted(out.glob("*.csv"))}
        self.counts = {k: v for k, v in json.loads((out / "summary.json").read_text())["total"].items()}
        self.clean, self.rejected = {}, {}
        for stem in lists:
            for row in self.table(f"{stem}.evidence.csv", ","):
                self.clean.setdefault((stem, int(row["scrub_line"])), []).append(row)
            for row in self.table(f"{stem}.rejected.csv", delimiter):
                self.rejected[stem, int(row["scrub_line"])] = row

    def table(self, name, delimiter):
        text = self.files[name].decode("utf-8-sig", "surrogateescape")
        if text.startswith("sep="):
            text = text.split("\n", 1)[1]
        return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))

    def verdicts(self):
        """Per row what was decided, without where the deciding record stands."""
        out = {at: ("clean",) + tuple(tuple(row[c] for c in VERDICT) for row in rows) for at, rows in self.clean.items()}
        out.update({at: tuple(row[c] for c in REFUSAL) for at, row in self.rejected.items()})
        return out

    def callable_lines(self):
        """Rows that may be called: clean ones, and such as only repeat a number."""
        return set(self.clean) | {at for at, row in self.rejected.items() if row["scrub_reason"] == "DUPLICATE"}


class Bench:
    def __init__(self, binary, scratch):
        self.binary, self.scratch, self.runs = str(pathlib.Path(binary).resolve()), pathlib.Path(scratch), 0
        self.locales = self.make_locales()

    def make_locales(self):
        """Turkish and German locales of its own, so that they are in force wherever the test runs; "" if it can't."""
        folder = self.scratch / "locales"
        folder.mkdir(parents=True)
        for name in ("tr_TR", "de_DE"):
            done = shutil.which("localedef") and subprocess.run(
                ["localedef", "-i", name, "-f", "UTF-8", str(folder / f"{name}.UTF-8")], capture_output=True)
            if not (folder / f"{name}.UTF-8").exists():
                return ""
        return str(folder)

    def write(self, world, style=None, list_style=None, parts=None):
        """Writes inputs and profile into a fresh folder. `parts`: kind → number of files its rows are cut into."""
        folder = self.scratch / f"run{self.runs}"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        self.runs += 1
        style, list_style, c = style or Style(), list_style or Style(), world.campaign
        profile = ["[campaign]"] + [f"{k} = {quoted(c[k])}" for k in
                                    ("entity", "product", "similar", "caller_type", "purpose", "jurisdiction", "region", "call_from", "call_until") if c[k] != []]
        profile += ["[policy]", f"base = {quoted(c['policy'])}", *c.get("switches", [])]
        tables = [("list", stem, LIST_COLUMNS, rows, list_style) for stem, rows in world.lists.items()]
        for kind, rows in world.facts.items():
            count = (parts or {}).get(kind, 1)
            for part in range(count):
                cut = rows[len(rows) * part // count:len(rows) * (part + 1) // count]
                tables.append((kind, kind.replace(" ", "-") + (f"-{part}" if part else ""), columns_of(kind), cut, style))
        for kind, stem, columns, rows, how in tables:
            (folder / f"{stem}.csv").write_bytes(how.bytes(columns, rows, c["region"], kind))
            profile += [f"[[{kind.split(' ')[0]}]]", f'path = "{stem}.csv"', "region = " + quoted(c["region"])]
            profile += [f"name = {quoted(kind.split(' ')[1])}"] if " " in kind else []
            profile += [f"columns.{name} = {quoted([header])}" for name, header in how.rename.items() if name in columns and name != "note"]
            profile += [f"values.{name} = {quoted({theirs: ours for ours, theirs in words.items()})}" for name, words in how.words.get(kind, {}).items()]
            profile += [f"{key} = {quoted(value)}" for key, value in how.stated.items() if key != "dates" or kind != "list"]
        (folder / "profile.toml").write_text("\n".join(profile) + "\n")
        return folder

    def run(self, world, style=None, list_style=None, parts=None, flags=(), env=None):
        folder = self.write(world, style, list_style, parts)
        done = self.start(folder, ["--profile", "profile.toml", "--out", "out", *flags], env)
        if done.returncode != 0:
            raise Broken(f"exit {done.returncode}: {done.stderr.decode(errors='replace')[:400]}  [{folder}]")
        list_style = list_style or Style()
        out = Outcome(folder / "out", world.lists, list_style.delimiter)
        self.check(world, list_style, out)
        if not os.environ.get("METAMORPHIC_KEEP"):
            shutil.rmtree(folder)
        return out

    def start(self, folder, arguments, env=None, command="run"):
        return subprocess.run([self.binary, command, *arguments], cwd=folder, env={**os.environ, **(env or {})}, capture_output=True)

    def check(self, world, style, out):
        """rows in = clean + rejected, each row once, and clean rows byte for byte as they stood, in order."""
        total = sum(len(rows) for rows in world.lists.values())
        if out.counts["clean"] + out.counts["rejected"] != total or len(out.clean) + len(out.rejected) != total:
            raise Broken(f"{total} rows in, {out.counts['clean']} clean, {out.counts['rejected']} rejected, "
                         f"{len(out.clean)} proven, {len(out.rejected)} told")
        for stem, rows in world.lists.items():
            header, *lines = style.lines(LIST_COLUMNS, rows, world.campaign["region"])
            if not style.final_line_end:
                lines[-1] = lines[-1].removesuffix(style.line_end)
            expected, at = [("sep=%s%s" % (style.delimiter, style.line_end) if style.separator_line else "") + header], 2
            at += style.separator_line
            for line in lines:
                if (stem, at) in out.clean:
                    expected.append(line)
                at += max(line.count("\n"), 1)
            text = "".join(expected)
            found = out.files[f"{stem}.clean.csv"]
            if style.encoding.startswith("utf-16"):
                found, encoded = found.decode("utf-8-sig"), text
            else:
                encoded = text.encode(style.encoding)
            if found != encoded:
                raise Broken(f"{stem}.clean.csv is not header and passing rows, byte for byte")
