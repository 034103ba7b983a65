/// A run of characters that could be a part of a key, and what stands around it.
struct Candidate {
  /// Where it begins in the whole file, in bytes, and how long it is.
  var start: Int
  var length: Int
  /// The line, from 1.
  var line: Int
  /// The shapes that it has; none for a private key in PEM.
  var kinds: SearchTable.Kinds
  /// The exchanges whose private keys begin so; nil for what is no PEM.
  var pem: ExchangeSet?
  var name: NameGrade
  /// The exchanges that are named around it, and whether a program that uses keys is.
  var near: ExchangeSet
  var isNearProgram: Bool
  /// Whether there are signs of test vectors around it.
  var isAmongVectors: Bool
  /// Whether the value itself says that it is a key, by its beginning or by a word in it.
  var tellsItself: Bool
  /// Whether it stands alone in its line, without a name.
  var isAlone: Bool
  /// A number that equal values have in common within one search, and that says nothing of the value.
  var identity: UInt64
  /// The place in the table of the listed key that begins so.
  var listed: Int?
  /// As much of the beginning as each exchange lists, none of whose secrets looks so.
  var publicParts: [Int: [UInt8]]
  /// The passphrase that stands near it: its line and length.
  var passphrase: Passphrase?

  struct Passphrase: Equatable {
    var line: Int
    var length: Int
  }

  var end: Int { start + length }

  /// Whether something around it, besides its own name, tells of an exchange or a program.
  var hasContext: Bool { near != 0 || isNearProgram }
}
