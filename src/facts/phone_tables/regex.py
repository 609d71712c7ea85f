"""The small part of regular expressions that phone metadata uses, as automata over digits.

`Nfa` collects many patterns, each with a tag; a set of its states moves on by one digit. `program` turns a prefix
pattern into instructions for the matcher in phone_prefix.cpp (first match wins, as in the library's engines).
"""
import re._constants as ops
import re._parser as parser

DIGITS = range(10)


def digit_mask(op, value):
    """Bits of the digits that one character of a pattern allows; 0 for other characters."""
    if op is ops.LITERAL:
        return 1 << (value - 48) if 48 <= value <= 57 else 0
    if op is ops.CATEGORY:
        assert value is ops.CATEGORY_DIGIT
        return 0x3FF
    if op is ops.RANGE:
        return sum(1 << (c - 48) for c in range(value[0], value[1] + 1) if 48 <= c <= 57)
    assert op is ops.IN, op
    mask = 0
    for part in value:
        assert part[0] is not ops.NEGATE
        mask |= digit_mask(*part)
    return mask


class Nfa:
    def __init__(self):
        self.steps = []  # state -> [(mask, next state)]
        self.empty = []  # state -> [next state]
        self.tags = []  # state -> tag of the pattern that ends here, or None
        self.closures = {}

    def state(self):
        self.steps.append([])
        self.empty.append([])
        self.tags.append(None)
        return len(self.steps) - 1

    def add(self, pattern, tag, prefix_only=False):
        """Adds a pattern and returns its first state. `prefix_only`: anything may follow."""
        first = self.state()
        last = self._sequence(parser.parse(pattern), first)
        if prefix_only:
            self.steps[last].append((0x3FF, last))
        self.tags[last] = tag
        return first

    def _sequence(self, items, at):
        for op, value in items:
            at = self._item(op, value, at)
        return at

    def _item(self, op, value, at):
        if op is ops.SUBPATTERN:
            return self._sequence(value[3], at)
        if op is ops.BRANCH:
            end = self.state()
            for branch in value[1]:
                self.empty[self._sequence(branch, at)].append(end)
            return end
        if op is ops.MAX_REPEAT:
            least, most, body = value
            assert most is not ops.MAXREPEAT
            for _ in range(least):
                at = self._sequence(body, at)
            end = self.state()
            self.empty[at].append(end)
            for _ in range(most - least):
                at = self._sequence(body, at)
                self.empty[at].append(end)
            return end
        end = self.state()
        self.steps[at].append((digit_mask(op, value), end))
        return end

    def closure(self, state):
        if state not in self.closures:
            seen, todo = {state}, [state]
            while todo:
                for follower in self.empty[todo.pop()]:
                    if follower not in seen:
                        seen.add(follower)
                        todo.append(follower)
            self.closures[state] = frozenset(s for s in seen if self.steps[s] or self.tags[s] is not None)
        return self.closures[state]

    def start(self, states):
        return frozenset().union(*(self.closure(s) for s in states))

    def after(self, states, digit):
        bit = 1 << digit
        return frozenset().union(*(self.closure(n) for s in states for mask, n in self.steps[s] if mask & bit))

    def tags_of(self, states):
        return frozenset(self.tags[s] for s in states if self.tags[s] is not None)


# Instructions of the prefix matcher: kind in the upper four bits, operand in the lower twelve.
DIGIT, SPLIT, JUMP, SAVE, AT_END, MATCH = (k << 12 for k in range(1, 7))


def program(pattern):
    """Instructions with jumps relative to the program's start. A group's number and edge: 2 * group (+ 1 = its end)."""
    code = []

    def sequence(items):
        for op, value in items:
            item(op, value)

    def item(op, value):
        if op is ops.SUBPATTERN:
            group = value[0]
            if group is not None:
                code.append(SAVE | 2 * group)
            sequence(value[3])
            if group is not None:
                code.append(SAVE | 2 * group + 1)
        elif op is ops.BRANCH:
            ends = []
            for branch in value[1][:-1]:
                split = len(code)
                code.append(SPLIT)
                sequence(branch)
                ends.append(len(code))
                code.append(JUMP)
                code[split] |= len(code)
            sequence(value[1][-1])
            for jump in ends:
                code[jump] |= len(code)
        elif op is ops.MAX_REPEAT:
            least, most, body = value
            for _ in range(least):
                sequence(body)
            splits = []
            for _ in range(most - least):
                splits.append(len(code))
                code.append(SPLIT)
                sequence(body)
            for split in splits:
                code[split] |= len(code)
        elif op is ops.AT:
            assert value is ops.AT_END
            code.append(AT_END)
        else:
            code.append(DIGIT | digit_mask(op, value))

    sequence(parser.parse(pattern))
    code.append(MATCH)
    assert len(code) < 4096
    return code
