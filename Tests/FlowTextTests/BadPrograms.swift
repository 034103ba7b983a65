@testable import FlowText

/// A small program pack, and what can be wrong with one, marked.
enum BadPrograms {
  static let good = """
    format: 1
    program: mybot
    title: My Bot
    start: mybot run
    docs: [{from: its README, date: 2026-05-27, says: the variables}]
    any-exchange: true
    own-variables: true
    exchanges:
      - {exchange: test, name: test-1, also: [test.example]}
    variables:
      - {name: "{EXCHANGE}_KEY", part: key}
      - {name: MYBOT_SECRET, part: [secret, private-key]}
      - {name: MYBOT_EXCHANGE, value: "{exchange} {label}"}
      - {name: "MYBOT_{PART}"}
    file:
      form: yaml
      path: ~/.mybot
      told: --keys {file}
      entries:
        - {at: keys, part: key}
        - {at: [names, "{label}"], value: "{exchange}"}
    traps:
      - {kind: typed-values, parts: [key], source: {from: its source, date: 2026-05-27}}
    rights:
      - exchange: test
        purpose: spot-bot
        permissions: [read, trade]
        why: It trades.
        source: {from: its README, date: 2026-05-27}
    nonces:
      - {exchange: test, unit: milliseconds, source: {from: its source, date: 2026-05-27}}
    say: ["Start it for {exchange}.", Then look.]

    """

  static func read(_ text: String) -> Reading<ProgramPack> {
    let pack = readPack(Array(BadPacks.good.utf8), path: "test/pack.yaml").value
    return readProgram(Array(text.utf8), path: "programs/mybot.yaml", expectedID: "mybot") { $0 == "test" ? pack : nil }
  }

  private static func changed(_ name: String, _ old: String, _ new: String, _ findings: [String]) -> BadFile {
    file(name, good.replacing(old, with: new), findings)
  }

  private static func file(_ name: String, _ text: String, _ findings: [String]) -> BadFile {
    var file = BadFile(name, text)
    file.findings = findings
    return file
  }

