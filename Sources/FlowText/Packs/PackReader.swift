public import FlowCore
public import Introspection

/// What is known of an exchange beside its flows, as far as this program looks at it; flows get the whole as `$(pack...)`.
public struct Pack: Equatable, Sendable {
  /// The folder it lies in, for example `gate-io`.
  public var id: String
  /// The hosts that its pages and addresses may be on.
  public var hosts: [String]
  /// What its credential has, in the order in which the page shows it.
  public var parts: [CredentialPart] = []
  /// The permissions that a key can have, in the order of the page.
  public var page: [PagePermission] = []
  /// Its name within a sentence: "Gate".
  public var short = ""
  /// The official address of the page on which keys are made, listed and changed.
  public var keysURL: String?
  /// How long a change on that page takes, in a sentence.
  public var changeDelay: String?
  /// The same in minutes, at the most: for so long it is worth while to look again.
  public var changeMinutes: Int?

  /// The ids of the permissions.
  public var permissions: [String] { page.map(\.id) }
  /// Those of them that let a thief do more than look.
  public var riskyPermissions: [String] { page.filter { $0.risk != .read }.map(\.id) }
  /// The accounts that a key can be of, by their ids: what each is called.
  public var accounts: [String: String] = [:]

  /// The id of an account that a person calls by its id or its title; nil if none is called so.
  public func account(called words: String) -> String? {
    accounts.first { words.lowercased() == $0.key || words.lowercased() == $0.value.lowercased() }?.key
  }
}

/// Reads the text of an exchange pack: the pack, or what is wrong with it, all in one go.
///
/// - Parameters:
///   - path: what findings name; nothing is opened.
///   - expectedID: the id that the file's place demands (`gate-io` for `flows/gate-io/pack.yaml`).
///   - options: what to look at besides.
public func readPack(
  _ bytes: [UInt8], path: String, expectedID: String? = nil, options: ReadingOptions = ReadingOptions()
) -> Reading<Pack> {
  let (root, findings) = Composer.read(bytes, path: path)
  guard let root else { return Reading(value: nil, findings: findings.sorted) }
  let reader = FlowReader(findings)
  let pack = PackReader(reader: reader).pack(root, expectedID: expectedID)
  options.check?(nil, reader.noted, findings)
  return Reading(value: findings.hasErrors ? nil : pack, findings: findings.sorted)
}

extension FlowLibrary {
  /// The pack of a provider; nil if there is none, or it can't be used.
  public func pack(of provider: String) -> Pack? {
    guard isID(provider), case .found(let bytes, let path) = find("\(provider)/\(Scope.pack)") else { return nil }
    return readPack(bytes, path: path, expectedID: provider).value
  }
}

/// Reads a group by itself: its head and its parameters. Its steps are read with each flow that includes it.
public func checkGroup(_ bytes: [UInt8], path: String, expectedID: String?) -> [Finding] {
  let (root, findings) = Composer.read(bytes, path: path)
  if let root { _ = Expander(findings).group(root, id: expectedID) }
  return findings.sorted
}

struct PackReader {
  let reader: FlowReader
  private var findings: Findings { reader.findings }

  init(reader: FlowReader) { self.reader = reader }

  func pack(_ root: TextNode, expectedID: String?) -> Pack? {
    guard let fields = reader.fields(root, PackKeys.pack) else { return nil }
    let id = fields["pack"].map(reader.id) ?? ""
    if let node = fields["pack"], let expectedID, !id.isEmpty, id != expectedID {
      findings.report(
        .wrongFlowID, at: node.place, "the pack calls itself \(quoted(id)), its folder says \(quoted(expectedID))",
        hint: "write 'pack: \(expectedID)', or move the file")
    }
    let hosts = fields["hosts"].map(hosts) ?? []
    let permissions = (fields["permissions"].map { reader.list($0, of: "permissions") } ?? []).map { node in
      reader.fields(node, PackKeys.permission)
    }
    let ids = permissions.map { $0?["id"].map(reader.id) ?? "" }
    reader.reportDuplicates(of: ids, at: permissions.map { $0?["id"]?.place ?? root.place }, "permission")
    check(fields, Known(permissions: ids, hosts: hosts))
    checkPurposes(fields)
    checkWithdrawal(fields)
    return Pack(
      id: id, hosts: hosts, parts: fields["parts"].map(parts) ?? [], page: permissions.compactMap(permission),
      short: fields["short"]?.text ?? id, keysURL: fields["keys"]?["url"]?.text,
      changeDelay: fields["shows"]?["delay"]?.text,
      changeMinutes: fields["shows"]?["delay-minutes"]?.text.flatMap { Int($0) },
      accounts: Dictionary(
        (fields["accounts"]?["options"]?.items ?? []).compactMap { option in
          option["id"]?.text.map { ($0, option["title"]?.text ?? $0) }
        }, uniquingKeysWith: { first, _ in first }))
  }

  /// A permission that was read already.
  private func permission(_ fields: Fields?) -> PagePermission? {
    guard let fields, let id = fields["id"]?.text, let risk = fields["risk"]?.text.flatMap(Grant.Risk.init) else {
      return nil
    }
    let within = fields["within"].map { ($0.items ?? [$0]).compactMap(\.text) } ?? []
    return PagePermission(id: id, title: fields["title"]?.text ?? id, risk: risk, within: within)
  }

