#define _GNU_SOURCE
#include "error.h"
#include "clock.h"
#include "track.h"
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const names[] = {
    "HF_OK",           "HF_ENORUNTIME", "HF_EABI",        "HF_ESTALE",   "HF_EUNCOUNTED",
    "HF_EOVERRELEASE", "HF_ENULL",      "HF_ETYPE",       "HF_ELAYOUT",  "HF_ENOTYPE",
    "HF_ENOFIELD",     "HF_ESCOPE",     "HF_EUNMANAGED",  "HF_ENOMEM",   "HF_ESHUTDOWN",
    "HF_EFORK",        "HF_EJAVA",      "HF_EUNMIRRORED", "HF_EINVAL",   "HF_EPIN",
    "HF_EFULL",        "HF_EFINAL",     "HF_ENOMETHOD",   "HF_ENOCALLER"};
#define LAST HF_ENOCALLER
_Static_assert(sizeof names / sizeof *names == 1 - LAST, "a name for each status");

const char *hfi_status_name(hf_status status) {
  return status <= 0 && status >= LAST ? names[-status] : "HF_?";
}

/* The JVM's argument that starts the agent, up to the class names; NULL where the agent runs.
   Release pairs with acquire: the text before the pointer. It is never freed. */
static _Atomic(const char *) agent_line;

void hfi_advise(const char *line) {
  char *copy = strdup(line);
  atomic_store_explicit(&agent_line, copy, memory_order_release);
}

static const char *advice(void) { return atomic_load_explicit(&agent_line, memory_order_acquire); }

hf_status hfi_no_type(const char *name) {
  return advice() ? hfi_failf(HF_EUNMANAGED,
                              "HF_EUNMANAGED: %s has no mirrors: the agent does not run, add %s%s",
                              name, advice(), name)
                  : hfi_failf(HF_ENOTYPE, "HF_ENOTYPE: no managed class is named %s", name);
}

/* ---- words ----------------------------------------------------------------------------------- */

static const char *constant_words(hf_status status) {
  switch (status) {
  case HF_OK:
    return "HF_OK: the last call succeeded";
  case HF_ENORUNTIME:
    return "HF_ENORUNTIME: no JVM with Holdfast has started in this process";
  case HF_EFORK:
    return "HF_EFORK: this process was forked from one with a JVM, and has none itself";
  case HF_ENOMEM:
    return "HF_ENOMEM: out of memory";
  case HF_ESHUTDOWN:
    return "HF_ESHUTDOWN: the JVM is shutting down";
  case HF_ENULL:
    return "HF_ENULL: NULL where an object or a pointer is needed";
  case HF_EUNMIRRORED:
    return "HF_EUNMIRRORED: the object has no mirror (yet); hf_retain_field gives a handle of it";
  default:
    return NULL;
  }
}

static void format(struct hfi_thread *self) {
  const char *constant = constant_words(self->failed_status);
  const char *name = hfi_status_name(self->failed_status);
  uint64_t ref = self->failed_ref;
  uint64_t a = self->failed_values[0];
  uint64_t b = self->failed_values[1];
  char *to = self->message;
  size_t n = sizeof self->message;
  if (constant) {
    snprintf(to, n, "%s", constant);
    return;
  }
  switch (self->failed_status) {
  case HF_ESTALE:
    snprintf(to, n,
             "%s: the object of handle %#" PRIx64 " has died: entry %u has stamp %" PRIu64
             ", the handle %u",
             name, ref, hfi_index(ref), a, hfi_stamp(ref));
    break;
  case HF_EUNCOUNTED:
    snprintf(to, n, "%s: handle %#" PRIx64 " has count 0: it is borrowed, or was given back", name,
             ref);
    break;
  case HF_EOVERRELEASE:
    snprintf(to, n, "%s: %" PRIu64 " released of handle %#" PRIx64 ", whose count is %" PRIu64,
             name, a, ref, b);
    break;
  case HF_ESCOPE:
    snprintf(to, n, "%s: called outside a scope (hf_enter ... hf_exit), handle %#" PRIx64, name,
             ref);
    break;
  case HF_ETYPE:
    if (a == 0) {
      snprintf(to, n, "%s: the object of handle %#" PRIx64 " is of another type than is needed",
               name, ref);
      break;
    }
    snprintf(to, n,
             "%s: the object of handle %#" PRIx64 " has no field %#" PRIx64
             " (kind %u, offset %u) of the kind asked for",
             name, ref, a, (unsigned)(a >> 24 & 255), (unsigned)(a & 0xffffff));
    break;
  case HF_EUNMANAGED:
    snprintf(to, n,
             "%s: the object of handle %#" PRIx64 " is of no managed class, it has no mirror%s%s%s",
             name, ref, advice() ? ": the agent does not run, add " : "", advice() ? advice() : "",
             advice() ? "CLASS" : "");
    break;
  case HF_EINVAL:
    snprintf(to, n, "%s: %#" PRIx64 " is no handle", name, ref);
    break;
  case HF_EPIN:
    snprintf(to, n, "%s: handle %#" PRIx64 " was unpinned more often than pinned", name, ref);
    break;
  case HF_EJAVA:
    snprintf(to, n, "%s: Java threw an exception for handle %#" PRIx64 ", see its log", name, ref);
    break;
  case HF_EFINAL:
    snprintf(to, n, "%s: field %#" PRIx64 " of the object of handle %#" PRIx64 " is final", name, a,
             ref);
    break;
  default:
    snprintf(to, n, "%s: handle %#" PRIx64, name, ref);
  }
  size_t length = strlen(to);
  if (self->failed_status == HF_ESTALE || self->failed_status == HF_EUNCOUNTED ||
      self->failed_status == HF_EOVERRELEASE)
    hfi_track_released(ref, to + length, n - length);
}

