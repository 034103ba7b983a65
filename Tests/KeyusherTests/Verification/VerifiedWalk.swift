import Foundation
import KeyusherHarness
import Outside
import PtyHarness

/// A person's walk through Gate's flow, for a spot bot at one address, up to where the exchange is asked.
struct VerifiedWalk {
  let desk: Desk
  let pty: Pty

  static let name = "gate-io/grid-bot-01"

  /// What the exchange plays.
  static func state(
    _ powers: [String] = ["account:read", "spot"], secret: String = Canary.secret, from: String? = PlayedKey.address,
    faults: [[String: Any]] = []
  ) -> [String: Any] {
    var state: [String: Any] = [
      "keys": [
        [
          "exchange": "gate-io", "key": Canary.key, "secret": secret, "powers": powers,
          "addresses": [PlayedKey.address], "label": "grid-bot-01", "created": "2026-11-01T00:00:00Z",
        ]
      ], "faults": faults,
    ]
    state["from"] = from
    return state
  }

  /// - Parameters:
  ///   - address: a server in the exchange's place; nil: the exchange itself would be asked.
  ///   - program: keyusher, or a copy of it.
  init(at address: String?, on desk: Desk? = nil, program: String = keyusher) throws {
    try self.init(of: "gate-io", at: address, on: desk, program: program)
    try answer([
      ("Number or name: ", "2"), ("Answer: ", "grid-bot"), ("Numbers with commas, or none: ", ""),
      ("Number or name: ", "list"), ("Answer: ", PlayedKey.address), ("Number or name: ", "age"),
      ("Number or name: ", "main"), ("Enter when the form is open: ", ""),
      ("Its name on the page: ", ""), ("Number or name: ", "app"), ("API key: ", Canary.key),
      ("Secret: ", Canary.secret), ("Numbers with commas, or none: ", "1,3"), ("Number or name: ", "list"),
    ])
  }

  /// A walk of which nothing is answered yet.
  init(of exchange: String, at address: String?, on desk: Desk? = nil, program: String = keyusher) throws {
    self.desk = try desk ?? Desk.withStore()
    pty = try self.desk.start(
      ["run", "\(exchange)/create-key"] + (address.map { ["--base-url", $0] } ?? []), program: program)
  }

  /// Opens the store, of which the check wants the key.
  func unlock() throws { try answer([("Passphrase for 'age': ", PassphraseCanary.text)]) }

  func answer(_ lines: [(prompt: String, answer: String)]) throws {
    for (prompt, answer) in lines {
      try pty.expect(prompt)
      try pty.send(answer + "\r")
    }
  }

  /// Waits for texts, one after the other.
  func see(_ texts: String...) throws { for text in texts { try pty.expect(text) } }

  /// Ends the walk at its review, and gives the record as `show` has it.
  func finish() throws -> String {
    try answer([("Enter = finish, or a number to change: ", "")])
    guard try pty.end() == .exited(0) else { throw TestFailure(description: "no end: \(pty.text)") }
    return try desk.run(["show", desk.run()]).output
  }

  /// The first trace of a secret on the screen or in a file; nil if there is none.
  func trace() throws -> String? {
    let places = try [Array(pty.text.utf8)] + desk.files().map { try desk.bytes(of: $0) }
    return places.lazy.compactMap { Canary.secretTraces.first(in: $0) ?? PassphraseCanary.trace(in: $0) }.first
  }
}
