import CustomDump
import Testing

@testable import FlowCore

@Suite struct CredentialTests {
  @Test("a credential is taken part by part, kept, and stands as verified")
  func kept() {
    var run = Run(everyKind, way(to: "credential"))
    run.expect(took("key"), leadsTo: [.takePart("credential", "secret", problem: nil)]) {
      $0.inHand = [receipt("key")]
    }
    run.expect(took("secret"), leadsTo: [.keepCredential("credential", problem: nil)]) {
      $0.inHand = [receipt("key"), receipt("secret")]
    }
    run.expect(
      .keepingFailed("credential", reason: "the disk is full"),
      leadsTo: [.keepCredential("credential", problem: .keepingFailed("the disk is full"))])
    let given = Given(
      answer: .credential(offline), source: .typed,
      standing: .verified(.yes, by: "the last four characters of the copy match the paste"))
    run.expect(held(), leadsTo: [.say(.stands("credential", given)), .ask("review", problem: nil)]) {
      $0.given["credential"] = given
      $0.way.append("review")
      $0.receipts = ["credential": [receipt("key"), receipt("secret")]]
      $0.inHand = []
      $0.enter = .finished
      $0.secretIsAtStake = false
    }
  }

  @Test("a bad answer asks for the part that is wanted, not for the first again")
  func badAnswer() {
    var run = Run(everyKind, way(to: "credential") + [took("key")])
    run.expect(
      typed("credential", .yes), leadsTo: [.takePart("credential", "secret", problem: .notTheKindOfAnswer)])
    run.expect(took("key"), leadsTo: [.takePart("credential", "secret", problem: .notTheKindOfAnswer)])
    run.expect(held(), leadsTo: [.takePart("credential", "secret", problem: .notTheKindOfAnswer)])
    run.expect(
      .keepingFailed("credential", reason: "?"),
      leadsTo: [.takePart("credential", "secret", problem: .notTheKindOfAnswer)])
    run.send(took("secret"))
    run.expect(
      typed("credential", .text("1234")), leadsTo: [.keepCredential("credential", problem: .notTheKindOfAnswer)])
    run.expect(took("secret"), leadsTo: [.keepCredential("credential", problem: .notTheKindOfAnswer)])
  }

  @Test("with a part in hand there is neither back nor skip, only the exits")
  func onlyTheCredential() {
    var run = Run(everyKind, way(to: "credential") + [took("key")])
    let refused = Effect.takePart("credential", "secret", problem: .onlyTheCredential)
    run.expect(.wentBack("credential", .typed), leadsTo: [refused])
    run.expect(.skipped("credential", reason: "no time", .typed), leadsTo: [refused])
    run.send(typed("credential", .exit("lost")))
    expectNoDifference(run.state.phase, .ended(.completed, at: "done", reason: "all done"))
  }

  @Test("in the middle of a credential, a resumption asks first whether the page still shows it")
  func resumedInTheMiddle() {
    var run = Run(everyKind, way(to: "credential") + [took("key"), .suspended(.signal(2))])
    #expect(run.state.secretIsAtStake(in: everyKind))
    run.expect(
      takenUp,
      leadsTo: [
        .say(.resolved(run.exception(1, .interruption, "stopped by Ctrl-C", .corrected))), .askStillShown("credential"),
      ]
    ) {
      $0.phase = .running
      $0.exceptions[0].resolution = .corrected
      $0.inHand = []
      $0.mustAskStillShown = true
      $0.secretIsAtStake = false
    }
    for early in [took("key"), held(), .keepingFailed("credential", reason: "?"), typed("credential", .yes)] {
      run.expect(early, leadsTo: [.askStillShown("credential")])
    }
    var lost = run
    run.expect(
      .stillShown("credential", true, .typed), leadsTo: [.takePart("credential", "key", problem: nil)]
    ) {
      $0.mustAskStillShown = false
      $0.secretIsAtStake = true
    }
    lost.send(.stillShown("credential", false, .typed))
    expectNoDifference(lost.answers["credential"], "lost")
    expectNoDifference(lost.state.phase, .ended(.completed, at: "done", reason: "all done"))
  }

