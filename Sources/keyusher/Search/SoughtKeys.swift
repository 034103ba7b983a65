import FlowCore
import FlowText
import Inventory
import KeySearch
import PlainText
import Records
import Stores

/// What 'find-keys' looks for, as flows and packs have it, and what the records here know of it.
struct SoughtKeys {
  let table: SearchTable
  let programs: [ProgramPack]
  /// The packs that can't be used.
  let brokenPrograms: [String]
  /// The listed keys of the table, by their places there: where each is kept.
  let known: [CredentialReference]
  private let origins: KeyOrigins

  init(_ catalog: FlowCatalog, _ origins: KeyOrigins) throws {
    let exchanges = Set(catalog.sources.map(\.provider)).subtracting([KeyKind.any]).sorted()
    var programs: [ProgramPack] = []
    var broken: [String] = []
    for name in try catalog.programs() {
      if let program = try? catalog.program(name) { programs.append(program) } else { broken.append(name) }
    }
    var shapes: [KeyShape] = []
    var variables: [(String, isSecret: Bool)] = []
    var names: [(String, Int)] = []
    for (index, exchange) in exchanges.enumerated() {
      names += SoughtKeys.names(of: exchange, in: programs).map { ($0, index) }
      let parts = KeyKind.first(of: exchange, on: catalog).flatMap(\.parts)
      for part in parts {
        shapes.append(KeyShape(part, of: index))
        if let variable = part.variable, part.isTold { variables.append((variable, part.secret)) }
      }
      variables += programs.flatMap { $0.variables(of: exchange) }
    }
    var listed: [ListedKey] = []
    var known: [CredentialReference] = []
    for (index, exchange) in exchanges.enumerated() {
      for store in origins.stores.sorted() {
        for (text, names) in origins.listed(of: exchange, in: store).sorted(by: { $0.key < $1.key }) {
          // The one in use comes before what it was, and what waits for its name.
          guard let name = names.compactMap({ EntryName($0) }).min(by: { ($0.rank, $0) < ($1.rank, $1) }) else {
            continue
          }
          listed.append(ListedKey(exchange: index, listed: text))
          known.append(CredentialReference(store: store, name: name.text))
        }
      }
    }
    table = SearchTable(
      exchanges: exchanges, shapes: shapes, names: names, programs: SoughtKeys.words(of: programs),
      variables: variables, listed: listed)
    (self.programs, brokenPrograms, self.known, self.origins) = (programs, broken, known, origins)
  }

  func facts(of reference: CredentialReference) -> KeyFacts? { origins.facts(of: reference) }

  /// The names of the keys in use that records tell of at an exchange.
  func names(at exchange: String) -> [String] {
    origins.keys { $0.name.flatMap { EntryName($0) }?.kind == .kept }.filter { $0.exchange == exchange }
      .compactMap(\.reference.name)
  }

  /// A name for a key that is to be taken in, which no other has, as far as records tell.
  func freeName(at exchange: String, for program: String?) -> String {
    let taken = Set(origins.keys { _ in true }.compactMap(\.reference.name))
    let name = "\(exchange)/\(program ?? "found")"
    return ([name] + (2...99).map { "\(name)-\($0)" }).first { !taken.contains($0) } ?? name
  }

  // MARK: - Private

  /// The words by which programs are known: not that of the pack for programs of any kind.
  private static func words(of programs: [ProgramPack]) -> [String] {
    programs.filter { !$0.prefersOwnVariables }.map { String($0.id.prefix { $0 != "-" }) }
  }

  /// What an exchange is called beside its keys, in small letters and digits.
  private static func names(of exchange: String, in programs: [ProgramPack]) -> Set<String> {
    let called = programs.flatMap(\.exchanges).filter { $0.id == exchange }.flatMap { [$0.name] + $0.also }
    return ([exchange] + called).reduce(into: []) { names, name in
      let words = name.lowercased().split { !$0.isLetter && !$0.isNumber }
      names.insert(words.joined())
      if let first = words.first, first.count > 2 { names.insert(String(first)) }
    }
  }
}

extension KeyShape {
  fileprivate init(_ part: CredentialPart, of exchange: Int) {
    let shape = part.shape
    self.init(
      exchange: exchange, part: part.name, isSecret: part.secret,
      isPrivate: part.title.lowercased().hasPrefix("private"), isPEM: part.isPEM, length: shape.length,
      prefix: shape.prefix, suffix: shape.suffix, publicPrefix: part.secret ? 0 : part.publicPrefix
    ) { shape.characters.contains(byte: $0) }
  }
}

extension CredentialPart {
  /// Whether its variable's name says what a value of a key's shape is.
  fileprivate var isTold: Bool { name != CredentialPart.passphrase }
}

extension ProgramPack {
  /// The names of the variables in which it is given a key or a secret of an exchange.
  fileprivate func variables(of exchange: String) -> [(String, isSecret: Bool)] {
    guard let name = name(of: exchange) else { return [] }
    let holes = ProgramHoles(exchange: name, label: "")
    return variables.compactMap { variable in
      guard case .part(let parts) = variable.content, !Set(parts).isDisjoint(with: ["key", "secret"]) else {
        return nil
      }
      return (holes.variable(variable.name), !parts.contains("key"))
    }
  }
}

extension EntryName {
  fileprivate var rank: Int { kind == .kept ? 0 : 1 }
}
