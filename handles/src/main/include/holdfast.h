/* The public C API of Holdfast. */
#ifndef HOLDFAST_H
#define HOLDFAST_H

#ifdef __cplusplus
extern "C" {
#endif

#define HF_ABI_VERSION 1

#if defined(__GNUC__)
#define HF_EXPORT __attribute__((visibility("default")))
#else
#define HF_EXPORT
#endif

HF_EXPORT int hf_abi_version(void);

#ifdef __cplusplus
}
#endif

#endif
