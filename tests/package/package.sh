#!/usr/bin/env bash
# The Debian package where nothing else is: made with cpack, installed by apt into a fresh root of Debian bookworm with what it
# depends on alone, and used there by an ordinary user; then its man pages, its completions in each shell, and its timer
# under a booted systemd.
#   package.sh BUILD [STEP…]     BUILD: a finished build; STEPs (default: all): user pages tab timer
# MIRROR: of Debian, if not debootstrap's own. KEEP=1 leaves the root behind. Nothing outside of a temporary folder is touched.
# Needs root, debootstrap and dpkg-dev (.ci/install-deps --package), and a mirror that can be reached; without them it ends with
# 77 (skipped). The timer needs systemd-nspawn besides, and is left out where that can't boot.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
build=$(realpath "$1")
steps=("${@:2}")
((${#steps[@]})) || steps=(user pages tab timer)

skip() {
    echo "skipped: $*"
    exit 77
}
((EUID == 0)) || skip "only root can make a Debian root"
for tool in debootstrap dpkg-shlibdeps cpack unshare; do command -v "$tool" >/dev/null || skip "$tool is not installed"; done

scratch=$(mktemp -d "${TMPDIR:-/tmp}/callscrub-package-XXXXXX")
root=$scratch/root
[[ -n ${KEEP:-} ]] || trap 'rm -rf --one-file-system "$scratch"' EXIT

# inside COMMAND…: in the root, with processes, mounts and terminals of its own, which end with the command.
inside() {
    # shellcheck disable=SC2016
    unshare --mount --pid --fork --kill-child sh -ec '
        root=$1; shift
        mount -t proc proc "$root/proc"
        mount -t devpts -o newinstance,ptmxmode=0666 devpts "$root/dev/pts"
        mount --bind "$root/dev/pts/ptmx" "$root/dev/ptmx" 2>/dev/null || true
        exec chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 TERM=xterm HOME=/root DEBIAN_FRONTEND=noninteractive "$@"
    ' sh "$root" "$@"
}

install_there() { inside apt-get install -y -q --no-install-recommends "$@" >>"$scratch/apt.log" 2>&1 || { tail "$scratch/apt.log"; return 1; }; }

(cd "$build" && cpack -G DEB -B "$scratch/package" >"$scratch/cpack.log") || { tail "$scratch/cpack.log"; exit 1; }
deb=$(echo "$scratch"/package/callscrub_*.deb)
debootstrap --variant=minbase bookworm "$root" ${MIRROR:+"$MIRROR"} >"$scratch/debootstrap.log" 2>&1 || {
    grep -q 'E: \(Failed getting release file\|Invalid Release file\|Couldn.t download\)' "$scratch/debootstrap.log" && skip "no mirror of Debian can be reached"
    tail "$scratch/debootstrap.log"
    exit 1
}
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d" # no daemon of a package starts in a chroot
chmod 755 "$root/usr/sbin/policy-rc.d"
dpkg-query --admindir="$root/var/lib/dpkg" -W -f '${Package}\n' | sort >"$scratch/before"
cp "$deb" "$root/callscrub.deb"
install_there /callscrub.deb
dpkg-query --admindir="$root/var/lib/dpkg" -W -f '${Package}\n' | sort | comm -13 "$scratch/before" - | grep -vx callscrub >"$scratch/brought" || true
echo "installed with what it depends on: $(tr '\n' ' ' <"$scratch/brought")"
mkdir -p "$root/check"
cp "$here"/inside/* "$here/../app/press_tab.py" "$root/check"

for step in "${steps[@]}"; do
    case $step in
    user) inside bash /check/user.sh ;;
    pages)
        install_there man-db
        inside bash /check/pages.sh
        ;;
    tab)
        install_there bash-completion zsh fish python3-minimal libpython3-stdlib
        inside bash /check/tab.sh
        ;;
    timer)
        install_there systemd systemd-sysv dbus
        "$here/timer.sh" "$root" || (($? == 77))
        ;;
    *) echo "no such step: $step"; exit 2 ;;
    esac
done
