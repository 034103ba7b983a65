import Battery
import Foundation
import Glibc
import HelperPrograms
import NetProtocol
import Outside
import SecretSearch
import Synchronization
import Testing

/// Where a secret is while the exchange has not answered yet: nowhere but where it is sent from.
@Suite(.beside) struct SecrecyTests {
  private static let key = "c0ffee17d3a94b5e8f26017bd9e4a35c"
  private static let secret = "9b1f7ce04d82a65f30e91c47b8d26fa513ce70a94d5b82f6e10739acd84be25f"
  private static let passphrase = "c4n4ryPassphrase-7w2q9z"

  @Test(
    arguments: [
      ("gate-io", "detail"), ("binance", "api-restrictions"), ("kraken", "key-info"), ("kucoin", "api-key"),
      ("okx", "config"), ("bybit", "query-api"), ("bitget", "classic"), ("mexc", "account"), ("htx", "uid"),
    ])
  func `Neither arguments nor environment nor memory has a secret that is a text`(
    _ exchange: String, _ request: String
  ) throws {
    let secret = exchange == "kraken" ? Data(Self.secret.utf8).base64EncodedString() : Self.secret
    let seen = try Seen(of: exchange, request, parts(exchange, key: Self.key, secret: secret, Self.passphrase))
    #expect(Traces(of: Self.key, secret, Self.passphrase).count(in: seen.visible) == 0)
    guard let memory = seen.memory else { return }
    #expect(Traces(of: Self.secret, secret).count(in: memory).found == 0)
    // That it would be found: the key goes to the server as it is, and so does a passphrase to OKX and Bitget.
    #expect(Traces(of: Self.key).count(in: memory).found > 0)
    let isPlain = exchange == "okx" || exchange == "bitget"
    #expect((Traces(of: Self.passphrase).count(in: memory).found > 0) == isPlain)
  }

  @Test(
    arguments: [
      ("gate-io", "detail"), ("kucoin", "api-key"), ("okx", "config"), ("bitget", "classic"), ("mexc", "account"),
      ("kraken", "key-info"),
    ])
  func `A process that waits for its next request has nothing of the last one`(
    _ exchange: String, _ request: String
  ) throws {
    let secret = exchange == "kraken" ? Data(Self.secret.utf8).base64EncodedString() : Self.secret
    let parts = parts(exchange, key: Self.key, secret: secret, Self.passphrase)
    guard let memory = try Seen(of: exchange, request, parts, isAnswered: true).memory else { return }
    #expect(Traces(of: Self.key, secret, Self.passphrase).count(in: memory).found == 0)
    // That it is the memory of one that was asked.
    #expect(memory.firstRange(of: Data("127.0.0.1".utf8)) != nil)
  }

  @Test func `Nor has it a private key, in any spelling of its lines or its number`() throws {
    guard let openssl = try OpenSSL() else { return }
    let rsa = try openssl.key("-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048")
    let ed25519 = try openssl.key("-algorithm", "ed25519")
    let raw = try #require(Data(base64Encoded: lines(ed25519).joined())).suffix(32)
    for (exchange, request, secret, number) in [
      ("binance", "api-restrictions", rsa, nil), ("bybit", "query-api", rsa, nil),
      ("binance", "api-restrictions", ed25519, raw), ("coinbase", "key-permissions", ed25519, raw),
      ("coinbase", "key-permissions", raw.base64EncodedString(), raw), ("coinbase", "key-permissions", fakePEM, nil),
    ] {
      let seen = try Seen(of: exchange, request, parts(exchange, key: Self.key, secret: secret, nil))
      // What stands at the beginning of every key of its kind tells nothing: the last lines are the key's own.
      let own = lines(secret).suffix(max(1, lines(secret).count - 2)).map { Array($0.utf8) }
      let traces = Traces(of: own + (number.map { [Array($0)] } ?? []))
      #expect(traces.count(in: seen.visible) == 0)
      guard let memory = seen.memory else { return }
      #expect(traces.count(in: memory).found == 0, "\(exchange)")
      #expect(Traces(of: String(Self.key.dropFirst())).count(in: memory).found > 0)
    }
  }

  // MARK: - Private

  private func lines(_ pem: String) -> [String] {
    pem.split(separator: "\n").map(String.init).filter { !$0.hasPrefix("-----") }
  }
}

/// What can be seen of the helper program while the exchange does not answer, or when it has.
private struct Seen {
  /// What every program of the same user sees: command line and environment.
  var visible: [UInt8]
  /// All of its memory that can be read, guarded pages too; nil where this user may not, after saying so.
  var memory: Data?

  init(of exchange: String, _ id: String, _ parts: [KeyRequest.Part], isAnswered: Bool = false) throws {
    // Under a name of its own, by which its process is found.
    let folder = try Folder()
    try install(copyOf: besideTests("keyusher-net"), at: folder.path("keyusher-net"))
    let server = StandIn { _ in isAnswered ? StandIn.openAnswer("200 OK", "{}") : .hang }
    var request = KeyRequest(exchange, "live", id)
    request.parts = parts
    request.base = try NetAddress(server.address)
    request.seconds = 60
    let program = NetProcesses(of: NetProgram(beside: folder.path("keyusher"), environment: [:]), keeping: 1)
    let ended = DispatchSemaphore(value: 0)
    Thread.detachNewThread { [request] in
      _ = try? program.ask(request)
      ended.signal()
    }
    if isAnswered { ended.wait() }
    while server.requests.isEmpty {
      try #require(ended.wait(timeout: .now() + .milliseconds(5)) == .timedOut, "it ended, and had asked nobody")
    }
    let process = try #require(Seen.process(of: folder.path("keyusher-net")))
    visible = ["cmdline", "environ"].flatMap { Seen.read("/proc/\(process)/\($0)") }
    memory = Seen.memory(of: process)
    kill(process, SIGKILL)
    if !isAnswered { ended.wait() }
  }

  // MARK: - Private

  private static func process(of path: String) -> pid_t? {
    let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc"))?.compactMap { pid_t($0) } ?? []
    return processes.first { read("/proc/\($0)/cmdline").starts(with: Array(path.utf8)) }
  }

  private static func read(_ path: String) -> [UInt8] {
    FileManager.default.contents(atPath: path).map { Array($0) } ?? []
  }

  private static func memory(of process: pid_t) -> Data? {
    let memory = open("/proc/\(process)/mem", O_RDONLY | O_CLOEXEC)
    guard memory >= 0 else {
      missing("root, who alone reads the memory of a program that guards itself,")
      return nil
    }
    defer { close(memory) }
    var whole = Data()
    for line in String(decoding: read("/proc/\(process)/maps"), as: UTF8.self).split(separator: "\n") {
      let words = line.split(separator: " ")
      let ends = words[0].split(separator: "-").compactMap { Int($0, radix: 16) }
      guard words[1].hasPrefix("rw"), ends.count == 2 else { continue }
      var bytes = [UInt8](repeating: 0, count: ends[1] - ends[0])
      let count = pread(memory, &bytes, bytes.count, off_t(ends[0]))
      if count > 0 { whole.append(contentsOf: bytes.prefix(count)) }
    }
    return whole
  }
}
