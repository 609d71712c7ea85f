#!/usr/bin/python3 -B
"""Writes phone_tables.cpp from libphonenumber's metadata, as Debian's python3-phonenumbers carries it.

Usage: make_tables.py > phone_tables.cpp          (the build does not run this; the result is in the tree)
       make_tables.py --check phone_tables.cpp    (exit 1 if the file is not what would be written, 77 without metadata)

Every numbering plan is a finite set of digit strings. For each calling code one acyclic automaton tells for a
national number whether it is valid, its region and its type; equal parts of all automata are stored once. What the
library does before that (international and national prefixes) is in small programs and length masks per region.
"""
import contextlib
import io
import sys

try:
    import phonenumbers
    from phonenumbers import PhoneMetadata
    from phonenumbers.data import _COUNTRY_CODE_TO_REGION_CODE as REGIONS
except ImportError:
    print("The module phonenumbers (python3-phonenumbers) is missing.", file=sys.stderr)
    sys.exit(77)

from regex import DIGIT, DIGITS, Nfa, program

LONGEST = 17  # digits of a national number that the library takes at most
TAIL = 16     # labels of a tail: what up to 15 more digits, whichever, make of a number

# In the order in which the library looks for a type; the numbers are those of facts::PhoneType.
TYPES = [("premium_rate", 5), ("toll_free", 4), ("shared_cost", 6), ("voip", 7), ("personal_number", 8),
         ("pager", 9), ("uan", 10), ("voicemail", 11)]
FIXED, MOBILE, FIXED_OR_MOBILE = 1, 2, 3
TYPE_BITS, GENERAL = 4, 1 << 12  # label: general bit, region (8 bits), type (4 bits)


class Automata:
    """Nodes (label, ten followers), each stored once. Node 0: nothing matches from here on."""

    def __init__(self):
        self.nodes = [(0, (0,) * 10)]
        self.ids = {self.nodes[0]: 0}

    def node(self, label, followers):
        key = (label, followers)
        if key not in self.ids:
            self.ids[key] = len(self.nodes)
            self.nodes.append(key)
        return self.ids[key]

    def build(self, nfa, firsts, label_of):
        """The root for all patterns that begin at `firsts`; label_of(tags, length) gives a node's label."""
        memo = {}

        def visit(states, length):
            if not states or length > LONGEST:
                return 0
            key = (states, length)
            if key not in memo:
                followers = tuple(visit(nfa.after(states, d), length + 1) for d in DIGITS)
                memo[key] = self.node(label_of(nfa.tags_of(states), length), followers)
            return memo[key]

        return visit(nfa.start(firsts), 0)


def matches(desc, name, tags, length, where):
    """The library's IsNumberMatchingDesc."""
    if desc is None or not desc.national_number_pattern:
        return False
    if desc.possible_length and length not in desc.possible_length:
        return False
    return (where, name) in tags


def type_of(metadata, tags, length, where):
    """The library's GetNumberTypeHelper; 0 = not valid."""
    def fits(name):
        return matches(getattr(metadata, name), name, tags, length, where)

    if not fits("general_desc"):
        return 0
    for name, number in TYPES:
        if fits(name):
            return number
    same = metadata.same_mobile_and_fixed_line_pattern
    if fits("fixed_line"):
        return FIXED_OR_MOBILE if same or fits("mobile") else FIXED
    return MOBILE if not same and fits("mobile") else 0


def plans(code):
    """[(region, metadata)] of a calling code, the main one first."""
    if REGIONS[code] == ("001",):
        return [("001", PhoneMetadata.metadata_for_nongeo_region(code))]
    return [(region, PhoneMetadata.metadata_for_region(region)) for region in REGIONS[code]]


def code_root(automata, code, region_ids):
    nfa, firsts = Nfa(), []
    members = plans(code)
    for region, metadata in members:
        for name in ["general_desc", "fixed_line", "mobile"] + [name for name, _ in TYPES]:
            desc = getattr(metadata, name)
            if desc is not None and desc.national_number_pattern:
                firsts.append(nfa.add(desc.national_number_pattern, (region, name)))
        if metadata.leading_digits is not None and len(members) > 1:
            firsts.append(nfa.add(metadata.leading_digits, (region, "leading"), prefix_only=True))

    def label_of(tags, length):
        general = GENERAL if (members[0][0], "general_desc") in tags else 0
        for region, metadata in members:  # GetRegionCodeForNumber
            kind = type_of(metadata, tags, length, region)
            if len(members) > 1 and metadata.leading_digits is not None:
                chosen = (region, "leading") in tags
            else:
                chosen = kind != 0
            if chosen:
                return general | (region_ids[region] << TYPE_BITS | kind if kind else 0)
        return general

    return automata.build(nfa, firsts, label_of)


def general_root(automata, metadata):
    nfa = Nfa()
    first = nfa.add(metadata.general_desc.national_number_pattern, "general")
    return automata.build(nfa, [first], lambda tags, length: GENERAL if tags else 0)


def length_masks(metadata):
    """Bit n: a number of n digits is kept once its prefix is stripped; and: it is too long (TestNumberLength)."""
    desc = metadata.general_desc
    possible = [n for n in desc.possible_length if n > 0]
    local = desc.possible_length_local_only
    long = [n for n in range(32) if n > max(possible) and n not in local]
    keep = [n for n in possible if n not in local] + long
    return sum(1 << n for n in set(keep)), sum(1 << n for n in long)


