import CustomDump
import Foundation
import KeyusherHarness
import Outside
import Testing

/// How a program gets a key: told by reference, without a secret.
@Suite struct KeyConfigTests {
  @Test(
    "What a program reads is told, with the command that starts it, and no secret",
    arguments: [
      (
        "gate-io/bot", "gate-cli",
        """
        gate-io/bot for gate-cli
        It reads these variables. Started like this it has them, and the key lies in no file:
        GATE_API_KEY: the part 'key'
        GATE_API_SECRET: the part 'secret'
        keyusher exec gate-io/bot --as gate-cli -- gate-cli
        If it can't be started like this: it reads the key in plain text from a file, ~/.gate-cli/config.yaml. After a \
        question this writes it:
        keyusher key config gate-io/bot --for gate-cli --output config.yaml
        Its options come first, then the variables, then its file.
        From gate/gate-cli, its README and ~/.gate-cli/config.yaml as it writes it, read 2026-11-29.
        """
      ),
      (
        "bybit/number", "freqtrade",
        """
        bybit/number for freqtrade
        It would read FREQTRADE__EXCHANGE__KEY as a number and spoil it, so this key can't be given in variables.
        It reads a file, too, and that can lie in memory:
        keyusher exec bybit/number --as freqtrade --file -- sh -c 'exec freqtrade trade -c config.json -c "$KEYUSHER_FILE"'
        """
      ),
      (
        "okx/bot", "passivbot",
        """
        okx/bot for passivbot
        It reads the key in plain text from a file, api-keys.json. After a question this writes it:
        keyusher key config okx/bot --for passivbot --output api-keys.json
        It reads api-keys.json in its own folder, and takes the key of the user that it is started with; here bot.
        """
      ),
      (
        "gate-io/bot", "hummingbot",
        """
        gate-io/bot for hummingbot
        It reads no key from its environment. Start it and type: connect gate_io. It asks for the parts one by one, and \
        keeps them encrypted in conf/connectors/gate_io.yml; do not write that file yourself.
        """
      ),
    ])
  func told(name: String, program: String, page: String) throws {
    let desk = try KeyDesk.make()
    let ran = try desk.unlocked(["key", "config", name, "--for", program])
    expectNoDifference(ran.errors, "")
    func words(_ text: String) -> String { text.split { $0.isWhitespace }.joined(separator: " ") }
    let said = words(ran.output)
    #expect(said.hasPrefix(words(page)), "\(ran.output)")
    expectNoDifference(Canary.trace(in: Array(ran.output.utf8)), nil)
  }

  @Test func `What Kraken counts is told where the key is Kraken's`() throws {
    let desk = try KeyDesk.make()
    try desk.keep("kraken/bot", of: "kraken", ["key": "k", "secret": "s"])
    func says(_ name: String) throws -> Bool {
      let ran = try desk.unlocked(["key", "config", name, "--for", "freqtrade"])
      return ran.output.contains("It counts its requests in milliseconds, and kraken refuses")
    }
    #expect(try says("kraken/bot"))
    #expect(try !says("gate-io/bot"))
  }

  @Test(
    "The key's own secret is no name for the file", arguments: ["ABCD7efgh8IJKL9mnop0QRST1", "correct-horse-battery"])
  func nameOfFile(secret: String) throws {
    let desk = try KeyDesk.make()
    try desk.keep("okx/b", of: "okx", ["key": "k-4711-k", "secret": secret, "passphrase": "word"])
    let ran = try desk.unlocked(["key", "config", "okx/b", "--for", "passivbot", "--output", secret])
    expectNoDifference(ran.status, 64)
    #expect(ran.errors.hasPrefix("keyusher: the file name after --output "), "\(ran.errors)")
    #expect(!(ran.output + ran.errors).contains(secret))
    expectNoDifference(try desk.records.runs(), [])
    expectNoDifference(try FileManager.default.contentsOfDirectory(atPath: desk.work), [])
  }

  @Test(
    "What can't be written is told, and nothing is",
    arguments: [
      (
        ["gate-io/bot", "--for", "gate-climb"], 66,
        """
        keyusher: no pack says how the program 'gate-climb' takes a key
        hint: did you mean 'gate-cli'?

        """
      ),
      (
        ["okx/bot", "--for", "gate-cli"], 65,
        """
        keyusher: the pack of gate-cli does not say that it takes keys of 'okx'
        hint: it takes those of gate-io

        """
      ),
      (
        ["okx/bot", "--for", "okx"], 64,
        """
        keyusher: okx is not known to read a key from a file, and nothing was written
        hint: without --output it is told how it gets one: keyusher key config okx/bot --for okx

        """
      ),
      (
        ["gate-io/bot", "--for", "passivbot"], 64,
        """
        keyusher: writing a key in plain text must be confirmed, and nobody can be asked
        hint: start it in a terminal

        """
      ),
      (
        ["gate-io/bot", "--for", "passivbott"], 66,
        """
        keyusher: no pack says how the program 'passivbott' takes a key
        hint: did you mean 'passivbot'?

        """
      ),
    ])
  func refused(arguments: [String], status: Int32, errors: String) throws {
    let desk = try KeyDesk.make()
    let ran = try desk.unlocked(["key", "config"] + arguments + ["--output", "keys"])
    expectNoDifference(ran.errors, errors)
    expectNoDifference(ran.status, status)
    #expect(!FileManager.default.fileExists(atPath: desk.work + "/keys"))
  }

  @Test func `A link in the file's place is not followed`() throws {
    let desk = try KeyDesk.make()
    expectNoDifference(symlink(desk.work + "/elsewhere", desk.work + "/keys"), 0)
    let ran = try desk.unlocked(["key", "config", "gate-io/bot", "--for", "passivbot", "--output", "keys"])
    expectNoDifference(
      ran.errors, "keyusher: 'keys' is there already, and stays as it is\nhint: choose another name, or move it away\n")
  }
}
