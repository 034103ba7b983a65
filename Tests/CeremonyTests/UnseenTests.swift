import CustomDump
import FlowCore
import Testing

@testable import Ceremony

/// Where a secret could be pasted by mistake, yes and no are asked unseen, and anything else is dropped.
///
/// The answers here are given at the secret reader: a question in the open would be an issue.
@Suite struct UnseenTests {
  private static let unseen = "Nothing you type here will appear."
  private static let copied = "Is the whole secret in your own copy, written down or in your password manager?"
  private static let tryAgain = "The key and its secret are in hand, but not kept yet. Try again?"

  /// One of the three questions: how a run comes to it, what stands there, and how it goes on.
  struct Unseen: Sendable, CustomTestStringConvertible {
    var key: String
    var before: Partner.Lines
    var words: [String]
    /// What follows a `yes` and a `no`.
    var afterYes: Partner.Lines
    var afterNo: Partner.Lines
    var objection = "Please say yes or no."
    var isByHand = true
    var prompt = "yes or no: "

    var testDescription: String { key }
  }

  private static let whole = Partner.Lines([
    "credential.key": .secret(Canary.key), "credential.secret": .secret(Canary.secret),
  ])
  private static let compared = Partner.Lines(["credential.copy": .secret(Canary.lastFour)])

  private static let all = [
    Unseen(
      key: "credential.again", before: Partner.Lines(["credential.key": .secret("7\n\(Canary.secret)")]),
      words: ["Paste it once more? no: it is kept as it was pasted.", "Enter = yes, paste it again", unseen],
      afterYes: whole + compared, afterNo: compared),
    Unseen(
      key: "credential.copy", before: [whole[0]] + Partner.Lines(["credential.secret": .secret("")]),
      words: [copied, unseen], afterYes: [], afterNo: Partner.Lines(["credential.copy": .secret("yes")])),
    Unseen(
      key: "credential.keep", before: whole,
      words: [
        tryAgain, "Enter = yes, try again", "Or type where to keep it instead:", "cellar: a cellar", "fence: a fence",
        "offline: your own hands", unseen,
      ],
      afterYes: [], afterNo: Partner.Lines(["credential.keep": .secret("y")]),
      objection: "That is none of these words.", isByHand: false, prompt: "Answer: "),
  ]

  /// Says some lines at a question, then goes on to the end.
  private func say(
    _ lines: [Partner.Saying], at question: Unseen, then rest: Partner.Lines
  ) throws -> Dialogue {
    let failures = LedgerStores.Failures(holding: question.isByHand ? [] : ["the vault is sealed"])
    let until = question.isByHand ? Flows.untilCredential([:]) : Flows.untilStoredCredential([:])
    let dialogue = Dialogue(
      try Flows.createKey(),
      until + question.before + lines.map { (key: question.key, saying: $0) } + rest
        + Flows.afterCredential,
      stores: { LedgerStores($0, failures: failures) })
    expectNoDifference(try dialogue.begin(), .ended(.completed))
    return dialogue
  }

  @Test(arguments: all) func `it is asked, and that nothing will appear is said`(_ question: Unseen) throws {
    let dialogue = try say([.secret("yes")], at: question, then: question.afterYes)
    let before = try #require(question.before.last)
    expectNoDifference(
      Array(dialogue.ledger.said(after: before.key).suffix(question.words.count)), question.words)
    let prompts = zip(dialogue.ledger.keys, dialogue.ledger.prompts).filter { $0.0 == question.key }.map(\.1)
    expectNoDifference(Set(prompts), [question.prompt])
  }

  @Test(arguments: all, ["yes", "y", "no", "n"]) func `a yes and a no are heard`(
    _ question: Unseen, _ word: String
  ) throws {
    let isYes = word.hasPrefix("y")
    let dialogue = try say([.secret(word)], at: question, then: isYes ? question.afterYes : question.afterNo)
    expectNoDifference(dialogue.ledger.texts.contains("Please say yes or no."), false)
  }

  @Test(
    arguments: all,
    [
      Canary.secret, Canary.key, "\(Canary.key)\n\(Canary.secret)", "yes\n\(Canary.secret)", ":note \(Canary.secret)",
      "no \(Canary.secret)", "perhaps",
    ]) func `whatever else is pasted there is dropped, and is nowhere`(_ question: Unseen, _ paste: String) throws
  {
    let dialogue = try say([.secret(paste), .secret("no")], at: question, then: question.afterNo)
    expectNoDifference(dialogue.ledger.said(after: question.key), [question.objection])
    // On the screen, in the log, in a history, in the state: not even a beginning of it.
    var dumped = ""
    dump(dialogue.ledger.happenings, to: &dumped)
    dump(dialogue.state, to: &dumped)
    for trace in [String(Canary.secret.prefix(8)), String(Canary.secret.suffix(8)), "perhaps"] {
      #expect(!dumped.contains(trace))
    }
    let keyStart = String(Canary.key.prefix(8))
    let whole = try say([.secret("no")], at: question, then: question.afterNo)
    var dumpedWithout = ""
    dump(whole.ledger.happenings, to: &dumpedWithout)
    dump(whole.state, to: &dumpedWithout)
    expectNoDifference(dumped.ranges(of: keyStart).count, dumpedWithout.ranges(of: keyStart).count)
    // Nor is it taken for a part of the credential.
    expectNoDifference(dialogue.state.receipts, whole.state.receipts)
    expectNoDifference(
      dialogue.ledger.events.filter { if case .shown = $0 { false } else { true } },
      whole.ledger.events.filter { if case .shown = $0 { false } else { true } })
  }

