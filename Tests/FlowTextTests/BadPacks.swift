/// A small pack, and what can be wrong with one, marked.
enum BadPacks {
  static let good = """
    format: 1
    pack: test
    title: Test Exchange
    short: Test
    hosts: [www.example.com, docs.example.com]
    clock: It refuses a clock that is wrong.
    login:
      url: https://www.example.com/login
      host: www.example.com
      say: Log in.
      source: {from: its help, date: 2026-05-27}
      alternative: Look at the address.
      verified: The account must be verified.
    security:
      say: [It asks for 2FA.]
      claimed: 2FA is set up
      help: More.
      needs: [your 2FA app]
      source: {from: its help, date: 2026-05-27}
      alternative: Look elsewhere.
      missing: Set it up.
      missing-source: {from: its help, date: 2026-05-27}
      why-missing: Without it there is no key.
      none: No 2FA
      none-reason: there is no 2FA
    accounts:
      say: There are two.
      help: More.
      options: [{id: main, title: main}, {id: sandbox, title: sandbox}]
      sandbox:
        say: Point the program at it.
        url: https://www.example.com/sandbox
        fields: [{field: Account, value: the sandbox}]
        live-fields: [{field: Account, value: main}]
        source: {from: its help, date: 2026-05-27}
    permission-words: {say: Words., help: More words.}
    permissions:
      - {id: read, title: Read, risk: read, within: trade}
      - {id: trade, title: Trade, risk: trade, note: Buys and sells.}
      - {id: out, title: Withdraw, risk: withdraw}
    least:
      - {purpose: spot-bot, permissions: [read, trade]}
      - {purpose: tax-export, permissions: read, also: [trade]}
      - {purpose: portfolio-tracker, permissions: read}
      - {purpose: futures-bot, permissions: read}
      - {purpose: withdrawals, permissions: read, also: out}
      - {purpose: other, permissions: read}
    ip:
      say: A list.
      without: No list.
      called: IP list
      field: IPs
      none: empty
      address: {min: 7, characters: [digits], also: .}
      source: {from: its help, date: 2026-05-27}
      reminders: [{days: 90, text: Look again.}]
    keys:
      url: https://www.example.com/keys
      called: API
      say: Open it.
      help: More.
      source: {from: its help, date: 2026-05-27}
      alternative: Look elsewhere.
    label: {called: Name, say: A name., help: Letters., shape: {max: 20}}
    factors: {kinds: [app, passkey], passkey: Not known.}
    form:
      before: Wait.
      button: Create
      help: More.
      source: {from: its help, date: 2026-05-27}
      alternative: Look elsewhere.
    take: {say: Copy it., help: More., alternative: Look elsewhere., looks: two long texts}
    parts:
      - {name: key, title: Key, secret: false}
      - {name: secret, title: Secret, secret: true}
    refused: {say: It refused., help: Try again., source: {from: its help, date: 2026-05-27}}
    delete: {source: {from: its help, date: 2026-05-27}, alternative: Look elsewhere.}
    shows: {say: Look., source: {from: its help, date: 2026-05-27}, alternative: Look elsewhere.}
    errors:
      - {id: invalid-key, says: INVALID_KEY, means: Not known.}

    """

  /// The pack with some of its text replaced.
  private static func with(_ name: String, _ changes: KeyValuePairs<String, String>, _ findings: String...) -> BadFile {
    var text = good
    for (part, other) in changes {
      precondition(text.contains(part), "the pack has no '\(part)'")
      text.replace(part, with: other, maxReplacements: 1)
    }
    var file = BadFile(name, text)
    file.findings = findings
    return file
  }

