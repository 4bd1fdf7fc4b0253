#!/bin/sh
# Builds the C tests, with a runtime of their own, from the module's directory.
#
#   build.sh CC CXX VARIANT OUTPUT_DIR
#
# VARIANT: plain, address (AddressSanitizer and UBSan) or thread (ThreadSanitizer). Ends with 77 if the
# compiler lacks that sanitizer.
set -eu

cc=$1
cxx=$2
variant=$3
out=$4

case $variant in
  plain) sanitizer= ;;
  address) sanitizer="-fsanitize=address,undefined -fno-sanitize-recover=all" ;;
  thread) sanitizer="-fsanitize=thread" ;;
  *) echo "build.sh: no variant $variant (plain, address, thread)" >&2; exit 2 ;;
esac

mkdir -p "$out"
if [ -n "$sanitizer" ]; then
  echo 'int main(void) { return 0; }' >"$out/empty.c"
  # shellcheck disable=SC2086
  "$cc" $sanitizer "$out/empty.c" -o "$out/empty" 2>/dev/null && "$out/empty" || exit 77
  # ThreadSanitizer does not know fences; the tests' own orders do not lean on them.
  "$cc" -Werror -Wno-tsan -c "$out/empty.c" -o "$out/empty.o" 2>/dev/null && sanitizer="$sanitizer -Wno-tsan"
fi

main=src/main/c
tests=${TESTS_DIR:-src/test/c}
main=${MAIN_DIR:-$main}
warnings="-Wall -Wextra -Wpedantic -Werror ${CFLAGS:-}"
flags="-std=c11 -O2 -g $warnings -Isrc/main/include $sanitizer"
tls=
shared_name=
case $(uname -s) in
  Linux) tls=-ftls-model=initial-exec; shared_name="-Wl,-z,nodelete -Wl,-soname,libholdfast.so.1" ;;
esac

# shellcheck disable=SC2086
{
  "$cc" $flags -fPIC -shared -fvisibility=hidden $tls $shared_name "$main"/*.c \
    -o "$out/libholdfast.so.1" -pthread
  "$cc" $flags -fPIC -c "$tests/plugin.c" -o "$out/plugin.o"
  "$cxx" -std=c++17 -O2 -g $warnings -Isrc/main/include $sanitizer -fPIC \
    -c "$tests/plugin_more.cc" -o "$out/plugin_more.o"
  "$cxx" $sanitizer -shared -Wl,--no-undefined "$out/plugin.o" "$out/plugin_more.o" \
    -o "$out/libplugin.so" -ldl
  "$cc" $flags "$tests/host.c" -o "$out/host" -ldl
  "$cc" $flags -I"$main" "$tests"/main.c "$tests"/world.c "$tests"/*_tests.c \
    -o "$out/tests" "$out/libholdfast.so.1" -Wl,-rpath,'$ORIGIN' -pthread -ldl
  "$cc" $flags -I"$main" "$tests/bench.c" "$tests/world.c" \
    -o "$out/bench" "$out/libholdfast.so.1" -Wl,-rpath,'$ORIGIN' -pthread -ldl
}
