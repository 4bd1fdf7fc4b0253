#!/usr/bin/env bash
# Why it costs what it costs: records ECJ without the agent, in demand mode and with all its classes
# managed, and says what the agent's parts take of it.
#
#   mvn -q -ntp -DskipTests -DskipITs verify && integration-tests/end-to-end/src/test/sh/profile.sh
set -euo pipefail

source "$(dirname "$0")/programs.sh"
folder=$(dirname "$0")

record() { # words, further arguments
  "$java" -Xmx1g "-XX:StartFlightRecording=filename=$work/run.jfr,settings=$folder/profile.jfc" \
    "${@:2}" "${ecj[@]}" >/dev/null 2>&1 || true
  rm -rf "$work/out"
  echo "$1"
  "$java" "$folder/Profile.java" "$work/run.jfr"
}
record "ECJ without the agent"
record "ECJ, mode=demand, nothing handed to C" "-javaagent:$agent=include=org.eclipse.**,mode=demand"
record "ECJ, all its classes" "-javaagent:$agent=include=org.eclipse.**"
