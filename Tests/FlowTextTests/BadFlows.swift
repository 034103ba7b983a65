/// Bad flows: marked text, and every finding in it.
enum BadFlows {
  static let all = file + values + steps + graph + proofs + guards

  static let file: [BadFile] = [
    BadFile(
      "control characters", "format: 1\nflow: a1️⃣\u{1B}[2Jb\ntitle: x2️⃣\u{202E}y\n",
      "1️⃣ control-character: control character U+001B; take it out; a text never needs one",
      "2️⃣ control-character: control character U+202E; take it out; a text never needs one"),
    BadFile(
      "a NUL", "format: 1️⃣\u{0}1\n",
      "1️⃣ control-character: control character U+0000; take it out; a text never needs one"),
    BadFile(
      "not YAML", "format: 1\ntitle: a1️⃣: b: c\n",
      "1️⃣ syntax: this is not YAML: mapping values are not allowed in this context; put a text with ': ' in it into double quotes"
    ),
    BadFile(
      "an open quote", "format: 1\ntitle: 1️⃣\"a\nsteps: []\n",
      "1️⃣ syntax: this is not YAML: found unexpected end of stream; close the quote or bracket that begins here"),
    BadFile(
      "a tab", "format: 1\nsteps:\n1️⃣\t- id: a\n",
      "1️⃣ syntax: this is not YAML: found character that cannot start any token; indent with spaces; YAML takes no tabs"),
    BadFile(
      "nothing", "1️⃣# only a comment\n",
      "1️⃣ empty-file: the file is empty; a flow begins with 'format: 1' and 'flow: PROVIDER/NAME'"),
    BadFile(
      "two documents", "format: 1\n1️⃣---\nformat: 1\n",
      "1️⃣ several-documents: a second document begins here; one file holds one flow"),
    BadFile(
      "brackets", "steps: [[[[[[[[[[[[[[[[1️⃣[[[[]]]]]]]]]]]]]]]]]]]]\n",
      "1️⃣ too-deep: brackets nest too deep; a flow never needs this"),
    .steps(
      "guards in guards",
      "- id: a\n  kind: tell\n  title: A\n  next: [{when: "
        + String(repeating: "{not: ", count: 27) + "1️⃣{not: {step: a, skipped: true}}"
        + String(repeating: "}", count: 27)
        + ", to: done}, {to: review}]",
      "1️⃣ too-deep: more than 32 levels deep; a flow never needs this"),
    .steps(
      "an anchor", "- {id: a, kind: tell, title: 1️⃣&name A}",
      "1️⃣ anchor: anchors are not taken; take out the word after '&'"),
    .steps(
      "an alias", "- {id: a, kind: tell, title: &name A, why: 1️⃣*name}",
      "1️⃣ alias: alias '*name'; write out what it stands for"),
    .steps(
      "an alias of nothing", "- {id: a, kind: tell, title: 1️⃣*nothing }",
      "1️⃣ alias: aliases are not taken; a text with '*' first needs quotes"),
    .steps(
      "tags", "- {id: a, kind: tell, title: 1️⃣!!str A, why: 2️⃣!custom B}",
      "1️⃣ tag: tags are not taken; a text that begins with '!' needs quotes",
      "2️⃣ tag: tags are not taken; a text that begins with '!' needs quotes"),
    .steps(
      "duplicate keys",
      "- id: a\n  kind: tell\n  title: A\n  why: One.\n  1️⃣why: Two.\n  2️⃣\"why\": Three.\n  source: {from: X, date: 2026-01-01, 3️⃣from: Y}\n  4️⃣promt: x",
      "1️⃣ duplicate-key: key 'why' stands here twice; keep one of them",
      "2️⃣ duplicate-key: key 'why' stands here twice; keep one of them",
      "3️⃣ duplicate-key: key 'from' stands here twice; keep one of them",
      "4️⃣ unknown-key: unknown key 'promt'; did you mean 'prompt'?"),
    BadFile(
      "the wrong format",
      "format: 1️⃣2\nflow: test/flow\nversion: 1\ntitle: T\nsummary: S\nsteps: [{id: end, kind: end, outcome: aborted}]\n",
      "1️⃣ unknown-format: format 2 is not known; this Keyusher reads format 1; a newer one may read this file"),
    BadFile(
      "the wrong id",
      "format: 1\nflow: 1️⃣other/flow\nversion: 1\ntitle: T\nsummary: S\nsteps: [{id: end, kind: end, outcome: aborted}]\n",
      "1️⃣ wrong-flow-id: the flow calls itself 'other/flow', its file says 'test/flow'; write 'flow: test/flow', or move the file"
    ),
    BadFile(
      "missing keys", "1️⃣format: 1\nflow: 2️⃣Test Flow\nversion: 3️⃣1.0\nsteps: 4️⃣[]\n",
      "1️⃣ missing-key: a flow needs 'title' and 'summary'; add 'title: ...'",
      "2️⃣ bad-id: 'Test Flow' is not the id of a flow; write PROVIDER/NAME in small letters, digits and '-', for example gate-io/create-key",
      "3️⃣ wrong-value: '1.0' is not a whole number from 1 to 1000000; write it in digits",
      "4️⃣ empty-list: a flow needs a step; the shortest flow is one end step"),
    BadFile(
      "a list", "1️⃣- format: 1\n",
      "1️⃣ wrong-type: a flow is made of keys with values, this is a list; write 'key: value' lines"),
    BadFile(
      "a text", "1️⃣hello\n",
      "1️⃣ wrong-type: a flow is made of keys with values, this is a text; write 'key: value' lines"),
  ]

