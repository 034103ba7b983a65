#define _GNU_SOURCE
#include "CProcess.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>

int kp_start_detached(const char *path, char *const arguments[], char *const environment[]) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  int number = posix_spawn_file_actions_init(&actions);
  if (number != 0) return number;
  number = posix_spawnattr_init(&attributes);
  if (number != 0) {
    posix_spawn_file_actions_destroy(&actions);
    return number;
  }
  sigset_t all, none;
  sigfillset(&all);
  sigemptyset(&none);
  for (int descriptor = 0; number == 0 && descriptor < 3; descriptor++) {
    number = posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0);
  }
  if (number == 0) number = posix_spawn_file_actions_addclosefrom_np(&actions, 3);
  if (number == 0) number = posix_spawnattr_setsigdefault(&attributes, &all);
  if (number == 0) number = posix_spawnattr_setsigmask(&attributes, &none);
  short flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSID;
  if (number == 0) number = posix_spawnattr_setflags(&attributes, flags);
  pid_t process;
  if (number == 0) number = posix_spawn(&process, path, &actions, &attributes, arguments, environment);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return number;
}
