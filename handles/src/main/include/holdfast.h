/*
 * holdfast.h: hold, count and read Java objects from C.
 *
 * A Java object is named by a handle, `hf_ref`: one 64-bit word that never changes while the JVM
 * moves the object and Holdfast moves its mirror, the C struct that shows its fields. A handle is
 * never NULL, equal handles name the same object, and a handle whose object has died is answered
 * with HF_ESTALE, always. It fits wherever a library keeps a `void *user_data`, with hf_release as
 * the destroy function. Any 64 bits may be passed as a handle: they are checked.
 *
 * BEGINNING. Include this header and link nothing (-ldl with glibc before 2.34). Each library calls
 *   hf_init(HF_ABI_VERSION) once. Before that, and in a process without Holdfast, every call fails
 *   with HF_ENORUNTIME and touches nothing: libraries can be tested without a JVM.
 * COUNTED, BORROWED. A counted handle is owned: its object lives until it is given back by
 *   hf_release. A borrowed one is not: arguments of a call from Java (good for that call), what was
 *   read from a mirror (good for nothing but asking). Keep an argument by hf_retain, and what was
 *   read from a mirror by hf_retain_field of its owner.
 * SCOPE. Between hf_enter and hf_exit memory that moving or dying objects leave is not reused: a
 *   pointer from hf_deref stays readable until the outermost scope of its thread ends. It may show
 *   an old copy: to poll, use hf_get_*, which looks the object up each time.
 * THREADS. Every function may be called on any thread, attached to the JVM or not, but not in a
 *   signal handler. No function waits for a collection, and no collection waits for one.
 * ERRORS. hf_status is 0 or negative. hf_last_status() tells why a call of this thread failed, and
 *   hf_last_error() says it in words. A call that succeeds sets it to HF_OK, except those that are
 *   too frequent for that: hf_retain, hf_release, hf_enter, hf_exit, hf_deref, hf_load_*.
 *
 * EXAMPLES. Each section below begins with one; all of them are compiled and run by the tests. They
 *   belong to a library whose people.h the agent's command `header` has generated for a class
 *   Person { int age, shoe; String name; Person next; }: the struct Person, Person_of (a checked
 *   hf_deref), and a constant for each field, as Person_age_field.
 *
 * C11 or C++17, GCC or Clang, 64-bit platforms. Names that end in `_` are private to this header.
 */
#ifndef HOLDFAST_H
#define HOLDFAST_H

#include <dlfcn.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#if UINTPTR_MAX != 0xffffffffffffffffu
#error "Holdfast needs a 64-bit platform"
#endif

