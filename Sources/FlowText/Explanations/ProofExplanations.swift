extension Explanation {
  /// What reads well and does not hold on every way.
  static let proofs: [Explanation] = [
    Explanation(
      .maybeUnanswered, "an answer is used, and a way leads there round its step",
      means:
        "On some ways the step was answered before, on another it was not; the hint shows that way. Say something else "
        + "there, or ask '{step: X, asked: true}' first in a guard.",
      matters: "On that way the text would have a gap, and the guard would not hold although nobody said so.",
      bad: .steps(
        """
        - {id: bot, kind: confirm, title: For a bot?, if-no: form}
        - {id: name, kind: text, title: Its name}
        - {id: form, kind: tell, title: Form, say: "Type {name}."}
        """),
      mended: .steps(
        """
        - {id: bot, kind: confirm, title: For a bot?, if-no: any-name}
        - {id: name, kind: text, title: Its name}
        - {id: form, kind: tell, title: Form, say: "Type {name}.", next: review}
        - {id: any-name, kind: tell, title: Form, say: Type any name.}
        """)),
    Explanation(
      .storeNotProven, "a key is taken, and its store may not have been tried",
      means:
        "A way leads to the credential round its store step, or that step can be skipped. The store is tried there, "
        + "before the page shows a secret.",
      matters: "A secret that is shown once would be on the screen with no place to put it.",
      bad: .steps(
        """
        - {id: store, kind: store, title: Where to keep it}
        \(credential("store: store, name: example/key, "))
        """),
      mended: .steps(
        """
        - {id: store, kind: store, title: Where to keep it, required: true}
        \(credential("store: store, name: example/key, "))
        """)),
    Explanation(
      .noStore, "a credential without 'store'",
      means:
        "A key is taken only after its store was chosen and tried, and this one goes into none. A step of 'kind: store' "
        + "offers every store, and the person's own hands too.",
      matters: "Whoever sees the secret once and keeps it nowhere has to delete the key and make another.",
      bad: .steps(credential("")),
      mended: .steps(
        """
        - {id: store, kind: store, title: Where to keep it, required: true}
        \(credential("store: store, name: example/key, "))
        """)),
    Explanation(
      .overlappingGuards, "two guards of one list can both hold",
      means:
        "Of a 'next' or 'default' the first guard that holds is taken. Two of these can hold at once; the message shows "
        + "with which answers.",
      matters: "What happens then hangs on their order alone, and the next who sorts the list changes the flow.",
      bad: .steps(
        branch("[{when: {step: where, is-not: home}, to: fixed}, {when: {step: where, is-not: server}, to: review}]")),
      mended: .steps(
        branch("[{when: {step: where, is-not: home}, to: fixed}, {when: {step: where, is: home}, to: review}]"))),
    Explanation(
      .notExhaustive, "none of the guards of a 'next' need hold",
      means:
        "With some answers no guard of the list holds; the message shows which. The run goes on to the next step in the "
        + "file then. End the list with an entry without 'when'.",
      matters: "An answer that nobody thought of would go on to a step that was written for others.",
      bad: .steps(
        branch("[{when: {step: where, is: home}, to: review}, {when: {step: where, is: server}, to: fixed}]")),
      mended: .steps(branch("[{when: {step: where, is: home}, to: review}, {to: fixed}]"))),
    Explanation(
      .neverHolds, "a guard that can't hold, whatever is answered",
      means:
        "The guard contradicts itself, asks for what its step can't answer, or holds only where one above it does. "
        + "Mostly 'all' stands where 'any' was meant.",
      matters: "The way, warning or default behind it is dead: it reads as if it protected somebody, and never will.",
      bad: .steps(
        branch("[{when: {all: [{step: where, is: office}, {step: where, is: server}]}, to: fixed}, {to: review}]")),
      mended: .steps(
        branch("[{when: {any: [{step: where, is: office}, {step: where, is: server}]}, to: fixed}, {to: review}]"))),
    Explanation(
      .loopWithoutExit, "no answer leads out of a loop",
      means: "The steps lead in a circle that is left only where a check finds something, and never by an answer.",
      matters: "If the check never finds it, the person goes round for ever: nothing they say lets them out.",
      bad: .steps(
        """
        - {id: set, kind: tell, title: Set the clock}
        - {id: clock, kind: check, title: Clock, check: clock-plausible, next: [{when: {step: clock, is: yes}, to: review}, {to: set}]}
        """),
      mended: .steps(
        """
        - {id: set, kind: confirm, title: Set the clock, prompt: Is it set?, if-no: review}
        - {id: clock, kind: check, title: Clock, check: clock-plausible, next: [{when: {step: clock, is: yes}, to: review}, {to: set}]}
        """)),
  ]

  /// A question with three answers, and a step that leads on by them.
  private static func branch(_ next: String) -> String {
    """
    - id: where
      kind: choose
      title: Where?
      required: true
      options: [{id: home, title: At home}, {id: office, title: At work}, {id: server, title: A server}]
    - {id: form, kind: tell, title: Form, next: \(next)}
    - {id: fixed, kind: tell, title: Its address}
    """
  }

  private static func credential(_ store: String) -> String {
    "- {id: key, kind: credential, title: Key, \(store)if-lost: key, parts: [{name: secret, title: Secret, secret: true}]}"
  }
}
