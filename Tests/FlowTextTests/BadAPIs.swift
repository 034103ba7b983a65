import Introspection

@testable import FlowText

/// A small API, and what can be wrong with one, marked.
enum BadAPIs {
  /// What every API begins with.
  static let head = """
    format: 1
    api: test
    scheme: gate-v4
    sends: [secret]
    nonce: milliseconds
    sources: [{from: its documentation, date: 2026-05-27, says: all of it}]
    environments:
      - {id: live, title: Test, host: https://api.example.com, accounts: [main], others: [sandbox]}
      - {id: sandbox, host: https://sandbox.example.com, accounts: [sandbox]}
    clock: {path: /v1/time, at: data.0.ts, unit: ms, written: text, behind: 5, ahead: 1}
    errors: {code: [code, err-code], message: msg}
    limit: {requests: 10, seconds: 1}
    refusals:
      - {code: ["1", "2*"], says: Wrong, causes: [key, region], tries: true, rules-out: [region], basis: doc, from: its documentation}
      - {status: 418, causes: [rate-limit], pause: 60, until: ms, basis: seen, from: issue 1}
      - {says: lacks, causes: [permission], after: lacks, before: right, basis: lib, from: a library}

    """
  static let good =
    head + """
      requests:
        - {id: user, path: /v1/user, facts: []}
        - id: key
          path: /v1/key
          parameters: [{name: uid, from: user, at: data.id}, {name: key}]
          instead: {request: other, codes: ["9"]}
          success: {at: code, is: ["0"]}
          within: data
          own: {key: key, prefix: 8, lists-others: true}
          facts:
            - {fact: permissions, as: named, at: rights, name: name, read-only: reads}
            - {fact: withdrawal, as: right, rights: ["out*"], else: the list has no name for it}
            - {fact: ip-list, as: commas, at: ips, none: [empty], masked: "**"}
            - {fact: pairs, as: list, at: pairs, empty: nobody knows, unsure: it may be a list of all}
            - {fact: state, as: word, at: state, means: [{value: "1", is: active}], else: not usable}
            - {fact: label, as: text, at: name}
            - {fact: created, as: moment, at: made, unit: iso}
        - id: other
          path: /v2/key
          facts:
            - {fact: permissions, as: groups, at: rights, mode: {at: mode, read: ["1"], write: ["0"]}}
            - {fact: read-only, as: truth, at: mode, yes: ["1"], no: ["0"]}
            - {fact: sub-account, as: differs, at: id, than: main}
      unknowable:
        - {fact: expiry, why: no field for it}
        - {fact: last-used, why: no field for it}
      permissions:
        - {name: TRADE, read-only: false, title: trade, permission: trade, risk: trade}
        - {name: "out*", title: withdrawal, permission: out, risk: withdraw, unverified: true}
      rules: [{days: 90, after: created, if: [no-addresses], by: its help}]

      """

  static func read(_ text: String) -> Reading<ExchangeAPI> {
    let pack = readPack(Array(BadPacks.good.utf8), path: "test/pack.yaml").value
    var options = ReadingOptions()
    options.requestRules = RequestRules { host in
      host == "api.known.com" ? "it is known" : nil
    } path: { scheme, path in
      path.hasSuffix("verify") ? "it logs in by '\(scheme.rawValue)'" : nil
    } mark: { mark in
      mark == "Host: a" ? "it leads elsewhere" : nil
    }
    return readAPI(Array(text.utf8), path: "test/api.yaml", expectedID: "test", pack: pack, options: options)
  }

  private static func changed(_ name: String, _ old: String, _ new: String, _ findings: String...) -> BadFile {
    var file = BadFile(name, good.replacing(old, with: new))
    file.findings = findings
    return file
  }

