import CustomDump
import Testing

@testable import FlowCore

@Suite struct KnownKeyTests {
  private let replacing = flow(
    Step(id: "old", title: "Which key?", role: .oldLabel, claim: true, body: .text(TextRule())),
    Step(
      id: "purpose", title: "For what?", recalls: true,
      body: .choose(Options([Option(id: "bot", title: "bot"), Option(id: "tax", title: "tax")]))),
    Step(
      id: "plan", title: "What may it do?", recalls: true,
      body: .select(
        Options(
          [
            Option(id: "read", title: "read"), Option(id: "spot", title: "spot"),
            Option(id: "withdraw", title: "withdraw", danger: Danger(word: "out", why: "Coins can leave.")),
          ], defaults: [Conditional(["read"])]))),
    Step(id: "address", title: "From where?", recalls: true, body: .text(TextRule(shape: Shape(length: 1...4)))),
    Step(id: "label", title: "Its name?", role: .label, body: .text(TextRule())),
    Step(id: "shows", title: "What does the page show?", claim: true, body: .text(TextRule())), review, done)

  private let key = KnownKey(name: "bot-01", run: "7q4m", made: "2026-11-29")
  private var known: Event { .keysSurveyed("old", [key]) }
  private var recalled: Event {
    .keyRecalled(
      "old", key,
      answers: [
        "purpose": "tax", "plan": "read,spot,withdraw", "address": "far too long", "label": "bot-01", "shows": "all",
        "gone": "yes",
      ])
  }

  private func run(_ events: Event...) -> Run { Run(replacing, [.began] + events, rules: .second) }

  private func enter(_ run: Run) -> Answer? {
    run.state.current.flatMap { run.flow[$0] }.flatMap { run.state.defaultAnswer(at: $0, in: run.flow) }
  }

  @Test func `the records are looked through before the name is asked, once`() {
    var run = run()
    expectNoDifference(run.effects, [.surveyKeys("old", problem: nil)])
    run.send(known)
    expectNoDifference(run.effects, [.ask("old", problem: nil)])
    run.send(typed("old", .text("bot-01")), .wentBack("purpose", .typed))
    expectNoDifference(run.effects, [.ask("old", problem: nil)])
  }

  @Test func `what was said of the key is proposed, as far as it can be said now`() {
    var run = run(known, recalled, typed("old", .text("bot-01")))
    expectNoDifference(enter(run), .choice("tax"))
    run.send(typed("purpose", .choice("bot")))
    expectNoDifference(enter(run), .selection(["read", "spot"]))
    run.send(typed("plan", .selection([])))
    expectNoDifference(enter(run), nil, "a text that the shape refuses")
    run.send(typed("address", .text("home")))
    expectNoDifference(enter(run), nil, "the name of a key is its own")
    run.send(typed("label", .text("bot-02")))
    expectNoDifference(enter(run), nil, "what a page shows is looked at anew")
  }

  @Test func `what is still so is taken over unasked, as far as it can be said now without a word`() {
    let answers: [Step.ID: String] = ["purpose": "tax", "plan": "read,spot", "address": "home"]
    let accepted = Event.keyRecalled("old", key, answers: answers, accepted: .typed)
    var run = run(known, accepted, typed("old", .text("bot-01")))
    expectNoDifference(run.state.current, "label")
    expectNoDifference(
      run.effects.compactMap {
        if case .say(.takenOver(let step, let given)) = $0 { "\(step): \(given.standing)" } else { nil }
      },
      ["purpose: answered", "plan: answered", "address: answered"])
    run.send(.wentBack("label", .typed))
    expectNoDifference(run.state.current, "address", "who comes back looks at it again")
    expectNoDifference(enter(run), .text("home"))
    let dangerous = Event.keyRecalled(
      "old", key, answers: answers.merging(["plan": "read,withdraw"]) { $1 }, accepted: .typed)
    expectNoDifference(self.run(known, dangerous, typed("old", .text("bot-01"))).state.current, "plan")
    let odd = Event.keyRecalled(
      "old", key, answers: answers.merging(["address": "far too long"]) { $1 }, accepted: .enter)
    expectNoDifference(self.run(known, odd, typed("old", .text("bot-01"))).state.current, "address")
  }

