#ifndef CPROCESS_H
#define CPROCESS_H

#include <sys/types.h>

// What starting other programs demands of the C library that Swift does not see.

// Starts a program with three pipes, default signal handling and no other descriptor of this process.
// `own_group` gives it a process group of its own; without, it stays in the foreground of the terminal.
// `ends` receives our ends, close-on-exec: its input (non-blocking), its output, its errors.
// Returns 0, or the number of the error.
int kp_spawn(const char *path, char *const arguments[], char *const environment[], int own_group,
             pid_t *process, int ends[3]);

// A file without a name in memory, not close-on-exec. Returns its descriptor, or -1 with errno set.
int kp_memory_file(const char *name);

// Renames as `renameat` does, but never over what has the other name: then -1 with errno EEXIST.
int kp_rename_new(int folder, const char *name, int other_folder, const char *other);

#endif