  /// What a pack says in one place, and relies on in another.
  private struct Known {
    let permissions: [String]
    let hosts: [String]
  }

  private func check(_ fields: Fields, _ known: Known) {
    for key in fields.set.keys {
      if let node = fields[key.name] { check(node, key.content, known) }
    }
  }

  private func check(_ node: TextNode, _ content: Key.Content, _ known: Known) {
    switch content {
    case .value(.texts): for node in node.items ?? [node] { _ = reader.scalar(node) }
    case .value(.id): _ = reader.id(node)
    case .value(.url): checkAddress(node, known.hosts)
    case .value(.permissions): checkPermissions(node, known.permissions)
    case .value(.format): reader.checkFormat(node)
    case .value: _ = reader.scalar(node)
    case .number(let range): _ = reader.number(node, range)
    case .word(let words): _ = reader.word(node, among: words)
    case .mapping("source"): _ = reader.source(node)
    case .mapping("option"): _ = reader.option(node, .choose)
    case .mapping("shape"): _ = reader.shape(node)
    case .mapping("field"): _ = reader.field(node)
    case .mapping(let name):
      if let fields = reader.fields(node, PackKeys.table[name]) { check(fields, known) }
    case .list(.value(.host), _, _): break
    // What it has is read for the pack itself.
    case .list(.mapping("part"), _, _): break
    case .list(.word(let words), _, _): checkKinds(node, words)
    case .list(let item, _, _), .some(let item):
      for node in reader.list(node, of: item == .mapping("option") ? "options" : "such entries") {
        check(node, item, known)
      }
    }
  }

  private func parts(_ node: TextNode) -> [CredentialPart] {
    let parts = reader.list(node, of: "parts").compactMap { reader.part($0) }
    if !parts.isEmpty, !parts.contains(where: \.secret) {
      findings.report(
        .emptyList, at: node.place, "none of the parts is secret", hint: "write 'secret: true' at what nobody may see")
    }
    return parts
  }

  private func checkKinds(_ node: TextNode, _ words: [String]) {
    let nodes = reader.list(node, of: "second factors")
    if nodes.isEmpty, case .list = node.content {
      findings.report(.emptyList, at: node.place, "no second factor", hint: "take 'kinds' out if you do not know them")
    }
    let kinds = nodes.map { reader.word($0, among: words) ?? "" }
    reader.reportDuplicates(of: kinds, at: nodes.map(\.place), "factor")
  }

  /// A purpose without its least would be proposed nothing, and asked for no reason.
  private func checkPurposes(_ fields: Fields) {
    guard let node = fields["least"], let nodes = node.items else { return }
    let named = nodes.map { $0["purpose"]?.text }
    let known = PackKeys.purposes
    // A mistyped one is a finding of its own.
    guard named.allSatisfy({ $0.map(known.contains) ?? false }) else { return }
    let missing = known.filter { !named.contains($0) }
    guard let first = missing.first else { return }
    findings.report(
      .missingKey, at: node.place, "no least permissions for \(listed(missing))",
      hint: "add '- {purpose: \(first), permissions: [...]}'")
  }

  private func checkWithdrawal(_ fields: Fields) {
    guard let node = fields["permissions"], let nodes = node.items else { return }
    guard !nodes.contains(where: { $0["risk"]?.text == "withdraw" }) else { return }
    findings.report(
      .missingKey, at: node.place, "no permission has 'risk: withdraw'",
      hint: "name what sends coins away, or say in a title that keys of this exchange never can")
  }

  private func hosts(_ node: TextNode) -> [String] {
    reader.list(node, of: "hosts").compactMap { node in
      guard let host = reader.scalar(node) else { return nil }
      let isHost =
        host.contains(".") && !host.split(separator: ".").contains { $0.hasPrefix("xn--") }
        && host.utf8.allSatisfy { byte in
          (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D || byte == 0x2E
        }
      guard isHost else {
        findings.report(
          .badURL, at: node.place, "\(quoted(host)) is no host",
          hint: "write it alone, in small letters: www.example.com")
        return nil
      }
      return host
    }
  }

  private func checkAddress(_ node: TextNode, _ hosts: [String]) {
    guard let url = reader.url(node) else { return }
    let host = url.dropFirst(url.hasPrefix("http://") ? "http://".count : "https://".count).prefix {
      $0 != "/" && $0 != ":" && $0 != "?" && $0 != "#"
    }
    guard !hosts.contains(String(host).lowercased()) else { return }
    findings.report(
      .unofficialHost, at: node.place, "host \(quoted(host)) is not one of the pack's official hosts",
      hint: "correct the address, or add the host to 'hosts' if it is the exchange's own")
  }

  private func checkPermissions(_ node: TextNode, _ known: [String]) {
    for node in node.items ?? [node] {
      guard let id = reader.scalar(node), !known.contains(id) else { continue }
      findings.report(
        .unknownOption, at: node.place, "no permission \(quoted(id))",
        hint: findings.suggestion(for: id, among: known))
    }
  }
}
