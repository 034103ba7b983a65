import FlowCore
import FlowText
import Outside
import Testing

/// Flows that the tests walk.
enum Flows {
  /// The shipped flow, read from the source tree.
  static func createKey() throws -> Flow { try shipped("gate-io/create-key") }

  /// The same as it was before keys waited for their names: the credential gets it where it is taken.
  static func namingAtOnce() throws -> Flow {
    let flow = try createKey()
    let steps = flow.steps.map { step in
      var step = step
      if step.body == .check(.named("credential")) { step.body = .check(.clockPlausible) }
      return step
    }
    return Flow(id: flow.id, version: flow.version, title: flow.title, summary: flow.summary, steps: steps)
  }

  static func shipped(_ id: String) throws -> Flow {
    let reading = try FlowTree.bound(id)
    return try #require(reading.value, "\(reading.findings)").flow
  }

  /// A flow of a few steps: `steps` is the YAML of its list, an end that is reached from everywhere follows.
  static func small(_ steps: String) throws -> Flow {
    try read(
      """
      format: 1
      flow: test/small
      version: 1
      title: A small flow
      summary: For a test.
      steps:
      \(steps)
        - id: done
          kind: end
          title: Done
          outcome: completed
      """)
  }

  private static func read(_ text: String) throws -> Flow {
    let reading = readFlow(text, path: "flow.yaml")
    return try #require(reading.value, "\(reading.findings)")
  }

  /// What a person says on the straight way through the shipped flow.
  static let straight = Partner.Lines([
    "purpose": "spot-bot", "program": "grid-bot", "plan": "", "ip-plan": "", "ip-address": "", "store": "offline",
    "account": "main", "navigate": "", "label": "", "confirm": "app",
    "credential.key": .secret(Canary.key), "credential.secret": .secret(Canary.secret),
    "credential.copy": .secret(Canary.lastFour), "page-shows": "account, spot-write", "ip-shows": "list",
    "review": "",
  ])

  /// The straight way with other lines in place of those of one key.
  static func straight(_ key: String, _ lines: KeyValuePairs<String, Partner.Saying>) -> Partner.Lines {
    straight.flatMap { $0.key == key ? Partner.Lines(lines) : [$0] }
  }

  /// The straight way up to the credential, then these lines.
  static func untilCredential(_ lines: KeyValuePairs<String, Partner.Saying>) -> Partner.Lines {
    straight.prefix { $0.key != "credential.key" } + Partner.Lines(lines)
  }

  /// The straight way up to the credential with the store `vault`, then these lines.
  static func untilStoredCredential(_ lines: KeyValuePairs<String, Partner.Saying>) -> Partner.Lines {
    untilCredential(lines).map { $0.key == "store" ? ($0.key, "vault") : $0 }
  }

  static let bothParts: KeyValuePairs<String, Partner.Saying> = [
    "credential.key": .secret(Canary.key), "credential.secret": .secret(Canary.secret),
  ]

  static let afterCredential = Partner.Lines(straight.drop { $0.key != "page-shows" })
}
