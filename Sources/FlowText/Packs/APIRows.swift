import FlowCore
import Introspection

/// The rows of an API: refusals, rights, rules, what nobody can tell; and whether anything is left unsaid.
extension APIReader {
  func refusal(_ node: TextNode) -> ExchangeAPI.Refusal? {
    guard let fields = reader.fields(node, APIKeys.refusal) else { return nil }
    if fields["status"] == nil, fields["code"] == nil, fields["says"] == nil {
      findings.report(
        .missingKey, at: node.place, "a refusal needs 'status', 'code' or 'says'", hint: "say what it is known by")
    }
    if fields["before"] != nil, fields["after"] == nil {
      findings.report(
        .misplacedKey, at: fields.keyPlace("before"), "'before' stands without 'after'", hint: "add 'after: ...'")
    }
    let words = APIKeys.refusal["causes"]?.content.words ?? []
    let causes = some(fields["causes"], "causes") { node in
      reader.word(node, among: words).flatMap(KeyFailure.Cause.init)
    }
    let ruledOut = values("rules-out", of: fields) { node in
      reader.word(node, among: words).flatMap(KeyFailure.Cause.init)
    }
    let tries = fields["tries"].map(reader.truth) ?? false
    if fields["rules-out"] != nil, !tries || !Set(ruledOut).isStrictSubset(of: causes) {
      findings.report(
        .misplacedKey, at: fields.keyPlace("rules-out"),
        "what is ruled out must be some of the causes of a row with 'tries'",
        hint: "name some of its 'causes', not all, and add 'tries: true'")
    }
    let detail = fields["after"].map { after in
      ExchangeAPI.Refusal.Detail(after: reader.line(after), before: fields["before"].map(reader.line))
    }
    return ExchangeAPI.Refusal(
      status: reader.number("status", of: fields), codes: scalars("code", of: fields),
      says: values("says", of: fields, reader.line), causes: causes,
      pause: reader.number("pause", of: fields),
      namesEnd: fields["until"].flatMap { reader.word($0, among: ["ms"]) } != nil, detail: detail,
      triesOthers: tries, ruledOut: ruledOut,
      basis: fields["basis"].flatMap { reader.word($0, ExchangeAPI.Refusal.Basis.self) } ?? .unverified,
      source: fields["from"].map(reader.line) ?? "")
  }

  func permission(_ node: TextNode) -> ExchangeAPI.Permission? {
    guard let fields = reader.fields(node, APIKeys.table["permission"]) else { return nil }
    return ExchangeAPI.Permission(
      name: fields["name"].flatMap { reader.scalar($0) } ?? "", isReadOnly: fields["read-only"].map(reader.truth),
      meaning: Grant.Meaning(
        title: fields["title"].map(reader.line) ?? "",
        permission: fields["permission"].flatMap { reference($0, among: pack?.permissions, "permission") },
        risk: fields["risk"].flatMap { reader.word($0, Grant.Risk.self) } ?? .withdraw),
      isUnverified: fields["unverified"].map(reader.truth) ?? false)
  }

  func rule(_ node: TextNode) -> ExchangeAPI.Rule? {
    guard let fields = reader.fields(node, APIKeys.table["rule"]) else { return nil }
    return ExchangeAPI.Rule(
      days: reader.number("days", of: fields) ?? 1,
      after: fields["after"].flatMap { reader.word($0, ExchangeAPI.Rule.Start.self) } ?? .created,
      conditions: some(fields["if"], "conditions") { reader.word($0, ExchangeAPI.Rule.Condition.self) },
      by: fields["by"].map(reader.line) ?? "")
  }

  func errors(_ node: TextNode?) -> ExchangeAPI.ErrorPlaces {
    let fields = node.flatMap { reader.fields($0, APIKeys.table["errors"]) }
    return ExchangeAPI.ErrorPlaces(
      code: values("code", of: fields) { place($0) }, message: values("message", of: fields) { place($0) })
  }

  func unknowable(_ node: TextNode?) -> [KeyFact: String] {
    let rows = each(node, "facts") { node -> (fact: KeyFact, why: String)? in
      guard let fields = reader.fields(node, APIKeys.table["unknowable"]) else { return nil }
      let words = KeyFact.allCases.map(\.rawValue)
      guard let fact = fields["fact"].flatMap({ reader.word($0, among: words) }).flatMap(KeyFact.init) else {
        return nil
      }
      return (fact, fields["why"].map(reader.line) ?? "")
    }
    reader.reportDuplicates(of: rows.map(\.fact.rawValue), at: node?.items?.map(\.place) ?? [], "fact")
    return Dictionary(rows.map { ($0.fact, $0.why) }, uniquingKeysWith: { first, _ in first })
  }

  // MARK: - Nothing unsaid

  /// What a person is told of every key, whatever its exchange.
  static let always: [KeyFact] = [
    .permissions, .withdrawal, .addresses, .pairs, .expiry, .state, .label, .created, .lastUsed,
  ]

  func checkThatAllIsTold(_ api: ExchangeAPI, _ fields: Fields) {
    guard !findings.hasErrors else { return }
    let told = Set(api.requests.flatMap(\.facts).map(\.fact))
    let silent = Self.always.filter { !told.contains($0) && api.unknowable[$0] == nil }.map(\.rawValue)
    guard let first = silent.first else { return }
    findings.report(
      .silentFact, at: fields.keyPlace("requests"),
      "no request tells \(listed(silent)), and nothing says why nobody can",
      hint: "add '- {fact: \(first), why: ...}' to 'unknowable'")
  }

  /// A permission of the pack that could hurt must have a name in the API, or a reason.
  func checkPermissions(_ api: ExchangeAPI, _ fields: Fields) {
    let unreported = each(fields["unreported"], "permissions") { node -> String? in
      guard let fields = reader.fields(node, APIKeys.table["unreported"]) else { return nil }
      _ = fields["why"].map(reader.line)
      return fields["permission"].flatMap { reference($0, among: pack?.permissions, "permission") }
    }
    guard let pack, api.unknowable[.permissions] == nil, !findings.hasErrors else { return }
    let named = Set(api.permissions.compactMap(\.meaning.permission) + unreported)
    let missing = pack.riskyPermissions.filter { !named.contains($0) }
    guard let first = missing.first else { return }
    findings.report(
      .unreportedPermission, at: fields.keyPlace("permissions"),
      "no name stands for the pack's \(listed(missing))",
      hint: "give a right 'permission: \(first)', or add '- {permission: \(first), why: ...}' to 'unreported'")
  }
}
