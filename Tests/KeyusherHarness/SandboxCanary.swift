import SecretSearch

/// A second credential, for the key of a sandbox: it must be nowhere after a run either.
public enum SandboxCanary {
  public static let key = "5a17b0c4e8d2936f7041ab3c9de6582f"
  public static let secret = "e04b7d1f93a6c82550ef17b94c3da86172f0be95d4836a1c7e2f509db8461a3c"

  /// Where the scripts of `sandbox-then-live` look for it.
  public static let environment: [String: String?] = ["GATE_TESTNET_API_KEY": key, "GATE_TESTNET_API_SECRET": secret]

  /// The first 16 bytes in a row of either that stand in some bytes, in any spelling; nil if there are none.
  public static func trace(in bytes: [UInt8]) -> String? { traces.first(in: bytes) }

  private static let traces = Traces(of: key, secret)
}
