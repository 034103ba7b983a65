// The floor under every wizard with line editing: prints a prompt with readline and reads one line.

#include <stdio.h>
#include <stdlib.h>

#include <readline/readline.h>

int main(void) {
  char *line = readline("name: ");
  if (line == NULL) return 1;
  printf("%s\n", line);
  free(line);
  return 0;
}