  static let all = [
    changed(
      "a key that there is not", "title: My Bot", "title: My Bot\n1️⃣docz: 1",
      ["1️⃣ unknown-key: unknown key 'docz'; did you mean 'docs'?"]),
    changed(
      "another name than its file's", "program: mybot", "program: 1️⃣my-bot",
      [
        "1️⃣ wrong-flow-id: the pack calls itself 'my-bot', its file says 'mybot'; write 'program: mybot', or move the file"
      ]),
    changed(
      "a source without a day", "docs: [{from: its README, date: 2026-05-27, says: the variables}]",
      "docs: [{1️⃣from: its README}]", ["1️⃣ missing-key: a source needs 'date'; add 'date: ...'"]),
    changed(
      "no source", "docs: [{from: its README, date: 2026-05-27, says: the variables}]", "docs: 1️⃣[]",
      ["1️⃣ empty-list: no source is named; name what you read, and the day on which you read it"]),
    changed(
      "an exchange that there is not", "- {exchange: test, name: test-1", "- {exchange: 1️⃣tset, name: test-1",
      [
        "1️⃣ unknown-exchange: there is no exchange 'tset'; write the name of its folder, which holds its pack; 'any-exchange: true' is for those without one"
      ]),
    changed(
      "an exchange twice", "also: [test.example]}", "also: [test.example]}\n  - 1️⃣{exchange: test, name: other}",
      ["1️⃣ duplicate-id: exchange 'test' stands above already; give this one a name of its own"]),
    changed(
      "a variable that can be none", "name: MYBOT_SECRET", "name: 1️⃣MYBOT-SECRET",
      [
        "1️⃣ bad-id: no variable can be called 'MYBOT-SECRET'; letters, digits and underscores, for example {EXCHANGE}_API_KEY"
      ]),
    changed(
      "a variable that begins with a digit", "name: MYBOT_SECRET", "name: 1️⃣1BOT_SECRET",
      [
        "1️⃣ bad-id: no variable can be called '1BOT_SECRET'; letters, digits and underscores, for example {EXCHANGE}_API_KEY"
      ]),
    file(
      "variables that steer how programs run",
      good.replacing("name: MYBOT_SECRET", with: "name: 1️⃣LD_PRELOAD")
        .replacing("name: MYBOT_EXCHANGE", with: "name: 2️⃣https_proxy")
        .replacing("name: \"MYBOT_{PART}\"", with: "name: 3️⃣\"KEYUSHER_{PART}\""),
      ["1️⃣ bad-id: 'LD_PRELOAD'", "2️⃣ bad-id: 'https_proxy'", "3️⃣ bad-id: 'KEYUSHER_{PART}'"].map {
        $0
          + " steers how programs run, and no key belongs there; name the variable that the program reads the value from, for example {EXCHANGE}_API_KEY"
      }),
    changed(
      "a variable twice", "- {name: MYBOT_EXCHANGE,", "- 1️⃣{name: MYBOT_SECRET,",
      ["1️⃣ duplicate-id: variable 'MYBOT_SECRET' stands above already; give this one a name of its own"]),
    changed(
      "arguments that a shell reads", "told: --keys {file}", "told: 1️⃣\"-c {file}; echo '$(id)'\"",
      [
        "1️⃣ bad-text: a shell would read ';' in '-c {file}; echo '$(id)'', which is typed as it stands; take words of letters, digits and -_./=,:@%+ alone"
      ]),
    changed(
      "a command that a shell reads", "start: mybot run", "start: 1️⃣mybot `id`",
      [
        "1️⃣ bad-text: a shell would read '`' in 'mybot `id`', which is typed as it stands; take words of letters, digits and -_./=,:@%+ alone"
      ]),
    changed(
      "a file whose name a shell reads", "path: ~/.mybot", "path: 1️⃣~/$(id)",
      [
        "1️⃣ bad-text: a shell would read '$' in '~/$(id)', which is typed as it stands; take letters, digits and -_./=,:@%+ alone"
      ]),
    changed(
      "a hole that nothing fills", "\"{exchange} {label}\"", "\"1️⃣{exchnage}\"",
      ["1️⃣ bad-text: '{exchnage}' has a hole that nothing fills; it can be '{exchange}', '{EXCHANGE}' or '{label}'"]),
    changed(
      "a part and a value", "{at: keys, part: key}", "{at: keys, part: key, 1️⃣value: x}",
      ["1️⃣ misplaced-key: 'part' and 'value' stand side by side; keep one of them"]),
    changed(
      "nothing at a place of the file", "{at: keys, part: key}", "1️⃣{at: keys}",
      ["1️⃣ missing-key: an entry of the file needs 'part' or 'value'; add 'part: secret'"]),
    changed(
      "a value without a key", "{at: keys, part: key}", "{at: 1️⃣[], part: key}",
      ["1️⃣ empty-list: no key is named under which the value stands; write 'at: [KEY]'"]),
    changed(
      "a value twice at one place", "[names, \"{label}\"]", "1️⃣[keys]",
      [
        "1️⃣ duplicate-key: this value and the one at 'keys' above would have one place; a key holds one value, or other keys: give each value a place of its own"
      ]),
    changed(
      "a value within another", "[names, \"{label}\"]", "1️⃣[keys, a]",
      [
        "1️⃣ duplicate-key: this value and the one at 'keys' above would have one place; a key holds one value, or other keys: give each value a place of its own"
      ]),
    file(
      "a value around another",
      good.replacing("{at: [names, \"{label}\"]", with: "{at: 1️⃣[names]")
        .replacing("{at: keys,", with: "{at: [names, a],"),
      [
        "1️⃣ duplicate-key: this value and the one at 'names, a' above would have one place; a key holds one value, or other keys: give each value a place of its own"
      ]),
    changed(
      "a value too deep", "{at: keys, part: key}",
      "{at: 1️⃣[\(Array(repeating: "a", count: 17).joined(separator: ", "))], part: key}",
      ["1️⃣ too-deep: the value lies 17 keys deep; at most 16 can lead to it"]),
    file(
      "keys where lines stand",
      good.replacing("form: yaml", with: "form: lines").replacing("{at: keys", with: "{1️⃣at: keys")
        .replacing("{at: [names", with: "{2️⃣at: [names"),
      [
        "1️⃣ misplaced-key: a line has no key; take 'at' out; lines follow each other",
        "2️⃣ misplaced-key: a line has no key; take 'at' out; lines follow each other",
      ]),
    changed(
      "a form that there is not", "form: yaml", "form: 1️⃣toml",
      ["1️⃣ wrong-value: unknown word 'toml'; it can be 'json', 'yaml', 'lines' or 'stored'"]),
    changed(
      "a trap that nobody looks for", "kind: typed-values", "kind: 1️⃣spoiled",
      ["1️⃣ wrong-value: unknown word 'spoiled'; it can be 'typed-values'"]),
    changed(
      "a permission that there is not", "permissions: [read, trade]", "permissions: [read, 1️⃣tarde]",
      ["1️⃣ unknown-option: no permission 'tarde'; did you mean 'trade'?"]),
    changed(
      "a purpose that there is not", "purpose: spot-bot", "purpose: 1️⃣spotbot",
      ["1️⃣ wrong-value: unknown word 'spotbot'; did you mean 'spot-bot'?"]),
    changed(
      "a unit that there is not", "unit: milliseconds", "unit: 1️⃣minutes",
      ["1️⃣ wrong-value: unknown word 'minutes'; it can be 'seconds', 'milliseconds', 'microseconds' or 'nanoseconds'"]),
    file(
      "a pack that hands nothing over",
      "1️⃣format: 1\nprogram: mybot\ntitle: T\ndocs: [{from: its README, date: 2026-05-27}]\n",
      [
        "1️⃣ missing-key: the pack does not say how the program takes a key; add 'variables' or 'file', or in 'say' how it asks for the parts itself"
      ]),
    file(
      "needs at an exchange of which it takes no keys",
      good.replacing("any-exchange: true\n", with: "")
        .replacing("  - {exchange: test, name: test-1, also: [test.example]}\n", with: "  []\n")
        .replacing("  - exchange: test\n", with: "  - exchange: 1️⃣test\n")
        .replacing("- {exchange: test, unit", with: "- {exchange: 2️⃣test, unit"),
      [
        "1️⃣ unknown-exchange: the pack does not say what the program calls 'test'; add it to 'exchanges'",
        "2️⃣ unknown-exchange: the pack does not say what the program calls 'test'; add it to 'exchanges'",
      ]),
  ]
}
