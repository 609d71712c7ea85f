"""A small campaign whose outcome differs between two days: the old run and the new one."""
import pathlib

OLD_DAY = "2026-03-02"
NEW_DAY = "2026-08-03"
ROWS = 6000  # enough for several buffers of output


def number(i):
    return f"06{10_000_000 + i * 37:08d}"


def make_inputs(directory, rows=ROWS):
    """Writes the input files; every reason that depends on the day occurs among them."""
    directory = pathlib.Path(directory)
    people, consents, relations, suppress = (["phone;name;note"], ["phone,channel,status,entity,product,timestamp,evidence"],
                                             ["phone,contract_id,entity,kind,product,start,end,paid,number_source,informed,objection_offered"],
                                             ["phone"])
    for i in range(rows):
        people.append(f"{number(i)};Person {i};\"note; {'x' * (i % 60)}\"")
        if i % 3 == 0:
            consents.append(f"{number(i)},phone,opt_in,E1,energy,2026-0{1 + i % 7}-15T10:00:00Z,rec-{i}")
        if i % 3 == 1:
            relations.append(f"{number(i)},K{i},E1,subscription,energy,2024-02-01,,yes,customer,yes,yes")
        if i % 11 == 0:
            consents.append(f"{number(i)},phone,objection,E1,,2026-07-0{1 + i % 9}T09:00:00Z,obj-{i}")
        if i % 29 == 0:
            suppress.append(number(i))
    people[7] = "not;enough"  # an unreadable row
    (directory / "people.csv").write_text("\n".join(people) + "\n")
    (directory / "more.csv").write_text("phone,name\n0612345678,Ann\n" + "".join(f"{number(i)},P\n" for i in range(0, 60, 2)))
    (directory / "consents.csv").write_text("\n".join(consents) + "\n")
    (directory / "relations.csv").write_text("\n".join(relations) + "\n")
    (directory / "suppress.csv").write_text("\n".join(suppress) + "\n")


def arguments(day, out="out", extra=()):
    """The command line of a run, to be used in the directory of the inputs."""
    return ["run", "people.csv", "more.csv", "--consents", "consents.csv", "--relations", "relations.csv",
            "--suppress", "suppress.csv", "--entity", "E1", "--product", "energy", "--jurisdiction", "NL", "--region", "NL",
            "--as-of", day, "--out", out, "--replace", "--ledger", "ledger.jsonl", "--threads", "1", "--progress", "never", "--json",
            *extra]
