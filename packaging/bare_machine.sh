#!/usr/bin/env bash
# README's two commands on a machine that has nothing of ours: a minimal Debian with git, make and
# python3-venv, an empty clone of HEAD, an empty HOME. Once as root, once as an ordinary user.
#
#   sudo packaging/bare_machine.sh [root] [user]        both without a word
#
# Needs mmdebstrap. What this computer needs to reach the package registries (certificates, pip's
# and apt's settings) is named in BARE_COPY, a list of paths that are copied as they are; variables
# whose names begin with PIP_ or SSL_ are passed on. BARE_FILE is a recording to transcribe.
set -euo pipefail
cd "$(dirname "$0")/.."

SUITE=${SUITE:-bookworm}
work=$PWD/build/bare
base=$work/$SUITE.tar
root=$work/root
users=("$@")
[ "${#users[@]}" -gt 0 ] || users=(root user)

remove_root() {
  for place in dev/pts dev/shm dev proc sys; do
    if mountpoint -q "$root/$place"; then umount "$root/$place"; fi
  done
  rm -rf --one-file-system "$root"
}

make_root() {  # for a user
  remove_root
  mkdir -p "$root"
  tar -C "$root" -xf "$base"
  for path in ${BARE_COPY:-}; do
    mkdir -p "$root$(dirname "$path")"
    cp -aT "$path" "$root$path"
  done
  cp /etc/resolv.conf "$root/etc/"
  mount -t proc proc "$root/proc"
  mount -t sysfs -o ro sys "$root/sys"
  mount -t tmpfs -o mode=755 dev "$root/dev"
  mkdir "$root/dev/pts" "$root/dev/shm"
  mount -t devpts -o newinstance,ptmxmode=0666 devpts "$root/dev/pts"
  mount -t tmpfs -o mode=1777 shm "$root/dev/shm"
  for device in null zero full random urandom tty; do
    mknod -m 666 "$root/dev/$device" c "0x$(stat -c %t "/dev/$device")" "0x$(stat -c %T "/dev/$device")"
  done
  ln -s pts/ptmx "$root/dev/ptmx"
  ln -s /proc/self/fd "$root/dev/fd"
  git clone -q --bare . "$root/source.git"
  chroot "$root" useradd --create-home user
  chroot "$root" chown -R "$1:" /source.git  # git reads nobody else's
}

# Run as a user of the root: home, command.
inside() {
  env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 HOME="/home/$1" \
    $(env | grep -E '^(PIP|SSL)_[A-Z_]+=[^ ]*$') \
    chroot --userspec="$1" "$root" bash -c "cd && $2"
}

mkdir -p "$work"
[ -f "$base" ] || mmdebstrap --variant=apt --include=git,make,python3-venv "$SUITE" "$base"
trap remove_root EXIT
for user in "${users[@]}"; do
  echo "== $user: an empty clone, make run"
  make_root "$user"
  mkdir -p "$root/home/root"
  inside "$user" "git clone -q /source.git 'Толмач здесь' && cd 'Толмач здесь' && make run"
  if [ -n "${BARE_FILE:-}" ]; then
    cp "$BARE_FILE" "$root/tmp/recording.wav"
    echo "== $user: make run FILE=…"
    inside "$user" "cd 'Толмач здесь' && make run FILE=/tmp/recording.wav"
  fi
  echo "== $user: make test"
  inside "$user" "cd 'Толмач здесь' && make test"
done
