# In the clean root, with man: every page that the package brings is found, has text and makes nobody warn.
set -euo pipefail
pages=0
while read -r section name; do
    if ! MANWIDTH=100 man --warnings "$section" "$name" >/tmp/page 2>/tmp/warnings || [[ -s /tmp/warnings ]]; then
        echo "man $section $name:"
        cat /tmp/warnings
        exit 1
    fi
    (($(wc -l </tmp/page) > 20)) || { echo "man $section $name has no text"; exit 1; }
    pages=$((pages + 1))
done < <(dpkg -L callscrub | sed -n 's|.*/man/man[0-9]/\(.*\)\.\([0-9]\)\.gz$|\2 \1|p')
((pages > 0))
for command in $(callscrub --help | sed -n '/^[Cc]ommands/,/^$/s/^  \([a-z]*\) .*/\1/p'); do
    man --where "callscrub-$command" >/dev/null || { echo "no page for the command $command"; exit 1; }
done
echo "pages: $pages man pages without a warning"
