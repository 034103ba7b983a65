/// A store that a run can choose, as it was found on this computer.
public struct StoreOffer: Equatable, Sendable, Identifiable {
  /// The store's id, for example `age`.
  public var id: String
  public var title: String
  /// What choosing it means, said once it is chosen.
  public var note: String?
  /// Why it can't be chosen now.
  public var obstacle: String?
  /// Why what it keeps would stand in plain text; choosing it then wants a typed word.
  public var plaintext: String?

  public init(id: String, title: String, note: String? = nil, obstacle: String? = nil, plaintext: String? = nil) {
    self.id = id
    self.title = title
    self.note = note
    self.obstacle = obstacle
    self.plaintext = plaintext
  }
}

/// What was found when a run looked for stores: its options, which no flow can know beforehand.
public struct StoreSurvey: Equatable, Sendable {
  public var offers: [StoreOffer]
  /// What Enter takes.
  public var standard: String?

  public init(offers: [StoreOffer], standard: String?) {
    self.offers = offers
    self.standard = standard
  }

  /// The word that is typed before a store is chosen that leaves plain text.
  public static let plaintextWord = "plaintext"

  /// The offers as the options of a question.
  var options: Options {
    Options(
      offers.map { offer in
        Option(
          id: offer.id, title: Template(offer.title), note: offer.note.map { Template($0) },
          disabled: offer.obstacle.map { [Disablement(reason: Template($0))] } ?? [],
          danger: offer.plaintext.map { Danger(word: Self.plaintextWord, why: Template($0)) })
      }, defaults: standard.map { [Conditional([$0])] } ?? [])
  }
}

extension State {
  /// The options of a question as it is asked now, if it has any: of a store step, what was found on this computer.
  public func options(of step: Step) -> Options? {
    step.body == .store ? surveys[step.id]?.options : step.options
  }

  /// The store that a credential goes into: the one chosen for it, or the person's own hands.
  public func store(of rule: CredentialRule) -> String {
    if let other = taking.store { return other }
    guard let step = rule.store, case .choice(let id)? = given[step]?.answer else { return CredentialReference.offline }
    return id
  }
}
