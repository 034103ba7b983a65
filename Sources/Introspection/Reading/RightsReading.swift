import PlainText

extension FactReader {
  /// Every right that is listed, with what is known of it.
  func rights(
    _ value: JSON, _ form: ExchangeAPI.Rights, _ mode: ExchangeAPI.Mode?, _ fact: ExchangeAPI.Fact
  ) throws(Doubt) -> [Grant] {
    let onlyReads = try mode.map { mode throws(Doubt) in try self.onlyReads(by: mode) }
    let names: [(name: String, isReadOnly: Bool?)]
    switch form {
    case .names(let listing): names = try entries(value, listing, fact).map { ($0, onlyReads) }
    case .named(let name, let readOnly): names = try named(value, name, readOnly, fact)
    case .flags(let others): names = try flags(value, besides: others, fact).map { ($0, onlyReads) }
    case .groups: names = try groups(value, fact).map { ($0, onlyReads) }
    }
    return names.map { Grant($0.name, isReadOnly: $0.isReadOnly, meaning: api.meaning(of: $0.name, $0.isReadOnly)) }
  }

  /// Whether one of these rights is listed, and can be used.
  func hasRight(_ names: [String], _ otherwise: String?) throws(Doubt) -> Bool {
    let (grants, form, place) = try reported()
    if case .groups = form { try checkGroups(of: names, at: place) }
    let found = grants.filter { grant in names.contains { grant.name.fits($0) } }
    // A read-only mark of a single right is not trusted to keep coins where they are; that of a whole key is its mode.
    if found.contains(where: { $0.isReadOnly != true || form.marksEachRight }) { return true }
    if let otherwise, found.isEmpty { throw Doubt(otherwise) }
    if let unknown = grants.first(where: { $0.meaning == nil && $0.name.lowercased().contains("withdraw") }) {
      throw unsure(of: unknown)
    }
    try checkNames(of: grants)
    return false
  }

  /// Whether every right that is listed only reads.
  func onlyReads() throws(Doubt) -> Bool {
    let grants = try reported().grants
    let wider = grants.filter { $0.isReadOnly.map { !$0 } ?? ($0.meaning?.risk != .read) }
    if wider.contains(where: { $0.meaning != nil }) { return false }
    if let unknown = wider.first { throw unsure(of: unknown) }
    try checkNames(of: grants)
    return true
  }

  // MARK: - Private

  /// The rights that the same request tells.
  private func reported() throws(Doubt) -> (grants: [Grant], form: ExchangeAPI.Rights, place: AnswerPlace) {
    guard let fact = facts.first(where: { $0.fact == .permissions }), case .rights(let form, _) = fact.form else {
      throw Doubt("the answer lists no rights")
    }
    switch value(of: fact) {
    case .told(.grants(let grants)): return (grants, form, fact.at)
    case .notKnowable(let reason): throw Doubt(reason)
    case .told: throw Doubt("the answer lists no rights")
    }
  }

  /// A list with a name that no source has for certain may be of other names altogether: what it lacks tells nothing.
  private func checkNames(of grants: [Grant]) throws(Doubt) {
    let unsure = grants.first { grant in api.permissions.contains { $0.isUnverified && grant.name.fits($0.name) } }
    if let unsure { throw self.unsure(of: unsure) }
  }

  private func unsure(of grant: Grant) -> Doubt {
    Doubt("the answer lists '\(harmless(grant.name, most: 40))', and what that allows is not known for certain")
  }

  private func onlyReads(by mode: ExchangeAPI.Mode) throws(Doubt) -> Bool {
    guard let value = try object.value(at: mode.at) else { throw Doubt("the answer has no '\(mode.at)'") }
    guard (mode.read + mode.write).contains(where: { value.stands(for: $0) }) else {
      throw Doubt("the answer has \(value.shown) for '\(mode.at)', where \(listed(mode.read + mode.write)) belongs")
    }
    return mode.read.contains { value.stands(for: $0) }
  }

  private func named(
    _ value: JSON, _ name: String, _ readOnly: String, _ fact: ExchangeAPI.Fact
  ) throws(Doubt) -> [(String, Bool?)] {
    guard let elements = value.elements, elements.count <= Self.mostEntries else {
      throw Doubt("the answer has \(value.shown) for '\(fact.at)', where a list of rights belongs")
    }
    var rights: [(String, Bool?)] = []
    for element in elements {
      guard let text = element[name]?.text, (1...Self.longestEntry).contains(text.utf8.count),
        let flag = element[readOnly]?.flag
      else {
        throw Doubt("the answer has an entry in '\(fact.at)' without '\(name)' and '\(readOnly)'")
      }
      rights.append((text, flag))
    }
    return rights
  }

  /// The flags that are on. Each that is known for certain must be there and be one; any other flag is a right, too.
  private func flags(_ value: JSON, besides others: [String], _ fact: ExchangeAPI.Fact) throws(Doubt) -> [String] {
    guard let members = value.members, members.count <= Self.mostEntries else {
      throw Doubt("the answer has \(value.shown) where an object belongs")
    }
    for permission in api.permissions where !permission.isUnverified && value[permission.name]?.flag == nil {
      let came = value[permission.name].map { "has \($0.shown) for" } ?? "has no"
      throw Doubt("the answer \(came) '\(permission.name)'")
    }
    return members.filter { $0.value.flag == true && !others.contains($0.name) }.map(\.name)
  }

  private func groups(_ value: JSON, _ fact: ExchangeAPI.Fact) throws(Doubt) -> [String] {
    guard let members = value.members, members.count <= Self.mostEntries else {
      throw Doubt("the answer has \(value.shown) for '\(fact.at)', where an object of lists belongs")
    }
    var rights: [String] = []
    for group in members {
      let place = ExchangeAPI.Fact(fact.fact, fact.form, at: AnswerPlace(fact.at.names + [group.name]))
      rights += try entries(group.value, .list, place).map { "\(group.name):\($0)" }
      guard rights.count <= Self.mostEntries else { throw Doubt("the answer lists more rights than a key can have") }
    }
    return rights
  }

  /// A group that is not there lists nothing, and tells nothing either.
  private func checkGroups(of names: [String], at place: AnswerPlace) throws(Doubt) {
    let rights = try object.value(at: place)
    for name in names {
      let group = String(name.prefix { $0 != ":" })
      guard rights?[group]?.elements != nil else { throw Doubt("the answer has no '\(group)' in '\(place)'") }
    }
  }
}

extension ExchangeAPI.Rights {
  fileprivate var marksEachRight: Bool { if case .named = self { true } else { false } }
}

extension ExchangeAPI {
  /// What is known of a right; nil for a name that is not known.
  func meaning(of name: String, _ isReadOnly: Bool?) -> Grant.Meaning? {
    let rows = permissions.filter { name.fits($0.name) && ($0.isReadOnly == nil || $0.isReadOnly == isReadOnly) }
    return (rows.first { $0.isReadOnly != nil } ?? rows.first)?.meaning
  }
}

extension String {
  /// Whether it is another text, or begins with it up to a `*` at its end.
  func fits(_ pattern: String) -> Bool {
    pattern.hasSuffix("*") ? hasPrefix(pattern.dropLast()) : self == pattern
  }
}
