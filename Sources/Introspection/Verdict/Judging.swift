import PlainText

extension KeyVerdict {
  /// Holds what was observed against what was meant.
  ///
  /// - Parameters:
  ///   - observations: what the exchange's answers told, and what they did not.
  ///   - plan: what the key was meant to be; nil where nobody said.
  ///   - page: the permissions that the exchange's page has.
  ///   - reportable: those among them that the exchange's API can name, by id: of the others nobody can tell.
  ///   - ruledEnd: when it may end by a rule of the exchange.
  ///   - home: where it lives, if it was looked for elsewhere first.
  public init(
    _ observations: [KeyObservation], plan: KeyPlan?, page: [PagePermission], reportable: Set<String>,
    ruledEnd: RuledEnd? = nil, home: Line? = nil
  ) {
    let told = Told(observations)
    let rights = RightsJudge(told: told, planned: plan?.permissions, page: page, reportable: reportable)
    lines =
      [home].compactMap(\.self) + rights.lines + [rights.withdrawal]
      + AddressJudge(told: told, plan: plan?.addresses ?? .notSaid).lines
      + KeyVerdict.state(told) + KeyVerdict.label(told, plan?.label) + KeyVerdict.rest(told, ruledEnd)
    danger = rights.risks.map { risks in
      Danger(risks: risks, isBound: told.isBound, hasUnknown: rights.hasUnknown)
    }
  }

  // MARK: - Private

  private static func state(_ told: Told) -> [Line] {
    guard let state = told.text(.state) else { return [] }
    return state == "active"
      ? [Line(.state, "the key is usable", .asPlanned)]
      : [
        Line(
          .state, state == "not usable" ? "the key is not usable" : "the key is not usable (\(state))",
          .missing(planned: "usable"), change: "see why it is off")
      ]
  }

  /// Another name than the one on record may be another key.
  private static func label(_ told: Told, _ planned: String?) -> [Line] {
    guard let label = told.text(.label), let planned else { return [] }
    if label == planned { return [Line(.label, "it is called \(label)", .asPlanned)] }
    return [
      Line(.label, "it is called \(label)", .missing(planned: planned), change: "see whether it is the right key")
    ]
  }

  private static func rest(_ told: Told, _ ruledEnd: RuledEnd?) -> [Line] {
    var lines: [Line] = []
    if let end = told.moment(.expiry) {
      lines.append(Line(.expiry, "it ends on \(Day(ofSecond: end))", .noted))
    } else if told.isNever(.expiry) {
      lines.append(Line(.expiry, "it has no last day", .noted))
    } else if let end = ruledEnd {
      lines.append(Line(.rule(by: end.by), "it may end on \(end.day), after \(end.days) days", .noted))
    } else {
      lines.append(Line(.expiry, "when it ends: \(told.reason(.expiry) ?? "it was not told")", .notKnowable))
    }
    if let pairs = told.texts(.pairs), !pairs.isEmpty {
      let some = pairs.prefix(5).joined(separator: ", ") + (pairs.count > 5 ? " and \(pairs.count - 5) more" : "")
      lines.append(Line(.pairs, "only the pairs \(some)", .noted))
    }
    if told.truth(.subAccount) == true { lines.append(Line(.account, "it belongs to a sub-account", .noted)) }
    if let nonce = told.text(.nonce) {
      let window = told.text(.nonceWindow) ?? "0"
      let rest = window == "0" ? "the next must be higher" : "its nonce window is \(window)"
      lines.append(Line(.nonce, "its last nonce is \(nonce); \(rest)", .noted))
    }
    if let keys = told.keys {
      let others = keys.count == 1 ? "1 other key" : "\(keys.count) other keys"
      lines.append(
        Line(.otherKeys, keys.isEmpty ? "it is the account's only key" : "the account has \(others)", .noted))
    } else if let reason = told.reason(.otherKeys) {
      lines.append(Line(.otherKeys, "the account's other keys: \(reason)", .notKnowable))
    }
    var past: [String] = []
    if let made = told.moment(.created) { past.append("made \(Day(ofSecond: made))") }
    if let used = told.moment(.lastUsed) { past.append("last used \(Day(ofSecond: used))") }
    if told.isNever(.lastUsed) { past.append("never used") }
    if !past.isEmpty { lines.append(Line(.past, past.joined(separator: ", "), .noted)) }
    return lines
  }
}

/// Compares the addresses.
struct AddressJudge {
  let told: Told
  let plan: KeyPlan.Addresses

  var lines: [KeyVerdict.Line] {
    if let listed = told.texts(.addresses) { return [line(listed)] }
    let which = told.reason(.addresses) ?? "which addresses was not told"
    switch (told.truth(.bound), plan) {
    case (false?, _): return [unbound]
    case (true?, .none):
      return [line("bound to addresses", .missing(planned: "no list"), change: AddressJudge.keepsList)]
    case (true?, .notSaid): return [line("bound to addresses", .noted)]
    case (true?, .some): return [line("bound to addresses", .asPlanned)]
    case (true?, .these(let planned)):
      return [
        line("bound to addresses", .asPlanned),
        line("whether they are \(planned.listed(with: "and")): \(which)", .notKnowable),
      ]
    case (nil, _): return [line("the IP list: \(which)", .notKnowable)]
    }
  }

  // MARK: - Private

  /// A list that was not planned protects all the same.
  private static let keepsList = "keep the list, and see that the program's address is on it"

  private func line(_ text: String, _ end: KeyVerdict.End, change: String? = nil) -> KeyVerdict.Line {
    KeyVerdict.Line(.addresses, text, end, change: change)
  }

  private var unbound: KeyVerdict.Line {
    switch plan {
    case .notSaid: line("no IP list", .noted)
    case .none: line("no IP list", .asPlanned)
    case .some: line("no IP list", .tooWide(planned: "an IP list"), change: "add the address")
    case .these(let planned):
      line(
        "no IP list", .tooWide(planned: planned.joined(separator: ", ")),
        change: "add \(planned.listed(with: "and"))")
    }
  }

  private func line(_ listed: [String]) -> KeyVerdict.Line {
    guard !listed.isEmpty else { return unbound }
    let text = "only from \(listed.joined(separator: ", "))"
    switch plan {
    case .notSaid: return line(text, .noted)
    case .none: return line(text, .missing(planned: "no list"), change: AddressJudge.keepsList)
    case .some: return line(text, .asPlanned)
    case .these(let planned):
      let more = listed.filter { !planned.contains($0) }
      let less = planned.filter { !listed.contains($0) }
      let words = planned.joined(separator: ", ")
      if !more.isEmpty {
        let change = "take \(more.listed(with: "and")) off" + (less.isEmpty ? "" : ", add \(less.listed(with: "and"))")
        return line(text, .tooWide(planned: words), change: change)
      }
      if !less.isEmpty { return line(text, .missing(planned: words), change: "add \(less.listed(with: "and"))") }
      return line(text, .asPlanned)
    }
  }
}
