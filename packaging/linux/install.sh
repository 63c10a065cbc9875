#!/bin/sh
# Устанавливает Толмача в домашнюю папку, без прав администратора и без сети.
# Installs Tolmach into the home folder, without an administrator and without a network.
#
#   sh install.sh              установить или обновить / install or upgrade
#   sh install.sh --remove     удалить программу; записи и настройки останутся / remove it, not the data
#
# Exit code 3: the program is open. Each version lies in a folder of its own, and one link says which
# of them is the program: whoever is interrupted, and whenever, has the old one or the new one.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
share=${XDG_DATA_HOME:-$HOME/.local/share}
place=$HOME/.local/lib/tolmach
versions=$HOME/.local/lib/tolmach.versions
command=$HOME/.local/bin/tolmach
desktop=$share/applications/tolmach.desktop
mime=$share/mime/packages/tolmach.xml
icon=$share/icons/hicolor/scalable/apps/tolmach.svg
new=

say() { printf '%s\n' "$1"; }
fail() { printf '%s\n' "$1" >&2; exit 1; }

# Nothing half copied stays. What an older install.sh installed is a folder where the link belongs,
# which has to step aside for a moment.
restore() {
  [ "$new" -ef "$place" ] || rm -rf "$new"
  if [ ! -e "$place" ] && [ -d "$place.old" ]; then mv "$place.old" "$place"; fi
}

# A program whose files change under it fails in the middle of a conversation.
refuse_running() {
  for process in /proc/[0-9]*; do
    if [ "$process/exe" -ef "$place/tolmach" ]; then
      say "Толмач запущен: закройте его и повторите. / Tolmach is running: close it and try again." >&2
      exit 3
    fi
  done
}
refuse_running

tell_desktop() {
  for tool in "update-desktop-database $share/applications" "update-mime-database $share/mime"; do
    if command -v "${tool%% *}" >/dev/null 2>&1; then
      "${tool%% *}" "${tool#* }" >/dev/null 2>&1 || true
    fi
  done
}

if [ "${1:-}" = --remove ]; then
  rm -rf "$place" "$versions" "$place.link" "$place.new" "$place.old"
  rm -f "$command" "$desktop" "$mime" "$icon"
  tell_desktop
  say "Толмач удалён. Записи и настройки остались: $share/tolmach / Removed; your data stays there."
  exit 0
fi

[ -x "$here/program/tolmach" ] ||
  fail "Рядом нет папки program: распакуйте архив целиком. / The folder program is missing: unpack the whole archive."

mkdir -p "$versions" "$(dirname "$command")" "$(dirname "$desktop")" "$(dirname "$mime")" \
  "$(dirname "$icon")"
restore
number=$(date +%s).$$
new=$versions/$number
trap restore EXIT
trap 'exit 1' HUP INT TERM
cp -a "$here/program" "$new" && cp "$0" "$new/install.sh" ||
  fail "Не хватает места или прав: $new / No space or no right to write there."
"$new/tolmach" --version >/dev/null ||
  fail "На этом компьютере программа не запускается; прежняя осталась. / It does not start on this computer; the previous one stays."
refuse_running  # copying takes long enough to open it meanwhile
ln -sfn "$(basename "$versions")/$number" "$place.link"
if [ -d "$place" ] && [ ! -h "$place" ]; then
  rm -rf "$place.old"
  mv "$place" "$place.old"
fi
mv -fT "$place.link" "$place"
trap - EXIT
rm -rf "$place.new" "$place.old"
for version in "$versions"/*; do
  [ "$version" = "$new" ] || rm -rf "$version"
done

ln -sf "$place/tolmach" "$command"
# In a desktop entry a path stands in quotes, and these four signs in it behind a backslash.
quoted=$(printf '%s' "$place/tolmach" | sed 's/[\\"`$]/\\\\&/g')
awk -v program="$quoted" '/^Exec=/ { print "Exec=\"" program "\""; next } { print }' \
  "$here/tolmach.desktop" > "$desktop"
cp "$here/tolmach-mime.xml" "$mime"
cp "$here/tolmach.svg" "$icon"
tell_desktop
if [ -x /opt/tolmach/tolmach ]; then
  say "Есть ещё копия для всех, /opt/tolmach; записи общие. Запускаться будет эта. / There is another copy for everybody, /opt/tolmach; the data is the same. This one will start."
fi
say "Толмач установлен: найдите его в меню программ или наберите $command"
say "Tolmach is installed: it is in the menu of programs; in a terminal: $command"
say "Удалить / remove: sh '$place/install.sh' --remove"
