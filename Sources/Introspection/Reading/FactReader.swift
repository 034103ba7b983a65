import PlainText

/// Reads facts from an object of an answer: the whole one, or the entry of one key.
///
/// What is told stands in a field that is there, parsed and rightly typed; anything else is a doubt.
struct FactReader {
  let api: ExchangeAPI
  /// The facts of the request: some follow from its rights.
  let facts: [ExchangeAPI.Fact]
  let object: JSON
  /// Seconds since 1970.
  let now: Int

  /// More entries than this, or longer ones, no key has.
  static let mostEntries = 1_000
  static let longestEntry = 128

  func value(of fact: ExchangeAPI.Fact) -> KeyObservation.Value {
    do throws(Doubt) {
      let told = try told(fact)
      guard let unsure = fact.unsure else { return .told(told) }
      return .notKnowable("\(unsure); it says \(shown(told))")
    } catch {
      return .notKnowable(error.reason)
    }
  }

  // MARK: - Private

  private func told(_ fact: ExchangeAPI.Fact) throws(Doubt) -> FactValue {
    switch fact.form {
    case .right(let names, let otherwise): return .truth(try hasRight(names, otherwise))
    case .reads: return .truth(try onlyReads())
    default: break
    }
    guard let value = try field(fact) else { return try none(fact) }
    switch fact.form {
    case .truth(let yes, let no): return .truth(try truth(value, yes, no, fact))
    case .filled: return .truth(try isFilled(value, fact))
    case .differs(let other): return .truth(try differs(value, fact, other))
    case .text: return .text(try line(value, fact))
    case .word(let meanings, let otherwise): return .text(try meaning(value, meanings, otherwise, fact))
    case .number(let written): return .text(try number(value, written, fact))
    case .texts(let listing): return .texts(try texts(value, listing, fact))
    case .moment(let unit, let written): return .moment(try moment(value, unit, written, fact))
    case .days: throw Doubt(try days(value, fact))
    case .rights(let form, let mode): return .grants(try rights(value, form, mode, fact))
    case .right, .reads: throw Doubt("the answer lists no rights")
    }
  }

  /// What stands at the fact's place; nil for what stands for none.
  private func field(_ fact: ExchangeAPI.Fact) throws(Doubt) -> JSON? {
    guard let value = try object.value(at: fact.at) else {
      if fact.none.contains("absent") { return nil }
      throw Doubt("the answer has no '\(fact.at)'")
    }
    let isNone: Bool =
      switch value {
      case .null: fact.none.contains("null")
      case _ where value.isEmpty: fact.none.contains("empty")
      // A list of nothing but the sign for any.
      case .array(let elements): elements.count == 1 && fact.none.contains { elements[0].stands(for: $0) }
      default: fact.none.contains { value.stands(for: $0, inText: fact.form.isText) }
      }
    if isNone { return nil }
    if value == .null || value.isEmpty { throw Doubt(fact.empty ?? "the answer has \(value.shown) for '\(fact.at)'") }
    return value
  }

  private func none(_ fact: ExchangeAPI.Fact) throws(Doubt) -> FactValue {
    switch fact.form {
    case .texts: return .texts([])
    case .moment, .days: return .never
    case .filled: return .truth(false)
    case .rights: return .grants([])
    default: throw Doubt("the answer says of '\(fact.at)' that there is none")
    }
  }

  private func wrong(_ value: JSON, _ fact: ExchangeAPI.Fact, _ kind: String) -> Doubt {
    Doubt("the answer has \(value.shown) for '\(fact.at)', where \(kind) belongs")
  }

  private func truth(
    _ value: JSON, _ yes: [String], _ no: [String], _ fact: ExchangeAPI.Fact
  ) throws(Doubt) -> Bool {
    if yes.isEmpty && no.isEmpty {
      guard let flag = value.flag else { throw wrong(value, fact, "true or false") }
      return flag
    }
    if yes.contains(where: { value.stands(for: $0) }) { return true }
    if no.contains(where: { value.stands(for: $0) }) { return false }
    throw wrong(value, fact, listed(yes + no))
  }

