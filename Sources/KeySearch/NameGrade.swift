/// What the name beside a value says of it.
struct NameGrade: Equatable {
  /// How much it says: nothing of keys, a word such as `key`, a name such as `secret key`, or `API key`.
  enum Strength: UInt8, Comparable {
    case neutral, weak, fair, strong
    static func < (left: Strength, right: Strength) -> Bool { left.rawValue < right.rawValue }
  }

  var strength = Strength.neutral
  /// Which of both it says that the value is; nil where it does not say.
  var isSecret: Bool?
  /// Whether it says that it is a private key: of most exchanges no part is called so.
  var isPrivate = false
  /// The exchanges that it names.
  var exchanges: ExchangeSet = 0
}

extension Vocabulary {
  /// What a name says, such as `GATE_API_KEY`, `apiKey`, `X-MBX-APIKEY` or `Secret Key`; nil if it says that the value is
  /// something else, or is no name of anything that could be a key.
  func grade(_ name: Bytes) -> NameGrade? {
    Words.with(name) { words in
      var grade = NameGrade()
      var seen = Seen()
      for index in 0..<words.count {
        let word = words[index]
        let exchanges = exchanges(in: word)
        grade.exchanges |= exchanges
        seen.add(exchanges != 0 ? .exchange : meaning(of: word) ?? ending(of: word), isNumber: isNumber(word))
      }
      if let isSecret = variable(words.letters) {
        (grade.strength, grade.isSecret) = (.strong, isSecret)
        return grade
      }
      return seen.complete(&grade) ? grade : nil
    }
  }

  // MARK: - Private

  /// What was seen of a name's words, one after the other.
  private struct Seen {
    /// The last words that are no endings: `ACCOUNT_API_KEY_TEST_2` is a name as `ACCOUNT_API_KEY` is.
    private var last: Meaning?
    private var before: Meaning?
    private var hasLast = false
    private var isAPI = false
    private var isOther = false
    private var isOfProgram = false

    mutating func add(_ meaning: Meaning?, isNumber: Bool) {
      if meaning == .ending || isNumber { return }
      if last == .other || last == .vector { isOther = true }
      if last == .api || last == .apiKey { isAPI = true }
      if meaning == .program { isOfProgram = true }
      (before, last, hasLast) = (last, meaning, true)
    }

    /// Says it in a grade; false if it is no name of a key.
    func complete(_ grade: inout NameGrade) -> Bool {
      guard hasLast else { return true }
      let isPrivate = last == .privateKey || last == .key && before == .privacy || last == .privacy
      switch last {
      case .apiKey: (grade.strength, grade.isSecret) = (.strong, before == .secret)
      case .apiSecret: (grade.strength, grade.isSecret) = (.strong, true)
      case .accessKey: (grade.strength, grade.isSecret) = (isAPI ? .strong : .fair, false)
      case .secretKey, .privateKey: (grade.strength, grade.isSecret) = (isAPI ? .strong : .fair, true)
      case .secret, .privacy: (grade.strength, grade.isSecret) = (isAPI ? .strong : .weak, true)
      case .key where before == .secret || before == .privacy:
        (grade.strength, grade.isSecret) = (isAPI ? .strong : .fair, true)
      case .key where before == .access: (grade.strength, grade.isSecret) = (isAPI ? .strong : .fair, false)
      case .key: (grade.strength, grade.isSecret) = (isAPI ? .strong : .weak, false)
      case .token where isAPI: (grade.strength, grade.isSecret) = (.fair, nil)
      default: return false
      }
      grade.isPrivate = isPrivate
      if grade.exchanges != 0 || isOfProgram { grade.strength = .strong }
      return !isOther
    }
  }

  private func isNumber(_ word: Bytes) -> Bool {
    for byte in word where !Text.isDigit(byte) { return false }
    return true
  }

  /// What a word says by its end alone, where several are written as one: `mbxapikey`.
  private func ending(of word: Bytes) -> Meaning? {
    guard word.count > 6, let last = word.last, last == UInt8(ascii: "y") || last == UInt8(ascii: "t") else {
      return nil
    }
    for (end, meaning) in Vocabulary.endings where word.count > end.count && word.hasSuffix(end) { return meaning }
    return nil
  }

  private static let endings: [([UInt8], Meaning)] =
    ([
      ("apikey", .apiKey), ("apisecret", .apiSecret), ("apisecretkey", .apiSecret), ("accesskey", .accessKey),
      ("secretkey", .secretKey), ("privatekey", .privateKey),
    ] as [(String, Meaning)]).map { (Array($0.0.utf8), $0.1) }
}
