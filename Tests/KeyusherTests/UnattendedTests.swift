import CustomDump
import Foundation
import KeyusherHarness
import Outside
import PtyHarness
import Stores
import Testing

/// A program starts with a sent key where nobody is: no terminal, no agent, no environment, as the README says.
@Suite struct UnattendedTests {
  /// A block of the README's section, by its language.
  private func block(_ language: String) throws -> String {
    let readme = try String(contentsOfFile: sourceTree + "/README.md", encoding: .utf8)
    let section = try #require(readme.components(separatedBy: "### To where the bot runs\n").last)
    let block = try #require(section.components(separatedBy: "```\(language)\n").dropFirst().first)
    return try #require(block.components(separatedBy: "```").first)
  }

  /// A server that received the key under the name that the README has, and nothing else in the folder where its file was.
  private func server() throws -> Desk {
    let (_, server, _) = try KeyTravelTests.sent()
    expectNoDifference(try KeyTravelTests.receive(["--as", "gate-io/grid-bot-01", "--wipe"], on: server).errors, "")
    return server
  }

  /// Runs words as a service is run: with an empty environment but for what is said, and in a session without a terminal.
  private func start(_ words: [String], _ environment: [String: String], on server: Desk) throws -> Ran {
    try Ran(
      words[0], Array(words.dropFirst()), environment: environment, input: "", descriptors: [:], scratch: server.path)
  }

  /// What a program that was started with the key sees: its whole environment, and that it has no terminal.
  private static let bot = ["/bin/sh", "-c", "(: < /dev/tty) 2> /dev/null || echo no terminal; exec env"]

  private func expectStarted(_ ran: Ran, _ environment: [String: String]) {
    expectNoDifference(ran.errors, "")
    expectNoDifference(ran.status, 0)
    let key = ["GATE_API_KEY": Canary.key, "GATE_API_SECRET": Canary.secret, "KEYUSHER_EXEC": "gate-io/grid-bot-01"]
    let expected = environment.merging(key) { $1 }.map { "\($0)=\($1)" } + ["no terminal"]
    // What sh adds is its own.
    let seen = ran.output.split(separator: "\n").map(String.init).filter { line in
      !["PWD=", "_=", "SHLVL=", "OLDPWD="].contains { line.hasPrefix($0) }
    }
    expectNoDifference(seen.sorted(), expected.sorted())
  }

  @Test func `As the README's unit starts it, with what systemd decrypts`() throws {
    guard let creds = tool("systemd-creds") else { return }
    guard geteuid() == 0 else { return missing("root, whose key alone systemd-creds encrypts with,") }
    let server = try server()
    let unit = try block("ini")
    let line = try #require(unit.split(separator: "\n").first { $0.hasPrefix("LoadCredentialEncrypted=") })
    let name = try #require(line.split(separator: "=").last?.split(separator: ":").first.map(String.init))
    let folder = server.path + "/passphrases/credentials"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let encrypted = try output(
      of: creds, ["encrypt", "--with-key=host", "--name=\(name)", server.passphraseFile(), "-"])
    expectNoDifference(encrypted.status, 0)
    expectNoDifference(PassphraseCanary.trace(in: encrypted.bytes), nil)
    let file = server.work + "/credential"
    try Data(encrypted.bytes).write(to: URL(fileURLWithPath: file))
    let decrypted = try output(of: creds, ["decrypt", "--name=\(name)", file, "\(folder)/\(name)"])
    expectNoDifference(decrypted.status, 0)
    // As systemd hands it to a service with User=, whose access list shows as a right of the group.
    #expect(chmod("\(folder)/\(name)", 0o440) == 0)

    let start = try #require(unit.split(separator: "\n").first { $0.hasPrefix("ExecStart=") }).dropFirst(10)
    let command = start.replacing("${CREDENTIALS_DIRECTORY}", with: folder).split(separator: " ").map(String.init)
    let cut = try #require(command.firstIndex(of: "--"))
    expectNoDifference(command[0], "/usr/local/bin/keyusher")
    let environment = ["KEYUSHER_HOME": server.home, "CREDENTIALS_DIRECTORY": folder]
    expectStarted(
      try self.start([keyusher] + command[1...cut] + UnattendedTests.bot, environment, on: server), environment)
    expectNoDifference(try server.filesWithPassphrase(), [])
  }

