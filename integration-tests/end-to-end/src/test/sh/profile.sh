#!/usr/bin/env bash
# Why it costs what it costs: records programs without the agent and with all their classes managed,
# ECJ in demand mode too, and says what the agent's parts take of them.
#
#   mvn -q -ntp -DskipTests -DskipITs verify && integration-tests/end-to-end/src/test/sh/profile.sh
set -euo pipefail

source "$(dirname "$0")/programs.sh"
folder=$(dirname "$0")

record() { # words, array with the program, further arguments
  local -n program=$2
  "$java" -Xmx1g "-XX:StartFlightRecording=filename=$work/run.jfr,settings=$folder/profile.jfc" \
    "${@:3}" "${program[@]}" >/dev/null 2>&1 || true
  rm -rf "$work/out"
  echo "$1"
  "$java" "$folder/Profile.java" "$work/run.jfr"
}
both() { # name, array with the program, its packages
  record "$1 without the agent" "$2"
  record "$1, all its classes" "$2" "-javaagent:$agent=include=$3"
}
both ECJ ecj 'org.eclipse.**'
record "ECJ, mode=demand, nothing handed to C" ecj "-javaagent:$agent=include=org.eclipse.**,mode=demand"
both "H2, 40 times the script" h2_40 'org.h2.**'
both SpotBugs bugs 'edu.umd.cs.findbugs.**'
