#define _GNU_SOURCE
#include "CProcess.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static void close_all(int pipes[3][2]) {
  for (int i = 0; i < 3; i++) {
    for (int end = 0; end < 2; end++) {
      if (pipes[i][end] >= 0) close(pipes[i][end]);
    }
  }
}

// Pipes of which none has the number of a standard descriptor.
static int make_pipes(int pipes[3][2]) {
  for (int i = 0; i < 3; i++) pipes[i][0] = pipes[i][1] = -1;
  for (int i = 0; i < 3; i++) {
    if (pipe2(pipes[i], O_CLOEXEC) != 0) {
      int number = errno;
      close_all(pipes);
      return number;
    }
    // Where our own standard descriptors are closed, a pipe would get their numbers: move it out of the way.
    for (int end = 0; end < 2; end++) {
      if (pipes[i][end] > 2) continue;
      int moved = fcntl(pipes[i][end], F_DUPFD_CLOEXEC, 3);
      close(pipes[i][end]);
      pipes[i][end] = moved;
    }
  }
  return 0;
}

// Keeps our ends, or none if the program was not started.
static int keep(int number, int pipes[3][2], int ends[3]) {
  if (number != 0) {
    close_all(pipes);
    return number;
  }
  close(pipes[0][0]);
  close(pipes[1][1]);
  close(pipes[2][1]);
  ends[0] = pipes[0][1];
  ends[1] = pipes[1][0];
  ends[2] = pipes[2][0];
  for (int i = 0; i < 3; i++) fcntl(ends[i], F_SETFL, fcntl(ends[i], F_GETFL) | O_NONBLOCK);
  return 0;
}

int kp_spawn(const char *path, char *const arguments[], char *const environment[], int terminal,
             pid_t *process, int ends[3]) {
  int pipes[3][2];
  int number = make_pipes(pipes);
  if (number != 0) return number;
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  number = posix_spawn_file_actions_init(&actions);
  if (number != 0) return keep(number, pipes, ends);
  number = posix_spawnattr_init(&attributes);
  if (number != 0) {
    posix_spawn_file_actions_destroy(&actions);
    return keep(number, pipes, ends);
  }
  sigset_t all, none;
  sigfillset(&all);
  sigemptyset(&none);
  // A group of its own, so that it can be ended together with what it started.
  short flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP;
  number = posix_spawn_file_actions_adddup2(&actions, pipes[0][0], 0);
  if (number == 0) number = posix_spawn_file_actions_adddup2(&actions, pipes[1][1], 1);
  if (number == 0) number = posix_spawn_file_actions_adddup2(&actions, pipes[2][1], 2);
  if (number == 0 && terminal >= 0) number = posix_spawn_file_actions_addtcsetpgrp_np(&actions, terminal);
  if (number == 0) number = posix_spawn_file_actions_addclosefrom_np(&actions, 3);
  if (number == 0) number = posix_spawnattr_setsigdefault(&attributes, &all);
  if (number == 0) number = posix_spawnattr_setsigmask(&attributes, &none);
  if (number == 0) number = posix_spawnattr_setflags(&attributes, flags);
  if (number == 0) number = posix_spawn(process, path, &actions, &attributes, arguments, environment);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return keep(number, pipes, ends);
}

// The child's part; all of it safe after a fork of several threads. Every signal is blocked.
static void become(const char *path, char *const arguments[], char *const environment[], int terminal, int pipes[3][2],
                   int report, pid_t parent) {
  struct sigaction by_default = {.sa_handler = SIG_DFL};
  for (int number = 1; number < NSIG; number++) sigaction(number, &by_default, NULL);
  sigset_t none;
  sigemptyset(&none);
  int is_ready = prctl(PR_SET_PDEATHSIG, SIGTERM) == 0 && getppid() == parent && setpgid(0, 0) == 0 &&
                 dup2(pipes[0][0], 0) == 0 && dup2(pipes[1][1], 1) == 1 && dup2(pipes[2][1], 2) == 2 &&
                 (terminal < 0 || tcsetpgrp(terminal, getpid()) == 0) &&
                 (report == 3 || close_range(3, (unsigned)report - 1, 0) == 0) &&
                 close_range((unsigned)report + 1, ~0U, 0) == 0 && sigprocmask(SIG_SETMASK, &none, NULL) == 0;
  if (is_ready) execve(path, arguments, environment);
  int number = errno;
  ssize_t ignored = write(report, &number, sizeof number);
  (void)ignored;
  _exit(127);
}

int kp_spawn_tied(const char *path, char *const arguments[], char *const environment[], int terminal,
                  pid_t *process, int ends[3]) {
  int pipes[3][2], report[2];
  int number = make_pipes(pipes);
  if (number != 0) return number;
  if (pipe2(report, O_CLOEXEC) != 0) return keep(errno, pipes, ends);
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, &before);
  pid_t parent = getpid();
  *process = fork();
  if (*process == 0) become(path, arguments, environment, terminal, pipes, report[1], parent);
  number = *process < 0 ? errno : 0;
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  close(report[1]);
  // It ends without a word when the program has taken over.
  if (number == 0) {
    int told = 0;
    ssize_t count;
    do count = read(report[0], &told, sizeof told);
    while (count < 0 && errno == EINTR);
    if (count == sizeof told) {
      number = told;
      while (waitpid(*process, NULL, 0) < 0 && errno == EINTR) {}
    }
  }
  close(report[0]);
  return keep(number, pipes, ends);
}

int kp_own_terminal(void) {
  int terminal = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (terminal < 0) return -1;
  if (terminal > 2 && tcgetpgrp(terminal) == getpgrp()) return terminal;
  close(terminal);
  return -1;
}

void kp_take_terminal_back(int terminal) {
  sigset_t output, before;
  sigemptyset(&output);
  sigaddset(&output, SIGTTOU);
  // A background process that takes the foreground is sent this signal, which stops it unless it is blocked.
  pthread_sigmask(SIG_BLOCK, &output, &before);
  tcsetpgrp(terminal, getpgrp());
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  close(terminal);
}