#ifdef __cplusplus
extern "C" {
#endif

/**
 * The binary interface of this header. Functions are appended, nothing else ever changes: a runtime
 * serves each library that was built for its interface or an earlier one.
 */
#define HF_ABI_VERSION 1u

/* ---- types ----------------------------------------------------------------------------------- */

/** A handle: compared by ==, never dereferenced (that faults at once). Its low three bits are 0. */
typedef struct hf_object *hf_ref;
/** Java null. */
#define HF_NULL ((hf_ref)0)
/** What a mirror shows for an object without a mirror (a String, a collection). Not a handle. */
#define HF_UNMIRRORED ((hf_ref)0x4080000000000000u)

typedef int32_t hf_status;
enum {
  HF_OK = 0,
  HF_ENORUNTIME = -1,   /* no Holdfast in this process (yet), or hf_init was not called */
  HF_EABI = -2,         /* runtime and header were made for different binary interfaces */
  HF_ESTALE = -3,       /* the handle's object has died */
  HF_EUNCOUNTED = -4,   /* nobody owns a count, so nothing says that the object lives */
  HF_EOVERRELEASE = -5, /* released more often than counted */
  HF_ENULL = -6,        /* NULL where an object or a pointer is needed */
  HF_ETYPE = -7,        /* an object or field of another type */
  HF_ELAYOUT = -8,      /* the class has other fields than those that were compiled in */
  HF_ENOTYPE = -9,      /* no class of this name or number */
  HF_ENOFIELD = -10,    /* no mirrored field of this name */
  HF_ESCOPE = -11,      /* outside a scope what needs one, or hf_exit without hf_enter */
  HF_EUNMANAGED = -12,  /* the object has a handle but no mirror: its class is not managed */
  HF_ENOMEM = -13,      /* out of memory */
  HF_ESHUTDOWN = -14,   /* the JVM is shutting down, and this needs Java */
  HF_EFORK = -15,       /* in a forked child, where there is no JVM */
  HF_EJAVA = -16,       /* Java threw (see the application's log), or had no memory to run */
  HF_EUNMIRRORED = -17, /* HF_UNMIRRORED, or an object that is only just getting its mirror */
  HF_EINVAL = -18,      /* not a handle at all, or an argument out of range */
  HF_EPIN = -19,        /* unpinned more often than pinned */
  HF_EFULL = -20,       /* the arena is full, the object cannot be mirrored now */
  HF_EFINAL = -21,      /* a final field, which C cannot write */
  HF_ENOMETHOD = -22,   /* no such method, or one that may not be called */
  HF_ENOCALLER = -23    /* hf_throw, but no Java code waits for this thread */
};

/** A class: positive, never reused; 0 is none. One that is not managed has no mirrored fields. */
typedef uint32_t hf_type;

/**
 * A field of a managed class: a constant that generated headers carry and hf_field_find computes,
 * the same in each run, for each class loader, and for subclasses. An object without that very
 * field at that place refuses it with HF_ETYPE. 0 is none.
 */
typedef uint64_t hf_field;

/** What a field or an array's element is; bits 24 to 31 of an hf_field. */
enum {
  HF_KIND_BOOL = 1,
  HF_KIND_I8 = 2,
  HF_KIND_U16 = 3, /* char */
  HF_KIND_I16 = 4,
  HF_KIND_I32 = 5,
  HF_KIND_I64 = 6,
  HF_KIND_F32 = 7,
  HF_KIND_F64 = 8,
  HF_KIND_ENUM = 9, /* an int32_t: the constant's ordinal, -1 for null */
  HF_KIND_REF = 10
};

/** A weak handle: owned until hf_weak_free, compared with 0 only. 0 is none. */
typedef uint64_t hf_weak;
/** A Java method or constructor, from hf_method_find; good for the process's life. 0 is none. */
typedef uint64_t hf_method;

/** An argument or a result of a Java method, by the kind that the method's descriptor says. */
typedef union hf_value {
  uint8_t u8;   /* Z boolean: 0 or not 0; a result is 0 or 1 */
  int8_t i8;    /* B byte */
  uint16_t u16; /* C char */
  int16_t i16;  /* S short */
  int32_t i32;  /* I int */
  int64_t i64;  /* J long */
  float f32;    /* F */
  double f64;   /* D */
  hf_ref ref;   /* L and [: HF_NULL for null; an argument is counted and stays the caller's */
} hf_value;

/** One leg of hf_retain_path: follow `field` `times` times. */
struct hf_step {
  hf_field field;
  uint32_t times;
  uint32_t reserved; /* 0 */
};

/** What hf_deref_as expects; a static variable, one for each compiled-in class. */
struct hf_expected {
  const char *name;     /* binary class name: a.b.C$D */
  uint64_t fingerprint; /* of the fields that were compiled in */
  uint32_t size;        /* bytes of the compiled-in struct, with its 8-byte header */
  uint32_t type_id;     /* the runtime's; 0 at first */
};
#define HF_EXPECTED(name, fingerprint, size)                                                       \
  { (name), (fingerprint), (uint32_t)(size), 0u }

/** What hf_stats fills in: totals of the process, read while threads go on counting. */
struct hf_stats {
  uint32_t size;            /* in: sizeof(struct hf_stats); out: how much of it was filled in */
  uint32_t state;           /* 1 running, 2 shutting down */
  uint64_t retains;         /* counts taken */
  uint64_t releases;        /* counts given back */
  uint64_t stale_uses;      /* calls answered with HF_ESTALE */
  uint64_t over_releases;   /* calls answered with HF_EOVERRELEASE */
  uint64_t uncounted_uses;  /* calls answered with HF_EUNCOUNTED */
  uint64_t threads;         /* living threads that have used Holdfast */
  uint64_t open_scopes;     /* those of them that are in a scope */
  uint64_t moves;           /* cohorts moved */
  uint64_t moved_bytes;     /* bytes moved */
  uint64_t moves_cancelled; /* moves given up because of a write or pin meanwhile */
  uint64_t moves_pinned;    /* moves not tried because of a pin */
  uint64_t moves_abandoned; /* moves given up because a thread stood in a write section */
  uint64_t epoch;           /* one step for each batch of moves or deaths */
  uint64_t entries;         /* size of the table of cohorts */
  uint64_t types;           /* managed classes */
  uint64_t arena_used;      /* bytes; this and the next four as of a moment ago */
  uint64_t arena_limit;     /* bytes, as the agent option arena= says */
  uint64_t arena_full;      /* 1 while new objects get no mirrors for want of room, else 0 */
  uint64_t arena_filled;    /* how often that has begun */
  uint64_t unmirrored;      /* adoptions refused meanwhile */
};

typedef void (*hf_destroy_function)(void *);
typedef void *(*hf_copy_function)(void *);

/**
 * Is told of misuse: HF_ESTALE, HF_EOVERRELEASE, HF_EUNCOUNTED, HF_ESCOPE, HF_EPIN, HF_EINVAL. Runs
 * on the thread that erred; calls nothing of Holdfast but hf_status_name; `message` ends with it.
 */
typedef void (*hf_misuse_function)(void *ctx, hf_status status, hf_ref ref, const char *message);

/* ---- the binary interface -------------------------------------------------------------------- */

struct hf_record_;
/** The runtime's table: members are appended, never moved. Each function is explained below. */
struct hf_api {
  uint32_t abi;
  uint32_t size;                 /* bytes of this table */
  const uint64_t *segments;      /* 4096 addresses of 16384 entries; empty without a runtime */
  const uint64_t *type_segments; /* 1024 addresses of 1024 addresses of types */
  const uint64_t *epoch;
  int64_t thread_offset; /* from the thread pointer to the thread's record pointer; 0: ask self */
  uint32_t fences;       /* 1: a scope needs a fence of its own, there is no membarrier */
  uint32_t reserved;
  struct hf_record_ *(*self)(void);
  hf_status (*init)(void);
  hf_status (*last_status)(void);
  const char *(*last_error)(void);
  const char *(*status_name)(hf_status);
  hf_status (*refuse)(hf_ref); /* sets why a handle has no mirror to show */
  hf_status (*refuse_field)(hf_ref, hf_field, uint32_t kinds, const void *out);
  hf_ref (*retain)(hf_ref);
  void (*release)(void *);
  void *(*retain_ptr)(void *);
  hf_status (*release_n)(hf_ref, uint32_t);
  uint32_t (*count)(hf_ref);
  int (*java_equal)(const void *, const void *);
  unsigned (*java_hash)(const void *);
  void (*enter)(void);
  void (*exit)(void);
  const void *(*deref_as)(hf_ref, const void *mirror, struct hf_expected *);
  hf_ref (*retain_field)(hf_ref, hf_field);
  hf_ref (*retain_path)(hf_ref, const struct hf_step *, int32_t);
  int64_t (*field_utf8)(hf_ref, hf_field, char *, int64_t);
  int64_t (*string_utf8)(hf_ref, char *, int64_t);
  const void *(*pin)(hf_ref);
  hf_status (*unpin)(hf_ref);
  hf_type (*type_find)(const char *);
  hf_type (*type_of)(hf_ref);
  const char *(*type_name)(hf_type);
  int (*instance_of)(hf_ref, hf_type);
  hf_field (*field_find)(hf_type, const char *);
  hf_status (*type_check)(const char *, uint64_t);
  hf_status (*stats)(struct hf_stats *);
  hf_status (*on_misuse)(hf_misuse_function, void *);
  hf_status (*set)(hf_ref, hf_field, uint32_t kinds, uint64_t bits);
  void *(*write_begin)(hf_ref);
  hf_status (*write_end)(hf_ref, void *);
  int64_t (*read_refs)(hf_ref, int64_t from, int64_t n, hf_ref *out);
  int64_t (*array_length)(hf_ref);
  int64_t (*array_read)(hf_ref, uint32_t kind, int64_t from, int64_t n, void *out);
  int64_t (*array_write)(hf_ref, uint32_t kind, int64_t from, int64_t n, const void *in);
  hf_ref (*string_new)(const char *, int64_t);
  hf_weak (*weak_new)(hf_ref);
  hf_ref (*weak_get)(hf_weak);
  void (*weak_free)(hf_weak);
  hf_status (*hold)(hf_ref owner, hf_ref target);
  hf_status (*unhold)(hf_ref owner, hf_ref target);
  hf_status (*peer_set)(hf_ref, const void *key, void *data, hf_destroy_function);
  void *(*peer_get)(hf_ref, const void *key);
  hf_method (*method_find)(hf_type, const char *, const char *);
  hf_status (*call)(hf_ref, hf_method, const hf_value *, hf_value *);
  hf_ref (*construct)(hf_method, const hf_value *);
  hf_ref (*exception_take)(void);
  hf_status (*throw_new)(hf_type, const char *);
  hf_ref (*retain_at)(hf_ref, const char *place);
  void (*release_at)(void *, const char *place);
  void (*at)(const char *place);
};

/* One pointer for each linked library or program, shared by all of its C and C++ files. */
__attribute__((weak, visibility("hidden"))) const struct hf_api *hf_api_ = NULL;

/* The interfaces of a library and a runtime that do not fit: asked for, table's size, there, size.
   Four halves of 16 bits; 0 if nothing was refused. */
__attribute__((weak, visibility("hidden"))) uint64_t hf_refused_ = 0;

/* What the inline functions read of the runtime's memory; fixed for this binary interface. */
struct hf_entry_ {
  uint64_t base;  /* address of the cohort's mirrors, 0 if it has none; bit 0: it is being moved */
  uint64_t ready; /* bit i: an object begins at slot i */
  uint64_t rest[5];
  uint64_t first; /* the handle whose slot is 0, while the cohort lives and has mirrors; else 0 */
};
struct hf_record_ {
  uint64_t section;
  uint64_t scope; /* 0, or the epoch at which the thread's scope opened */
  uint64_t middle[5];
  uint64_t base; /* of the cohort in which the thread's last mirror was */
  uint64_t counters[6];
  hf_status status; /* hf_last_status */
  int32_t rest[3];
};
struct hf_type_ {
  uint32_t id;
  uint32_t depth;
  uint32_t size;
  uint32_t middle[9];
  uint64_t checks; /* address of uint32_t[size]: at the offset of each field its check, else 0 */
  uint64_t last;
};

#define HF_LIKELY_(x) __builtin_expect(!!(x), 1)
#define HF_UNLIKELY_(x) __builtin_expect(!!(x), 0)

/* ---- beginning, errors, insight -------------------------------------------------------------- */

/*
 * EXAMPLE
 *
 *   int people_begin(void) { // again with Java's first call, if it was too early
 *     if (hf_init(HF_ABI_VERSION) == HF_OK)
 *       return 0;
 *     fprintf(stderr, "people: %s\n", hf_last_error()); // HF_ENORUNTIME: ...
 *     return -1;
 *   }
 *
 *   void say_misuse(void *log, hf_status status, hf_ref ref, const char *message) {
 *     fprintf((FILE *)log, "people: %s: %p: %s\n", hf_status_name(status), (void *)ref, message);
 *   }
 *
 *   uint64_t mistakes_since_start(FILE *log) { // and says the next ones at once
 *     struct hf_stats now;
 *     now.size = sizeof now;
 *     hf_on_misuse(say_misuse, log);
 *     return hf_stats(&now) == HF_OK ? now.stale_uses + now.over_releases + now.uncounted_uses : 0;
 *   }
 */

#if defined(__APPLE__)
#define HF_EVERYWHERE_ ((void *)-2) /* RTLD_DEFAULT, which strict C hides */
#define HF_LIBRARY_ "libholdfast.1.dylib"
#else
#define HF_EVERYWHERE_ ((void *)0)
#define HF_LIBRARY_ "libholdfast.so.1"
#endif

/**
 * Finds the runtime, for the library or program that this call is compiled into; loads nothing.
 * Pass HF_ABI_VERSION. May be called again, on any thread: it succeeds once the JVM has started
 * Holdfast, and what it has found stays found for the process's life.
 * Returns HF_OK, HF_ENORUNTIME, HF_ESHUTDOWN, HF_EFORK, or HF_EABI if the library was built for a
 * newer binary interface than the runtime has: hf_last_error names both, here too.
 */
static inline hf_status hf_init(uint32_t abi) {
  const struct hf_api *api = __atomic_load_n(&hf_api_, __ATOMIC_ACQUIRE);
  if (!api) {
    api = (const struct hf_api *)dlsym(HF_EVERYWHERE_, "hf_runtime_api");
    /* Or loaded privately. The handle is kept on purpose: the runtime is never unloaded. */
    void *library = api ? NULL : dlopen(HF_LIBRARY_, RTLD_NOLOAD | RTLD_LAZY);
    if (library)
      api = (const struct hf_api *)dlsym(library, "hf_runtime_api");
    if (!api)
      return HF_ENORUNTIME;
    if (api->abi < abi || api->size < sizeof(struct hf_api)) {
      uint64_t refused = (uint64_t)(abi & 0xffff) << 48 | (uint64_t)sizeof(struct hf_api) << 32 |
                         (uint64_t)(api->abi & 0xffff) << 16 | (api->size & 0xffff);
      __atomic_store_n(&hf_refused_, refused, __ATOMIC_RELAXED);
      return HF_EABI;
    }
    __atomic_store_n(&hf_api_, api, __ATOMIC_RELEASE);
  }
  return api->init();
}

/** The runtime's binary interface, 0 before hf_init has found it. Any thread; never fails. */
static inline uint32_t hf_abi_version(void) { return hf_api_ ? hf_api_->abi : 0u; }

/**
 * Why the last call of this thread failed, or HF_OK; see ERRORS above for which calls set it. Each
 * thread has its own. HF_ENORUNTIME or HF_EABI before hf_init has succeeded.
 */
static inline hf_status hf_last_status(void) {
  if (hf_api_)
    return hf_api_->last_status();
  return __atomic_load_n(&hf_refused_, __ATOMIC_RELAXED) != 0 ? HF_EABI : HF_ENORUNTIME;
}

/* What is said of a runtime that was refused, which cannot be asked. */
static inline const char *hf_refusal_(void) {
  static __thread char words[128];
  uint64_t refused = __atomic_load_n(&hf_refused_, __ATOMIC_RELAXED);
  if (refused == 0)
    return "HF_ENORUNTIME: hf_init has not found Holdfast in this process";
  snprintf(words, sizeof words,
           "HF_EABI: this library was built for ABI %u (a table of %u bytes), the runtime has ABI "
           "%u (%u bytes)",
           (unsigned)(refused >> 48), (unsigned)(refused >> 32 & 0xffff),
           (unsigned)(refused >> 16 & 0xffff), (unsigned)(refused & 0xffff));
  return words;
}

/**
 * The same in words, with the values: "HF_ESTALE: ...". Never NULL, and never to be freed; valid
 * until the thread's next failing call.
 */
static inline const char *hf_last_error(void) {
  return hf_api_ ? hf_api_->last_error() : hf_refusal_();
}

/**
 * "HF_ESTALE" for HF_ESTALE, and so on; "HF_?" for a number that is no status (before hf_init also
 * for those that need a runtime). A constant, valid for ever; any thread.
 */
static inline const char *hf_status_name(hf_status status) {
  if (hf_api_)
    return hf_api_->status_name(status);
  return status == HF_ENORUNTIME ? "HF_ENORUNTIME" : status == HF_EABI ? "HF_EABI" : "HF_?";
}

/**
 * Has `fn` told of misuse in all threads; NULL for nobody. `ctx` is passed on, and stays the
 * caller's. There is one in a process: a library that can be unloaded takes it back before, and
 * leaves `ctx` valid, for a call of `fn` may be under way. Any thread. HF_OK, HF_ENORUNTIME,
 * HF_ENOMEM.
 */
static inline hf_status hf_on_misuse(hf_misuse_function fn, void *ctx) {
  return hf_api_ ? hf_api_->on_misuse(fn, ctx) : (hf_status)HF_ENORUNTIME;
}

#ifdef __cplusplus /* -Wshadow: a function that is named as a struct hides its constructor */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"
#endif
/**
 * Fills in `out`, whose `size` the caller has set. Visits the record of every thread: not for inner
 * loops. Any thread. HF_OK; HF_ENULL, HF_EINVAL (size), HF_ENORUNTIME, HF_EFORK.
 */
static inline hf_status hf_stats(struct hf_stats *out) {
  return hf_api_ ? hf_api_->stats(out) : (hf_status)HF_ENORUNTIME;
}
#ifdef __cplusplus
#pragma GCC diagnostic pop
#endif

/* ---- ownership ------------------------------------------------------------------------------- */

/*
 * EXAMPLE
 *
 *   static hf_ref favourite; // counted, or HF_NULL
 *
 *   hf_status prefer(hf_ref person) {  // an argument: borrowed for the length of this call
 *     hf_ref mine = hf_retain(person); // a count of our own
 *     if (mine == HF_NULL)
 *       return hf_last_status(); // HF_ESTALE, HF_ENULL, ...
 *     hf_release(favourite);     // HF_NULL is ignored
 *     favourite = mine;
 *     return HF_OK;
 *   }
 *
 *   struct user_data { // of a library that knows nothing of Java
 *     void *data;
 *     hf_destroy_function destroy;
 *   };
 *
 *   void attach(struct user_data *to, hf_ref person) {
 *     to->data = hf_retain_ptr(person);
 *     to->destroy = hf_release_function();
 *   }
 */

/**
 * Counts one more owner of a handle that is counted already, and returns it: to be given back by
 * hf_release, on whichever thread. One atomic operation; any thread, needs no scope. A count of
 * 4294967295 stays for ever. NULL with HF_ENULL, HF_EUNMIRRORED, HF_EINVAL, HF_ESTALE,
 * HF_EUNCOUNTED (keep what was read from a mirror by hf_retain_field), HF_ENORUNTIME, HF_EFORK.
 */
static inline hf_ref hf_retain(hf_ref ref) { return hf_api_ ? hf_api_->retain(ref) : HF_NULL; }

/** hf_retain in the shape of a copy function: the same ownership, errors and threads. */
static inline void *hf_retain_ptr(void *ref) { return hf_api_ ? hf_api_->retain_ptr(ref) : NULL; }

/**
 * Gives one count back. With the last one Java no longer holds the object (it acts within 50 ms).
 * One atomic operation; any thread. NULL is ignored; once the JVM is shutting down, all is. Misuse
 * is counted and reported and changes nothing: HF_EINVAL, HF_ESTALE, HF_EOVERRELEASE.
 */
static inline void hf_release(void *ref) {
  if (hf_api_)
    hf_api_->release(ref);
}

/**
 * Gives `n` counts back at once, or none (HF_EOVERRELEASE) if there are fewer; 0 does nothing.
 * HF_OK, and what hf_release reports, HF_ENORUNTIME, HF_EFORK. Else like hf_release.
 */
static inline hf_status hf_release_n(hf_ref ref, uint32_t n) {
  return hf_api_ ? hf_api_->release_n(ref, n) : (hf_status)HF_ENORUNTIME;
}

/**
 * How often the handle is counted at this moment, by anybody, Java too: for tests and messages.
 * Any thread. 0 also with HF_ENULL, HF_EUNMIRRORED, HF_EINVAL, HF_ESTALE, HF_ENORUNTIME, HF_EFORK.
 */
static inline uint32_t hf_count(hf_ref ref) { return hf_api_ ? hf_api_->count(ref) : 0u; }

/**
 * hf_release as a function value. It points into the runtime, which is never unloaded, so it may
 * outlive the library that hands it out as a destroy function: do not use &hf_release for that.
 * Any thread. NULL before hf_init has found the runtime.
 */
static inline hf_destroy_function hf_release_function(void) {
  return hf_api_ ? hf_api_->release : NULL;
}

/** hf_retain_ptr as a function value, with the same life; NULL likewise. */
static inline hf_copy_function hf_retain_function(void) {
  return hf_api_ ? hf_api_->retain_ptr : NULL;
}

/**
 * Java's equals, in the shape of a hash table's callback: 1 or 0. One crossing into Java, unless
 * the handles are equal or one is NULL; any thread that may run Java's equals. Both must be counted
 * and keep their counts. 0 with HF_EUNCOUNTED, HF_ESTALE, HF_EUNMIRRORED, HF_EINVAL, HF_EJAVA,
 * HF_ESHUTDOWN, HF_ENORUNTIME, HF_EFORK: ask hf_last_status where that may be.
 */
static inline int hf_java_equal(const void *a, const void *b) {
  return hf_api_ ? hf_api_->java_equal(a, b) : 0;
}

/** Java's hashCode of a counted handle, likewise. 0 for NULL, and if it fails as hf_java_equal. */
static inline unsigned hf_java_hash(const void *ref) {
  return hf_api_ ? hf_api_->java_hash(ref) : 0u;
}

/* ---- scopes ---------------------------------------------------------------------------------- */

/*
 * EXAMPLE
 *
 *   int32_t age_of(hf_ref person) {
 *     HF_SCOPE; // ends with the block, by whichever return
 *     const Person *p = Person_of(person);
 *     return p != NULL ? p->age : -1;
 *   }
 *
 *   int32_t oldest_of(hf_ref first) { // along Person.next: one scope for the whole list
 *     int32_t oldest = -1;
 *     hf_enter();
 *     for (const Person *p = Person_of(first); p != NULL; p = Person_of(p->next))
 *       if (p->age > oldest)
 *         oldest = p->age;
 *     hf_exit();
 *     return oldest;
 *   }
 */

/**
 * Opens a scope of this thread, or nests in the open one. Any thread; each has its own, which ends
 * on the thread that began it. Memory waits for it: do not sleep or call Java in it; it is reported
 * after 10 s. HF_ENOMEM, HF_ENORUNTIME or HF_EFORK in hf_last_status, and then none is open.
 */
static inline void hf_enter(void) {
  if (hf_api_)
    hf_api_->enter();
}

/**
 * Closes what hf_enter opened on this thread. With the outermost scope all pointers from hf_deref
 * end. HF_ESCOPE in hf_last_status if none is open, else as hf_enter.
 */
static inline void hf_exit(void) {
  if (hf_api_)
    hf_api_->exit();
}

static inline int hf_scope_begin_(void) {
  hf_enter();
  return 1;
}
static inline void hf_scope_end_(int *begun) {
  if (*begun)
    hf_exit();
}
#define HF_PASTE2_(a, b) a##b
#define HF_PASTE_(a, b) HF_PASTE2_(a, b)

/**
 * A declaration: a scope from here to the end of the block, however it is left (but by longjmp).
 * For C++ there is hf::scope in holdfast.hpp. Errors as hf_enter.
 */
#define HF_SCOPE                                                                                   \
  int HF_PASTE_(hf_scope_, __LINE__) __attribute__((cleanup(hf_scope_end_), unused)) =             \
      hf_scope_begin_()

/* The record of this thread; NULL without a running runtime, or out of memory. */
static inline struct hf_record_ *hf_self_(const struct hf_api *api) {
#if defined(__GLIBC__) &&                                                                          \
    ((defined(__clang__) && __clang_major__ >= 14) || (!defined(__clang__) && __GNUC__ >= 11))
  if (HF_LIKELY_(api->thread_offset)) {
    void *at = (char *)__builtin_thread_pointer() + api->thread_offset;
    struct hf_record_ *self = *(struct hf_record_ **)at;
    if (HF_LIKELY_(self != NULL))
      return self;
  }
#endif
  return api->self();
}

/* A scope for the length of one call: 1 if there was none. */
static inline int hf_open_(const struct hf_api *api, struct hf_record_ *self) {
  if (self->scope != 0)
    return 0;
  uint64_t epoch = __atomic_load_n(api->epoch, __ATOMIC_ACQUIRE);
  __atomic_store_n(&self->scope, epoch, __ATOMIC_RELEASE);
  /* The table is read after this: pairs with the heavy fence behind each step of the epoch. */
  if (HF_UNLIKELY_(api->fences))
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
  else
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
  return 1;
}

/* What was read was read before: pairs with the acquire by which the collector awaits scopes. */
static inline void hf_close_(struct hf_record_ *self, int opened) {
  if (opened)
    __atomic_store_n(&self->scope, (uint64_t)0, __ATOMIC_RELEASE);
}

/*
 * The mirror, NULL if the bits are not the handle of a living object with one. In a scope.
 *
 *   63 | 62 | 61 .. 56   | 55 | 54 .. 39  | 38 .. 35 | 34 ..... 9  | 8 .. 3 | 2 1 0
 *    0 |  1 | stamp high |  1 | stamp low | 0 0 0 0  | entry index | slot   | 0 0 0
 */
#define HF_SLOT_MASK_ 0x1f8u
static inline const char *hf_mirror_(const struct hf_api *api, struct hf_record_ *self,
                                     uint64_t bits) {
  const uint64_t *segments = __atomic_load_n(&api->segments, __ATOMIC_ACQUIRE);
  /* Most programs have one: guessing right costs less than to wait for the load. */
  uint64_t segment = HF_LIKELY_((bits & 0x7ff800000u) == 0)
                         ? __atomic_load_n(segments, __ATOMIC_ACQUIRE)
                         : __atomic_load_n(segments + (bits >> 23 & 0xfff), __ATOMIC_ACQUIRE);
  if (HF_UNLIKELY_(segment == 0))
    return NULL;
  const struct hf_entry_ *entry = (const struct hf_entry_ *)(segment + (bits >> 3 & 0xfffc0));
  /* All bits but the slot's, so stamp and shape too. Acquire: pairs with the end at retirement. */
  uint64_t first = __atomic_load_n(&entry->first, __ATOMIC_ACQUIRE);
  if (HF_UNLIKELY_(first != (bits & ~(uint64_t)HF_SLOT_MASK_)))
    return NULL;
  /* Acquire: pairs with the release that follows the filling of the mirror. */
  uint64_t ready = __atomic_load_n(&entry->ready, __ATOMIC_ACQUIRE);
  if (HF_UNLIKELY_(!(ready >> (bits >> 3 & 63) & 1)))
    return NULL;
  /* Acquire: pairs with the CAS that publishes a copy. */
  uint64_t base = __atomic_load_n(&entry->base, __ATOMIC_ACQUIRE) & ~(uint64_t)1;
  /* Neighbours are often read one after the other. The CPU bets on this branch, and reads at the
     guess while it still waits for the base: a list is walked in two thirds of the time. The asm
     hides from the compiler that both are equal. */
  uint64_t guess = self->base;
  if (HF_LIKELY_(guess == base)) {
    __asm__("" : "+r"(guess));
    base = guess;
  } else {
    self->base = base;
  }
  /* The bits 0 may have come this far, but entry 0 has no base then. */
  return (const char *)(base + ((bits & HF_SLOT_MASK_) << 1));
}

/* Does the object with this mirror have this field, and is it of one of these kinds? */
static inline int hf_accepts_(const struct hf_api *api, const char *mirror, hf_field field,
                              uint32_t kinds) {
  uint32_t id = __atomic_load_n((const uint32_t *)(const void *)mirror, __ATOMIC_RELAXED);
  const uint64_t *types = (const uint64_t *)api->type_segments[id >> 10 & 1023];
  const struct hf_type_ *type = (const struct hf_type_ *)types[id & 1023];
  uint32_t offset = (uint32_t)(field & 0xffffff);
  uint32_t kind = (uint32_t)(field >> 24 & 0xff);
  return kind < 32 && (kinds >> kind & 1) && offset < type->size &&
         ((const uint32_t *)type->checks)[offset] == (uint32_t)(field >> 32);
}

/* ---- reading --------------------------------------------------------------------------------- */

/*
 * EXAMPLE
 *
 *   int is_adult(hf_ref person) { // no scope: the field at this moment
 *     int32_t age = 0;
 *     hf_status status = hf_load_i32(person, Person_age_field, &age);
 *     return status == HF_OK ? age >= 18 : status; // HF_ESTALE, HF_ETYPE, ...
 *   }
 *
 *   int32_t years_between(hf_ref one, hf_ref other) { // where 0 is good enough for a failure
 *     return hf_get_i32(one, Person_age_field) - hf_get_i32(other, Person_age_field);
 *   }
 */

/**
 * The object's mirror, to be read as its class's struct (generated headers have a checked NAME_of).
 * Only in a scope, on any thread; valid until that thread's outermost scope ends, and possibly one
 * copy old by then. It counts nothing. Java writes while C reads, as with any shared memory. NULL
 * with HF_ENULL, HF_EUNMIRRORED, HF_EINVAL, HF_ESTALE, HF_EUNMANAGED, HF_ESCOPE, HF_ENORUNTIME,
 * HF_EFORK, HF_ENOMEM.
 */
static inline const void *hf_deref(hf_ref ref) {
  const struct hf_api *api = hf_api_;
  if (HF_UNLIKELY_(!api))
    return NULL;
  struct hf_record_ *self = hf_self_(api);
  if (HF_LIKELY_(self && self->scope != 0)) {
    const char *mirror = hf_mirror_(api, self, (uint64_t)(uintptr_t)ref);
    if (HF_LIKELY_(mirror != NULL))
      return mirror;
  }
  (void)api->refuse(ref);
  return NULL;
}

/**
 * hf_deref of an object of the expected class (checked in line) or a subclass (in a short call),
 * with its lifetime and errors. `expected` is a static variable; all threads may share it. NULL
 * also with HF_ETYPE, or HF_ELAYOUT if that class does not begin with the expected fields.
 */
static inline const void *hf_deref_as(hf_ref ref, struct hf_expected *expected) {
  const void *mirror = hf_deref(ref);
  if (HF_UNLIKELY_(!mirror))
    return NULL;
  uint32_t id = __atomic_load_n((const uint32_t *)mirror, __ATOMIC_RELAXED);
  if (HF_LIKELY_(id == __atomic_load_n(&expected->type_id, __ATOMIC_RELAXED)))
    return mirror;
  return hf_api_->deref_as(ref, mirror, expected);
}

/**
 * hf_status hf_load_KIND(hf_ref ref, hf_field field, TYPE *out): the field's present value, with
 * acquire order, in a scope or outside, on any thread. HF_OK, or what hf_deref gives, or HF_ETYPE
 * (the object has no such field, or it is of another kind), and then *out is left alone.
 *
 * TYPE hf_get_KIND(hf_ref ref, hf_field field): the same as a value, 0 if it fails.
 *
 * KIND and TYPE: bool uint8_t, i8 int8_t, u16 uint16_t (char), i16 int16_t, i32 int32_t (an enum's
 * ordinal, too: -1 for null), i64 int64_t, f32 float, f64 double, ref hf_ref (borrowed: a handle,
 * HF_UNMIRRORED or HF_NULL).
 */
#define HF_READER_(KIND, TYPE, BITS, KINDS)                                                        \
  static inline hf_status hf_load_##KIND(hf_ref ref, hf_field field, TYPE *out) {                  \
    const struct hf_api *api = hf_api_;                                                            \
    struct hf_record_ *self = HF_LIKELY_(api) ? hf_self_(api) : NULL;                              \
    if (HF_UNLIKELY_(!self))                                                                       \
      return api ? api->refuse_field(ref, field, (KINDS), out) : (hf_status)HF_ENORUNTIME;         \
    int opened = hf_open_(api, self);                                                              \
    hf_status status = HF_OK;                                                                      \
    const char *mirror = hf_mirror_(api, self, (uint64_t)(uintptr_t)ref);                          \
    if (HF_LIKELY_(mirror && out && hf_accepts_(api, mirror, field, (KINDS)))) {                   \
      const void *at = mirror + (field & 0xffffff);                                                \
      union {                                                                                      \
        BITS bits;                                                                                 \
        TYPE value;                                                                                \
      } read;                                                                                      \
      /* Acquire: pairs with the release of every store in a mirror. */                            \
      read.bits = __atomic_load_n((const BITS *)at, __ATOMIC_ACQUIRE);                             \
      *out = read.value;                                                                           \
    } else {                                                                                       \
      status = api->refuse_field(ref, field, (KINDS), out);                                        \
    }                                                                                              \
    hf_close_(self, opened);                                                                       \
    return status;                                                                                 \
  }                                                                                                \
  static inline TYPE hf_get_##KIND(hf_ref ref, hf_field field) {                                   \
    TYPE value = (TYPE)0;                                                                          \
    if (HF_LIKELY_(hf_load_##KIND(ref, field, &value) == HF_OK))                                   \
      hf_self_(hf_api_)->status = HF_OK;                                                           \
    return value;                                                                                  \
  }

HF_READER_(bool, uint8_t, uint8_t, 1u << 1)
HF_READER_(i8, int8_t, uint8_t, 1u << 2)
HF_READER_(u16, uint16_t, uint16_t, 1u << 3)
HF_READER_(i16, int16_t, uint16_t, 1u << 4)
HF_READER_(i32, int32_t, uint32_t, 1u << 5 | 1u << 9)
HF_READER_(i64, int64_t, uint64_t, 1u << 6)
HF_READER_(f32, float, uint32_t, 1u << 7)
HF_READER_(f64, double, uint64_t, 1u << 8)
HF_READER_(ref, hf_ref, uint64_t, 1u << 10)

/* ---- keeping what was read ------------------------------------------------------------------- */

/*
 * EXAMPLE
 *
 *   hf_ref next_of(hf_ref person) { // the result is the caller's, to be given back by hf_release
 *     hf_ref next = hf_retain_field(person, Person_next_field);
 *     if (next == HF_NULL && hf_last_status() != HF_OK) // else it is null in Java
 *       fprintf(stderr, "people: %s\n", hf_last_error());
 *     return next;
 *   }
 *
 *   hf_ref next_but_one(hf_ref person) {
 *     struct hf_step twice = {Person_next_field, 2, 0};
 *     return hf_retain_path(person, &twice, 1);
 *   }
 */

/**
 * A counted handle of the object that `field` of `owner` refers to at this moment, also if its
 * mirror shows HF_UNMIRRORED; one crossing into Java, any thread. Give it back by hf_release. NULL
 * with HF_OK for Java null; NULL with HF_EUNCOUNTED (nobody owns `owner`), HF_ENULL,
 * HF_EUNMIRRORED, HF_EINVAL, HF_ESTALE, HF_ETYPE, HF_EUNMANAGED, HF_EFULL, HF_ENOMEM, HF_ESHUTDOWN,
 * HF_EJAVA, HF_ENORUNTIME, HF_EFORK.
 */
static inline hf_ref hf_retain_field(hf_ref owner, hf_field field) {
  return hf_api_ ? hf_api_->retain_field(owner, field) : HF_NULL;
}

/**
 * hf_retain_field along `n` steps, in one crossing; only the last object is counted, and is the
 * caller's. NULL with HF_OK if null is met on the way; NULL with HF_EINVAL (n < 1), HF_ENULL (no
 * steps), and what hf_retain_field gives.
 */
static inline hf_ref hf_retain_path(hf_ref owner, const struct hf_step *steps, int32_t n) {
  return hf_api_ ? hf_api_->retain_path(owner, steps, n) : HF_NULL;
}

/* ---- text ------------------------------------------------------------------------------------ */

/*
 * EXAMPLE
 *
 *   void greet(hf_ref person, FILE *out) {
 *     char name[64]; // what is longer is cut behind a whole character
 *     int64_t length = hf_field_utf8(person, Person_name_field, name, sizeof name);
 *     if (length == HF_ENULL)
 *       fprintf(out, "Who are you?\n");
 *     else if (length >= 0)
 *       fprintf(out, "Hello, %s%s!\n", name, length < (int64_t)sizeof name ? "" : "...");
 *   }
 *
 *   hf_ref greeting(void) { return hf_string_new("Gr\xc3\xbc\xc3\x9f", -1); } // hf_release it
 */

/**
 * Copies the String (or other CharSequence, or an enum constant's name) in a field of a counted
 * `owner` into `buf` as UTF-8; one crossing into Java, any thread. Nothing is counted. Writes whole
 * characters and a NUL, `cap` bytes at most; `cap` 0 only asks. Returns the bytes of the whole text
 * without NUL (>= cap: it was cut), or a negative hf_status: HF_ENULL for Java null, HF_ETYPE, and
 * what hf_retain_field gives. U+0000 in the text is one zero byte, so go by the length where that
 * may be; an unpaired surrogate, which UTF-8 cannot express, becomes '?'.
 */
static inline int64_t hf_field_utf8(hf_ref owner, hf_field field, char *buf, int64_t cap) {
  return hf_api_ ? hf_api_->field_utf8(owner, field, buf, cap) : (int64_t)HF_ENORUNTIME;
}

/**
 * The same for a counted handle of a String or other CharSequence. Negative: HF_ENULL (ref, or buf
 * with a cap), HF_EINVAL (negative cap, or no handle), HF_ETYPE, HF_EUNCOUNTED, HF_ESTALE,
 * HF_EUNMIRRORED, HF_EJAVA, HF_ESHUTDOWN, HF_ENORUNTIME, HF_EFORK.
 */
static inline int64_t hf_string_utf8(hf_ref ref, char *buf, int64_t cap) {
  return hf_api_ ? hf_api_->string_utf8(ref, buf, cap) : (int64_t)HF_ENORUNTIME;
}

/**
 * A new java.lang.String of `length` bytes of UTF-8 (length < 0: up to the NUL), as a counted
 * handle: give it back by hf_release. Zero bytes within the length become U+0000, and each
 * malformed sequence U+FFFD (also the three bytes of a lone surrogate). One crossing into Java; any
 * thread. NULL with HF_ENULL, HF_EINVAL (over 2147483647 bytes), HF_ENOMEM, HF_EJAVA, HF_ESHUTDOWN,
 * HF_ENORUNTIME, HF_EFORK.
 */
static inline hf_ref hf_string_new(const char *utf8, int64_t length) {
  return hf_api_ ? hf_api_->string_new(utf8, length) : HF_NULL;
}

/* ---- writing --------------------------------------------------------------------------------- */

/*
 * EXAMPLE
 *
 *   hf_status name_it(hf_ref person, const char *utf8) {
 *     hf_ref name = hf_string_new(utf8, -1);
 *     if (name == HF_NULL)
 *       return hf_last_status();
 *     hf_status status = hf_set_ref(person, Person_name_field, name);
 *     hf_release(name); // the person's field holds it now
 *     return status;
 *   }
 *
 *   hf_status grow(hf_ref person) { // several fields, one crossing
 *     Person *p = (Person *)hf_write_begin(person);
 *     if (p == NULL)
 *       return hf_last_status();
 *     p->age++;
 *     p->shoe += 2;
 *     return hf_write_end(person, p);
 *   }
 */

/**
 * hf_status hf_set_KIND(hf_ref ref, hf_field field, TYPE value): writes a field of a counted
 * object, with the effect of a volatile write in Java whether the field is volatile or not: on
 * return every Java thread, and the mirror, shows it (or what was written since). One crossing into
 * Java; any thread. The Java object is written, one field and nothing beside it, so Java threads
 * that write its other fields meanwhile lose nothing. KIND and TYPE are those of hf_get_KIND.
 *
 * bool takes any value but 0 for true. i32 on a field of an enum takes the constant's ordinal, -1
 * for null. ref takes HF_NULL or a counted handle; the object keeps its count and lives by the
 * field as well from then on.
 *
 * HF_OK; HF_EFINAL; HF_ETYPE (no such field, of another kind, or the field cannot hold an object of
 * that class); HF_EINVAL (no constant has that ordinal); for `ref` and for the value of ref alike
 * HF_EUNCOUNTED, HF_ESTALE, HF_EUNMIRRORED, HF_EINVAL; HF_ENULL, HF_EUNMANAGED, HF_EJAVA,
 * HF_ESHUTDOWN, HF_ENORUNTIME, HF_EFORK. Nothing is written then.
 */
#define HF_WRITER_(KIND, TYPE, BITS, KINDS)                                                        \
  static inline hf_status hf_set_##KIND(hf_ref ref, hf_field field, TYPE value) {                  \
    union {                                                                                        \
      BITS bits;                                                                                   \
      TYPE value;                                                                                  \
    } written;                                                                                     \
    written.value = value;                                                                         \
    return hf_api_ ? hf_api_->set(ref, field, (KINDS), (uint64_t)written.bits)                     \
                   : (hf_status)HF_ENORUNTIME;                                                     \
  }

