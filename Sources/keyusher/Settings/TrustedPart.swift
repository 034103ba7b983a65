import FlowText
import PlainText

/// What a person trusts to be signed for an exchange of one's own, as a setting keeps it: `exchange.trust.NAME: DIGEST DAY`.
struct TrustedPart: Equatable {
  /// The SHA-256 of its network part, in hexadecimal.
  let digest: String
  /// The day on which it was trusted; nil where nobody wrote it down.
  var day: String?

  /// What stands before the exchange's name in the setting's.
  static let setting = "exchange.trust."
  static let meaning = "the digest of what may be signed for an exchange of your own, which 'key verify' shows and asks"

  /// The setting's value.
  var text: String { [digest, day].compactMap(\.self).joined(separator: " ") }

  init(digest: String, day: String) { (self.digest, self.day) = (digest, day) }

  /// Reads a setting's value; nil if it is none.
  init?(_ value: String) {
    let words = value.split(separator: " ").map(String.init)
    guard (1...2).contains(words.count), words[0].utf8.count == 64,
      words[0].utf8.allSatisfy({ $0.isDigit || (0x61...0x66).contains($0) }), words.count == 1 || Day(words[1]) != nil
    else { return nil }
    (digest, day) = (words[0], words.count == 2 ? words[1] : nil)
  }

  /// The exchange that a setting's key names; nil if it is another setting.
  static func exchange(in key: String) -> String? {
    guard key.hasPrefix(setting) else { return nil }
    let name = String(key.dropFirst(setting.count))
    return isFlowID("\(name)/\(FlowLibrary.api)") ? name : nil
  }
}
