#ifndef CPROCESS_H
#define CPROCESS_H

#include <stddef.h>
#include <sys/types.h>

// What starting other programs demands of the C library that Swift does not see.

// Starts a program in a process group of its own, with three pipes, default signal handling and no other descriptor of this
// process. Where `terminal` is one, and not -1, the new group comes to its foreground.
// `ends` receives our ends, close-on-exec: its input (non-blocking), its output, its errors.
// Returns 0, or the number of the error.
int kp_spawn(const char *path, char *const arguments[], char *const environment[], int terminal,
             pid_t *process, int ends[3]);

// The same, of a program that is ended by SIGTERM when the thread that started it ends, however that comes: for one that would
// run on by itself.
int kp_spawn_tied(const char *path, char *const arguments[], char *const environment[], int terminal,
                  pid_t *process, int ends[3]);

// Starts a program in a session of its own, with nothing to read and nowhere to write, default signal handling and no other
// descriptor of this process; nobody waits for it. Returns 0, or the number of the error.
int kp_start_detached(const char *path, char *const arguments[], char *const environment[]);

// Runs a program to its end in the place where this process is: at its terminal, with its three standard descriptors and no
// other. Ctrl-C is the program's alone meanwhile. `status` receives what `waitpid` tells. Returns 0, or the number of the error.
int kp_run(const char *path, char *const arguments[], char *const environment[], int *status);

// Opens the terminal that this process is in the foreground of, wherever its input and output go; -1 if there is none.
int kp_own_terminal(void);

// Comes back to the foreground of a terminal that was lent to another program, and closes it.
void kp_take_terminal_back(int terminal);

// The words that this process was started with, its own name first; ended by NULL.
char **kp_words(void);

// MARK: - Replacing this process by a program

// The environment as it is, without a copy.
char *const *kp_environment(void);

// A file without a name in memory that holds these bytes for good: sealed, readable by its owner alone. Returns a
// descriptor that can only be read, stands at the beginning and is not close-on-exec; or -1 with errno set.
int kp_sealed_file(const char *name, const void *bytes, size_t count);

// As many descriptors as are looked at; ours always have the lowest numbers that are free.
enum { KP_DESCRIPTORS = 4096 };
// Notes which of the descriptors below `count` are open: 1 or 0 for each.
void kp_open_descriptors(unsigned char *open_ones, size_t count);
// Marks every descriptor from 3 on close-on-exec that is open and not `kept`; those from `count` on are never kept.
void kp_shut_out(const unsigned char *kept, size_t count);

// Takes every handler away and lets every signal through; what is ignored stays ignored.
void kp_default_signals(void);
// Runs a program in the place of this one, looked up in PATH as execvp does. Returns only if it failed: the number of the
// error.
int kp_replace(char *const arguments[], char *const environment[]);

// Renames as `renameat` does, but never over what has the other name: then -1 with errno EEXIST.
int kp_rename_new(int folder, const char *name, int other_folder, const char *other);

#endif
