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
      "1️⃣ alias: aliases are not taken; write out what it stands for; a text with '*' first needs quotes"),
    .steps(
      "an alias of nothing", "- {id: a, kind: tell, title: 1️⃣*nothing }",
      "1️⃣ alias: aliases are not taken; write out what it stands for; a text with '*' first needs quotes"),
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
      - {id: f, kind: tell, title: A, source: {from: X, date: 2026-01-01}, url: "http://127.0.0.1:8080/keys"}
      - {id: g, kind: tell, title: A, source: {from: X, date: 2026-01-01}, url: 6️⃣"http://127.0.0.1.evil.example/"}
      - {id: h, kind: tell, title: A, source: {from: X, date: 2026-01-01}, url: 7️⃣"http://127.0.0.1:80@evil.example/"}
      """,
      "1️⃣ bad-url: an address that does not begin with https://; write it as https://HOST/PATH, as the address bar shows it",
      "2️⃣ bad-url: an address with a name or password in it; write it as https://HOST/PATH, as the address bar shows it",
      "3️⃣ bad-url: an address with a character that no address has; write it as https://HOST/PATH, as the address bar shows it",
      "4️⃣ bad-url: an address without a host; write it as https://HOST/PATH, as the address bar shows it",
      "5️⃣ no-source: a page instruction without a source; add 'source: {from: ..., date: YYYY-MM-DD}', so that a reader knows what it is described from",
      "6️⃣ bad-url: an address that does not begin with https://; write it as https://HOST/PATH, as the address bar shows it",
      "7️⃣ bad-url: an address with a name or password in it; write it as https://HOST/PATH, as the address bar shows it"
    ),
    .steps(
      "addresses that lead elsewhere, or nowhere",
      """
      - {id: a, kind: tell, title: A, url: 1️⃣"https://www.xn--gat-0ma.com/keys", source: {from: X, date: 2026-11-01}}
      - {id: b, kind: tell, title: B, url: 2️⃣"https://www.gate.com:99999/keys", source: {from: X, date: 2026-11-01}}
      - {id: c, kind: text, title: C, say: "Open https://3️⃣XN--gat-0ma.com4️⃣:0 or https://www.gate.com:65535."}
      """,
      "1️⃣ bad-url: 'www.xn--gat-0ma.com' is written in punycode (xn--), and may look like another host on the page; take an address of the provider in plain letters",
      "2️⃣ bad-url: there is no port '99999'; a port is a number from 1 to 65535; leave it out if the address bar shows none",
      "3️⃣ bad-url: 'XN--gat-0ma.com' is written in punycode (xn--), and may look like another host on the page; take an address of the provider in plain letters",
      "4️⃣ bad-url: there is no port '0'; a port is a number from 1 to 65535; leave it out if the address bar shows none"
    ),
    .steps(
      "shapes",
      """
      - {id: a, kind: text, title: A, shape: {1️⃣min: 9, max: 8}}
      - {id: b, kind: text, title: A, shape: {2️⃣length: 9, max: 8}}
      - {id: c, kind: text, title: A, shape: {3️⃣prefix: abc, max: 2}}
      - {id: d, kind: text, title: A, shape: {characters: 4️⃣[]}}
      - {id: e, kind: text, title: A, shape: {characters: [5️⃣digit], length: 6️⃣5000}}
      - {id: f, kind: text, title: A, shape: {7️⃣prefix: hx_, characters: [lower]}}
      - {id: g, kind: text, title: A, shape: {8️⃣suffix: "=", prefix: hx_, characters: [lower], also: "_"}}
      """,
      "1️⃣ bad-shape: 'min' 9 is more than 'max' 8; swap them",
      "2️⃣ bad-shape: 'length' stands beside 'min' or 'max'; keep one of them",
      "3️⃣ bad-shape: 'prefix' and 'suffix' are longer than 'max' allows; raise 'max', or shorten them",
      "4️⃣ bad-shape: no character is allowed; name a set, for example digits",
      "5️⃣ wrong-value: unknown word 'digit'; did you mean 'digits'?",
      "6️⃣ wrong-value: '5000' is not a whole number from 0 to 4096; write it in digits",
      "7️⃣ bad-shape: no text fits: the prefix 'hx_' holds '_', which is not among the characters; add '_' to 'also'",
      "8️⃣ bad-shape: no text fits: the suffix '=' holds '=', which is not among the characters; add '=' to 'also'"),
  ]
}
