#!/bin/sh
# Runs the tests of GLib and SQLite, with fewer objects, in a JVM under valgrind, and fails for each
# invalid access, use of an unset value, or definite leak that begins in these libraries, in their
# glue or in libholdfast. (What the JVM itself does, valgrind does not understand: its own frames
# are left out.) To be run from this directory after `mvn -DskipTests -DskipITs verify`:
#
#   [TESTS=GlibTest] src/test/sh/valgrind.sh [OBJECTS]
set -eu
objects=${1:-200}
java=${JAVA:-java}
agent=../../agent/target/holdfast.jar
repository=${REPOSITORY:-$HOME/.m2/repository}
classpath=target/test-classes:$agent
for jar in $(find "$repository/org/junit" "$repository/org/opentest4j" "$repository/org/apiguardian" \
  "$repository/org/assertj/assertj-core" "$repository/net/bytebuddy/byte-buddy" \
  "$repository/net/java/dev/jna/jna" -name '*.jar' | sort -Vr); do
  case $jar in
    *-sources.jar | *console*) ;;
    *) classpath=$classpath:$jar ;;
  esac
done
status=0
for test in ${TESTS:-GlibTest SqliteTest}; do
  log=target/valgrind-$test.log
  valgrind --log-file="$log" --smc-check=all-non-file --error-limit=no --vgdb=no \
    --leak-check=full --show-leak-kinds=definite --num-callers=30 --undef-value-errors=yes \
    "$java" -Xint -XX:+UseSerialGC -Xmx128m -Xss2m -XX:-UsePerfData \
    "-javaagent:$agent=include=dev.holdfast.libraries.model.*,zeal=10" \
    -Djna.library.path=target/native -Dholdfast.test.native=target/native \
    -Dholdfast.test.many="$objects" -cp "$classpath" \
    dev.holdfast.libraries.UnderValgrind dev.holdfast.libraries."$test"
  # Paragraphs whose first five frames name one of the libraries.
  awk -v test="$test" '
    function finish() {
      if (frames > 0 && ours) { print block; found = 1 }
      block = ""; frames = 0; ours = 0
    }
    { sub(/^==[0-9]+== ?/, "") }
    /^ *$/ { finish(); next }
    { block = block "\n" $0 }
    / (at|by) 0x/ {
      frames++
      if (frames <= 5 && /libglib|libgobject|libgio|libsqlite3|-glue\.so|libholdfast|glue_|hfi_/) ours = 1
    }
    END { finish(); exit found }' "$log" || status=1
  echo "$test: $(grep -c 'at 0x' "$log" || true) reports of valgrind in all, $([ $status = 0 ] && echo none || echo some) of ours"
done
exit $status