HF_WRITER_(bool, uint8_t, uint8_t, 1u << 1)
HF_WRITER_(i8, int8_t, uint8_t, 1u << 2)
HF_WRITER_(u16, uint16_t, uint16_t, 1u << 3)
HF_WRITER_(i16, int16_t, uint16_t, 1u << 4)
HF_WRITER_(i32, int32_t, uint32_t, 1u << 5 | 1u << 9)
HF_WRITER_(i64, int64_t, uint64_t, 1u << 6)
HF_WRITER_(f32, float, uint32_t, 1u << 7)
HF_WRITER_(f64, double, uint64_t, 1u << 8)
HF_WRITER_(ref, hf_ref, uint64_t, 1u << 10)

/**
 * A private copy of a counted object's mirror, laid out as its class's struct, to be changed at
 * leisure by one thread at a time and given to hf_write_end, which alone frees it. It needs no
 * scope, holds no count and is not visible to anybody. Any thread. Each field is whole; two fields
 * may be of different moments. NULL with HF_EUNCOUNTED, HF_ENOMEM, or what hf_deref gives except
 * HF_ESCOPE.
 */
static inline void *hf_write_begin(hf_ref ref) {
  return hf_api_ ? hf_api_->write_begin(ref) : NULL;
}

/**
 * Writes those fields to the object that differ from what hf_write_begin gave, each as hf_set_KIND
 * would, and frees the copy, always. One crossing into Java; any thread. What C left alone keeps
 * what Java has written since. All fields are checked before the first is written: if one is
 * refused (see hf_set_KIND), none is. To other threads the fields change one after the other. `ref`
 * is the object of hf_write_begin (else HF_EINVAL); HF_NULL throws the copy away. HF_ENULL for a
 * NULL copy, HF_ENOMEM: nothing is written then.
 */
