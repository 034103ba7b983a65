import PlainText

extension ExchangeAPI {
  /// Why an answer tells nothing of a key: one cause, or those that the exchange does not tell apart.
  ///
  /// What the exchange is known to say decides before anything else, plain words too; then what is known of pages that
  /// stand before an API; then what a status alone says.
  func refusal(of answer: KeyAnswer, _ body: AnswerBody, now: Int, else doubt: String? = nil) -> KeyFailure {
    let codes: [String]
    let words: String
    switch body {
    case .json(let value): (codes, words) = (self.codes(in: value), message(in: value).start)
    case .words(let text): (codes, words) = ([], text.start)
    case .page, .empty, .doubled, .broken, .tooLong: (codes, words) = ([], "")
    }
    let code = codes.first.map { harmless($0, most: 60) }
    let came = Self.came(answer, body, code, words)
    if (300..<400).contains(answer.status) { return KeyFailure([.redirected], code: code, came: came) }
    if let row = row(answer, codes, words, isSpecific: true) {
      return failure(by: row, answer, code: code, came: came, words, now: now)
    }
    if let edge = Self.edge(answer, body, came) { return edge }
    if let row = row(answer, codes, words, isSpecific: false) {
      return failure(by: row, answer, code: code, came: came, words, now: now)
    }
    var failure = KeyFailure(Self.causes(answer, body, hasCode: code != nil), code: code, came: came)
    if let doubt { failure.came = "HTTP \(answer.status): \(doubt)" }
    if !Set(failure.causes).isDisjoint(with: [.rateLimit, .maintenance, .serverError]) { failure.pause = answer.pause }
    return failure
  }

  func edge(_ answer: KeyAnswer, _ what: String) -> KeyFailure {
    KeyFailure([.edge], came: "HTTP \(answer.status), \(what)")
  }

  /// The codes of a refusal, as they are written.
  func codes(in body: JSON) -> [String] {
    for place in errors.code {
      guard let value = try? body.value(at: place) else { continue }
      let codes = value.elements.map { $0.compactMap(\.text) } ?? [value.written].compactMap(\.self)
      // A hundred refusals at once are no answer of an exchange.
      if !codes.isEmpty, value != .null { return Array(codes.prefix(10)) }
    }
    return []
  }

  // MARK: - Private

  private func message(in body: JSON) -> String {
    for place in errors.message {
      guard let value = try? body.value(at: place), let text = value.text, !text.isEmpty else { continue }
      return text
    }
    return body.text ?? ""
  }

  private func row(_ answer: KeyAnswer, _ codes: [String], _ words: String, isSpecific: Bool) -> Refusal? {
    let words = words.lowercased()
    return refusals.first { row in
      guard isSpecific == !(row.codes.isEmpty && row.says.isEmpty) else { return false }
      return (row.status == nil || row.status == answer.status)
        && (row.codes.isEmpty || row.codes.contains { known in codes.contains { $0.fits(known) } })
        && (row.says.isEmpty || row.says.contains { words.contains($0.lowercased()) })
    }
  }

  private func failure(
    by row: Refusal, _ answer: KeyAnswer, code: String?, came: String, _ words: String, now: Int
  ) -> KeyFailure {
    let end = row.namesEnd ? words.secondsToMoment(now: now) : nil
    return KeyFailure(
      row.causes, code: code, came: came, pause: answer.pause ?? end ?? row.pause,
      detail: row.detail.flatMap { words.part($0) }, triesOthers: row.triesOthers,
      ruledOut: row.ruledOut)
  }

