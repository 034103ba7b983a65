@testable import FlowCore

/// One step of every kind, in a line: `tell confirm choose select text check credential review done`.
let everyKind = Flow(
  id: "test/every-kind", version: 1, title: "Every kind", summary: "",
  steps: [
    Step(id: "tell", title: "Tell", body: .tell),
    Step(id: "confirm", title: "Confirm", claims: ["logged in"], body: .confirm(Confirmation(ifNo: "done"))),
    Step(
      id: "choose", title: "Choose",
      body: .choose(
        Options([
          Option(id: "spot", title: "Spot bot"),
          Option(id: "futures", title: "Futures bot", danger: Danger(word: "futures", why: "It can lose more.")),
          Option(id: "margin", title: "Margin bot", disabled: [Disablement(reason: "Not offered.")]),
        ]))),
    Step(
      id: "select", title: "Select",
      body: .select(Options([Option(id: "read", title: "Read"), Option(id: "trade", title: "Trade")]))),
    Step(id: "text", title: "Label", body: .text(TextRule(shape: Shape(length: 1...8)))),
    Step(id: "check", title: "Unused", body: .check(.labelUnused("text"))),
    Step(id: "credential", title: "Key", body: .credential(keyAndSecret(ifLost: "done"))),
    Step(id: "review", title: "Review", body: .review),
    Step(id: "done", title: "Done", body: .end(Ending(outcome: .completed, reason: ["all done"]))),
  ])

/// The page loop: what the page shows beyond the plan leads back to the page, until it is switched off or has a reason.
let pageLoop = Flow(
  id: "test/page-loop", version: 1, title: "Page loop", summary: "",
  steps: [
    Step(id: "plan", title: "Plan", body: .select(permissions)),
    Step(
      id: "page", title: "Page", claim: true,
      warnings: [
        Warning(code: "too-much", when: tooMuch, text: "More is set than planned."),
        Warning(code: "withdraw", when: .answer("page", .includes(["withdraw"])), text: "Withdraw is set."),
      ],
      body: .select(permissions), transitions: [Transition(when: tooMuch, to: "excess"), Transition(to: "review")]),
    Step(
      id: "excess", title: "Excess", claim: true,
      body: .choose(
        Options([
          Option(id: "off", title: "I have switched it off", target: "page"),
          Option(id: "stays", title: "It stays on"),
        ]))),
    Step(id: "reason", title: "Reason", resolves: ["too-much", "withdraw"], body: .text(TextRule())),
    Step(id: "review", title: "Review", body: .review),
    Step(id: "done", title: "Done", body: .end(Ending(outcome: .completed))),
  ])

private let tooMuch = Guard.answer("page", .exceeds("plan"))
private let permissions = Options([
  Option(id: "read", title: "Read"), Option(id: "trade", title: "Trade"), Option(id: "withdraw", title: "Withdraw"),
])

/// A key of four characters and a secret of eight.
func keyAndSecret(
  into store: Step.ID? = nil, ifLost lost: Step.ID, exits: [CredentialRule.Exit] = []
) -> CredentialRule {
  CredentialRule(
    parts: [
      CredentialPart(name: "key", title: "API key", secret: false, shape: Shape(length: 4...4)),
      CredentialPart(name: "secret", title: "Secret", secret: true, shape: Shape(length: 8...8)),
    ], store: store, name: store == nil ? nil : "gate-io/bot", ifLost: lost, exits: exits)
}

/// A store is chosen, a credential goes into it.
let stored = Flow(
  id: "test/stored", version: 1, title: "Stored", summary: "",
  steps: [
    Step(id: "store", title: "Where?", required: true, body: .store),
    Step(id: "credential", title: "Key", body: .credential(keyAndSecret(into: "store", ifLost: "done"))), review, done,
  ])

/// What a computer offers: `age` by itself, `pass` not now, `fence` in plain text, and the person's hands.
let survey = StoreSurvey(
  offers: [
    StoreOffer(id: "age", title: "Encrypted files"), StoreOffer(id: "pass", title: "pass", obstacle: "It is not here."),
    StoreOffer(id: "fence", title: "A fence", plaintext: "All can read it."), StoreOffer(id: "offline", title: "You"),
  ], standard: "age")

/// A flow of a few steps, for one question.
func flow(_ steps: Step...) -> Flow {
  Flow(id: "test/flow", version: 1, title: "Flow", summary: "", steps: steps)
}

let review = Step(id: "review", title: "Review", body: .review)
let done = Step(id: "done", title: "Done", body: .end(Ending(outcome: .completed)))

func text(_ id: Step.ID, reading text: Template = "", to transitions: [Transition] = []) -> Step {
  Step(id: id, title: id.rawValue, text: [Conditional(text)], body: .text(TextRule()), transitions: transitions)
}

func hole(_ id: Step.ID) -> Template { Template(segments: [.answer(id, asID: false)]) }

// MARK: - Events, short

func typed(_ id: Step.ID, _ answer: Answer, words: [Option.ID: String] = [:]) -> Event {
  .answered(id, answer, words: words, .typed)
}

func found(_ id: Step.ID, _ verdict: Verdict, by means: String = "this computer's records") -> Event {
  .observed(id, Observation(verdict, by: means))
}

func took(_ part: CredentialPart.Name, at id: Step.ID = "credential", taken: Bool = true) -> Event {
  .partTaken(id, receipt(part, taken: taken), .typed)
}

func receipt(_ part: CredentialPart.Name, taken: Bool = true) -> PartReceipt {
  PartReceipt(part: part, publicPart: part == "key" ? "ab" : nil, looksRight: taken ? .yes : .notKnowable, taken: taken)
}

let offline = CredentialReference(store: "offline")

func held(_ proof: KeepingProof = .lastFourMatched, at id: Step.ID = "credential", _ source: AnswerSource = .typed)
  -> Event
{
  .credentialHeld(id, offline, proof, source)
}

let surveyed = Event.storesSurveyed("store", survey)
let proven = Event.storeProven("store", store: "age", .yes, by: "a test entry")
let pending = CredentialReference(store: "age", name: "pending/7q4m.credential")
let named = CredentialReference(store: "age", name: "gate-io/bot")

func heldInStore(_ proof: KeepingProof = .readBack) -> Event { .credentialHeld("credential", pending, proof, .tool) }

let takenUp = Event.resumed(
  Resumption(user: "ada", host: "office", toolVersion: "0.1.0", flowChanged: false, bytesCut: 0))

/// The answers that lead through `everyKind`, each of them the plain one.
let plainWay: [Event] = [
  .began, typed("tell", .acknowledged), typed("confirm", .yes), typed("choose", .choice("spot")),
  typed("select", .selection(["read"])), typed("text", .text("bot")), found("check", .yes), took("key"),
  took("secret"), held(), typed("review", .finished),
]

/// Enough of `plainWay` to stand at a step.
func way(to id: Step.ID) -> [Event] {
  var events: [Event] = []
  for event in plainWay {
    if Run(everyKind, events).state.current == id { break }
    events.append(event)
  }
  return events
}
