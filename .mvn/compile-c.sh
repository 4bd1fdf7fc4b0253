#!/bin/sh
# Compiles every C file of one directory into one shared library.
#
#   compile-c.sh CC SOURCE_DIR LIBRARY [FLAG...]
#
# Does nothing if LIBRARY is newer than all files in SOURCE_DIR and in the -I directories below the
# current one, and was built by the same command. Without C files it does nothing either.
set -eu

cc=$1
source_dir=$2
library=$3
shift 3

set -- "$@" -o "$library"
found=no
for file in "$source_dir"/*.c; do
  [ -f "$file" ] || continue
  found=yes
  set -- "$@" "$file"
done
[ "$found" = yes ] || exit 0

if ! command -v "$cc" >/dev/null 2>&1; then
  echo "holdfast: no C compiler '$cc' found: apt-get install -y gcc libc6-dev (Debian, Ubuntu)," \
    "dnf install gcc glibc-devel (Fedora), apk add gcc musl-dev (Alpine), xcode-select --install" \
    "(macOS); or name another one with -Dcc=..." >&2
  exit 1
fi

out_of_date() {
  [ -f "$library" ] || return 0
  [ -f "$record" ] && [ "$(cat "$record")" = "$command" ] || return 0
  [ -z "$(find "$source_dir" -newer "$library" 2>/dev/null)" ] || return 0
  for flag in "$@"; do
    case $flag in
      -I*) [ -z "$(find "${flag#-I}" -newer "$library" 2>/dev/null)" ] || return 0 ;;
    esac
  done
  return 1
}

record=target/compile-c/$(basename "$library").command
mkdir -p "$(dirname "$library")" "$(dirname "$record")"
command="$cc $*"
out_of_date "$@" || exit 0
"$cc" "$@"
printf '%s\n' "$command" >"$record"
