import NetProtocol
import PlainText

/// Where an OpenBao or HashiCorp Vault server is, and where on it the entries lie.
///
/// | setting | configuration | variable | without |
/// |---|---|---|---|
/// | address | `openbao.address` | `BAO_ADDR`, `VAULT_ADDR` | the store is not set up |
/// | mount, of the KV engine's second version | `openbao.mount` | | `secret` |
/// | prefix, the folder on it | `openbao.prefix` | | `keyusher` |
/// | namespace | `openbao.namespace` | `BAO_NAMESPACE`, `VAULT_NAMESPACE` | none |
/// | file of certificates to trust | `openbao.authority` | `BAO_CACERT`, `VAULT_CACERT` | the system's |
/// | where the token is | `openbao.token` | `BAO_TOKEN`, `VAULT_TOKEN` | `file:~/.vault-token` |
///
/// The configuration comes before a variable, and a `BAO_` variable before its `VAULT_` twin. There is no setting that
/// switches the check of certificates off; `BAO_SKIP_VERIFY` and its twin are passed over.
public struct OpenBaoSettings: Equatable, Sendable {
  /// The id of the store.
  static let store = "openbao"
  /// The variables that are looked at, but for those of a token.
  public static let variables: Set<String> = [
    "BAO_ADDR", "VAULT_ADDR", "BAO_NAMESPACE", "VAULT_NAMESPACE", "BAO_CACERT", "VAULT_CACERT", "HTTPS_PROXY",
    "https_proxy", "NO_PROXY", "no_proxy",
  ]
  /// The variables that may hold a token: whoever finds them need only know that they are there.
  public static let tokenVariables = ["BAO_TOKEN", "VAULT_TOKEN"]

  /// The mount and the prefix that are taken where none is set.
  public static let usualMount = "secret"
  public static let usualPrefix = "keyusher"

  public var address: String?
  public var mount: String
  public var prefix: String
  public var namespace: String?
  public var authorityFile: String?
  /// Where the token is read from, as scripts write it: `env:NAME`, `file:PATH` or `fd:N`.
  public var token: String

  /// - Parameter environment: the variables of this process, for what the configuration does not say. A token there is
  ///   looked for, and not read.
  public init(
    address: String? = nil, mount: String? = nil, prefix: String? = nil, namespace: String? = nil,
    authorityFile: String? = nil, token: String? = nil, environment: [String: String]
  ) {
    func variable(_ name: String) -> String? {
      ["BAO_\(name)", "VAULT_\(name)"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
    }
    self.address = address ?? variable("ADDR")
    self.mount = mount ?? Self.usualMount
    self.prefix = prefix ?? Self.usualPrefix
    self.namespace = namespace ?? variable("NAMESPACE")
    self.authorityFile = authorityFile ?? variable("CACERT")
    let named = Self.tokenVariables.first { environment[$0, default: ""] != "" }
    self.token = token ?? named.map { "env:\($0)" } ?? "file:\(environment["HOME"] ?? "")/.vault-token"
  }

  /// The server's address, once all settings are such that a request can be made of them.
  ///
  /// - Throws: `notSetUp`, with what to set.
  func checked() throws(StoreError) -> NetAddress {
    guard let address else {
      throw Self.wanting("name its server: keyusher config set openbao.address https://HOST:8200")
    }
    for (name, value) in [("mount", mount), ("prefix", prefix), ("namespace", namespace ?? "root")] {
      guard Self.isPath(value) else {
        throw Self.wanting("openbao.\(name) must be words of letters, digits, '.', '_' and '-', with '/' between them")
      }
    }
    do throws(NetAddress.Fault) {
      return try Self.serverAddress(address)
    } catch {
      throw Self.wanting(
        error == .plain
          ? "http would send the token in plain text, and is taken to this computer alone: use https://"
          : "the address must be https://HOST, with a port if it has one: keyusher config set openbao.address …")
    }
  }

  /// Whether a text can be the address of a server.
  public static func isAddress(_ text: String) -> Bool { (try? serverAddress(text)) != nil }

  /// Whether a text can be a mount, a prefix or a namespace.
  public static func isPath(_ text: String) -> Bool {
    text.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { word in
      !word.isEmpty && word != "." && word != ".." && word.utf8.areWord(with: "._-")
    }
  }

  // MARK: - Private

  /// An address behind which paths can be put.
  private static func serverAddress(_ text: String) throws(NetAddress.Fault) -> NetAddress {
    guard !text.contains("?") else { throw .malformed }
    return try NetAddress(text)
  }

  private static func wanting(_ hint: String) -> StoreError { .notSetUp(store: store, hint: hint) }
}
