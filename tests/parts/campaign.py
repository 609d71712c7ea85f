"""Random campaigns, small and dense: the same few numbers, persons, requests and contracts over and over, written as messily as the
program allows, so that what must cross from one part to another does so in nearly every row. Seeded: the same seed, the same files."""
import csv
import gzip
import io
import random

ENTITY = "Energie AG"


def number(rng, i):
    """Number i in one of its spellings."""
    if i % 2 == 0:
        national, code = f"151{20000000 + i * 7919 % 70000000:08d}", "49"
    else:
        national, code = f"6{10000000 + i * 7919 % 79000000:08d}", "31"
    return rng.choice([f"+{code}{national}", f"00{code} {national[:3]} {national[3:]}", f"+{code} (0){national}"])


class World:
    def __init__(self, seed, scale):
        self.rng = random.Random(seed)
        self.numbers = self.rng.choice([12, 40, 120]) * scale
        self.persons = self.rng.choice([5, 25]) * scale
        self.names = 40 * scale  # of requests and contracts

    def phone(self, empty=0.1):
        rng = self.rng
        if rng.random() < empty:
            return ""
        if rng.random() < 0.04:
            return rng.choice(["4.9E+10", "no number", "110", "+49151200 / +3161", "0", "+4915120000000000001"])
        return number(rng, rng.randrange(self.numbers))

    def person(self, empty=0.4):
        return "" if self.rng.random() < empty else f"P{self.rng.randrange(self.persons)}"

    def day(self, first=2022, years=5):
        rng = self.rng
        return f"{first + rng.randrange(years)}-{1 + rng.randrange(12):02d}-{1 + rng.randrange(28):02d}"

    def when(self, empty=0.05):
        if self.rng.random() < empty:
            return ""
        return self.day() + self.rng.choice(["", "T09:30:00Z", " 17:45"])

    def pick(self, *words):
        return self.rng.choice(words)


def consents(w, rows):
    yield ["consent_id", "phone", "person_id", "channel", "status", "entity", "product", "timestamp", "valid_until", "contract_id", "evidence", "verified_at"]
    for i in range(rows):
        until = w.pick("", "", "", w.day(2025, 4), "contract_end+1cy", "contract_end+6m", "Contract_end")
        phone = w.phone(0.15)
        yield [f"C{w.rng.randrange(w.names)}" if w.rng.random() < 0.8 else "", phone, w.person() or ("" if phone else "P0"),
               w.pick("phone", "phone", "any", "", "email"),
               w.pick("opt_in", "opt_in", "opt_in", "requested", "requested", "published", "opt_out", "objection"),
               w.pick(ENTITY, ENTITY, ENTITY, "", "Wasser AG"), w.pick("energy", "", "gas", "energy|gas"), w.day() + w.pick("", "T09:30:00Z", " 17:45"),
               until, f"K{w.rng.randrange(w.names)}", w.pick("form", "form", "form", ""), w.pick("", w.day())]


def relations(w, rows):
    yield ["contract_id", "phone", "person_id", "entity", "kind", "product", "start", "end", "status", "paid", "number_source", "informed", "objection_offered", "objected_at"]
    for _ in range(rows):
        phone = w.phone()
        yield [f"K{w.rng.randrange(w.names)}", phone, w.person(), w.pick(ENTITY, ENTITY, "", "Wasser AG"), w.pick("subscription", "sale", "quotation"), w.pick("energy", "gas"),
               w.day(2015, 8), w.pick("", "", w.day(2020, 7)), w.pick("", "", "ended"), w.pick("yes", "yes", "no"), w.pick("customer", "customer", "bought"), w.pick("yes", "no"),
               w.pick("yes", "no"), w.pick("", "", "", w.day())]


def calls(w, rows):
    yield ["phone", "called_at", "request_id", "outcome"]
    for _ in range(rows):
        named = w.pick("", f"C{w.rng.randrange(w.names)}", f"C{w.rng.randrange(w.names)}")
        yield [w.phone(0.5 if named else 0) or ("" if named else number(w.rng, 0)), w.day(2024, 3), named, w.pick("refused", "answered", "")]


def suppress(w, rows):
    yield ["phone", "person_id", "entity", "since", "until"]
    for _ in range(rows):
        phone = number(w.rng, w.rng.randrange(w.numbers)) if w.rng.random() < 0.6 else ""
        yield [phone, w.person(0.3 if phone else 0), w.pick("", ENTITY, "Wasser AG"), w.pick("", w.day()), w.pick("", "", w.day(2026, 3))]


def register(w, rows):
    yield ["phone", "listed_at"]
    for _ in range(rows):
        yield [number(w.rng, w.rng.randrange(w.numbers)), w.pick("", w.day())]