  @Test func `systemd takes the README's unit without a word`() throws {
    guard let analyze = tool("systemd-analyze") else { return }
    let desk = try Desk()
    let unit = try block("ini").replacing("/usr/local/bin/keyusher", with: keyusher)
    func verify(_ text: String) throws -> Ran {
      try desk.run(["verify", "--man=no", desk.write(text, to: "grid-bot.service")], program: analyze)
    }
    let ran = try verify(unit)
    expectNoDifference(ran.errors, "")
    expectNoDifference(ran.status, 0)
    // It would say so if something in it were unknown.
    let wrong = try verify(unit.replacing("LoadCredentialEncrypted=", with: "LoadCredentialSealed="))
    #expect(wrong.errors.contains("Unknown key"))
  }

  @Test func `As the README's compose file starts it, with a secret as docker mounts it`() throws {
    let server = try server()
    let line = try #require(
      try block("yaml").split(separator: "\n").first { $0.contains("command: [") }?.split(separator: "[").last)
    let command = line.dropLast().split(separator: ",").map {
      $0.trimmingCharacters(in: CharacterSet(charactersIn: " \""))
    }
    let secret = "file:/run/secrets/store-word"
    #expect(command.contains(secret))
    let cut = try #require(command.firstIndex(of: "--"))
    let words = try command[1...cut].map { $0 == secret ? "file:\(try server.passphraseFile())" : $0 }
    let environment = ["KEYUSHER_HOME": server.home]
    expectStarted(try start([keyusher] + words + UnattendedTests.bot, environment, on: server), environment)
  }

  @Test func `With an identity for that one key, which has no passphrase`() throws {
    guard let keygen = tool("age-keygen") else { return }
    let laptop = try KeyDesk.make()
    let server = try Desk()
    try FileManager.default.createDirectory(
      atPath: server.ageFolder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    expectNoDifference(try server.run(["-o", server.ageFolder + "/identities"], program: keygen).status, 0)
    let made = try server.run(["store", "init"]).output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let warning =
      "'\(server.ageFolder)/identities' has no passphrase: it opens whatever is kept, for whoever can read it."
    expectNoDifference(made, "set up: \(server.ageFolder) \(warning)")
    let recipient = try server.run(["store", "recipients", "--own"]).output.trimmingCharacters(in: .newlines)
    let file = server.work + "/in"
    let sending = try laptop.unlocked(["key", "send", "gate-io/bot", "--to", recipient, "--output", file])
    expectNoDifference(sending.errors, "")
    let receiving = ["key", "receive", "in", "--as", "gate-io/grid-bot-01"]
    expectNoDifference(
      try server.run(receiving).errors,
      """
      keyusher: keeping a key in 'age' must be confirmed, and nobody can be asked
      hint: start it in a terminal, or say so beforehand: --yes

      """)
    expectNoDifference(try server.run(receiving + ["--yes"]).errors, "")
    let environment = ["KEYUSHER_HOME": server.home]
    expectStarted(
      try start([keyusher, "exec", "gate-io/grid-bot-01", "--"] + UnattendedTests.bot, environment, on: server),
      environment)
  }

  @Test func `A secret that a group can read is taken from nobody but systemd`() throws {
    guard geteuid() == 0 else { return missing("root, who alone can give files away,") }
    let server = try server()
    let file = try server.passphraseFile()
    for (group, mode, status) in [(0, 0o440, 0), (65534, 0o440, 69), (0, 0o444, 69), (0, 0o640, 69)]
      as [(gid_t, mode_t, Int32)]
    {
      #expect(chown(file, 0, group) == 0 && chmod(file, mode) == 0)
      let ran = try server.run(["exec", "gate-io/grid-bot-01", "--passphrase", "file:\(file)", "--", "true"])
      expectNoDifference(ran.status, status, "\(group) \(mode) \(ran.errors)")
    }
  }
}
