#ifndef CSPAWN_H
#define CSPAWN_H

#include <spawn.h>

// Closes every descriptor from a number on in a program that is started, before what is added later is opened.
// Swift does not see what glibc has for it.
int cs_close_from(posix_spawn_file_actions_t *actions, int first);

#endif
