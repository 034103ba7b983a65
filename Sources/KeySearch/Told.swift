extension Vocabulary {
  /// What words around a value tell.
  struct Told: Equatable {
    var exchanges: ExchangeSet = 0
    var isOfProgram = false
    var isOfVectors = false
  }

  /// What the words of a text tell: those between other signs, and those that begin with a capital.
  func told(by bytes: Bytes) -> Told {
    var told = Told()
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Vocabulary.longestWord) { room in
      var count = 0
      func close() {
        defer { count = 0 }
        guard count >= 2, count < room.count else { return }
        take(Bytes(room).part(0..<count), into: &told)
      }
      var before: UInt8 = 0
      for byte in bytes {
        if !Text.isWord(byte) || Text.isUpper(byte) && !Text.isUpper(before) { close() }
        if Text.isWord(byte), count < room.count {
          room[count] = Text.small(byte)
          count += 1
        }
        before = byte
      }
      close()
      room.update(repeating: 0)
    }
    return told
  }

  /// What the last names of a path tell.
  func told(byPath path: String) -> (exchanges: ExchangeSet, isOfProgram: Bool) {
    var last = path.split(separator: "/").suffix(3).joined(separator: "/")
    let words = last.withUTF8 { told(by: $0) }
    return (words.exchanges, words.isOfProgram)
  }

  /// What the name of a file says of a value that it holds alone: `kraken.key`, `api_secret.txt`. Which part it is, the shape
  /// has to tell: such a file may hold two.
  func grade(ofFile path: String) -> NameGrade? {
    let file = path.split(separator: "/").last ?? ""
    let stem = file.lastIndex(of: ".").map { file[..<$0] } ?? file
    for name in [file, stem] {
      var name = String(name)
      guard var grade = name.withUTF8({ self.grade($0) }), grade.strength > .neutral else { continue }
      grade.isSecret = nil
      return grade
    }
    return nil
  }

  private static let longestWord = 32

  private func take(_ word: Bytes, into told: inout Told) {
    told.exchanges |= exchanges(in: word)
    switch meaningAround(of: word) {
    case .program: told.isOfProgram = true
    case .vector: told.isOfVectors = true
    default: break
    }
  }
}
