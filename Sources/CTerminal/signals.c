#define _GNU_SOURCE
#include "CTerminal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <termios.h>
#include <unistd.h>

static const int noted[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGWINCH, SIGCONT};
// What does not end a process by default, or what nobody can catch. All others are fatal: the real-time signals, too.
static const int not_fatal[] = {SIGCHLD, SIGURG, SIGTTIN, SIGTTOU, SIGXFSZ, SIGKILL, SIGSTOP};
static const int crashing[] = {SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT, SIGQUIT};

static int signal_pipe[2] = {-1, -1};
static int terminal = -1;
static struct termios original;
static volatile sig_atomic_t held = 0;
static volatile sig_atomic_t paste_on = 0;
static volatile sig_atomic_t second_screen = 0;
static struct rlimit core_limit;
static int core_limited = 0;
// The standard descriptors that were closed when the process began.
static int opened_here[3];
// Signals that were noted and that nobody has taken yet.
static volatile sig_atomic_t pending[NSIG];

#define COUNT(array) (sizeof(array) / sizeof(array[0]))
#define HAS(array, number) has(array, COUNT(array), number)

static int has(const int numbers[], size_t count, int number) {
  for (size_t i = 0; i < count; i++)
    if (numbers[i] == number) return 1;
  return 0;
}

static int is_fatal(int number) { return !HAS(noted, number) && !HAS(not_fatal, number); }

static void set_default(int number, struct sigaction *before) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = SIG_DFL;
  sigaction(number, &action, before);
}

static void unblock(int number, sigset_t *before) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, number);
  pthread_sigmask(SIG_UNBLOCK, &set, before);
}

static int install(int number, void (*handler)(int), int flags) {
  struct sigaction action, before;
  if (sigaction(number, NULL, &before) != 0) return -1;
  if (before.sa_handler == SIG_IGN) return 0;
  memset(&action, 0, sizeof action);
  action.sa_handler = handler;
  action.sa_flags = flags;
  // One at a time: a hang-up comes with a SIGCONT, whose handler would else run first.
  if (HAS(noted, number)) sigfillset(&action.sa_mask);
  return sigaction(number, &action, NULL);
}

// A file that may grow no further: the write fails, and that is told. No ignoring: another program that takes over this
// process has the default action again.
static void pass(int number) { (void)number; }

// MARK: - The process

void kt_guard_process(void) {
  // A file that is opened later must never become the standard output of somebody who closed it. Only for reading: what is
  // written to a closed output fails, as it would have, and is told.
  for (int descriptor = 0; descriptor <= 2; descriptor++) {
    if (fcntl(descriptor, F_GETFD) >= 0) continue;
    if (open("/dev/null", O_RDONLY) < 0) _exit(71);
    opened_here[descriptor] = 1;
  }
  for (size_t i = 0; i < COUNT(crashing); i++) {
    struct sigaction before;
    if (sigaction(crashing[i], NULL, &before) == 0 && before.sa_handler == SIG_IGN) continue;
    set_default(crashing[i], NULL);
  }
  install(SIGXFSZ, pass, SA_RESTART);
  if (core_limited || getrlimit(RLIMIT_CORE, &core_limit) != 0) return;
  // Only the soft limit: a hard one could not be put back for the program that `exec` starts.
  struct rlimit none = {0, core_limit.rlim_max};
  core_limited = setrlimit(RLIMIT_CORE, &none) == 0;
}

void kt_unguard_process(void) {
  if (core_limited) setrlimit(RLIMIT_CORE, &core_limit);
  core_limited = 0;
  for (int descriptor = 0; descriptor <= 2; descriptor++)
    if (opened_here[descriptor]) fcntl(descriptor, F_SETFD, FD_CLOEXEC);
}

int kt_set_inspectable(int inspectable) { return prctl(PR_SET_DUMPABLE, inspectable ? 1 : 0, 0, 0, 0); }

// MARK: - The hold on the terminal; all of it safe in a signal handler

void kt_leave_second_screen(void) {
  if (!second_screen) return;
  second_screen = 0;
  // Cleared first: not every terminal forgets it on the way back. Not the scrollback: that is the person's own.
  static const char sequence[] = "\033[H\033[2J\033[?1049l";
  ssize_t ignored = write(STDOUT_FILENO, sequence, sizeof sequence - 1);
  (void)ignored;
}

static void put_back(int flush) {
  if (!held) return;
  held = 0;
  if (paste_on) {
    paste_on = 0;
    ssize_t ignored = write(STDOUT_FILENO, "\033[?2004l", 8);
    (void)ignored;
  }
  // Not TCSAFLUSH: it waits for the output to drain, for ever if the person pressed Ctrl-S.
  if (flush) tcflush(terminal, TCIFLUSH);
  tcsetattr(terminal, TCSANOW, &original);
}

static void put_back_all(void) {
  put_back(1);
  kt_leave_second_screen();
}

int kt_hold(int descriptor) {
  if (held) return 0;
  terminal = descriptor;
  if (tcgetattr(terminal, &original) != 0) return -1;
  held = 1;
  return 0;
}

