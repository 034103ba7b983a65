public import SecretMemory

/// One question about a key to an exchange, which `keyusher-net` builds, signs and sends: it names a row of the table
/// of requests, and what the row leaves open. What is not in the table can't be signed.
public struct KeyRequest: Sendable {
  /// The exchange's folder, for example `gate-io`.
  public var exchange: String
  /// Which of its hosts, by the id of an environment, for example `live`.
  public var environment: String
  /// The request's id, for example `detail`, or `clock`, which is not signed.
  public var request: String
  /// The row itself, for an exchange that did not come with Keyusher; nil for one that did.
  public var row: OwnRow?
  /// What the row takes on from an answer before: digits alone.
  public var parameters: [String: String] = [:]
  /// The parts of the credential, by the names that the exchange's pack gives them; none for `clock`.
  public var parts: [Part] = []
  /// A server on this computer in place of the exchange's host: scheme, host and perhaps a port.
  public var base: NetAddress?
  /// A file of certificates (PEM) to trust in place of the system's, for a `base` that speaks TLS.
  public var authorityFile: String?
  /// The socket of this computer behind which the server is reached, as ssh holds one open; nil: the server itself is
  /// connected to. Whose certificate is wanted, it does not change.
  public var socket: String?
  /// How far the exchange's clock is ahead of this computer's, in milliseconds; not more than a day.
  public var ahead = 0
  /// A one-time password, if the key wants one.
  public var oneTimePassword: SecretBytes?
  public var seconds = 8

  public struct Part: Sendable {
    public var name: String
    public var value: SecretBytes

    public init(_ name: String, _ value: SecretBytes) {
      self.name = name
      self.value = value
    }
  }

  public init(_ exchange: String, _ environment: String, _ request: String) {
    self.exchange = exchange
    self.environment = environment
    self.request = request
  }
}
