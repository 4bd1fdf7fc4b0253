#!/bin/sh
# Takes one cure of a protocol out after the other, and expects the test that each patch names to
# turn red. Run by `mvn verify -pl handles -Pmutants`, or by hand after `mvn -DskipTests package`:
#
#   handles/src/test/mutants/run.sh [NAME]
#
# A patch begins with a sentence and the line `red: EXECUTION TEST`, of the pom's Surefire. Some
# races need luck: a test has TRIES runs (20). Ends with 1 if a mutant survives. The C code alone has
# mutants of its own, in src/test/c/mutants.sh.
set -u

mutants=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$mutants/../../../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
survivors=0
killed=0
quick="-o -B -q -ntp -f $work/holdfast/pom.xml -pl handles -Dholdfast.lint=none -Dholdfast.error-prone=-g"

fresh_copy() {
  rm -rf "$work/holdfast"
  mkdir "$work/holdfast"
  (cd "$root" && tar --exclude=.git --exclude='*.jar' --exclude=reports -cf - \
    pom.xml .mvn handles agent/pom.xml native-demo/pom.xml integration-tests/pom.xml \
    integration-tests/*/pom.xml) | tar -xf - -C "$work/holdfast"
}

# Whether the test fails, in one of several runs: sets `try`.
turns_red() {
  try=1
  while [ $try -le "${TRIES:-20}" ]; do
    if ! mvn $quick "surefire:test@$1" "-Dtest=$2" -Dsurefire.failIfNoSpecifiedTests=true \
      >"$work/log" 2>&1; then
      # A build that cannot even start its tests shows nothing.
      grep -qE 'There are test failures|Tests run:.*(Failures: [1-9]|Errors: [1-9])' "$work/log"
      return
    fi
    try=$((try + 1))
  done
  return 1
}

mutant() {
  name=$(basename "$1" .patch)
  where=$(sed -n 's/^red: //p' "$1")
  fresh_copy
  if ! patch -s -d "$work/holdfast/handles" -p1 <"$1" >"$work/log" 2>&1 ||
    ! mvn $quick antrun:run@libholdfast compiler:compile >"$work/log" 2>&1; then
    echo "$name: does not apply or compile"
    tail -5 "$work/log"
    survivors=$((survivors + 1))
  elif turns_red $where; then
    killed=$((killed + 1))
    echo "$name: red at try $try: ${where#* }"
  else
    survivors=$((survivors + 1))
    echo "$name: SURVIVES ${where#* }"
  fi
}

# With nothing taken out they are green: else red would mean nothing.
control() {
  fresh_copy
  mvn $quick antrun:run@libholdfast compiler:compile >"$work/log" 2>&1
  for execution in $(sed -n 's/^red: \([^ ]*\) .*/\1/p' "$mutants"/*.patch | sort -u); do
    tests=$(sed -n "s/^red: $execution //p" "$mutants"/*.patch | sort -u | paste -sd , -)
    if ! mvn $quick "surefire:test@$execution" "-Dtest=$tests" >"$work/log" 2>&1; then
      echo "nothing taken out: $tests are red"
      grep ERROR "$work/log" | head -5
      exit 1
    fi
  done
}

[ $# -gt 0 ] || control
for patch in "$mutants"/${1:-*}.patch; do
  mutant "$patch"
done
echo "$killed killed, $survivors survive"
[ $survivors -eq 0 ]
