/// The commands by which a person asks about a key again.
struct AskingAgain: Equatable, Sendable {
  /// The key, as a command takes it: "gate-io/bot", "gate-io/bot --store pass".
  let key: String

  var command: String { "keyusher key verify \(key)" }

  /// The same, where what differs is waited for.
  var waiting: String { "\(command) --wait" }
}
