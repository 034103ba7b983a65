import CustomDump
import FlowCore
import FlowText
import Foundation
import Outside
import SecretMemory
import Testing

@testable import Ceremony

/// A run that a script answers.
struct Scripted {
  let dialogue: Dialogue
  let conclusion: Session.Conclusion
  /// What is wrong once the run has come to its end.
  let complaint: Divergence?
  /// Prompts with what the script answered there.
  let echoes: [String]

  /// What the shipped scripts refer to.
  static let secrets = [
    "env:GATE_API_KEY": Canary.key, "env:GATE_API_SECRET": Canary.secret,
    "env:GATE_TESTNET_API_KEY": Canary.key, "env:GATE_TESTNET_API_SECRET": Canary.secret,
  ]

  /// - Parameters:
  ///   - person: what a person says where the script leaves something open; nil: nobody can be asked.
  ///   - secrets: what stands behind references, by how they are written.
  init(
    _ text: String, _ flow: Flow, person: Partner.Lines? = nil,
    secrets: [String: String] = Scripted.secrets,
    verdict: @escaping (Check) -> Verdict = { _ in .yes }, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let reading = readScript(text, path: "a.script")
    let script = try #require(reading.value, "\(reading.findings)")
    let ledger = Ledger()
    let echo = Echoes()
    let partner = person.map { Partner(ledger, $0) }
    let conversation = ScriptConversation(
      script, of: flow, path: "a.script", digest: "d1ce57", person: partner,
      screen: (
        show: { for sentence in $0 { ledger.note(.shown(sentence)) } },
        echo: { prompt, answer in
          ledger.note(.asked(key: "(script)", prompt: prompt))
          echo.lines.append(prompt + answer)
        }
      ),
      secrets: { reference, _ in
        guard let secret = secrets[reference.written] else {
          throw SecretObstacle(message: "\(reference.written) is not there", hint: "set it")
        }
        return try SecretBytes(copying: Array(secret.utf8))
      })
    dialogue = Dialogue(flow, ledger, conversation: conversation, verdict: verdict)
    let session = dialogue.session
    conversation.observe = { session.state }
    conclusion = try dialogue.begin(sourceLocation: sourceLocation)
    if case .ended(let outcome) = conclusion { complaint = conversation.finish(outcome) } else { complaint = nil }
    echoes = echo.lines
    #expect(partner?.unused ?? [] == [], "answers that nobody asked for", sourceLocation: sourceLocation)
    #expect(!Canary.sings(in: echoes.joined(separator: "\n")), sourceLocation: sourceLocation)
  }

  private final class Echoes {
    var lines: [String] = []
  }

  /// The scripts that are shipped beside the flow.
  static var shipped: [URL] {
    get throws {
      try FileManager.default.contentsOfDirectory(
        at: FlowTree.folder.appending(path: "gate-io"), includingPropertiesForKeys: nil
      ).filter { $0.pathExtension == "script" }.sorted { $0.path < $1.path }
    }
  }
}
