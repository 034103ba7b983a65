import CustomDump
import FlowCore
import SecretMemory
import Testing

@testable import Ceremony

/// Checks that take their time, fail, are stopped, ask, and are lent a credential.
@Suite struct ObservationTests {
  /// Makes its checks as a test says; all but the first that it is asked for look right.
  private final class Observer: Observing {
    private(set) var looks = 0
    private let body: (any ObservationContext, Int) throws -> Observation

    init(_ body: @escaping (any ObservationContext, Int) throws -> Observation) { self.body = body }

    func observe(
      _ check: Check, in state: State, of flow: Flow, with context: any ObservationContext
    ) throws -> Observation {
      looks += 1
      return try body(context, looks)
    }

    func surveyKeys(in flow: Flow) -> KeySurvey { KeySurvey() }
    func namesInUse(in flow: Flow) -> Set<String> { [] }
    func recall(_ key: KnownKey, in flow: Flow) -> [Step.ID: String] { [:] }
  }

  private func walk(
    _ observer: Observer, _ lines: KeyValuePairs<String, Partner.Saying>, isPerson: Bool = true, signals: [Int32] = [],
    logRoom: Int = .max
  ) throws -> (Dialogue, Session.Conclusion) {
    let flow = try Flows.small(
      """
        - id: clock
          kind: check
          title: The clock
          check: clock-plausible
        - id: last
          kind: confirm
          title: Is it done?
      """)
    let dialogue = Dialogue(
      flow, Partner.Lines(lines), isPerson: isPerson, logRoom: logRoom, signals: signals, observing: observer)
    return (dialogue, try dialogue.begin())
  }

  private func found(_ dialogue: Dialogue) -> [Observation] {
    dialogue.ledger.events.compactMap { if case .observed(_, let observation) = $0 { observation } else { nil } }
  }

  @Test func `what a check finds stands with its facts in the event`() throws {
    let fact = Observation.Fact(name: "rights", value: "read, trade")
    let (dialogue, _) = try walk(Observer { _, _ in Observation(.yes, by: "asked", facts: [fact]) }, ["last": "yes"])
    expectNoDifference(found(dialogue), [Observation(.yes, by: "asked", facts: [fact])])
    expectNoDifference(
      dialogue.state.given["clock"],
      Given(answer: .verdict(.yes, by: "asked"), source: .tool, standing: .verified(.yes, by: "asked")))
  }

  @Test func `a check that fails is told, and made again where a person wants that`() throws {
    let observer = Observer { _, look in
      guard look > 1 else { throw ObservationFailure("nobody answered") }
      return Observation(.yes, by: "asked")
    }
    let (dialogue, conclusion) = try walk(observer, ["clock.check": "perhaps", "clock.check": "", "last": "yes"])
    expectNoDifference(conclusion, .ended(.completed))
    expectNoDifference(observer.looks, 2)
    expectNoDifference(found(dialogue), [Observation(.yes, by: "asked")])
    #expect(dialogue.ledger.texts.contains("It could not be found out: nobody answered"))
  }

  @Test(arguments: [true, false])
  func `a check that fails is never a yes or a no`(isPerson: Bool) throws {
    let observer = Observer { _, _ in throw ObservationFailure("nobody answered") }
    let (dialogue, _) = try walk(
      observer, isPerson ? ["clock.check": "no", "last": "yes"] : ["last": "yes"], isPerson: isPerson)
    expectNoDifference(found(dialogue), [Observation(.notKnowable, by: "nobody answered")])
  }

  @Test func `why a check failed is not told in words that look like a secret`() throws {
    let observer = Observer { _, _ in throw ObservationFailure("refused \(Canary.secret)") }
    let (dialogue, _) = try walk(observer, ["clock.check": "no", "last": "yes"])
    expectNoDifference(found(dialogue).map(\.verdict), [.notKnowable])
  }

  @Test func `Ctrl-C stops a check, and the run goes on there later`() throws {
    let observer = Observer { context, _ in
      for _ in 0..<1_000 where context.isCancelled { throw ObservationCancelled() }
      return Observation(.yes, by: "asked")
    }
    let (dialogue, conclusion) = try walk(observer, [:], signals: [2])
    expectNoDifference(conclusion, .suspended(.signal(2)))
    expectNoDifference(found(dialogue), [])
    expectNoDifference(dialogue.state.current, "clock")
  }

  @Test func `a check can ask, and commands are obeyed at its question`() throws {
    let observer = Observer { context, _ in
      let answer = try context.ask(Question(.check, .text, text: "Which account?"))
      return Observation(.yes, by: "asked for \(answer)")
    }
    let (dialogue, _) = try walk(observer, ["clock.check": ":status", "clock.check": "main", "last": "yes"])
    expectNoDifference(found(dialogue), [Observation(.yes, by: "asked for main")])
    let (left, conclusion) = try walk(observer, ["clock.check": ":quit"])
    expectNoDifference(conclusion, .suspended(.quit))
    expectNoDifference(found(left), [])
  }

  @Test func `a check can ask unseen, of a person alone, and nothing of the secret is written down`() throws {
    let observer = Observer { context, _ in
      let secret = try context.askUnseen(Question(.check, .secret(title: "One-time password"), isSecret: true))
      return Observation(.yes, by: secret.map { "given \($0.count) bytes" } ?? "nobody to ask")
    }
    let (dialogue, _) = try walk(
      observer, ["clock.check": ":status", "clock.check": .secret(Canary.secret), "last": "yes"])
    expectNoDifference(found(dialogue), [Observation(.yes, by: "given \(Canary.secret.utf8.count) bytes")])
    let (silent, _) = try walk(observer, ["clock.check": "", "last": "yes"])
    expectNoDifference(found(silent), [Observation(.yes, by: "given 0 bytes")])
    let (piped, _) = try walk(observer, ["last": "yes"], isPerson: false)
    expectNoDifference(found(piped), [Observation(.yes, by: "nobody to ask")])
    let (left, conclusion) = try walk(observer, ["clock.check": ":quit"])
    expectNoDifference(conclusion, .suspended(.quit))
    expectNoDifference(found(left), [])
  }

  @Test func `a credential is lent to a check while it looks, and no longer`() throws {
    let observer = Observer { context, _ in
      try context.lend(from: "credential") { parts in
        Observation(.yes, by: "a secret of \(parts["secret"]?.count ?? 0) bytes was lent")
      }
    }
    let lines = Flows.untilStoredCredential(Flows.bothParts) + Flows.afterCredential
    let asked = Observer { context, look in
      do {
        return try observer.observe(.clockPlausible, in: State(), of: Flows.createKey(), with: context)
      } catch is ObservationFailure {
        return Observation(.notKnowable, by: "nothing to lend")
      }
    }
    let dialogue = Dialogue(try Flows.createKey(), lines, observing: asked)
    expectNoDifference(try dialogue.begin(), .ended(.completed))
    #expect(found(dialogue).contains(Observation(.yes, by: "a secret of 64 bytes was lent")))
    #expect(found(dialogue).contains(Observation(.notKnowable, by: "nothing to lend")))
  }

  @Test func `a full disk while a check asks is told as what it is`() throws {
    let observer = Observer { context, _ in
      _ = try context.ask(Question(.check, .text, text: "Which account?"))
      return Observation(.yes, by: "asked")
    }
    #expect(throws: LedgerLog.Full.self) { try walk(observer, [:], logRoom: 1) }
  }
}
