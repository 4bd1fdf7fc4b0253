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
here=$(cd "$(dirname "$0")/../../.." && pwd)
jars=$here/target/same
agent=$here/../../agent/target/holdfast.jar
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
for needed in "$agent" "$jars/ecj" "$jars/input"; do
  [ -e "$needed" ] || { echo "costs: $needed is not there: mvn -DskipTests -DskipITs verify" >&2; exit 1; }
done
command -v /usr/bin/time >/dev/null || { echo "costs: apt-get install -y time" >&2; exit 1; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/src" "$work/hello"
for jar in "$jars"/input/*-sources.jar; do
  (cd "$work/src" && "${java%java}jar" xf "$jar")
done
cat >"$work/hello/Hello.java" <<'JAVA'
public class Hello {
  public static void main(String[] args) {
    System.out.println("hello");
  }
}
JAVA
"${java%java}javac" -d "$work/hello" "$work/hello/Hello.java"

path() { # folder: all its jars
  local IFS=:
  echo "${*:-}"
}
ecj=(-cp "$(path "$jars"/ecj/*.jar)" org.eclipse.jdt.internal.compiler.batch.Main
  --release 17 -nowarn -proc:none -d "$work/out" "$work/src")
h2=(-cp "$(path "$jars"/h2/*.jar)" org.h2.tools.RunScript
  -url jdbc:h2:mem:books -user sa -script "$here/src/test/programs/h2/books.sql" -showResults)
pmd=(-cp "$(path "$jars"/pmd/*.jar)" net.sourceforge.pmd.cli.PmdCli check
  "--dir=$work/src/org/apache/commons/lang3" --rulesets=rulesets/java/quickstart.xml
  --format=text --no-cache --no-progress --threads=1)
bugs=(-cp "$(path "$jars"/spotbugs/*.jar)" edu.umd.cs.findbugs.FindBugs2 -low
  "$(echo "$jars"/lang/commons-lang3-*.jar)")
hello=(-cp "$work/hello" Hello)

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
row "PMD, all its classes" "include=net.sourceforge.pmd.**" pmd
row "SpotBugs, all its classes" "include=edu.umd.cs.findbugs.**" bugs
