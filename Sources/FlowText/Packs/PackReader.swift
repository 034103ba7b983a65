import FlowCore

/// What is known of an exchange beside its flows, as far as this program looks at it; flows get the whole as `$(pack...)`.
public struct Pack: Equatable, Sendable {
  /// The folder it lies in, for example `gate-io`.
  public var id: String
  /// The hosts that its pages and addresses may be on.
  public var hosts: [String]
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
  let (findings, root) = compose(bytes, path)
  guard let root else { return Reading(value: nil, findings: findings.sorted) }
  let reader = FlowReader(findings)
  let pack = PackReader(reader: reader).pack(root, expectedID: expectedID)
  options.check?(nil, reader.noted, findings)
  return Reading(value: findings.hasErrors ? nil : pack, findings: findings.sorted)
}

/// Reads a group by itself: its head and its parameters. Its steps are read with each flow that includes it.
public func checkGroup(_ bytes: [UInt8], path: String, expectedID: String?) -> [Finding] {
  let (findings, root) = compose(bytes, path)
  if let root { _ = Expander(findings).group(root, id: expectedID) }
  return findings.sorted
}

private func compose(_ bytes: [UInt8], _ path: String) -> (Findings, TextNode?) {
  let text = String(validating: bytes, as: UTF8.self)
  let findings = Findings(SourceText(text ?? "", path: path))
  if bytes.count > SourceText.largest {
    findings.take(.tooLarge(path: path))
  } else if text == nil {
    findings.take(.notUTF8(bytes, path: path))
  } else {
    var composer = Composer(findings)
    return (findings, composer.compose())
  }
  return (findings, nil)
}

struct PackReader {
  let reader: FlowReader
  private var findings: Findings { reader.findings }

  init(reader: FlowReader) { self.reader = reader }

  func pack(_ root: TextNode, expectedID: String?) -> Pack? {
    guard let fields = reader.fields(root, PackKeys.pack.keys) else { return nil }
    if let format = fields["format"] { reader.checkFormat(format) }
    let id = fields["pack"].map(reader.id) ?? ""
    if let node = fields["pack"], let expectedID, !id.isEmpty, id != expectedID {
      findings.report(
        .wrongFlowID, at: node.place, "the pack calls itself \(quoted(id)), its folder says \(quoted(expectedID))",
        hint: "write 'pack: \(expectedID)', or move the file")
    }
    let hosts = fields["hosts"].map(hosts) ?? []
    let permissions = (fields["permissions"].map { reader.list($0, of: "permissions") } ?? []).map { node in
      reader.fields(node, PackKeys.permission.keys)?["id"]
    }
    let ids = permissions.map { $0.map(reader.id) ?? "" }
    reader.reportDuplicates(of: ids, at: permissions.map { $0?.place ?? root.place }, "permission")
    check(fields, PackKeys.pack, Known(permissions: ids, hosts: hosts))
    checkPurposes(fields)
    checkWithdrawal(fields)
    return Pack(id: id, hosts: hosts)
  }

  /// What a pack says in one place, and relies on in another.
  private struct Known {
    let permissions: [String]
    let hosts: [String]
  }

  private func check(_ fields: Fields, _ schema: PackKeys.Schema, _ known: Known) {
    for (key, content) in schema.required + schema.optional {
      if let node = fields[key] { check(node, content, known) }
    }
  }

