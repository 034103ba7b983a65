import Battery
import FlowCore
import FlowText
import Foundation
import KeyusherHarness
import Outside
import Records
import SecretSearch
import Stores

/// A flow that puts a credential into a store, and what a run of it may leave behind.
enum WalkFlow {
  static let id = "test/keeping"
  static let name = "test/bot"

  static let text = """
    format: 1
    flow: test/keeping
    version: 1
    title: A small keeping
    summary: A store, a credential, a review.
    steps:
      - {id: store, kind: store, title: Where to keep it, required: true, prompt: Where?}
      - id: credential
        kind: credential
        title: Take the key
        required: true
        store: store
        name: test/bot
        if-lost: stuck
        parts:
          - {name: key, title: API key, secret: false, public-prefix: 12, shape: {length: 32, characters: [hex]}}
          - {name: secret, title: Secret, secret: true, shape: {min: 40, max: 4000, characters: [hex]}}
        next: review
      - {id: review, kind: review, title: Review, required: true}
      - {id: done, kind: end, title: Done, outcome: completed}
      - {id: stuck, kind: end, title: Stuck, outcome: blocked, reason: it could not be done}

    """

  /// The same with a step further on at which the key gets its name.
  static let later = text.replacing("next: review", with: "next: named").replacing(
    "  - {id: review,",
    with: "  - {id: named, kind: check, title: Named, check: named, of: credential}\n  - {id: review,")

  static let script = """
    flow test/keeping
    store: age
    credential.key: env:GATE_API_KEY
    credential.secret: env:GATE_API_SECRET
    review: finish
    expect outcome completed

    """

  /// Helpers of other stores would be started, and hit as well: none is found.
  static let setting: [String: String?] = SmallFlow.credential.merging([
    "STORE_WORD": KeyDesk.passphrase, "PATH": "/nowhere",
  ]) { $1 }

  /// What a pipe answers, by the key that is asked for.
  static let answers = [
    "store": "age", "credential.shown": "yes", "credential.key": "env:GATE_API_KEY",
    "credential.secret": "env:GATE_API_SECRET", "credential.unlock": "env:STORE_WORD", "credential.keep": "yes",
    "credential.name": "yes", "named.name": "yes", "named.unlock": "env:STORE_WORD", "review": "",
  ]

  /// The store as it was set up before, empty, and the flow among the working files.
  @Sendable static func prepare(_ desk: Desk) throws {
    let made = try KeyDesk.make()
    try FileManager.default.copyItem(atPath: made.home + "/age", toPath: desk.home + "/age")
    chmod(desk.home, 0o700)
    for folder in ["gate-io", "okx", "coinbase", "bybit", "pending", "previous"] {
      try FileManager.default.removeItem(atPath: "\(desk.home)/age/store/\(folder)")
    }
    try desk.write(text, to: "flows/test/keeping.yaml")
    try desk.write(script, to: "a.script")
  }
}
