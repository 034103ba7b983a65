import Ceremony
import CustomDump
import FlowCore
import Testing

/// An event is on disk before its effects run, and what is shown is in the log as shown.
@Suite struct OrderTests {
  private func walk(_ lines: Partner.Lines = Flows.straight) throws -> Dialogue {
    let dialogue = Dialogue(try Flows.createKey(), lines)
    expectNoDifference(try dialogue.begin(), .ended(.completed))
    return dialogue
  }

  @Test func `what is shown is in the log just before, as shown`() throws {
    var logged: [String] = []
    for happening in try walk().ledger.happenings {
      switch happening {
      case .logged(.shown(_, let texts), _): logged += texts
      case .shown(let sentence) where sentence.role != .blank:
        expectNoDifference(sentence.text, logged.first)
        logged.removeFirst(min(1, logged.count))
      case .asked, .looked, .proven, .held, .named, .opened: expectNoDifference(logged, [])
      default: break
      }
    }
  }

  @Test func `every event but what is shown is durable`() throws {
    for case .logged(let event, let durable) in try walk().ledger.happenings {
      if case .shown = event { continue }
      #expect(durable, "\(event)")
    }
  }

  @Test func `every answer is on disk before anything else is shown, asked or looked at`() throws {
    let ledger = try walk().ledger
    for (index, happening) in ledger.happenings.enumerated() {
      guard case .asked(let key, _) = happening, !key.contains(".") else { continue }
      let next = ledger.happenings[(index + 1)...].first { if case .remembered = $0 { false } else { true } }
      guard case .logged(.answered(let step, _, _, _), durable: true)? = next else {
        Issue.record("after '\(key)' came \(String(describing: next))")
        continue
      }
      expectNoDifference(step.rawValue, key)
    }
  }

  @Test func `a check's answer is logged between the look and the next question`() throws {
    let ledger = try walk().ledger
    for (index, happening) in ledger.happenings.enumerated() {
      guard case .looked = happening else { continue }
      guard case .logged(.observed(_, let observation), durable: true) = ledger.happenings[index + 1],
        observation.verdict == .yes
      else {
        Issue.record("after the look came \(ledger.happenings[index + 1])")
        continue
      }
    }
    expectNoDifference(ledger.happenings.count { if case .looked = $0 { true } else { false } }, 4)
  }

  @Test
  func
    `a store is proven, then the credential taken, held, logged as held, and named last, which is logged before and after`()
    throws
  {
    let lines = Flows.untilStoredCredential(Flows.bothParts) + Flows.afterCredential
    let ledger = try walk(lines).ledger
    let order = ledger.happenings.compactMap { happening -> String? in
      switch happening {
      case .logged(.partTaken(_, let receipt, _), durable: true): "taken \(receipt.part)"
      case .logged(.storeProven(_, let store, let verdict, _), durable: true): "\(store) proven, \(verdict)"
      case .proven(let store): "prove \(store)"
      case .held(let parts, let name, let store): "hold \(parts) as \(name) in \(store)"
      case .named(let pending, let name): "name \(pending) \(name)"
      case .logged(.key(_, let event), durable: true): event.operation.map { "\($0.words)" }
      case .logged(.credentialHeld(_, let reference, let proof, let source), durable: true):
        "held in \(reference.store), \(proof.rawValue), \(source)"
      default: nil
      }
    }
    expectNoDifference(
      order,
      [
        "prove vault", "vault proven, yes", "taken key", "taken secret",
        "hold [\"key\", \"secret\"] as gate-io/grid-bot-01 in vault", "held in vault, read-back, tool",
        "to be renamed: pending/7q4m.credential in vault, to gate-io/grid-bot-01",
        "name pending/7q4m.credential gate-io/grid-bot-01",
        "renamed: pending/7q4m.credential in vault, to gate-io/grid-bot-01",
      ])
  }

  @Test func `an address is on the screen and in the log before the browser gets it`() throws {
    let ledger = try walk(Flows.straight("account", ["account": ":open", "account": "main"])).ledger
    let index = try #require(ledger.happenings.firstIndex(of: .opened("https://www.gate.com")))
    expectNoDifference(
      Array(ledger.happenings[(index - 2)..<index]),
      [
        .logged(.shown("account", ["https://www.gate.com"]), durable: false),
        .shown(Sentence(.address, "https://www.gate.com")),
      ])
  }

  @Test func `once the log fails nothing further is performed, and the failure comes out`() throws {
    let flow = try Flows.createKey()
    let whole = try walk().ledger
    for room in 0..<whole.events.count {
      let dialogue = Dialogue(flow, Flows.straight, logRoom: room)
      #expect(throws: LedgerLog.Full.self) { try dialogue.session.begin(opening: []) }
      expectNoDifference(dialogue.ledger.events, Array(whole.events.prefix(room)))
      // What happened is a beginning of what happens when the log does not fail: nothing was done behind its back.
      #expect(whole.happenings.starts(with: dialogue.ledger.happenings), "room for \(room)")
      if case .logged? = whole.happenings.dropFirst(dialogue.ledger.happenings.count).first { continue }
      Issue.record("with room for \(room) the next thing was no event")
    }
  }
}
