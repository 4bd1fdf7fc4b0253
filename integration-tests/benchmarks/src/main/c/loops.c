/*
 * The loops of NativeLoops.java: what C does through Holdfast, and the same by other means.
 */
#include "managed.h"
#include <jni.h>
#include <stdatomic.h>

#define NATIVE(type) JNIEXPORT type JNICALL

NATIVE(void) Java_dev_holdfast_benchmarks_NativeLoops_begin(JNIEnv *env, jclass loops) {
  (void)loops;
  if (managed_init() == HF_OK)
    return;
  jclass exception = (*env)->FindClass(env, "java/lang/IllegalStateException");
  if (exception)
    (*env)->ThrowNew(env, exception, hf_last_error());
}

/* ---- a linked list --------------------------------------------------------------------------- */

NATIVE(jlong)
Java_dev_holdfast_benchmarks_NativeLoops_walkMirrors(JNIEnv *env, jclass loops, jlong head) {
  (void)env;
  (void)loops;
  int64_t sum = 0;
  hf_enter();
  for (hf_ref at = (hf_ref)(uintptr_t)head; at != HF_NULL;) {
    const Node *node = Node_of(at);
    if (!node) {
      sum = -1;
      break;
    }
    sum += node->value;
    at = node->next;
  }
  hf_exit();
  return sum;
}

NATIVE(jlong)
Java_dev_holdfast_benchmarks_NativeLoops_walkJni(JNIEnv *env, jclass loops, jobject head) {
  (void)loops;
  jclass node = (*env)->GetObjectClass(env, head);
  jfieldID value = (*env)->GetFieldID(env, node, "value", "I");
  jfieldID next = (*env)->GetFieldID(env, node, "next", "Ldev/holdfast/benchmarks/plain/Node;");
  jlong sum = 0;
  jobject at = (*env)->NewLocalRef(env, head);
  while (at) {
    sum += (*env)->GetIntField(env, at, value);
    jobject following = (*env)->GetObjectField(env, at, next);
    (*env)->DeleteLocalRef(env, at);
    at = following;
  }
  return sum;
}

/* ---- counting -------------------------------------------------------------------------------- */

NATIVE(void)
Java_dev_holdfast_benchmarks_NativeLoops_retainAndRelease(JNIEnv *env, jclass loops, jlong handle,
                                                          jint rounds) {
  (void)env;
  (void)loops;
  hf_ref ref = (hf_ref)(uintptr_t)handle;
  for (jint i = 0; i < rounds; i++)
    hf_release(hf_retain(ref));
}

NATIVE(void)
Java_dev_holdfast_benchmarks_NativeLoops_addAndSubtract(JNIEnv *env, jclass loops, jint rounds) {
  (void)env;
  (void)loops;
  static _Alignas(64) _Atomic(uint64_t) word = 1;
  for (jint i = 0; i < rounds; i++) {
    atomic_fetch_add(&word, 1);
    atomic_fetch_sub(&word, 1);
  }
}

NATIVE(void)
Java_dev_holdfast_benchmarks_NativeLoops_globalReference(JNIEnv *env, jclass loops, jobject object,
                                                         jint rounds) {
  (void)loops;
  for (jint i = 0; i < rounds; i++)
    (*env)->DeleteGlobalRef(env, (*env)->NewGlobalRef(env, object));
}

/* ---- calling --------------------------------------------------------------------------------- */

NATIVE(jlong)
Java_dev_holdfast_benchmarks_NativeLoops_callMethod(JNIEnv *env, jclass loops, jlong handle,
                                                    jint rounds) {
  (void)env;
  (void)loops;
  hf_ref ref = (hf_ref)(uintptr_t)handle;
  hf_method method = hf_method_find(hf_type_find("java.lang.Integer"), "intValue", "()I");
  jlong sum = 0;
  for (jint i = 0; i < rounds; i++) {
    hf_value value;
    if (hf_call(ref, method, NULL, &value) != HF_OK)
      return -1;
    sum += value.i32;
  }
  return sum;
}

NATIVE(jlong)
Java_dev_holdfast_benchmarks_NativeLoops_callIntMethod(JNIEnv *env, jclass loops, jobject object,
                                                       jint rounds) {
  (void)loops;
  jclass integer = (*env)->GetObjectClass(env, object);
  jmethodID method = (*env)->GetMethodID(env, integer, "intValue", "()I");
  jlong sum = 0;
  for (jint i = 0; i < rounds; i++)
    sum += (*env)->CallIntMethod(env, object, method);
  return sum;
}

/* ---- an ArrayList ---------------------------------------------------------------------------- */

enum { BLOCK = 1024 };

NATIVE(jlong)
Java_dev_holdfast_benchmarks_NativeLoops_readInBlocks(JNIEnv *env, jclass loops, jlong list) {
  (void)env;
  (void)loops;
  hf_ref block[BLOCK];
  int64_t from = 0;
  int64_t sum = 0;
  int64_t n;
  while ((n = hf_read_refs((hf_ref)(uintptr_t)list, from, BLOCK, block)) > 0) {
    hf_enter();
    for (int64_t i = 0; i < n; i++) {
      const Node *node = Node_of(block[i]);
      sum += node ? node->value : 0;
    }
    hf_exit();
    for (int64_t i = 0; i < n; i++)
      hf_release(block[i]);
    from += n;
  }
  return n < 0 ? n : sum;
}

NATIVE(jlong)
Java_dev_holdfast_benchmarks_NativeLoops_readByGet(JNIEnv *env, jclass loops, jobject list,
                                                   jint size) {
  (void)loops;
  jclass of_list = (*env)->GetObjectClass(env, list);
  jmethodID get = (*env)->GetMethodID(env, of_list, "get", "(I)Ljava/lang/Object;");
  jobject first = (*env)->CallObjectMethod(env, list, get, 0);
  jfieldID value = (*env)->GetFieldID(env, (*env)->GetObjectClass(env, first), "value", "I");
  jlong sum = 0;
  for (jint i = 0; i < size; i++) {
    jobject node = (*env)->CallObjectMethod(env, list, get, i);
    sum += (*env)->GetIntField(env, node, value);
    (*env)->DeleteLocalRef(env, node);
  }
  return sum;
}
