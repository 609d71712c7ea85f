"""Sizes: what is too large is refused, what is just not is read, and memory stays bounded meanwhile."""
import itertools
import random

from attacks import MIB, attack
from bench import CONSENT_HEADER, consent, number, require

LIMIT = 16 * MIB  # of a row; docs/FORMATS.md
LARGE = ["many_columns", "endless_pipe", "packed_bomb", "huge_field", "deep_toml"]


@attack
def huge_field(bench):
    """A row of just 16 MiB is read, one more byte ends the run with its line, and a field without end is not kept."""
    folder = bench.folder("field")
    (folder / "c.csv").write_text(CONSENT_HEADER + consent(number(1)))
    row = lambda length: f"phone,note\n{number(1)},{'x' * (length - len(number(1)) - 2)}\n"
    for length, code in ((LIMIT, 0), (LIMIT + 1, 3)):
        (folder / "list.csv").write_text(row(length))
        done = bench.run(folder, "list.csv", "--consents", "c.csv", "--out", f"out{length}")
        require(done.code == code, f"a row of {length} bytes: exit {done.code}: {done.said()}")
    require("list.csv:2: a record is longer than 16777216 bytes" in done.said(), done.said())
    piece = b"x" * MIB
    starts = {"field": b"phone,note\n+31612345678,", "quoted": b'phone,note\n+31612345678,"', "header": b"phone,", "blank": b""}
    for kind, start in starts.items():
        endless = (piece if kind != "blank" else b"\n" * MIB for _ in range(1024))
        done = bench.run(folder, "-", "--consents", "c.csv", "--clean", "-", feed=itertools.chain([start], endless))
        require(done.code == 3, f"endless {kind}: exit {done.code}: {done.said()}")
        require(done.megabytes < 400, f"endless {kind}: {done.megabytes} MB")
    done = bench.start(folder, ["tidy", "-", "--skip", "2"], feed=(piece for _ in range(256)))
    require(done.code == 3 and done.megabytes < 400, f"endless skipped line: exit {done.code}, {done.megabytes} MB")


@attack
def many_columns(bench):
    """A million columns are columns; more than fit into a row of 16 MiB are refused."""
    folder = bench.folder("columns")
    (folder / "c.csv").write_text(CONSENT_HEADER + consent(number(1)))
    for columns, code in ((1_000_000, 0), (17_000_000, 3)):
        (folder / "list.csv").write_text("phone" + ",c" * columns + "\n" + number(1) + "," * columns + "\n")
        done = bench.run(folder, "list.csv", "--consents", "c.csv", "--clean", f"clean{columns}.csv")
        require(done.code == code, f"{columns} columns: exit {done.code}: {done.said()}")
        require(done.megabytes < 1000, f"{columns} columns: {done.megabytes} MB")


@attack
def endless_pipe(bench):
    """Rows that never end: memory does not grow with rejected rows, and with clean ones by their numbers only."""
    folder = bench.folder("pipe")
    (folder / "c.csv").write_text(CONSENT_HEADER + consent(number(1)))
    used = {}
    for thousands in (100, 800):
        def rows(count=thousands):
            yield b"phone,note\n"
            for k in range(count):
                yield "".join(f"{number(k * 1000 + i)},{'x' * 40}\n" for i in range(1000)).encode()
        done = bench.run(folder, "-", "--consents", "c.csv", "--clean", "clean.csv", "--rejected", "rejected.csv", feed=rows())
        require(done.code == 0, f"exit {done.code}: {done.said()}")
        used[thousands] = done.megabytes
    require(used[800] < used[100] + 40, f"memory grows with the rows: {used} MB")


@attack
def packed_bomb(bench):
    """A small archive of a gigabyte is read like a gigabyte: in pieces."""
    import gzip
    folder = bench.folder("bomb")
    (folder / "c.csv").write_text(CONSENT_HEADER + consent(number(1)))
    with gzip.open(folder / "list.csv.gz", "wb", compresslevel=1) as out:
        out.write(b"phone,note\n")
        for _ in range(1024):
            out.write(b"x" * MIB)
    done = bench.run(folder, "list.csv.gz", "--consents", "c.csv", "--out", "out")
    require(done.code == 3 and done.megabytes < 400, f"exit {done.code}, {done.megabytes} MB: {done.said()}")


def bucket(value, bits):
    """Where history.h puts a number: the top bits of spread()."""
    key = value * 0x9E3779B97F4A7C15 % 2**64
    key ^= key >> 32
    return key * 0xD6E8FEB86659FD93 % 2**64 >> (64 - bits)


