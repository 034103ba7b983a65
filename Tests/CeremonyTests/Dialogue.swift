import FlowCore
import SecretMemory
import Testing

@testable import Ceremony

/// One session under test with everything around it.
final class Dialogue {
  let ledger: Ledger
  let session: Session
  private let partner: Partner?
  private(set) var conclusion: Session.Conclusion?

  init(
    _ flow: Flow, state: State = State(), _ lines: Partner.Lines, isPerson: Bool = true, brief: Bool = false,
    afterwards: Partner.Saying? = nil, verdict: @escaping (Check) -> Verdict = { _ in .yes }, obstacle: String? = nil,
    logRoom: Int = .max, signals: [Int32] = [], observing: (any Observing)? = nil,
    stores: (Ledger) -> LedgerStores = { LedgerStores($0) }
  ) {
    let ledger = Ledger()
    let partner = Partner(ledger, lines, isPerson: isPerson, afterwards: afterwards)
    partner.signals = signals
    self.ledger = ledger
    self.partner = partner
    session = Session(
      flow: flow, state: state,
      adapters: Session.Adapters(
        conversation: partner, log: LedgerLog(ledger, room: logRoom), stores: stores(ledger),
        observing: observing ?? LedgerEyes(ledger: ledger, verdict: verdict),
        opening: LedgerBrowser(ledger: ledger, obstacle: obstacle)),
      brief: brief)
  }

  /// With another conversation, such as a script's.
  init(_ flow: Flow, _ ledger: Ledger, conversation: any Conversation, verdict: @escaping (Check) -> Verdict) {
    self.ledger = ledger
    partner = nil
    session = Session(
      flow: flow,
      adapters: Session.Adapters(
        conversation: conversation, log: LedgerLog(ledger), stores: LedgerStores(ledger),
        observing: LedgerEyes(ledger: ledger, verdict: verdict), opening: LedgerBrowser(ledger: ledger)))
  }

  var state: State { session.state }

  /// Runs it to its end. All answers must have been asked for, the log must fold to the state, and nothing of the
  /// secret may be left.
  @discardableResult
  func begin(sourceLocation: SourceLocation = #_sourceLocation) throws -> Session.Conclusion {
    try check(try session.begin(opening: []), from: State(), sourceLocation)
  }

  @discardableResult
  func resume(sourceLocation: SourceLocation = #_sourceLocation) throws -> Session.Conclusion {
    let before = session.state
    let resumption = Resumption(user: "ada", host: "box", toolVersion: "0.1.0", flowChanged: false, bytesCut: 0)
    return try check(try session.resume(resumption, opening: []), from: before, sourceLocation)
  }

  private func check(
    _ conclusion: Session.Conclusion, from before: State, _ sourceLocation: SourceLocation
  ) throws -> Session.Conclusion {
    self.conclusion = conclusion
    #expect(partner?.unused ?? [] == [], "answers that nobody asked for", sourceLocation: sourceLocation)
    var folded = before
    for event in ledger.events { _ = reduce(&folded, event, in: session.flow) }
    #expect(folded == session.state, "the state is not the fold of the log", sourceLocation: sourceLocation)
    Canary.expectSilence(ledger, session.state, sourceLocation: sourceLocation)
    return conclusion
  }

  /// The answers that stand, as ids.
  var answers: [String: String] {
    Dictionary(
      uniqueKeysWithValues: state.given.map { ($0.rawValue, $1.answer?.ids.joined(separator: ", ") ?? "skipped") })
  }

  var exceptions: [String] {
    state.exceptions.map { $0.words + ($0.resolutionWords.map { "; \($0)" } ?? "") }
  }
}
