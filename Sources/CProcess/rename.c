#define _GNU_SOURCE
#include "CProcess.h"

#include <stdio.h>

int kp_rename_new(int folder, const char *name, int other_folder, const char *other) {
  return renameat2(folder, name, other_folder, other, RENAME_NOREPLACE);
}
