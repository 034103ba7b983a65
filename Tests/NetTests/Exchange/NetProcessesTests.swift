import Battery
import CustomDump
import Foundation
import Glibc
import HelperPrograms
import NetProtocol
import Outside
import Testing

/// Several requests by one process of `keyusher-net`, and when it has to be another.
@Suite(.beside) struct NetProcessesTests {
  /// Notes each start in a file, and then is the program itself.
  private static let counted = "echo $$ >> \"$here/started\"\nexec '\(besideTests("keyusher-net"))'"

  private let folder: Folder
  private let program: NetProgram
  private let processes: NetProcesses

  init() throws {
    folder = try Folder()
    program = NetProgram(beside: folder.path("keyusher"), environment: [:])
    processes = NetProcesses(of: program, keeping: 2)
  }

  /// Puts a script of the shell into the place of `keyusher-net`.
  private func play(_ script: String) throws {
    let say = "say() { cat > \"$here/said\"; wc -c < \"$here/said\"; cat \"$here/said\"; }"
    let words = "#!/bin/sh\nhere='\(folder.path(""))'\n\(say)\n\(script)\n"
    try install(words, at: folder.path("keyusher-net"))
  }

  private var started: [Substring] { String(decoding: folder.read("started"), as: UTF8.self).split(separator: "\n") }
  private var starts: Int { started.count }
  /// Whether the one that was started last is there, and not only waited for.
  private var isRunning: Bool {
    guard let last = started.last else { return false }
    let state = FileManager.default.contents(atPath: "/proc/\(last)/stat").map { String(decoding: $0, as: UTF8.self) }
    return state.map { !$0.contains(") Z ") } ?? false
  }

  // MARK: - One process

  @Test func `Requests to one server follow each other in one process and over one connection`() throws {
    try play(Self.counted)
    let server = StandIn { StandIn.openAnswer("200 OK", String($0.prefix { !$0.isNewline })) }
    var clock = KeyRequest("gate-io", "live", "clock")
    clock.base = try NetAddress(server.address)
    for _ in 0..<3 {
      #expect(try processes.ask(clock).reply?.body.text == "GET /api/v4/spot/time HTTP/1.1")
      let reply = try #require(try processes.ask(gateRequest(to: server.address)).reply)
      #expect(reply.body.text == "GET /api/v4/account/detail HTTP/1.1" && !reply.isProxied)
      #expect(reply.began > 0 && reply.began <= reply.ended && reply.ended <= now())
    }
    expectNoDifference([starts, server.connections, server.requests.count], [1, 1, 6])
  }

