"""Makes mutants of C++ sources: one small change each, as a programmer's slip might make it. No parser: the sources
are formatted, comments and strings are left alone."""
import re

# What is found → what it becomes. Each match is a place of its own.
OPERATORS = [
    (r"(?<![<\-=>])<=(?!>)", ["<", "=="]), (r"(?<![>\-=])>=", [">", "=="]), (r"(?<=\s)<(?=\s)", ["<=", ">"]),
    (r"(?<=\s)>(?=\s)", [">=", "<"]), (r"(?<![=!<>])==", ["!="]), (r"!=", ["=="]), (r"&&", ["||"]), (r"(?<=\s)\|\|(?=\s)", ["&&"]),
    (r"(?<=\s)\+(?=\s)", ["-"]), (r"(?<=\s)-(?=\s)", ["+"]), (r"(?<=\s)\*(?=\s)", ["/"]), (r"(?<=\s)/(?=\s)", ["*"]), (r"(?<=\s)%(?=\s)", ["*"]),
    (r"\+\+(?=\w)", ["--"]), (r"(?<=\s)\+=(?=\s)", ["-="]), (r"(?<=\s)-=(?=\s)", ["+="]), (r"(?<=\s)\|=(?=\s)", ["&="]),
    (r"\bstd::min\b", ["std::max"]), (r"\bstd::max\b(?!\()", ["std::min"]), (r"\bstd::any_of\b", ["std::all_of"]), (r"\bstd::all_of\b", ["std::any_of"]),
    (r"\btrue\b", ["false"]), (r"\bfalse\b", ["true"]), (r"\bcontinue;", ["break;"]), (r"\bbreak;", ["continue;"]),
    (r"\bday_max\b", ["day_min"]), (r"\bday_min\b", ["day_max"]), (r"(?<![\w.'xX])(\d+)(?![\w.'])", None), (r"(?<=[(\s])!(?=[\w(])", [""]),
]
CONDITION = re.compile(r"\b(?:if|while) \((?!.*\bconstexpr\b)(.*)\)(?= \w| \{|$)")
STATEMENT = re.compile(r"^\s+(?:[\w.:\->]+\([^;{}]*\);|[\w.\->\[\]]+ [|&+\-]?= [^;{}]*;)$")


def blanked(text):
    """The text with comments, strings and preprocessor lines as blanks of the same length."""
    pattern = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])\'|^#[^\n]*', re.S | re.M)
    return pattern.sub(lambda m: re.sub(r"[^\n]", " ", m.group()), text)


def mutants(text):
    """(line, what was done, the whole changed text), in the order of the text; code only, no static_asserts."""
    code, out = blanked(text), []

    def add(begin, end, new, what):
        line = text.count("\n", 0, begin) + 1
        if "static_assert" not in text.split("\n")[line - 1]:
            out.append((line, what, text[:begin] + new + text[end:]))

    for pattern, changes in OPERATORS:
        for m in re.finditer(pattern, code):
            now = changes if changes is not None else [str(int(m.group()) + 1)] + ([str(int(m.group()) - 1)] if int(m.group()) else [])
            for new in now:
                add(m.start(), m.end(), new, f"{m.group()} → {new or 'nothing'}")
    at = 0
    for line in code.split("\n"):
        if m := CONDITION.search(line):
            for new in ("true", "false"):
                if not (new == "true" and "while" in m.group()):
                    add(at + m.start(1), at + m.end(1), new, f"condition → {new}")
        if m := STATEMENT.match(line):
            if not re.match(r"\s+(?:return|const|auto|throw|using|delete)\b", line):
                add(at + len(line) - len(line.lstrip()), at + len(line), ";", f"without: {line.strip()[:60]}")
        at += len(line) + 1
    return sorted(out, key=lambda one: one[0])
