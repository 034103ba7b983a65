import Battery
import CustomDump
import Foundation
import Outside
import SecretMemory
import Testing

@testable import Stores

/// What stands between a person and the server, told apart.
@Suite(.beside) struct OpenBaoErrorTests {
  // MARK: - A real server

  @Test func `a token that does not hold is told from a missing entry`() throws {
    guard let server = BaoServer.shared else { return }
    let store = server.store(token: "s.wrongTokenThatNobodyGave")
    for verb in openBaoVerbs {
      let error = #expect(throws: StoreError.self) { try verb(store) }
      guard case .forbidden("openbao", let hint) = error else { return #expect(error == nil) }
      #expect(hint.contains("bao token lookup") && hint.contains("secret/data/keyusher/*"))
      #expect(!(error?.description.contains("wrongToken") ?? false))
    }
  }

  @Test func `a mount that is not there is named`() throws {
    guard let server = BaoServer.shared else { return }
    for verb in openBaoVerbs {
      #expect(
        throws: StoreError.notSetUp(
          store: "openbao", hint: "there is no mount 'none': bao secrets enable -path=none -version=2 kv")
      ) { try verb(server.store(mount: "none")) }
    }
  }

  @Test func `a mount that overwrites is not written to`() throws {
    guard let server = BaoServer.shared else { return }
    try server.ask("POST", "sys/mounts/old", #"{"type":"kv","options":{"version":"1"}}"#)
    for verb in openBaoVerbs {
      #expect(
        throws: StoreError.notSetUp(
          store: "openbao",
          hint: "its mount 'old' is a KV engine of the first version, which overwrites what is there: "
            + "bao kv enable-versioning old")
      ) { try verb(server.store(mount: "old")) }
    }
    #expect(try server.ask("GET", "old/data?list=true").contains(#""errors":[]"#))
    #expect(
      throws: StoreError.notSetUp(
        store: "openbao", hint: "its mount 'cubbyhole' is no KV engine: keyusher config set openbao.mount …")
    ) { try server.store(mount: "cubbyhole").names() }
  }

  @Test func `a namespace that is not there is named`() throws {
    guard let server = BaoServer.shared else { return }
    #expect(throws: StoreError.notSetUp(store: "openbao", hint: "there is no namespace 'team'")) {
      try server.store(namespace: "team").names()
    }
  }

  @Test func `entries of a namespace are that namespace's alone`() throws {
    guard let server = BaoServer.shared else { return }
    try server.ask("POST", "sys/namespaces/trading")
    let curl = try #require(tool("curl"))
    _ = try output(
      of: curl,
      [
        "-sS", "-X", "POST", "-H", "X-Vault-Token: \(BaoServer.rootToken)", "-H", "X-Vault-Namespace: trading", "-d",
        #"{"type":"kv","options":{"version":"2"}}"#, "\(server.address)/v1/sys/mounts/secret",
      ])
    let prefix = "namespaced-\(UUID().uuidString)"
    let store = server.store(prefix: prefix, namespace: "trading")
    try store.put(Samples.json, as: name)
    #expect(try store.names() == [name])
    #expect(try server.store(prefix: prefix).names() == [])
  }

  @Test func `a sealed server is locked, not gone`() throws {
    guard let server = try? BaoServer() else { return }
    try server.ask("PUT", "sys/seal")
    for verb in openBaoVerbs {
      #expect(
        throws: StoreError.locked(
          store: "openbao", hint: "the server is sealed; who holds its keys unseals it: bao operator unseal")
      ) { try verb(server.store()) }
    }
  }

  @Test func `a server that nobody initialised is told from a sealed one`() throws {
    let folder = try Folder()
    let place = "127.\(Int.random(in: 1..<255)).7.\(Int.random(in: 1..<255)):8200"
    let file = try folder.write(
      Array(
        """
        storage "inmem" {}
        disable_mlock = true
        api_addr = "http://\(place)"
        listener "tcp" {
          address = "\(place)"
          tls_disable = true
        }
        """.utf8), to: "server.hcl")
    guard let server = try? BaoServer(["server", "-config=\(file)"], listeningAt: place) else { return }
    #expect(
      throws: StoreError.notSetUp(store: "openbao", hint: "the server was never initialised: bao operator init")
    ) { try server.store().names() }
  }

  // MARK: - No server

  @Test func `nobody at the address, and a name that nobody has, are unreachable`() throws {
    let port = StandIn.quietPort()
    // Too long for a name, so that no name server is asked.
    let nobody = String(repeating: "a", count: 64)
    for (address, why) in [
      ("http://127.0.0.1:\(port)", "nobody answers at http://127.0.0.1:\(port)"),
      ("http://localhost:\(port)/", "nobody answers at http://localhost:\(port)"),
      ("https://[::1]:\(port)/vault", "nobody answers at https://[::1]:\(port)"),
      ("https://\(nobody):8200", "the name '\(nobody)' is not known"),
    ] {
      for verb in openBaoVerbs {
        #expect(throws: StoreError.unreachable(store: "openbao", why: why)) { try verb(openBaoStore(at: address)) }
      }
    }
  }

  // MARK: - A server that is not one, or is no friend

  @Test(arguments: hostile) func `a hostile server gets nothing shown, kept or waited for`(_ hostile: Hostile) throws {
    let server = StandIn.engine(hostile.behaviour)
    for verb in openBaoVerbs {
      let error = #expect(throws: StoreError.self, "\(hostile.name)") {
        try verb(server.store(seconds: hostile.patience))
      }
      expectNoDifference(error, hostile.error.replacingPort(server.port), hostile.name)
    }
  }

  @Test func `folders in folders without an end are left, after so many or so long`() throws {
    let server = StandIn.engine(StandIn.answer("200 OK", #"{"data":{"keys":["a/","b/","c"]}}"#))
    func error(of change: (inout OpenBaoStore) -> Void) -> StoreError? {
      var store = server.store()
      change(&store)
      let listing = store
      return #expect(throws: StoreError.self) { try listing.names() }
    }
    func left(_ what: String) -> StoreError {
      .broken(
        store: "openbao",
        why:
          "it lists \(what) in secret/keyusher, and was asked no further; if that is not where the keys are: keyusher "
          + "config set openbao.prefix …")
    }
    // No name of ours has more words than five: what lies deeper is not even asked for.
    let whole = try server.store().names()
    #expect(whole.count < 63)
    let before = server.requests.count
    expectNoDifference(error { $0.mostFolders = 7 }, left("more than 7 folders"))
    expectNoDifference(server.requests.count - before, 8)
    expectNoDifference(
      error { $0.listingPatience = .zero }, left("so much that 0 seconds were not enough"))
  }

  @Test func `a redirect is told and not followed`() throws {
    let other = StandIn { _ in StandIn.answer("200 OK", "{}") }
    let address = other.address
    let server = StandIn { _ in StandIn.answer("307 Temporary Redirect", "", "Location: \(address)/v1/x") }
    for verb in openBaoVerbs {
      #expect(
        throws: StoreError.unreachable(
          store: "openbao",
          why: "it sends on to \(address), where the token is not sent; if that is the right place, make it the address"
        )
      ) { try verb(server.store()) }
    }
    #expect(other.requests == [])
  }

  @Test func `a request says who asks, for which namespace, and nothing else`() throws {
    let server = StandIn.engine(StandIn.answer("404 Not Found", #"{"errors":[]}"#))
    #expect(throws: StoreError.missing(name)) { try server.store(namespace: "team/a").get(name) }
    func head(_ path: String) -> String {
      [
        "GET /v1/\(path) HTTP/1.1", "Host: 127.0.0.1:\(server.port)", "Accept: */*", "X-Vault-Request: true",
        "X-Vault-Token: \(BaoServer.rootToken)", "X-Vault-Namespace: team/a", "", "",
      ].joined(separator: "\r\n")
    }
    expectNoDifference(
      server.requests, [head("sys/internal/ui/mounts/secret"), head("secret/data/keyusher/gate-io/bot")])
  }
}

/// One way to be no friend, and what is said of it.
struct Hostile: Sendable, CustomTestStringConvertible {
  let name: String
  let behaviour: StandIn.Behaviour
  let error: StoreError

  var testDescription: String { name }

  /// One second where it is to be given up on, and for the others more than they can need on a busy computer.
  var patience: Int { if case .hang = behaviour { 1 } else { 60 } }
}

private let hostile = [
  Hostile(
    name: "says nothing", behaviour: .hang,
    error: .unreachable(store: "openbao", why: "there was no answer from http://127.0.0.1:PORT in time")),
  Hostile(
    name: "never ends its body", behaviour: .endless("HTTP/1.1 200 OK\r\n\r\n", "a"),
    error: .broken(store: "openbao", why: "its answer is longer than 61440 bytes, and was not read")),
  Hostile(
    name: "announces 1 GB",
    behaviour: .endless("HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n", #"{"a":"#),
    error: .broken(store: "openbao", why: "its answer is longer than 61440 bytes, and was not read")),
  Hostile(
    name: "never ends its headers", behaviour: .endless("HTTP/1.1 200 OK\r\n", "X-A: aaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n"),
    error: .broken(store: "openbao", why: "its answer is longer than 61440 bytes, and was not read")),
  Hostile(
    name: "gives half a JSON", behaviour: StandIn.answer("200 OK", #"{"data":{"data":{"keyus"#),
    error: .broken(store: "openbao", why: "it gave an answer that is not foreseen, of status 200")),
  Hostile(
    name: "closes in the middle", behaviour: .bytes("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"data\""),
    error: .unreachable(store: "openbao", why: "the connection ended before the answer did")),
  Hostile(
    name: "closes at once", behaviour: .bytes(""),
    error: .unreachable(store: "openbao", why: "the connection ended before the answer did")),
  Hostile(
    name: "is no web server", behaviour: .bytes("220 mail.example.com ESMTP\r\n"),
    error: .unreachable(
      store: "openbao", why: "what answers at http://127.0.0.1:PORT is no web server")),
  Hostile(
    name: "writes to the terminal",
    behaviour: StandIn.answer(
      "400 \u{1B}[2J", #"{"errors":["\u001b]52;c;ZXZpbA==\u0007 it is \u202eyour token"]}"#),
    error: .broken(store: "openbao", why: "it gave an answer that is not foreseen, of status 400")),
  Hostile(
    name: "sends on with escapes", behaviour: StandIn.answer("302 Found", "", "Location: https://\u{1B}[2J.example"),
    error: .unreachable(
      store: "openbao",
      why: "it sends on to another place, where the token is not sent; if that is the right place, make it the address")
  ),
  Hostile(
    name: "is another web server", behaviour: StandIn.answer("404 Not Found", "<html>"),
    error: .unreachable(store: "openbao", why: "what answers there is neither OpenBao nor Vault")),
  Hostile(
    name: "wants TLS",
    behaviour: StandIn.answer("400 Bad Request", "Client sent an HTTP request to an HTTPS server.\n"),
    error: .unreachable(store: "openbao", why: "what answers there may want https")),
  Hostile(
    name: "is a proxy without a server", behaviour: StandIn.answer("502 Bad Gateway", "<html>"),
    error: .unreachable(store: "openbao", why: "the server says that it can't answer now (status 502)")),
  Hostile(
    name: "is a standby with nobody active",
    behaviour: StandIn.answer(
      "500 Internal Server Error", #"{"errors":["local node not active but active cluster node not found"]}"#),
    error: .unreachable(store: "openbao", why: "the server says that it can't answer now (status 500)")),
]

private let name = openBaoName

extension StoreError {
  fileprivate func replacingPort(_ port: UInt16) -> StoreError {
    guard case .unreachable(let store, let why) = self else { return self }
    return .unreachable(store: store, why: why.replacingOccurrences(of: "PORT", with: "\(port)"))
  }
}