  static let all = [
    changed(
      "a key that there is not", "limit:", "1️⃣limits: 1\nlimit:",
      "1️⃣ unknown-key: unknown key 'limits'; did you mean 'limit'?"),
    changed(
      "another folder", "api: test", "api: 1️⃣tset",
      "1️⃣ wrong-flow-id: the API calls itself 'tset', its folder says 'test'; write 'api: test', or move the file"),
    changed(
      "a scheme that nobody signs", "scheme: gate-v4", "scheme: 1️⃣gate-v3",
      "1️⃣ wrong-value: unknown word 'gate-v3'; did you mean 'gate-v4'?"),
    changed(
      "a part that is no secret", "sends: [secret]", "sends: [1️⃣key]",
      "1️⃣ unknown-option: no secret part 'key'; it can be 'secret'"),
    changed(
      "a nonce that nobody counts", "nonce: milliseconds", "nonce: 1️⃣seconds",
      "1️⃣ wrong-value: unknown word 'seconds'; it can be 'milliseconds'"),
    changed(
      "no source", "sources: [{from: its documentation, date: 2026-05-27, says: all of it}]", "sources: 1️⃣[]",
      "1️⃣ empty-list: there are no sources; add one, beginning with '- '"),
    changed(
      "a host with a path", "https://api.example.com", "1️⃣https://api.example.com/v1",
      "1️⃣ bad-url: 'https://api.example.com/v1' is no host of an API; write https:// and the host alone, in small letters: https://api.example.com"
    ),
    changed(
      "a host without encryption", "https://api.example.com", "1️⃣http://api.example.com",
      "1️⃣ bad-url: 'http://api.example.com' is no host of an API; write https:// and the host alone, in small letters: https://api.example.com"
    ),
    changed(
      "a host that looks like another", "https://api.example.com", "1️⃣https://api.xn--exmple-cua.com",
      "1️⃣ bad-url: 'https://api.xn--exmple-cua.com' is no host of an API; write https:// and the host alone, in small letters: https://api.example.com"
    ),
    changed(
      "a host that is a number", "https://api.example.com", "1️⃣https://192.0.2.1",
      "1️⃣ bad-url: 'https://192.0.2.1' is no host of an API; write https:// and the host alone, in small letters: https://api.example.com"
    ),
    changed(
      "a host that is not its own", "https://api.example.com", "1️⃣https://api.known.com",
      "1️⃣ bad-url: 'https://api.known.com' can't be asked: it is known; take this one out"),
    changed(
      "a path that does more than read", "/v1/user", "1️⃣/v1/verify",
      "1️⃣ bad-url: '/v1/verify' is not signed: it logs in by 'gate-v4'; take this request out"),
    changed(
      "a mark that leads elsewhere", "accounts: [sandbox]}", "accounts: [sandbox], mark: 1️⃣'Host: a'}",
      "1️⃣ wrong-value: 'Host: a' can't be an environment's mark: it leads elsewhere; write one header with a plain value: 'x-simulated-trading: 1'"
    ),
    changed(
      "a method that its scheme does not sign", "  path: /v2/key", "  method: 1️⃣POST\n    path: /v2/key",
      "1️⃣ wrong-value: 'gate-v4' signs no POST; write 'method: GET', or take this request out"),
    changed(
      "a name of a parameter that ends it", "{name: uid,", "{name: 1️⃣uid&a,",
      "1️⃣ wrong-value: 'uid&a' is no name of a parameter; use letters, digits, '-' and '_'"),
    changed(
      "a scheme that wants another part", "scheme: gate-v4", "scheme: 1️⃣okx-v5",
      "1️⃣ unknown-part: 'okx-v5' signs with a part 'passphrase', and the pack has none; mend 'parts' of the pack, or take another scheme"
    ),
    changed(
      "an account that the pack has not", "accounts: [main]", "accounts: [1️⃣mian]",
      "1️⃣ unknown-option: no account 'mian'; did you mean 'main'?"),
    changed(
      "an environment that there is not", "others: [sandbox]", "others: [1️⃣sandbx]",
      "1️⃣ unknown-option: no environment 'sandbx'; did you mean 'sandbox'?"),
    changed(
      "too many environments to ask", "others: [sandbox]", "others: 1️⃣[sandbox, sandbox, sandbox, sandbox, sandbox]",
      "1️⃣ wrong-value: 5 environments would be asked; name 4 at most: each is one more signed request"),
    changed(
      "an environment twice", "accounts: [sandbox]}",
      "accounts: [sandbox]}\n  - 1️⃣{id: live, host: https://b.example.com}",
      "1️⃣ duplicate-id: environment 'live' stands above already; give this one a name of its own"),
    changed(
      "a path with a query", "/v1/user", "1️⃣/v1/user?a=b",
      "1️⃣ bad-url: '/v1/user?a=b' is no path of a request; begin with '/', and leave out host and query: /api/v4/spot/time"
    ),
    changed(
      "a path that climbs", "/v1/user", "1️⃣/v1/../user",
      "1️⃣ bad-url: '/v1/../user' is no path of a request; begin with '/', and leave out host and query: /api/v4/spot/time"
    ),
    changed(
      "a place that is none", "at: data.id", "at: 1️⃣data..id",
      "1️⃣ wrong-value: 'data..id' is no place in an answer; write names with dots between them; 0 is the one entry of a list: data.0.ts"
    ),
    changed(
      "a parameter of a request that comes later", "from: user", "from: 1️⃣other",
      "1️⃣ unknown-option: no request above 'other'; it can be 'user'"),
    changed(
      "a parameter of nowhere", "{name: uid, from: user, at: data.id}", "1️⃣{name: uid, from: user}",
      "1️⃣ missing-key: a parameter of an earlier answer needs 'from' and 'at'; add the other, or take both out: then it is the key"
    ),
    changed(
      "a one-time password in an address", "  path: /v2/key",
      "  path: /v2/key\n    parameters: [{name: otp, 1️⃣once: true}]",
      "1️⃣ misplaced-key: a one-time password goes along in a form, and comes from a person; take out 'once', or 'from' and 'at'; the request's method is POST"
    ),
    changed(
      "a one-time password of an answer", ", {name: key}]", ", {name: otp, 1️⃣once: true, from: user, at: id}]",
      "1️⃣ misplaced-key: a one-time password goes along in a form, and comes from a person; take out 'once', or 'from' and 'at'; the request's method is POST"
    ),
    changed(
      "a request instead that there is not", "{request: other,", "{request: 1️⃣othr,",
      "1️⃣ unknown-option: no request 'othr'; did you mean 'other'?"),
    changed(
      "a fact that there is not", "fact: label", "fact: 1️⃣labl",
      "1️⃣ wrong-value: unknown word 'labl'; did you mean 'label'?"),
    changed(
      "a fact read as what it is not", "{fact: label, as: text, at: name}", "{fact: label, as: 1️⃣truth, at: name}",
      "1️⃣ wrong-value: 'label' can't be read as 'truth'; it can be 'text'"),
    changed(
      "a fact twice", "- {fact: label, as: text, at: name}",
      "- {fact: label, as: text, at: name}\n      - 1️⃣{fact: label, as: text, at: note}",
      "1️⃣ duplicate-id: fact 'label' stands above already; give this one a name of its own"),
    changed(
      "a time without a unit", "as: moment, at: made, unit: iso", "1️⃣as: moment, at: made",
      "1️⃣ missing-key: what is read as 'moment' needs 'unit'; add 'unit: ...'"),
    changed(
      "a key of another form", "{fact: label, as: text, at: name}", "{fact: label, as: text, at: name, 1️⃣unit: s}",
      "1️⃣ misplaced-key: 'unit' has no meaning for 'label' as 'text'; take it out, or read the fact another way"),
    changed(
      "yes without no", "yes: [\"1\"], no: [\"0\"]}", "1️⃣yes: [\"1\"]}",
      "1️⃣ missing-key: 'yes' and 'no' stand together; add the other, or take both out for true and false"),
    changed(
      "withdrawal without rights",
      "- {fact: permissions, as: named, at: rights, name: name, read-only: reads}\n      - {",
      "- 1️⃣{",
      "1️⃣ missing-key: 'withdrawal' follows from rights, and the answer lists none; add '{fact: permissions, ...}' to the same request"
    ),
    changed(
      "a refusal that is known by nothing", "{status: 418, causes", "1️⃣{causes",
      "1️⃣ missing-key: a refusal needs 'status', 'code' or 'says'; say what it is known by"),
    changed(
      "what is ruled out by nobody", "tries: true, rules-out: [region]", "1️⃣rules-out: [region]",
      "1️⃣ misplaced-key: what is ruled out must be some of the causes of a row with 'tries'; name some of its 'causes', not all, and add 'tries: true'"
    ),
    changed(
      "a cause ruled out that it has not", "rules-out: [region]", "1️⃣rules-out: [ip]",
      "1️⃣ misplaced-key: what is ruled out must be some of the causes of a row with 'tries'; name some of its 'causes', not all, and add 'tries: true'"
    ),
    changed(
      "an end without a beginning", "after: lacks, before: right", "1️⃣before: right",
      "1️⃣ misplaced-key: 'before' stands without 'after'; add 'after: ...'"),
    changed(
      "a cause that there is not", "causes: [key, region], tries: true, rules-out: [region]", "causes: [1️⃣kye]",
      "1️⃣ wrong-value: unknown word 'kye'; did you mean 'key'?"),
    changed(
      "a permission that the pack has not", "permission: trade,", "permission: 1️⃣tarde,",
      "1️⃣ unknown-option: no permission 'tarde'; did you mean 'trade'?"),
    changed(
      "what nobody says", "  - {fact: expiry, why: no field for it}\n", "",
      "1️⃣ silent-fact: no request tells 'expiry', and nothing says why nobody can; add '- {fact: expiry, why: ...}' to 'unknowable'"
    ).marking("requests:"),
  ]
  /// What is used all the same.
  static let warned = changed(
    "a permission of the pack that hurts and has no name", "permission: out, ", "",
    "1️⃣ unreported-permission: no name stands for the pack's 'out'; give a right 'permission: out', or add '- {permission: out, why: ...}' to 'unreported'"
  ).marking("permissions:")
}

extension BadFile {
  /// The file with its mark before a text.
  fileprivate func marking(_ text: String) -> BadFile {
    var file = self
    file.text = file.text.replacing("\n" + text, with: "\n1️⃣" + text)
    return file
  }
}
