import CSodium
public import SecretMemory

/// Passphrases that are made, not thought up.
public enum Passphrase {
  /// How many words a passphrase has: 12 of 2048 are 132 bits.
  public static let wordCount = 12

  /// A new passphrase: words in small letters with `-` between them, each chosen by the system's random generator.
  public static func generate() throws(AgeError) -> SecretBytes {
    let words = PassphraseWords.all
    return try .written(wordCount * longestWord) { room in
      var count = 0
      for number in 0..<wordCount {
        if number > 0 {
          room[count] = UInt8(ascii: "-")
          count += 1
        }
        for letter in words[Int(randombytes_uniform(UInt32(words.count)))].utf8 {
          room[count] = letter
          count += 1
        }
      }
      return count
    }
  }

  /// Eight letters and a `-`.
  private static let longestWord = 9
}
