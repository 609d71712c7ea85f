"""What must not change, or may change one way only, when the inputs of a run are changed. Each relation is a function
of a Trial; it raises Broken if it does not hold, and returns how much it saw (0 = this world showed nothing)."""
import copy
import random

from outcome import Broken
from style import LIST_COLUMNS, Style
from world import DAY, ENTITIES, KINDS, PERMISSIONS

RELATIONS = {}


def relation(function):
    RELATIONS[function.__name__] = function
    return function


class Trial:
    """One world, its plain run, and dice for what is changed."""

    def __init__(self, bench, maker, unique):
        self.bench, self.maker, self.dice = bench, maker, random.Random(maker.dice.random())
        self.world = maker.world(unique)
        self.base = bench.run(self.world)

    def same_bytes(self, other, what):
        for name, content in self.base.files.items():
            if other.files.get(name) != content:
                raise Broken(f"{what}: {name} differs: {first_difference(content, other.files.get(name, b''))}")
        return len(self.base.clean)

    def same_verdicts(self, other, what, rows=lambda at: at):
        """`rows`: where a row of this run stands in the other one."""
        mine, theirs = self.base.verdicts(), other.verdicts()
        for at, verdict in mine.items():
            if theirs.get(rows(at)) != verdict:
                raise Broken(f"{what}: row {at}: {verdict} became {theirs.get(rows(at))}")
        return len(self.base.clean)

    def never_more(self, other, what):
        """No row may be called that could not be called before."""
        more = other.callable_lines() - self.base.callable_lines()
        if more:
            at = min(more)
            raise Broken(f"{what}: row {at} became clean: {self.base.rejected[at]['scrub_reasons']}")
        return len(self.base.callable_lines() - other.callable_lines())


def first_difference(a, b):
    for one, other in zip(a.splitlines(), b.splitlines()):
        if one != other:
            return f"{one!r} / {other!r}"
    return f"{len(a)} / {len(b)} bytes"


# --- the machine changes nothing ---

@relation
def threads(trial):
    return sum(trial.same_bytes(trial.bench.run(trial.world, flags=["--threads", str(n)]), f"{n} threads") for n in (1, 2, 3, 8))


@relation
def phone_engine(trial):
    style = Style(spell=trial.dice.random())
    runs = [trial.bench.run(trial.world, style, flags=["--phone-engine", e]) for e in ("table", "library")]
    for run in runs:
        trial.same_bytes(run, "engine and spelling")
    return len(trial.base.clean)


@relation
def surroundings(trial):
    """Time zone, language and locale of the machine, and the language of messages."""
    zones = [{"TZ": "Pacific/Kiritimati"}, {"TZ": "America/Anchorage"}, {"TZ": "nonsense"}]
    locales = [{"LC_ALL": "tr_TR.UTF-8"}, {"LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8"}, {"LC_ALL": "C"}]
    return sum(trial.same_bytes(trial.bench.run(trial.world, env={**env, "LOCPATH": trial.bench.locales}), str(env))
               for env in zones + locales)


@relation
def memory(trial):
    return sum(trial.same_bytes(trial.bench.run(trial.world, flags=["--memory", size]), f"--memory {size}") for size in ("1K", "64K", "4G"))


# --- how the files are written changes nothing ---

@relation
def dialect_of_facts(trial):
    d = trial.dice
    seen = 0
    for delimiter in (";", "\t", "|"):
        style = Style(delimiter=delimiter, line_end=d.choice(["\n", "\r\n"]), quote_all=d.random() < 0.5, final_line_end=d.random() < 0.5)
        seen += trial.same_bytes(trial.bench.run(trial.world, style), f"facts with {delimiter!r}")
    other = trial.bench.run(trial.world, Style(separator_line=True, delimiter=";"))
    return seen + trial.same_verdicts(other, "facts behind a sep= line")


@relation
def encoding_of_facts(trial):
    seen = 0
    for encoding in ("utf-8-sig", "utf-16-le", "utf-16-be", "cp1252", "latin-1"):
        seen += trial.same_bytes(trial.bench.run(trial.world, Style(encoding=encoding)), f"facts in {encoding}")
    stated = Style(encoding="iso-8859-15", stated={"encoding": "iso-8859-15"})
    lists = Style(encoding="iso-8859-15", stated={})
    return seen + trial.same_verdicts(trial.bench.run(trial.world, stated, lists), "stated latin-9")


@relation
def packing_of_facts(trial):
    return sum(trial.same_bytes(trial.bench.run(trial.world, Style(packing=p)), f"facts packed with {p}") for p in ("gzip", "zstd"))


@relation
def order_of_columns(trial):
    style = Style(shuffle=trial.dice.random(), extra=trial.dice.randint(0, 3), headers=str.upper)
    return trial.same_bytes(trial.bench.run(trial.world, style), "columns in another order")


