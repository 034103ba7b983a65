import CTerminal
import Glibc
import SecretMemory
import Terminal

// A program for the pty tests: its arguments are steps, done one after the other.
//   line, signs   ask for a line, show what came
//   choice                    ask for a line with completions
//   forget, remember          forget the last line, or add it to the history
//   begin, secret, end        a secret session; what came is shown as a length and a checksum
//   text                      write a paragraph
//   wait                      do nothing until Enter
//   limits                    show the soft core limit, guarded and after that
//   crash                     end by SIGABRT, whatever is hidden

kt_guard_process()
// Before any handler of ours is there, as in a run without a terminal.
if CommandLine.arguments.dropFirst().first == "crash" { abort() }
let charset = Charset.adopt()
let term = getenv("TERM").map { String(cString: $0) }
let screen = Screen(
  on: .standard, charset: charset, noColour: getenv("NO_COLOR").map { String(cString: $0) }, term: term)
let lines = try LineReader(charset: charset)
let secrets = try SecretReader(charset: charset, bracketedPaste: term != "dumb")
var history = LineHistory(["first", "second"])
var last = ""

func checksum(_ secret: SecretBytes) -> UInt32 {
  secret.withBytes { $0.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 } }
}

func softCoreLimit() -> UInt {
  var limit = rlimit()
  getrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit)
  return limit.rlim_cur
}

@MainActor func show(line reply: TerminalReply) throws {
  switch reply {
  case .line(let line):
    last = line
    try screen.write("line: [\(line.split(separator: "\n").joined(separator: "|"))]", role: .standing)
  default: try showEnding(reply)
  }
}

@MainActor func show(secret reply: TerminalReply) throws {
  switch reply {
  case .secret(let secret):
    for part in try secret.lines() { try screen.write("secret: \(part.count) bytes, checksum \(checksum(part))") }
  case .line(""): try screen.write("empty")
  case .line(let word): try screen.write("command: \(word)")
  default:
    if case .interrupted = reply { secrets.end() }
    try showEnding(reply)
  }
}

@MainActor func showEnding(_ reply: TerminalReply) throws {
  switch reply {
  case .line, .secret: try screen.write("nobody asked for that", role: .problem)
  case .endOfInput: try screen.write("end of input")
  case .interrupted(let signal):
    try? screen.write("interrupted by \(signal)")
    Signals.raiseAgain(signal)
  }
}

for step in CommandLine.arguments.dropFirst() {
  switch step {
  case "line": try show(line: lines.ask("line> ", history: history))
  case "signs": try show(line: lines.ask("name → "))
  case "choice":
    try show(line: lines.ask("choice> ", completions: { ["spot-bot", "spot-grid", "tax", ":quit", ":why"] }))
  case "forget": lines.forgetLine()
  case "remember": history.add(last)
  case "begin": try secrets.begin()
  case "secret": try show(secret: secrets.take(prompt: "secret> ", commands: [":quit", "?"]))
  case "end": secrets.end()
  case "text":
    try screen.write("This paragraph is long enough to be folded in a narrow terminal, word by word.", role: .heading)
  case "wait":
    try screen.write("waiting")
    while getchar() != 0x0A {}
    try screen.write("went on")
  case "limits":
    try screen.write("core limit: \(softCoreLimit())")
    kt_unguard_process()
    try screen.write("core limit: \(softCoreLimit())")
  case "crash": abort()
  default: try screen.write("no such step: \(step)", role: .problem)
  }
}
try screen.write("done")
