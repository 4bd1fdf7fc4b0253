package dev.holdfast.agent.header;

import java.util.Set;

/**
 * Names that a C struct's member or type cannot bear, because a compiler or a standard header gives
 * them another meaning.
 *
 * <p>All of C11 to C23 and of C++17 to C++23, whichever the header is compiled as: a struct's
 * members must be called the same from both.
 */
final class ReservedNames {
  private static final String C_KEYWORDS =
      "auto break case char const continue default do double else enum extern float for goto if"
          + " inline int long register restrict return short signed sizeof static struct switch"
          + " typedef union unsigned void volatile while alignas alignof bool constexpr false"
          + " nullptr static_assert thread_local true typeof typeof_unqual";

  private static final String CPP_KEYWORDS =
      "and and_eq asm atomic_cancel atomic_commit atomic_noexcept bitand bitor catch char8_t"
          + " char16_t char32_t class compl concept consteval constinit const_cast co_await"
          + " co_return co_yield decltype delete dynamic_cast explicit export friend mutable"
          + " namespace new noexcept not not_eq operator or or_eq private protected public"
          + " reflexpr reinterpret_cast requires static_cast synchronized template this throw try"
          + " typeid typename using virtual wchar_t xor xor_eq";

  /** Object-like macros that compilers predefine in their default (GNU) modes. */
  private static final String PREDEFINED =
      "linux unix i386 i486 i586 i686 arm sparc sun vax mips MIPSEL MIPSEB hpux sgi m68k pdp11"
          + " NeXT ns32000 pyr mc68000 mc68010 mc68020 PPC";

  /**
   * Macros without parameters and type names of the C library and the headers that C libraries
   * include first. Names that are macros only where a parenthesis follows ({@code major}, {@code
   * putc}) stay usable as members.
   */
  private static final String LIBRARY =
      "NULL EOF FILE BUFSIZ FILENAME_MAX FOPEN_MAX L_tmpnam SEEK_CUR SEEK_END SEEK_SET TMP_MAX"
          + " stdin stdout stderr errno EDOM EILSEQ ERANGE EXIT_FAILURE EXIT_SUCCESS RAND_MAX"
          + " MB_CUR_MAX I complex imaginary noreturn assert offsetof INFINITY NAN HUGE_VAL"
          + " HUGE_VALF HUGE_VALL FP_INFINITE FP_NAN FP_NORMAL FP_SUBNORMAL FP_ZERO CHAR_BIT"
          + " CHAR_MAX CHAR_MIN SCHAR_MAX SCHAR_MIN UCHAR_MAX SHRT_MAX SHRT_MIN USHRT_MAX INT_MAX"
          + " INT_MIN UINT_MAX LONG_MAX LONG_MIN ULONG_MAX LLONG_MAX LLONG_MIN ULLONG_MAX"
          + " CLOCKS_PER_SEC TIME_UTC WCHAR_MAX WCHAR_MIN WINT_MAX WINT_MIN WEOF SIZE_MAX"
          + " PTRDIFF_MAX PTRDIFF_MIN INTMAX_MAX INTMAX_MIN UINTMAX_MAX INTPTR_MAX INTPTR_MIN"
          + " UINTPTR_MAX M_E M_LN2 M_LN10 M_PI M_SQRT2 SIGABRT SIGFPE SIGILL SIGINT SIGSEGV"
          + " SIGTERM SIG_DFL SIG_ERR SIG_IGN LC_ALL LC_CTYPE LC_NUMERIC LC_TIME PATH_MAX"
          + " BYTE_ORDER BIG_ENDIAN LITTLE_ENDIAN sa_handler sa_sigaction st_atime st_mtime"
          + " st_ctime s_addr s6_addr"
          + " DBL_MAX DBL_MIN DBL_EPSILON DBL_DIG FLT_MAX FLT_MIN FLT_EPSILON FLT_DIG FLT_RADIX"
          + " size_t ssize_t ptrdiff_t intptr_t uintptr_t int8_t int16_t int32_t int64_t uint8_t"
          + " uint16_t uint32_t uint64_t intmax_t uintmax_t time_t clock_t off_t hf_ref hf_field"
          + " hf_status hf_type_id hf_flags";

  private static final Set<String> ALL =
      Set.of(String.join(" ", C_KEYWORDS, CPP_KEYWORDS, PREDEFINED, LIBRARY).split(" "));

  private ReservedNames() {}

  /** Those that are reserved one by one, not by their form. */
  static Set<String> all() {
    return ALL;
  }

  /**
   * Whether a name is reserved. All that C and C++ reserve by their form belong here too: those
   * that begin with two underscores, or with one and a capital ({@code __FILE__}, {@code _Bool}).
   */
  static boolean contains(String name) {
    boolean reservedByForm =
        name.length() > 1
            && name.charAt(0) == '_'
            && (name.charAt(1) == '_' || (name.charAt(1) >= 'A' && name.charAt(1) <= 'Z'));
    // a trailing underscore is how such a name is escaped
    return ALL.contains(name)
        || (reservedByForm && !name.endsWith("_"))
        || (name.startsWith("__") && name.endsWith("__") && !name.endsWith("___"));
  }
}