@relation
def names_of_columns(trial):
    names = {c: f"Spalte {i}" for i, c in enumerate(dict.fromkeys(c for columns in KINDS.values() for c in columns))}
    words = {"consents": {"status": {"opt_in": "Jawohl!", "opt_out": "Nicht mehr"}, "channel": {"phone": "Hörer"}},
             "relations": {"status": {"ended": "aus"}, "paid": {"yes": "1 x"}, "kind": {"sale": "Los"}}}
    style = Style(rename=names, shuffle=trial.dice.random(), words=words)
    return trial.same_bytes(trial.bench.run(trial.world, style), "mapped columns and words")


@relation
def spelling_of_numbers(trial):
    seen = trial.same_bytes(trial.bench.run(trial.world, Style(spell=trial.dice.random())), "facts spelt otherwise")
    other = trial.bench.run(trial.world, None, Style(spell=trial.dice.random()))
    return seen + trial.same_verdicts(other, "list spelt otherwise")


@relation
def notation_of_days(trial):
    dotted = Style(dates="dd.mm.yyyy", stated={"dates": "dd.mm.yyyy"})
    return trial.same_bytes(trial.bench.run(trial.world, dotted), "dd.mm.yyyy")


@relation
def notation_of_zones(trial):
    seen = sum(trial.same_bytes(trial.bench.run(trial.world, Style(offset=hours)), f"instants at {hours:+} hours") for hours in (-5, 2, 14))
    if trial.world.campaign["jurisdiction"] == "auto":
        return seen  # each law reads times without zone on its own clock
    stated = Style(stated={"time_zone": trial.maker.zone})
    return seen + trial.same_bytes(trial.bench.run(trial.world, stated), "the law's own zone stated")


@relation
def dialect_of_lists(trial):
    seen = 0
    for delimiter, encoding, packing, end in ((";", "utf-8-sig", "", "\r\n"), ("\t", "cp1252", "gzip", "\n"), ("|", "utf-16-le", "zstd", "\n")):
        style = Style(delimiter=delimiter, encoding=encoding, line_end=end, packing=packing, final_line_end=trial.dice.random() < 0.5)
        seen += trial.same_verdicts(trial.bench.run(trial.world, None, style), f"list with {delimiter!r} in {encoding}")
    return seen


# --- order and cutting change nothing ---

@relation
def order_of_facts(trial):
    world = trial.world.copy()
    for rows in world.facts.values():
        trial.dice.shuffle(rows)
    return trial.same_verdicts(trial.bench.run(world), "facts in another order")


@relation
def facts_in_parts(trial):
    parts = {kind: min(trial.dice.randint(2, 4), len(rows)) for kind, rows in trial.world.facts.items()}
    return trial.same_verdicts(trial.bench.run(trial.world, parts=parts), "facts in several files")


@relation
def facts_twice(trial):
    """What is said twice is true once; calls are counted, so they are left alone."""
    world = trial.world.copy()
    for kind, rows in world.facts.items():
        if kind != "calls":
            rows.extend(copy.deepcopy(rows))
    return trial.same_verdicts(trial.bench.run(world), "facts given twice")


@relation
def facts_about_strangers(trial):
    world, dice = trial.world.copy(), trial.dice
    stranger = type(trial.maker)(dice.random(), people=20)
    home = trial.maker.home
    stranger.numbers = [n for n in (stranger.number(home) for _ in range(20)) if n.e164() not in {m.e164() for m in trial.maker.numbers}]
    stranger.persons = [f"stranger {i}" for i in range(20)]
    for i in [*range(len(stranger.numbers))] * 12: # so many that the lists are read before them, to keep nothing of strangers
        for kind, make in (("consents", stranger.consent), ("relations", stranger.relation), ("suppress", stranger.suppression)):
            row = make(i)
            row["contract_id"] = row.get("contract_id") and f"X{i}"
            world.facts.setdefault(kind, []).append(row)
    return trial.same_bytes(trial.bench.run(world), "facts about strangers")


def line_of(world, style=Style()):
    """Line on which each row of the lists starts, by lead_id."""
    out = {}
    for stem, rows in world.lists.items():
        at = 2
        for row, text in zip(rows, list(style.lines(LIST_COLUMNS, rows, world.campaign["region"]))[1:]):
            out[row["lead_id"]] = (stem, at)
            at += text.count("\n")
    return out