  @Test func `What must not be sent twice goes over a connection of its own`() throws {
    try play(Self.counted)
    let server = StandIn { _ in StandIn.openAnswer("200 OK", "{}") }
    var kraken = KeyRequest("kraken", "live", "key-info")
    kraken.parts = sampleParts(for: "kraken")
    kraken.base = try NetAddress(server.address)
    for _ in 0..<2 { #expect(try processes.ask(kraken).reply?.status == 200) }
    expectNoDifference([starts, server.connections], [1, 2])
  }

  @Test func `A failure of one request is none of the next`() throws {
    try play(Self.counted)
    let server = StandIn {
      $0.hasPrefix("GET /api/v4/account/detail")
        ? StandIn.openAnswer("200 OK", "{}") : .bytes("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{")
    }
    let request = try gateRequest(to: server.address)
    #expect(try processes.ask(request).reply?.status == 200)
    var cut = request
    cut.request = "main-keys"
    #expect(try processes.ask(cut).failure == .cutOff)
    var unbuilt = request
    unbuilt.parts.removeAll { $0.name == "secret" }
    #expect(try processes.ask(unbuilt).unbuilt == .part("secret", .missing))
    #expect(try processes.ask(request).reply?.status == 200)
    expectNoDifference(starts, 1)
  }

  // MARK: - Another process

  @Test func `No two exchanges, environments, servers, ways or kinds of rows share a process`() throws {
    try play(Self.counted)
    let (server, other) = (
      StandIn { _ in StandIn.openAnswer("200 OK", "{}") }, StandIn { _ in StandIn.openAnswer("200 OK", "{}") }
    )
    var known: [KeyRequest] = [try gateRequest(to: server.address)]
    for change: (inout KeyRequest) throws -> Void in [
      { $0.environment = "testnet" }, { $0.base = try NetAddress(other.address) },
      { $0.socket = "/nonexistent/socket" },
      { ($0.exchange, $0.row) = ("mine", .init("gate-v4", "GET", "api.example.com", "/v1/key")) },
      { ($0.exchange, $0.request) = ("mexc", "account") },
    ] {
      var request = try gateRequest(to: server.address)
      try change(&request)
      known.append(request)
    }
    let many = NetProcesses(of: program, keeping: known.count)
    for request in known { _ = try many.ask(request) }
    expectNoDifference(starts, known.count)
    for request in known { _ = try many.ask(request) }
    expectNoDifference(starts, known.count)
  }

  @Test func `A process that dies, or says what it should not, fails one request, and the next has another`() throws {
    let answer = "printf 'keyusher-net 1\\n200\\nhost a\\n\\n' | say"
    for (script, words) in [
      ("exit 3", "'keyusher-net' ended with status 3 and no answer that is known"),
      ("kill -9 $$", "'keyusher-net' ended with status 137 and no answer that is known"),
      ("echo nonsense; cat", "'keyusher-net' gave no answer that is known"),
      ("printf '4\\nkeyu'; cat", "'keyusher-net' gave no answer that is known"),
      ("echo 2000000; cat", "'keyusher-net' gave no answer that is known"),
      ("\(answer); \(answer); touch \"$here/odd\"; cat", nil), ("\(answer)", nil),
    ] as [(String, String?)] {
      try play(
        """
        echo $$ >> "$here/started"
        if [ "$(wc -l < "$here/started")" = 1 ]; then
        \(script)
        exit
        fi
        while read -r length && head -c "$length" > /dev/null; do printf 'keyusher-net 1\\n201\\nhost a\\n\\n' | say; done
        """)
      _ = try folder.write([], to: "started")
      let processes = NetProcesses(of: program, keeping: 2)
      let request = try gateRequest(to: nil)
      let first = Result { try processes.ask(request).reply?.status }
      // What follows its answer is there, or it is over.
      let files = FileManager.default
      if words == nil { while isRunning && !files.fileExists(atPath: folder.path("odd")) { poll(nil, 0, 10) } }
      try? files.removeItem(atPath: folder.path("odd"))
      #expect(try processes.ask(request).reply?.status == 201, "\(script)")
      #expect(try processes.ask(request).reply?.status == 201, "\(script)")
      expectNoDifference(starts, 2)
      if let words {
        #expect(throws: HelperError.failed(why: words)) { try first.get() }
      } else {
        #expect(try first.get() == 200)
      }
    }
  }

  @Test func `A process that can't read its request is ended, and the next request has another`() throws {
    func answer(_ words: String) -> String { "printf 'keyusher-net 1\\n\(words)\\n\\n' | say" }
    try play(
      """
      echo $$ >> "$here/started"
      if [ "$(wc -l < "$here/started")" = 1 ]; then \(answer("failed malformed")); cat; exit; fi
      read -r length && head -c "$length" > /dev/null; \(answer("failed refused")); cat
      """)
    #expect(try processes.ask(gateRequest(to: nil)).failure == .malformed)
    #expect(!isRunning)
    #expect(try processes.ask(gateRequest(to: nil)).failure == .refused)
    #expect(isRunning)
    expectNoDifference(starts, 2)
  }

  @Test func `One that does not answer in its time is ended`() throws {
    try play("echo $$ >> \"$here/started\"\nexec sleep 1000")
    #expect(throws: HelperError.timedOut(program: "keyusher-net", seconds: 6)) {
      try processes.ask(gateRequest(to: nil, seconds: 1))
    }
    #expect(!isRunning)
  }

  // MARK: - Its end

  @Test func `They end when they are no longer wanted`() throws {
    try play(Self.counted)
    let server = StandIn { _ in StandIn.openAnswer("200 OK", "{}") }
    #expect(try processes.ask(gateRequest(to: server.address)).reply?.status == 200)
    #expect(isRunning)
    processes.end()
    #expect(!isRunning)
  }

  @Test func `When nobody reads its answer any more it ends in the middle of a request`() throws {
    let server = StandIn { _ in .hang }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: besideTests("keyusher-net"))
    let (input, output) = (Pipe(), Pipe())
    (process.standardInput, process.standardOutput) = (input, output)
    try process.run()
    defer { process.terminate() }
    let text = try #require(try gateRequest(to: server.address, seconds: 600).written())
    input.fileHandleForWriting.write(Data("\(text.count)\n\(text.text)".utf8))
    while server.requests.isEmpty { poll(nil, 0, 10) }
    #expect(process.isRunning)
    try output.fileHandleForReading.close()
    let end = ContinuousClock.now + .seconds(30)
    while process.isRunning, ContinuousClock.now < end { poll(nil, 0, 10) }
    try #require(!process.isRunning)
    #expect(process.terminationReason == .exit && process.terminationStatus == 1)
    withExtendedLifetime(input) {}
  }
}
