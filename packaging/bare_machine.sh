#!/usr/bin/env bash
# README's two commands on a machine that has nothing of ours: a minimal Debian with git, make and
# python3-venv, an empty clone of HEAD, an empty HOME. Once as root, once as an ordinary user.
#
#   sudo packaging/bare_machine.sh [root] [user]        both without a word
#
# BARE_COMMAND is run there in place of the two, as `BARE_COMMAND=.ci/run … root`.
# Needs mmdebstrap; BARE_COPY: see chroot.sh. Variables whose names begin with PIP_ or SSL_ are
# passed on. BARE_FILE is a recording to transcribe.
set -euo pipefail
cd "$(dirname "$0")/.."
. packaging/chroot.sh

SUITE=${SUITE:-bookworm}
work=$PWD/build/bare
base=$work/$SUITE.tar
root=$work/root
users=("$@")
[ "${#users[@]}" -gt 0 ] || users=(root user)

make_base "$SUITE" "$base" git,make,python3-venv
trap 'remove_root "$root"' EXIT
for user in "${users[@]}"; do
  make_root "$root" "$base"
  git clone -q --bare . "$root/source.git"
  chroot "$root" useradd --create-home user
  chroot "$root" chown -R "$user:" /source.git  # git reads nobody else's
  mkdir -p "$root/home/root"
  echo "== $user: an empty clone"
  inside "$root" "$user" "/home/$user" "git clone -q /source.git 'Толмач здесь'"
  if [ -n "${BARE_COMMAND:-}" ]; then
    echo "== $user: $BARE_COMMAND"
    inside "$root" "$user" "/home/$user" "cd 'Толмач здесь' && $BARE_COMMAND"
    continue
  fi
  echo "== $user: make run"
  inside "$root" "$user" "/home/$user" "cd 'Толмач здесь' && make run"
  if [ -n "${BARE_FILE:-}" ]; then
    cp "$BARE_FILE" "$root/tmp/recording.wav"
    echo "== $user: make run FILE=…"
    inside "$root" "$user" "/home/$user" "cd 'Толмач здесь' && make run FILE=/tmp/recording.wav"
  fi
  echo "== $user: make test"
  inside "$root" "$user" "/home/$user" "cd 'Толмач здесь' && make test"
done
