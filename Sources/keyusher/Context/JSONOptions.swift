import ArgumentParser

/// What a command takes that can print what it finds for programs.
struct JSONOptions: ParsableArguments {
  @Flag(help: "Print JSON, for programs. What goes wrong is told as ever, on standard error.")
  var json = false

  @Flag(help: "Print the JSON Schema of what --json prints, and nothing else.")
  var schema = false
}
