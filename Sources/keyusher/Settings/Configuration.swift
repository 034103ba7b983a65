import FlowCore
import FlowText
import Stores

/// What a person has set for good, in `$KEYUSHER_HOME/config.yaml`.
struct Configuration: Equatable {
  /// What can be set there.
  enum Key: String, CaseIterable {
    case store
    case execRecord = "exec.record"
    case askExchanges = "exchange.ask"
    case openBaoAddress = "openbao.address"
    case openBaoMount = "openbao.mount"
    case openBaoPrefix = "openbao.prefix"
    case openBaoNamespace = "openbao.namespace"
    case openBaoAuthority = "openbao.authority"
    case openBaoToken = "openbao.token"

    /// Set like the others, and kept by the store `age` in a file of its own.
    static let recipients = "age.recipients"
    static let recipientsMeaning = "who can open what the store 'age' keeps, besides you (age1..., with spaces between)"
  }

  private(set) var values: [Key: String] = [:]
  /// What is trusted to be signed for exchanges of one's own, by their names.
  private(set) var trusted: [String: TrustedPart] = [:]

  /// The store that is proposed, and meant where none is named.
  var defaultStore: String? { values[.store] }
  /// Whether `exec` puts each start of a program on record.
  var recordsExec: Bool { values[.execRecord] == "yes" }
  /// Whether exchanges may be asked what a key can do; nil while nobody said.
  var asksExchanges: Bool? { values[.askExchanges].map { $0 == "yes" } }
  /// Where the server's token comes from; never the token itself.
  var openBaoToken: SecretReference? { values[.openBaoToken].flatMap { SecretReference($0) } }

  init() {}

  /// Reads the file in the home; without one nothing is set. Complains with findings if anything in it is wrong.
  init(home: String) throws {
    let path = Configuration.path(in: home)
    guard let text = try SettingsFile.read(path) else { return }
    self = try Configuration(text, path: path)
  }

  init(_ text: String, path: String) throws {
    let (configuration, findings) = Configuration.reading(SettingsFile(text, path: path))
    guard findings.isEmpty else { throw CommandError.findings(findings, in: "the configuration") }
    self = configuration
  }

  static func path(in home: String) -> String { home + "/config.yaml" }

  /// What a file sets, and what is wrong in it.
  static func reading(_ file: SettingsFile) -> (Configuration, [Finding]) {
    var configuration = Configuration()
    var findings = file.findings
    for entry in file.entries {
      if let exchange = TrustedPart.exchange(in: entry.key) {
        configuration.trusted[exchange] = TrustedPart(entry.value)
        if configuration.trusted[exchange] == nil { findings.append(file.finding(.noDigest, atValueOf: entry)) }
        continue
      }
      let key: Key
      switch Key.named(entry.key) {
      case .success(let known): key = known
      case .failure(let flaw):
        findings.append(file.finding(flaw, atKeyOf: entry))
        continue
      }
      if let flaw = key.flaw(of: entry.value) { findings.append(file.finding(flaw, atValueOf: entry)) }
      configuration.values[key] = entry.value
    }
    return (configuration, findings.sorted { ($0.line, $0.column) < ($1.line, $1.column) })
  }
}

extension Configuration.Key {
  /// The key that a word names.
  static func named(_ word: String) -> Result<Configuration.Key, SettingFlaw> {
    if let key = Configuration.Key(rawValue: word) { return .success(key) }
    if word == recipients { return .failure(.keptElsewhere) }
    return .failure(.unknown(word, among: allCases.map(\.rawValue)))
  }

  /// What it is, for a person.
  var meaning: String {
    switch self {
    case .store: "the store that is proposed, and meant where none is named"
    case .execRecord: "whether exec puts each start of a program on record: yes or no"
    case .askExchanges: "whether exchanges may be asked what a key can do: yes or never"
    case .openBaoAddress: "where the OpenBao or Vault server is"
    case .openBaoMount: "where its KV v2 engine is mounted"
    case .openBaoPrefix: "the path in the engine under which keys are kept"
    case .openBaoNamespace: "the server's namespace"
    case .openBaoAuthority: "a file of certificates to trust, besides the system's"
    case .openBaoToken: "where the token comes from: env:NAME, file:PATH or fd:N"
    }
  }

  /// What is taken where it is not set; nil if there is nothing.
  var usual: String? {
    switch self {
    case .store: StoreID.age
    case .execRecord: "no"
    case .openBaoMount: OpenBaoSettings.usualMount
    case .openBaoPrefix: OpenBaoSettings.usualPrefix
    default: nil
    }
  }

  /// Why a value can't stand there; nil if it can.
  func flaw(of value: String) -> SettingFlaw? {
    if self == .openBaoToken {
      guard let reference = SecretReference(value), !reference.holdsSecret else { return .literalToken }
      return nil
    }
    if looksLikeSecret(value) { return .secret }
    if value.isEmpty { return .empty }
    switch self {
    case .store: return StoreID.isKnown(value) ? nil : .noStore(value)
    case .execRecord: return ["yes", "no"].contains(value) ? nil : .notYesOrNo
    case .askExchanges: return ["yes", "never"].contains(value) ? nil : .notYesOrNever
    case .openBaoAddress: return OpenBaoSettings.isAddress(value) ? nil : .noAddress
    case .openBaoMount, .openBaoPrefix, .openBaoNamespace: return OpenBaoSettings.isPath(value) ? nil : .noPath
    case .openBaoAuthority: return value.hasPrefix("/") ? nil : .noFile
    case .openBaoToken: return nil
    }
  }
}

extension SecretReference {
  /// Whether the name of a variable looks like what should be in it.
  fileprivate var holdsSecret: Bool { if case .env(let name) = self { looksLikeSecret(name) } else { false } }
}
