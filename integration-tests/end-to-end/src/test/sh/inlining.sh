#!/usr/bin/env bash
# What the inserted calls do to the inlining of ECJ's methods: it compiles two libraries without the
# agent and with all its classes managed, and what C2 inlined is compared.
#
#   mvn -q -ntp -DskipTests -DskipITs verify && integration-tests/end-to-end/src/test/sh/inlining.sh
set -euo pipefail

source "$(dirname "$0")/programs.sh"

compile() { # log, further arguments
  "$java" -Xmx1g -XX:+UnlockDiagnosticVMOptions -XX:+LogCompilation "-XX:LogFile=$1" "${@:2}" \
    "${ecj[@]}" >/dev/null 2>&1 || true
  rm -rf "$work/out"
}
compile "$work/without.log"
compile "$work/with.log" "-javaagent:$agent=include=org.eclipse.**"
"$java" "$(dirname "$0")/Inlining.java" org.eclipse.jdt "$work/without.log" "$work/with.log"
