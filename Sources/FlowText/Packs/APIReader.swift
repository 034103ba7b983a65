import FlowCore
public import Introspection
import PlainText

/// Reads the text of an exchange's `api.yaml`: the API, or what is wrong with it, all in one go.
///
/// - Parameters:
///   - path: what findings name; nothing is opened.
///   - expectedID: the id that the file's place demands (`gate-io` for `flows/gate-io/api.yaml`).
///   - pack: the exchange's pack; without it nothing is held against that.
///   - options: what to look at besides.
public func readAPI(
  _ bytes: [UInt8], path: String, expectedID: String? = nil, pack: Pack? = nil,
  options: ReadingOptions = ReadingOptions()
) -> Reading<ExchangeAPI> {
  let (root, findings) = Composer.read(bytes, path: path)
  guard let root else { return Reading(value: nil, findings: findings.sorted) }
  let reader = FlowReader(findings)
  let api = APIReader(reader: reader, pack: pack, rules: options.requestRules).api(root, expectedID: expectedID)
  options.check?(nil, reader.noted, findings)
  return Reading(value: findings.hasErrors ? nil : api, findings: findings.sorted)
}

extension FlowLibrary {
  /// What a provider's API tells of a key; nil if nothing says so, or that can't be used.
  public func api(of provider: String) -> ExchangeAPI? {
    guard isID(provider), case .found(let bytes, let path) = find("\(provider)/\(Self.api)") else { return nil }
    return readAPI(bytes, path: path, expectedID: provider).value
  }
}

struct APIReader {
  let reader: FlowReader
  /// Nil if permissions, accounts and parts are not looked at.
  let pack: Pack?
  let rules: RequestRules?
  var findings: Findings { reader.findings }

  func api(_ root: TextNode, expectedID: String?) -> ExchangeAPI? {
    guard let fields = reader.fields(root, APIKeys.api) else { return nil }
    if let format = fields["format"] { reader.checkFormat(format) }
    let id = fields["api"].map(reader.id) ?? ""
    if let node = fields["api"], let expectedID, !id.isEmpty, id != expectedID {
      findings.report(
        .wrongFlowID, at: node.place, "the API calls itself \(quoted(id)), its folder says \(quoted(expectedID))",
        hint: "write 'api: \(expectedID)', or move the file")
    }
    let scheme = word(fields["scheme"], ExchangeAPI.Scheme.gate)
    let api = ExchangeAPI(
      id: id, scheme: scheme,
      sends: each(fields["sends"], "parts") {
        reference($0, among: pack?.parts.filter(\.secret).map(\.name), "secret part")
      },
      nonce: fields["nonce"].flatMap { reader.word($0, ExchangeAPI.NonceUnit.self) },
      sources: some(fields["sources"], "sources") {
        reader.source($0).map { .init(description: $0.description, date: $0.date, says: $0.says) }
      },
      environments: environments(fields["environments"]), clock: clock(fields["clock"]),
      errors: errors(fields["errors"]), requests: requests(fields["requests"], signedBy: scheme),
      unknowable: unknowable(fields["unknowable"]), refusals: some(fields["refusals"], "refusals", refusal),
      permissions: each(fields["permissions"], "rights", permission), rules: each(fields["rules"], "rules", rule),
      limit: limit(fields["limit"]))
    checkParts(scheme, fields)
    checkThatAllIsTold(api, fields)
    checkPermissions(api, fields)
    return api
  }

  // MARK: - Lists and values

  func each<Value>(_ node: TextNode?, _ what: String, _ read: (TextNode) -> Value?) -> [Value] {
    node.map { reader.list($0, of: what).compactMap(read) } ?? []
  }

  /// The same of a list that can't be empty.
  func some<Value>(_ node: TextNode?, _ what: String, _ read: (TextNode) -> Value?) -> [Value] {
    if let node, case .list(let nodes) = node.content, nodes.isEmpty {
      findings.report(.emptyList, at: node.place, "there are no \(what)", hint: "add one, beginning with '- '")
    }
    return each(node, what, read)
  }

  /// The values at a key: a list of them, or one alone where the table of keys allows that.
  func values<Value>(_ key: String, of fields: Fields?, _ read: (TextNode) -> Value?) -> [Value] {
    guard let fields, let node = fields[key] else { return [] }
    if case .some? = fields.set[key]?.content, node.items == nil { return [read(node)].compactMap(\.self) }
    return some(node, "values", read)
  }

  func scalars(_ key: String, of fields: Fields?) -> [String] { values(key, of: fields) { reader.scalar($0) } }

  func place(_ node: TextNode?) -> AnswerPlace {
    guard let node, let text = reader.scalar(node) else { return AnswerPlace([]) }
    let names = text.split(separator: ".", omittingEmptySubsequences: false)
    if names.contains(where: { $0.isEmpty || $0.contains(where: \.isWhitespace) }) {
      findings.report(
        .wrongValue, at: node.place, "\(quoted(text)) is no place in an answer",
        hint: "write names with dots between them; 0 is the one entry of a list: data.0.ts")
    }
    return AnswerPlace(text)
  }

  func word<Word: RawRepresentable & CaseIterable>(_ node: TextNode?, _ standard: Word) -> Word
  where Word.RawValue == String {
    node.flatMap { reader.word($0, Word.self) } ?? standard
  }

  // MARK: - Hosts

