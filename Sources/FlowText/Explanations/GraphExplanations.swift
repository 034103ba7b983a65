extension Explanation {
  /// What is wrong with what steps say of each other, and with the ways through them.
  static let graph: [Explanation] = [
    Explanation(
      .unknownStep, "no step of that id",
      means:
        "Something names a step that the flow does not have. Mostly the id is mistyped; the hint names the nearest.",
      matters: "The run could not go there, or not know the answer.",
      bad: .steps(
        "- {id: label, kind: text, title: Label}\n- {id: form, kind: tell, title: Form, say: \"Type {lable}.\"}"),
      mended: .steps(
        "- {id: label, kind: text, title: Label}\n- {id: form, kind: tell, title: Form, say: \"Type {label}.\"}")),
    Explanation(
      .unknownOption, "no such option or answer",
      means: "A default, a guard or a script names an option that the step does not have.",
      matters: "A guard on it would never hold, and an answer would not be taken.",
      bad: .steps(
        "- {id: where, kind: choose, title: Where?, default: hone, options: [{id: home, title: At home}]}"),
      mended: .steps(
        "- {id: where, kind: choose, title: Where?, default: home, options: [{id: home, title: At home}]}")),
    Explanation(
      .unknownWarning, "'resolves' names a code that no step warns of",
      means: "The step says that its answer is the reason for leaving a warning, and no step raises that warning.",
      matters: "The warning that was meant would stay open on the record, although a reason was given.",
      bad: .steps(
        """
        - {id: sure, kind: confirm, title: Sure?, warnings: [{code: NO-LIST, when: {step: sure, is: no}, text: No list.}]}
        - {id: reason, kind: text, title: Why?, resolves: [NO-LISTS]}
        """),
      mended: .steps(
        """
        - {id: sure, kind: confirm, title: Sure?, warnings: [{code: NO-LIST, when: {step: sure, is: no}, text: No list.}]}
        - {id: reason, kind: text, title: Why?, resolves: [NO-LIST]}
        """)),
    Explanation(
      .guardOnText, "a guard looks at the text of a text step",
      means:
        "A guard looks at what somebody typed. Only 'skipped' can be asked of a text step; let a choose step ask the rest.",
      matters: "Texts can be blanked on the record later, and a run that is resumed must take the same way again.",
      bad: .steps(
        """
        - {id: name, kind: text, title: Name}
        - {id: form, kind: tell, title: Form, next: [{when: {step: name, is: bot}, to: review}, {to: review}]}
        """),
      mended: .steps(
        """
        - {id: name, kind: choose, title: Name, options: [{id: bot, title: Bot}, {id: tax, title: Tax}]}
        - {id: form, kind: tell, title: Form, next: [{when: {step: name, is: bot}, to: review}, {to: review}]}
        """)),
    Explanation(
      .wrongKind, "a guard, check or text looks at a step that has no such answer",
      means: "'includes' looks at a selection, 'is' at a single answer, and a tell step has none to look at.",
      matters: "The condition could never hold.",
      bad: .steps(
        "- {id: sure, kind: confirm, title: Sure?, next: [{when: {step: sure, includes: yes}, to: review}, {to: review}]}"
      ),
      mended: .steps(
        "- {id: sure, kind: confirm, title: Sure?, next: [{when: {step: sure, is: yes}, to: review}, {to: review}]}")),
    Explanation(
      .unanswered, "an answer is used that can't exist by then, on any way",
      means: "A text or guard uses the answer of a step that no way leads through before. Ask it further up.",
      matters: "In the text there would be a gap, and the guard would never hold.",
      bad: .steps(
        "- {id: form, kind: tell, title: Form, say: \"Type {label}.\"}\n- {id: label, kind: text, title: Label}"),
      mended: .steps(
        "- {id: label, kind: text, title: Label, required: true}\n- {id: form, kind: tell, title: Form, say: \"Type {label}.\"}"
      )),
    Explanation(
      .unreachableStep, "no way leads to the step",
      means: "From the first step no answer, guard or 'next' leads here. Lead to it, or take it out.",
      matters: "Nobody will ever be asked this. Mostly a 'next' above leads past it by mistake.",
      bad: .steps(
        "- {id: form, kind: tell, title: Form, next: review}\n- {id: check-it, kind: confirm, title: Look again}"),
      mended: .steps("- {id: form, kind: tell, title: Form}\n- {id: check-it, kind: confirm, title: Look again}")),
    Explanation(
      .fallsOffTheEnd, "the last step leads nowhere",
      means: "Without a 'next', a step goes on to the one below it. Below the last there is none.",
      matters: "A run would stop there without an outcome.",
      bad: .flow(minimal("  - {id: form, kind: tell, title: Form}")),
      mended: .flow(minimal("  - {id: form, kind: tell, title: Form}\n  - {id: done, kind: end, outcome: aborted}"))),
    Explanation(
      .noEnd, "the flow has no end",
      means: "No step is of 'kind: end'. An end says how the run went: completed, aborted or blocked.",
      matters: "A run that can't end leaves a record that nobody can sign.",
      bad: .flow(minimal("  - {id: form, kind: tell, title: Form, next: form}")),
      mended: .flow(minimal("  - {id: form, kind: tell, title: Form}\n  - {id: done, kind: end, outcome: aborted}"))),
    Explanation(
      .noWayOut, "no way leads from the step to an end",
      means: "Whatever is answered from here on, the run never comes to an end: the steps lead in a circle.",
      matters: "A person could only give up, and their run would stay open for ever.",
      bad: .steps(
        """
        - {id: sure, kind: confirm, title: Sure?, if-no: wait, next: review}
        - {id: wait, kind: tell, title: Wait, next: wait-more}
        - {id: wait-more, kind: tell, title: Wait on, next: wait}
        """),
      mended: .steps(
        """
        - {id: sure, kind: confirm, title: Sure?, if-no: wait, next: review}
        - {id: wait, kind: tell, title: Wait, next: wait-more}
        - {id: wait-more, kind: confirm, title: Wait on?, if-no: review, next: wait}
        """)),
    Explanation(
      .endlessLoop, "a run can come back to the step without asking anybody",
      means: "A check runs by itself, and this one can lead back to itself past no question.",
      matters: "The run would go round for ever, and nobody could stop it but by killing it.",
      bad: .steps(
        "- {id: clock, kind: check, title: Clock, check: clock-plausible, next: [{when: {step: clock, is: no}, to: clock}, {to: review}]}"
      ),
      mended: .steps(
        """
        - {id: clock, kind: check, title: Clock, check: clock-plausible, next: [{when: {step: clock, is: no}, to: set}, {to: review}]}
        - {id: set, kind: confirm, title: Set the clock, if-no: review, next: clock}
        """)),
    Explanation(
      .wayAround, "a way to 'completed' leads round a required step",
      means:
        "The step is 'required: true', and a run can come to an end that says completed without it; the message shows "
        + "that way. Lead the way through the step, or write 'required: here' if it belongs to one branch and only can't be "
        + "skipped there.",
      matters: "The record would say completed although what must be done was not.",
      bad: .steps(
        """
        - {id: sure, kind: confirm, title: Sure?, if-no: review}
        - {id: look, kind: confirm, title: Look, required: true}
        """),
      mended: .steps(
        """
        - {id: sure, kind: confirm, title: Sure?, if-no: review}
        - {id: look, kind: confirm, title: Look, required: here}
        """)),
    Explanation(
      .noReview, "a way to 'completed' has no review",
      means: "A review lists the answers and lets the person change any before the end.",
      matters: "A slip at the first question would be on record for good.",
      bad: .flow(minimal("  - {id: form, kind: tell, title: Form}\n  - {id: done, kind: end, outcome: completed}")),
      mended: .flow(
        minimal("  - {id: review, kind: review, title: Review}\n  - {id: done, kind: end, outcome: completed}"))),
    Explanation(
      .redefinesShippedFlow, "an added flow has the id of a shipped one",
      means: "A flow in a folder of your own has the id of one that is inside the program. Give it an id of its own.",
      matters: "Who runs the shipped flow by its name must get that one, and no other in its place.",
      bad: .flow("format: 1\nflow: gate-io/create-key"), mended: .flow("format: 1\nflow: example/key")),
  ]

  private static func minimal(_ steps: String) -> String {
    "format: 1\nflow: example/key\nversion: 1\ntitle: A flow\nsummary: An example.\nsteps:\n" + steps
  }
}
