import Foundation
import KeyusherHarness

/// One thing that can be the matter with a key, or with the way to its exchange. The raw value is its name in the
/// table.
enum Failure: String, CaseIterable, Sendable {
  case nothing
  case wrongKey = "wrong key"
  case wrongSecret = "wrong secret"
  case swapped
  case wrongPassphrase = "wrong passphrase"
  case clockAhead = "this clock 2 minutes ahead"
  case clockBehind = "this clock 2 minutes behind"
  case address = "ip"
  case permission = "permission missing"
  case reading = "permission to be asked missing"
  case wide = "too wide"
  case withdrawal = "withdrawal on"
  case expired, locked
  case environment = "other environment"
  case region = "other region"
  case rateLimit = "rate limit"
  case edge = "edge page"
  case cutOff = "cut off"
  case tls

  /// What the stand-in plays for these keys.
  func state(of keys: [PlayedKey]) -> [String: Any] {
    var state: [String: Any] = ["from": PlayedKey.address, "keys": keys.map(entry)]
    switch self {
    case .clockAhead: state["clock"] = ["offset": -120_000]
    case .clockBehind: state["clock"] = ["offset": 120_000]
    case .address: state["from"] = "198.51.100.9"
    default: break
    }
    state["faults"] = keys.flatMap(faults)
    return state
  }

  /// What lies in the store.
  func parts(of key: PlayedKey) -> [String: String] {
    var parts = key.parts
    switch self {
    case .swapped:
      let secret = parts["secret"] == nil ? "private-key" : "secret"
      parts["key"] = key.parts[secret]
      parts[secret] = key.parts["key"]
    case .wrongPassphrase: parts["passphrase"] = "the-one-to-log-in"
    default: break
    }
    return parts
  }

  /// How the answer for a person begins.
  func headline(_ cell: FailureTable.Cell) -> String {
    switch cell.result {
    case "refused": "refused by"
    case "not-asked": "could not be asked."
    case "untold": "accepted; what it may do"
    case "differs": self == .permission ? "less than planned." : "too wide."
    default: cell.causes.isEmpty ? ": as planned" : "refused from here, as your IP list demands."
    }
  }

  /// Whether the lines of a verdict say what is the matter, where that is something that a verdict says.
  func shows(in lines: [[String: String]]) -> Bool {
    let ends = lines.compactMap { $0["end"] }
    switch self {
    case .permission: return ends.contains("missing") && !ends.contains("too-wide")
    case .wide: return ends.contains("too-wide") && !ends.contains("missing")
    case .withdrawal: return lines.contains { $0["subject"] == "withdrawal" && $0["end"] == "too-wide" }
    default: return !ends.contains("missing") && !ends.contains("too-wide")
    }
  }

  // MARK: - Private

  private func entry(_ key: PlayedKey) -> [String: Any] {
    var entry = key.state
    switch self {
    case .wrongKey, .region: entry["key"] = String((key.parts["key"] ?? "").reversed())
    case .wrongSecret:
      if key.parts["secret"] == nil {
        entry["publicKey"] = PublishedPair.publicPEM(of: PublishedPair.otherPoint)
      } else {
        entry["secret"] = Data(repeating: 7, count: 64).base64EncodedString()
      }
    case .permission:
      entry["powers"] = key.powers.filter { $0 != key.trading }
      if key.trading == nil { entry["readOnly"] = true }
    case .reading: entry["powers"] = key.powers.filter { key.reading?.contains($0) != true }
    case .wide:
      entry["powers"] = key.powers + [key.wider].compactMap(\.self)
      entry["addresses"] = [String]()
    case .withdrawal: entry["powers"] = key.powers + [key.withdrawing].compactMap(\.self)
    case .expired: entry["expires"] = "2026-11-02T00:00:00Z"
    case .locked: entry["locked"] = true
    case .environment: entry["environment"] = key.environment ?? "live"
    default: break
    }
    return entry
  }

  /// All are played where the key is asked about, and not where the clock is.
  private func faults(_ key: PlayedKey) -> [[String: Any]] {
    let requests = [
      "gate-io": ["detail", "main_keys"], "binance": ["apiRestrictions"], "kraken": ["GetApiKeyInfo"],
      "kucoin": ["api-key"], "okx": ["config"], "bybit": ["query-api"], "coinbase": ["key_permissions"],
      "bitget": ["classic"], "mexc": ["account", "selfSymbols"], "htx": ["uid"],
    ]
    return (requests[key.exchange] ?? []).compactMap { request in
      let fault: [String: Any]? =
        switch self {
        case .rateLimit: ["kind": "error", "cause": "rate_limited"]
        case .edge: ["kind": "edge-page", "page": "cloudflare"]
        case .cutOff: ["kind": "cut-off", "bytes": 20]
        default: nil
        }
      return fault?.merging(["exchange": key.exchange, "request": request]) { $1 }
    }
  }
}
