/* LD_PRELOAD: the allocation number FAIL_AT fails, and every later one if FAIL_ON is set. Counted from the first thing
 * that main does (fcntl(0, F_GETFD) of guard_standard_streams) on. With COUNT_TO, the number of allocations is
 * written to that file at the end. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

extern void* __libc_malloc(size_t);
extern void* __libc_calloc(size_t, size_t);
extern void* __libc_realloc(void*, size_t);

static atomic_int counting;
static atomic_long count;
static long fail_at;
static int fail_on;

static int fails(void) {
    if (!atomic_load(&counting)) return 0;
    const long now = atomic_fetch_add(&count, 1) + 1;
    return fail_at != 0 && (now == fail_at || (fail_on && now > fail_at));
}

void* malloc(size_t size) {
    if (fails()) return errno = ENOMEM, NULL;
    return __libc_malloc(size);
}
void* calloc(size_t number, size_t size) {
    if (fails()) return errno = ENOMEM, NULL;
    return __libc_calloc(number, size);
}
void* realloc(void* old, size_t size) {
    if (fails()) return errno = ENOMEM, NULL;
    return __libc_realloc(old, size);
}

int fcntl(int fd, int command, ...) {
    static int (*real)(int, int, ...);
    if (real == NULL) {
        *(void**)&real = dlsym(RTLD_NEXT, "fcntl");
        fail_at = getenv("FAIL_AT") ? atol(getenv("FAIL_AT")) : 0;
        fail_on = getenv("FAIL_ON") != NULL;
    }
    if (fd == 0 && command == F_GETFD) atomic_store(&counting, 1);
    va_list arguments;
    va_start(arguments, command);
    void* argument = va_arg(arguments, void*);
    va_end(arguments);
    return real(fd, command, argument);
}

__attribute__((destructor)) static void tell(void) {
    const char* path = getenv("COUNT_TO");
    if (path == NULL) return;
    atomic_store(&counting, 0);
    FILE* file = fopen(path, "w");
    if (file == NULL) return;
    fprintf(file, "%ld\n", atomic_load(&count));
    fclose(file);
}
