#!/usr/bin/env bash
# Tries what build/packages holds on machines that never saw a developer: minimal Debians with what
# the packages declare and nothing else, no network, one screen. Needs root: `make try-linux`.
#
# The .deb on the oldest release that can have it and on the newest, and its refusal on one that is
# too old; upgrade, downgrade, removal; the .rpm; the .tar.xz as Мария with a home in Cyrillic.
set -euo pipefail
cd "$(dirname "$0")/../.."
. packaging/chroot.sh

work=$PWD/build/trial
root=$work/root
packages=$PWD/build/packages
voices=/usr/share/festival/voices/russian/msu_ru_nsh_clunits/wav
clip=$voices/ru_0003.wav
OLDEST=bookworm NEWEST=trixie TOO_OLD=bullseye
user=61234 home=/home/Мария  # a number that nobody here has: its processes are counted and ended

say() { echo "try-linux: $*"; }
fail() { echo "try-linux: FAILED: $*" >&2; exit 1; }
# Nobody of hers has a network, and what reaches for one is seen.
as_maria() {
  local AROUND=(unshare --net strace -f -qq -A -e trace=connect,sendto,bind -o "$work/network.txt")
  inside "$root" $user:$user "$home" "$1"
}
as_root() { inside "$root" 0:0 /root "$1"; }

leave() {
  remove_root "$root"
  if [ -n "${screen:-}" ]; then kill "$screen" 2>/dev/null || true; fi
}

# A machine of a release with some packages, Мария and a voice: release, packages.
machine() {
  local base
  base=$work/$1-$(echo "${2:-}" | sha256sum | cut -c-12).tar
  make_base "$1" "$base" "${2:-}" 2>"$work/mmdebstrap.log" || { cat "$work/mmdebstrap.log"; exit 1; }
  make_root "$root" "$base"
  echo "Мария:x:$user:$user::$home:/bin/bash" >>"$root/etc/passwd"
  echo "Мария:x:$user:" >>"$root/etc/group"
  mkdir -p "$root$home/Записи"
  cp "$clip" "$root$home/Записи/голос.wav"
  chown -R $user:$user "$root$home"
}

# What the source checkout makes of the voice, with as little of an environment.
expected() {
  env -i PATH=/usr/bin:/bin HOME="$work/source-home" LANG=C.UTF-8 \
    .venv/bin/tolmach transcribe --from ru "$clip" 2>"$work/errors.txt"
}

# The program as Мария: self-test, the voice, the window, the worker killed, and no connections.
try_program() {  # command, a name for the pictures
  rm -f "$work/network.txt"
  say "$2: self-test"
  as_maria "$1 self-test" || fail "$2: self-test"
  say "$2: a voice"
  local words
  words=$(as_maria "$1 transcribe --from ru Записи/голос.wav" 2>"$work/errors.txt") ||
    { cat "$work/errors.txt"; fail "$2: transcribe"; }
  [ "$words" = "$text" ] || fail "$2: '$words' in place of '$text'"
  say "$2: the window"
  try_window "$1" "$2"
  [ -s "$work/network.txt" ] || fail "$2: nothing was seen of what it connects to"
  if grep -E 'AF_INET|AF_NETLINK|AF_PACKET' "$work/network.txt"; then fail "$2: opens a socket"; fi
}

try_window() {
  as_maria "exec $1" >"$work/window.txt" 2>&1 &
  for _ in $(seq 60); do
    sleep 0.5
    import -display "$DISPLAY" -window root "$work/$2.png" 2>/dev/null || true
    [ "$(identify -format %k "$work/$2.png" 2>/dev/null || echo 0)" -gt 200 ] && break
  done
  [ "$(identify -format %k "$work/$2.png")" -gt 200 ] ||
    { cat "$work/window.txt"; fail "$2: no window"; }
  # The window's processes: the program, its worker, what multiprocessing has beside it.
  local processes
  processes=$(pgrep -c -U $user || true)
  [ "$processes" -le 4 ] || fail "$2: $processes processes"
  local worker
  worker=$(pgrep -n -U $user -f 'spawn_main|multiprocessing' || true)
  [ -n "$worker" ] || fail "$2: no worker"
  kill -KILL "$worker"
  sleep 2
  pgrep -U $user >/dev/null || fail "$2: the window went with its worker"
  pkill -U $user || true
  for _ in $(seq 20); do pgrep -U $user >/dev/null || break; sleep 0.5; done
  if pgrep -l -U $user; then fail "$2: does not end"; fi
}

# A build before this one: the same files, an older version, and one that is not there any more.
make_previous() {  # .deb
  rm -rf "$work/previous"
  dpkg-deb -R "$1" "$work/previous"
  sed -i 's/^Version: .*/Version: 0.0.9/' "$work/previous/DEBIAN/control"
  echo stale >"$work/previous/opt/tolmach/_internal/stale.so"
  dpkg-deb --root-owner-group -Znone -b "$work/previous" "$work/previous.deb" >/dev/null
  rm -rf "$work/previous"
}

