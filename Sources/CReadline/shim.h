#include <stdio.h>
#include <readline/readline.h>
#include <readline/history.h>

/// Makes the whole line one word. The variable is `char *` in readline 8.1, and `const char *` since.
static inline void kr_make_line_one_word(void) {
  static char none[] = "";
  rl_completer_word_break_characters = none;
}
