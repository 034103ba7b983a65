import PlainText

/// The names of runs: short enough to type, and safe as names of files.
public enum RunID {
  /// A fresh id of four characters made from the low 20 bits of a random number, for example `7q4m`.
  ///
  /// The alphabet is Crockford's base32 in lower case: no i, l, o or u, so that an id can be read aloud. A million ids are
  /// few: who begins a run looks which are taken, and `RecordFolder.create` refuses one.
  public static func make(from bits: UInt32) -> String {
    let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz")
    return String([15, 10, 5, 0].map { alphabet[Int(bits >> UInt32($0) & 31)] })
  }

  /// Whether a text can be a run's id: up to 32 small letters, digits and hyphens, no hyphen first.
  public static func isWellFormed(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 32 && text.utf8.first != UInt8(ascii: "-") && text.utf8.areSmallWord(with: "-")
  }
}
