import FlowCore
import PlainText

/// One kind of key that an exchange gives out: its parts, in the order in which a ceremony asks for them.
struct KeyKind {
  var parts: [CredentialPart]
  /// The flow that takes such a key, for the words of its texts.
  let flow: Flow

  var names: Set<String> { Set(parts.map(\.name)) }
  /// What the page calls its parts, for example `API key and Secret`.
  var title: String { parts.map(\.title).listed(with: "and") }

  subscript(name: String) -> CredentialPart? { parts.first { $0.name == name } }

  /// The words of a text of the flow, as they are before anything is answered.
  func words(of template: Template) -> String { template.filled(from: State(), in: flow) }

  /// The kinds that the flows for an exchange take; those of any service, and a key with a passphrase, if there are none.
  static func kinds(of exchange: String, on catalog: FlowCatalog) -> [KeyKind] {
    let own = taken(by: exchange, on: catalog)
    if !own.isEmpty { return own }
    let others = taken(by: any, on: catalog)
    guard let pair = others.first(where: { $0.names == ["key", "secret"] }) else { return others }
    return others + [KeyKind(parts: pair.parts + [part(CredentialPart.passphrase)], flow: pair.flow)]
  }

  /// Those that the first of these flows takes, which is read alone: the shipped flows of an exchange take the same.
  static func first(of exchange: String, on catalog: FlowCatalog) -> [KeyKind] {
    let newcomers = "\(exchange)/create-key"
    guard FlowCatalog.providers.contains(exchange), let flow = try? catalog.flow(newcomers).flow else {
      return kinds(of: exchange, on: catalog)
    }
    return taken(in: [flow])
  }

  /// Whose flows are for every other service.
  static let any = "any"

  /// The kind that has exactly these parts, or else the one that a person who gave them must have meant.
  ///
  /// - Parameter isListed: whether flows say what parts a key of the exchange has.
  static func fitting(
    _ names: Set<String>, among kinds: [KeyKind], isListed: Bool
  ) throws(Misfit) -> (kind: KeyKind, unforeseen: [String]) {
    let all = kinds + kinds.compactMap(\.inTheOtherForm)
    if let kind = all.first(where: { $0.names == names }) { return (kind, []) }
    let contained = all.filter { $0.names.isSubset(of: names) }.max { $0.parts.count < $1.parts.count }
    if let kind = contained {
      let more = names.subtracting(kind.names).sorted()
      let isConfused = ["secret", privateKey].allSatisfy(names.contains)
      if !isConfused, !isListed || more == [CredentialPart.passphrase] {
        return (KeyKind(parts: kind.parts + more.map(part), flow: kind.flow), isListed ? more : [])
      }
      throw Misfit(missing: [], foreign: more, kinds: kinds)
    }
    let nearest = all.min { left, right in left.distance(to: names) < right.distance(to: names) }
    throw Misfit(
      missing: nearest?.parts.filter { !names.contains($0.name) } ?? [],
      foreign: names.subtracting(nearest?.names ?? []).sorted(), kinds: kinds)
  }

  /// Why parts make up no key.
  struct Misfit: Error {
    var missing: [CredentialPart]
    /// Names of parts that no such key has.
    var foreign: [String]
    var kinds: [KeyKind]

    /// What is wrong with a key of an exchange.
    func words(of exchange: String) -> String {
      if !missing.isEmpty {
        return "a key of \(exchange) is not whole without its \(missing.map(\.title).listed(with: "and"))"
      }
      return "a key of \(exchange) has no part \(foreign.quotedWithOr) beside the others"
    }

    /// What such a key has.
    var hint: String {
      let kinds = kinds.map { $0.parts.map(\.name).listed(with: "and") }
      return "the parts of such a key: \(kinds.joined(separator: "; or "))"
    }
  }

  // MARK: - Private

  private static let privateKey = "private-key"

  private static func taken(by provider: String, on catalog: FlowCatalog) -> [KeyKind] {
    taken(in: catalog.sources.lazy.filter { $0.provider == provider }.compactMap { try? catalog.flow($0.id).flow })
  }

  private static func taken(in flows: some Sequence<Flow>) -> [KeyKind] {
    var kinds: [KeyKind] = []
    for flow in flows {
      for step in flow.steps {
        guard case .credential(let rule) = step.body,
          !kinds.contains(where: { $0.names == Set(rule.parts.map(\.name)) })
        else { continue }
        kinds.append(KeyKind(parts: rule.parts, flow: flow))
      }
    }
    return kinds
  }

  /// A part of which nothing is known but its name.
  private static func part(_ name: String) -> CredentialPart {
    CredentialPart(
      name: name, title: name == CredentialPart.passphrase ? "Passphrase" : name, secret: true, shape: Shape())
  }

  /// The same with a private key in PEM in place of the secret, or the other way round: many exchanges take both.
  var inTheOtherForm: KeyKind? {
    let form: (from: String, to: CredentialPart)
    if names.contains("secret") {
      form = ("secret", .privateKey)
    } else if names.contains(KeyKind.privateKey) {
      form = (KeyKind.privateKey, CredentialPart(name: "secret", title: "Secret", secret: true, shape: Shape()))
    } else {
      return nil
    }
    return KeyKind(parts: parts.map { $0.name == form.from ? form.to : $0 }, flow: flow)
  }

  private func distance(to other: Set<String>) -> Int { names.symmetricDifference(other).count }
}

extension CredentialPart {
  /// A private key where the exchange's own shape is for a secret.
  static let privateKey = CredentialPart(
    name: "private-key", title: "Private key", secret: true, shape: Shape(), isPEM: true)
}