  @Test func `whose the key is goes over to the next where all is as it was`() {
    var owned = key
    owned.owner = "desk"
    for (source, owner) in [(AnswerSource.typed, "desk"), (nil, nil)] {
      var run = run(known, .keyRecalled("old", owned, answers: [:], accepted: source))
      expectNoDifference(run.state.ownerTakenOver, owner)
      run.send(.keyRecalled("old", key, answers: [:], accepted: source))
      expectNoDifference(run.state.ownerTakenOver, nil)
    }
  }

  @Test func `of a key that no run here made the flow proposes what it would`() {
    for name in ["bot-01", "other"] {
      var run = run(known, typed("old", .text(name)))
      expectNoDifference(enter(run), nil)
      run.send(typed("purpose", .choice("bot")))
      expectNoDifference(enter(run), .selection(["read"]))
    }
  }

  @Test func `a new key is proposed a name that no other has`() {
    let named = flow(
      Step(id: "old", title: "Which key?", role: .oldLabel, claim: true, body: .text(TextRule())),
      Step(
        id: "label", title: "Its name?", role: .label,
        body: .text(TextRule(defaults: [Conditional("bot-09")]))), review, done)
    func proposed(_ keys: [String], instead of: String) -> Answer? {
      let known = Event.keysSurveyed("old", keys.map { KnownKey(name: $0, run: "7q4m", made: "2026-11-29") })
      return enter(Run(named, [.began, known, typed("old", .text(of))], rules: .second))
    }
    expectNoDifference(proposed([], instead: "other"), .text("bot-09"))
    expectNoDifference(proposed([], instead: "bot-09"), .text("bot-10"))
    expectNoDifference(proposed(["bot-10", "bot-09"], instead: "bot-11"), .text("bot-12"))
  }

  @Test func `where a new key is named the names that could clash are looked up, once`() {
    let naming = flow(
      Step(
        id: "label", title: "Its name?", role: .label, body: .text(TextRule(defaults: [Conditional("bot-01")]))),
      review,
      done)
    var run = Run(naming, [.began], rules: .second)
    expectNoDifference(run.effects, [.surveyKeys("label", problem: nil)])
    run.send(.keysSurveyed("label", [KnownKey(name: "bot-01"), KnownKey(name: "bot-02")]))
    expectNoDifference(run.effects, [.ask("label", problem: nil)])
    expectNoDifference(enter(run), .text("bot-03"))
    expectNoDifference("bot-02".withoutNumber, "bot-")
    expectNoDifference("12".withoutNumber, "")
    expectNoDifference("bot".withoutNumber, "bot")
  }

  /// A flow that deletes a copy of the key that is gone.
  private static let clearing = flow(
    Step(id: "old", title: "Which key?", role: .oldLabel, body: .text(TextRule())),
    Step(id: "why", title: "Why?", body: .text(TextRule())),
    Step(id: "gone", title: "Gone?", endsKey: true, body: .confirm(Confirmation())),
    Step(
      id: "copies", title: "The copy?",
      body: .choose(Options([Option(id: "delete", title: ""), Option(id: "leave", title: "")]))
    ),
    Step(id: "deleted", title: "Deleted?", body: .check(.copiesDeleted(of: "old", after: "gone"))),
    Step(id: "more", title: "More?", body: .text(TextRule())), review, done)

