/* As a JNI library it calls Holdfast while the JVM loads it, and keeps what it was answered. */
#include "holdfast.h"

/* In the order of OnLoad.java. */
enum { INIT, OF_NULL, OF_BITS, OF_POINTER, NO_NAME, NO_STATS, TEXT, LENGTH, GIVEN_BACK, ANSWERS };

#define SHOWN __attribute__((visibility("default")))

/* As jni.h has them, without the need of it. */
#define JNI_VERSION_1_8 0x00010008
SHOWN int32_t JNI_OnLoad(void *vm, void *reserved);

SHOWN int32_t onload_answer(int32_t at);

static int32_t answers[ANSWERS];

int32_t onload_answer(int32_t at) { return at < ANSWERS ? answers[at] : 0; }

static int32_t of_retain(hf_ref ref) {
  return hf_retain(ref) == HF_NULL ? hf_last_status() : HF_OK;
}

int32_t JNI_OnLoad(void *vm, void *reserved) {
  (void)reserved;
  answers[INIT] = hf_init(HF_ABI_VERSION);
  answers[OF_NULL] = of_retain(NULL);
  answers[OF_BITS] = of_retain((hf_ref)(uintptr_t)0x123456789abcdef1);
  answers[OF_POINTER] = of_retain((hf_ref)vm);
  answers[NO_NAME] = hf_type_find(NULL) == 0 ? hf_last_status() : HF_OK;
  answers[NO_STATS] = hf_stats(NULL);
  hf_ref text = hf_string_new("while the JVM loads a library", -1);
  answers[TEXT] = hf_last_status();
  char small[4];
  answers[LENGTH] = (int32_t)hf_string_utf8(text, small, sizeof small);
  hf_release(text);
  answers[GIVEN_BACK] = hf_last_status();
  return JNI_VERSION_1_8;
}