static inline hf_status hf_write_end(hf_ref ref, void *copy) {
  return hf_api_ ? hf_api_->write_end(ref, copy) : (hf_status)HF_ENORUNTIME;
}

/* ---- arrays and collections ------------------------------------------------------------------ */

/*
 * EXAMPLE
 *
 *   int64_t years_of(hf_ref people) { // a List<Person>, in blocks of 64
 *     hf_ref block[64];
 *     int64_t years = 0, from = 0, n;
 *     while ((n = hf_read_refs(people, from, 64, block)) > 0) {
 *       for (int64_t i = 0; i < n; i++) {
 *         years += hf_get_i32(block[i], Person_age_field); // 0 for null
 *         hf_release(block[i]);
 *       }
 *       from += n;
 *     }
 *     return n < 0 ? n : years;
 *   }
 *
 *   int64_t clear_negative(hf_ref scores) { // an int[], the first 100 of it
 *     int32_t values[100];
 *     int64_t n = hf_array_read(scores, HF_KIND_I32, 0, 100, values);
 *     for (int64_t i = 0; i < n; i++)
 *       values[i] = values[i] < 0 ? 0 : values[i];
 *     return n < 0 ? n : hf_array_write(scores, HF_KIND_I32, 0, n, values);
 *   }
 */