try_deb() {
  local deb depends
  deb=$(ls "$packages"/tolmach_*.deb)
  # Alternatives are of other releases: the first name is of the oldest, and the newest provides it.
  depends=$(dpkg-deb -f "$deb" Depends | sed -E 's/ \([^)]*\)//g; s/ \|[^,]*//g; s/, /,/g')
  for release in $OLDEST $NEWEST; do
    machine "$release" "$depends"
    cp "$deb" "$root/tmp/tolmach.deb"
    say "$release: dpkg -i"
    as_root "dpkg -i /tmp/tolmach.deb >/dev/null" || fail "$release: dpkg"
    try_program tolmach "deb-$release"
  done

  make_previous "$deb"
  cp "$work/previous.deb" "$root/tmp/previous.deb"
  local stale=$root/opt/tolmach/_internal/stale.so
  say "downgrade, upgrade, removal"
  as_root "dpkg -i /tmp/previous.deb >/dev/null 2>&1" || fail "downgrade"
  [ -e "$stale" ] || fail "the downgrade changed nothing"
  as_maria "tolmach self-test >/dev/null" || fail "self-test after the downgrade"
  as_root "dpkg -i /tmp/tolmach.deb >/dev/null" || fail "upgrade"
  [ ! -e "$stale" ] || fail "the upgrade keeps a file of the previous build"
  as_maria "tolmach self-test >/dev/null" || fail "self-test after the upgrade"
  as_root "dpkg -r tolmach >/dev/null" || fail "removal"
  [ ! -e "$root/opt/tolmach" ] || fail "the removal leaves files"
  [ -d "$root$home/.local/share/tolmach" ] || fail "the removal took a person's data"

  machine "$TOO_OLD"
  cp "$deb" "$root/tmp/tolmach.deb"
  say "$TOO_OLD refuses it"
  if as_root "dpkg -i /tmp/tolmach.deb" >"$work/refusal.txt" 2>&1; then fail "$TOO_OLD took it"; fi
  grep -q "depends on libc6" "$work/refusal.txt" || fail "$TOO_OLD does not say why"
}

try_rpm() {
  local rpm name library
  rpm=$(ls "$packages"/tolmach-[0-9]*.rpm)
  machine $OLDEST "$(dpkg-deb -f "$packages"/tolmach_*.deb Depends |
    sed -E 's/ \([^)]*\)//g; s/ \|[^,]*//g; s/, /,/g')"
  say "rpm: what it asks for is there"
  as_root "ldconfig -p" >"$work/libraries.txt"
  for name in $(rpm -qp --requires "$rpm" 2>/dev/null | grep -v '^rpmlib' | awk '{print $1}'); do
    library=${name%%(*}
    grep -q "$library" "$work/libraries.txt" || fail "rpm: $library is not there"
  done
  (cd "$root" && rpm2cpio "$rpm" | cpio -id --quiet)
  try_program tolmach rpm
}

try_tar() {
  machine $OLDEST "$(dpkg-deb -f "$packages"/tolmach_*.deb Depends |
    sed -E 's/ \([^)]*\)//g; s/ \|[^,]*//g; s/, /,/g')"
  local folder
  tar -C "$root$home/Записи" -xf "$(ls "$packages"/tolmach-[0-9]*.tar.xz)"
  chown -R $user:$user "$root$home/Записи"
  folder=$(basename "$(ls -d "$root$home"/Записи/tolmach-*)")
  say "tar.xz: install.sh as Мария"
  as_maria "sh Записи/$folder/install.sh" || fail "install.sh"
  try_program "$home/.local/bin/tolmach" tar
  local place=$root$home/.local/lib/tolmach
  say "tar.xz: upgrade, an interrupted one, a running copy, removal"
  # A file of the previous build, and what an interrupted upgrade leaves.
  as_maria "touch .local/lib/tolmach/_internal/stale.so &&
    mkdir -p .local/lib/tolmach.versions/1.2/_internal && ln -s none .local/lib/tolmach.link"
  as_maria "sh Записи/$folder/install.sh >/dev/null" || fail "upgrade"
  [ ! -e "$place/_internal/stale.so" ] || fail "the upgrade keeps a file of the previous build"
  [ "$(ls "$place.versions" | wc -l)" = 1 ] && [ ! -h "$place.link" ] || fail "the upgrade leaves folders"
  mkdir -p "$root/opt/tolmach"
  cp "$place/tolmach" "$root/opt/tolmach/"
  as_maria "sh Записи/$folder/install.sh" | grep /opt/tolmach >/dev/null || fail "no word of the other copy"
  as_maria "~/.local/bin/tolmach doctor" | grep /opt/tolmach >/dev/null || fail "the doctor sees one copy"
  rm -r "$root/opt/tolmach"
  as_maria "exec ~/.local/bin/tolmach" >/dev/null 2>&1 &
  sleep 5
  if as_maria "sh Записи/$folder/install.sh" >"$work/running.txt" 2>&1; then fail "no word of the running copy"; fi
  grep -q "Толмач запущен" "$work/running.txt" || fail "no word of the running copy"
  pkill -U $user || true
  sleep 2
  rm -r "$root$home/Записи/$folder"
  as_maria "sh .local/lib/tolmach/install.sh --remove" || fail "removal"
  [ ! -e "$place" ] && [ ! -e "$place.versions" ] || fail "the removal leaves files"
  [ -d "$root$home/.local/share/tolmach" ] || fail "the removal took a person's data"
}

[ "$(id -u)" -eq 0 ] || fail "needs root: sudo make try-linux"
mkdir -p "$work"
trap leave EXIT
export DISPLAY=:97
Xvfb $DISPLAY -screen 0 1366x768x24 -nolisten tcp >/dev/null 2>&1 &
screen=$!
sleep 1
text=$(expected) || { cat "$work/errors.txt"; fail "the source checkout"; }
[ -n "$text" ] || fail "the source checkout hears nothing"
say "the voice says: $text"
[ "${1:-deb}" = deb ] && try_deb
[ "${1:-rpm}" = rpm ] && try_rpm
[ "${1:-tar}" = tar ] && try_tar
say "all of it passed"