  /// What stands before an API: pages of those who carry its traffic. They say nothing of a key.
  private static func edge(_ answer: KeyAnswer, _ body: AnswerBody, _ came: String) -> KeyFailure? {
    let text: String
    switch body {
    case .page(let page): text = page
    case .words(let words): text = words
    default: return nil
    }
    let start = String(text.unicodeScalars.prefix(64 << 10)).lowercased()
    if start.contains("configured to block access from your country") { return KeyFailure([.country], came: came) }
    if ["error code: 1015", "error 1015", "you are being rate limited"].contains(where: start.contains) {
      return KeyFailure([.rateLimit], code: "1015", came: came, pause: answer.pause ?? 30)
    }
    if ["attention required", "cf-ray", "just a moment"].contains(where: start.contains) {
      return KeyFailure([.edge], came: "\(came), by Cloudflare")
    }
    return nil
  }

  /// What is left to say by the status and the shape alone.
  private static func causes(_ answer: KeyAnswer, _ body: AnswerBody, hasCode: Bool) -> [KeyFailure.Cause] {
    if case .tooLong = body { return [.tooLong] }
    switch answer.status {
    case 429: return [.rateLimit]
    case 451: return [.country]
    default: break
    }
    switch body {
    case .page, .words:
      // A gateway says by these that what it stands before does not answer.
      if (502...504).contains(answer.status) { return [.edge, .maintenance] }
      return answer.status >= 500 ? [.serverError] : [.edge]
    case .json where hasCode: return answer.status >= 500 ? [serverCause(answer)] : [.unknown]
    case .json, .empty, .doubled, .broken, .tooLong:
      if answer.status >= 500 { return [serverCause(answer)] }
      return answer.isSuccess ? [.unreadable] : [.unknown]
    }
  }

  /// Service unavailable; every other such status says no more than that something is wrong there.
  private static func serverCause(_ answer: KeyAnswer) -> KeyFailure.Cause {
    answer.status == 503 ? .maintenance : .serverError
  }

  private static func came(_ answer: KeyAnswer, _ body: AnswerBody, _ code: String?, _ words: String) -> String {
    let head = "HTTP \(answer.status), "
    switch body {
    case .json:
      let text = harmless(words)
      return head + (code.map { $0 == text || text.isEmpty ? $0 : "\($0): \(text)" } ?? (text.isEmpty ? "JSON" : text))
    case .words: return head + "'\(harmless(words, most: 80))'"
    case .page: return head + "a web page"
    case .empty: return head + "an empty answer"
    case .doubled: return head + "JSON with a name twice"
    case .broken: return head + "an answer that is cut off or broken"
    case .tooLong: return head + "an answer of more than \(AnswerBody.most >> 20) MiB"
    }
  }
}

extension KeyAnswer {
  /// For how many seconds it says that it is to be left alone, a week at most.
  var pause: Int? { retryAfter.map { min(max($0, 0), longestPause) } }
}

private let longestPause = 7 * 86_400

extension String {
  /// As much of it as a refusal of an exchange can have.
  fileprivate var start: String { String(unicodeScalars.prefix(4_000)) }

  /// Seconds from now to the first moment in milliseconds that it names.
  fileprivate func secondsToMoment(now: Int) -> Int? {
    let numbers = split { !("0"..."9").contains($0) }
    guard let moment = numbers.first(where: { $0.utf8.count == 13 }).flatMap({ Int($0) }) else { return nil }
    return min(max((moment + 999) / 1000 - now, 0), longestPause)
  }

  /// What stands between two of its words, if that is a few plain words.
  fileprivate func part(_ detail: ExchangeAPI.Refusal.Detail) -> String? {
    guard let start = firstRange(of: detail.after)?.upperBound else { return nil }
    var rest = self[start...]
    if let before = detail.before {
      guard let end = rest.firstRange(of: before)?.lowerBound else { return nil }
      rest = rest[..<end]
    }
    let part = rest.trimmed
    let isPlain = part.utf8.allSatisfy { byte in
      (0x41...0x5A).contains(byte & ~0x20) || byte == UInt8(ascii: " ") || byte == UInt8(ascii: "_")
    }
    return isPlain && (1...40).contains(part.utf8.count) ? part : nil
  }
}