/**
 * How many elements hf_read_refs, or hf_array_read, finds: the length of an array of any kind, the
 * size() of a Collection, twice that of a Map. One crossing into Java; any thread. Negative:
 * HF_ETYPE, and what hf_string_utf8 gives.
 */
static inline int64_t hf_array_length(hf_ref array_or_collection) {
  return hf_api_ ? hf_api_->array_length(array_or_collection) : (int64_t)HF_ENORUNTIME;
}

/**
 * Fills `out` with counted handles of the elements `from` to `from + n - 1` of a counted array of
 * references, List, any other Collection (in the order of its iterator), or Map (key, value, key,
 * value, ... in the order of its entries); HF_NULL for null elements. Give each back by hf_release.
 * One crossing into Java for all of them; any thread.
 *
 * Returns how many there were, fewer than `n` where the collection ends, 0 behind its end; or a
 * negative hf_status, and then no handle has been counted: HF_EINVAL (negative from or n, or n
 * over 2147483647), HF_ENULL, HF_ETYPE, HF_EFULL, HF_ENOMEM, HF_EJAVA (also if the collection is
 * changed meanwhile and says so), and what hf_string_utf8 gives. Where elements have no numbers
 * (any but arrays and RandomAccess lists) a block costs a walk from the beginning.
 */
