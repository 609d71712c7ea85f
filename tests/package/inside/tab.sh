# In the clean root, with bash-completion, zsh and fish: Tab completes with what the package installed, and nothing loaded by hand.
set -euo pipefail
mkdir -p /tmp/files/runs
cd /tmp/files
touch leads.csv
cat >../typed <<'LINES'
callscrub ti
callscrub run --caller-type ch
callscrub verify ru
callscrub merge --repl
callscrub run --consents le
LINES
cat >../expected <<'LINES'
callscrub tidy 
callscrub run --caller-type charity 
callscrub verify runs/
callscrub merge --replace 
callscrub run --consents leads.csv 
LINES
for shell in bash zsh; do
    python3 /check/press_tab.py $shell <../typed >../became
    diff ../expected ../became || { echo "tab: $shell"; exit 1; }
done
# fish says what it offers; the last word of what is expected must be the only offer.
while IFS= read -r typed && IFS= read -r expected <&3; do
    offered=$(fish --command "complete --do-complete '$typed'" | cut -f 1)
    word=${expected% }
    [[ $offered == "${word##* }" ]] || { echo "tab: fish offers '$offered' behind '$typed'"; exit 1; }
done <../typed 3<../expected
echo "tab: $(wc -l <../typed) lines completed in bash, zsh and fish"