def same_callable(trial, other, world, what):
    """The same rows may be called, and the rest has the same reasons, wherever the rows stand now."""
    before, after = line_of(trial.world), line_of(world)
    mine, theirs = trial.base, other
    for lead, at in before.items():
        here, there = at in mine.callable_lines(), after[lead] in theirs.callable_lines()
        if here != there or not here and [mine.rejected[at][c] for c in ("scrub_reasons", "scrub_decided_by")] != [
                theirs.rejected[after[lead]][c] for c in ("scrub_reasons", "scrub_decided_by")]:
            raise Broken(f"{what}: row {at} → {after[lead]}: {mine.verdicts()[at]} / {theirs.verdicts()[after[lead]]}")
    return len(mine.clean)


@relation
def order_of_rows(trial):
    world = trial.world.copy()
    trial.dice.shuffle(world.lists["list"])
    other = trial.bench.run(world)
    phones = lambda out: sorted(row["phone"] for rows in out.clean.values() for row in rows)
    if phones(other) != phones(trial.base):
        raise Broken("rows in another order: other numbers are clean")
    return same_callable(trial, other, world, "rows in another order")


@relation
def lists_in_parts(trial):
    world = trial.world.copy()
    rows = world.lists.pop("list")
    cut = trial.dice.randint(0, len(rows))
    world.lists = {"a": rows[:cut], "b": rows[cut:], "c": copy.deepcopy(rows)}
    for row in world.lists["c"]:
        row["lead_id"] = "again " + row["lead_id"]
    world.lists = {stem: part for stem, part in world.lists.items() if part}
    return same_callable(trial, trial.bench.run(world), world, "list in parts")


@relation
def scrubbed_again(trial):
    """scrub(scrub(x)) = scrub(x)."""
    world = trial.world.copy()
    at = line_of(world)
    world.lists["list"] = [row for row in world.lists["list"] if at[row["lead_id"]] in trial.base.clean]
    if not world.lists["list"]:
        return 0
    other = trial.bench.run(world)
    if other.rejected or other.files["list.clean.csv"] != trial.base.files["list.clean.csv"]:
        raise Broken(f"scrubbed again, rows are lost: {list(other.rejected.values())[:1]}")
    return len(other.clean)


@relation
def two_phone_columns(trial):
    """A second phone column that is empty changes no verdict; and what was scrubbed stays as it is."""
    world = trial.world.copy()
    folder = trial.bench.write(world)
    text = (folder / "profile.toml").read_text().replace('path = "list.csv"', 'path = "list.csv"\ncolumns.phone = ["phone", "note 2"]')
    (folder / "profile.toml").write_text(text)
    dice = trial.dice
    for row in world.lists["list"]:
        row["phone 2"] = dice.choice([dice.choice(trial.maker.numbers), ""])
    how = Style(rename={"phone 2": "note 2"})
    columns = [*LIST_COLUMNS, "phone 2"]
    (folder / "list.csv").write_bytes(how.bytes(columns, world.lists["list"], world.campaign["region"]))
    scrubbed = []
    for _ in range(2):
        done = trial.bench.start(folder, ["--profile", "profile.toml", "--clean", "clean.csv", "--rejected", "rejected.csv"])
        if done.returncode:
            raise Broken(f"two phone columns: {done.stderr.decode()[:300]} [{folder}]")
        scrubbed.append((folder / "clean.csv").read_bytes())
        (folder / "list.csv").write_bytes(scrubbed[-1])
    if scrubbed[0] != scrubbed[1]:
        raise Broken(f"two phone columns, scrubbed again: {first_difference(*scrubbed)} [{folder}]")
    return scrubbed[0].count(b"\n") - 1


@relation
def in_a_pipe(trial):
    """--clean - is the same as --out."""
    folder = trial.bench.write(trial.world)
    done = trial.bench.start(folder, ["--profile", "profile.toml", "--clean", "-", "--rejected", "r.csv", "--quiet"])
    if done.returncode or done.stdout != trial.base.files["list.clean.csv"]:
        raise Broken(f"--clean -: exit {done.returncode}, {first_difference(done.stdout, trial.base.files['list.clean.csv'])}")
    if (folder / "r.csv").read_bytes() != trial.base.files["list.rejected.csv"]:
        raise Broken("--rejected differs from that of --out")
    return len(trial.base.clean)


# --- less is never more ---

@relation
def more_noes(trial):
    lost, maker = 0, trial.maker
    for _ in range(3):
        world = trial.world.copy()
        for _ in range(trial.dice.randint(1, 4)):
            i = trial.dice.randrange(len(maker.numbers))
            kind = trial.dice.randrange(4)
            if kind == 3 and any(k.startswith("register") for k in world.facts):
                name = trial.dice.choice([k for k in world.facts if k.startswith("register")])
                world.facts[name].insert(0, maker.listing(i))
            elif kind == 2:
                world.facts["suppress"].insert(0, maker.suppression(i))
            else:
                world.facts["consents"].insert(0, maker.consent(i, trial.dice.choice(["opt_out", "objection"])))
        lost += trial.never_more(trial.bench.run(world), "a no more")
    return lost


