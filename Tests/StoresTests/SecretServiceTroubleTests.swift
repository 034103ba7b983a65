import Battery
import CustomDump
import Foundation
import Outside
import SecretMemory
import Testing

@testable import Stores

@Suite(.serialized, .beside) struct SecretServiceTroubleTests {
  @Test func `no bus is told from a bus that does not answer`() throws {
    guard tool("gdbus") != nil, tool("secret-tool") != nil else { return }
    let home = try Folder()
    let none = [
      "HOME": home.path(""), "PATH": "/usr/bin:/bin", "XDG_RUNTIME_DIR": home.path(""), "DISPLAY": ":nowhere",
    ]
    for (environment, why) in [
      (none, "there is no session bus here: DBUS_SESSION_BUS_ADDRESS is not set"),
      (
        none.merging(["DBUS_SESSION_BUS_ADDRESS": "unix:path=\(home.path("gone"))"]) { $1 },
        "the session bus of DBUS_SESSION_BUS_ADDRESS does not answer"
      ),
    ] {
      expectUnusable(SecretServiceStore(environment: environment), .unreachable(store: "secret-service", why: why))
    }
  }

  @Test func `a bus without a keyring program is called that`() throws {
    guard let session = try SecretServiceSession(.none) else { return }
    expectUnusable(
      session.store,
      .unreachable(
        store: "secret-service",
        why: "no keyring program is on the session bus; gnome-keyring, KWallet and KeePassXC are such programs"))
  }

  @Test(arguments: [("gdbus", "libglib2.0-bin"), ("secret-tool", "libsecret-tools")])
  func `a program that is missing is named, with the package that brings it`(_ missing: String, _ package: String)
    throws
  {
    guard let session = try SecretServiceSession() else { return }
    let folder = try Folder()
    for name in ["gdbus", "secret-tool"] where name != missing {
      try FileManager.default.createSymbolicLink(atPath: folder.path(name), withDestinationPath: "/usr/bin/\(name)")
    }
    let store = SecretServiceStore(environment: session.environment.merging(["PATH": folder.path("")]) { $1 })
    let error = StoreError.notInstalled(store: "secret-service", program: missing)
    #expect(store.condition().readiness == .unusable(error))
    #expect(throws: error) { try store.put(Samples.json, as: Samples.name("gate-io/bot")) }
    #expect(error.hint == "install it, for example: sudo apt-get install \(package)")
  }

  @Test(
    arguments: [
      ("echo '(@ao [], @ao []'", .broken(store: "secret-service", why: "its answer to 'SearchItems' can't be read")),
      ("echo \"(['-x'], @ao [])\"", .broken(store: "secret-service", why: "its answer to 'SearchItems' can't be read")),
      ("printf '\\377'", .broken(store: "secret-service", why: "its answer to 'SearchItems' can't be read")),
      ("exit 3", .broken(store: "secret-service", why: "'gdbus' ended with status 3")),
      ("kill -9 $$", .broken(store: "secret-service", why: "'gdbus' ended with status 137")),
      ("exec head -c 70000 /dev/zero", .broken(store: "secret-service", why: "'gdbus' printed more than 65536 bytes")),
      ("exec tail -f /dev/null", .timedOut(program: "gdbus", seconds: 1)),
      (
        "echo 'Error: GDBus.Error:org.x.Bad\u{1B}[2J: \u{1B}' >&2; exit 1",
        .broken(store: "secret-service", why: "it answered org.x.Bad")
      ),
      (
        "echo 'Error: GDBus.Error:org.freedesktop.DBus.Error.Spawn.ChildExited: no' >&2; exit 1",
        .unreachable(
          store: "secret-service", why: "its program can't be started (org.freedesktop.DBus.Error.Spawn.ChildExited)")
      ),
    ] as [(String, StoreError)])
  func `a helper that does what is not foreseen is stopped and named`(_ script: String, _ error: StoreError) throws {
    guard tool("secret-tool") != nil else { return }
    let folder = try Folder()
    try program("gdbus", script, in: folder)
    let store = SecretServiceStore(
      environment: ["PATH": "\(folder.path("")):/usr/bin:/bin", "DBUS_SESSION_BUS_ADDRESS": "unix:path=/none"],
      // One second where it is to be given up on, and for the others more than they can need on a busy computer.
      patience: error == .timedOut(program: "gdbus", seconds: 1) ? 1 : 120)
    #expect(throws: error) { try store.get(Samples.name("gate-io/bot")) }
  }

