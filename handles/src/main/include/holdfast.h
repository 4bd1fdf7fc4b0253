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
 * C11 or C++17, GCC or Clang, 64-bit platforms. Names that end in `_` are private to this header.
 */
#ifndef HOLDFAST_H
#define HOLDFAST_H

#include <dlfcn.h>
#include <stddef.h>
#include <stdint.h>

#if UINTPTR_MAX != 0xffffffffffffffffu
#error "Holdfast needs a 64-bit platform"
#endif

#ifdef __cplusplus
extern "C" {
#endif

/** The binary interface of this header: functions are appended, nothing else ever changes. */
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
  HF_ENOTYPE = -9,      /* no managed class of this name or number */
  HF_ENOFIELD = -10,    /* no mirrored field of this name */
  HF_ESCOPE = -11,      /* outside a scope what needs one, or hf_exit without hf_enter */
  HF_EUNMANAGED = -12,  /* the object has a handle but no mirror: its class is not managed */
  HF_ENOMEM = -13,      /* out of memory */
  HF_ESHUTDOWN = -14,   /* the JVM is shutting down, and this needs Java */
  HF_EFORK = -15,       /* in a forked child, where there is no JVM */
  HF_EJAVA = -16,       /* Java threw an exception; the application's log has it */
  HF_EUNMIRRORED = -17, /* HF_UNMIRRORED, or an object that is only just getting its mirror */
  HF_EINVAL = -18,      /* not a handle at all, or an argument out of range */
  HF_EPIN = -19,        /* unpinned more often than pinned */
  HF_EFULL = -20        /* the arena is full, the object cannot be mirrored now */
};

/** A managed class: positive, never reused; 0 is none. */
typedef uint32_t hf_type;

/**
 * A field of a managed class: a constant that generated headers carry and hf_field_find computes,
 * the same in each run, for each class loader, and for subclasses. An object without that very
 * field at that place refuses it with HF_ETYPE. 0 is none.
 */
typedef uint64_t hf_field;

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
};

/* One pointer for each linked library or program, shared by all of its C and C++ files. */
__attribute__((weak, visibility("hidden"))) const struct hf_api *hf_api_ = NULL;

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

#if defined(__APPLE__)
#define HF_EVERYWHERE_ ((void *)-2) /* RTLD_DEFAULT, which strict C hides */
#define HF_LIBRARY_ "libholdfast.1.dylib"
#else
#define HF_EVERYWHERE_ ((void *)0)
#define HF_LIBRARY_ "libholdfast.so.1"
#endif

/**
 * Finds the runtime, for the library or program that this call is compiled into; loads nothing.
 * Pass HF_ABI_VERSION. May be called again: it succeeds once the JVM has started Holdfast.
 * Returns HF_OK, HF_ENORUNTIME, HF_EABI, HF_ESHUTDOWN, HF_EFORK.
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
    if (api->abi != abi || api->size < sizeof(struct hf_api))
      return HF_EABI;
    __atomic_store_n(&hf_api_, api, __ATOMIC_RELEASE);
  }
  return api->init();
}

/** The runtime's binary interface, 0 before hf_init has found it. */
static inline uint32_t hf_abi_version(void) { return hf_api_ ? hf_api_->abi : 0u; }

/** Why a call of this thread failed, or HF_OK; see ERRORS above for which calls set it. */
static inline hf_status hf_last_status(void) {
  return hf_api_ ? hf_api_->last_status() : (hf_status)HF_ENORUNTIME;
}

/** The same in words, with the values. Never NULL; valid until the thread's next failing call. */
static inline const char *hf_last_error(void) {
  return hf_api_ ? hf_api_->last_error()
                 : "HF_ENORUNTIME: hf_init has not found Holdfast in this process";
}

/** "HF_ESTALE" for HF_ESTALE, and so on; "HF_?" for a number that is no status. A constant. */
static inline const char *hf_status_name(hf_status status) {
  if (hf_api_)
    return hf_api_->status_name(status);
  return status == HF_ENORUNTIME ? "HF_ENORUNTIME" : status == HF_EABI ? "HF_EABI" : "HF_?";
}

/**
 * Has `fn` told of misuse in all threads; NULL for nobody. There is one in a process: a library
 * that can be unloaded takes it back before. HF_OK, HF_ENORUNTIME, HF_ENOMEM.
 */
