#define _GNU_SOURCE
#include "CProcess.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#ifndef MFD_NOEXEC_SEAL
#define MFD_NOEXEC_SEAL 0x0008U
#endif

extern char **environ;

char *const *kp_environment(void) { return environ; }

static char **words;

// The C library hands them to what runs before main; Swift reads them from /proc, which need not be there.
__attribute__((constructor)) static void note_words(int count, char **arguments) {
  (void)count;
  words = arguments;
}

char **kp_words(void) { return words; }

static int write_whole(int descriptor, const char *bytes, size_t count) {
  int interruptions = 0;
  while (count > 0) {
    ssize_t written = write(descriptor, bytes, count);
    if (written < 0 && errno == EINTR && ++interruptions < 1000) continue;
    if (written <= 0) return -1;
    bytes += written;
    count -= (size_t)written;
  }
  return 0;
}

int kp_sealed_file(const char *name, const void *bytes, size_t count) {
  int file = memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING | MFD_NOEXEC_SEAL);
  // Linux before 6.3 does not know the flag.
  if (file < 0 && errno == EINVAL) file = memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (file < 0) return -1;
  // Without these rights, whoever opens it anew by its path can't open it for writing either.
  if (write_whole(file, bytes, count) != 0 || fchmod(file, 0400) != 0 ||
      fcntl(file, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE) != 0) {
    int number = errno;
    close(file);
    errno = number;
    return -1;
  }
  char path[64];
  snprintf(path, sizeof path, "/proc/self/fd/%d", file);
  // A descriptor of its own, which can only read, and stands at the beginning.
  int reader = open(path, O_RDONLY);
  if (reader < 0) {
    // Without /proc: the same descriptor; the seals keep it from being written.
    if (lseek(file, 0, SEEK_SET) != 0 || fcntl(file, F_SETFD, 0) != 0) {
      close(file);
      return -1;
    }
    return file;
  }
  close(file);
  return reader;
}

// MARK: - Replacing this process

void kp_open_descriptors(unsigned char *open_ones, size_t count) {
  memset(open_ones, 0, count);
  DIR *folder = opendir("/proc/self/fd");
  if (folder == NULL) {
    for (size_t i = 0; i < count; i++) open_ones[i] = fcntl((int)i, F_GETFD) >= 0;
    return;
  }
  for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
    if (entry->d_name[0] == '.') continue;
    int descriptor = atoi(entry->d_name);
    if (descriptor != dirfd(folder) && (size_t)descriptor < count) open_ones[descriptor] = 1;
  }
  closedir(folder);
}

void kp_shut_out(const unsigned char *kept, size_t count) {
  unsigned char now[KP_DESCRIPTORS];
  if (count > sizeof now) count = sizeof now;
  kp_open_descriptors(now, count);
  for (size_t i = 3; i < count; i++) {
    if (!now[i] || kept[i]) continue;
    int flags = fcntl((int)i, F_GETFD);
    if (flags >= 0) fcntl((int)i, F_SETFD, flags | FD_CLOEXEC);
  }
  // All above at once; Linux before 5.11 has no such call, and they are marked one by one.
  if (close_range((unsigned)count, ~0U, CLOSE_RANGE_CLOEXEC) == 0) return;
  DIR *folder = opendir("/proc/self/fd");
  if (folder == NULL) return;
  for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
    int descriptor = atoi(entry->d_name);
    if (descriptor >= 0 && (size_t)descriptor >= count) fcntl(descriptor, F_SETFD, FD_CLOEXEC);
  }
  closedir(folder);
}

void kp_default_signals(void) {
  for (int number = 1; number < NSIG; number++) {
    struct sigaction action;
    if (sigaction(number, NULL, &action) != 0 || action.sa_handler == SIG_IGN || action.sa_handler == SIG_DFL) continue;
    memset(&action, 0, sizeof action);
    action.sa_handler = SIG_DFL;
    sigaction(number, &action, NULL);
  }
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
}

int kp_replace(char *const arguments[], char *const environment[]) {
  execvpe(arguments[0], arguments, environment);
  return errno;
}
