// Makes writing to files below a folder fail in ways that a test asks for. Loaded by LD_PRELOAD.
//
//   FAULT_BELOW   the folder; other descriptors are left alone
//   FAULT         short      a write takes one byte of what it was given
//                 interrupt  every second write is interrupted
//                 full       no more than FAULT_AT bytes are taken in all; then ENOSPC
//                 sync       fsync and fdatasync fail with EIO, after FAULT_AT good ones
//                 garble     the last byte of what is written becomes another, without a word
//                 close      close does its work and fails with EIO
//   FAULT_LOG     a file that gets a byte for each fault that happened
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static long taken;
static int count;

static int is(const char *fault) {
  const char *wanted = getenv("FAULT");
  return wanted != NULL && strcmp(wanted, fault) == 0;
}

static long limit(void) {
  const char *at = getenv("FAULT_AT");
  return at == NULL ? 0 : atol(at);
}

static int concerns(int descriptor) {
  const char *below = getenv("FAULT_BELOW");
  char link[64], path[4096];
  struct stat status;
  if (below == NULL || descriptor < 3 || fstat(descriptor, &status) != 0) return 0;
  if (!S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode)) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return strncmp(path, below, strlen(below)) == 0;
}

static void note(void) {
  const char *log = getenv("FAULT_LOG");
  if (log == NULL) return;
  int file = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  syscall(SYS_write, file, "x", 1);
  syscall(SYS_close, file);
}

static ssize_t fail(int number) {
  note();
  errno = number;
  return -1;
}

// How many of `size` bytes may be written now; -1 if it is to fail.
static ssize_t share(int descriptor, size_t size) {
  if (!concerns(descriptor) || size == 0) return (ssize_t)size;
  if (is("short")) {
    if (size > 1) note();
    return 1;
  }
  if (is("interrupt") && count++ % 2 == 0) return fail(EINTR);
  if (is("full")) {
    long room = limit() - taken;
    if (room <= 0) return fail(ENOSPC);
    if ((long)size > room) {
      note();
      size = (size_t)room;
    }
    taken += (long)size;
  }
  return (ssize_t)size;
}

ssize_t write(int descriptor, const void *bytes, size_t size) {
  ssize_t part = share(descriptor, size);
  char garbled[4096];
  if (part > 0 && is("garble") && concerns(descriptor)) {
    note();
    if (part > (ssize_t)sizeof garbled) part = sizeof garbled;
    memcpy(garbled, bytes, (size_t)part);
    garbled[part - 1] ^= 1;
    bytes = garbled;
  }
  return part < 0 ? -1 : syscall(SYS_write, descriptor, bytes, part);
}

ssize_t pwrite(int descriptor, const void *bytes, size_t size, off_t place) {
  ssize_t part = share(descriptor, size);
  return part < 0 ? -1 : syscall(SYS_pwrite64, descriptor, bytes, part, place);
}

int fsync(int descriptor) {
  if (is("sync") && concerns(descriptor) && count++ >= limit()) return (int)fail(EIO);
  return (int)syscall(SYS_fsync, descriptor);
}

int fdatasync(int descriptor) {
  if (is("sync") && concerns(descriptor) && count++ >= limit()) return (int)fail(EIO);
  return (int)syscall(SYS_fdatasync, descriptor);
}

int close(int descriptor) {
  int is_to_fail = is("close") && concerns(descriptor);
  int result = (int)syscall(SYS_close, descriptor);
  return is_to_fail ? (int)fail(EIO) : result;
}
