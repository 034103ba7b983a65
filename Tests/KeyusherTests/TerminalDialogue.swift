import Foundation
import KeyusherHarness
import Testing

/// A conversation with the program at a terminal, as a file.
///
/// A dialogue file has one thing a line; `#` begins a comment. `\n`, `\r`, `\t` and `\e` (escape) are what they are elsewhere.
///
/// | line | means |
/// |---|---|
/// | `with small`, `with store`, `with keys` | what is there before: the small flow, a store without keys, a store with keys |
/// | `set NAME=TEXT` | a variable of the programs below; `set NAME` takes it away |
/// | `write PATH TEXT` | a line in a file, which is made |
/// | `start ARGUMENTS` | starts the program at a terminal; `shell LINE` a line of bash |
/// | `run ARGUMENTS` | runs the program without a terminal; it must end with 0 |
/// | `prints TEXT` | what was run last says so |
/// | `see TEXT` | waits until that stands on the screen, after what was seen before |
/// | `type TEXT` | types a line and Enter; `keys TEXT` no Enter; `paste TEXT` as a terminal pastes |
/// | `press KEY` | types a control key, for example `press ^C` |
/// | `signal NAME` | sends a signal |
/// | `words` | waits for a made passphrase and reads it; a second time it must be the same |
/// | `restored` | the terminal is as it was before, and what was seen last stands on its first screen |
/// | `end ENDING` | waits for the end: an exit status, or the signal that ends the program |
/// | `never TEXT` | stands neither on the screen nor in any file afterwards |
/// | `holds PATH TEXT` | the file holds exactly that line, or those |
/// | `present PATH`, `absent PATH` | there is such a file now, or none |
/// | `private PATH` | its mode is 0600 |
/// | `open TEXT` | a secret that may stand on the screen, and in no file all the same |
///
/// In braces stand `{keyusher}` (the program), `{home}`, `{run}` (the only run), `{key}`, `{secret}`, `{four}` (its last
/// four), `{pem}`, `{passphrase}` and `{other}` (of a store), `{keyring}` (that of `with keys`), `{script}` (one that walks
/// the small flow), `{words}` (the made passphrase) and `{word}` (the one of its words that is asked for). Paths are the
/// working folder's; those that begin with `~` or `{home}` are not.
///
/// That the terminal is afterwards as it was before, and that no secret of the above was left anywhere, need not be said.
struct TerminalDialogue: Sendable, CustomTestStringConvertible {
  enum Word: String, Sendable {
    case with, set, write, start, shell, run, prints, see, type, keys, paste, press, signal, words, end, never
    case holds, open, present, `private`, absent, restored
  }

  struct Line: Sendable {
    var number: Int
    var word: Word
    var text: String
  }

  var name: String
  var lines: [Line] = []

  var testDescription: String { name }

  init(_ text: String, name: String) throws {
    self.name = name
    for (offset, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      guard !line.isEmpty, !line.hasPrefix("#") else { continue }
      let first = line.prefix { $0 != " " }
      guard let word = Word(rawValue: String(first)) else {
        throw TestFailure(description: "\(name):\(offset + 1): there is no '\(first)'")
      }
      lines.append(Line(number: offset + 1, word: word, text: String(line.dropFirst(first.count + 1))))
    }
    guard lines.contains(where: { $0.word == .end }) else {
      throw TestFailure(description: "\(name): nothing is started and ended")
    }
  }

  /// Every file in `TerminalDialogues`.
  static let all: [Result<TerminalDialogue, any Error>] = {
    let folder = sourceTree + "/Tests/KeyusherTests/TerminalDialogues"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.sorted().map { name in
      Result { try TerminalDialogue(String(contentsOfFile: folder + "/" + name, encoding: .utf8), name: name) }
    }
  }()
}