  @Test func `what was acted on is not answered anew, and the rest is`() {
    let copy = CredentialReference(store: "age", name: "gate-io/bot-01")
    let known = Event.keysSurveyed("old", [KnownKey(name: "bot-01", copies: [copy])])
    let way: [Event] = [
      .began, known, typed("old", .text("bot-01")), typed("why", .text("x")), typed("gone", .yes),
      typed("copies", .choice("delete")),
    ]
    let deed = Event.key("deleted", KeyEvent(.deleted(copy, history: nil)))
    let seen = Event.observed("deleted", Observation(.yes, by: "looked"))
    for (events, refused) in [(way + [deed, seen], true), (way + [seen], false)] {
      var run = Run(Self.clearing, events, rules: .second)
      run.send(.wentBack("more", .typed))
      expectNoDifference(run.effects.contains(.ask("more", problem: .alreadyActedOn)), refused)
      for step in ["old", "gone", "copies", "why"] {
        var run = Run(Self.clearing, events + [typed("more", .text("x"))], rules: .second)
        run.send(.reopened(Step.ID(step), .typed))
        expectNoDifference(
          run.effects.contains(.ask("review", problem: .alreadyActedOn)), refused && step != "why", "\(step)")
      }
    }
  }

  @Test func `a renaming is followed only to a name that a known key had`() {
    let naming = flow(
      Step(id: "old", title: "Which key?", role: .oldLabel, body: .text(TextRule())),
      Step(id: "place", title: "Where?", body: .store),
      Step(
        id: "take", title: "Take it",
        body: .credential(
          CredentialRule(
            parts: [CredentialPart(name: "key", title: "Key", secret: false, shape: Shape())], store: "place",
            name: "x/new", ifLost: "old"))), review, done)
    func kept(_ name: String) -> Answer? {
      let copy = CredentialReference(store: "age", name: "x/old")
      let own = CredentialReference(store: "age", name: "x/new")
      let run = Run(
        naming,
        [
          .began, .keysSurveyed("old", [KnownKey(name: "old", copies: [copy])]), typed("old", .text("old")),
          .storesSurveyed("place", StoreSurvey(offers: [StoreOffer(id: "age", title: "age")], standard: nil)),
          typed("place", .choice("age")), .storeProven("place", store: "age", .yes, by: "tried"),
          .partTaken("take", PartReceipt(part: "key", publicPart: nil, looksRight: .yes, taken: true), .typed),
          .credentialHeld("take", own, .readBack, .typed), .credentialKept("take", own),
          .key("review", KeyEvent(.renamed(own, to: name))),
        ], rules: .second)
      return run.state.given["take"]?.answer
    }
    expectNoDifference(kept("x/old"), .credential(CredentialReference(store: "age", name: "x/old")))
    expectNoDifference(kept("x/victim"), .credential(CredentialReference(store: "age", name: "x/new")))
  }

  @Test func `what is said of one key is not taken back by what is said of the next`() {
    let listing = flow(
      Step(id: "old", title: "Which key?", role: .oldLabel, claim: true, body: .text(TextRule())),
      Step(
        id: "more", title: "Another?", body: .confirm(Confirmation(ifNo: "review")),
        transitions: [Transition(to: "old")]), review, done)
    let none = Event.keysSurveyed("old", [])
    let run = Run(
      listing,
      [
        .began, none, typed("old", .text("a")), typed("more", .yes), typed("old", .redacted(tag: 9)),
        typed("more", .no),
      ], rules: .second)
    expectNoDifference(
      run.state.keysAlongWay(in: listing),
      ["a", "a"] + Array(repeating: "\(Answer.redacted(tag: 9).ids.first ?? "")", count: 3))
  }

  @Test func `records of format 1 never looked, and are read as they were written`() {
    let run = Run(replacing, [.began], rules: .first)
    expectNoDifference(run.effects, [.ask("old", problem: nil)])
  }

  @Test func `what became known of a key beside the questions moves no run`() {
    var run = run(known)
    for kind in KeyEvent.Kind.allCases {
      run.expect(.key("old", KeyEvent(kind, key: "bot-01", facts: ["day": "2026-12-01"])), leadsTo: [])
    }
  }
}
