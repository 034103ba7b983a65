/// What can be typed at any question besides its answer: `?` lists it, and the manual page does.
public enum ColonCommands {
  public static let all: [(typed: String, means: String)] = [
    ("?", "help for this step"), (":why", "why this step is there"), (":back", "to the question before"),
    (":skip REASON", "leave this step out"), (":differs TEXT", "my page looks different"),
    (":note TEXT", "put a note on record"), (":open", "open the address in the browser"),
    (":status", "the checklist so far"), (":quit", "stop now, go on later"),
  ]
}
