import Ceremony
import FlowCore
import FlowText
import Introspection
import PlainText

/// How somebody comes to know whether a change on the exchange's page has arrived.
enum NextLook: Equatable, Sendable {
  /// By a command.
  case by(AskingAgain)
  /// Keyusher is about to look again by itself.
  case waits
  /// A run asks what to do about it.
  case inRun

  /// The command, where there is one.
  var commands: [Sentence] { if case .by(let again) = self { [Sentence(.command, again.command)] } else { [] } }
}

/// What was found out about a key, as people read it.
struct VerdictWords {
  /// The key's name in its store.
  let name: String
  let pack: Pack
  let plan: KeyPlan?
  /// The leading characters by which the exchange lists it.
  let listed: String?
  /// The program that uses it.
  let program: String?
  /// The account's other keys; none where they are not listed.
  let otherKeys: [OtherKey]
  let asker: Asker
  let next: NextLook

  /// The verdict: what differs first, then each thing on whose word, what a thief could do, and what to change where.
  func sentences(_ verdict: KeyVerdict, asked: String, isProxied: Bool) -> [Sentence] {
    var sentences = [Sentence(.heading, "\(name): \(headline(verdict))"), Sentence(.body, asked)]
    sentences.append(Sentence(.standing, "Keyusher saw: \(pack.short) accepts the key and its secret."))
    for line in verdict.lines where !isSilent(line) {
      sentences.append(self.line(line))
      if line.subject == .otherKeys { sentences += OtherKey.sentences(otherKeys, at: pack.short) }
    }
    if verdict.danger?.isBound == true {
      let proxy = isProxied ? " It asked through a proxy: what was admitted is the proxy's address." : ""
      sentences.append(Sentence(.standing, "Keyusher saw: \(asker.name) is on the list.\(proxy)"))
    }
    sentences += thief(verdict).map { Sentence(.body, $0) }
    return sentences + toChange(verdict)
  }

  // MARK: - Private

  private func headline(_ verdict: KeyVerdict) -> String {
    let count = verdict.differences
    if plan == nil, verdict.isWiderThanNothing { return "TOO WIDE. It can do what nobody has planned." }
    let differ = count == 1 ? "One thing differs" : "\(count.inWords) things differ"
    let from = plan.map { next == .inRun ? " from your plan." : " from the plan of \($0.source)." } ?? "."
    if verdict.isTooWide { return "TOO WIDE. \(differ)\(from)" }
    if verdict.isTooNarrow { return "LESS THAN PLANNED. \(differ)\(from)" }
    if count > 0 { return "NOT AS PLANNED. \(differ)\(from)" }
    if verdict.danger == nil { return "accepted; what it may do, \(pack.short) did not tell." }
    guard plan != nil else { return "nobody said what it should do. This is what it can do." }
    let isWhole = verdict.lines.allSatisfy { $0.end != .notKnowable }
    return isWhole ? "as planned." : "as planned, as far as \(pack.short) tells."
  }

  private func line(_ line: KeyVerdict.Line) -> Sentence {
    if case .rule(let by) = line.subject { return Sentence(.body, "By \(display(by)): \(display(line.text)).") }
    let says = "\(pack.short) says: \(display(line.text))."
    switch line.end {
    case .asPlanned: return Sentence(.body, plan == nil ? says : "\(says) As planned.")
    case .noted: return Sentence(.body, says)
    case .tooWide(let planned), .missing(let planned):
      let unplanned = plan?.permissions == nil ? "No plan on record." : "NOT PLANNED."
      let meant = planned.map { "PLANNED: \(display($0))." } ?? (isMissing(line) ? "PLANNED." : unplanned)
      return Sentence(.warning, "\(says) \(meant)")
    case .notKnowable: return Sentence(.body, "Nobody can tell: \(display(line.text)).")
    }
  }

  /// That it is usable, and called as it should be, goes without saying.
  private func isSilent(_ line: KeyVerdict.Line) -> Bool {
    (line.subject == .state || line.subject == .label) && line.end == .asPlanned
  }

  private func isMissing(_ line: KeyVerdict.Line) -> Bool { if case .missing = line.end { true } else { false } }

