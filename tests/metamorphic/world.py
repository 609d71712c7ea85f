"""A random campaign with its facts, the same from the same seed: days near the window and near changes of law, people
with several numbers, numbers of several people, records with every kind of flaw."""
import copy
import datetime
import random

Day = datetime.date
DAY = datetime.timedelta(days=1)

# Country: code, trunk prefix, beginnings of national numbers (# = any digit, N = 2 to 9), the registers of its law,
# its time zone, days on which the law changed.
COUNTRIES = {
    "NL": ("31", "0", ["61#######", "64#######", "20N######"], ["BMNR"], "Europe/Amsterdam",
           ["2009-10-01", "2020-06-01", "2021-07-01", "2025-07-01", "2026-07-01"]),
    "DE": ("49", "0", ["1512#######", "171392####", "30N######"], [], "Europe/Berlin",
           ["2009-08-04", "2021-10-01", "2022-05-28"]),
    "AT": ("43", "0", ["664#######"], [], "Europe/Vienna", ["2021-11-01"]),
    "FR": ("33", "0", ["61#######", "142######"], [], "Europe/Paris", ["2020-07-26", "2026-08-11"]),
    "GB": ("44", "0", ["791112####", "207946####"], ["TPS", "CTPS"], "Europe/London", ["2018-09-08", "2019-01-09"]),
    "IT": ("39", "", ["312#######"], [], "Europe/Rome", ["2022-07-27"]),
    "US": ("1", "1", ["201N##NN##"], [], "America/New_York", ["2024-01-01"]),
}
ENTITIES = ["Grünstrom GmbH", "Zonnewind B.V.", "E3"]
PRODUCTS = ["energy", "Wärme", "gas", "insurance"]

KINDS = {
    "consents": ["phone", "person_id", "channel", "status", "entity", "product", "timestamp", "valid_until", "contract_id",
                 "evidence", "verified_at", "consent_id", "source"],
    "relations": ["phone", "person_id", "contract_id", "entity", "kind", "product", "start", "end", "status", "paid",
                  "number_source", "informed", "objection_offered", "objected_at"],
    "suppress": ["phone", "person_id", "entity", "since", "until", "reason"],
    "calls": ["phone", "called_at", "consent_id", "outcome"],
    "register": ["phone", "listed_at"],
}
PERMISSIONS = ("opt_in", "requested", "published")


class World:
    """Rows are dictionaries of canonical column → text, Day, aware or naive datetime, or `Number`. `facts` maps a kind
    (for registers: "register NAME") to rows; `lists` maps a file's stem to rows."""

    def __init__(self, campaign, facts, lists):
        self.campaign, self.facts, self.lists = campaign, facts, lists

    def copy(self):
        return copy.deepcopy(self)


class Number:
    """A telephone number; how it is written is the Style's business."""

    def __init__(self, country, national):
        self.country, self.national = country, national
        self.code, self.trunk = COUNTRIES[country][:2]

    def e164(self):
        return f"+{self.code}{self.national}"


def digits(dice, pattern):
    return "".join(dice.choice("0123456789") if c == "#" else dice.choice("23456789") if c == "N" else c for c in pattern)


