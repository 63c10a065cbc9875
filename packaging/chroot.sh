# shellcheck shell=bash
# A minimal Debian in a folder, to be entered as a machine of its own. Sourced; needs root and
# mmdebstrap. What this computer needs to reach the package registries (certificates, pip's and
# apt's settings) is named in BARE_COPY, a list of paths that are copied as they are.

AROUND=()

# Make the archive that roots are unpacked from, once: suite, archive, packages.
make_base() {
  mkdir -p "$(dirname "$2")"
  [ -f "$2" ] || mmdebstrap --variant=apt ${3:+--include="$3"} "$1" "$2"
}

# Unpack a root and give it what a running system has: root, archive.
make_root() {
  remove_root "$1"
  mkdir -p "$1"
  tar -C "$1" -xf "$2"
  for path in ${BARE_COPY:-}; do
    mkdir -p "$1$(dirname "$path")"
    cp -aT "$path" "$1$path"
  done
  cp /etc/resolv.conf "$1/etc/"
  mount -t proc proc "$1/proc"
  mount -t sysfs -o ro sys "$1/sys"
  mount -t tmpfs -o mode=755 dev "$1/dev"
  mkdir "$1/dev/pts" "$1/dev/shm"
  mount -t devpts -o newinstance,ptmxmode=0666 devpts "$1/dev/pts"
  mount -t tmpfs -o mode=1777 shm "$1/dev/shm"
  for device in null zero full random urandom tty; do
    mknod -m 666 "$1/dev/$device" c "0x$(stat -c %t "/dev/$device")" "0x$(stat -c %T "/dev/$device")"
  done
  mkdir -p "$1/tmp/.X11-unix" /tmp/.X11-unix
  mount --bind /tmp/.X11-unix "$1/tmp/.X11-unix"
  ln -s pts/ptmx "$1/dev/ptmx"
  ln -s /proc/self/fd "$1/dev/fd"
}

remove_root() {
  for place in dev/pts dev/shm dev proc sys tmp/.X11-unix; do
    if mountpoint -q "$1/$place"; then umount "$1/$place"; fi
  done
  rm -rf --one-file-system "$1"
}

# Run a command of bash in a root with nothing of our environment: root, user, home, command. What
# shall watch it, or keep the network from it, stands in the array AROUND.
inside() {
  env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 HOME="$3" ${DISPLAY:+DISPLAY=$DISPLAY} \
    $(env | grep -E '^(PIP|SSL)_[A-Z_]+=[^ ]*$') \
    "${AROUND[@]}" chroot --userspec="$2" "$1" bash -c "cd && $4"
}
