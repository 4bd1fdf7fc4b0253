#!/bin/sh
# Compiles the glue for each library whose development package is installed; the tests of the others
# are skipped, and name the package.
#
#   compile.sh COMPILE_C CC FLAG...
set -eu
compile_c=$1
cc=$2
shift 2
for directory in src/test/c/*/; do
  [ -f "$directory/packages" ] || continue
  name=$(basename "$directory")
  packages=$(cat "$directory/packages")
  library=target/native/lib$name-glue.so
  if [ -n "$packages" ] && ! pkg-config --exists $packages 2>/dev/null; then
    rm -f "$library"
    continue
  fi
  flags=
  [ -z "$packages" ] || flags="$(pkg-config --cflags --libs $packages | sed 's/-I/-isystem /g')"
  # The libraries behind the files that need them.
  sh "$compile_c" "$cc" "$directory" "$library" "$@" -Isrc/test/c/include -Wl,--no-as-needed $flags
done