static inline int64_t hf_read_refs(hf_ref array_or_collection, int64_t from, int64_t n,
                                   hf_ref *out) {
  return hf_api_ ? hf_api_->read_refs(array_or_collection, from, n, out) : (int64_t)HF_ENORUNTIME;
}

/**
 * Copies the elements `from` to `from + n - 1` of a counted array of primitives into `out`, which
 * has room for `n` values of `kind` (HF_KIND_BOOL to HF_KIND_F64, the array's own: else HF_ETYPE).
 * One crossing into Java; any thread. Returns how many there were, fewer where the array ends; or a
 * negative hf_status: HF_EINVAL (negative from or n, or n over 2147483647), HF_ENULL, HF_ETYPE,
 * and what hf_string_utf8 gives. Other threads' writes meanwhile may be in some elements and not in
 * others.
 */
static inline int64_t hf_array_read(hf_ref array, uint32_t kind, int64_t from, int64_t n,
                                    void *out) {
  return hf_api_ ? hf_api_->array_read(array, kind, from, n, out) : (int64_t)HF_ENORUNTIME;
}

/**
 * The other way: copies `n` values into the array from element `from` on. HF_EINVAL if they do not
 * all fit, and then none is written. Written plainly: Java threads see them by whatever tells them
 * that they are there. Else as hf_array_read; returns `n`.
 */
static inline int64_t hf_array_write(hf_ref array, uint32_t kind, int64_t from, int64_t n,
                                     const void *in) {
  return hf_api_ ? hf_api_->array_write(array, kind, from, n, in) : (int64_t)HF_ENORUNTIME;
}

/* ---- weak handles ---------------------------------------------------------------------------- */

/*
 * EXAMPLE
 *
 *   static hf_weak seen; // 0, or to be freed
 *
 *   void see(hf_ref person) {
 *     hf_weak_free(seen); // 0 is ignored
 *     seen = hf_weak_new(person);
 *   }
 *
 *   hf_ref still_there(void) { return hf_weak_get(seen); } // counted, or HF_NULL if it has died
 */

/**
 * A weak handle of a counted object: it does not keep the object alive, and tells whether it lives.
 * Yours until hf_weak_free. One crossing into Java; any thread. 0 with what hf_string_utf8 gives.
 */
static inline hf_weak hf_weak_new(hf_ref ref) { return hf_api_ ? hf_api_->weak_new(ref) : 0u; }

/**
 * A counted handle of the object, or NULL with HF_OK if it has died: exactly, at the moment of the
 * call. Give it back by hf_release. An object with a mirror has the same handle as ever; another
 * whose count had fallen to 0 meanwhile has a new one. One crossing into Java; any thread. NULL
 * with HF_EINVAL (freed already, or never a weak handle), HF_ENULL, HF_EFULL, HF_ENOMEM,
 * HF_ESHUTDOWN, HF_EJAVA, HF_ENORUNTIME, HF_EFORK.
 */
static inline hf_ref hf_weak_get(hf_weak weak) {
  return hf_api_ ? hf_api_->weak_get(weak) : HF_NULL;
}

/**
 * Gives a weak handle back; any thread. 0 is ignored. In hf_last_status HF_EINVAL if it is none, or
 * was given back already; HF_ESHUTDOWN (nothing is left to give back then), HF_ENORUNTIME,
 * HF_EFORK.
 */
static inline void hf_weak_free(hf_weak weak) {
  if (hf_api_)
    hf_api_->weak_free(weak);
}

/* ---- owned edges ----------------------------------------------------------------------------- */

/*
 * EXAMPLE
 *
 *   struct seat { // freed with the person whose seat it is
 *     hf_ref guest;
 *   };
 *
 *   hf_status seat_guest(struct seat *seat, hf_ref person, hf_ref guest) {
 *     hf_status status = hf_hold(person, guest);
 *     if (status == HF_OK && seat->guest != HF_NULL)
 *       hf_unhold(person, seat->guest);
 *     if (status == HF_OK)
 *       seat->guest = guest;
 *     return status;
 *   }
 */

