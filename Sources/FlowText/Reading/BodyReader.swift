import FlowCore

extension FlowReader {
  func body(_ fields: Fields, _ kind: StepKind) -> Step.Body {
    switch kind {
    case .tell: .tell
    case .review: .review
    case .confirm: .confirm(confirmation(fields))
    case .choose: .choose(options(fields, kind))
    case .select: .select(options(fields, kind))
    case .text: .text(textRule(fields))
    case .store: .store
    case .credential: .credential(credentialRule(fields))
    case .check: .check(check(fields))
    case .end: .end(ending(fields))
    }
  }

  // MARK: - Kinds

  private enum YesOrNo: String, CaseIterable { case yes, no }

  private func confirmation(_ fields: Fields) -> Confirmation {
    Confirmation(
      defaultsTo: fields["default"].flatMap { word($0, YesOrNo.self) }.map { $0 == .yes },
      ifNo: fields["if-no"].flatMap(target))
  }

  private func textRule(_ fields: Fields) -> TextRule {
    TextRule(
      shape: fields["shape"].map(shape) ?? Shape(), accepts: fields["accepts"].map { lines($0, of: "answers") } ?? [],
      defaults: fields["default"].map { defaults($0) { template($0) } } ?? [],
      takesKeysInTurn: fields["in-turn"].map(truth) ?? false)
  }

  private func credentialRule(_ fields: Fields) -> CredentialRule {
    let partNodes = fields["parts"].map { list($0, of: "parts") } ?? []
    let read = partNodes.compactMap { node in part(node).map { (part: $0, node: node) } }
    let parts = read.map(\.part)
    if let node = fields["parts"], partNodes.isEmpty, case .list = node.content {
      findings.report(.emptyList, at: node.place, "a credential needs a part", hint: "add the key and the secret")
    }
    reportDuplicates(of: parts.map(\.name), at: partNodes.map(\.place), "part")
    reportPrefixes(read)
    let exitNodes = fields["exits"].map { list($0, of: "exits") } ?? []
    let exits = exitNodes.compactMap(exit)
    reportDuplicates(of: exits.map(\.word), at: exitNodes.map(\.place), "exit")
    if fields["store"] != nil, fields["name"] == nil {
      findings.report(
        .missingKey, at: fields.keyPlace("store"), "what goes into a store needs 'name'",
        hint: "add what it is called there, for example name: \"gate-io/{label}\"")
    }
    if fields["store"] == nil, !options.isProven {
      findings.report(
        .noStore, at: fields.stepPlace,
        "this credential goes into no store, and nothing was proven for it",
        hint: "add 'store: STEP', a step of 'kind: store' before this one; it offers the person's own hands too")
    }
    return CredentialRule(
      parts: parts, store: fields["store"].map(store), name: fields["name"].map { oneLine($0) },
      account: fields["account"].map(id), ifLost: fields["if-lost"].flatMap(target) ?? "", exits: exits)
  }

  private func store(_ node: TextNode) -> Step.ID {
    let step = Step.ID(id(node))
    if !step.rawValue.isEmpty {
      noted.mentions.append(Mention(id: step, afterwards: false, manner: .kind(.store), place: node.place))
    }
    return step
  }

  func part(_ node: TextNode) -> CredentialPart? {
    guard let fields = fields(node, FlowKeys.part) else { return nil }
    let isSecret = fields["secret"].map(truth) ?? true
    let prefix = number("public-prefix", of: fields) ?? 0
    return CredentialPart(
      name: fields["name"].map(partName) ?? "", title: fields["title"].map(line) ?? "", secret: isSecret,
      shape: fields["shape"].map(shape) ?? Shape(), isOnly: fields["only"].map(truth) ?? false,
      isPEM: fields["pem"].map(truth) ?? false, publicPrefix: prefix,
      variable: fields["variable"].map(variable),
      lookalikes: fields["lookalikes"].map { list($0, of: "lookalikes").compactMap(lookalike) } ?? [])
  }

  private func partName(_ node: TextNode) -> String {
    let name = id(node)
    if ["danger", "copy", "again", "keep", "unlock"].contains(name) {
      findings.report(
        .badID, at: node.place, "no part can be called \(quoted(name))",
        hint: "scripts use the word; call it 'secret' or 'passphrase'")
    }
    return name
  }