  @Test func `what the helper gives back is compared with what was written`() throws {
    guard let session = try SecretServiceSession() else { return }
    let folder = try Folder()
    try program("secret-tool", "case $1 in lookup) echo other;; *) exec /usr/bin/secret-tool \"$@\";; esac", in: folder)
    let store = SecretServiceStore(
      environment: session.environment.merging(["PATH": "\(folder.path("")):/usr/bin:/bin"]) { $1 })
    let (name, other) = (try Samples.name("gate-io/bot"), try Samples.name("gate-io/other"))
    #expect(throws: StoreError.differs(name)) { try store.put(Samples.json, as: name) }
    #expect(throws: StoreError.taken(other)) {
      try session.store.put(Samples.json, as: other)
      try store.rename(name, to: other, replacing: false)
    }
    #expect(try session.store.names() == [name, other])
  }

  @Test func `a helper that fails after the check loses nothing`() throws {
    guard let session = try SecretServiceSession() else { return }
    let folder = try Folder()
    let name = try Samples.name("gate-io/bot")
    try session.store.put(Samples.json, as: name)
    for verb in ["lookup", "store", "clear"] {
      try program("secret-tool", "case $1 in \(verb)) exit 7;; *) exec /usr/bin/secret-tool \"$@\";; esac", in: folder)
      let store = SecretServiceStore(
        environment: session.environment.merging(["PATH": "\(folder.path("")):/usr/bin:/bin"]) { $1 })
      #expect(throws: StoreError.broken(store: "secret-service", why: "'secret-tool' ended with status 7")) {
        try store.rename(name, to: Samples.name("gate-io/\(verb)"), replacing: false)
      }
      #expect(try session.store.get(name).constantTimeEquals(Samples.json))
    }
    #expect(try session.store.names().map(\.text) == ["gate-io/bot", "gate-io/clear"])
  }

  @Test func `a secret is in no file, no message on the bus, no argument and no variable`() throws {
    guard let session = try SecretServiceSession(), let strace = tool("strace"), let monitor = tool("dbus-monitor")
    else {
      return
    }
    let canary = "CANARY-\(UUID().uuidString)-canary"
    let folder = try Folder()
    let log = folder.path("calls")
    for name in ["gdbus", "secret-tool"] {
      try program(
        name,
        "env >> \(log); exec \(strace) -A -o \(log) -f -v -s 65536 -e trace=execve,execveat /usr/bin/\(name) \"$@\"",
        in: folder)
    }
    let watching = Process()
    watching.executableURL = URL(fileURLWithPath: monitor)
    watching.arguments = ["--session", "--binary"]
    watching.environment = session.environment
    let messages = Pipe()
    watching.standardOutput = messages
    watching.standardError = FileHandle.nullDevice
    try watching.run()
    defer { kill(watching.processIdentifier, SIGKILL) }
    // The first message is the monitor's own: from here on it sees everything.
    var seen = messages.fileHandleForReading.availableData

    let environment = session.environment.merging(["PATH": "\(folder.path("")):/usr/bin:/bin", "MORE": canary]) { $1 }
    let store = SecretServiceStore(environment: environment)
    let (name, other) = (try Samples.name("gate-io/canary"), try Samples.name("gate-io/moved"))
    try store.put(Samples.bytes(canary), as: name)
    try store.rename(name, to: other, replacing: false)
    #expect(try store.get(other).constantTimeEquals(Samples.bytes(canary)))
    #expect(try store.names() == [other])
    try store.put(Samples.bytes(canary), as: Samples.name("gate-io/end-of-it"))

    while seen.range(of: Data("gate-io/end-of-it".utf8)) == nil {
      let more = messages.fileHandleForReading.availableData
      if more.isEmpty { break }
      seen += more
    }
    // Each scan must also find what it has to find.
    expectHidden(canary, in: seen, showing: "dh-ietf1024-sha256-aes128-cbc-pkcs7")
    expectHidden(canary, in: Data(folder.read("calls")), showing: "gate-io/moved")
    var files = Data()
    for path in try FileManager.default.subpathsOfDirectory(atPath: session.home.path("")) {
      files += Data(path.utf8) + Data(session.home.read(path))
    }
    expectHidden(canary, in: files, showing: "login.keyring")
  }

  // MARK: - Private

  private func expectUnusable(_ store: SecretServiceStore, _ error: StoreError) {
    #expect(
      store.condition() == StoreCondition(.unusable(error), place: "the keyring of this session (Secret Service)"))
    #expect(throws: error) { try store.names() }
    #expect(throws: error) { try store.get(Samples.name("gate-io/bot")) }
    #expect(throws: error) { try store.put(Samples.json, as: Samples.name("gate-io/bot")) }
    #expect(throws: error) { try store.delete(Samples.name("gate-io/bot")) }
  }

  private func program(_ name: String, _ script: String, in folder: Folder) throws {
    try install("#!/bin/sh\n\(script)\n", at: folder.path(name))
  }

  /// Every piece of 16 bytes counts: a part of a secret is found too.
  private func expectHidden(_ canary: String, in bytes: Data, showing sign: String) {
    let canary = Array(canary.utf8)
    let found = (0...(canary.count - 16)).filter { bytes.range(of: Data(canary[$0..<($0 + 16)])) != nil }
    #expect(found == [])
    #expect(bytes.range(of: Data(sign.utf8)) != nil)
  }
}