  /// What whoever steals it could do.
  private func thief(_ verdict: KeyVerdict) -> [String] {
    guard let danger = verdict.danger else { return ["What a thief could do with it, nobody can tell."] }
    let who = danger.isBound == true ? "A thief at one of its addresses" : "A thief"
    let deeds = danger.risks.compactMap { $0.deed(of: danger.risks.contains(.trade) ? "them" : "your coins") }
    let isUnsure = danger.hasUnknown || verdict.lines.contains { $0.subject == .withdrawal && $0.end == .notKnowable }
    let least = isUnsure ? "read your balances and trades" : "read your balances and trades, and move nothing"
    var sentences = ["\(who) could \(deeds.isEmpty ? least : deeds.listed(with: "and"))."]
    if danger.hasUnknown {
      sentences.append("It has a right that Keyusher does not know; what that adds, nobody can tell.")
    }
    if danger.isBound == false { sentences.append("With an IP list a thief elsewhere could do nothing with it.") }
    let withdrawal = verdict.lines.first { $0.subject == .withdrawal }
    if withdrawal?.end == .notKnowable { sentences.append("Whether it could send coins away, only the page shows.") }
    return sentences
  }

  private func toChange(_ verdict: KeyVerdict) -> [Sentence] {
    let changes = verdict.lines.compactMap(\.change)
    let isUnsure = verdict.lines.contains { $0.subject == .withdrawal && $0.end == .notKnowable }
    guard !changes.isEmpty || isUnsure, let address = pack.keysURL else { return [] }
    let withdraws = Set(pack.page.filter { $0.risk == .withdraw }.map(\.id))
    let planned = plan?.permissions?.contains(where: withdraws.contains) == true ? "on, as planned" : "off"
    let which = listed.map { "\($0)..." } ?? "it"
    if changes.isEmpty {
      return [Sentence(.body, "Look at \(which) here: is withdrawal \(planned)?"), Sentence(.address, address)]
    }
    let all = changes + (isUnsure ? ["see that withdrawal is \(planned)"] : [])
    var sentences = [
      Sentence(.body, "Change \(which) here: \(all.joined(separator: "; "))."), Sentence(.address, address),
    ]
    sentences += whatBreaks(verdict).map { Sentence(.warning, $0) }
    guard case .by(let again) = next else { return sentences }
    if let delay = pack.changeDelay { sentences.append(Sentence(.body, delay.onOneLine)) }
    return sentences
      + (pack.changeMinutes == nil
        ? [Sentence(.body, "Then look again:"), Sentence(.command, again.command)]
        : [
          Sentence(.body, "Once it is saved there, this looks until it has arrived:"),
          Sentence(.command, again.waiting),
        ])
  }

  /// What stops if it is changed wrongly.
  private func whatBreaks(_ verdict: KeyVerdict) -> [String] {
    let user = program.map { display($0) } ?? "what uses the key"
    var sentences: [String] = []
    for line in verdict.lines where line.change != nil {
      switch (line.subject, line.end) {
      case (.addresses, .tooWide):
        if case .these(let planned)? = plan?.addresses {
          sentences.append(
            "First make sure that \(user) really runs at \(planned.listed(with: "and")), or it will stop.")
        } else {
          sentences.append("First make sure from which address \(user) comes, or it will stop.")
        }
      case (.right, .tooWide), (.withdrawal, .tooWide):
        let warning = "If \(user) needs what you take away, that part of it stops."
        if !sentences.contains(warning) { sentences.append(warning) }
      default: break
      }
    }
    return sentences
  }
}

extension KeyVerdict {
  /// Whether all that is too much is so beside no plan.
  fileprivate var isWiderThanNothing: Bool {
    isTooWide
      && lines.allSatisfy { line in
        switch line.end {
        case .tooWide(let planned), .missing(let planned): planned == nil
        case .asPlanned, .noted, .notKnowable: true
        }
      }
  }
}

extension Grant.Risk {
  /// What a thief could do with it; nil for what harms nothing by itself.
  ///
  /// - Parameter coins: what the coins are called by then.
  fileprivate func deed(of coins: String) -> String? {
    switch self {
    case .read: nil
    case .trade: "trade your coins away"
    case .borrow: "borrow in your name"
    case .transfer: "move \(coins) between your accounts"
    case .manageKeys: "make keys of their own"
    case .withdraw: "send \(coins) away for good"
    }
  }
}

extension Int {
  /// "Two", for the beginning of a sentence; digits from ten on.
  fileprivate var inWords: String {
    let words = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"]
    return words.indices.contains(self) ? words[self] : "\(self)"
  }
}