  private func variable(_ node: TextNode) -> String {
    let name = line(node)
    let isName = name.utf8.allSatisfy { (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F }
    if !isName || name.first?.isNumber != false {
      findings.report(
        .badID, at: node.place, "no variable can be called \(quoted(name))",
        hint: "capitals, digits and underscores, for example GATE_API_KEY")
    }
    reportSteering(name, node, example: "GATE_API_KEY")
    return name
  }

  private func lookalike(_ node: TextNode) -> CredentialPart.Lookalike? {
    guard let fields = fields(node, FlowKeys.lookalike) else { return nil }
    return CredentialPart.Lookalike(
      shape: fields["shape"].map(shape) ?? Shape(), text: fields["text"].map { template($0) } ?? "")
  }

  private func exit(_ node: TextNode) -> CredentialRule.Exit? {
    guard let fields = fields(node, FlowKeys.exit) else { return nil }
    let word = fields["word"].map(id) ?? ""
    if word == CredentialRule.lost, let node = fields["word"] {
      findings.report(
        .badID, at: node.place, "every credential has the exit 'lost'", hint: "'if-lost' says where it leads")
    }
    return CredentialRule.Exit(
      word: word, title: fields["title"].map { oneLine($0, afterwards: true) } ?? "",
      target: fields["next"].flatMap(target) ?? "")
  }

  private func check(_ fields: Fields) -> Check {
    guard let name = fields["check"].flatMap({ word($0, CheckName.self) }) else { return .clockPlausible }
    for key in ["of", "after", "by"] where fields[key] != nil && name.looksAt[key] == nil {
      findings.report(
        .misplacedKey, at: fields.keyPlace(key), "the check \(quoted(name.rawValue)) has no \(quoted(key))",
        hint: "take it out")
    }
    func step(_ key: String) -> Step.ID { lookedAt(key, by: name, in: fields) }
    return switch name {
    case .shape: .shape(of: step("of"))
    case .labelUnused: .labelUnused(step("of"))
    case .clockPlausible: .clockPlausible
    case .allNamed: .allNamed(step("of"))
    case .noCopies: .noCopies(of: step("of"))
    case .copiesDeleted: .copiesDeleted(of: step("of"), after: step("after"))
    case .nameTaken: .nameTaken(by: step("by"), of: step("of"), after: step("after"))
    case .named: .named(step("of"))
    case .powers: .powers(of: step("of"))
    }
  }

  /// The step that a key of a check names; blank where it is missing, which is told.
  private func lookedAt(_ key: String, by name: CheckName, in fields: Fields) -> Step.ID {
    guard let kind = name.looksAt[key] else { return "" }
    guard let node = fields[key] else {
      findings.report(
        .missingKey, at: fields.keyPlace("check"), "the check \(quoted(name.rawValue)) needs \(quoted(key))",
        hint: "add '\(key): STEP', \(kind == .confirm ? "the step that claims it" : "the step to look at")")
      return ""
    }
    let step = Step.ID(id(node))
    if !step.rawValue.isEmpty {
      noted.mentions.append(Mention(id: step, afterwards: false, manner: .kind(kind), place: node.place))
    }
    return step
  }

  private func ending(_ fields: Fields) -> Ending {
    Ending(
      outcome: fields["outcome"].flatMap { word($0, Outcome.self) } ?? .aborted,
      reason: fields["reason"].map { firstOf($0) { template($0) } } ?? [],
      reminders: fields["reminders"].map { list($0, of: "reminders").compactMap(reminder) } ?? [],
      card: fields["card"].map { list($0, of: "lines").compactMap(cardLine) } ?? [],
      next: fields["then"].map { list($0, of: "things to do next").compactMap(advice) } ?? [])
  }

  private func cardLine(_ node: TextNode) -> Conditional<CardLine>? {
    guard node["text"] != nil || node["when"] != nil else { return Conditional(CardLine(template(node))) }
    guard let fields = fields(node, FlowKeys.cardLine) else { return nil }
    return conditional(fields, afterwards: false) {
      let step = fields["of"].flatMap { node -> Step.ID? in
        let id = Step.ID(self.id(node))
        guard !id.rawValue.isEmpty else { return nil }
        noted.mentions.append(Mention(id: id, afterwards: false, manner: .answer, place: node.place))
        return id
      }
      return CardLine(of: step, fields["text"].map { template($0) } ?? "")
    }
  }

  private func advice(_ node: TextNode) -> Conditional<Advice>? {
    guard node["text"] != nil || node["command"] != nil || node["when"] != nil else {
      return Conditional(Advice(template(node)))
    }
    guard let fields = fields(node, FlowKeys.advice),
      let key = theOne(of: ["text", "command"], in: fields, "what to do next has")
    else { return nil }
    return conditional(fields, afterwards: false) {
      Advice(fields[key].map { oneLine($0) } ?? "", isCommand: key == "command")
    }
  }

  private func reminder(_ node: TextNode) -> Reminder? {
    guard let fields = fields(node, FlowKeys.reminder) else { return nil }
    return Reminder(
      days: number("days", of: fields) ?? 0,
      when: fields["when"].flatMap { self.guardCondition($0, afterwards: false) },
      text: fields["text"].map { template($0) } ?? "",
      settledBy: fields["settled-by"].flatMap { word($0, Reminder.Settlement.self) })
  }

  // MARK: - Shapes

  func shape(_ node: TextNode) -> Shape {
    guard let fields = fields(node, FlowKeys.shape) else { return Shape() }
    let exact = number("length", of: fields)
    var least = number("min", of: fields)
    var most = number("max", of: fields)
    if fields["length"] != nil, fields["min"] != nil || fields["max"] != nil {
      findings.report(
        .badShape, at: fields.keyPlace("length"), "'length' stands beside 'min' or 'max'", hint: "keep one of them")
    }
    if let exact { (least, most) = (exact, exact) }
    if let low = least, let high = most, low > high {
      findings.report(
        .badShape, at: fields.keyPlace("min"), "'min' \(low) is more than 'max' \(high)", hint: "swap them")
      most = low
    }
    let prefix = fields["prefix"].flatMap(scalar) ?? ""
    let suffix = fields["suffix"].flatMap(scalar) ?? ""
    let upper = max(most ?? Shape.longest, least ?? 1)
    if prefix.count + suffix.count > upper {
      findings.report(
        .badShape, at: fields.keyPlace(prefix.isEmpty ? "suffix" : "prefix"),
        "'prefix' and 'suffix' are longer than 'max' allows",
        hint: "raise 'max', or shorten them")
    }
    let classes = fields["characters"].map {
      list($0, of: "sets of characters").compactMap { word($0, Characters.Class.self) }
    }
    let also = fields["also"].flatMap(scalar) ?? ""
    if let node = fields["characters"], also.isEmpty, node.items?.isEmpty == true {
      findings.report(.badShape, at: node.place, "no character is allowed", hint: "name a set, for example digits")
    }
    // With 'also' alone, these characters are all there are.
    let characters: Characters =
      classes == nil && also.isEmpty ? .any : Characters(classes: classes ?? [], literals: also)
    for (key, text) in [("prefix", prefix), ("suffix", suffix)] {
      guard let stray = text.first(where: { !characters.contains($0) }) else { continue }
      findings.report(
        .badShape, at: fields.keyPlace(key),
        "no text fits: the \(key) \(quoted(text)) holds \(quoted(String(stray))), which is not among the characters",
        hint: "add \(quoted(String(stray))) to 'also'")
    }
    return Shape(
      length: min(least ?? 1, upper)...upper, characters: characters, prefix: prefix, suffix: suffix,
      addresses: fields["addresses"].flatMap { word($0, AddressList.self) },
      message: fields["message"].map { template($0) })
  }
}

/// What the tool can look at by itself, or do.
enum CheckName: String, CaseIterable {
  case shape
  case labelUnused = "label-unused"
  case clockPlausible = "clock-plausible"
  case allNamed = "all-named"
  case noCopies = "no-copies"
  case copiesDeleted = "copies-deleted"
  case nameTaken = "name-taken"
  case named
  case powers

  /// The keys that name the steps it looks at, and of which kind each is.
  var looksAt: [String: StepKind] {
    switch self {
    case .shape, .named, .powers: ["of": .credential]
    case .labelUnused, .allNamed, .noCopies: ["of": .text]
    case .clockPlausible: [:]
    case .copiesDeleted: ["of": .text, "after": .confirm]
    case .nameTaken: ["of": .text, "after": .confirm, "by": .credential]
    }
  }
}