static const char *words(struct hfi_thread *self) {
  if (!self->formatted) {
    format(self);
    self->formatted = true;
  }
  return self->message;
}

hf_status hfi_last_status(void) {
  struct hfi_thread *self = hfi_self();
  if (self)
    return self->record.status;
  hf_status status = hfi_running();
  return status != HF_OK ? status : (hf_status)HF_ENOMEM;
}

const char *hfi_last_error(void) {
  struct hfi_thread *self = hfi_self();
  if (!self)
    return constant_words(hfi_last_status());
  /* The status is newer than the failure when calls have succeeded since. */
  if (self->record.status != self->failed_status) {
    self->failed_status = self->record.status;
    self->formatted = false;
  }
  return words(self);
}

/* ---- misuse ---------------------------------------------------------------------------------- */

struct listener {
  hf_misuse_function fn;
  void *ctx;
  struct listener *previous; /* kept: another thread may be about to call it */
};
static _Atomic(struct listener *) listener;

/* Java is told of each kind at most this often: a loop of misuse does not attach its thread each
 * time. */
#define REPORT_INTERVAL_NANOS 100000000u
#define KINDS 32
static _Atomic(uint64_t) reported_at[KINDS];

hf_status hfi_on_misuse(hf_misuse_function fn, void *ctx) {
  struct listener *now = malloc(sizeof *now);
  if (!now)
    return hfi_fail(HF_ENOMEM, 0, 0, 0);
  now->fn = fn;
  now->ctx = ctx;
  now->previous = atomic_load_explicit(&listener, memory_order_relaxed);
  while (!atomic_compare_exchange_weak_explicit(&listener, &now->previous, now,
                                                memory_order_acq_rel, memory_order_relaxed))
    ;
  hfi_succeed(hfi_self());
  return HF_OK;
}

static bool java_wants_it(hf_status status) {
  if (!hfi_upcalls()->misuse || hfi_java_running() != HF_OK)
    return false;
  uint64_t now = hfi_now();
  _Atomic(uint64_t) *at = &reported_at[-status & (KINDS - 1)];
  uint64_t last = atomic_load_explicit(at, memory_order_relaxed);
  return (last == 0 || now - last >= REPORT_INTERVAL_NANOS) &&
         atomic_compare_exchange_strong(at, &last, now);
}

static void report(struct hfi_thread *self, hf_status status, uint64_t ref) {
  if (self->reporting)
    return;
  self->reporting = true;
  struct listener *to = atomic_load_explicit(&listener, memory_order_acquire);
  if (to && to->fn)
    to->fn(to->ctx, status, hfi_ref(ref), words(self));
  if (java_wants_it(status))
    hfi_upcalls()->misuse(status, ref, words(self));
  self->reporting = false;
}

static void count_and_report(struct hfi_thread *self, hf_status status, uint64_t ref) {
  switch (status) {
  case HF_ESTALE:
    hfi_add(&self->record.stale, 1);
    break;
  case HF_EUNCOUNTED:
    hfi_add(&self->record.uncounted, 1);
    break;
  case HF_EOVERRELEASE:
    hfi_add(&self->record.over_releases, 1);
    break;
  case HF_ESCOPE:
  case HF_EPIN:
  case HF_EINVAL:
    break;
  default:
    return;
  }
  report(self, status, ref);
}

/* ---- failing --------------------------------------------------------------------------------- */

hf_status hfi_fail(hf_status status, uint64_t ref, uint64_t value0, uint64_t value1) {
  struct hfi_thread *self = hfi_self();
  if (!self)
    return status;
  self->record.status = self->failed_status = status;
  self->failed_ref = ref;
  self->failed_values[0] = value0;
  self->failed_values[1] = value1;
  self->formatted = false;
  if (status == HF_ESTALE && hfi_entry(ref))
    self->failed_values[0] = atomic_load_explicit(&hfi_entry(ref)->stamp, memory_order_relaxed);
  count_and_report(self, status, ref);
  /* A misuse function may have called us. */
  self->record.status = status;
  return status;
}

hf_status hfi_failf(hf_status status, const char *format, ...) {
  struct hfi_thread *self = hfi_self();
  if (!self)
    return status;
  self->record.status = self->failed_status = status;
  self->formatted = true;
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(self->message, sizeof self->message, format, arguments);
  va_end(arguments);
  return status;
}