def a_list(w, rows, phones):
    yield ["lead", *[f"phone_{i}" for i in range(phones)], "person_id", "party", "country", "product", "note"]
    for i in range(rows):
        yield [f"L{i}", *[w.phone(0.15) for _ in range(phones)], w.person(0.5), w.pick("consumer", "", "legal_person", "sole_trader"), w.pick("", "", "", "DE", "NL", "Narnia"),
               w.pick("", "", "gas"), w.pick("", "plain", "says \"maybe\"", "two\nlines", "a,b;c", "=1+1")]


def text(w, rows, delimiter=",", spoil=0.0, accent="", accent_after=0):
    """CSV with mixed line ends, blank lines and, with `spoil`, damaged rows. From row `accent_after` on notes carry the accent."""
    out = []
    for n, row in enumerate(rows):
        if accent and n > accent_after and w.rng.random() < 0.5:
            row = row[:-1] + [row[-1] + accent]
        line = io.StringIO()
        csv.writer(line, delimiter=delimiter, lineterminator="").writerow(row)
        line = line.getvalue()
        if n > 0 and w.rng.random() < spoil:
            line = w.pick(line + delimiter + "one too many", "too few", 'stray"quote' + delimiter + line, '"closed"early' + delimiter + line, '"broken\nthen"closed' + line, "\0" + line)
        out.append(line + w.pick("\n", "\n", "\r\n") + ("\n" if w.rng.random() < 0.02 else ""))
    whole = "".join(out)
    return whole[:-1] if w.rng.random() < 0.3 and whole.endswith("\n") else whole


def write(folder, seed, scale=1):
    """The files of one campaign and its profile job.toml in `folder`."""
    w = World(seed, scale)
    rng = w.rng
    profile = ["[campaign]", f'entity = "{ENTITY}"', 'product = "energy"', f'call_from = "{w.pick("2026-03-02", "2025-06-30", "2026-06-25")}"',
               f'call_until = "+{w.pick(0, 0, 10)}d"', f'purpose = "{w.pick("sales", "sales", "sales", "service", "winback")}"', f'similar = ["gas"]']
    if rng.random() < 0.3:
        profile.append('jurisdiction = "' + w.pick("DE", "NL") + '"')
    profile += ["[policy]", f'base = "{w.pick("standard", "standard", "strict")}"', f'on_lapse = "{w.pick("reject", "trim")}"', "[output]",
                f'annotate = {w.pick("true", "false")}', f'lang = "{w.pick("en", "de", "nl", "en,de")}"']
    if rng.random() < 0.5:
        profile.append('renew_within = "400d"')

    def put(table, name, body, more=(), encoding="utf-8", packed=False):
        data = body.encode(encoding)
        (folder / name).write_bytes(gzip.compress(data, mtime=0) if packed else data)
        profile.extend(["", f"[[{table}]]", f'path = "{name}"', *more])

    for n in range(w.pick(1, 1, 2)):
        phones = w.pick(1, 1, 2, 3)
        encoding = w.pick("utf-8", "utf-8", "latin-1", "utf-16")
        columns = [f"phone_{i}" for i in range(phones)]
        if phones == 3 and rng.random() < 0.3:
            columns = ["phone_0", "phone_2"]
        body = text(w, a_list(w, scale * w.pick(3, 40, 400), phones), w.pick(",", ";"), spoil=w.pick(0, 0.03), accent="é" if encoding != "utf-8" else w.pick("", "ü"),
                    accent_after=w.pick(0, 30))
        put("list", f"list{n}.csv", body, [f"columns.phone = {columns}".replace("'", '"')], encoding, rng.random() < 0.2)
    bad = ["allow_bad_rows = 100000"]
    for n in range(w.pick(1, 2)):
        put("consents", f"consents{n}.csv", text(w, consents(w, scale * w.pick(30, 500)), spoil=w.pick(0, 0.01)), bad + ["allow_empty = true"], packed=rng.random() < 0.2)
    if rng.random() < 0.8:
        put("relations", "relations.csv", text(w, relations(w, scale * 150), spoil=w.pick(0, 0.01)), bad)
    if rng.random() < 0.8:
        put("calls", "calls.csv", text(w, calls(w, scale * 80), ";"), bad)
    if rng.random() < 0.8:
        put("suppress", "suppress.csv", text(w, suppress(w, scale * w.pick(1, 30))), bad)
    if rng.random() < 0.5:
        put("suppress", "bare.txt", "".join(number(rng, rng.randrange(w.numbers)) + "\n" for _ in range(5)))
    if rng.random() < 0.5:
        put("register", "bmnr.csv", text(w, register(w, scale * 20)), bad + ['name = "BMNR"', 'max_age = "9000d"'])
    (folder / "job.toml").write_text("\n".join(profile) + "\n")
