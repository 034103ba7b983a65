extension Explanation {
  /// What is wrong with a script, or with a script for its flow.
  static let scripts: [Explanation] = [
    Explanation(
      .scriptSyntax, "a line of a script that is none",
      means:
        "A line is 'STEP: VALUE', 'STEP.PART: env:NAME', ':COMMAND', 'expect ...' or a comment, and this is none of them.",
      matters: "A script is followed to the letter; what can't be read can't be meant.",
      bad: .script("flow example/key\nwhere home"), mended: .script("flow example/key\nwhere: home")),
    Explanation(
      .missingFlow, "the script does not begin with 'flow PROVIDER/NAME'",
      means: "A script says first which flow it answers, without a colon.",
      matters: "Answers that are given to another flow would land at other questions.",
      bad: .script("where: home"), mended: .script("flow example/key\nwhere: home")),
    Explanation(
      .wrongFlow, "the script answers another flow",
      means: "The script's first line names another flow than the one it is held against.",
      matters: "Answers that are given to another flow would land at other questions.",
      bad: .script("flow example/other\nwhere: home"), mended: .script("flow example/key\nwhere: home")),
    Explanation(
      .unknownCommand, "no such colon command",
      means: "No command of that name is known, or it takes no text. The hint names the nearest.",
      matters: "It would be said at a question that does not understand it.",
      bad: .script("flow example/key\nwhere: home\n  :nota it runs at night"),
      mended: .script("flow example/key\nwhere: home\n  :note it runs at night")),
    Explanation(
      .unknownPart, "no such part of a credential",
      means: "The credential step has no part of this name; the hint lists those it has.",
      matters: "The run would stop with the page open, at the one moment at which the secret is shown.",
      bad: .script("flow example/key\ncredential.secert: env:EXAMPLE_SECRET"),
      mended: .script("flow example/key\ncredential.secret: env:EXAMPLE_SECRET")),
    Explanation(
      .literalSecret, "a part of a credential stands openly in a script",
      means: "Parts of a credential stand in a script only by reference: env:NAME, file:PATH or fd:NUMBER.",
      matters:
        "Scripts are copied, mailed and kept for years. If what stood there is real, take that key back and make a new one.",
      bad: .script("flow example/key\ncredential.secret: not-a-real-one"),
      mended: .script("flow example/key\ncredential.secret: env:EXAMPLE_SECRET")),
    Explanation(
      .badReference, "neither 'env:NAME', 'file:PATH' nor 'fd:NUMBER'",
      means: "It begins like a reference and can't be followed: a variable's name has letters, digits and '_'.",
      matters: "The run would stop with the page open, at the one moment at which the secret is shown.",
      bad: .script("flow example/key\ncredential.secret: env:EXAMPLE-SECRET"),
      mended: .script("flow example/key\ncredential.secret: env:EXAMPLE_SECRET")),
    Explanation(
      .badExpectation, "nothing that can be expected",
      means: "Expected can be 'outcome completed', 'exceptions N', 'questions N', 'warnings N' and 'warning CODE'.",
      matters: "An expectation that nobody can test would always look as if it held.",
      bad: .script("flow example/key\nwhere: home\nexpect outcome done"),
      mended: .script("flow example/key\nwhere: home\nexpect outcome completed")),
    Explanation(
      .takesNoAnswer, "the step takes no answer of this kind",
      means:
        "A check and an end run by themselves, only a credential has parts, and only a dangerous option wants a word.",
      matters: "The line would never be asked for, and the script would stop there.",
      bad: .script("flow example/key\nwhere: home\nclock: yes"), mended: .script("flow example/key\nwhere: home")),
  ]
}

extension Explanation.Example {
  /// The flow that the scripts of examples answer.
  static let answered = """
    format: 1
    flow: example/key
    version: 1
    title: A flow
    summary: For the scripts of examples.
    steps:
      - {id: where, kind: choose, title: Where?, options: [{id: home, title: At home}, {id: server, title: A server}]}
      - {id: clock, kind: check, title: Clock, check: clock-plausible}
      - {id: store, kind: store, title: Where to keep it, required: true}
      - id: credential
        kind: credential
        title: Key
        required: true
        store: store
        name: example/key
        if-lost: lost
        parts: [{name: key, title: Key, secret: false}, {name: secret, title: Secret, secret: true}]
      - {id: review, kind: review, title: Review}
      - {id: done, kind: end, outcome: completed}
      - {id: lost, kind: end, outcome: aborted}
    """
}