class Maker:
    def __init__(self, seed, people=40):
        self.dice = random.Random(seed)
        d = self.dice
        self.home = d.choice(list(COUNTRIES))
        mixed = d.random() < 0.4
        countries = list(COUNTRIES) if mixed else [self.home]
        self.zone = COUNTRIES[self.home][4]
        first = Day.fromisoformat(d.choice(COUNTRIES[self.home][5])) + DAY * d.randint(-2, 2)
        if d.random() < 0.4:
            first = Day(2026, 5, 1) + DAY * d.randint(-500, 120)
        last = first + DAY * d.choice([0, 0, 1, 3, 14, 40])
        self.campaign = {
            "entity": ENTITIES[0], "product": PRODUCTS[0], "similar": d.sample(PRODUCTS, d.randint(0, 2)),
            "caller_type": d.choice(["commercial"] * 5 + ["charity", "publisher", "lottery"]),
            "purpose": d.choice(["sales"] * 4 + ["winback", "fundraising"]),
            "jurisdiction": "auto" if mixed else self.home, "region": self.home, "call_from": first, "call_until": last,
            "policy": d.choice(["standard", "standard", "strict"]),
        }
        self.numbers = [self.number(d.choice(countries)) for _ in range(people)]
        self.persons = [f"P{i}" for i in range(people)]
        self.serial = 0

    def number(self, country):
        return Number(country, digits(self.dice, self.dice.choice(COUNTRIES[country][2])))

    def day(self):
        d = self.dice
        anchor = d.choice([self.campaign["call_from"], self.campaign["call_from"], self.campaign["call_until"],
                           Day.fromisoformat(d.choice(COUNTRIES[self.home][5])), Day(2024, 2, 29), Day(2024, 3, 31)])
        months = d.choice([0, 0, 0, 0, 1, 2, 3, 6, 12, 18, 24, 36, 48])
        year, month = divmod(anchor.year * 12 + anchor.month - 1 - months, 12)
        return Day(year, month + 1, min(anchor.day, 28)) + DAY * d.choice([0, 0, 0, 1, -1, -2, 2, 3, -10, -30])

    def moment(self):
        d, day = self.dice, self.day()
        kind = d.random()
        if kind < 0.4:
            return day
        clock = datetime.time(d.choice([0, 1, 2, 8, 12, 22, 23]), d.choice([0, 30, 59]))
        zone = None if kind < 0.6 else datetime.timezone.utc
        return datetime.datetime.combine(day, clock, zone)

    def maybe(self, share, value):
        return value() if self.dice.random() < share else ""

    def who(self, i):
        """Number and person of a fact about person i: mostly theirs."""
        d = self.dice
        number = self.numbers[i if d.random() < 0.93 else d.randrange(len(self.numbers))]
        person = self.persons[i if d.random() < 0.93 else d.randrange(len(self.persons))]
        kind = d.random()
        return {"phone": "" if kind < 0.05 else number, "person_id": "" if 0.05 <= kind < 0.45 else person}

    def entity(self):
        d = self.dice
        return d.choice([ENTITIES[0]] * 12 + ["", ENTITIES[1], "|".join(ENTITIES[:2]), ENTITIES[0].upper()])

    def product(self):
        return self.dice.choice(["energy"] * 5 + ["", "Wärme", "energy|gas", "insurance"])

    def new_id(self, letter):
        self.serial += 1
        return f"{letter}{self.serial}"

    def consent(self, i, status=None):
        d = self.dice
        status = status or d.choice(["opt_in"] * 7 + ["requested"] * 2 + ["published", "opt_out", "objection"])
        period = d.random()
        valid = "" if period < 0.6 else self.day() + DAY * 200 if period < 0.85 else d.choice(
            ["contract_end+1cy", "contract_end+6m", "contract_end+30d"])
        contract = f"K{i}" if isinstance(valid, str) and valid else ""
        return {**self.who(i), "channel": d.choice(["phone"] * 9 + ["any", "", "email"]), "status": status,
                "entity": self.entity(), "product": self.product(), "timestamp": self.moment() if d.random() < 0.97 else "",
                "valid_until": valid, "contract_id": contract, "evidence": self.maybe(0.93, lambda: self.new_id("rec-")),
                "verified_at": self.maybe(0.6, self.moment), "consent_id": self.new_id("C"), "source": "web"}

    def relation(self, i):
        d = self.dice
        yes = lambda share: "yes" if d.random() < share else d.choice(["no", ""])
        return {**self.who(i), "contract_id": f"K{i}", "entity": self.entity(), "product": self.product(),
                "kind": d.choice(["sale"] * 4 + ["subscription"] * 4 + ["donation", "quotation", "volunteer", "event"]),
                "start": self.moment() if d.random() < 0.97 else "", "end": self.maybe(0.5, self.day),
                "status": d.choice([""] * 8 + ["active", "ended", "cancelled"]), "paid": yes(0.93),
                "number_source": "customer" if d.random() < 0.93 else d.choice(["", "broker"]), "informed": yes(0.93),
                "objection_offered": yes(0.9), "objected_at": self.maybe(0.04, self.moment)}

    def suppression(self, i):
        return {**self.who(i), "entity": self.dice.choice(["", "", ENTITIES[0], ENTITIES[1]]),
                "since": self.maybe(0.6, self.day), "until": self.maybe(0.3, self.day), "reason": "asked"}

    def listing(self, i):
        return {"phone": self.numbers[i], "listed_at": self.maybe(0.9, self.day)}

    def call(self, i):
        d = self.dice
        return {"phone": self.numbers[i], "called_at": self.moment(), "consent_id": self.maybe(0.3, lambda: f"C{d.randint(1, 40)}"),
                "outcome": d.choice(["answered", "answered", "refused", "busy"])}

    def list_row(self, i):
        d = self.dice
        number = self.numbers[i]
        return {"lead_id": self.new_id("L"), "phone": number, "person_id": self.maybe(0.8, lambda: self.persons[i]),
                "party": d.choice(["consumer"] * 6 + ["", "sole_trader", "legal_person"]), "country": number.country,
                "product": self.maybe(0.2, self.product), "note": d.choice(["", "Straße; 5, \"links\"", "ë\nzweite Zeile", "x" * d.randint(0, 90)])}

    def world(self, unique=False, rows=60):
        """`unique`: no number occurs twice in a list, so no row is a DUPLICATE."""
        d, people = self.dice, range(len(self.numbers))
        facts = {
            "consents": [self.consent(d.choice(people)) for _ in range(70)],
            "relations": [self.relation(d.choice(people)) for _ in range(40)],
            "suppress": [self.suppression(d.choice(people)) for _ in range(3)],
            "calls": [self.call(d.choice(people)) for _ in range(12)],
        }
        for name in COUNTRIES[self.home][3]:
            facts[f"register {name}"] = [self.listing(d.choice(people)) for _ in range(6)]
        facts = {kind: made for kind, made in facts.items() if made}
        whom = list(people) if unique else [d.choice(people) for _ in range(rows)]
        d.shuffle(whom)
        return World(self.campaign, facts, {"list": [self.list_row(i) for i in whom]})
