"""How a world is written down: the same facts in other bytes."""
import csv
import datetime
import gzip
import io
import random
import struct
import zoneinfo

from world import KINDS, Number

LIST_COLUMNS = ["lead_id", "phone", "person_id", "party", "country", "product", "note"]


def spellings(number, region):
    """Every way of writing a number that means the same to a reader who knows `region`."""
    n, code = number.national, number.code
    groups = " ".join(n[i:i + 3] for i in range(0, len(n), 3))
    out = [number.e164(), f"+{code} {groups}", f"'+{code}{n}", f"+{code}-{n[:3]}-{n[3:]}", f"(+{code}) {groups}",
           f"tel:+{code}{n}", f"+{code}\u00a0{groups}", f" +{code} {groups} ", f"00{code} {groups}"]
    if number.trunk == "0":
        out.append(f"+{code} (0){groups}")
    if number.country == region:
        out += [f"{number.trunk}{n}", f"{number.trunk}{n[:2]} {n[2:]}", f"{number.trunk}{n[:3]}-{n[3:]}", f"({number.trunk}{n[:2]}) {n[2:]}"]
    return out


def zstd_stored(data):
    """A zstd frame whose blocks are stored as they are: no library is needed to make one."""
    out, blocks = b"\x28\xb5\x2f\xfd\x00\x58", [data[i:i + 100_000] for i in range(0, len(data), 100_000)] or [b""]
    for i, block in enumerate(blocks):
        head = (len(block) << 3) | (i + 1 == len(blocks))
        out += struct.pack("<I", head)[:3] + block
    return out


class Style:
    """One way of writing. Every change of it must leave verdicts as they are."""

    def __init__(self, **change):
        self.delimiter, self.encoding, self.packing, self.line_end = ",", "utf-8", "", "\n"
        self.final_line_end, self.quote_all, self.separator_line = True, False, False
        self.stated = {}        # keys of the profile's input tables
        self.rename = {}        # canonical column → header
        self.headers = str      # what else happens to header names
        self.shuffle = None     # seed: columns in another order
        self.extra = 0          # columns that mean nothing
        self.spell = None       # seed: numbers in other spellings
        self.dates = "iso"      # or "dd.mm.yyyy"
        self.offset = None      # hours: instants in another zone's notation
        self.words = {}         # kind of file → column → {our word: the file's word}
        self.wall_zone = None   # wall clock times become this zone's instants
        self.__dict__.update(change)

    def date(self, value):
        day = value if not isinstance(value, datetime.datetime) else value.date()
        return day.isoformat() if self.dates == "iso" else day.strftime("%d.%m.%Y")

    def moment(self, value):
        if value.tzinfo is None and self.wall_zone:
            value = value.replace(tzinfo=zoneinfo.ZoneInfo(self.wall_zone))
        elif value.tzinfo is not None and self.offset is not None:
            value = value.astimezone(datetime.timezone(datetime.timedelta(hours=self.offset)))
        text = self.date(value) + ("T" if self.dates == "iso" else " ") + value.strftime("%H:%M:%S")
        if value.tzinfo is None:
            return text
        zone = value.strftime("%z")
        return text + ("Z" if zone == "+0000" and self.offset is None else f"{zone[:3]}:{zone[3:]}")

    def cell(self, words, column, value, region, dice):
        if isinstance(value, Number):
            return dice.choice(spellings(value, region)) if self.spell is not None else value.e164()
        if isinstance(value, datetime.datetime):
            return self.moment(value)
        if isinstance(value, datetime.date):
            return self.date(value)
        return words.get(column, {}).get(value, value)

    def rows(self, kind, columns, rows, region):
        """Header and rows as lists of texts."""
        dice = random.Random(self.spell)
        order = list(columns)
        if self.shuffle is not None:
            random.Random(self.shuffle).shuffle(order)
        extra = [f"zusatz {i}" for i in range(self.extra)]
        yield [self.rename.get(c, self.headers(c)) for c in order] + extra
        for row in rows:
            yield [self.cell(self.words.get(kind, {}), c, row.get(c, ""), region, dice) for c in order] + [f"{i};,\"" for i in range(self.extra)]

    def lines(self, columns, rows, region, kind="list"):
        """The raw text of header and each row, with line end."""
        for cells in self.rows(kind, columns, rows, region):
            buffer = io.StringIO()
            quoting = csv.QUOTE_ALL if self.quote_all else csv.QUOTE_MINIMAL
            csv.writer(buffer, delimiter=self.delimiter, quoting=quoting, lineterminator=self.line_end).writerow(cells)
            yield buffer.getvalue()

    def text(self, columns, rows, region, kind):
        head = f"sep={self.delimiter}{self.line_end}" if self.separator_line else ""
        text = head + "".join(self.lines(columns, rows, region, kind))
        return text if self.final_line_end else text.removesuffix(self.line_end)

    def bytes(self, columns, rows, region, kind="list"):
        encoded = self.text(columns, rows, region, kind).encode(self.encoding)
        if self.encoding in ("utf-16-le", "utf-16-be"):
            encoded = (b"\xff\xfe" if self.encoding == "utf-16-le" else b"\xfe\xff") + encoded
        return gzip.compress(encoded) if self.packing == "gzip" else zstd_stored(encoded) if self.packing == "zstd" else encoded


def columns_of(kind):
    return KINDS[kind.split(" ")[0]]