@attack
def colliding_numbers(bench):
    """Numbers chosen to fall into one partition and few buckets cost no more than others."""
    folder, spent = bench.folder("colliding"), {}
    count = 20_000
    chosen = [i for i in range(count * 70) if bucket(31610000000 + i, 6) == 5][:count]
    for kind, picked in (("chosen", chosen), ("random", random.Random(1).sample(range(count * 70), len(chosen)))):
        (folder / "c.csv").write_text(CONSENT_HEADER + "".join(consent(number(i)) for i in picked))
        (folder / "list.csv").write_text("phone\n" + "".join(number(i) + "\n" for i in picked))
        done = bench.run(folder, "list.csv", "--consents", "c.csv", "--out", kind, "--threads", "1")
        require(done.code == 0, done.said())
        spent[kind] = done.seconds
    require(spent["chosen"] < 5 * spent["random"] + 5, f"{spent}")


@attack
def facts_of_one_number(bench):
    """Whoever can send a web form a hundred thousand times for one number delays nobody else for long."""
    folder = bench.folder("one")
    half = 50_000
    at = lambda i: f"2026-01-{1 + i % 28:02d}T10:{i // 60 % 60:02d}:{i % 60:02d}Z"
    (folder / "c.csv").write_text(CONSENT_HEADER + "".join(consent(number(1), f"P{i}", "opt_in", at(i)) + consent(number(1), f"P{i}", "objection", at(i * 7)) for i in range(half)))
    (folder / "list.csv").write_text(f"phone,person_id\n{number(1)},P1\n{number(1)},P2\n{number(2)},P3\n")
    done = bench.run(folder, "list.csv", "--consents", "c.csv", "--out", "out", cpu=20)
    require(done.code == 0, done.said())


@attack
def odd_bytes(bench):
    """NUL, lone surrogates, overlong and broken UTF-8: in a deciding cell never a yes, elsewhere passed through."""
    folder = bench.folder("bytes")
    head = CONSENT_HEADER.encode()
    good = consent(number(1)).encode()
    (folder / "c.csv").write_bytes(head + good)
    odd = [b"\0", b"\xed\xa0\x80", b"\xc0\xaf", b"\xff", b"\xe2\x82", b"\xf4\x90\x80\x80"]
    for bad in odd:
        row = number(1).encode()
        (folder / "list.csv").write_bytes(b"phone,note\n" + row[:6] + bad + row[6:] + b",\xc3\xbc\n" + row + b",\xc3\xbc " + bad + b"\n")
        done = bench.run(folder, "list.csv", "--consents", "c.csv", "--clean", "clean.csv", "--rejected", "rejected.csv")
        require(done.code == 0, f"{bad!r}: exit {done.code}: {done.said()}")
        require((folder / "clean.csv").read_bytes() == b"phone,note\n" + row + b",\xc3\xbc " + bad + b"\n", f"{bad!r}: {(folder / 'clean.csv').read_bytes()}")
        for column in ("phone", "status", "entity", "timestamp"):
            at = CONSENT_HEADER.strip().split(",").index(column)
            cells = good.strip().split(b",")
            cells[at] += b"\xc3\xbc" * 3 + bad if column == "person_id" else bad
            (folder / "bad.csv").write_bytes(head + b",".join(cells) + b"\n" + consent(number(2), person="\u00fc" * 3).encode())
            done = bench.run(folder, "list.csv", "--consents", "bad.csv", "--clean", "clean.csv")
            clean = (folder / "clean.csv").read_bytes() if done.code == 0 else b""
            require(done.code == 3 or row not in clean, f"{bad!r} in {column}: exit {done.code}, {clean!r}")
    lone = "phone,note\n".encode("utf-16-le") + f"{number(1)},".encode("utf-16-le") + b"\x00\xd8" + "\n".encode("utf-16-le")
    (folder / "list.csv").write_bytes(b"\xff\xfe" + lone)
    done = bench.run(folder, "list.csv", "--consents", "c.csv", "--clean", "clean.csv")
    require(done.code in (0, 3), f"a lone surrogate: exit {done.code}")
    (folder / "bad.csv").write_bytes(b"\xff\xfe" + (CONSENT_HEADER + consent(number(1), status="opt_in\u0100")).encode("utf-16-le").replace(b"\x00\x01", b"\x00\xdc"))
    done = bench.run(folder, "list.csv", "--consents", "bad.csv", "--clean", "clean2.csv")
    require(done.code == 3, f"a lone surrogate in a status: exit {done.code}: {done.said()}")


@attack
def deep_toml(bench):
    """Profiles, packs and cases nested a million deep."""
    folder = bench.folder("toml")
    for text in ("a = " + "[" * MIB, "a = " + "{a=" * MIB, "[" + "a." * MIB + "a]", "a." * MIB + "a = 1", "a = '''" + "x" * MIB, "[[case]]\n" * 100_000):
        (folder / "p.toml").write_text(text)
        (folder / "packs").mkdir(exist_ok=True)
        (folder / "packs" / "NL.toml").write_text(text)
        for arguments in (["run", "--profile", "p.toml"], ["rules", "test", "p.toml"], ["rules", "list", "--rules", "packs"]):
            done = bench.start(folder, arguments)
            require(done.code in (1, 2, 3), f"{arguments} with {text[:12]!r}: exit {done.code}: {done.said()[:200]}")
