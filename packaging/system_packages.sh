#!/usr/bin/env bash
# Installs what is missing of debian-packages.txt, where this user may; else says what is missing.
# Exit code 1 only when an installation was begun and failed. Other lists are named as arguments:
#
#   packaging/system_packages.sh windows/debian-packages.txt
set -euo pipefail
cd "$(dirname "$0")"

say() { echo "system packages: $*" >&2; }

[ "$#" -gt 0 ] || set -- debian-packages.txt
mapfile -t wanted < <(sed -E 's/#.*//; /^\s*$/d' "$@")
if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
  say "not a Debian or Ubuntu; tests whose program is missing will skip and name it"
  exit 0
fi
missing=()
for package in "${wanted[@]}"; do
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] ||
    missing+=("$package")
done
[ "${#missing[@]}" -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! sudo -n true 2>/dev/null; then
    say "no right to install; tests that need one of these will skip: ${missing[*]}"
    exit 0
  fi
  as_root=(sudo -n)
fi
"${as_root[@]}" apt-get update -qq
# One that this system does not have must not keep the others away: apt-get would install none.
there=() absent=()
for package in "${missing[@]}"; do
  if apt-cache show "$package" >/dev/null 2>&1; then there+=("$package"); else absent+=("$package"); fi
done
[ "${#absent[@]}" -eq 0 ] || say "not on this system; tests that need one will skip: ${absent[*]}"
[ "${#there[@]}" -gt 0 ] || exit 0
say "installing ${there[*]}"
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
  apt-get install -y -qq --no-install-recommends "${there[@]}" >/dev/null
