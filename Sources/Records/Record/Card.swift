import FlowCore
import PlainText

/// What a person wants to know of an ended run at a glance: what was done, on whose word, and what to do next.
public struct Card: Equatable, Sendable {
  public var headline: String
  /// The key that was made, where one was.
  public var key: Key?
  public var lines: [String]
  public var next: [Next]

  /// What is known of a key, each thing by itself.
  public struct Key: Equatable, Sendable {
    /// The id of the exchange, for example `gate-io`.
    public var exchange: String
    /// What the exchange's own list calls it, where that was said.
    public var label: String?
    /// The store, and the name in it; none where the person keeps the only copy.
    public var store: String
    public var name: String?
    /// The leading characters by which the exchange lists it.
    public var listed: String?
  }

  /// One thing to do.
  public struct Next: Equatable, Sendable {
    public var text: String
    public var isCommand: Bool
  }
}

extension Record {
  /// The card of a run that has ended; nil if its flow has none for that end.
  public var card: Card? {
    guard case .ended(_, let id?, _) = state.phase, let step = flow[id], case .end(let ending) = step.body,
      !ending.card.holding(in: state).isEmpty
    else { return nil }
    var lines = ending.card.holding(in: state).map(line).filter { !namesFormerPlace($0) }
    // By these characters the exchange's own list shows which key it is.
    let listed = madeKey?.listed.map { " Listed as \($0)..." } ?? ""
    lines += [reported, kept].compactMap { $0 } + [by]
    return Card(
      headline: headline(of: step, ending) + listed, key: madeKey, lines: lines + lookAgain,
      next: next(
        ending.next.holding(in: state).map {
          Card.Next(text: $0.text.filled(from: state, in: flow), isCommand: $0.isCommand)
        }))
  }

  /// The reminders, the first first, a line each.
  public var lookAgain: [String] {
    reminders.sorted { $0.day < $1.day }.map { "Look again \($0.day): \($0.text)" }
  }

  /// The key that was taken last; nil if none was.
  public var madeKey: Card.Key? {
    credential.map { step, reference, _ in
      Card.Key(
        exchange: flow.provider, label: label(before: step), store: reference.store, name: reference.name,
        listed: state.receipts[step]?.lazy.compactMap(\.publicPart).first)
    }
  }

  // MARK: - Private

  /// The credential that was taken last, and where.
  private var credential: (step: Step.ID, reference: CredentialReference, standing: Standing)? {
    for visit in state.way.reversed() {
      guard let given = state.given[visit.step], case .credential(let reference)? = given.answer else { continue }
      return (visit.step, reference, given.standing)
    }
    return nil
  }

  /// The name that was given last before a step of the file.
  private func label(before step: Step.ID) -> String? {
    guard let place = flow.indices[step],
      let label = flow.steps[..<place].last(where: { $0.role == .label && state.given[$0.id] != nil }),
      case .text(let name)? = state.given[label.id]?.answer
    else { return nil }
    return name
  }

  private func headline(of step: Step, _ ending: Ending) -> String {
    guard ending.outcome == .completed else { return "\(step.title)." }
    guard let credential else { return "Done: \(step.title.prefix(1).lowercased() + step.title.dropFirst())." }
    guard let name = credential.reference.name else { return "Done: the key is made; your own copy is the only one." }
    if case .named(let place)? = afterwards { return "Done: \(place.name ?? name) is kept in \(place.store)." }
    return "Done: \(name) is kept in \(credential.reference.store)."
  }

  /// Whether a text is about the place in the store that the key has left since.
  private func namesFormerPlace(_ text: String) -> Bool {
    guard afterwards != nil, let former = credential?.reference.name else { return false }
    return text.contains(former)
  }

  /// What to do where the key lies now: what led to its former place is left out, with the words before it.
  private func next(_ advice: [Card.Next]) -> [Card.Next] {
    var next: [Card.Next] = []
    for item in advice {
      if !namesFormerPlace(item.text) {
        next.append(item)
      } else if item.isCommand, next.last?.isCommand == false {
        next.removeLast()
      }
    }
    switch afterwards {
    case .named(let place):
      let name = place.name ?? ""
      return next + [
        Card.Next(
          text: "Since then the key is called \(name), in \(place.store). To ask what it can do:", isCommand: false),
        Card.Next(text: "keyusher key verify \(name)", isCommand: true),
      ]
    case .deleted: return next + [Card.Next(text: "Since then its copy was deleted from the store.", isCommand: false)]
    case nil: return next
    }
  }

  private func line(_ line: CardLine) -> String {
    let text = line.text.filled(from: state, in: flow)
    let teller = line.of.flatMap { state.given[$0]?.standing.teller }
    return teller.map { "\($0.prefix(1).uppercased() + $0.dropFirst()): \(text)" } ?? text
  }

  /// What the exchange said of the key that was taken last, or why it said nothing.
  private var reported: String? {
    for visit in state.way.reversed() {
      guard let standing = visit.given?.standing, flow[visit.step]?.asksExchange == true else { continue }
      if case .reported(_, let means) = standing { return "\(means.prefix(1).uppercased())\(means.dropFirst())." }
    }
    return nil
  }

  private var kept: String? {
    guard let credential else { return nil }
    if case .verified(.yes, let means) = credential.standing { return "Keyusher saw: the secret, \(means)." }
    return credential.standing.teller.map {
      "\($0.prefix(1).uppercased() + $0.dropFirst()): the secret is in your own copy. Nobody compared it."
    }
  }

  private var by: String {
    var people = [header.performer ?? header.user]
    for case .resumed(let resumption) in entries.map(\.event) {
      let person = resumption.performer ?? people[people.count - 1]
      if !people.contains(person) { people.append(person) }
    }
    let when = (ended ?? header.began).minute
    // A dry run has no name.
    let run = header.run.isEmpty ? "" : " Run \(header.run)."
    return
      "By \(people.listed(with: "and")), \(when).\(run) \(exceptionTally.prefix(1).uppercased() + exceptionTally.dropFirst())."
  }
}
