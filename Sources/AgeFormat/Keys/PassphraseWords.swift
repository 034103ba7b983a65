/// The 2048 English words of BIP 39: short, common, and different from each other in their first four letters.
///
/// Source: the list in the Python package `mnemonic` 0.21, MIT licence, whose notice stands in the file.
enum PassphraseWords {
  static let all: [Substring] = Resources.wordsTxt.split(separator: "\n").filter { !$0.hasPrefix("#") }
    .flatMap { $0.split(separator: " ") }
}
