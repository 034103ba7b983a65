/// Flows whose steps are wrong.
extension BadFlows {
  static let steps: [BadFile] = [
    .steps(
      "the same id", "- {id: a, kind: tell, title: A}\n- {id: 1️⃣a, kind: tell, title: B}",
      "1️⃣ duplicate-id: a step 'a' stands above already; give this one an id of its own"),
    .steps(
      "a warning's code twice in one step",
      """
      - id: a
        kind: confirm
        title: A
        warnings:
          - {code: W, when: {step: a, is: no}, text: One.}
          - {code: V, when: {step: a, is: yes}, text: Two.}
          - 1️⃣{code: W, when: {step: a, skipped: true}, text: Three.}
      - {id: b, kind: confirm, title: B, warnings: [{code: W, when: {step: b, is: no}, text: One.}]}
      """,
      "1️⃣ duplicate-id: warning 'W' stands above already; give this one a name of its own"),
    .steps(
      "what of a program is no answer of the step",
      """
      - {id: a, kind: text, title: A, from-program: 1️⃣permissions}
      - {id: b, kind: select, title: B, from-program: 2️⃣purpose, options: [{id: x, title: X}]}
      """,
      "1️⃣ wrong-kind: 'permissions' of a program is no answer of this step; 'name' is proposed at a text step, 'purpose' at a choose, 'permissions' at a select",
      "2️⃣ wrong-kind: 'purpose' of a program is no answer of this step; 'name' is proposed at a text step, 'purpose' at a choose, 'permissions' at a select"
    ),
    .steps(
      "what an answer can't tell of a key",
      """
      - {id: a, kind: text, title: A, role: 1️⃣account}
      - {id: b, kind: choose, title: B, role: 2️⃣label, options: [{id: x, title: X}]}
      """,
      "1️⃣ wrong-kind: the answer of this step can't be 'account'; 'account' and 'purpose' are asked at a choose, 'program' and the names of keys at a text",
      "2️⃣ wrong-kind: the answer of this step can't be 'label'; 'account' and 'purpose' are asked at a choose, 'program' and the names of keys at a text"
    ),
    .steps(
      "what a script may leave unsaid",
      """
      - id: a
        kind: choose
        title: A
        options:
          - {id: x, title: X, unsaid: true}
          - {id: y, title: Y, unsaid: 1️⃣true}
      - id: b
        kind: choose
        title: B
        options:
          - {id: x, title: X, unsaid: 2️⃣true, danger: {word: bite, why: It bites.}}
          - {id: y, title: Y, next: a}
      - {id: c, kind: select, title: C, options: [{id: x, title: X, 3️⃣unsaid: true}]}
      """,
      "1️⃣ wrong-value: another option stands for what is not said; one of them can",
      "2️⃣ wrong-value: an option that is dangerous, or leads elsewhere, must be said; take 'unsaid' out, or 'danger' and 'next'",
      "3️⃣ misplaced-key: of a select step nothing is chosen where nothing is said; take it out"),
    .steps(
      "no options", "- {id: a, kind: choose, title: A, options: 1️⃣[]}",
      "1️⃣ empty-list: a question needs an option; add '- {id: ..., title: ...}'"),
    .steps(
      "options",
      """
      - id: a
        kind: choose
        title: A
        default: 1️⃣z
        options:
          - {id: x, title: X, danger: {word: 2️⃣"", why: It bites.}}
          - {id: 3️⃣x, title: X again}
          - {id: w, title: 4️⃣This option has a title that goes on and on until nobody can read it in one breath}
      - {id: b, kind: select, title: B, default: [5️⃣n], options: [{id: n, title: N, danger: {word: n, why: N.}}]}
      - {id: c, kind: select, title: C, default: 6️⃣n, options: [{id: n, title: N}]}
      """,
      "1️⃣ unknown-option: no option 'z'; it can be 'x', 'x' or 'w'",
      "2️⃣ empty-text: nothing stands here; write a text, or take the key out",
      "3️⃣ duplicate-id: option 'x' stands above already; give this one a name of its own",
      "4️⃣ option-too-wide: an option of 82 columns; 72 are the most; the rest belongs into 'note' or 'help'",
      "5️⃣ dangerous-default: a dangerous option can't be the default; let Enter take the safe one",
      "6️⃣ wrong-type: this is a list of option ids, and a text stands here; begin each with '- '"),
    .steps(
      "after what always holds",
      """
      - id: a
        kind: choose
        title: A
        options: [{id: x, title: X}]
        default: [{1️⃣value: x}, {value: x}]
        next: [{2️⃣to: b}, {to: b}]
      - {id: b, kind: tell, title: B}
      """,
      "1️⃣ needs-when: what follows this is never looked at; only the last of a list may lack 'when'",
      "2️⃣ needs-when: what follows this is never looked at; only the last of a list may lack 'when'"),
    .steps(
      "a wide prompt", "- {id: a, kind: confirm, title: A, prompt: 1️⃣\"Are you really quite sure about all of that?\"}",
      "1️⃣ prompt-too-wide: a prompt of 44 columns; 40 fit everywhere; the rest belongs into 'say'"),
    .steps(
      "a credential",
      """
      - id: 6️⃣a
        kind: credential
        title: A
        if-lost: a
        parts:
          - {name: key, title: Key, secret: true, public-prefix: 1️⃣4}
          - 2️⃣{name: key, title: Key, secret: false}
          - {name: 3️⃣danger, title: D, secret: true, variable: 8️⃣PATH}
        exits: [{word: 4️⃣lost, title: L, next: a}]
      - {id: 7️⃣b, kind: credential, title: B, if-lost: a, parts: 5️⃣[]}
      """,
      "6️⃣ no-store: this credential goes into no store, and nothing was proven for it; add 'store: STEP', a step of 'kind: store' before this one; it offers the person's own hands too",
      "1️⃣ wrong-value: a secret part has no public prefix; take it out: nothing of a secret is kept",
      "2️⃣ duplicate-id: part 'key' stands above already; give this one a name of its own",
      "3️⃣ bad-id: no part can be called 'danger'; scripts use the word; call it 'secret' or 'passphrase'",
      "8️⃣ bad-id: 'PATH' steers how programs run, and no key belongs there; name the variable that the program reads the value from, for example GATE_API_KEY",
      "4️⃣ bad-id: every credential has the exit 'lost'; 'if-lost' says where it leads",
      "7️⃣ no-store: this credential goes into no store, and nothing was proven for it; add 'store: STEP', a step of 'kind: store' before this one; it offers the person's own hands too",
      "5️⃣ empty-list: a credential needs a part; add the key and the secret"),
    .steps(
      "public prefixes",
      """
      - id: 5️⃣a
        kind: credential
        title: A
        if-lost: a
        parts:
          - {name: key, title: K, secret: false, public-prefix: 1️⃣17, shape: {length: 40}}
          - {name: short, title: K, secret: false, public-prefix: 2️⃣9, shape: {length: 16, characters: [digits]}}
          - {name: any, title: K, secret: false, public-prefix: 3️⃣1}
          - {name: half, title: K, secret: false, public-prefix: 8, shape: {min: 16, max: 20}}
          - {name: twin, title: K, secret: false, public-prefix: 4️⃣12, shape: {length: 64, characters: [letters], also: "1"}}
          - {name: apart, title: K, secret: false, public-prefix: 12, shape: {length: 64, prefix: AK, characters: [letters], also: "1"}}
          - {name: secret, title: S, secret: true, shape: {length: 64, characters: [upper, lower], also: "1"}}
      """,
      "5️⃣ no-store: this credential goes into no store, and nothing was proven for it; add 'store: STEP', a step of 'kind: store' before this one; it offers the person's own hands too",
      "1️⃣ wrong-value: '17' is not a whole number from 0 to 16; write it in digits",
      "2️⃣ wrong-value: a public prefix of 9 characters, of a part that may have 16; half of them is the most: write 8 or less, or raise 'min'",
      "3️⃣ wrong-value: a public prefix of 1 characters, of a part that may have 1; give the part's shape a 'length' or 'min' first",
      "4️⃣ wrong-value: part 'secret' looks the same, and would be shown if it came here; take 'public-prefix' out, or give shapes that tell the two apart"
    ),
    .steps(
      "many parts",
      "- {id: 2️⃣a, kind: credential, title: A, if-lost: a, parts: ["
        + (0..<16).map { "{name: p\($0), title: P, secret: true}, " }.joined()
        + "1️⃣{name: p16, title: P, secret: true}]}",
      "2️⃣ no-store: this credential goes into no store, and nothing was proven for it; add 'store: STEP', a step of 'kind: store' before this one; it offers the person's own hands too",
      "1️⃣ wrong-value: a credential of 17 parts; 16 are the most"),
    .steps(
      "too many options",
      "- {id: a, kind: select, title: A, options: ["
        + (0..<200).map { "{id: o\($0), title: O}, " }.joined() + "1️⃣{id: o200, title: O}]}\n"
        + "- {id: b, kind: tell, title: B, next: [{when: {step: a, includes: ["
        + (0..<200).map { "o\($0), " }.joined() + "2️⃣o200]}, to: review}, {to: review}]}",
      "1️⃣ wrong-value: a question of 201 options; 200 are the most; ask for groups first, or for a text",
      "2️⃣ bad-guard: 'includes' of 201 options; no question has more than 200"),
    .steps(
      "checks",
      """
      - {id: a, kind: text, title: A}
      - {id: b, kind: check, title: B, check: shape, of: 1️⃣a}
      - {id: c, kind: check, title: C, 2️⃣check: label-unused}
      - {id: d, kind: check, title: D, check: clock-plausible, 3️⃣of: a}
      - {id: e, kind: check, title: E, check: 4️⃣clock}
      """,
      "1️⃣ wrong-kind: step 'a' is a text step; a step of 'kind: credential' belongs here",
      "2️⃣ missing-key: the check 'label-unused' needs 'of'; add 'of: STEP', the step to look at",
      "3️⃣ misplaced-key: the check 'clock-plausible' has no 'of'; take it out",
      "4️⃣ wrong-value: unknown word 'clock'; it can be 'shape', 'label-unused', 'clock-plausible', 'all-named', 'no-copies', 'copies-deleted', 'name-taken', 'named' or 'powers'"
    ),
    .steps(
      "guards",
      """
      - {id: a, kind: text, title: A}
      - {id: b, kind: choose, title: B, options: [{id: x, title: X}]}
      - id: c
        kind: tell
        title: C
        next:
          - {when: {step: 1️⃣a, is: secret}, to: review}
          - {when: {step: a, skipped: true}, to: review}
          - {when: {step: b, is: [x, 2️⃣y]}, to: review}
          - {when: {step: 3️⃣b, includes: x}, to: review}
          - {when: {step: b, exceeds: b, 4️⃣is: x}, to: review}
          - {when: {5️⃣all: []}, to: review}
          - {when: 6️⃣{}, to: review}
          - {when: {step: 7️⃣done, is: x}, to: review}
          - {when: {step: 8️⃣c, is: ok}, to: review}
          - {when: 9️⃣{step: b}, to: review}
          - {to: review}
      """,
      "1️⃣ guard-on-text: a guard looks at the text of step 'a'; texts can be blanked later and never steer; 'skipped' is fine, or let a choose step ask",
      "2️⃣ unknown-option: step 'b' has no answer 'y'; it can be 'x'",
      "3️⃣ wrong-kind: step 'b' is no select step; 'is' looks at a single answer",
      "4️⃣ bad-guard: a guard on a step says one of 'is', 'is-not', 'includes', 'beyond', 'exceeds', 'lacks', 'skipped' or 'asked'; keep one; 'all' joins several guards",
      "5️⃣ bad-guard: 'all' of nothing; add a guard, or take it out",
      "6️⃣ bad-guard: a guard begins with one of 'step', 'all', 'any' or 'not'; add one",
      "7️⃣ wrong-kind: step 'done' is an end, and ends have no answers; name a step that asks",
      "8️⃣ wrong-kind: a tell step has no answer to look at; 'skipped: true' is the only condition on it",
      "9️⃣ bad-guard: a guard on a step says one of 'is', 'is-not', 'includes', 'beyond', 'exceeds', 'lacks', 'skipped' or 'asked'; add one"
    ),
    .steps(
      "a guard on a review",
      "- {id: a, kind: tell, title: A, next: [{when: {step: 1️⃣review, skipped: true}, to: review}]}",
      "1️⃣ wrong-kind: step 'review' can't be skipped; only steps that ask can be",
      "1️⃣ unanswered: step 'review' can't have been answered before this; ask it on a way to step 'a'"),
    .steps(
      "warnings", "- {id: a, kind: tell, title: A, warnings: [{code: NO-LIST, text: T}], resolves: [1️⃣NO-LISTS]}",
      "1️⃣ unknown-warning: no step warns of 'NO-LISTS'; did you mean 'NO-LIST'?"),
  ]
}
