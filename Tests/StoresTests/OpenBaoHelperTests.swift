import Battery
import CustomDump
import Foundation
import HelperPrograms
import NetProtocol
import Outside
import SecretMemory
import Synchronization
import Testing

@testable import Stores

/// `keyusher-net`: how it is found, what it is told, and what it refuses by itself.
@Suite(.beside) struct OpenBaoHelperTests {
  // MARK: - Found

  @Test func `it is found beside the program, then in libexec, and never through PATH`() throws {
    let folder = try Folder()
    for place in ["bin", "libexec", "path"] {
      try FileManager.default.createDirectory(at: folder.url(place), withIntermediateDirectories: false)
    }
    let environment = ["PATH": folder.path("path")]
    let program = NetProgram(beside: folder.path("bin/keyusher"), environment: environment)
    try install(saying("keyusher-net 1\n201\nhost a\n\n"), at: folder.url("path/keyusher-net"))
    #expect(
      throws: StoreError.notSetUp(
        store: "openbao",
        hint: "install 'keyusher-net' with keyusher: it belongs in \(folder.path("bin")) or \(folder.path("libexec"))")
    ) { try status(program) }
    try install(saying("keyusher-net 1\n202\nhost a\n\n"), at: folder.url("libexec/keyusher-net"))
    #expect(try status(program) == 202)
    try install(saying("keyusher-net 1\n203\nhost a\n\n"), at: folder.url("bin/keyusher-net"))
    #expect(try status(program) == 203)
  }

  @Test func `it is not run where others could have put another in its place`() throws {
    let folder = try Folder()
    let path = folder.path("keyusher-net")
    try install(saying("keyusher-net 1\n200\nhost a\n\n"), at: folder.url("keyusher-net"))
    let program = NetProgram(beside: folder.path("keyusher"), environment: [:])
    #expect(try status(program) == 200)
    for (place, mode) in [(path, 0o775), (path, 0o757), (folder.path(""), 0o777)] {
      let before = try FileManager.default.attributesOfItem(atPath: place)[.posixPermissions]
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: place)
      let error = #expect(throws: StoreError.self) { try status(program) }
      guard case .unsafeProgram(path, _) = error else { return #expect(error == nil) }
      try FileManager.default.setAttributes([.posixPermissions: before ?? 0o700], ofItemAtPath: place)
    }
  }

  @Test func `a program that is not the helper is called broken`() throws {
    let folder = try Folder()
    let ends: [(String, Int?)] = [
      ("true", 0), ("exit 3", 3), ("kill -9 $$", 137), ("printf '27\nkeyusher-net 1\n200\nhost a\n'", 0),
      (saying("keyusher-net 2\n200\n\n"), nil), (saying("keyusher-net 1\nfailed never-heard\n\n"), nil),
      (saying("keyusher-net 1\n99\n\n"), nil), ("printf 'keyusher-net 1\n200\nhost a\n\n'", nil),
      ("printf '65537\n'; sleep 1000", nil), ("printf '027\nkeyusher-net 1\n200\nhost a\n\n'", nil),
    ]
    for (script, status) in ends {
      try install(script, at: folder.url("keyusher-net"))
      let what = status.map { "ended with status \($0) and" } ?? "gave"
      #expect(
        throws: StoreError.broken(store: "openbao", why: "'keyusher-net' \(what) no answer that is known")
      ) { try self.status(NetProgram(beside: folder.path("keyusher"), environment: [:])) }
    }
  }

  // MARK: - Told

  @Test func `it gets the token and the entry by pipe alone`() throws {
    guard let server = BaoServer.shared else { return }
    let folder = try Folder()
    let seen = folder.path("seen")
    try install(
      "{ echo \"$#\"; tr '\\0' '\\n' </proc/$$/environ; } >>'\(seen)'; exec '\(besideTests("keyusher-net"))'",
      at: folder.url("keyusher-net"))
    let environment = [
      "BAO_TOKEN": BaoServer.rootToken, "VAULT_TOKEN": "x", "HOME": "/home/eve", "HTTPS_PROXY": "http://127.0.0.1:1",
      "http_proxy": "http://127.0.0.1:1", "all_proxy": "http://127.0.0.1:1", "LD_PRELOAD": "/x", "no_proxy": "a",
    ]
    let store = OpenBaoStore(
      settings: OpenBaoSettings(
        address: server.address, prefix: "piped/\(UUID().uuidString)", environment: environment),
      net: NetProgram(beside: folder.path("keyusher"), environment: environment),
      token: { Samples.bytes(BaoServer.rootToken) })
    let name = try Samples.name("gate-io/bot")
    try store.put(Samples.json, as: name)
    #expect(try store.get(name).constantTimeEquals(Samples.json))
    let once = "0\nHTTPS_PROXY=http://127.0.0.1:1\nno_proxy=a\n"
    expectNoDifference(String(decoding: folder.read("seen"), as: UTF8.self), once + once + once)
  }

  @Test func `the token is read once, when it is first needed`() throws {
    let server = StandIn.engine(StandIn.answer("404 Not Found", #"{"errors":[]}"#))
    let reads = Reads()
    let store = OpenBaoStore(
      settings: OpenBaoSettings(address: server.address, environment: [:]), net: net(),
      token: {
        reads.count.withLock { $0 += 1 }
        return Samples.bytes("s.token")
      })
    #expect(store.condition().readiness == .ready)
    #expect(reads.count.withLock { $0 } == 0)
    for _ in 0..<2 { #expect(try store.names() == []) }
    #expect(reads.count.withLock { $0 } == 1)
  }

  // MARK: - Refused by itself

  @Test(arguments: [
    "", "keyusher-net 1", "keyusher-net 1\n\n", "keyusher-net 2\nGET http://127.0.0.1/\n\n",
    "keyusher-net 1\nGET http://192.0.2.1/\n\n", "keyusher-net 1\nGET file:///etc/passwd\n\n",
    "keyusher-net 1\nGET  http://127.0.0.1/\n\n", "keyusher-net 1\nget http://127.0.0.1/\n\n",
    "keyusher-net 1\nGET http://127.0.0.1/\nNo colon\n\n", "keyusher-net 1\nGET http://127.0.0.1/\nA: b\r\n\n",
    "keyusher-net 1\nGET http://127.0.0.1/\nseconds 0\n\n", "keyusher-net 1\nGET http://127.0.0.1/\nA: b\n",
    "keyusher-net 1\nGET http://127.0.0.1/ x\n\n", "\u{0}",
  ]) func `what is no request is refused without a connection`(_ request: String) throws {
    guard let strace = tool("strace") else { return }
    let folder = try Folder()
    let (bytes, status) = try output(
      of: strace, ["-f", "-qq", "-o", folder.path("log"), "-e", "trace=network", besideTests("keyusher-net")],
      input: Array(framed(request).utf8))
    #expect(String(decoding: bytes, as: UTF8.self) == malformed)
    #expect(status == 0)
    #expect(!String(decoding: folder.read("log"), as: UTF8.self).contains("connect("))
  }

  @Test func `a request that is too long is refused`() throws {
    let head = "keyusher-net 1\nPOST http://127.0.0.1/\n\n"
    let text = head + String(repeating: "a", count: NetRequest.most + 1 - head.utf8.count)
    let (bytes, _) = try output(of: besideTests("keyusher-net"), [], input: Array(framed(text).utf8))
    #expect(String(decoding: bytes, as: UTF8.self) == malformed)
  }

  @Test func `one request after the other is answered, until what comes is none or the end`() throws {
    let request = framed("keyusher-net 1\nGET http://127.0.0.1:\(StandIn.quietPort())/\n\n")
    let refused = framed("keyusher-net 1\nfailed refused\n\n")
    for (input, answers) in [
      ("", ""), (request, refused), (request + framed("x") + request, refused + malformed + refused),
      (request + "\n" + request, refused + malformed), (request + "0" + request, refused + malformed),
      (request + "-1\n" + request, refused + malformed), (request + "5", refused + malformed),
      (request + request.dropLast(), refused + malformed),
    ] {
      let (bytes, status) = try output(of: besideTests("keyusher-net"), [], input: Array(input.utf8))
      #expect(String(decoding: bytes, as: UTF8.self) == answers, "\(input)")
      #expect(status == 0)
    }
  }

  @Test func `it starts no other program and can't be looked into`() throws {
    guard let strace = tool("strace"), let server = BaoServer.shared else { return }
    let folder = try Folder()
    let request =
      "keyusher-net 1\nGET \(server.address)/v1/sys/health\nX-Vault-Token: \(BaoServer.rootToken)\n\n"
    _ = try output(
      of: strace,
      [
        "-f", "-qq", "-v", "-s", "65536", "-o", folder.path("log"), "-e", "trace=execve,prctl,prlimit64,setrlimit,read",
        besideTests("keyusher-net"),
      ], input: Array(framed(request).utf8))
    let log = String(decoding: folder.read("log"), as: UTF8.self).components(separatedBy: "\n")
    let executions = log.filter { $0.contains("execve(") }
    #expect(executions.count == 1 && !executions[0].contains(BaoServer.rootToken))
    func first(_ text: String) -> Int { log.firstIndex { $0.contains(text) } ?? .max }
    #expect(first("PR_SET_DUMPABLE, SUID_DUMP_DISABLE") < first("read(0, "))
    #expect(first("RLIMIT_CORE, {rlim_cur=0") < first("read(0, "))
    #expect(first("read(0, ") < .max)
    // Root sees through it.
    if getuid() != 0 { #expect(first(BaoServer.rootToken) == .max) }
  }

  // MARK: - Written and read

  @Test func `a request is read as it was written`() throws {
    let request = NetRequest(
      "POST", try NetAddress("https://vault.example.com:8200/v1/secret/data/a?list=true"),
      authorityFile: "/etc/a b.pem",
      headers: [.init("X-Vault-Token", Samples.bytes("s.t: k")), .init("X-Empty", Samples.bytes(""))],
      body: Samples.bytes("{\"a\":\n\n\"b\"}"))
    let text = try #require(try request.written())
    let read = try #require(try NetRequest(reading: text))
    #expect(read.method == "POST")
    #expect(read.address == request.address)
    #expect(read.authorityFile == "/etc/a b.pem")
    #expect(read.seconds == 8)
    expectNoDifference(read.headers.map(\.name), ["X-Vault-Token", "X-Empty"])
    #expect(read.headers[0].value.constantTimeEquals(Samples.bytes("s.t: k")))
    #expect(read.headers[1].value.isEmpty)
    #expect(read.body?.constantTimeEquals(Samples.bytes("{\"a\":\n\n\"b\"}")) == true)
  }

  @Test func `what would end its line is not written`() throws {
    let address = try NetAddress("https://vault.example.com")
    let evil = Samples.bytes("x\nX-Evil: y")
    #expect(try NetRequest("GET", address, headers: [.init("X-A", evil)]).written() == nil)
    #expect(try NetRequest("GET", address, headers: [.init("X-A: b\nX", Samples.bytes("x"))]).written() == nil)
    #expect(try NetRequest("GET", address, authorityFile: "/a\nX-Evil: y").written() == nil)
    #expect(try NetRequest("GET /\n", address).written() == nil)
  }

  @Test(
    "What would not be written is not read either",
    arguments: [
      "authority /a\u{1B}b", "authority /a\rX-Evil: y", "seconds 0", "seconds 601", "X-A: \u{7F}", "X A: b", "X-A:b",
    ])
  func unread(line: String) throws {
    let head = "\(NetRequest.firstLine)\nGET https://vault.example.com\n"
    #expect(try NetRequest(reading: Samples.bytes("\(head)\n")) != nil)
    #expect(try NetRequest(reading: Samples.bytes("\(head)\(line)\n\n")) == nil)
  }

  // MARK: - Private

  private func framed(_ text: String) -> String { "\(text.utf8.count)\n\(text)" }

  private var malformed: String { framed("keyusher-net 1\nfailed malformed\n\n") }

  private func saying(_ answer: String) -> String { "printf '\(framed(answer))'" }

  private func install(_ script: String, at place: URL) throws {
    try Outside.install("#!/bin/sh\n\(script)\n", at: place.path)
  }

  private func status(_ program: NetProgram) throws -> Int? {
    let request = NetRequest("GET", try NetAddress("https://vault.example.com"))
    guard case .answered(let reply) = try telling(of: "openbao", { try program.ask(request) }) else { return nil }
    return reply.status
  }
}

private final class Reads: Sendable {
  let count = Mutex(0)
}