  private func isFilled(_ value: JSON, _ fact: ExchangeAPI.Fact) throws(Doubt) -> Bool {
    guard let text = value.text, !text.trimmed.isEmpty else { throw wrong(value, fact, "a text") }
    return true
  }

  private func differs(_ value: JSON, _ fact: ExchangeAPI.Fact, _ other: AnswerPlace) throws(Doubt) -> Bool {
    guard let own = value.text else { throw wrong(value, fact, "a text") }
    guard let beside = try object.value(at: other)?.text, !beside.isEmpty else {
      throw Doubt("the answer has no text for '\(other)'")
    }
    return own != beside
  }

  func line(_ value: JSON, _ fact: ExchangeAPI.Fact) throws(Doubt) -> String {
    guard let text = value.text else { throw wrong(value, fact, "a text") }
    guard text.utf8.count <= 4 * Self.longestEntry else {
      throw Doubt("the answer has an endless text for '\(fact.at)'")
    }
    return text
  }

  private func meaning(
    _ value: JSON, _ meanings: [ExchangeAPI.Meaning], _ otherwise: String?, _ fact: ExchangeAPI.Fact
  ) throws(Doubt) -> String {
    if let known = meanings.first(where: { value.stands(for: $0.value) }) { return known.meaning }
    // Another value of the same kind.
    let isSmall = value.integer.map { (0..<1_000).contains($0) } ?? false
    let isKind = meanings.contains { Int($0.value) == nil ? value.text != nil : isSmall }
    guard isKind else { throw wrong(value, fact, listed(meanings.map(\.value))) }
    guard let otherwise else {
      throw Doubt("the answer has \(value.shown) for '\(fact.at)', and what that means is not known here")
    }
    return otherwise
  }

  private func number(_ value: JSON, _ written: Written, _ fact: ExchangeAPI.Fact) throws(Doubt) -> String {
    let digits: String?
    switch value {
    case .integer(let number) where written != .text: digits = String(number)
    case .text(let text) where written != .number: digits = text
    default: digits = nil
    }
    // A nonce is a number of 64 bits: 20 digits.
    guard let digits, (1...(value.text == nil ? 18 : 20)).contains(digits.utf8.count),
      digits.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else {
      throw wrong(value, fact, "a whole number")
    }
    return digits
  }

  private func moment(
    _ value: JSON, _ unit: TimeUnit, _ written: Written, _ fact: ExchangeAPI.Fact
  ) throws(Doubt) -> Int {
    let seconds = try Moments.milliseconds(value, unit, written) / 1000
    if fact.fact.isPast, seconds > now + 86_400 {
      throw Doubt("the answer has \(value.shown) for '\(fact.at)', which is yet to come")
    }
    return seconds
  }

  private func days(_ value: JSON, _ fact: ExchangeAPI.Fact) throws(Doubt) -> String {
    guard let days = value.integer, (0...100_000).contains(days) else { throw wrong(value, fact, "a number of days") }
    return "the answer says \(days) days; from which day they count is nowhere stated"
  }

  private func shown(_ value: FactValue) -> String {
    switch value {
    case .texts(let texts): harmless(texts.prefix(10).joined(separator: ", "), most: 120)
    case .text(let text): "'\(harmless(text, most: 40))'"
    case .truth(let truth): truth ? "yes" : "no"
    case .never: "never"
    case .moment, .grants, .keys: "more than fits here"
    }
  }
}

extension ExchangeAPI.Form {
  /// Whether what it is read from is always a text.
  fileprivate var isText: Bool {
    switch self {
    case .moment(.iso, _), .moment(_, .text), .texts(.commas): true
    default: false
    }
  }
}

extension KeyFact {
  /// Whether it is a time that has been.
  var isPast: Bool { self == .created || self == .changed || self == .lastUsed }
}

/// `a`, `b` or `c`.
func listed(_ words: [String]) -> String {
  guard words.count > 1, let last = words.last else { return words.joined() }
  return words.dropLast().joined(separator: ", ") + " or " + last
}
