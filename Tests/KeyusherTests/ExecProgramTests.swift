import Battery
import CustomDump
import Foundation
import KeyusherHarness
import Outside
import Testing

/// Keys of every kind, and programs that have a pack.
@Suite(.counted(as: .exec)) struct ExecProgramTests {
  /// The variables that a program gets beside those that say where one is.
  static func variables(_ desk: Desk, _ name: String, _ options: [String] = []) throws -> [String] {
    let ran = try desk.exec(name, options + ["--pristine"], ["/usr/bin/env", "-0"])
    expectNoDifference(ran.errors, "")
    let own = ["HOME", "LC_ALL", "PATH", "TERM", "KEYUSHER_EXEC"]
    return ExecTests.environment(ran.output).filter { line in !own.contains { line.hasPrefix($0 + "=") } }
  }

  // MARK: - Kinds of keys

  @Test(
    "A key of whatever parts is given, under the name of its service",
    arguments: [
      ("codehost/backup", "codehost", ["secret": "tok_1234"], ["CODEHOST_API_SECRET=tok_1234"]),
      ("github/ci", "github", ["token": "ghp_1234"], ["GITHUB_API_TOKEN=ghp_1234"]),
      (
        "stripe/shop", "stripe", ["publishable": "pk_1", "secret": "sk_1"],
        ["STRIPE_API_PUBLISHABLE=pk_1", "STRIPE_API_SECRET=sk_1"]
      ),
      (
        "weather/station", "weather", ["key": "id-1", "private": KeyDesk.pem],
        ["WEATHER_API_KEY=id-1", "WEATHER_API_PRIVATE=\(KeyDesk.pem)"]
      ),
      ("3commas/bot", "3commas", ["key": "k", "secret": "s"], ["_3COMMAS_API_KEY=k", "_3COMMAS_API_SECRET=s"]),
      (
        "kucoin/bot", "kucoin", ["key": "k", "secret": "s", "passphrase": "p"],
        ["KUCOIN_API_KEY=k", "KUCOIN_API_PASSPHRASE=p", "KUCOIN_API_SECRET=s"]
      ),
    ])
  func kinds(name: String, exchange: String, parts: [String: String], expected: [String]) throws {
    let desk = try KeyDesk.make()
    try desk.keep(name, of: exchange, parts)
    expectNoDifference(try Self.variables(desk, name), expected)
  }

  @Test func `A key without a part that its exchange's keys have is not given`() throws {
    let desk = try KeyDesk.make()
    try desk.keep("kucoin/half", of: "kucoin", ["key": "k", "secret": "s"])
    let ran = try desk.exec("kucoin/half", ["touch", "ran"])
    expectNoDifference(
      ran.errors,
      """
      keyusher: the key 'kucoin/half' has no passphrase, so nothing was run
      hint: take the key in again: keyusher key adopt kucoin/half --replace

      """)
    expectNoDifference(ran.status, 125)
    expectNoDifference(try Self.variables(desk, "kucoin/half", ["--only", "KUCOIN_API_KEY"]), ["KUCOIN_API_KEY=k"])
  }

  private static let flow = """
    format: 1
    flow: aws/create-key
    version: 1
    title: Make an access key
    summary: For a test.
    steps:
      - {id: store, kind: store, title: Where to keep it, required: true}
      - id: credential
        kind: credential
        title: Take the key
        required: true
        store: store
        name: aws/backup
        if-lost: lost
        parts:
          - {name: key, title: Access key ID, secret: false, variable: AWS_ACCESS_KEY_ID}
          - {name: secret, title: Secret access key, secret: true, variable: AWS_SECRET_ACCESS_KEY}
      - {id: review, kind: review, title: Review}
      - {id: done, kind: end, outcome: completed}
      - {id: lost, kind: end, outcome: aborted}

    """

  @Test func `The flow that took a key says which variables its parts go into, as its record keeps it`() throws {
    let desk = try KeyDesk.make()
    let flows = desk.home + "/flows/aws"
    try FileManager.default.createDirectory(atPath: flows, withIntermediateDirectories: true)
    try desk.write(ExecProgramTests.flow, to: flows + "/create-key.yaml")
    let script = """
      flow aws/create-key
      store: age
      credential.key: env:AWS_KEY
      credential.secret: env:AWS_SECRET
      review: finish

      """
    try desk.write(script, to: "key.script")
    let replayed = try desk.run(["replay", "key.script"], setting: ["AWS_KEY": "AKIA1", "AWS_SECRET": "wJalr/1"])
    expectNoDifference(replayed.status, 0, "\(replayed.output) \(replayed.errors)")
    // The record alone tells from here on.
    try FileManager.default.removeItem(atPath: flows + "/create-key.yaml")
    let named = ["AWS_ACCESS_KEY_ID=AKIA1", "AWS_SECRET_ACCESS_KEY=wJalr/1"]
    expectNoDifference(try Self.variables(desk, "aws/backup"), named)
    expectNoDifference(
      try Self.variables(desk, "aws/backup", ["--prefix", "S3"]), ["S3_API_KEY=AKIA1", "S3_API_SECRET=wJalr/1"])
    // Another program's names are its own.
    expectNoDifference(
      try Self.variables(desk, "aws/backup", ["--as", "ccxt"]), ["AWS_APIKEY=AKIA1", "AWS_SECRET=wJalr/1"])
    let renamed = try desk.run(["key", "rename", "aws/backup", "aws/nightly"])
    expectNoDifference(renamed.status, 0, "\(renamed.errors)")
    expectNoDifference(try Self.variables(desk, "aws/nightly"), named)

    // The rename has a record of its own.
    let folder = desk.home + "/records/"
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    let records = names.filter { $0.hasSuffix(".jsonl") }.map { folder + $0 }
    let record = try #require(try records.first { try desk.text(of: $0).contains("aws/create-key") })
    try desk.write("damaged\n", to: record)
    let ran = try desk.exec("aws/nightly", ["env"])
    #expect(ran.output.contains("AWS_API_KEY=AKIA1"), "\(ran.errors)")
    let said = ran.errors.split(separator: "\n").map { $0.drop { $0 == " " } }.joined(separator: " ")
    #expect(said.hasSuffix("which made this key, can't be read: its flow names no variables for it."), "\(said)")
    try FileManager.default.removeItem(atPath: record)
    expectNoDifference(
      try Self.variables(desk, "aws/nightly"), ["AWS_API_KEY=AKIA1", "AWS_API_SECRET=wJalr/1"])
  }

  // MARK: - Programs

  @Test func `The help of exec has every program that is shipped`() throws {
    let help = try Desk().run(["exec", "--help"]).output
    for file in try FlowTree.files() where file.kind == .program {
      #expect(help.contains("\n  \(file.id.dropFirst("programs/".count)) "), "\(file)")
    }
  }

  @Test(
    "Each program gets the variables of its pack",
    arguments: [
      ("gate-io/bot", "gate-cli", ExecTests.gate.dropLast().map { String($0) }),
      (
        "okx/bot", "okx",
        [
          "OKX_API_KEY=\(Canary.key)", "OKX_PASSPHRASE=\(KeyDesk.keyPassphrase)", "OKX_SECRET_KEY=\(Canary.secret)",
        ]
      ),
      ("kraken/bot", "kraken-cli", ["KRAKEN_API_KEY=k", "KRAKEN_API_SECRET=s"]),
      ("kraken/bot", "nautilus", ["KRAKEN_SPOT_API_KEY=k", "KRAKEN_SPOT_API_SECRET=s"]),
      ("coinbase/pem", "nautilus", ["COINBASE_API_KEY=\(Canary.key)", "COINBASE_API_SECRET=\(KeyDesk.pem)"]),
    ])
  func programs(name: String, program: String, expected: [String]) throws {
    let desk = try KeyDesk.make()
    try desk.keep("kraken/bot", of: "kraken", ["key": "k", "secret": "s"])
    expectNoDifference(try Self.variables(desk, name, ["--as", program]), expected)
  }

  @Test(
    "Each program gets the file of its pack",
    arguments: [
      (
        "okx/bot", "passivbot",
        """
        {"bot":{"exchange":"okx","key":"\(Canary.key)","secret":"\(Canary.secret)","passphrase":"p@ss \\"quoted\\" \\\\phrase"}}

        """
      ),
      (
        "gate-io/bot", "gate-cli",
        """
        default_profile: "default"
        default_settle: "usdt"
        profiles:
          default:
            api_key: "\(Canary.key)"
            api_secret: "\(Canary.secret)"
            base_url: "https://api.gateio.ws"

        """
      ),
    ])
  func files(name: String, program: String, content: String) throws {
    let ran = try KeyDesk.make().exec(name, ["--as", program, "--file"], ["sh", "-c", "cat $KEYUSHER_FILE"])
    expectNoDifference(ran.errors, "")
    expectNoDifference(ran.output, content)
  }

  @Test(
    "What a pack does not say is told, with a way on",
    arguments: [
      (
        ["gate-io/bot", "--as", "freqtrad"],
        "keyusher: no pack says how the program 'freqtrad' takes a key\nhint: did you mean 'freqtrade'?\n"
      ),
      (
        ["gate-io/bot", "--as", "trading-tool-42"],
        """
        keyusher: no pack says how the program 'trading-tool-42' takes a key
        hint: there are packs for ccxt, env, freqtrade, gate-cli, hummingbot, kraken-cli, nautilus, okx, passivbot
        hint: 'keyusher flow new trading-tool-42 --program' begins one of your own

        """
      ),
      (
        ["okx/bot", "--as", "gate-cli"],
        """
        keyusher: the pack of gate-cli does not say that it takes keys of 'okx'
        hint: it takes those of gate-io

        """
      ),
      (
        ["gate-io/bot", "--as", "hummingbot"],
        """
        keyusher: hummingbot reads no key from its environment, so nothing was run
        hint: 'keyusher key config gate-io/bot --for hummingbot' says how it gets one

        """
      ),
      (
        ["gate-io/bot", "--as", "hummingbot", "--file"],
        """
        keyusher: hummingbot is not known to read a key from a file, so nothing was run
        hint: 'keyusher key config gate-io/bot --for hummingbot' says how it gets one

        """
      ),
      (
        ["okx/bot", "--as", "okx", "--fd"],
        """
        keyusher: okx is not known to read a key from a file, so nothing was run
        hint: give it in the environment: leave out --fd and --file, or name one variable with --only

        """
      ),
    ])
  func untold(arguments: [String], errors: String) throws {
    let desk = try KeyDesk.make()
    let ran = try desk.exec(arguments[0], Array(arguments.dropFirst()), ["touch", "ran"])
    expectNoDifference(ran.errors, errors)
    expectNoDifference(ran.status, 125)
    #expect(!FileManager.default.fileExists(atPath: desk.work + "/ran"))
  }

  @Test func `A part that a program has no name for does not stand in the way of one that is asked for`() throws {
    let key = ["FREQTRADE__EXCHANGE__KEY=\(Canary.key)"]
    let options = ["--as", "freqtrade", "--only", "FREQTRADE__EXCHANGE__KEY"]
    expectNoDifference(try Self.variables(KeyDesk.make(), "gate-io/odd", options), key)
  }
}
