import Synchronization

/// The nonces that were accepted since the program began, key by key, as numbers of 64 bits without a sign.
final class Nonces: Sendable {
  private struct Seen {
    var highest: UInt64
    /// Those above the window's lower end.
    var recent: Set<UInt64> = []
  }

  private let seen = Mutex<[String: Seen]>([:])

  /// Takes a nonce that is above the highest; or, with a window, one that is less than that below it and new. False for any
  /// other.
  ///
  /// Source: docs.kraken.com, "API nonce" and "Nonce window".
  func accept(_ nonce: UInt64, of key: Key) -> Bool {
    seen.withLock { all in
      var seen = all[key.name] ?? Seen(highest: key.nonce)
      let lowest = seen.highest - min(seen.highest, key.nonceWindow)
      guard nonce > seen.highest || key.nonceWindow > 0 && nonce > lowest && nonce != seen.highest,
        !seen.recent.contains(nonce)
      else { return false }
      seen.highest = max(seen.highest, nonce)
      seen.recent.insert(nonce)
      let floor = seen.highest - min(seen.highest, key.nonceWindow)
      seen.recent = seen.recent.filter { $0 >= floor }
      all[key.name] = seen
      return true
    }
  }

  /// The highest that was accepted.
  func highest(of key: Key) -> UInt64 {
    seen.withLock { $0[key.name]?.highest ?? key.nonce }
  }
}
