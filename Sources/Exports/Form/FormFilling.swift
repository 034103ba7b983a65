import FlowCore
import Records

extension Form {
  /// What happened at one step.
  struct Filling: Equatable, Sendable {
    var state: StepState
    /// Whether the box is ticked: an answer stands, and looking did not deny it.
    var isTicked: Bool
    /// The loop that has its answers, at a step of one.
    var loop: Loop?
    /// Every visit: the one that stands, then the earlier ones; of a loop in the order of its rounds.
    var visits: [Visit]
    var notes: [Record.Note]
    /// The round in which the run stands here.
    var openRound: Record.Round?

    /// What is said at the step itself; what belongs to a round stands there.
    var entry: Entry {
      guard loop != nil else {
        return Entry(status: visits.isEmpty ? state.words : nil, visits: visits, notes: notes)
      }
      return Entry(visits: visits.filter { $0.visit.round == nil }, notes: notes.filter { $0.round == nil })
    }
  }

  /// What is said of one stay at a step, or of all of them.
  struct Entry: Equatable, Sendable {
    /// What is said where no answer is.
    var status: String?
    var visits: [Visit]
    var notes: [Record.Note]
  }

  /// A visit and what it was worth.
  struct Visit: Equatable, Sendable {
    let visit: Record.Visit
    let step: Step?
    /// Whether it is the one that stands for its step.
    var isStanding = false
    /// Whether another one stands in its place; one of an earlier round stands in that.
    var isEarlier = false
  }

  /// What became of a step.
  enum StepState: String, Sendable {
    case done, skipped, denied, left, open
    case notReached = "not-reached"
    case notOnThisWay = "not-on-this-way"
  }
}

extension Form.Filling {
  /// - Parameter ahead: the steps the run can still come to.
  init(_ item: Record.Item, of record: Record, ahead: Set<Step.ID>, loop: Form.Loop?) {
    let given = record.state.given[item.step]
    let step = record.flow[item.step]
    let isOpen = record.status == .unfinished(at: item.step)
    state = isOpen ? .open : given?.state ?? (ahead.contains(item.step) ? .notReached : .notOnThisWay)
    isTicked = !isOpen && given?.isTicked == true
    self.loop = loop
    notes = item.notes
    guard loop != nil else {
      visits = Form.Visit.all(item.standing, earlier: item.visits, at: step)
      return
    }
    let last = isOpen ? nil : item.visits.lastIndex { $0.round != nil && !$0.isTakenBack }
    visits = item.visits.enumerated().compactMap { place, visit in
      let isEarlier = visit.isTakenBack || visit.round == nil
      let isSaid =
        isEarlier
        && item.visits.contains {
          !$0.isTakenBack && $0.round != nil && $0.round == visit.round && $0.saysTheSame(as: visit)
        }
      return isSaid ? nil : Form.Visit(visit: visit, step: step, isStanding: place == last, isEarlier: isEarlier)
    }
    if isOpen { openRound = record.openRound }
  }
}

extension Form.Visit {
  /// The visit that stands, and the earlier ones; what was said again in the same words needs no second line.
  static func all(_ standing: Record.Visit?, earlier: [Record.Visit], at step: Step?) -> [Form.Visit] {
    (standing.map { [Form.Visit(visit: $0, step: step, isStanding: true)] } ?? [])
      + earlier.filter { standing?.saysTheSame(as: $0) != true }.map {
        Form.Visit(visit: $0, step: step, isEarlier: true)
      }
  }

  /// The answer in words. What a check found is its standing: as an answer it would only be said again.
  var answer: String? {
    switch visit.standing {
    case .verified(let verdict, _), .reported(let verdict, _): visit.ids == [verdict.rawValue] ? nil : visit.answer
    case .answered, .claimed, .scripted, .skipped: visit.answer
    }
  }

  /// Each thing that the answer claims, where these are several.
  var claims: [String] { visit.statements.count > 1 ? visit.statements : [] }

  var state: Form.StepState { visit.given.state }

  /// By what it was verified, or who reported what.
  var by: String? {
    switch visit.standing {
    case .verified(_, let means), .reported(_, let means): means
    case .answered, .claimed, .scripted, .skipped: nil
    }
  }

  /// Why it was skipped.
  var reason: String? { if case .skipped(let why) = visit.standing { why } else { nil } }

  /// What is known of each part of the credential, at a credential step.
  var parts: [Form.Part] {
    guard case .credential(let rule)? = step?.body else { return [] }
    return visit.receipts.map { receipt in Form.Part(receipt, of: rule.parts.first { $0.name == receipt.part }) }
  }
}

extension Form {
  /// What is known of one part of a credential.
  struct Part: Equatable, Sendable {
    let receipt: PartReceipt
    let title: String
    /// The characters by which the exchange lists the key; never of a secret, whatever a journal may claim.
    let publicPart: String?

    init(_ receipt: PartReceipt, of part: CredentialPart?) {
      self.receipt = receipt
      title = part?.title ?? receipt.part
      publicPart = part?.secret == false ? receipt.publicPart : nil
    }
  }
}

extension Given {
  fileprivate var state: Form.StepState {
    switch answer {
    case .no?: .denied
    case .exit?: .left
    case .some: .done
    case nil: .skipped
    }
  }

  /// Whether its box is ticked.
  var isTicked: Bool {
    switch standing {
    case .answered, .claimed, .scripted, .verified(.yes, _), .reported(.yes, _): state == .done
    case .verified, .reported, .skipped: false
    }
  }
}

extension Record.Visit {
  fileprivate func saysTheSame(as other: Record.Visit) -> Bool {
    given.answer == other.given.answer && answer == other.answer && standing == other.standing
      && receipts == other.receipts
  }
}