@relation
def fewer_permissions(trial):
    lost = 0
    for share in (0.1, 0.3, 0.8):
        world = trial.world.copy()
        world.facts["consents"] = [row for row in world.facts["consents"]
                                   if row["status"] not in PERMISSIONS or trial.dice.random() > share] or [trial.maker.consent(0, "opt_out")]
        lost += trial.never_more(trial.bench.run(world), "permissions removed")
    return lost


@relation
def worse_permissions(trial):
    """Without evidence, without date, or given to somebody else a permission is worth less."""
    lost = 0
    for column, worse in (("evidence", ""), ("timestamp", ""), ("entity", ENTITIES[1]), ("channel", "email")):
        world = trial.world.copy()
        for row in world.facts["consents"]:
            if row["status"] in PERMISSIONS and trial.dice.random() < 0.4:
                row[column] = worse
        lost += trial.never_more(trial.bench.run(world), f"{column} = {worse!r}")
    return lost


@relation
def worse_relations(trial):
    lost = 0
    for column, worse in (("paid", "no"), ("informed", ""), ("objection_offered", "no"), ("number_source", "broker"),
                          ("entity", ENTITIES[1]), ("start", ""), ("objected_at", trial.world.campaign["call_from"])):
        world = trial.world.copy()
        for row in world.facts["relations"]:
            objects = column == "entity" and row["objected_at"]  # to its own entity only: that no would be lost
            if trial.dice.random() < 0.4 and not objects:
                row[column] = worse
        lost += trial.never_more(trial.bench.run(world), f"{column} = {worse!r}")
    return lost


@relation
def wider_window(trial):
    lost = 0
    for before, after in ((0, 1), (0, 30), (0, 400), (1, 0), (60, 0), (30, 30)):
        world = trial.world.copy()
        world.campaign["call_from"] -= DAY * before
        world.campaign["call_until"] += DAY * after
        lost += trial.never_more(trial.bench.run(world), f"window wider by {before} and {after} days")
    return lost


@relation
def stricter_policy(trial):
    world = trial.world.copy()
    if world.campaign["policy"] == "strict":
        return 0
    world.campaign["policy"] = "strict"
    return trial.never_more(trial.bench.run(world), "strict")


@relation
def blocks(trial):
    return sum(trial.same_bytes(trial.bench.run(trial.world, flags=["--block", size]), f"--block {size}")
               for size in ("1K", "64K", "1M", "64M"))


# --- nor do facts that were gathered before ---

def explained_alike(trial, folder, what):
    """Each row of the lists, and numbers and persons out of them, are explained in the same words from an index."""
    start, seen = trial.bench.start, 0
    for stem, rows in trial.world.lists.items():
        for line in trial.dice.sample(range(2, len(rows) + 2), min(6, len(rows))):
            row = rows[line - 2]
            questions = [["--list", f"{stem}.csv", "--line", str(line)]]
            if getattr(row.get("phone"), "national", None):
                questions.append([row["phone"].e164(), *(["--person", row["person_id"]] if row.get("person_id") else [])])
            for question in questions:
                plain, indexed = (start(folder, [*question, "--profile", "profile.toml", *more], command="explain") for more in ([], ["--index", "facts.idx"]))
                if (plain.returncode, plain.stdout, plain.stderr) != (indexed.returncode, indexed.stdout, indexed.stderr):
                    raise Broken(f"{what}: explain {question}: {first_difference(plain.stdout, indexed.stdout)} {indexed.stderr[:300]!r}")
                seen += plain.returncode in (0, 1)
    return seen


@relation
def indexed(trial):
    """A run and an explanation from an index are those from the inputs."""
    seen = 0
    for what in ({}, {"encoding": trial.dice.choice(["utf-8-sig", "utf-16-le", "cp1252"])}, {"packing": "gzip"}):
        folder = trial.bench.write(trial.world, Style(**what))
        made = trial.bench.start(folder, ["--profile", "profile.toml", "-o", "facts.idx", *trial.dice.choice([[], ["--memory", "64K"]])], command="index")
        done = trial.bench.start(folder, ["--profile", "profile.toml", "--index", "facts.idx", "--out", "out"])
        if made.returncode or done.returncode:
            raise Broken(f"index {what}: exits {made.returncode}, {done.returncode}: {made.stderr[:300]!r} {done.stderr[:300]!r}")
        for name, content in trial.base.files.items():
            if (folder / "out" / name).read_bytes() != content:
                raise Broken(f"index {what}: {name} differs: {first_difference(content, (folder / 'out' / name).read_bytes())}")
        seen += explained_alike(trial, folder, f"index {what}")
    return seen