static inline hf_status hf_on_misuse(hf_misuse_function fn, void *ctx) {
  return hf_api_ ? hf_api_->on_misuse(fn, ctx) : (hf_status)HF_ENORUNTIME;
}

/** Fills in `out`, whose `size` the caller has set (else HF_EINVAL). Visits every record. */
static inline hf_status hf_stats(struct hf_stats *out) {
  return hf_api_ ? hf_api_->stats(out) : (hf_status)HF_ENORUNTIME;
}

/* ---- ownership ------------------------------------------------------------------------------- */

/**
 * Counts one more owner of a handle that is counted already, and returns it. One atomic operation;
 * needs no scope. A count of 4294967295 stays for ever. NULL with HF_ENULL, HF_EUNMIRRORED,
 * HF_EINVAL, HF_ESTALE, HF_EUNCOUNTED (keep what was read from a mirror by hf_retain_field),
 * HF_ENORUNTIME, HF_EFORK.
 */
static inline hf_ref hf_retain(hf_ref ref) { return hf_api_ ? hf_api_->retain(ref) : HF_NULL; }

/** hf_retain in the shape of a copy function. */
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

/** Gives `n` counts back, or none (HF_EOVERRELEASE) if there are fewer. Else like hf_release. */
static inline hf_status hf_release_n(hf_ref ref, uint32_t n) {
  return hf_api_ ? hf_api_->release_n(ref, n) : (hf_status)HF_ENORUNTIME;
}

/** How often the handle is counted at this moment, by anybody; 0 also if it fails. */
static inline uint32_t hf_count(hf_ref ref) { return hf_api_ ? hf_api_->count(ref) : 0u; }

/**
 * hf_release as a function value. It points into the runtime, which is never unloaded, so it may
 * outlive the library that hands it out as a destroy function: do not use &hf_release for that.
 * NULL before hf_init has found the runtime.
 */
static inline hf_destroy_function hf_release_function(void) {
  return hf_api_ ? hf_api_->release : NULL;
}

/** hf_retain_ptr as a function value, likewise. */
static inline hf_copy_function hf_retain_function(void) {
  return hf_api_ ? hf_api_->retain_ptr : NULL;
}

/**
 * Java's equals, in the shape of a hash table's callback: 1 or 0. One crossing into Java, unless
 * the handles are equal or one is NULL. Both must be counted (HF_EUNCOUNTED). 0 if it fails.
 */
static inline int hf_java_equal(const void *a, const void *b) {
  return hf_api_ ? hf_api_->java_equal(a, b) : 0;
}

/** Java's hashCode, likewise. 0 for NULL, and if it fails. */
static inline unsigned hf_java_hash(const void *ref) {
  return hf_api_ ? hf_api_->java_hash(ref) : 0u;
}

/* ---- scopes ---------------------------------------------------------------------------------- */

/** Opens a scope, or nests in the open one. Memory waits for it: it is reported after 10 s. */
static inline void hf_enter(void) {
  if (hf_api_)
    hf_api_->enter();
}

/** Closes what hf_enter opened. With the outermost scope all pointers from hf_deref end. */
static inline void hf_exit(void) {
  if (hf_api_)
    hf_api_->exit();
}

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

/**
 * The object's mirror, to be read as its class's struct (generated headers have a checked NAME_of).
 * Only in a scope; valid until the thread's outermost scope ends, and possibly one copy old by
 * then. Java writes while C reads, as with any shared memory. NULL with HF_ENULL, HF_EUNMIRRORED,
 * HF_EINVAL, HF_ESTALE, HF_EUNMANAGED, HF_ESCOPE, HF_ENORUNTIME, HF_EFORK, HF_ENOMEM.
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
 * hf_deref of an object of the expected class (checked in line) or a subclass (in a short call).
 * NULL also with HF_ETYPE, or HF_ELAYOUT if that class does not begin with the expected fields.
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
 * acquire order, in a scope or outside. HF_OK, or what hf_deref gives, or HF_ETYPE (the object has
 * no such field, or it is of another kind), and then *out is left alone.
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

/**
 * A counted handle of the object that `field` of `owner` refers to at this moment, also if its
 * mirror shows HF_UNMIRRORED; one crossing into Java. Give it back by hf_release. NULL with HF_OK
 * for Java null; NULL with HF_EUNCOUNTED (nobody owns `owner`), HF_ESTALE, HF_ETYPE, HF_EUNMANAGED,
 * HF_EFULL, HF_ESHUTDOWN, HF_EJAVA, HF_ENORUNTIME, HF_EFORK.
 */
