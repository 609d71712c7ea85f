"""Presses Tab behind each line of standard input in an interactive shell and prints what the line becomes.

usage: press_tab.py bash|zsh [FILE]   (FILE: the completions, else those that are installed; run in the folder whose files are
to be offered)
"""
import os
import pty
import select
import shutil
import sys
import tempfile
import time

LOAD = {"bash": (". '{file}'", ". /usr/share/bash-completion/bash_completion"), "zsh": ("fpath=('{folder}' $fpath)", ":")}
START = {
    "bash": (["bash", "--norc", "--noprofile", "-i"],
             "PS1= PS2=; bind 'set bell-style none'; bind 'set enable-bracketed-paste off'; {load}; "
             "bind -x '\"\\C-t\": printf \"<<%s>>\" \"$READLINE_LINE\"; READLINE_LINE='"),
    "zsh": (["zsh", "-f", "-i"],
            "PROMPT= RPROMPT= PS2=; {load}; autoload -Uz compinit; compinit -u -D; unsetopt beep list_beep auto_menu; "
            "shown() {{ print -rn -- \"<<$BUFFER>>\"; BUFFER= }}; zle -N shown; bindkey '^T' shown; bindkey '^I' complete-word"),
}


class Shell:
    def __init__(self, name, file):
        command, start = START[name]
        self.folder = tempfile.mkdtemp()
        if file:
            shutil.copyfile(file, os.path.join(self.folder, "_callscrub"))
        load = LOAD[name][0 if file else 1].format(file=file, folder=self.folder)
        pid, self.terminal = pty.fork()
        if pid == 0:
            os.environ["TERM"] = "vt100"
            os.execvp(command[0], command)
        os.write(self.terminal, (start.format(load=load) + "\n").encode())
        os.write(self.terminal, b"printf '<%s>>\\n' '<ready'\n")
        self.read_until("<<ready>>")

    def read_until(self, mark):
        seen, end = "", time.monotonic() + 60
        while mark not in seen:
            if time.monotonic() > end or not select.select([self.terminal], [], [], 60)[0]:
                raise SystemExit(f"no '{mark}' in {seen!r}")
            seen += os.read(self.terminal, 4096).decode(errors="replace")
        return seen

    def completed(self, line):
        os.write(self.terminal, (line + "\t\x14").encode())
        seen = self.read_until(">>")
        return seen[seen.index("<<") + 2:seen.index(">>")]


def main():
    shell = Shell(sys.argv[1], os.path.abspath(sys.argv[2]) if len(sys.argv) > 2 else "")
    for line in sys.stdin:
        print(shell.completed(line.rstrip("\n")))
    shutil.rmtree(shell.folder)


main()
