#define _GNU_SOURCE
#include "CProcess.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>

int kp_run(const char *path, char *const arguments[], char *const environment[], int *status) {
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
  number = posix_spawn_file_actions_addclosefrom_np(&actions, 3);
  if (number == 0) number = posix_spawnattr_setsigdefault(&attributes, &all);
  if (number == 0) number = posix_spawnattr_setsigmask(&attributes, &none);
  if (number == 0) number = posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  // As system(3) does: what is typed to end the program ends the program alone.
  struct sigaction ignore = {.sa_handler = SIG_IGN}, interrupt, quit;
  sigaction(SIGINT, &ignore, &interrupt);
  sigaction(SIGQUIT, &ignore, &quit);
  pid_t process;
  if (number == 0) number = posix_spawn(&process, path, &actions, &attributes, arguments, environment);
  if (number == 0) {
    while (waitpid(process, status, 0) < 0) {
      if (errno == EINTR) continue;
      number = errno;
      break;
    }
  }
  sigaction(SIGINT, &interrupt, NULL);
  sigaction(SIGQUIT, &quit, NULL);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return number;
}
