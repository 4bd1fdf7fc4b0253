#!/bin/sh
# Checks the models here with Spin (apt-get install -y spin gcc): as they are, none may find an
# error; with a cure taken out, each must. Run by `mvn verify -Plong -pl handles`, or by hand.
set -u

models=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bad=0

# check holds|breaks MODEL [-DCURE...]
check() {
  want=$1
  model=$2
  shift 2
  rm -f "$work"/*
  if ! (cd "$work" && spin -a "$@" "$models/$model.pml" && gcc -O2 -DSAFETY -o pan pan.c) \
    >"$work/log" 2>&1; then
    echo "$model $*: does not build"
    tail -3 "$work/log"
    bad=1
    return
  fi
  (cd "$work" && ./pan -m200000) >"$work/out" 2>&1
  errors=$(sed -n 's/.*errors: \([0-9]*\).*/\1/p' "$work/out")
  states=$(sed -n 's/^ *\([0-9.e+]*\) states, stored.*/\1/p' "$work/out")
  case $want:$errors in
    holds:0 | breaks:[1-9]*) echo "$model ${*:-(as designed)}: $want, $states states" ;;
    *)
      echo "$model ${*:-(as designed)}: should be '$want', has ${errors:-no} errors"
      bad=1
      ;;
  esac
}

if ! command -v spin >/dev/null; then
  echo "holdfast: models skipped, there is no spin: apt-get install -y spin gcc" >&2
  exit 0
fi
check holds first_adoption
check breaks first_adoption -DNOHEAVY
check breaks first_adoption -DLATELOOKS
check breaks first_adoption -DNOSETTLE

exit $bad
