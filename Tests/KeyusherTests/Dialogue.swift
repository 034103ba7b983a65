import FlowCore
import FlowText
import Foundation
import KeyusherHarness
import Testing

/// One walk through a ceremony, taken twice: by `keyusher replay`, and by a person who types the same at the prompts.
///
/// A dialogue file has one thing a line; `#` begins a comment.
///
/// | line | means |
/// |---|---|
/// | `script FILE` | the script in `flows/gate-io` that gives the answers; first, once |
/// | `exit N` | the exit status of both walks |
/// | `at STEP: LINE` | said at the first question of that step, before its answer: a command |
/// | `screen TEXT` | stands on the screen in both walks, after what the `screen` line above names; spaces and line ends count alike |
/// | `never TEXT` | stands neither on a screen nor in any file afterwards |
///
/// That no trace of the credential is anywhere need not be said: it is looked for after every dialogue.
struct Dialogue: Sendable, CustomTestStringConvertible {
  var name: String
  var script: String
  var exit: Int32 = 0
  var said: [(step: Step.ID, line: String)] = []
  var screen: [String] = []
  var never: [String] = []

  var testDescription: String { name }

  init(_ text: String, name: String) throws {
    self.name = name
    script = ""
    for (offset, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      guard !line.isEmpty, !line.hasPrefix("#") else { continue }
      let word = line.prefix { $0 != " " }
      let rest = String(line.dropFirst(word.count + 1))
      let place = "\(name):\(offset + 1)"
      guard !rest.isEmpty, word == "script" || !script.isEmpty else {
        throw TestFailure(description: "\(place): half a line")
      }
      switch word {
      case "script": script = rest
      case "exit": exit = try Dialogue.number(rest, place)
      case "screen": screen.append(rest)
      case "never": never.append(rest)
      case "at":
        let parts = rest.split(separator: ":", maxSplits: 1)
        guard parts.count == 2 else { throw TestFailure(description: "\(place): 'at' wants 'STEP: LINE'") }
        said.append((Step.ID(String(parts[0])), String(parts[1].dropFirst())))
      default: throw TestFailure(description: "\(place): there is no '\(word)'")
      }
    }
  }

  /// Every file in `Dialogues`.
  static let all: [Dialogue] = {
    let folder = sourceTree + "/Tests/KeyusherTests/Dialogues"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".dialogue") }.sorted().compactMap { name in
      try? Dialogue(String(contentsOfFile: folder + "/" + name, encoding: .utf8), name: name)
    }
  }()

  /// The text of its script, with what is said besides put in.
  func scriptText() throws -> String {
    let text = try String(contentsOfFile: sourceTree + "/flows/gate-io/" + script, encoding: .utf8)
    let items = try Dialogue.read(text, script).items
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for (step, line) in said.reversed() {
      guard let first = items.first(where: { $0.content.step == step })?.line else {
        throw TestFailure(description: "\(name): \(script) does not answer '\(step)'")
      }
      lines.insert(line, at: first - 1)
    }
    return lines.joined(separator: "\n")
  }

  /// What a person says, in order.
  func items() throws -> [Script.Item] { try Dialogue.read(scriptText(), script).items }

  // MARK: - Private

  private static func number(_ text: String, _ place: String) throws -> Int32 {
    guard let number = Int32(text) else { throw TestFailure(description: "\(place): no number") }
    return number
  }

  private static func read(_ text: String, _ name: String) throws -> Script {
    guard let script = readScript(text, path: name).value else {
      throw TestFailure(description: "\(name) can't be read")
    }
    return script
  }
}

extension Script.Content {
  /// The step that an item answers; nil for commands and expectations.
  var step: Step.ID? {
    switch self {
    case .answer(let step, _), .part(let step, _, _), .danger(let step, _), .copy(let step), .noSecret(let step): step
    case .command, .expect: nil
    }
  }
}
