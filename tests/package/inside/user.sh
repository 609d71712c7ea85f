# In the clean root: what a user does first, with nothing but the package.
set -euo pipefail
ldd /usr/bin/callscrub | { ! grep 'not found'; }
id -u tester >/dev/null 2>&1 || useradd --create-home tester
su tester -s /bin/bash -c '
    set -euo pipefail
    cd
    cp -r /usr/share/doc/callscrub/sample-data .
    cd sample-data
    callscrub --version
    callscrub run --profile nightly.toml --out one --quiet
    callscrub verify one
    (cd one && sha256sum --check --quiet SHA256SUMS)
    callscrub part --parts 3 -o parts --profile nightly.toml --quiet
    for k in 1 2 3; do callscrub run --part $k/3 parts --quiet; done
    callscrub merge parts --out merged --quiet
    diff -r one merged --exclude summary.json --exclude SHA256SUMS
'
echo "user: the sample data scrubbed, verified, and scrubbed again in three parts with the same bytes"
