# The programs whose costs are looked at, as arrays of their JVMs' arguments; sourced.
# Wants mvn -q -ntp -DskipTests -DskipITs verify before. The JVM is that of JAVA_HOME, or of the path.

here=$(cd "$(dirname "$0")/../../.." && pwd)
jars=$here/target/same
agent=$here/../../agent/target/holdfast.jar
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
for needed in "$agent" "$jars/ecj" "$jars/input"; do
  [ -e "$needed" ] || { echo "$0: $needed is not there: mvn -DskipTests -DskipITs verify" >&2; exit 1; }
done

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
books=$here/src/test/programs/h2/books.sql
for ((i = 0; i < 40; i++)); do
  cat "$books"
  echo 'DROP ALL OBJECTS;'
done >"$work/books-40.sql"
h2_run() { # array, script
  local -n run=$1
  run=(-cp "$(path "$jars"/h2/*.jar)" org.h2.tools.RunScript
    -url jdbc:h2:mem:books -user sa -script "$2" -showResults)
}
h2_run h2 "$books"
h2_run h2_40 "$work/books-40.sql"
pmd=(-cp "$(path "$jars"/pmd/*.jar)" net.sourceforge.pmd.cli.PmdCli check
  "--dir=$work/src/org/apache/commons/lang3" --rulesets=rulesets/java/quickstart.xml
  --format=text --no-cache --no-progress --threads=1)
bugs=(-cp "$(path "$jars"/spotbugs/*.jar)" edu.umd.cs.findbugs.FindBugs2 -low
  "$(echo "$jars"/lang/commons-lang3-*.jar)")
hello=(-cp "$work/hello" Hello)