/**
 * Keeps `target` alive for as long as `owner` is, as if a field of the owner referred to it: for a
 * C struct that belongs to the owner and stores `target`. Unlike a count it is seen by the JVM's
 * collector: a cycle that runs through it is collected once nothing else holds it. Both must be
 * counted, for this call only. Held twice is to be let go twice. The handle that C stored stays
 * good while the owner lives, but has no count by this: retain it by hf_weak_get, or call Java. One
 * crossing into Java; any thread. HF_OK; HF_EUNMANAGED if the owner has no mirror (target may be
 * any object); HF_EUNCOUNTED, HF_ESTALE, HF_ENULL, HF_EUNMIRRORED, HF_EINVAL for either of them;
 * HF_EJAVA, HF_ESHUTDOWN, HF_ENORUNTIME, HF_EFORK.
 */
static inline hf_status hf_hold(hf_ref owner, hf_ref target) {
  return hf_api_ ? hf_api_->hold(owner, target) : (hf_status)HF_ENORUNTIME;
}

/**
 * Takes one such edge away; any thread. A target with a mirror needs no count for this. HF_EINVAL
 * if there is no such edge; else as hf_hold.
 */
static inline hf_status hf_unhold(hf_ref owner, hf_ref target) {
  return hf_api_ ? hf_api_->unhold(owner, target) : (hf_status)HF_ENORUNTIME;
}

/* ---- peers ----------------------------------------------------------------------------------- */

/*
 * EXAMPLE
 *
 *   static const char visits_key = 0; // its address is the key
 *
 *   int *visits_of(hf_ref person) { // lives as long as the person does; for one thread at a time
 *     int *visits = (int *)hf_peer_get(person, &visits_key);
 *     if (visits != NULL || hf_last_status() != HF_OK)
 *       return visits;
 *     visits = (int *)calloc(1, sizeof *visits);
 *     if (visits == NULL || hf_peer_set(person, &visits_key, visits, free) == HF_OK)
 *       return visits;
 *     free(visits);
 *     return NULL;
 *   }
 */

/**
 * Ties `data` to a counted object, any object, under `key`: the address of something of the
 * library's own, such as a static variable, so that two libraries do not meet. Nothing is counted.
 * `destroy(data)` (NULL: nothing) runs once, after the object has died, or after `data` was
 * replaced under its key; NULL data only takes away what is there. It runs on the thread
 * holdfast-peers, one after the other, outside any collection: it may take its time, release
 * handles and call Java; it may not wait for another peer's destroy. The library stays loaded until
 * then. When the JVM ends the peers that are left are not destroyed. One crossing into Java; any
 * thread. HF_OK; HF_ENULL (ref, key), HF_ENOMEM, and what hf_string_utf8 gives: nothing is tied
 * then, and destroy is not called.
 */
static inline hf_status hf_peer_set(hf_ref ref, const void *key, void *data,
                                    hf_destroy_function destroy) {
  return hf_api_ ? hf_api_->peer_set(ref, key, data, destroy) : (hf_status)HF_ENORUNTIME;
}

/**
 * What is tied to a counted object under `key`; NULL with HF_OK if nothing is. Good until it is
 * replaced, or the object dies; it stays the object's. One crossing into Java; any thread. NULL
 * with what hf_peer_set gives if it fails.
 */
static inline void *hf_peer_get(hf_ref ref, const void *key) {
  return hf_api_ ? hf_api_->peer_get(ref, key) : NULL;
}

/* ---- pinning --------------------------------------------------------------------------------- */

/*
 * EXAMPLE
 *
 *   int save(hf_ref person, FILE *to) { // may take its time: a scope would hold up all memory
 *     const void *mirror = hf_pin(person);
 *     if (mirror == NULL)
 *       return hf_last_status();
 *     size_t saved = fwrite(mirror, sizeof(Person), 1, to);
 *     hf_unpin(person);
 *     return saved == 1 ? 0 : 1;
 *   }
 */

/**
 * Keeps a counted object's mirror, with its neighbours, where it is until hf_unpin; nests. The
 * pointer needs no scope and is good on all threads until then, while the handle stays counted.
 * Pinned memory cannot be compacted: pin briefly. It holds no count. Any thread. NULL with
 * HF_EUNCOUNTED or what hf_deref gives except HF_ESCOPE.
 */
static inline const void *hf_pin(hf_ref ref) { return hf_api_ ? hf_api_->pin(ref) : NULL; }

/**
 * Gives one pin back, on any thread, also after the last release; the pointer ends. HF_OK; HF_EPIN
 * if there is none; HF_ENULL, HF_EUNMIRRORED, HF_EINVAL, HF_ESTALE, HF_ENORUNTIME, HF_EFORK.
 */
static inline hf_status hf_unpin(hf_ref ref) {
  return hf_api_ ? hf_api_->unpin(ref) : (hf_status)HF_ENORUNTIME;
}

/* ---- types ----------------------------------------------------------------------------------- */

/*
 * EXAMPLE
 *
 *   void print_age(hf_ref object, FILE *out) { // of any class that has an int `age`: no people.h
 *     hf_type type = hf_type_of(object);
 *     hf_field age = hf_field_find(type, "age");
 *     if (age != 0)
 *       fprintf(out, "a %s of %d\n", hf_type_name(type), (int)hf_get_i32(object, age));
 *     else
 *       fprintf(out, "%s\n", hf_last_error()); // HF_ENOFIELD: ...
 *   }
 *
 *   int is_person(hf_ref object) { return hf_instance_of(object, hf_type_find("acme.Person")); }
 */

/**
 * The managed class of this binary name ("a.b.C$D"), the first if several loaders have one; if none
 * is managed, any other class or interface that the thread's context loader, or else the system
 * loader, finds: it has methods but no mirrored fields. It is loaded, not initialised. Any thread;
 * the number is good for the process's life, owns nothing and is not given back. 0 with
 * HF_ENULL, HF_ENOTYPE, HF_ENOMEM, HF_ESHUTDOWN, HF_ENORUNTIME, HF_EFORK.
 */
static inline hf_type hf_type_find(const char *name) {
  return hf_api_ ? hf_api_->type_find(name) : 0u;
}

/**
 * The object's own class; any thread. One crossing into Java for an object without a mirror, which
 * must be counted then (HF_EUNCOUNTED, HF_ESHUTDOWN). 0 with what hf_deref gives, except HF_ESCOPE.
 */
static inline hf_type hf_type_of(hf_ref ref) { return hf_api_ ? hf_api_->type_of(ref) : 0u; }

/**
 * Its binary name, valid for ever, not to be freed. Any thread. NULL with HF_ENOTYPE,
 * HF_ENORUNTIME, HF_EFORK.
 */
static inline const char *hf_type_name(hf_type type) {
  return hf_api_ ? hf_api_->type_name(type) : NULL;
}

/**
 * 1 if the object is of this class or a subclass; 0 if not (with HF_EUNMANAGED where the class is
 * managed and the object has no mirror), or if it fails: HF_ENOTYPE, and what hf_type_of gives. Any
 * thread. One crossing into Java if the class is not managed; the object must be counted then.
 */
static inline int hf_instance_of(hf_ref ref, hf_type type) {
  return hf_api_ ? hf_api_->instance_of(ref, type) : 0;
}

/**
 * The field of this name that the class declares or, nearest first, inherits: a constant, good for
 * ever. Any thread. 0 with HF_ENOFIELD, HF_ENOTYPE, HF_ENULL, HF_ENORUNTIME, HF_EFORK.
 */
static inline hf_field hf_field_find(hf_type type, const char *name) {
  return hf_api_ ? hf_api_->field_find(type, name) : 0u;
}

/**
 * Do the fields of the class of this name begin with those of the fingerprint? Asked at start by
 * generated headers, on any thread. HF_OK; HF_ELAYOUT, and hf_last_error names both fingerprints;
 * HF_EUNMANAGED where the agent does not run, so that no class has mirrors, and hf_last_error says
 * how to start it; HF_ENOTYPE, HF_ENULL, HF_ESHUTDOWN, HF_ENORUNTIME, HF_EFORK.
 */
static inline hf_status hf_type_check(const char *name, uint64_t fingerprint) {
  return hf_api_ ? hf_api_->type_check(name, fingerprint) : (hf_status)HF_ENORUNTIME;
}

/* ---- calling Java ---------------------------------------------------------------------------- */

/*
 * EXAMPLE
 *
 *   static hf_method list_get; // found once
 *
 *   int lists_begin(void) {
 *     list_get = hf_method_find(hf_type_find("java.util.List"), "get", "(I)Ljava/lang/Object;");
 *     return list_get != 0;
 *   }
 *
 *   hf_ref element(hf_ref list, int32_t at) { // counted: hf_release it
 *     hf_value index, found;
 *     index.i32 = at;
 *     if (hf_call(list, list_get, &index, &found) == HF_OK)
 *       return found.ref;
 *     if (hf_last_status() == HF_EJAVA) // HF_EJAVA: java.lang.IndexOutOfBoundsException: ...
 *       fprintf(stderr, "people: %s\n", hf_last_error());
 *     return HF_NULL;
 *   }
 *
 *   int32_t age_or_throw(hf_ref person) { // called by Java, through Holdfast.load
 *     int32_t age = 0;
 *     if (hf_load_i32(person, Person_age_field, &age) != HF_OK)
 *       hf_throw(hf_type_find("java.lang.IllegalArgumentException"), "not a person");
 *     return age;
 *   }
 */