  @Test("going back from the question whether it is still shown leaves that question behind")
  func backFromStillShown() {
    var run = Run(everyKind, way(to: "credential") + [.suspended(.quit), takenUp, .wentBack("credential", .typed)])
    expectNoDifference(run.effects, [.ask("text", problem: nil)])
    run.expect(.stillShown("text", false, .typed), leadsTo: [.ask("text", problem: .notTheKindOfAnswer)])
  }

  @Test("the lost way comes round to the credential again, and Enter does not say lost once more")
  func lostTwice() {
    let loop = flow(
      text("create"),
      Step(
        id: "credential", title: "Key",
        body: .credential(
          keyAndSecret(
            ifLost: "delete", exits: [.init(word: "refused", title: "The page refused it", target: "create")]))),
      done, Step(id: "delete", title: "Delete", body: .tell, transitions: [Transition(to: "create")]))
    var run = Run(
      loop,
      [
        .began, typed("create", .text("a")), typed("credential", .exit("lost")), typed("delete", .acknowledged),
        typed("create", .text("b")),
      ])
    let step = loop["credential"]!
    #expect(run.state.defaultAnswer(at: step, in: loop) == nil)
    expectNoDifference(loop.interpret("", at: step, in: run.state), .problem(.empty))
    expectNoDifference(loop.interpret("lost", at: step, in: run.state), .answer(.exit("lost"), usedDefault: false))
    run.send(typed("credential", .exit("refused")))
    expectNoDifference(run.state.way.map(\.step), ["create", "credential", "delete", "create", "credential", "create"])
    expectNoDifference(run.exceptions, [])
    run.send(.wentBack("create", .typed))
    #expect(run.state.defaultAnswer(at: step, in: loop) == nil)
    run.send(took("key"), took("secret"), held(.readBack))
    expectNoDifference(run.state.phase, .ended(.completed, at: "done", reason: nil))
  }

  @Test("a kept credential bars the way back")
  func alreadyKept() {
    var run = Run(everyKind, way(to: "review"))
    run.expect(.wentBack("review", .typed), leadsTo: [.ask("review", problem: .keyAlreadyKept)])
    run.expect(.reopened("credential", .typed), leadsTo: [.ask("review", problem: .keyAlreadyKept)])
  }

  @Test(
    "what a kept credential is worth depends on the proof, the source, and whether it was pasted at all",
    arguments: [
      (.readBack, .typed, true, .verified(.yes, by: "read back from the store")),
      (.readBack, .script(digest: "d"), true, .verified(.yes, by: "read back from the store")),
      (.lastFourMatched, .typed, true, .verified(.yes, by: "the last four characters of the copy match the paste")),
      (.none, .typed, true, .claimed), (.none, .enter, true, .claimed), (.none, .program, true, .scripted),
      (.none, .script(digest: "d"), true, .scripted), (.readBack, .typed, false, .claimed),
      (.lastFourMatched, .program, false, .scripted),
    ] as [(KeepingProof, AnswerSource, Bool, Standing)])
  func worth(proof: KeepingProof, source: AnswerSource, pasted: Bool, standing: Standing) {
    let run = Run(
      everyKind, way(to: "credential") + [took("key"), took("secret", taken: pasted), held(proof, source)])
    expectNoDifference(run.state.given["credential"]?.standing, standing)
  }
}

extension Run {
  func exception(
    _ number: Int, _ kind: RunException.Kind, at step: Step.ID? = nil, code: String? = nil, _ what: String,
    _ resolution: RunException.Resolution
  ) -> RunException {
    RunException(
      number: number, step: step ?? state.current ?? "", kind: kind, code: code, what: what, resolution: resolution)
  }
}