int kt_hide(void) {
  struct termios hidden = original;
  hidden.c_lflag &= ~(tcflag_t)(ECHO | ECHONL | ICANON | IEXTEN);
  hidden.c_lflag |= ISIG;
  hidden.c_iflag |= ICRNL;
  hidden.c_iflag &= ~(tcflag_t)(INLCR | IGNCR | ISTRIP);
  hidden.c_cc[VMIN] = 1;
  hidden.c_cc[VTIME] = 0;
  return tcsetattr(terminal, TCSADRAIN, &hidden);
}

void kt_note_paste(int on) { paste_on = on; }
void kt_note_second_screen(int on) { second_screen = on; }
int kt_has_second_screen(void) { return second_screen; }
void kt_let_go(int flush) { put_back(flush); }

void kt_flush_input(void) {
  if (terminal >= 0) tcflush(terminal, TCIFLUSH);
}

void kt_forget_hold(void) {
  held = 0;
  paste_on = 0;
}

// MARK: - Signals

void kt_stop(void) {
  // Whoever sits there meanwhile must not see what stood on it.
  kt_leave_second_screen();
  struct sigaction stop_before, continue_before;
  sigset_t mask_before;
  // The handler of SIGCONT is for those who were stopped without asking.
  set_default(SIGTSTP, &stop_before);
  set_default(SIGCONT, &continue_before);
  unblock(SIGTSTP, &mask_before);
  raise(SIGTSTP);
  pthread_sigmask(SIG_SETMASK, &mask_before, NULL);
  sigaction(SIGCONT, &continue_before, NULL);
  sigaction(SIGTSTP, &stop_before, NULL);
}

void kt_raise_again(int number) {
  put_back_all();
  set_default(number, NULL);
  unblock(number, NULL);
  raise(number);
  _exit(128 + number);
}

static int ends(int number) {
  return number == SIGINT || number == SIGTERM || number == SIGHUP || number == SIGQUIT;
}

static void note(int number) {
  int errno_before = errno;
  // Whoever is too busy to take the first one ends by the second.
  if (ends(number) && pending[number]) {
    put_back_all();
    set_default(number, NULL);
    unblock(number, NULL);
    raise(number);
  }
  if (number == SIGTSTP && !held) {
    kt_stop();
  } else if (held || (number != SIGWINCH && number != SIGCONT)) {
    pending[number] = 1;
    unsigned char byte = (unsigned char)number;
    ssize_t ignored = write(signal_pipe[1], &byte, 1);
    (void)ignored;
  }
  errno = errno_before;
}

static void die(int number) {
  put_back_all();
  unblock(number, NULL);
  raise(number);  // SA_RESETHAND has put the default action back.
}

int kt_install(void) {
  static char alternate_stack[16384];
  static int is_installed = 0;
  if (is_installed) return 0;
  // After a failure halfway the pipe is there already; whatever else was done is done again.
  if (signal_pipe[0] < 0 && pipe2(signal_pipe, O_CLOEXEC | O_NONBLOCK) != 0) return -1;
  // A handler on the overflown stack could not run.
  stack_t stack = {.ss_sp = alternate_stack, .ss_size = sizeof alternate_stack};
  sigaltstack(&stack, NULL);
  for (size_t i = 0; i < COUNT(noted); i++)
    if (install(noted[i], note, SA_RESTART) != 0) return -1;
  for (int number = 1; number < NSIG; number++) {
    // The C library keeps some for itself.
    if (!is_fatal(number) || sigaction(number, NULL, NULL) != 0) continue;
    if (install(number, die, SA_RESETHAND | SA_NODEFER | SA_ONSTACK) != 0) return -1;
  }
  // Whoever started this program may have blocked them.
  for (int number = 1; number < NSIG; number++)
    if (HAS(noted, number) || is_fatal(number)) unblock(number, NULL);
  if (atexit(put_back_all) != 0) return -1;
  is_installed = 1;
  return 0;
}

int kt_next_signal(void) {
  unsigned char byte;
  if (read(signal_pipe[0], &byte, 1) != 1) return 0;
  pending[byte] = 0;
  return byte;
}

int kt_wait(int descriptor) {
  struct pollfd watched[2] = {{.fd = signal_pipe[0], .events = POLLIN}, {.fd = descriptor, .events = POLLIN}};
  // Interrupted, and no signal came, so often on end: that is no signal.
  for (int interruptions = 0;;) {
    int number = kt_next_signal();
    if (number != 0) return number;
    if (poll(watched, 2, -1) < 0) {
      if (errno == EINTR && ++interruptions < 1000) continue;
      return -1;
    }
    if (watched[0].revents == 0 && watched[1].revents != 0) return 0;
  }
}

int kt_hang_up_signal(void) {
  struct pollfd watched = {.fd = signal_pipe[0], .events = POLLIN};
  // The handler itself may interrupt the wait; what it noted is there then.
  poll(&watched, 1, 100);
  return kt_next_signal();
}