  static let values: [BadFile] = [
    .steps(
      "a mistyped key", "- {id: a, kind: confirm, title: A, 1️⃣promt: Name, 2️⃣entirely-else: x}",
      "1️⃣ unknown-key: unknown key 'promt'; did you mean 'prompt'?",
      "2️⃣ unknown-key: unknown key 'entirely-else'"),
    .steps(
      "after wide text", "- {id: a, kind: tell, title: \"日本語 e\u{301} 👩🏽 🇯🇵\", 1️⃣promt: Name}",
      "1️⃣ unknown-key: unknown key 'promt'; did you mean 'prompt'?"),
    .steps(
      "keys of other kinds",
      "- {id: a, kind: tell, title: A, 1️⃣options: []}\n- {id: b, kind: select, title: B, options: [{id: x, title: X, 2️⃣next: done}]}",
      "1️⃣ misplaced-key: a tell step has no 'options'; it belongs to steps that are 'choose' or 'select'",
      "2️⃣ misplaced-key: an option of a select step leads nowhere of its own; let the step's 'next' look at the selection"
    ),
    .steps(
      "missing keys", "- {1️⃣kind: choose}\n- {2️⃣title: B}\n- {3️⃣id: 4️⃣c, kind: credential, title: C}",
      "1️⃣ missing-key: a choose step needs 'id' and 'title' and 'options'; add 'id: ...'",
      "2️⃣ missing-key: a step needs 'id' and 'kind'; add 'id: ...'",
      "3️⃣ missing-key: a credential step needs 'parts' and 'if-lost'; add 'parts: ...'",
      "4️⃣ no-store: this credential goes into no store, and nothing was proven for it; add 'store: STEP', a step of 'kind: store' before this one; it offers the person's own hands too"
    ),
    .steps(
      "wrong types",
      "- {id: a, kind: tell, title: 1️⃣[A], say: 2️⃣{label}, needs: 3️⃣one, source: 4️⃣page, required: 5️⃣yes}\n- 6️⃣just words\n- {id: b, kind: 7️⃣tel, title: B}",
      "1️⃣ wrong-type: a text belongs here, this is a list; a text that begins with '{' or '[' needs double quotes",
      "2️⃣ wrong-type: a text belongs here, this is keys with values; a text that begins with '{' or '[' needs double quotes",
      "3️⃣ wrong-type: this is a list of things to have at hand, and a text stands here; begin each with '- '",
      "4️⃣ wrong-type: a source is made of keys with values, this is a text; write 'key: value' lines",
      "5️⃣ wrong-value: unknown word 'yes'; it can be 'true', 'false' or 'here'",
      "6️⃣ wrong-type: a step is made of keys with values, this is a text; write 'key: value' lines",
      "7️⃣ wrong-value: unknown word 'tel'; did you mean 'tell'?"),
    .steps(
      "empty texts", "- {id: a, kind: tell, title: 1️⃣\"\", say: [2️⃣\" \"]}",
      "1️⃣ empty-text: nothing stands here; write a text, or take the key out",
      "2️⃣ empty-text: nothing stands here; write a text, or take the key out"),
    .steps(
      "ids",
      "- {id: 1️⃣a.b, kind: tell, title: A}\n- {id: 2️⃣Big, kind: tell, title: A}\n- {id: 3️⃣-a, kind: tell, title: A}",
      "1️⃣ bad-id: 'a.b' is not an id; use small letters, digits and '-', 64 at most, a letter or digit first",
      "2️⃣ bad-id: 'Big' is not an id; use small letters, digits and '-', 64 at most, a letter or digit first",
      "3️⃣ bad-id: '-a' is not an id; use small letters, digits and '-', 64 at most, a letter or digit first"),
    .steps(
      "holes",
      "- {id: a, kind: tell, title: \"1️⃣{a}\", say: \"x 2️⃣{a b} y {{fine}}\", why: \"3️⃣{open\", help: \"close 4️⃣} it\", alternative: \"5️⃣{b}\"}",
      "1️⃣ bad-text: no answers can stand in this text; say it without braces, or in 'say'",
      "2️⃣ bad-text: '{a b' is not '{STEP}' or '{STEP.id}'; write '{{' for a brace that is meant",
      "3️⃣ bad-text: '{open' is not '{STEP}' or '{STEP.id}'; write '{{' for a brace that is meant",
      "4️⃣ bad-text: a '}' without its '{'; write '}}' for a brace that is meant",
      "5️⃣ unknown-step: no step 'b'; it can be 'a', 'review' or 'done'"),
    .steps(
      "two lines", "- id: a\n  kind: tell\n  title: 1️⃣|\n    One\n    two",
      "1️⃣ bad-text: this must be one line; '>-' folds several lines into one"),
    .steps(
      "hidden controls", "- {id: a, kind: tell, title: 1️⃣\"\\e[2J\"}",
      "1️⃣ control-character: the text holds control character U+001B; take it out; a text never needs one"),
    .steps(
      "dates and facts",
      "- {id: a, kind: tell, title: A, source: {from: X, date: 1️⃣2026-02-29, seen-live: 2️⃣soon}, facts: [S1, 3️⃣one]}",
      "1️⃣ bad-date: '2026-02-29' is not a day; write YYYY-MM-DD",
      "2️⃣ bad-date: 'soon' is not a day; write YYYY-MM-DD",
      "3️⃣ wrong-value: 'one' is not the tag of a fact; write a letter and a number: S1"),
    .steps(
      "addresses",
      """
      - {id: a, kind: tell, title: A, source: {from: X, date: 2026-01-01}, url: 1️⃣http://gate.com}
      - {id: b, kind: tell, title: A, source: {from: X, date: 2026-01-01}, url: 2️⃣"https://www.gate.com@evil.example/"}
      - {id: c, kind: tell, title: A, source: {from: X, date: 2026-01-01}, url: 3️⃣"https://gate.com/a b"}
      - {id: d, kind: tell, title: A, source: {from: X, date: 2026-01-01}, url: 4️⃣"https:///path"}
      - {id: e, kind: tell, title: A, 5️⃣url: "https://www.gate.com/"}
      """,
      "1️⃣ bad-url: an address that does not begin with https://; write it as https://HOST/PATH, as the address bar shows it",
      "2️⃣ bad-url: an address with a name or password in it; write it as https://HOST/PATH, as the address bar shows it",
      "3️⃣ bad-url: an address with a character that no address has; write it as https://HOST/PATH, as the address bar shows it",
      "4️⃣ bad-url: an address without a host; write it as https://HOST/PATH, as the address bar shows it",
      "5️⃣ no-source: a page instruction without a source; add 'source: {from: ..., date: YYYY-MM-DD}', so that a reader knows what it is described from"
    ),
    .steps(
      "shapes",
      """
      - {id: a, kind: text, title: A, shape: {1️⃣min: 9, max: 8}}
      - {id: b, kind: text, title: A, shape: {2️⃣length: 9, max: 8}}
      - {id: c, kind: text, title: A, shape: {3️⃣prefix: abc, max: 2}}
      - {id: d, kind: text, title: A, shape: {characters: 4️⃣[]}}
      - {id: e, kind: text, title: A, shape: {characters: [5️⃣digit], length: 6️⃣5000}}
      """,
      "1️⃣ bad-shape: 'min' 9 is more than 'max' 8; swap them",
      "2️⃣ bad-shape: 'length' stands beside 'min' or 'max'; keep one of them",
      "3️⃣ bad-shape: 'prefix' and 'suffix' are longer than 'max' allows; raise 'max', or shorten them",
      "4️⃣ bad-shape: no character is allowed; name a set, for example digits",
      "5️⃣ wrong-value: unknown word 'digit'; did you mean 'digits'?",
      "6️⃣ wrong-value: '5000' is not a whole number from 0 to 4096; write it in digits"),
  ]

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
          - {name: 3️⃣danger, title: D, secret: true}
        exits: [{word: 4️⃣lost, title: L, next: a}]
      - {id: 7️⃣b, kind: credential, title: B, if-lost: a, parts: 5️⃣[]}
      """,
      "6️⃣ no-store: this credential goes into no store, and nothing was proven for it; add 'store: STEP', a step of 'kind: store' before this one; it offers the person's own hands too",
      "1️⃣ wrong-value: a secret part has no public prefix; take it out: nothing of a secret is kept",
      "2️⃣ duplicate-id: part 'key' stands above already; give this one a name of its own",
      "3️⃣ bad-id: no part can be called 'danger'; scripts use the word; call it 'secret' or 'passphrase'",
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
      "3️⃣ misplaced-key: this check looks at no step; take it out",
      "4️⃣ wrong-value: unknown word 'clock'; it can be 'shape', 'label-unused' or 'clock-plausible'"),
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
