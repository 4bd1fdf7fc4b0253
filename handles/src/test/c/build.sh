#!/bin/sh
# Builds the C tests, with a runtime of their own, from the module's directory.
#
#   build.sh CC CXX VARIANT OUTPUT_DIR
#
# VARIANT: plain, aarch64 (plain too, by compilers for it), address (AddressSanitizer and UBSan) or
# thread (ThreadSanitizer); or faults: AddressSanitizer, and the runtime's calls that may fail go
# through faults.c; or fuzz: AddressSanitizer, UBSan and libFuzzer, which only Clang has. Ends with
# 77 if the compiler lacks that sanitizer.
set -eu

cc=$1
cxx=$2
variant=$3
out=$4

case $variant in
  plain | aarch64) sanitizer= ;;
  address | faults) sanitizer="-fsanitize=address,undefined -fno-sanitize-recover=all" ;;
  thread) sanitizer="-fsanitize=thread" ;;
  fuzz) sanitizer="-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all" ;;
  *) echo "build.sh: no variant $variant (plain, aarch64, address, thread, faults, fuzz)" >&2; exit 2 ;;
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

if [ "$variant" = fuzz ]; then
  # One program: the fuzzer counts what the runtime's own branches do.
  # shellcheck disable=SC2086
  "$cc" $flags -fsanitize=fuzzer -I"$main" "$main"/*.c "$tests/fuzz.c" "$tests/fuzz_world.c" \
    "$tests/answers.c" "$tests/world.c" -rdynamic -o "$out/fuzz" -pthread -ldl
  exit
fi

if [ "$variant" = faults ]; then
  wrapped=
  for name in malloc calloc aligned_alloc strdup madvise syscall \
    pthread_key_create pthread_setspecific pthread_atfork pthread_getattr_np; do
    wrapped="$wrapped -Wl,--wrap=$name"
  done
  # shellcheck disable=SC2086
  {
    "$cc" $flags -fPIC -shared -fvisibility=hidden $tls $shared_name "$main"/*.c $wrapped \
      -o "$out/libholdfast.so.1" -pthread
    "$cc" $flags -I"$main" "$tests/faults.c" "$tests/answers.c" "$tests/world.c" -rdynamic \
      -o "$out/tests" "$out/libholdfast.so.1" -Wl,-rpath,'$ORIGIN' -pthread -ldl
  }
  exit
fi

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
  "$cxx" -std=c++17 -O2 -g $warnings -Isrc/main/include $sanitizer -c "$tests/owners.cc" -o "$out/owners.o"
  for header in holdfast.h holdfast.hpp; do
    awk -f "$tests/examples.awk" src/main/include/$header >"$out/examples_${header#holdfast.}.inc"
  done
  "$cc" $flags -I"$out" -DVARIANT=_in_c -c "$tests/examples.c" -o "$out/examples_in_c.o"
  "$cxx" -x c++ -std=c++17 -O2 -g $warnings -Isrc/main/include -I"$out" $sanitizer \
    -DVARIANT=_in_cpp -c "$tests/examples.c" -o "$out/examples_in_cpp.o"
  "$cxx" -x c++ -std=c++17 -O2 -g $warnings -Isrc/main/include -I"$out" $sanitizer \
    -DVARIANT=_traced -DHF_TRACE_PLACES -c "$tests/examples.c" -o "$out/examples_traced.o"
  "$cc" $flags -I"$main" "$tests"/main.c "$tests"/answers.c "$tests"/world.c "$tests"/*_tests.c \
    "$out/owners.o" "$out"/examples_*.o -o "$out/tests" "$out/libholdfast.so.1" -Wl,-rpath,'$ORIGIN' -pthread -ldl -lstdc++
  "$cc" $flags -I"$main" "$tests/bench.c" "$tests/world.c" \
    -o "$out/bench" "$out/libholdfast.so.1" -Wl,-rpath,'$ORIGIN' -pthread -ldl
}
