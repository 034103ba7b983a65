import Battery
import CustomDump
import Foundation
import Outside
import SecretMemory
import Testing

@testable import Stores

/// The store against a real server.
@Suite(.beside, .counted(as: .contract)) struct OpenBaoStoreTests {
  @Test(arguments: StoreContract.cases) func `the openbao store keeps the contract`(_ contract: StoreContract) throws {
    guard let server = BaoServer.shared else { return }
    try contract.check(server.store(prefix: freshPrefix()))
  }

  @Test func `an entry is one string, byte for byte what every store holds`() throws {
    guard let server = BaoServer.shared else { return }
    let prefix = freshPrefix()
    try server.store(prefix: prefix).put(Samples.json, as: name)
    let answer =
      try JSONSerialization.jsonObject(
        with: Data(server.ask("GET", "secret/data/\(prefix)/\(name)").utf8)) as? [String: Any]
    let held = (answer?["data"] as? [String: Any])?["data"] as? [String: String]
    expectNoDifference(held?.keys.sorted(), ["keyusher"])
    #expect(Samples.bytes(try #require(held?["keyusher"])).constantTimeEquals(Samples.json))
  }

  @Test func `of many who put at once, one does`() async throws {
    guard let server = BaoServer.shared else { return }
    let (prefix, name) = (freshPrefix(), name)
    let won = try await withThrowingTaskGroup(of: Int?.self) { group in
      for number in 0..<6 {
        group.addTask {
          do {
            try server.store(prefix: prefix).put(Samples.bytes("entry \(number)"), as: name)
            return number
          } catch StoreError.taken(name) {
            return nil
          }
        }
      }
      return try await group.reduce(into: []) { won, number in won += number.map { [$0] } ?? [] }
    }
    #expect(won.count == 1)
    let kept = try server.store(prefix: prefix).get(name)
    #expect(kept.constantTimeEquals(Samples.bytes("entry \(won.first ?? -1)")))
  }

  @Test func `what was deleted the server's way is listed, not overwritten, and says how to bring it back`() throws {
    guard let server = BaoServer.shared else { return }
    let prefix = freshPrefix()
    let store = server.store(prefix: prefix)
    try store.put(Samples.json, as: name)
    try server.ask("DELETE", "secret/data/\(prefix)/\(name)")
    #expect(try store.names() == [name])
    #expect(throws: StoreError.taken(name)) { try store.put(Samples.other, as: name) }
    let why =
      "its newest version is deleted on the server; as long as that is not for good, this undoes it: bao kv undelete "
      + "-mount=secret -versions=1 \(prefix)/gate-io/bot"
    #expect(throws: StoreError.damaged(name, why: why)) { try store.get(name) }
    try server.ask("POST", "secret/undelete/\(prefix)/\(name)", #"{"versions":[1]}"#)
    #expect(try store.get(name).constantTimeEquals(Samples.json))
  }

  @Test func `a deletion leaves no version behind, whatever was deleted before`() throws {
    guard let server = BaoServer.shared else { return }
    let prefix = freshPrefix()
    let store = server.store(prefix: prefix)
    try store.put(Samples.json, as: name)
    try server.ask("DELETE", "secret/data/\(prefix)/\(name)")
    try store.delete(name)
    #expect(try server.ask("GET", "secret/metadata/\(prefix)/\(name)").contains(#""errors":[]"#))
    try store.put(Samples.other, as: name)
    #expect(try store.get(name).constantTimeEquals(Samples.other))
  }

  @Test func `what was replaced is in no older version either`() throws {
    guard let server = BaoServer.shared else { return }
    let prefix = freshPrefix()
    let store = server.store(prefix: prefix)
    let pending = try Samples.name("pending/7q4m.credential")
    try store.put(Samples.json, as: name)
    try store.put(Samples.other, as: pending)
    try store.rename(pending, to: name, replacing: true)
    let older = try server.ask("GET", "secret/data/\(prefix)/\(name)?version=1")
    #expect(older.contains(#""data":null"#) && older.contains(#""destroyed":true"#))
    #expect(try store.get(name).constantTimeEquals(Samples.other))
    try store.rename(name, to: name, replacing: true)
    #expect(try store.get(name).constantTimeEquals(Samples.other))
  }

  @Test func `entries of others are neither listed nor read`() throws {
    guard let server = BaoServer.shared else { return }
    let prefix = freshPrefix()
    let store = server.store(prefix: prefix)
    for path in ["Capital/x", "two words", "a/b/c/d/e/f/g", "gate-io/bot"] {
      try server.ask(
        "POST", "secret/data/\(prefix)/\(path.replacingOccurrences(of: " ", with: "%20"))", #"{"data":{"other":"x"}}"#)
    }
    #expect(try store.names() == [name])
    #expect(throws: StoreError.damaged(name, why: "it has no member 'keyusher', so it was written by something else")) {
      try store.get(name)
    }
  }

  @Test func `bytes that are no text are not stored`() throws {
    guard let server = BaoServer.shared else { return }
    let bytes = try SecretBytes(copying: [0xFF, 0xFE])
    #expect(throws: StoreError.unstorable(why: "it is not text in UTF-8")) {
      try server.store(prefix: freshPrefix()).put(bytes, as: name)
    }
  }

  @Test func `a token that may do this alone is enough, and one that may not destroy says so`() throws {
    guard let server = BaoServer.shared else { return }
    let prefix = freshPrefix()
    let pending = try Samples.name("pending/7q4m.credential")
    let lines = [
      #"path \"secret/data/\#(prefix)/*\" { capabilities = [\"create\", \"read\", \"update\"] }"#,
      #"path \"secret/metadata/\#(prefix)/*\" { capabilities = [\"read\", \"list\", \"delete\"] }"#,
      #"path \"secret/destroy/\#(prefix)/*\" { capabilities = [\"update\"] }"#,
    ]
    let custody = Custody(server.store(prefix: prefix, token: try token(on: server, policy: lines)))
    try custody.prove(with: Samples.name("probe/0a1b"), Samples.other)
    for bytes in [Samples.json, Samples.other] {
      _ = try custody.hold(bytes, as: pending)
      try custody.replace(name, with: pending)
      #expect(try custody.store.get(name).constantTimeEquals(bytes))
    }
    let weaker = Custody(server.store(prefix: prefix, token: try token(on: server, policy: lines.dropLast())))
    _ = try weaker.hold(Samples.long, as: pending)
    let error = #expect(throws: StoreError.self) { try weaker.replace(name, with: pending) }
    guard case .forbidden("openbao", let hint) = error else { return #expect(error == nil) }
    #expect(hint.contains("update on secret/destroy/\(prefix)/*"))
    #expect(try weaker.store.get(pending).constantTimeEquals(Samples.long))
  }

  @Test func `a server whose certificate a company signed is trusted by the company's file alone`() throws {
    let folder = try Folder()
    let port = StandIn.quietPort()
    guard
      let server = try? BaoServer(
        ["server"] + BaoServer.dev + [
          "-dev-listen-address=127.0.0.1:\(port)", "-dev-tls", "-dev-tls-cert-dir=\(folder.path(""))",
        ], listeningAt: "127.0.0.1:\(port)", scheme: "https")
    else { return }
    #expect(throws: StoreError.self) { try server.store().names() }
    let error = #expect(throws: StoreError.self) { try server.store().put(Samples.json, as: name) }
    #expect(error?.what.contains("its certificate is not one that this computer trusts") == true)
    let store = server.store(authorityFile: folder.path("vault-ca.pem"))
    try store.put(Samples.json, as: name)
    #expect(try store.get(name).constantTimeEquals(Samples.json))
    expectNoDifference(
      #expect(throws: StoreError.self) { try server.store(authorityFile: folder.path("none.pem")).get(name) },
      .unreachable(store: "openbao", why: "the certificates in '\(folder.path("none.pem"))' can't be read"))
  }
}

private let name = openBaoName

/// A folder on the server for one test.
private func freshPrefix() -> String { "test/\(UUID().uuidString)" }

/// A new token that may do what a policy allows, and nothing else.
private func token(on server: BaoServer, policy: some Sequence<String>) throws -> String {
  let name = "policy-\(UUID().uuidString)"
  try server.ask("PUT", "sys/policies/acl/\(name)", #"{"policy":"\#(policy.joined(separator: " "))"}"#)
  let answer = try JSONSerialization.jsonObject(
    with: Data(server.ask("POST", "auth/token/create", #"{"policies":["\#(name)"]}"#).utf8))
  let token = ((answer as? [String: Any])?["auth"] as? [String: Any])?["client_token"] as? String
  return try #require(token)
}
