import Foundation

/// A second credential, for the key of a sandbox: it must be nowhere after a run either.
enum SandboxCanary {
  static let key = "5a17b0c4e8d2936f7041ab3c9de6582f"
  static let secret = "e04b7d1f93a6c82550ef17b94c3da86172f0be95d4836a1c7e2f509db8461a3c"

  /// Where the scripts of `sandbox-then-live` look for it.
  static let environment: [String: String?] = ["GATE_TESTNET_API_KEY": key, "GATE_TESTNET_API_SECRET": secret]

  /// The first 16 bytes in a row of either that stand in some bytes; nil if there are none.
  static func trace(in bytes: [UInt8]) -> String? {
    let searched = Data(bytes)
    for canary in [key, secret].map({ Array($0.utf8) }) {
      for start in 0...(canary.count - 16) where searched.range(of: Data(canary[start..<(start + 16)])) != nil {
        return String(decoding: canary[start..<(start + 16)], as: UTF8.self)
      }
    }
    return nil
  }
}
