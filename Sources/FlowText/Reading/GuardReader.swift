import FlowCore

extension FlowReader {
  /// A condition on earlier answers; nil if it can't be read.
  ///
  /// - Parameter afterwards: whether it is looked at after the answer of its own step.
  func guardCondition(_ node: TextNode, afterwards: Bool) -> Guard? {
    let first = noted.mentions.count
    guard let condition = guardPart(node, afterwards: afterwards) else { return nil }
    noted.guards.append(
      LintNotes.NotedGuard(
        condition: condition, place: node.place, afterwards: afterwards, mentions: first..<noted.mentions.count))
    return condition
  }

  // MARK: - Private

  private func guardPart(_ node: TextNode, afterwards: Bool) -> Guard? {
    guard let fields = fields(node, FlowKeys.guardCondition) else { return nil }
    guard let one = theOne(of: ["step", "all", "any", "not"], in: fields, "a guard begins with") else { return nil }
    if one != "step" { reportSurplus(beside: one, in: fields) }
    switch one {
    case "all", "any":
      guard let list = fields[one].map({ list($0, of: "guards") }) else { return nil }
      if list.isEmpty {
        findings.report(
          .badGuard, at: fields.keyPlace(one), "\(quoted(one)) of nothing", hint: "add a guard, or take it out")
      }
      let inner = list.compactMap { guardPart($0, afterwards: afterwards) }
      return one == "all" ? .all(inner) : .any(inner)
    case "not": return fields["not"].flatMap { guardPart($0, afterwards: afterwards) }.map { .not($0) }
    default: return answerGuard(fields, afterwards: afterwards)
    }
  }

  private static let conditions = ["is", "is-not", "includes", "beyond", "exceeds", "lacks", "skipped", "asked"]

  private func answerGuard(_ fields: Fields, afterwards: Bool) -> Guard? {
    let step = Step.ID(fields["step"].map(id) ?? "")
    guard let name = theOne(of: Self.conditions, in: fields, "a guard on a step says"), let node = fields[name],
      !step.rawValue.isEmpty
    else { return nil }
    var places: [Place] = []
    var isNegative = name == "is-not"
    let condition: Guard.Condition
    switch name {
    case "exceeds", "lacks":
      let other = Step.ID(id(node))
      guard !other.rawValue.isEmpty else { return nil }
      condition = name == "exceeds" ? .exceeds(other) : .lacks(other)
      noted.mentions.append(
        Mention(
          id: other, afterwards: afterwards, manner: .condition(condition, places: []), place: node.place))
    case "skipped", "asked":
      isNegative = !truth(node)
      condition = name == "asked" ? .asked : .skipped
    default:
      let nodes = node.items ?? [node]
      if nodes.isEmpty {
        findings.report(.badGuard, at: node.place, "\(quoted(name)) of nothing", hint: "name an option")
      }
      if nodes.count > Self.mostOptions {
        findings.report(
          .badGuard, at: nodes[Self.mostOptions].place, "\(quoted(name)) of \(nodes.count) options",
          hint: "no question has more than \(Self.mostOptions)")
      }
      places = nodes.map(\.place)
      let ids = nodes.map { scalar($0) ?? "" }
      condition = name == "includes" ? .includes(ids) : name == "beyond" ? .beyond(ids) : .isOne(of: ids)
    }
    noted.mentions.append(
      Mention(
        id: step, afterwards: afterwards, manner: .condition(condition, places: places),
        place: fields["step"]?.place ?? fields.node.place))
    let found = Guard.answer(step, condition)
    return isNegative ? .not(found) : found
  }

  /// Reports what only a guard on a step says: beside others it would never be looked at.
  private func reportSurplus(beside one: String, in fields: Fields) {
    guard !options.isProven else { return }
    for key in fields.keys(among: Self.conditions) {
      findings.report(
        .badGuard, at: fields.keyPlace(key), "\(quoted(key)) stands beside \(quoted(one)), and says nothing there",
        hint: "put it into a guard of its own, with its 'step'; 'all' joins several guards")
    }
  }

  /// The one key of several that a guard has.
  func theOne(of keys: [String], in fields: Fields, _ sentence: String) -> String? {
    let present = fields.keys(among: keys)
    if present.count == 1 { return present.first }
    findings.report(
      .badGuard, at: present.last.map(fields.keyPlace) ?? fields.node.place, "\(sentence) one of \(listed(keys))",
      hint: present.isEmpty ? "add one" : "keep one; 'all' joins several guards")
    return nil
  }
}