  private func environments(_ node: TextNode?) -> [ExchangeAPI.Environment] {
    let known = node?.items?.compactMap { $0["id"]?.text } ?? []
    let environments = some(node, "environments") { node -> ExchangeAPI.Environment? in
      guard let fields = reader.fields(node, APIKeys.table["environment"]) else { return nil }
      let id = fields["id"].map(reader.id) ?? ""
      return ExchangeAPI.Environment(
        id: id, title: fields["title"].map(reader.line), host: fields["host"].map(host) ?? "",
        mark: fields["mark"].map(mark),
        accounts: each(fields["accounts"], "accounts") {
          reference($0, among: pack?.accounts.keys.sorted(), "account")
        },
        unasked: fields["unasked"].map(reader.line), others: others(fields["others"], among: known.filter { $0 != id }))
    }
    reader.reportDuplicates(of: environments.map(\.id), at: node?.items?.map(\.place) ?? [], "environment")
    return environments
  }

  private func others(_ node: TextNode?, among known: [String]) -> [String] {
    let others = each(node, "environments") { reference($0, among: known, "environment") }
    if let node, others.count > 4 {
      findings.report(
        .wrongValue, at: node.place, "\(others.count) environments would be asked",
        hint: "name 4 at most: each is one more signed request")
    }
    return others
  }

  /// An id that something must have.
  func reference(_ node: TextNode, among known: [String]?, _ what: String) -> String? {
    let id = reader.id(node)
    if !id.isEmpty, let known, !known.contains(id) {
      findings.report(
        .unknownOption, at: node.place, "no \(what) \(quoted(id))",
        hint: findings.suggestion(for: id, among: known) ?? "take it out, or add one of that id")
    }
    return id.isEmpty ? nil : id
  }

  private func clock(_ node: TextNode?) -> ExchangeAPI.Clock {
    let fields = node.flatMap { reader.fields($0, APIKeys.table["clock"]) }
    return ExchangeAPI.Clock(
      path: requestPath(fields?["path"]), moment: place(fields?["at"]), unit: word(fields?["unit"], .seconds),
      written: word(fields?["written"], .number), behind: fields.flatMap { reader.number("behind", of: $0) },
      ahead: fields.flatMap { reader.number("ahead", of: $0) })
  }

  private func limit(_ node: TextNode?) -> ExchangeAPI.Limit {
    let fields = node.flatMap { reader.fields($0, APIKeys.table["limit"]) }
    return ExchangeAPI.Limit(
      requests: fields.flatMap { reader.number("requests", of: $0) } ?? 1,
      seconds: fields.flatMap { reader.number("seconds", of: $0) } ?? 1)
  }

  // MARK: - Requests

  private func requests(_ node: TextNode?, signedBy scheme: ExchangeAPI.Scheme) -> [ExchangeAPI.Request] {
    let ids = node?.items?.map { $0["id"]?.text ?? "" } ?? []
    var requests: [ExchangeAPI.Request] = []
    for node in some(node, "requests", { $0 }) {
      guard let fields = reader.fields(node, APIKeys.table["request"]) else { continue }
      let earlier = requests.map(\.id)
      let facts = facts(fields["facts"])
      let method = word(fields["method"], ExchangeAPI.Request.Method.get)
      requests.append(
        ExchangeAPI.Request(
          id: fields["id"].map(reader.id) ?? "", method: method,
          path: requestPath(fields["path"], signedBy: scheme),
          parameters: each(fields["parameters"], "parameters") { parameter($0, of: method, after: earlier) },
          instead: fields["instead"].flatMap { instead($0, among: ids) }, success: fields["success"].flatMap(success),
          within: place(fields["within"]), own: fields["own"].flatMap(own), facts: facts))
      if let request = requests.last { check(request, signedBy: scheme, node) }
    }
    reader.reportDuplicates(of: requests.map(\.id), at: node?.items?.map(\.place) ?? [], "request")
    return requests
  }

  private func parameter(
    _ node: TextNode, of method: ExchangeAPI.Request.Method, after earlier: [String]
  ) -> ExchangeAPI.Parameter? {
    guard let fields = reader.fields(node, APIKeys.table["parameter"]) else { return nil }
    let name = fields["name"].map(parameterName) ?? ""
    if fields["once"].map(reader.truth) == true {
      if method != .post || fields["from"] != nil || fields["at"] != nil {
        findings.report(
          .misplacedKey, at: fields.keyPlace("once"),
          "a one-time password goes along in a form, and comes from a person",
          hint: "take out 'once', or 'from' and 'at'; the request's method is POST")
      }
      return ExchangeAPI.Parameter(name: name, .once)
    }
    if (fields["from"] == nil) != (fields["at"] == nil) {
      findings.report(
        .missingKey, at: node.place, "a parameter of an earlier answer needs 'from' and 'at'",
        hint: "add the other, or take both out: then it is the key")
    }
    let from = fields["from"].flatMap { reference($0, among: earlier, "request above") }
    return ExchangeAPI.Parameter(
      name: name, from.map { .taken(.init(request: $0, at: place(fields["at"]))) } ?? .key)
  }

  private func instead(_ node: TextNode, among requests: [String]) -> ExchangeAPI.Instead? {
    guard let fields = reader.fields(node, APIKeys.table["instead"]) else { return nil }
    return ExchangeAPI.Instead(
      request: fields["request"].flatMap { reference($0, among: requests, "request") } ?? "",
      codes: scalars("codes", of: fields))
  }

  private func success(_ node: TextNode) -> ExchangeAPI.Success? {
    guard let fields = reader.fields(node, APIKeys.table["success"]) else { return nil }
    return ExchangeAPI.Success(at: place(fields["at"]), values: scalars("is", of: fields))
  }

  private func own(_ node: TextNode) -> ExchangeAPI.OwnKey? {
    guard let fields = reader.fields(node, APIKeys.table["own"]) else { return nil }
    return ExchangeAPI.OwnKey(
      member: fields["key"].map(reader.line) ?? "", prefix: reader.number("prefix", of: fields),
      listsOthers: fields["lists-others"].map(reader.truth) ?? false)
  }
}
