/// Loops over many bytes, compiled twice: for any processor of the family and for one with AVX2 and BMI2. The loader takes
/// what the machine has.
#pragma once

/// Before a function's definition; what it calls is compiled along only where it is inlined. One way only for other
/// compilers and families, and under sanitizers, which are not ready when the loader chooses: so they try the plain way.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define CALLSCRUB_WIDE __attribute__((target_clones("arch=x86-64-v3", "default")))
#else
#define CALLSCRUB_WIDE
#endif