/*
 * A call runs on the thread that makes it; a thread that the JVM does not know becomes a daemon
 * thread of it, named holdfast-native, until it ends. It may take as long as Java likes, and Java
 * may call C again, and so on. Not inside a scope (HF_ESCOPE): leave it first, for what Java does
 * meanwhile may last.
 */

/**
 * The method of this name and descriptor that the class declares or inherits: static, virtual or an
 * interface's; "<init>" with a descriptor that ends in V for a constructor. Private ones are
 * refused, and so are those that are not public in a package which its module does not open. Find
 * it once and keep it, for the process's life: the same answer each time, on every thread. 0 with
 * HF_ENULL, HF_ENOTYPE, HF_ENOMETHOD, HF_ENOMEM, HF_ESCOPE, HF_ESHUTDOWN, HF_ENORUNTIME, HF_EFORK.
 */
static inline hf_method hf_method_find(hf_type type, const char *name, const char *descriptor) {
  return hf_api_ ? hf_api_->method_find(type, name, descriptor) : 0u;
}

/**
 * Calls a method of a counted object, overridden as in Java; of a static method with HF_NULL.
 * `args` has a value for each parameter (NULL if there is none), `result` may be NULL. References
 * among `args` must be counted, a reference in `result` is: give it back by hf_release.
 *
 * HF_OK, or, with *result left alone: HF_EJAVA if the method threw (hf_last_error says what, and
 * hf_exception_take gives it), HF_ETYPE for an object or argument of another class, HF_ENULL,
 * HF_EUNCOUNTED, HF_ESTALE, HF_EUNMIRRORED, HF_EINVAL (no method, a constructor, a static method
 * with an object), HF_ENOMETHOD (its class was unloaded), HF_EFULL (it was called, but its result
 * finds no room), HF_ENOMEM, HF_ESCOPE, HF_ESHUTDOWN, HF_ENORUNTIME, HF_EFORK.
 */
static inline hf_status hf_call(hf_ref ref, hf_method method, const hf_value *args,
                                hf_value *result) {
  return hf_api_ ? hf_api_->call(ref, method, args, result) : (hf_status)HF_ENORUNTIME;
}

/**
 * A counted handle of a new object of the constructor's class: give it back by hf_release. `args`
 * as for hf_call. NULL with what hf_call gives; HF_EINVAL if it is no constructor.
 */
static inline hf_ref hf_new(hf_method constructor, const hf_value *args) {
  return hf_api_ ? hf_api_->construct(constructor, args) : HF_NULL;
}

/**
 * What the last hf_call or hf_new of this thread threw, once: a counted handle. Any thread. HF_NULL
 * with HF_OK if it threw nothing; HF_NULL with HF_ENOMEM, HF_ENORUNTIME, HF_EFORK. Whoever takes it
 * gives it back by hf_release; if nobody does, the thread's next call, or its end, gives it back.
 */
static inline hf_ref hf_exception_take(void) {
  return hf_api_ ? hf_api_->exception_take() : HF_NULL;
}

/**
 * Makes an exception of this class, by its constructor (String), for the Java code that waits for
 * this thread to return; C goes on until then. Which code that is, innermost first:
 *   - it was called by hf_call or hf_new and has called C: its own result is dropped, and that
 *     hf_call fails with HF_EJAVA;
 *   - it has called C through Holdfast.load or Holdfast.calling of the Java API: that call throws,
 *     and its result is dropped (return NULL, not a handle that Java would have to give back).
 * (Plain JNA, JNI and FFM carry no exception: with them the Java code goes on as if nothing had
 * happened, until one of these.) A second one replaces the first. `message` is UTF-8, or NULL.
 *
 * HF_OK, HF_ENOCALLER if there is no such code, and then nothing was made; HF_ENOTYPE, HF_ETYPE (no
 * Throwable), HF_ENOMETHOD (no such constructor that may be called), HF_EJAVA, HF_ESCOPE,
 * HF_ENOMEM, HF_ESHUTDOWN, HF_ENORUNTIME, HF_EFORK.
 */
static inline hf_status hf_throw(hf_type type, const char *message) {
  return hf_api_ ? hf_api_->throw_new(type, message) : (hf_status)HF_ENORUNTIME;
}

/* ---- finding leaks --------------------------------------------------------------------------- */

/*
 * EXAMPLE
 *
 *   // A library that keeps everything by one function is told apart by the places of its callers.
 *   hf_ref keep_for(const char *user, hf_ref person) { return hf_retain_at(person, user); }
 *
 *   void drop_for(const char *user, hf_ref person) { hf_release_at(person, user); }
 *
 *   hf_ref best_friend(hf_ref person) { return keep_for("people.c: best_friend", person); }
 */

/*
 * In the debug mode Holdfast records who retained each handle, and where the last count was given
 * back. It needs no recompilation: the agent option debug=true, or at any time the operation
 * setRetainSampling(oneIn) of the MBean dev.holdfast:type=Handles (1 records all retains, n one in
 * n, 0 none). A leak report, grouped by place, oldest first, comes at the JVM's exit and from the
 * operation retainReport(); hf_last_error tells of a stale handle where it was last released. A
 * place is a Java stack, or the library and function that called (dladdr; the next one outwards if
 * the compiler made the call a jump, as the last of its function); in hf_last_error a Java stack is
 * a number, which the report and the log spell out. What Java counts because C has asked for it
 * (hf_retain_field, hf_read_refs, hf_call, ...) is C's. To have file and line instead, define
 * HF_TRACE_PLACES before this header is included:
 *
 *   #define HF_TRACE_PLACES
 *   #include "holdfast.h"
 *
 * Off, the debug mode costs nothing; HF_TRACE_PLACES costs a call more for each that counts.
 */

/**
 * hf_retain at a place, "file:line" or other words, which must stay valid for ever: a constant.
 * Else as hf_retain.
 */
static inline hf_ref hf_retain_at(hf_ref ref, const char *place) {
  return hf_api_ ? hf_api_->retain_at(ref, place) : HF_NULL;
}

/** hf_release at a place, likewise. Else as hf_release. */
static inline void hf_release_at(void *ref, const char *place) {
  if (hf_api_)
    hf_api_->release_at(ref, place);
}

#ifdef HF_TRACE_PLACES
#define HF_TEXT2_(x) #x
#define HF_TEXT_(x) HF_TEXT2_(x)
#define HF_PLACE_ __FILE__ ":" HF_TEXT_(__LINE__)
#define hf_retain(ref) hf_retain_at((ref), HF_PLACE_)
#define hf_release(ref) hf_release_at((ref), HF_PLACE_)

/* The other calls that give counted handles: the thread's next one is made at that place. */
#define HF_PLACED_(RESULT, NAME, PARAMETERS, ARGUMENTS)                                            \
  static inline RESULT NAME##_at_ PARAMETERS {                                                     \
    if (hf_api_)                                                                                   \
      hf_api_->at(place);                                                                          \
    return NAME ARGUMENTS;                                                                         \
  }
HF_PLACED_(hf_ref, hf_retain_field, (const char *place, hf_ref owner, hf_field field),
           (owner, field))
HF_PLACED_(hf_ref, hf_retain_path,
           (const char *place, hf_ref owner, const struct hf_step *steps, int32_t n),
           (owner, steps, n))
HF_PLACED_(hf_ref, hf_string_new, (const char *place, const char *utf8, int64_t length),
           (utf8, length))
HF_PLACED_(int64_t, hf_read_refs,
           (const char *place, hf_ref array_or_collection, int64_t from, int64_t n, hf_ref *out),
           (array_or_collection, from, n, out))
HF_PLACED_(hf_ref, hf_weak_get, (const char *place, hf_weak weak), (weak))
HF_PLACED_(hf_status, hf_call,
           (const char *place, hf_ref ref, hf_method method, const hf_value *args,
            hf_value *result),
           (ref, method, args, result))
HF_PLACED_(hf_ref, hf_new, (const char *place, hf_method constructor, const hf_value *args),
           (constructor, args))
#define hf_retain_field(...) hf_retain_field_at_(HF_PLACE_, __VA_ARGS__)
#define hf_retain_path(...) hf_retain_path_at_(HF_PLACE_, __VA_ARGS__)
#define hf_string_new(...) hf_string_new_at_(HF_PLACE_, __VA_ARGS__)
#define hf_read_refs(...) hf_read_refs_at_(HF_PLACE_, __VA_ARGS__)
#define hf_weak_get(...) hf_weak_get_at_(HF_PLACE_, __VA_ARGS__)
#define hf_call(...) hf_call_at_(HF_PLACE_, __VA_ARGS__)
#define hf_new(...) hf_new_at_(HF_PLACE_, __VA_ARGS__)
#endif

#ifdef __cplusplus
}
#endif

#endif
