import Battery
import Foundation
import Outside
import SecretMemory
import Testing

@testable import Stores

@Suite(.beside, .counted(as: .contract)) struct DockerTests {
  @Test(arguments: StoreContract.cases) func `docker-credential-pass keeps the contract`(
    _ contract: StoreContract
  ) throws {
    guard tool("docker-credential-pass") != nil, let home = try PassHome() else { return }
    try contract.check(home.docker)
  }

  @Test func `entries of others are not listed`() throws {
    guard let helper = tool("docker-credential-pass"), let home = try PassHome() else { return }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.environment = home.environment
    process.arguments = [
      "-c", #"echo '{"ServerURL":"https://index.docker.io/v1/","Username":"ada","Secret":"s"}' | \#(helper) store"#,
    ]
    try process.run()
    process.waitUntilExit()
    try home.docker.put(Samples.json, as: Samples.name("gate-io/bot"))
    #expect(try home.docker.names() == [Samples.name("gate-io/bot")])
  }

  @Test func `a key whose passphrase nobody can be asked for is locked`() throws {
    guard tool("docker-credential-pass") != nil, let home = try PassHome(passphrase: "correct horse") else { return }
    let error = StoreError.locked(
      store: "docker-credential-pass",
      hint: "give the passphrase of your GnuPG key where it can ask for it: in a terminal, export GPG_TTY=$(tty), "
        + "then try again")
    #expect(throws: error) { try home.docker.put(Samples.json, as: Samples.name("gate-io/bot")) }
  }

  @Test func `what is too long for a helper is refused before it is written`() throws {
    guard tool("docker-credential-pass") != nil, let home = try PassHome() else { return }
    let name = try Samples.name("gate-io/bot")
    let room =
      65_536 - #"{"ServerURL":"https://keyusher.invalid/gate-io/bot","Username":"keyusher","Secret":""}"#.count - 1
    let tooLong = StoreError.unstorable(why: "'docker-credential-pass' takes 65536 bytes at most for a key")
    for secret in [String(repeating: "x", count: room + 1), String(repeating: "&", count: room / 6 + 1)] {
      #expect(throws: tooLong) { try home.docker.put(Samples.bytes(secret), as: name) }
    }
    #expect(throws: StoreError.unstorable(why: "it is not text in UTF-8")) {
      try home.docker.put(SecretBytes(copying: [0x61, 0xFF]), as: name)
    }
    #expect(try home.docker.names() == [])
    try home.docker.put(Samples.bytes(String(repeating: "x", count: room)), as: name)
    #expect(try home.docker.get(name).count == room)
    try home.docker.put(Samples.bytes(String(repeating: "<", count: room / 6)), as: Samples.name("gate-io/bot2"))
  }

  @Test func `the helpers in the path are listed by name`() throws {
    let folder = try Folder()
    for name in ["docker-credential-b", "docker-credential-a", "docker-credential-", "other"] {
      let path = try folder.write([], to: name)
      try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
    }
    _ = try folder.write([], to: "docker-credential-c")
    try FileManager.default.createDirectory(
      atPath: folder.path("docker-credential-d"), withIntermediateDirectories: false)
    #expect(
      DockerCredentialStore.installed(environment: ["PATH": "relative:\(folder.path("."))"])
        == ["docker-credential-a", "docker-credential-b"])
  }

  // MARK: - What helpers say

  @Test(arguments: [
    ("get", "credentials not found in native keychain", "", StoreError.missing(bot)),
    ("get", "", "(process:1): libsecret-CRITICAL **: secret_value_get: assertion 'value' failed", keyringLocked),
    ("store", "Cannot create an item in a locked collection", "", keyringLocked),
    (
      "list", "Error from list function in secretservice_linux.c likely due to error in secretservice library", "",
      .unreachable(store: helper, why: "no keyring answers on the bus of this session")
    ),
    (
      "get", #"exec: "pass": executable file not found in $PATH"#, "", .notInstalled(store: helper, program: "pass")
    ),
    (
      "store", "pass is not initialized", "",
      .notSetUp(
        store: helper, hint: "make a GnuPG key if you have none (gpg --full-generate-key), then: pass init YOUR-KEY")
    ),
    ("erase", "anything else", "", .broken(store: helper, why: "'\(helper) erase' ended with status 1")),
  ]) func `what helpers say when they fail is told apart`(
    _ verb: String, _ answer: String, _ complaint: String, _ expected: StoreError
  ) throws {
    let folder = try Folder()
    let lines = """
      case "$1" in
      \(verb)) cat <<'END'; cat >&2 <<'END2'; exit 1 ;;
      \(answer)
      END
      \(complaint)
      END2
      list) echo '{"https://keyusher.invalid/gate-io/bot":"keyusher"}' ;;
      esac
      """
    let store = DockerCredentialStore(
      helper: Self.helper, environment: ["PATH": try HostileHelper.path(Self.helper, lines, in: folder)])
    #expect(throws: expected) {
      switch verb {
      case "list": _ = try store.names()
      case "get": _ = try store.get(Self.bot)
      case "store": try store.put(Samples.json, as: Samples.name("gate-io/other"))
      default: try store.delete(Self.bot)
      }
    }
  }

  @Test func `without a session's bus the keyring's helper is not even tried`() throws {
    guard let path = tool("docker-credential-secretservice") else { return }
    let store = DockerCredentialStore(helper: "docker-credential-secretservice", environment: ["PATH": "/usr/bin"])
    let error = StoreError.unreachable(
      store: "docker-credential-secretservice", why: "there is no session bus here")
    #expect(store.condition() == StoreCondition(.unusable(error), place: path))
    #expect(throws: error) { try store.names() }
  }

  @Test(arguments: [
    ("docker-credential-pass", "install it, for example: sudo apt-get install golang-docker-credential-helpers"),
    (
      "docker-credential-secretservice",
      "install it, for example: sudo apt-get install golang-docker-credential-helpers"
    ),
    ("docker-credential-pas", "install it in a folder of PATH, or choose another store"),
  ]) func `only a helper that Debian has is advised to be installed from there`(_ helper: String, _ hint: String) throws
  {
    let store = DockerCredentialStore(helper: helper, environment: ["PATH": "/nonexistent"])
    let error = StoreError.notInstalled(store: helper, program: helper)
    #expect(store.condition().readiness == .unusable(error))
    #expect(error.hint == hint)
  }

  @Test(arguments: ["tr a-z A-Z", "head -c 10 | tail -c 3", "printf ''"])
  func `what a helper spoils is not said to be kept, and can be deleted`(_ spoiling: String) throws {
    let folder = try Folder()
    let kept = folder.path("kept")
    // Keeps the one entry that it is given, and gives another secret back.
    let lines = """
      case "$1" in
      store) cat > '\(kept)' ;;
      get) [ -e '\(kept)' ] || { echo 'credentials not found in native keychain'; exit 1; }
        secret=$(sed -E 's/.*"Secret":"([^"]*)".*/\\1/' '\(kept)' | \(spoiling))
        echo '{"ServerURL":"https://keyusher.invalid/gate-io/bot","Username":"keyusher","Secret":"'"$secret"'"}' ;;
      list) if [ -e '\(kept)' ]; then echo '{"https://keyusher.invalid/gate-io/bot":"keyusher"}'; else echo '{}'; fi ;;
      erase) rm '\(kept)' ;;
      esac
      """
    let store = DockerCredentialStore(
      helper: Self.helper, environment: ["PATH": try HostileHelper.path(Self.helper, lines, in: folder)])
    #expect(throws: StoreError.self) { try store.put(Samples.bytes("a secret"), as: Self.bot) }
    #expect(try store.names() == [Self.bot])
    try store.delete(Self.bot)
    #expect(try store.names() == [])
    #expect(!FileManager.default.fileExists(atPath: kept))
  }

  private static let helper = "docker-credential-test"
  private static let bot = EntryName("gate-io/bot")!
  private static let keyringLocked = StoreError.locked(
    store: helper, hint: "log in at the desktop, or unlock the keyring there, then try again")
}
