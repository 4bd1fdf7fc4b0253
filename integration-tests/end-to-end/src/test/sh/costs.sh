#!/usr/bin/env bash
# What the agent costs whole programs: each is run without and with it in turn, and the medians of
# time, CPU time and greatest resident size are compared.
#
#   mvn -q -ntp -DskipTests -DskipITs verify && integration-tests/end-to-end/src/test/sh/costs.sh [RUNS]
#
# RUNS is 5 unless given. The JVM is that of JAVA_HOME, or of the path. On a machine that does
# something else besides, the CPU time is what to look at.
set -euo pipefail

runs=${1:-5}
source "$(dirname "$0")/programs.sh"
command -v /usr/bin/time >/dev/null || { echo "costs: apt-get install -y time" >&2; exit 1; }

once() { # file, then the JVM's command line: appends "seconds CPU-seconds kilobytes"
  local to=$1
  shift
  rm -rf "$work/out"
  /usr/bin/time -o "$work/time" -f '%e %U %S %M' "$java" -Xmx1g "$@" >/dev/null 2>&1 || true
  tail -1 "$work/time" | awk '{ print $1, $2 + $3, $4 }' >>"$to"
}

median() { # file, column
  awk -v c="$2" '{ print $c }' "$1" | sort -n | awk '{ a[NR] = $1 } END { print a[int((NR + 1) / 2)] }'
}

row() { # words, agent options, name of the array with the program
  local -n program=$3
  : >"$work/plain"
  : >"$work/agent"
  for ((i = 0; i < runs; i++)); do
    once "$work/plain" "${program[@]}"
    once "$work/agent" "-javaagent:$agent=$2" "${program[@]}"
  done
  local numbers=()
  for column in 1 2 3; do
    numbers+=("$(median "$work/plain" $column)" "$(median "$work/agent" $column)")
  done
  echo "$1|${numbers[*]}" | awk -F'|' '{
    split($2, n, " ")
    printf "| %s | %.2f s, %.2f s | %.2f | %.2f s, %.2f s | %.2f | %d MB, %d MB | %.2f |\n",
      $1, n[1], n[2], n[2] / n[1], n[3], n[4], n[4] / n[3], n[5] / 1024, n[6] / 1024, n[6] / n[5]
  }'
}

echo "| program | time without, with | ratio | CPU time | ratio | resident | ratio |"
echo "|---|---|---|---|---|---|---|"
row "hello world, nothing selected" "include=com.acme.**" hello
row "ECJ, nothing matches" "include=com.acme.**" ecj
row "ECJ, \`mode=demand\`, nothing handed to C" "include=org.eclipse.**,mode=demand" ecj
row "ECJ, all its classes" "include=org.eclipse.**" ecj
row "H2, all its classes" "include=org.h2.**" h2
row "H2, the same script 40 times, all its classes" "include=org.h2.**" h2_40
row "PMD, all its classes" "include=net.sourceforge.pmd.**" pmd
row "SpotBugs, all its classes" "include=edu.umd.cs.findbugs.**" bugs
