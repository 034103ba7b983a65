import PlainText

extension ExchangeAPI {
  /// What an answer to a request tells of a key: observations, the request to make instead, or why it tells nothing.
  ///
  /// - Parameters:
  ///   - key: the key as the person has it, which is no secret, to find its entry in a list; nil if it is not known.
  ///   - now: seconds since 1970.
  public func reading(of answer: KeyAnswer, to request: Request, key: String?, now: Int) -> KeyReading {
    let body = AnswerBody(answer)
    switch body {
    case .json(let value):
      if hasAnswered(value, answer, request) {
        guard answer.saysJSON else { return .failed(edge(answer, "JSON that calls itself something else")) }
        return told(by: value, request, key: key, now: now)
      }
      if let instead = request.instead, codes(in: value).contains(where: instead.codes.contains) {
        return .askInstead(request: instead.request)
      }
    case .doubled where answer.isSuccess:
      return .told(.nothing(request, "the answer has a name twice in one place, so that nobody knows which counts"))
    default: break
    }
    return .failed(refusal(of: answer, body, now: now))
  }

  /// One observation for each fact: what was told, and why nobody can tell what was not. Where two answers of the
  /// exchange tell a fact differently, neither counts.
  public func settled(_ observations: [KeyObservation]) -> [KeyObservation] {
    KeyFact.allCases.compactMap { fact in
      let all = observations.filter { $0.fact == fact }
      let told = all.filter { $0.told != nil }
      guard let first = told.first else {
        return all.first ?? unknowable[fact].map { KeyObservation(fact, .notKnowable($0)) }
      }
      let other = told.first { $0.told?.agrees(with: first.told) == false }
      guard let other, let one = first.request, let two = other.request else { return first }
      return KeyObservation(fact, .notKnowable("two answers of the exchange differ: '\(one)' and '\(two)'"))
    }
  }

  // MARK: - Private

  /// Whether the body is the answer that was asked for, and no refusal.
  private func hasAnswered(_ body: JSON, _ answer: KeyAnswer, _ request: Request) -> Bool {
    guard answer.isSuccess else { return false }
    guard let success = request.success else { return codes(in: body).isEmpty }
    guard let value = try? body.value(at: success.at) else { return false }
    return value.isEmpty ? success.values.contains("empty") : value.written.map(success.values.contains) ?? false
  }

  private func told(by body: JSON, _ request: Request, key: String?, now: Int) -> KeyReading {
    var isAccepted = false
    do throws(Doubt) {
      let taken = try taken(from: body, by: request)
      guard let content = try body.value(at: request.within) else {
        throw Doubt("the answer has no '\(request.within)'")
      }
      isAccepted = request.success != nil && (content.members != nil || content.elements != nil)
      var observations: [KeyObservation] = []
      var entry = content
      if let rule = request.own {
        let found = try OwnEntry(in: content, by: rule, key: key)
        entry = found.own
        if rule.listsOthers {
          let others = others(found, rule, request, now: now)
          observations.append(KeyObservation(.otherKeys, others, from: request.id))
        }
      } else if !request.facts.isEmpty, entry.members == nil {
        throw Doubt("the answer has \(entry.shown) where an object belongs")
      }
      let reader = FactReader(api: self, facts: request.facts, object: entry, now: now)
      observations =
        request.facts.map { KeyObservation($0.fact, reader.value(of: $0), from: request.id) } + observations
      isAccepted = isAccepted || observations.contains { $0.told != nil }
      return .told(KeyReading.Told(observations: observations, taken: taken, isAccepted: isAccepted))
    } catch {
      if !parameters(from: request).isEmpty { return .failed(KeyFailure([.unreadable], came: error.reason)) }
      var told = KeyReading.Told.nothing(request, error.reason)
      told.isAccepted = isAccepted
      return .told(told)
    }
  }

  private func others(
    _ found: OwnEntry, _ rule: OwnKey, _ request: Request, now: Int
  ) -> KeyObservation.Value {
    let keys = found.others.map {
      FactReader(api: self, facts: request.facts, object: $0, now: now).listedKey(rule)
    }
    let read = keys.compactMap(\.self)
    if read.count == keys.count { return .told(.keys(read)) }
    return .notKnowable("\(keys.count - read.count) of the \(keys.count) other keys in the list can't be read")
  }

  /// The parameters of other requests that this one's answer has.
  private func parameters(from request: Request) -> [(name: String, at: AnswerPlace)] {
    requests.flatMap(\.parameters).compactMap { parameter in
      parameter.taken.flatMap { $0.request == request.id ? (parameter.name, $0.at) : nil }
    }
  }

  private func taken(from body: JSON, by request: Request) throws(Doubt) -> [String: String] {
    var taken: [String: String] = [:]
    for (name, place) in parameters(from: request) {
      guard let value = try body.value(at: place) else { throw Doubt("the answer has no '\(place)'") }
      guard value.integer != nil || value.text != nil, let digits = value.written, (1...24).contains(digits.utf8.count),
        digits.utf8.allSatisfy({ (0x30...0x39).contains($0) })
      else { throw Doubt("the answer has \(value.shown) for '\(place)', where digits belong") }
      taken[name] = digits
    }
    return taken
  }
}

extension KeyReading.Told {
  /// Nobody can tell anything, for one reason.
  fileprivate static func nothing(_ request: ExchangeAPI.Request, _ reason: String) -> Self {
    let facts = request.facts.map(\.fact) + (request.own?.listsOthers == true ? [.otherKeys] : [])
    return Self(
      observations: facts.map { KeyObservation($0, .notKnowable(reason), from: request.id) }, taken: [:],
      isAccepted: false)
  }
}

extension KeyObservation {
  /// What was told; nil if nobody can tell.
  public var told: FactValue? { if case .told(let value) = value { value } else { nil } }
}

extension FactValue {
  /// Whether two answers say the same, in whatever order.
  fileprivate func agrees(with other: FactValue?) -> Bool {
    switch (self, other) {
    case (.texts(let one), .texts(let two)): Set(one) == Set(two)
    default: self == other
    }
  }
}