static inline hf_ref hf_retain_field(hf_ref owner, hf_field field) {
  return hf_api_ ? hf_api_->retain_field(owner, field) : HF_NULL;
}

/** hf_retain_field along `n` steps, one crossing; NULL with HF_OK if null is met on the way. */
static inline hf_ref hf_retain_path(hf_ref owner, const struct hf_step *steps, int32_t n) {
  return hf_api_ ? hf_api_->retain_path(owner, steps, n) : HF_NULL;
}

/* ---- text ------------------------------------------------------------------------------------ */

/**
 * Copies the String (or other CharSequence) in a field of a counted `owner` into `buf` as UTF-8;
 * one crossing into Java. Writes whole characters and a NUL, `cap` bytes at most; `cap` 0 only
 * asks. Returns the bytes of the whole text without NUL (>= cap: it was cut), or a negative
 * hf_status: HF_ENULL for Java null, HF_ETYPE, and what hf_retain_field gives.
 */
static inline int64_t hf_field_utf8(hf_ref owner, hf_field field, char *buf, int64_t cap) {
  return hf_api_ ? hf_api_->field_utf8(owner, field, buf, cap) : (int64_t)HF_ENORUNTIME;
}

/** The same for a counted handle of a String or other CharSequence. */
static inline int64_t hf_string_utf8(hf_ref ref, char *buf, int64_t cap) {
  return hf_api_ ? hf_api_->string_utf8(ref, buf, cap) : (int64_t)HF_ENORUNTIME;
}

/* ---- pinning --------------------------------------------------------------------------------- */

/**
 * Keeps a counted object's mirror, with its neighbours, where it is until hf_unpin; nests. The
 * pointer needs no scope and is good on all threads until then, while the handle stays counted.
 * Pinned memory cannot be compacted: pin briefly. NULL with HF_EUNCOUNTED or what hf_deref gives.
 */
static inline const void *hf_pin(hf_ref ref) { return hf_api_ ? hf_api_->pin(ref) : NULL; }

/** Gives one pin back; any thread, also after the last release. HF_EPIN if there is none. */
static inline hf_status hf_unpin(hf_ref ref) {
  return hf_api_ ? hf_api_->unpin(ref) : (hf_status)HF_ENORUNTIME;
}

/* ---- types ----------------------------------------------------------------------------------- */

/** The managed class of this binary name, the first if several loaders have one. 0: HF_ENOTYPE. */
static inline hf_type hf_type_find(const char *name) {
  return hf_api_ ? hf_api_->type_find(name) : 0u;
}

/** The object's own class. 0 with what hf_deref gives, except HF_ESCOPE. */
static inline hf_type hf_type_of(hf_ref ref) { return hf_api_ ? hf_api_->type_of(ref) : 0u; }

/** Its binary name, valid for ever. NULL with HF_ENOTYPE. */
static inline const char *hf_type_name(hf_type type) {
  return hf_api_ ? hf_api_->type_name(type) : NULL;
}

/** 1 if the object is of this class or a subclass; 0 if not, or if it fails. */
static inline int hf_instance_of(hf_ref ref, hf_type type) {
  return hf_api_ ? hf_api_->instance_of(ref, type) : 0;
}

/** The field of this name that the class declares or, nearest first, inherits. 0: HF_ENOFIELD. */
static inline hf_field hf_field_find(hf_type type, const char *name) {
  return hf_api_ ? hf_api_->field_find(type, name) : 0u;
}

/**
 * Do the fields of the class of this name begin with those of the fingerprint? Asked at start by
 * generated headers. HF_OK, HF_ENOTYPE, or HF_ELAYOUT, and hf_last_error names both fingerprints.
 */
static inline hf_status hf_type_check(const char *name, uint64_t fingerprint) {
  return hf_api_ ? hf_api_->type_check(name, fingerprint) : (hf_status)HF_ENORUNTIME;
}

#ifdef __cplusplus
}
#endif

#endif
