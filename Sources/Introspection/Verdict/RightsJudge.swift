/// Compares what a key may do, right by right.
struct RightsJudge {
  let told: Told
  /// By id; nil where nobody said.
  let planned: [String]?
  let page: [PagePermission]
  let reportable: Set<String>

  /// What is granted, and what of the plan is not.
  var lines: [KeyVerdict.Line] {
    guard let grants = told.grants else {
      return [line("rights", told.reason(.permissions) ?? "what it may do was not told", .notKnowable)]
    }
    // Withdrawal has a line of its own; what only prepares one is a right like any other.
    let rights = grants.filter { $0.meaning?.risk != .withdraw || told.truth(.withdrawal) != true }
    if grants.isEmpty {
      let titles = page.filter { planned?.contains($0.id) ?? false }.map(\.title)
      return [
        line(
          "rights", "no right at all",
          titles.isEmpty ? .noted : .missing(planned: titles.joined(separator: ", ")))
      ]
    }
    return rights.map(line) + missing(grants)
  }

  /// Whether it can send coins away.
  var withdrawal: KeyVerdict.Line {
    let ids = Set(page.filter { $0.risk == .withdraw }.map(\.id))
    let names = (told.grants ?? []).filter { $0.meaning?.risk == .withdraw }.map(\.title)
    // Of several rights of that kind, what was planned may be one that alone sends nothing away.
    let reported = Set((told.grants ?? []).compactMap { $0.meaning?.permission }).intersection(ids)
    let isPlanned = planned.map { planned in
      told.truth(.withdrawal) == false
        ? ids.count == 1 && !ids.isDisjoint(with: planned)
        : !(reported.isEmpty ? ids : reported).isDisjoint(with: planned)
    }
    func line(_ text: String, _ end: KeyVerdict.End, change: String? = nil) -> KeyVerdict.Line {
      KeyVerdict.Line(.withdrawal, text, end, change: change)
    }
    switch (told.truth(.withdrawal), isPlanned) {
    case (true?, true?): return line("withdrawal is on", .asPlanned)
    // Nobody needs to have said that coins are to stay.
    case (true?, _):
      let which = names.isEmpty ? "" : " (\(names.joined(separator: ", ")))"
      return line(
        "withdrawal is on\(which)", .tooWide(planned: isPlanned == nil ? nil : "off"), change: "withdrawal off")
    case (false?, true?): return line("withdrawal is off", .missing(planned: "on"))
    case (false?, _): return line("withdrawal is off", .asPlanned)
    case (nil, _): return line("withdrawal: \(told.reason(.withdrawal) ?? "it was not told")", .notKnowable)
    }
  }

  /// What a thief could do; nil where what it may do is not known.
  var risks: [Grant.Risk]? {
    guard let grants = told.grants else { return told.truth(.withdrawal) == true ? [.withdraw] : nil }
    var risks = Set(grants.filter { $0.isReadOnly != true }.compactMap { $0.meaning?.risk })
    if told.truth(.withdrawal) == true { risks.insert(.withdraw) }
    return Grant.Risk.allCases.filter(risks.contains)
  }

  var hasUnknown: Bool { (told.grants ?? []).contains { $0.meaning == nil } }

  // MARK: - Private

  private func line(_ name: String, _ text: String, _ end: KeyVerdict.End, change: String? = nil) -> KeyVerdict.Line {
    KeyVerdict.Line(.right(name), text, end, change: change)
  }

  private func line(_ grant: Grant) -> KeyVerdict.Line {
    guard let meaning = grant.meaning else {
      let text = "\(grant.title) is on, a right that Keyusher does not know"
      // All that was not planned was to be off, whatever it is.
      guard let planned, !planned.contains(KeyPlan.other) else { return line(grant.name, text, .notKnowable) }
      return line(grant.name, text, .tooWide(planned: nil), change: "\(grant.title) off")
    }
    if grant.isReadOnly == true, meaning.risk != .read {
      return line(grant.name, "\(meaning.title), of a key that only reads", .noted)
    }
    guard let planned else { return line(grant.name, meaning.title, .noted) }
    guard let id = meaning.permission else { return line(grant, beyond: planned) }
    // What a right includes is planned with it, and so is a part of what is planned.
    if planned.contains(id) || !within(id).isDisjoint(with: planned) {
      return line(grant.name, meaning.title, .asPlanned)
    }
    let narrower = page.filter { $0.within.contains(id) && planned.contains($0.id) }.map(\.title)
    if let first = narrower.first {
      return line(grant.name, meaning.title, .tooWide(planned: first), change: "\(first) in place of \(meaning.title)")
    }
    return line(grant, beyond: planned)
  }

  /// A right that the plan does not name.
  private func line(_ grant: Grant, beyond planned: [String]) -> KeyVerdict.Line {
    if planned.contains(KeyPlan.other) {
      return line(grant.name, "\(grant.title): whether it is the other permission that was planned", .notKnowable)
    }
    return line(grant.name, grant.title, .tooWide(planned: nil), change: "\(grant.title) off")
  }

  private func missing(_ grants: [Grant]) -> [KeyVerdict.Line] {
    let granted = Set(
      grants.compactMap { grant in
        grant.isReadOnly == true && grant.meaning?.risk != .read ? nil : grant.meaning?.permission
      })
    return (planned ?? []).compactMap { id in
      guard id != KeyPlan.other, let permission = page.first(where: { $0.id == id }), permission.risk != .withdraw
      else { return nil }
      if granted.contains(id) || !Set(permission.within).isDisjoint(with: granted) { return nil }
      guard reportable.contains(id) else {
        return line(id, "\(permission.title): the exchange does not list it", .notKnowable)
      }
      return line(
        id, "\(permission.title) is off", .missing(planned: permission.title), change: "\(permission.title) on")
    }
  }

  /// The permissions that include one, with those that include these.
  private func within(_ id: String) -> Set<String> { Set(page.first { $0.id == id }?.within ?? []) }
}

extension Grant {
  /// For a person.
  var title: String { meaning?.title ?? name + (isReadOnly == true ? ", read only" : "") }
}