  @Test(arguments: all) func `Enter takes what is said to be its meaning, and otherwise asks again`(
    _ question: Unseen
  ) throws {
    let asksAgain = question.key == "credential.copy"
    let dialogue = try say(
      [.secret("")] + (asksAgain ? [.secret("yes")] : []), at: question, then: question.afterYes)
    expectNoDifference(
      dialogue.ledger.said(after: question.key).first == "Please say yes or no.", asksAgain)
  }

  @Test(arguments: all) func `a command is obeyed there, and the question said again`(_ question: Unseen) throws {
    let dialogue = try say([.secret(":why"), .secret("yes")], at: question, then: question.afterYes)
    let said = dialogue.ledger.said(after: question.key)
    #expect(said.first?.hasPrefix("Whoever has these can use your account") == true)
    expectNoDifference(Array(said.suffix(question.words.count)), question.words)
    // The reason, two facts of the article, and where it is from.
    expectNoDifference(said.count, question.words.count + 5)
  }

  // MARK: - A command with its text where a part is taken

  private let likeACommand =
    "That begins like a command. Here only the word alone is one, such as :note; its text is asked for then."

  @Test(arguments: [
    (":note it was cut", 16), (":q", 2), (":quit now", 9), (":\(Canary.key)", 33),
  ]) func `what begins like a command is said to be none, and not shown`(_ paste: String, _ count: Int) throws {
    let dialogue = Dialogue(
      try Flows.createKey(),
      Flows.untilCredential([
        "credential.key": .secret(paste), "credential.again": .secret(""), "credential.key": .secret(Canary.key),
        "credential.secret": .secret(paste), "credential.again": .secret("yes"),
        "credential.secret": .secret(Canary.secret), "credential.copy": .secret(Canary.lastFour),
      ]) + Flows.afterCredential)
    expectNoDifference(try dialogue.begin(), .ended(.completed))
    for (key, title) in [("credential.key", "API key"), ("credential.secret", "Secret")] {
      expectNoDifference(
        Array(dialogue.ledger.said(after: key).prefix(2)), ["\(title): \(count) characters taken", likeACommand])
    }
    #expect(!dialogue.ledger.texts.contains { $0.contains(paste) })
    expectNoDifference(dialogue.state.receipts["credential"]?.map(\.looksRight), [.yes, .yes])
  }

  @Test func `a colon alone is too short, and one that fits is no command`() throws {
    let flow = try Flows.small(
      """
        - {id: store, kind: store, title: Store, required: true}
        - id: taken
          kind: credential
          title: Taken
          store: store
          name: test/taken
          if-lost: last
          parts:
            - {name: key, title: Key, secret: false, shape: {length: 32, characters: [hex]}}
            - {name: phrase, title: Phrase, secret: true, shape: {min: 4, characters: [letters], also: ":"}}
        - {id: last, kind: review, title: Last}
      """)
    let dialogue = Dialogue(
      flow,
      Partner.Lines([
        "store": "offline", "taken.key": .secret(":"), "taken.again": .secret("no"), "taken.phrase": .secret(":colon"),
        "taken.copy": .secret("olon"), "last": "",
      ]))
    expectNoDifference(try dialogue.begin(), .ended(.completed))
    expectNoDifference(
      Array(dialogue.ledger.said(after: "taken.key").prefix(2)),
      ["Key: 1 character taken", "It has 1 character; 32 are the least."])
    expectNoDifference(dialogue.ledger.said(after: "taken.phrase").first, "Phrase: 6 characters taken")
    #expect(!dialogue.ledger.texts.contains(likeACommand))
    expectNoDifference(dialogue.state.receipts["taken"]?.map(\.looksRight), [.no, .yes])
  }

  // MARK: - A part of which only one kind is taken

  private static let onlyMade = """
      - {id: store, kind: store, title: Store, required: true}
      - id: taken
        kind: credential
        title: Taken
        store: store
        name: test/taken
        if-lost: last
        parts:
          - {name: key, title: Key, secret: false, only: true, shape: {min: 8, prefix: made-, message: Only made ones.}}
          - {name: phrase, title: Phrase, secret: true, shape: {length: 4}}
      - {id: last, kind: review, title: Last}
    """

  @Test func `what has not the shape that alone is taken is asked for again, until it comes`() throws {
    let dialogue = Dialogue(
      try Flows.small(Self.onlyMade),
      Partner.Lines([
        "store": "offline", "taken.key": .secret(Canary.key), "taken.key": .secret("made-"),
        "taken.key": .secret("made-key"), "taken.phrase": .secret("long"), "taken.copy": .secret("long"), "last": "",
      ]))
    expectNoDifference(try dialogue.begin(), .ended(.completed))
    expectNoDifference(dialogue.ledger.texts.count { $0 == "Only made ones." }, 2)
    expectNoDifference(dialogue.state.receipts["taken"]?.map(\.looksRight), [.yes, .yes])
  }

  @Test func `a script that gives another ends there, and nothing is kept`() throws {
    let run = try Scripted(
      "flow test/small\nstore: offline\ntaken.key: env:GATE_API_KEY\ntaken.phrase: env:GATE_API_SECRET\nlast: finish\n",
      Flows.small(Self.onlyMade))
    expectNoDifference(
      run.conclusion,
      .diverged(
        Divergence(
          place: nil, message: "step 'taken': Key is not taken: Only made ones.", hint: "nothing was kept")))
  }
}
