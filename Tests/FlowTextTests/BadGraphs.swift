/// Flows whose steps do not hang together.
extension BadFlows {
  static let graph: [BadFile] = [
    .steps(
      "unknown steps",
      """
      - {id: a, kind: tell, title: A, say: "Hello 1️⃣{lable}", next: 2️⃣labell}
      - {id: 4️⃣b, kind: tell, title: B, next: 3️⃣nowhere-at-all}
      - {id: label, kind: text, title: L}
      """,
      "1️⃣ unknown-step: no step 'lable'; did you mean 'label'?",
      "2️⃣ unknown-step: no step 'labell'; did you mean 'label'?",
      "4️⃣ unreachable-step: no way leads to step 'b'; lead to it with 'next', 'if-no' or an option, or take it out",
      "3️⃣ unknown-step: no step 'nowhere-at-all'; it can be 'a', 'b', 'label', 'review' or 'done'"),
    .steps(
      "an island",
      "- {id: a, kind: tell, title: A, next: review}\n- {id: 1️⃣b, kind: tell, title: B, next: c}\n- {id: 2️⃣c, kind: tell, title: C, next: b}",
      "1️⃣ unreachable-step: no way leads to step 'b'; lead to it with 'next', 'if-no' or an option, or take it out",
      "2️⃣ unreachable-step: no way leads to step 'c'; lead to it with 'next', 'if-no' or an option, or take it out"),
    .steps(
      "answers too early",
      """
      - {id: a, kind: tell, title: A, say: "1️⃣{b} and 2️⃣{a}", warnings: [{code: W, when: {step: a, skipped: true}, text: W}]}
      - {id: b, kind: text, title: B, default: "3️⃣{c.id}"}
      - id: c
        kind: choose
        title: C
        options:
          - {id: x, title: X, next: left}
          - {id: y, title: Y, next: right, disabled: {when: {step: 4️⃣left, skipped: true}, reason: R}}
        next: review
      - {id: left, kind: text, title: L, next: review}
      - {id: right, kind: tell, title: R, say: "5️⃣{left} {b}", next: review}
      """,
      "1️⃣ unanswered: step 'b' can't have been answered before this; ask it on a way to step 'a'",
      "2️⃣ unanswered: step 'a' can't have been answered before this; a step's own answer comes after its texts",
      "3️⃣ unanswered: step 'c' can't have been answered before this; ask it on a way to step 'b'",
      "4️⃣ unanswered: step 'left' can't have been answered before this; ask it on a way to step 'c'",
      "5️⃣ unanswered: step 'left' can't have been answered before this; ask it on a way to step 'right'"),
    .steps(
      "answers in a loop",
      """
      - {id: a, kind: tell, title: A, say: "1️⃣{b} 2️⃣{a}"}
      - {id: b, kind: confirm, title: B, if-no: a}
      """,
      "1️⃣ maybe-unanswered: step 'b' need not have been answered before step 'a'; the way a leads round it; lead through it, or say something else there",
      "2️⃣ maybe-unanswered: step 'a' has no answer when it is asked for the first time; a step's own answer comes after its texts"
    ),
    BadFile(
      "no end", BadFile.head + "- {id: 1️⃣a, kind: tell, title: A}\n",
      "1️⃣ no-end: the flow has no end; add a step of 'kind: end' with 'outcome: completed'",
      "1️⃣ falls-off-the-end: after step 'a' comes nothing; give it 'next', or add an end after it"),
    BadFile(
      "a loop for ever",
      BadFile.head + "- {id: a, kind: confirm, title: A, if-no: b}\n" + BadFile.tail
        + "- {id: 1️⃣b, kind: tell, title: B}\n- {id: 2️⃣c, kind: tell, title: C, next: b}\n",
      "1️⃣ no-way-out: from step 'b' no way leads to an end; give it a 'next' that does",
      "2️⃣ no-way-out: from step 'c' no way leads to an end; give it a 'next' that does"),
    .steps(
      "checks that lead to each other",
      """
      - {id: 1️⃣a, kind: check, title: A, check: clock-plausible, next: [{when: {step: a, is: yes}, to: c}, {to: b}]}
      - {id: b, kind: check, title: B, check: clock-plausible, next: [{when: {step: b, is: no}, to: a}, {to: c}]}
      - {id: 2️⃣c, kind: check, title: C, check: clock-plausible, next: [{when: {step: c, is: not-knowable}, to: c}, {to: review}]}
      """,
      "1️⃣ endless-loop: from step 'a' a run can come back to it without asking anybody; put a step that asks into the loop, or lead out of it",
      "2️⃣ endless-loop: from step 'c' a run can come back to it without asking anybody; put a step that asks into the loop, or lead out of it"
    ),
    .steps(
      "checks in a loop that asks elsewhere",
      """
      - {id: 1️⃣a, kind: check, title: A, check: clock-plausible}
      - {id: b, kind: check, title: B, check: clock-plausible, next: [{when: {step: b, is: no}, to: a}, {to: c}]}
      - {id: c, kind: confirm, title: C, if-no: a}
      """,
      "1️⃣ endless-loop: from step 'a' a run can come back to it without asking anybody; put a step that asks into the loop, or lead out of it"
    ),
    .steps(
      "a check that is tried again for ever",
      """
      - {id: 1️⃣a, kind: check, title: A, check: clock-plausible, next: [{when: {step: a, is: yes}, to: review}, {to: b}]}
      - {id: b, kind: tell, title: B, next: a}
      """,
      "1️⃣ loop-without-exit: no answer leads out of the loop of step 'a', only what is found at step 'a'; let a step of the loop that asks lead out of it, so that a person can give up"
    ),
    .steps(
      "a check that is tried again until a person gives up",
      """
      - {id: a, kind: check, title: A, check: clock-plausible, next: [{when: {step: a, is: yes}, to: review}, {to: b}]}
      - {id: b, kind: confirm, title: B, if-no: review, next: a}
      """),
    BadFile(
      "off the end",
      BadFile.head + "- {id: a, kind: confirm, title: A, if-no: b}\n" + BadFile.tail
        + "- {id: 1️⃣b, kind: tell, title: B}\n",
      "1️⃣ falls-off-the-end: after step 'b' comes nothing; give it 'next', or add an end after it"),
    .steps(
      "a way round",
      """
      - {id: a, kind: confirm, title: A, if-no: review}
      - {id: 1️⃣b, kind: tell, title: B, required: true}
      - {id: c, kind: confirm, title: C, if-no: stop, required: 2️⃣no}
      - {id: d, kind: tell, title: D, next: review, required: here}
      - {id: stop, kind: end, outcome: aborted}
      """,
      "1️⃣ way-around: step 'b' is required, and the way a > review > done leads round it; lead every way to 'completed' through it, or write 'required: here' if it can't be skipped where it is asked",
      "2️⃣ wrong-value: unknown word 'no'; it can be 'true', 'false' or 'here'"),
    .steps(
      "sections",
      """
      - {id: 1️⃣a, kind: tell, title: A}
      - {id: b, kind: tell, title: B, section: One}
      - {id: c, kind: tell, title: C, section: {title: One, key: the other}}
      - {id: 2️⃣d, kind: tell, title: D, section: One}
      - {id: e, kind: tell, title: E, section: {3️⃣key: other}, next: review}
      """,
      "1️⃣ section-apart: this step stands before the first section; give it a 'section', for example 'Before you begin'",
      "2️⃣ section-apart: section 'One' stands above already, and has ended; move the step there; of two keys each names its own: {title: ..., key: ...}",
      "3️⃣ missing-key: a section needs 'title'; add 'title: ...'"),
    .steps(
      "a no that goes on",
      """
      - {id: 1️⃣a, kind: confirm, title: A, required: true, claimed: done}
      - {id: b, kind: confirm, title: B, required: true, claimed: done, if-no: e}
      - {id: c, kind: confirm, title: C, required: here, claimed: done}
      - {id: d, kind: confirm, title: D, required: true, claimed: done, next: [{when: {step: d, is: no}, to: e}, {to: review}]}
      - {id: e, kind: tell, title: E, next: b}
      """,
      "1️⃣ no-goes-on: a 'no' at step 'a' goes on as a 'yes' does, to 'completed'; add 'if-no: STEP', or take 'required' out"
    ),
    .steps(
      "acts before it may",
      """
      - {id: key, kind: text, title: Key, role: old-label}
      - {id: gone, kind: confirm, title: Gone, ends-key: true, if-no: other}
      - {id: fine, kind: check, title: Fine, check: copies-deleted, of: key, after: gone, next: more}
      - {id: other, kind: confirm, title: Other}
      - {id: 1️⃣early, kind: check, title: Early, check: copies-deleted, of: key, after: gone}
      - {id: 2️⃣plain, kind: check, title: Plain, check: copies-deleted, of: key, after: other}
      - {id: more, kind: confirm, title: More, if-no: review}
      - {id: next-key, kind: text, title: Next, role: old-label}
      - {id: 3️⃣stale, kind: check, title: Stale, check: copies-deleted, of: next-key, after: gone, next: review}
      """,
      "1️⃣ acts-unasked: a way leads to step 'early' without a yes to step 'gone'; lead every way through it, with 'if-no: STEP' there to lead a no elsewhere",
      "2️⃣ acts-unasked: step 'plain' waits for the yes of step 'other', which does not say that the key is gone; name the confirm step with 'ends-key: true'",
      "3️⃣ acts-unasked: a way leads to step 'stale' without a yes to step 'gone'; lead every way through it, with 'if-no: STEP' there to lead a no elsewhere"
    ),
    .steps(
      "two credentials with one name",
      """
      - {id: s, kind: store, title: S, required: true}
      - {id: l, kind: text, title: L}
      - {id: a, kind: credential, title: A, store: s, name: "x/{l}", if-lost: c, parts: [{name: key, title: Key, secret: true}]}
      - {id: 1️⃣b, kind: credential, title: B, store: s, name: "x/{l}", if-lost: review, parts: [{name: key, title: Key, secret: true}]}
      - {id: o, kind: credential, title: O, store: s, name: "x/{l}-2", if-lost: review, parts: [{name: key, title: Key, secret: true}], next: review}
      - {id: c, kind: credential, title: C, store: s, name: y, if-lost: d, parts: [{name: key, title: Key, secret: true}], next: review}
      - {id: d, kind: credential, title: D, store: s, name: y, if-lost: review, parts: [{name: key, title: Key, secret: true}], next: review}
      """,
      "1️⃣ same-name: the credential of step 'b' is to have the name of the one of step 'a'; give one of the two another 'name'"
    ),
    .steps(
      "texts with conditions",
      """
      - {id: a, kind: confirm, title: A, if-no: c}
      - {id: b, kind: text, title: B}
      - id: c
        kind: tell
        title: C
        say:
          - {when: {step: b, asked: true}, text: "It is {b}."}
          - {when: {any: [{step: b, asked: true}, {step: a, is: no}]}, text: "It is 1️⃣{b}."}
          - {when: {step: a, is: no}, text: "None of 2️⃣{nothing}."}
        prompt: [{3️⃣text: One}, {when: {step: a, is: no}, text: Two}]
        next: review
      """,
      "1️⃣ maybe-unanswered: step 'b' need not have been answered before step 'c'; the way a > c leads round it; lead through it, or say something else there",
      "2️⃣ unknown-step: no step 'nothing'; it can be 'a', 'b', 'c', 'review' or 'done'",
      "3️⃣ needs-when: what follows this is never looked at; only the last of a list may lack 'when'"),
    BadFile(
      "no review", BadFile.head + "- {id: a, kind: tell, title: A}\n- {id: 1️⃣done, kind: end, outcome: completed}\n",
      "1️⃣ no-review: a way to 'completed' has no review; add a step of 'kind: review' before this end, so that answers can be changed"
    ),
  ]
}