class Programs:
    def __init__(self):
        self.code, self.known = [DIGIT], {"": 0}  # program 0: there is no prefix, so nothing matches

    def at(self, pattern):
        pattern = pattern or ""
        if pattern not in self.known:
            self.known[pattern] = len(self.code)
            self.code += program(pattern)
        return self.known[pattern]


def transform(rule):
    """(digits, group) of a rule like "268\\1"."""
    if not rule:
        return "", 0
    digits, group = rule.split("\\")
    assert digits.isdigit() or not digits
    return digits, int(group)


def wrap(items, width=116):
    lines, line = [], "   "
    for item in items:
        if len(line) + len(item) + 2 > width:
            lines.append(line)
            line = "   "
        line += " " + item + ","
    return "\n".join(lines + [line])


def main():
    assert sys.version_info >= (3, 11), "regex.py needs the parser of Python 3.11 or later"
    regions = sorted({r for rs in REGIONS.values() for r in rs} - {"001"})
    region_ids = {region: i + 1 for i, region in enumerate(regions)}
    region_ids["001"] = 0xFF
    automata, programs = Automata(), Programs()
    roots = {code: code_root(automata, code, region_ids) for code in sorted(REGIONS)}

    assert len(regions) < 0xFF and len(automata.nodes) < 1 << 16
    rows, code_rows = [], {}
    for code in sorted(REGIONS):
        for region, metadata in plans(code):
            main_plan = region == REGIONS[code][0]
            root = roots[code] if main_plan else general_root(automata, metadata)
            keep, long = length_masks(metadata)
            digits, group = transform(metadata.national_prefix_transform_rule)
            if main_plan:
                code_rows[code] = len(rows)
            rows.append((region, code, roots[code], root, programs.at(metadata.international_prefix),
                         programs.at(metadata.national_prefix_for_parsing), digits, group, keep, long))
    write(automata, programs.code, regions, rows, code_rows)


def tails_of(nodes):
    """For nodes from where on only the number of digits matters: the labels after 0, 1, … more of them."""
    tails = {0: (0,)}
    for node, (label, followers) in enumerate(nodes[1:], 1):
        assert max(followers) < node
        if len(set(followers)) == 1 and followers[0] in tails:
            tails[node] = (label,) + tails[followers[0]]
    return tails


def row(cells):
    cells = list(cells)
    while cells and cells[-1] == 0:
        cells.pop()
    return "{" + ",".join(map(str, cells)) + "},"


def write(automata, code, regions, rows, code_rows):
    tails = tails_of(automata.nodes)
    assert max(map(len, tails.values())) <= TAIL
    branching = [node for node in range(len(automata.nodes)) if node not in tails]
    ids = {node: i for i, node in enumerate([*tails, *branching])}
    print("// Made by make_tables.py from the metadata of libphonenumber, Apache License 2.0. Do not edit.")
    print(f"// {len(tails)} tails, {len(branching)} nodes, {len(rows)} plans, {len(code)} instructions.")
    print('#include "facts/phone_tables.h"\n\nnamespace callscrub::facts::tables {\n')
    print(f'const char metadata_version[] = "{phonenumbers.__version__}";\n')
    print(f"const unsigned tail_count = {len(tails)};\n")
    print(f"const std::uint16_t tails[{len(tails)}][{TAIL}] = {{", *map(row, tails.values()), "};\n", sep="\n")
    print(f"const std::uint16_t nodes[{len(branching)}][11] = {{")
    for label, followers in map(automata.nodes.__getitem__, branching):
        print(row([*map(ids.get, followers), label]))
    print("};\n")
    print(f"const std::uint16_t programs[{len(code)}] = {{\n{wrap(map(str, code))}\n}};\n")
    print(f"const char regions[{len(regions) + 1}][3] = {{\n    \"\",")
    print(wrap(f'"{region}"' for region in regions) + "\n};\n")
    print(f"const unsigned plan_count = {len(rows) + 1};\n")
    print(f"const Plan plans[{len(rows) + 1}] = {{\n    {{0, 0, 0, 0, 0, \"\", 0, 0, 0}},")
    for _, calling, root, general, idd, prefix, digits, group, keep, long in rows:
        print(f'    {{{calling}, {ids[root]}, {ids[general]}, {idd}, {prefix}, "{digits}", {group}, {keep:#x}, {long:#x}}},')
    print("};\n")
    by_code = [str(code_rows[c] + 1) if c in code_rows else "0" for c in range(1000)]
    print(f"const std::uint8_t plan_of_code[1000] = {{\n{wrap(by_code)}\n}};\n")
    named = {row[0]: i + 1 for i, row in enumerate(rows) if row[0] != "001"}
    letters = [chr(65 + i) for i in range(26)]
    by_region = [str(named.get(x + y, 0)) for x in letters for y in letters]
    print(f"const std::uint8_t plan_of_region[26 * 26] = {{\n{wrap(by_region)}\n}};\n")
    print("} // namespace callscrub::facts::tables")


def check(path):
    made = io.StringIO()
    with contextlib.redirect_stdout(made):
        main()
    with open(path, encoding="utf-8") as file:
        same = file.read() == made.getvalue()
    print(f"{path} is {'up to date' if same else 'not what make_tables.py writes: run it again'}.")
    return 0 if same else 1


if __name__ == "__main__":
    if sys.argv[1:2] == ["--check"]:
        sys.exit(check(sys.argv[2]))
    main()