  private func check(_ node: TextNode, _ content: PackKeys.Content, _ known: Known) {
    switch content {
    case .text: _ = reader.scalar(node)
    case .texts:
      if case .list(let nodes) = node.content {
        for node in nodes { _ = reader.scalar(node) }
      } else {
        _ = reader.scalar(node)
      }
    case .id: _ = reader.id(node)
    case .number: _ = reader.number(node, 1...10_000)
    case .source: _ = reader.source(node)
    case .risk: _ = reader.word(node, PackKeys.Risk.self)
    case .purpose: _ = reader.word(node, PackKeys.Purpose.self)
    case .url: checkAddress(node, known.hosts)
    case .permissions: checkPermissions(node, known.permissions)
    case .kinds: checkKinds(node)
    case .options:
      for option in reader.list(node, of: "options") { _ = reader.option(option, .choose) }
    case .parts:
      let parts = reader.list(node, of: "parts").compactMap { reader.part($0) }
      guard !parts.isEmpty, !parts.contains(where: \.secret) else { return }
      findings.report(
        .emptyList, at: node.place, "none of the parts is secret", hint: "write 'secret: true' at what nobody may see")
    case .mapping(let schema):
      if let fields = reader.fields(node, schema.keys) { check(fields, schema, known) }
    case .list(let schema):
      for node in reader.list(node, of: "such entries") {
        if let fields = reader.fields(node, schema.keys) { check(fields, schema, known) }
      }
    }
  }

  private func checkKinds(_ node: TextNode) {
    let nodes = reader.list(node, of: "second factors")
    if nodes.isEmpty, case .list = node.content {
      findings.report(.emptyList, at: node.place, "no second factor", hint: "take 'kinds' out if you do not know them")
    }
    let kinds = nodes.map { reader.word($0, PackKeys.Factor.self)?.rawValue ?? "" }
    reader.reportDuplicates(of: kinds, at: nodes.map(\.place), "factor")
  }

  /// A purpose without its least would be proposed nothing, and asked for no reason.
  private func checkPurposes(_ fields: Fields) {
    guard let node = fields["least"], case .list(let nodes) = node.content else { return }
    let named = nodes.map { node -> String? in
      guard case .mapping(let entries) = node.content,
        case .text(let purpose)? = entries.first(where: { $0.key == "purpose" })?.value.content
      else { return nil }
      return purpose
    }
    let known = PackKeys.Purpose.allCases.map(\.rawValue)
    // A mistyped one is a finding of its own.
    guard named.allSatisfy({ $0.map(known.contains) ?? false }) else { return }
    let missing = known.filter { !named.contains($0) }
    guard let first = missing.first else { return }
    findings.report(
      .missingKey, at: node.place, "no least permissions for \(listed(missing))",
      hint: "add '- {purpose: \(first), permissions: [...]}'")
  }

  private func checkWithdrawal(_ fields: Fields) {
    guard let node = fields["permissions"], case .list(let nodes) = node.content else { return }
    let withdraws = nodes.contains { node in
      guard case .mapping(let entries) = node.content else { return false }
      return entries.contains { entry in
        if entry.key == "risk", case .text(PackKeys.Risk.withdraw.rawValue) = entry.value.content {
          true
        } else {
          false
        }
      }
    }
    guard !withdraws else { return }
    findings.report(
      .missingKey, at: node.place, "no permission has 'risk: withdraw'",
      hint: "name what sends coins away, or say in a title that keys of this exchange never can")
  }

  private func hosts(_ node: TextNode) -> [String] {
    reader.list(node, of: "hosts").compactMap { node in
      guard let host = reader.scalar(node) else { return nil }
      let isHost =
        host.contains(".")
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
    let host = url.dropFirst("https://".count).prefix { $0 != "/" && $0 != ":" && $0 != "?" && $0 != "#" }
    guard !hosts.contains(String(host).lowercased()) else { return }
    findings.report(
      .unofficialHost, at: node.place, "host \(quoted(host)) is not one of the pack's official hosts",
      hint: "correct the address, or add the host to 'hosts' if it is the exchange's own")
  }

  private func checkPermissions(_ node: TextNode, _ known: [String]) {
    let nodes: [TextNode] = if case .list(let nodes) = node.content { nodes } else { [node] }
    for node in nodes {
      guard let id = reader.scalar(node), !known.contains(id) else { continue }
      findings.report(
        .unknownOption, at: node.place, "no permission \(quoted(id))",
        hint: findings.suggestion(for: id, among: known))
    }
  }
}