  static let all: [BadFile] = [
    with(
      "unknown keys",
      [
        "format: 1": "4️⃣format: 1", "short: Test": "1️⃣shrt: Test", "say: A list.": "5️⃣say: A list.",
        "called: IP list": "2️⃣caled: IP list", "risk: trade,": "risk: trade, 3️⃣nots: x,",
      ],
      "4️⃣ missing-key: a pack needs 'short'; add 'short: ...'",
      "1️⃣ unknown-key: unknown key 'shrt'; did you mean 'short'?",
      "3️⃣ unknown-key: unknown key 'nots'; did you mean 'note'?",
      "5️⃣ missing-key: the IP list needs 'called'; add 'called: ...'",
      "2️⃣ unknown-key: unknown key 'caled'; did you mean 'called'?"),
    with(
      "a sandbox and a login that are half said",
      [
        "verified: The account": "1️⃣verfied: The account", "say: Point": "2️⃣say: Point",
        "live-fields: [": "3️⃣live-feilds: [",
      ],
      "1️⃣ unknown-key: unknown key 'verfied'; did you mean 'verified'?",
      "2️⃣ missing-key: the sandbox needs 'live-fields'; add 'live-fields: ...'",
      "3️⃣ unknown-key: unknown key 'live-feilds'; did you mean 'live-fields'?"),
    with(
      "a sandbox on another's host", ["https://www.example.com/sandbox": "1️⃣https://sandbox.example.net"],
      "1️⃣ unofficial-host: host 'sandbox.example.net' is not one of the pack's official hosts; correct the address, or add the host to 'hosts' if it is the exchange's own"
    ),
    with(
      "second factors that there are not", ["kinds: [app, passkey]": "kinds: [app, 1️⃣pass-key, 2️⃣app]"],
      "1️⃣ wrong-value: unknown word 'pass-key'; did you mean 'passkey'?",
      "2️⃣ duplicate-id: factor 'app' stands above already; give this one a name of its own"),
    with(
      "no second factors", ["kinds: [app, passkey]": "kinds: 1️⃣[]"],
      "1️⃣ empty-list: no second factor; take 'kinds' out if you do not know them"),
    with(
      "the wrong id, and an id that is none", ["pack: test": "pack: 1️⃣tset", "id: invalid-key": "id: 2️⃣INVALID"],
      "1️⃣ wrong-flow-id: the pack calls itself 'tset', its folder says 'test'; write 'pack: test', or move the file",
      "2️⃣ bad-id: 'INVALID' is not an id; use small letters, digits and '-', 64 at most, a letter or digit first"),
    with(
      "another format", ["format: 1": "format: 1️⃣2"],
      "1️⃣ unknown-format: format 2 is not known; this Keyusher reads format 1; a newer one may read this file"),
    with(
      "words that there are not", ["risk: trade": "risk: 1️⃣trde", "purpose: tax-export": "purpose: 2️⃣tax"],
      "1️⃣ wrong-value: unknown word 'trde'; did you mean 'trade'?",
      "2️⃣ wrong-value: unknown word 'tax'; it can be 'portfolio-tracker', 'spot-bot', 'futures-bot', 'tax-export', 'withdrawals' or 'other'"
    ),
    with(
      "permissions that there are not",
      ["within: trade": "within: 1️⃣trad", "[read, trade]}": "[read, 2️⃣write]}", "also: [trade]": "also: 3️⃣raed"],
      "1️⃣ unknown-option: no permission 'trad'; did you mean 'trade'?",
      "2️⃣ unknown-option: no permission 'write'; it can be 'read', 'trade' or 'out'",
      "3️⃣ unknown-option: no permission 'raed'; did you mean 'read'?"),
    with(
      "a permission twice",
      [
        "id: trade, title": "id: 1️⃣read, title", "[read, trade]}": "[read]}", "within: trade": "within: read",
        "also: [trade]": "also: [read]",
      ],
      "1️⃣ duplicate-id: permission 'read' stands above already; give this one a name of its own"),
    with(
      "hosts",
      [
        "[www.example.com, docs.example.com]":
          "[1️⃣https://www.example.com, 2️⃣WWW.example.com, 3️⃣localhost, www.example.com, 4️⃣xn--exampl-cua.com]"
      ],
      "1️⃣ bad-url: 'https://www.example.com' is no host; write it alone, in small letters: www.example.com",
      "2️⃣ bad-url: 'WWW.example.com' is no host; write it alone, in small letters: www.example.com",
      "3️⃣ bad-url: 'localhost' is no host; write it alone, in small letters: www.example.com",
      "4️⃣ bad-url: 'xn--exampl-cua.com' is no host; write it alone, in small letters: www.example.com"),
    with(
      "addresses off the list",
      [
        "url: https://www.example.com/login": "url: 1️⃣https://www.example.com.evil.test/login",
        "url: https://www.example.com/keys": "url: 2️⃣http://www.example.com/keys",
      ],
      "1️⃣ unofficial-host: host 'www.example.com.evil.test' is not one of the pack's official hosts; correct the address, or add the host to 'hosts' if it is the exchange's own",
      "2️⃣ bad-url: an address that does not begin with https://; write it as https://HOST/PATH, as the address bar shows it"
    ),
    with(
      "days and numbers",
      [
        "source: {from: its help, date: 2026-05-27}": "source: {from: its help, date: 1️⃣May}", "days: 90": "days: 2️⃣soon",
      ],
      "1️⃣ bad-date: 'May' is not a day; write YYYY-MM-DD",
      "2️⃣ wrong-value: 'soon' is not a whole number from 1 to 10000; write it in digits"),
    with(
      "wrong types",
      [
        "clock: It refuses a clock that is wrong.": "clock: 1️⃣[a]", "say: [It asks for 2FA.]": "say: [2️⃣{a: b}]",
        "label: {called: Name, say: A name., help: Letters., shape: {max: 20}}": "label: 3️⃣Name",
        "reminders: [{days: 90, text: Look again.}]": "reminders: 4️⃣90",
        "options: [{id: main, title: main}": "options: [5️⃣main",
        "  - {name: key, title: Key, secret: false}": "  - {6️⃣name: key, secret: 7️⃣no}",
      ],
      "1️⃣ wrong-type: a text belongs here, this is a list; a text that begins with '{' or '[' needs double quotes",
      "2️⃣ wrong-type: a text belongs here, this is keys with values; a text that begins with '{' or '[' needs double quotes",
      "5️⃣ wrong-type: an option is made of keys with values, this is a text; write 'key: value' lines",
      "4️⃣ wrong-type: this is a list of such entries, and a text stands here; begin each with '- '",
      "3️⃣ wrong-type: the label is made of keys with values, this is a text; write 'key: value' lines",
      "6️⃣ missing-key: a part of a credential needs 'title'; add 'title: ...'",
      "7️⃣ wrong-value: 'no' is neither true nor false; write true or false"),
    with(
      "nothing that withdraws, no secret, and a purpose left out",
      [
        "permissions:\n  - {id: read": "permissions:\n  1️⃣- {id: read", "risk: withdraw": "risk: transfer",
        "least:\n  -": "least:\n  2️⃣-", "purpose: other": "purpose: withdrawals",
        "parts:\n  - {name: key": "parts:\n  3️⃣- {name: key",
        "secret: true": "secret: false",
      ],
      "1️⃣ missing-key: no permission has 'risk: withdraw'; name what sends coins away, or say in a title that keys of this exchange never can",
      "2️⃣ missing-key: no least permissions for 'other'; add '- {purpose: other, permissions: [...]}'",
      "3️⃣ empty-list: none of the parts is secret; write 'secret: true' at what nobody may see"),
    BadFile(
      "a pack that is a list", "1️⃣- format: 1\n",
      "1️⃣ wrong-type: a pack is made of keys with values, this is a list; write 'key: value' lines"),
  ]
}
