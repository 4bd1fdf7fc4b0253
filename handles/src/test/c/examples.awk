# Prints the examples of a header: the indented lines of its comments that begin with EXAMPLE.
#
#   awk -f examples.awk holdfast.h
#
# Ends with 1 if a section has functions but no example, or a function has no comment.

function missing(what) {
  print FILENAME ":" FNR ": " what >"/dev/stderr"
  wrong = 1
}

function section_ends() {
  if (functions && !examples)
    missing("no EXAMPLE in the section before: " section)
}

/^\/\* ---- / {
  section_ends()
  section = $0
  functions = examples = 0
}

/^ \* EXAMPLE$/ {
  inside = 1
  examples++
  print "#line " FNR + 1 " \"" FILENAME "\""
  next
}
inside && !/^ \*(   |$)/ { inside = 0 }
inside { print substr($0, 6) }

/^\/\*\*/ { documents = 1 }
/^static inline / && match($0, /hf_[a-z0-9_]+\(/) {
  name = substr($0, RSTART, RLENGTH - 1)
  if (name !~ /_$/) {
    functions++
    if (!documented)
      missing("no comment before " name)
  }
}
{ documented = documents && /\*\/$/ }
/\*\/$/ { documents = 0 }

END {
  section_ends()
  exit wrong
}
