import CustomDump
import Testing

@testable import FlowCore

@Suite struct StoreTests {
  private let standing = Given(
    answer: .choice("age"), source: .typed, standing: .verified(.yes, by: "a test entry"))

  @Test func `a store is looked for, chosen, and stands once it is proven`() {
    var run = Run(stored, [.began])
    expectNoDifference(run.effects, [.surveyStores("store", problem: nil)])
    run.expect(surveyed, leadsTo: [.ask("store", problem: nil)]) { $0.enter = .choice("age") }
    run.expect(typed("store", .choice("age")), leadsTo: [.proveStore("store", store: "age")])
    run.expect(proven, leadsTo: [.say(.stands("store", standing)), .takePart("credential", "key", problem: nil)]) {
      $0.given["store"] = standing
      $0.way.append("credential")
      $0.enter = nil
      $0.secretIsAtStake = true
    }
  }

  @Test func `one that fails its test is looked for again, and asked`() {
    var run = Run(stored, [.began, surveyed, typed("store", .choice("age"))])
    run.expect(
      .storeFailed("store", store: "age", reason: "the disk is full"),
      leadsTo: [.surveyStores("store", problem: .storeFailed("the disk is full"))])
    run.expect(surveyed, leadsTo: [.ask("store", problem: nil)])
    expectNoDifference(run.state.given["store"], nil)
  }

  @Test(arguments: [
    (State.Rules.second, Effect.surveyStores("store", problem: nil)), (.first, .ask("a", problem: nil)),
  ])
  func `back from the question of a store leads to which store, and in old records to the one before`(
    _ rules: State.Rules, _ effect: Effect
  ) {
    let flow = flow(text("a"), Step(id: "store", title: "Store", body: .store), review, done)
    var run = Run(flow, [.began, typed("a", .text("1")), surveyed, typed("store", .choice("age"))], rules: rules)
    run.send(.wentBack("store", .typed))
    expectNoDifference(run.effects.last, effect)
  }

  @Test func `what is said of another store than the chosen one proves nothing`() {
    var run = Run(stored, [.began, surveyed, typed("store", .choice("age"))])
    for event in [
      Event.storeProven("store", store: "pass", .yes, by: "a test entry"),
      .storeFailed("store", store: "pass", reason: "?"), .storeProven("credential", store: "age", .yes, by: "?"),
    ] {
      run.expect(event, leadsTo: [.proveStore("store", store: "age")])
    }
  }

  @Test func `one that can't be used is refused, and one in plain text wants its word`() {
    var run = Run(stored, [.began, surveyed])
    run.expect(
      typed("store", .choice("pass")), leadsTo: [.ask("store", problem: .disabled("pass", reason: "It is not here."))])
    run.expect(
      typed("store", .choice("fence")), leadsTo: [.askWord("store", .choice("fence"), "fence", problem: nil)])
    run.expect(
      typed("store", .choice("fence"), words: ["fence": "plaintext"]), leadsTo: [.proveStore("store", store: "fence")])
  }

  @Test func `the person's own hands need no test`() {
    var run = Run(stored, [.began, surveyed])
    let given = Given(answer: .choice("offline"), source: .typed, standing: .answered)
    run.expect(
      typed("store", .choice("offline")),
      leadsTo: [.say(.stands("store", given)), .takePart("credential", "key", problem: nil)]
    ) {
      $0.given["store"] = given
      $0.way.append("credential")
      $0.enter = nil
      $0.secretIsAtStake = true
    }
  }

  @Test func `what is held gets its name before it stands`() {
    var run = Run(stored, untilHeld)
    let given = Given(
      answer: .credential(named), source: .tool, standing: .verified(.yes, by: "read back from the store"))
    run.expect(heldInStore(), leadsTo: [.nameCredential("credential", pending, problem: nil)]) {
      $0.secretIsAtStake = false
    }
    run.expect(
      .keepingFailed("credential", reason: "the disk is full"),
      leadsTo: [.nameCredential("credential", pending, problem: .namingFailed("the disk is full"))])
    run.expect(
      typed("credential", .exit("lost")),
      leadsTo: [.nameCredential("credential", pending, problem: .notTheKindOfAnswer)])
    run.expect(
      .wentBack("credential", .typed), leadsTo: [.nameCredential("credential", pending, problem: .onlyTheCredential)])
    run.expect(
      .credentialKept("credential", named),
      leadsTo: [.say(.stands("credential", given)), .ask("review", problem: nil)]
    ) {
      $0.given["credential"] = given
      $0.way.append("review")
      $0.receipts = ["credential": [receipt("key"), receipt("secret")]]
      $0.inHand = []
      $0.enter = .finished
    }
  }

  @Test func `a stop after it was held goes on with its name`() {
    let run = Run(stored, untilHeld + [heldInStore(), .suspended(.signal(15)), takenUp])
    expectNoDifference(run.effects.last, .nameCredential("credential", pending, problem: nil))
    expectNoDifference(run.state.taking.receipts, [receipt("key"), receipt("secret")])
  }

  @Test func `a stop before it was held may have left a copy, if all of it was taken`() {
    var run = Run(stored, untilHeld + [.suspended(.lost), takenUp])
    #expect(run.state.receiptsOfCopy == [receipt("key"), receipt("secret")])
    run.expect(
      heldInStore(.foundAgain), leadsTo: [.nameCredential("credential", pending, problem: nil)]
    ) {
      $0.inHand = [receipt("key"), receipt("secret")]
      $0.mustAskStillShown = false
    }
    let early = Run(stored, untilHeld.dropLast() + [.suspended(.lost), takenUp])
    #expect(early.state.receiptsOfCopy == nil)
    let twice = Run(stored, untilHeld + [.suspended(.lost), takenUp, .suspended(.lost), takenUp])
    #expect(twice.state.receiptsOfCopy != nil)
    let shown = Run(stored, untilHeld + [.suspended(.lost), takenUp, .stillShown("credential", true, .typed)])
    #expect(shown.state.receiptsOfCopy == nil)
  }

  @Test func `nothing is found that was not looked for`() {
    var run = Run(stored, [.began, surveyed, typed("store", .choice("age")), proven])
    run.expect(
      heldInStore(.foundAgain), leadsTo: [.takePart("credential", "key", problem: .notTheKindOfAnswer)])
    run.expect(
      .credentialKept("credential", named), leadsTo: [.takePart("credential", "key", problem: .notTheKindOfAnswer)])
  }

  @Test func `with the credential in hand another store can be chosen, on record`() {
    var run = Run(stored, untilHeld + [.keepingFailed("credential", reason: "full")])
    let exception = RunException(
      number: 1, step: "credential", kind: .storeChanged, code: nil, what: "age → offline", resolution: .recorded)
    run.expect(
      .storeChanged("credential", store: "offline", .typed),
      leadsTo: [.say(.raised(exception)), .keepCredential("credential", problem: nil)]
    ) {
      $0.exceptions = [exception]
    }
    run.send(held())
    expectNoDifference(run.state.given["credential"]?.answer, .credential(offline))
  }

  @Test func `a stop while it was tried asks for the store again`() {
    let run = Run(stored, [.began, surveyed, typed("store", .choice("age")), .suspended(.lost), takenUp])
    expectNoDifference(run.effects.last, .surveyStores("store", problem: nil))
  }

  private let untilHeld: [Event] = [
    .began, surveyed, typed("store", .choice("age")), proven, took("key"), took("secret"),
  ]
}
