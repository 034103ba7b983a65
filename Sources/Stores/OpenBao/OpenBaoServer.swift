import HelperPrograms
import NetProtocol
import SecretMemory
import Synchronization

/// The server behind `OpenBaoStore`: makes its requests, and tells what stands in their way apart.
///
/// What a server writes into its errors is looked at and never repeated.
final class OpenBaoServer: Sendable {
  /// The parts of the KV engine's address space.
  enum Part: String {
    case data, metadata, destroy
  }

  let settings: OpenBaoSettings
  private let net: NetProgram
  private let readToken: @Sendable () throws(StoreError) -> SecretBytes
  private let known = Mutex(Known())

  private struct Known {
    var token: SecretBytes?
    /// Whether the mount was seen to be a KV engine of the second version.
    var hasRightMount = false
  }

  init(
    settings: OpenBaoSettings, net: NetProgram, token: @escaping @Sendable () throws(StoreError) -> SecretBytes
  ) {
    self.settings = settings
    self.net = net
    readToken = token
  }

  /// Makes a request for an entry or a folder. Answers with what only the verb can judge: the statuses 2xx, 400 and 404.
  func ask(
    _ method: String, _ part: Part, _ path: String, _ body: SecretBytes? = nil
  ) throws(StoreError) -> OpenBaoAnswer {
    try checkMount()
    return try request(method, "\(settings.mount)/\(part.rawValue)/\(settings.prefix)/\(path)", body)
  }

  /// A JSON object, in guarded memory.
  func written(_ members: [(name: String, value: GuardedJSON.Value)]) throws(StoreError) -> SecretBytes? {
    try telling { try GuardedJSON.written(.object(members)) }
  }

  // MARK: - Private

  private static let sealStatus = "sys/seal-status"

  private func request(_ method: String, _ path: String, _ body: SecretBytes? = nil) throws(StoreError) -> OpenBaoAnswer
  {
    let server = try settings.checked()
    let address: NetAddress
    do throws(NetAddress.Fault) {
      address = try NetAddress("\(server)/v1/\(path)")
    } catch {
      throw .broken(store: OpenBaoSettings.store, why: "its address can't be made longer")
    }
    let asked = NetRequest(
      method, address, authorityFile: settings.authorityFile, headers: try headers(hasBody: body != nil), body: body)
    let answer = try telling(of: OpenBaoSettings.store) { try net.ask(asked) }
    switch answer {
    case .failed(let failure): throw error(failure, at: server)
    case .unbuilt: throw error(.unforeseen, at: server)
    case .answered(let reply):
      let answer = OpenBaoAnswer(status: reply.status, json: try? GuardedJSON(reading: reply.body))
      if let error = error(answer, reply.location) {
        // The server calls itself sealed too before anybody has initialised it.
        if case .locked = error, path != Self.sealStatus,
          let status = try? request("GET", Self.sealStatus), status.json?["initialized"]?.flag == false
        {
          throw .notSetUp(
            store: OpenBaoSettings.store, hint: "the server was never initialised: bao operator init")
        }
        throw error
      }
      return answer
    }
  }

  private func headers(hasBody: Bool) throws(StoreError) -> [NetRequest.Header] {
    let token = try token()
    return try telling {
      // Asked for by proxies that let nothing pass that a web page could have sent.
      var headers = [NetRequest.Header("X-Vault-Request", try SecretBytes(copying: "true".utf8))]
      headers.append(NetRequest.Header("X-Vault-Token", token))
      if let namespace = settings.namespace {
        headers.append(NetRequest.Header("X-Vault-Namespace", try SecretBytes(copying: namespace.utf8)))
      }
      if hasBody {
        headers.append(NetRequest.Header("Content-Type", try SecretBytes(copying: "application/json".utf8)))
      }
      return headers
    }
  }

  private func token() throws(StoreError) -> SecretBytes {
    if let token = known.withLock({ $0.token }) { return token }
    let token = try readToken()
    // Anything else would end the line it is sent on.
    guard token.withBytes({ !$0.isEmpty && $0.allSatisfy { (0x21...0x7E).contains($0) } }) else {
      throw .notSetUp(store: OpenBaoSettings.store, hint: "what '\(settings.token)' holds is no token")
    }
    known.withLock { $0.token = token }
    return token
  }

  /// Makes sure that the mount keeps versions: one of the first version would take a write as it comes, and overwrite.
  private func checkMount() throws(StoreError) {
    if known.withLock({ $0.hasRightMount }) { return }
    let mount = settings.mount
    let answer: OpenBaoAnswer
    do {
      answer = try request("GET", "sys/internal/ui/mounts/\(mount)")
    } catch {
      // A mount that is not there is forbidden too; who asks behind it is told.
      if case .forbidden = error { _ = try request("GET", "\(mount)/config") }
      throw error
    }
    try answer.expect(200)
    guard answer.json?["data"]?["type"]?.publicText == "kv" else {
      throw .notSetUp(
        store: OpenBaoSettings.store, hint: "its mount '\(mount)' is no KV engine: keyusher config set openbao.mount …")
    }
    guard answer.json?["data"]?["options"]?["version"]?.publicText == "2" else {
      throw .notSetUp(
        store: OpenBaoSettings.store,
        hint: "its mount '\(mount)' is a KV engine of the first version, which overwrites what is there: "
          + "bao kv enable-versioning \(mount)")
    }
    known.withLock { $0.hasRightMount = true }
  }
}
