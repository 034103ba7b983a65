public import SecretMemory

/// What an entry holds: one JSON object on one line, the same in every store.
///
/// ```json
/// {"keyusher":1,"exchange":"gate-io","label":"grid-bot-01","run":"7q4m","credential":{"key":"…","secret":"…"}}
/// ```
///
/// | member | what it is |
/// |---|---|
/// | keyusher | the version of this form: 1. A reader refuses a higher one |
/// | exchange | the provider of the flow, for example `gate-io` |
/// | label | what the key is called at the exchange |
/// | run | the run that made it; absent if it was adopted |
/// | credential | what the exchange showed, by part: `key`, `secret`, and where there are such `passphrase`, `private-key` (PEM, its line ends as `\n`) |
///
/// Members that are not known are passed over. The text is written and read in guarded memory: parts are never a `String`.
public struct StoredCredential: Sendable {
  public static let version = 1

  public var exchange: String
  public var label: String
  public var run: String?
  /// By name, in the order of the names.
  public var parts: [String: SecretBytes]

  public init(exchange: String, label: String, run: String?, parts: [String: SecretBytes]) {
    self.exchange = exchange
    self.label = label
    self.run = run
    self.parts = parts
  }

  /// Why bytes are no stored credential; none quotes them.
  public enum Fault: Error, Equatable {
    case malformed(offset: Int)
    /// Written by a later version of the tool.
    case newer(version: Int)
    case lacks(member: String)
  }
}
