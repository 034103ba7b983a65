// The floor under whatever reads YAML: parses files into libyaml's events, and does nothing with them.

#include <stdio.h>

#include <yaml.h>

static int parse(const char *path) {
  FILE *file = fopen(path, "rb");
  yaml_parser_t parser;
  yaml_event_t event;
  int ended = 0;
  if (file == NULL || !yaml_parser_initialize(&parser)) return 0;
  yaml_parser_set_input_file(&parser, file);
  while (!ended && yaml_parser_parse(&parser, &event)) {
    ended = event.type == YAML_STREAM_END_EVENT;
    yaml_event_delete(&event);
  }
  yaml_parser_delete(&parser);
  fclose(file);
  return ended;
}

int main(int count, char **paths) {
  for (int index = 1; index < count; index++) {
    if (!parse(paths[index])) {
      fprintf(stderr, "%s: can't be parsed\n", paths[index]);
      return 1;
    }
  }
  return 0;
}
