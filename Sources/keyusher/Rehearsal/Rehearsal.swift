import Ceremony
import FlowCore
import FlowText
import Inventory
import Records

/// Walks scripts through a flow with nobody there: no record, no store, no network, no browser and a clock that stands
/// still. A script comes to the same end on every computer.
struct Rehearsal {
  let flow: Flow

  /// - Returns: what the script and the flow did not agree on, if anything, and where the run came past.
  func run(_ script: Script, path: String, digest: String) throws -> (failure: Divergence?, coverage: Coverage) {
    let conversation = ScriptConversation(
      script, of: flow, path: path, digest: digest, person: nil,
      screen: (show: { _ in }, echo: { _, _ in })
    ) { _, question in try MadeSecret.secret(for: question, in: flow) }
    let log = CoverageLog(of: flow)
    let adapters = Session.Adapters(
      conversation: conversation, log: log, stores: RehearsedStores { Self.survey(for: script) },
      observing: LocalChecks(
        now: { Self.clock }, labelUses: { _, _ in LabelUses() }, keys: { _ in KeySurvey() }, names: { _ in [] },
        recalling: { _, _ in [:] }),
      opening: NoBrowser())
    let session = Session(flow: flow, adapters: adapters, brief: true)
    conversation.observe = { session.state }
    let conclusion = try session.begin(opening: [])
    return (failure(conclusion, of: script, at: path, conversation), log.coverage)
  }

  // MARK: - Private

  /// A day on which the check of the clock finds it right.
  private static let clock = LocalChecks.madeAfter.adding(days: 1)

  /// Every store there is, and the helpers that the script names.
  private static func survey(for script: Script) -> StoreSurvey {
    let helpers = script.items.compactMap { item -> String? in
      guard case .answer(_, .text(let text)) = item.content else { return nil }
      return text.hasPrefix(CredentialReference.helperPrefix) ? text : nil
    }
    let ids = CredentialReference.stores + Set(helpers).sorted()
    return StoreSurvey(offers: ids.map { StoreOffer(id: $0, title: $0) }, standard: ids.first)
  }

  private func failure(
    _ conclusion: Session.Conclusion, of script: Script, at path: String, _ conversation: ScriptConversation
  ) -> Divergence? {
    switch conclusion {
    case .ended(let outcome): return conversation.finish(outcome)
    case .diverged(let divergence): return divergence
    case .missing(let step, let key):
      if let item = script.items.first(where: { $0.content.leavesOpen(key, at: step) }) {
        return Divergence(
          place: "\(path):\(item.line)", message: "'\(key)' is left to a person, and a test has none",
          hint: "write an answer, or keep this script apart from the flow and replay it with --ask-missing")
      }
      return Divergence(
        place: path + (script.items.last.map { ":\($0.line)" } ?? ""),
        message: "the script ends, and the flow asks '\(key)'",
        hint: "add '\(key): …'")
    case .suspended:
      let quit = script.items.first { $0.content.leavesTheRun }
      return Divergence(
        place: path + (quit.map { ":\($0.line)" } ?? ""), message: "the run was left before an end",
        hint: "a test goes on to an end: take ':quit' out")
    }
  }

  /// Addresses are not opened.
  private struct NoBrowser: AddressOpening {
    func open(_ address: String) -> String? { nil }
  }
}

extension Script.Content {
  fileprivate var leavesTheRun: Bool {
    switch self {
    case .command(.quit), .answer(_, .command(.quit)), .danger(_, .command(.quit)): true
    default: false
    }
  }

  /// Whether it leaves a question, or the credential it belongs to, to a person.
  fileprivate func leavesOpen(_ key: String, at step: Step.ID) -> Bool {
    switch self {
    case .answer(step, .ask): true
    case .danger(step, .ask): key == "\(step).danger"
    case .part(step, let part, .ask): key == "\(step).\(part)"
    case .copy(step): key == "\(step).copy"
    default: false
    }
  }
}
