import CustomDump
import Foundation
import KeyusherHarness
import Outside
import Testing

/// Copies between two real stores: Keyusher's own and pass.
@Suite struct KeyCopyTests {
  @Test func `A key is copied to pass, read back there, and stays where it was`() throws {
    guard let pass = tool("pass"), let gpg = tool("gpg"), let gpgconf = tool("gpgconf") else { return }
    let desk = try KeyDesk.make()
    let setting: [String: String?] = ["GNUPGHOME": desk.path + "/g", "PASSWORD_STORE_DIR": desk.path + "/s"]
    try FileManager.default.createDirectory(
      atPath: desk.path + "/g", withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    // The agent that gpg starts must not outlive the test.
    defer { _ = try? desk.run(["--kill", "gpg-agent"], setting: setting, program: gpgconf) }
    let making = [
      "--batch", "--quiet", "--pinentry-mode", "loopback", "--passphrase", "", "--quick-generate-key",
      "tester <t@example.invalid>", "future-default", "default", "never",
    ]
    expectNoDifference(try desk.run(making, setting: setting, program: gpg).status, 0)
    expectNoDifference(try desk.run(["init", "t@example.invalid"], setting: setting, program: pass).status, 0)
    let ran = try desk.unlocked(["key", "copy-to", "pass", "okx/bot"], setting: setting)
    expectNoDifference(ran.errors, "")
    #expect(ran.output.hasPrefix("  Keyusher saw: copied to okx/bot in pass, read back from the store\n"))
    #expect(ran.output.contains("It is in age too, as before."))
    let again = try desk.unlocked(["key", "copy-to", "pass", "okx/bot"], setting: setting)
    expectNoDifference(again.status, 66)
    let damaged = try desk.unlocked(["key", "copy-to", "pass", "gate-io/broken"], setting: setting)
    expectNoDifference(damaged.status, 1)
    let list = try desk.run(["key", "list", "--store", "pass"], setting: setting)
    expectNoDifference(list.output, "okx/bot, in pass\n  No record here tells where it comes from.\n")
    let contents = try ["age", "pass"].map { store in
      try desk.exec("okx/bot", ["--store", store, "--file"], ["sh", "-c", "cat $KEYUSHER_FILE"], setting: setting)
        .output
    }
    expectNoDifference(contents[0], contents[1])
    #expect(contents[0].contains(Canary.secret))
  }

  @Test func `No key is taken from another store than the one that is meant`() throws {
    let desk = try KeyDesk.make()
    let config = try desk.run(["config", "set", "store", "pass"])
    expectNoDifference(config.status, 0, "\(config.errors)")
    let ran = try desk.exec("gate-io/bot", ["touch", "ran"])
    #expect([69, 125].contains(ran.status))
    #expect(!FileManager.default.fileExists(atPath: desk.work + "/ran"))
  }
}
