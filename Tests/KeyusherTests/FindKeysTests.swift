import CustomDump
import Foundation
import KeyusherHarness
import Outside
import PtyHarness
import Records
import SeededKeys
import Testing

@testable import keyusher

/// 'find-keys', as people use it.
@Suite struct FindKeysTests {
  private let desk: Desk

  init() throws { desk = try Desk() }

  private static let env = """
    LOG_LEVEL=info
    GATE_API_KEY=\(Canary.key)
    GATE_API_SECRET=\(Canary.secret)

    """

  private func rows(_ arguments: [String]) throws -> [[String: Any]] {
    let ran = try desk.run(["find-keys", "--json"] + arguments)
    return try JSONSerialization.jsonObject(with: Data(ran.output.utf8)) as? [[String: Any]] ?? []
  }

  /// The files of a row, from the desk on.
  private func paths(_ row: [String: Any]) -> [String] {
    (row["places"] as? [[String: Any]] ?? []).compactMap { $0["path"] as? String }
      .map { $0.hasPrefix(desk.path) ? String($0.dropFirst(desk.path.count + 1)) : $0 }
  }

  // MARK: - Found and not

  @Test func `200 keys in twenty forms are found, each with its exchange, and no secret is shown`() throws {
    let folder = desk.work + "/keys"
    let planted = try SeededTree.plant(in: folder)
    expectNoDifference(planted.count, 200)
    let ran = try desk.run(["find-keys", "--json", folder])
    let rows = try JSONSerialization.jsonObject(with: Data(ran.output.utf8)) as? [[String: Any]] ?? []
    var told: [String: [String]] = [:]
    for row in rows {
      for place in row["places"] as? [[String: Any]] ?? [] {
        let parts = (place["parts"] as? [[String: Any]] ?? []).compactMap { $0["part"] as? String }
        told[place["path"] as? String ?? "", default: []].append("\(row["exchanges"] ?? "") \(parts.prefix(2))")
      }
    }
    for one in planted {
      let secret = one.key.isPEM ? "private-key" : "secret"
      let wanted = "(\n    \"\(one.key.exchange)\"\n)"
      let found = told[one.path] ?? []
      #expect(
        found.count == 1 && found[0].contains(one.key.exchange),
        "\(one.form) of \(one.key.exchange): \(found) \(wanted)")
      #expect(found.first?.contains(secret) == true, "\(one.form) of \(one.key.exchange): \(found)")
    }
    expectNoDifference(ran.status, 2)
    let page = try desk.run(["find-keys", folder]).output + ran.output
    for one in planted {
      let lines = one.key.secret.split(separator: "\n").filter { $0.count >= 16 && !$0.hasPrefix("-----") }
      #expect(!lines.contains { page.contains($0.prefix(12)) }, "a secret of \(one.key.exchange)")
      #expect(!page.contains(one.key.key.prefix(one.key.exchange == "gate-io" ? 13 : 17)))
    }
  }

  @Test func `Nothing is found in locks, digests, UUIDs, test vectors, placeholders and packed scripts`() throws {
    let count = try SeededTree.sow(in: desk.work + "/tree")
    let ran = try desk.run(["find-keys", "tree"])
    expectNoDifference(ran.output, "No key was found.\n\n  Searched: \(count) files. Nothing was changed.\n")
    expectNoDifference([ran.status, try desk.run(["find-keys", "--json", "tree"]).status], [0, 0])
    expectNoDifference(try desk.run(["find-keys", "--json", "tree"]).output, "[\n\n]\n")
  }

  @Test func `The flow that makes a key of an exchange takes all kinds of it that others take`() throws {
    let catalog = try FlowCatalog(folders: [])
    for exchange in MadeKey.exchanges {
      let all = KeyKind.kinds(of: exchange, on: catalog).map(\.parts)
      expectNoDifference(KeyKind.first(of: exchange, on: catalog).map(\.parts), all, "\(exchange)")
      #expect(!all.isEmpty)
    }
  }

  // MARK: - The page

  @Test func `A key that no record knows is told with where, what and one command`() throws {
    try desk.write(FindKeysTests.env, to: "bot/.env")
    try desk.write(#"{"binance": {"apiKey": "x", "secret": "y"}}"#, to: "bot/other.json")
    let ran = try desk.run(["find-keys", "bot"])
    expectNoDifference(
      ran.output,
      """
      1 key lies in plain text, in 1 place.
        Whoever reads such a place, or a backup of it, has the key.

      1. A key of gate-io. No record here tells of it.
        Key (listed as c0ffee17d3a9..., 32 characters) and secret (64 characters).
        \(desk.work)/bot/.env:2
        If it is in use: take it in, clear it there, then replace it:
        keyusher key adopt gate-io/found

        Searched: 2 files. Nothing was changed.
        if somebody else may have read one: keyusher compromise

      """)
    expectNoDifference([ran.status, ran.errors], [2, ""] as [AnyHashable])
    expectNoDifference(Canary.secretTraces.first(in: Array(ran.output.utf8)), nil)
    expectNoDifference(try desk.text(of: desk.work + "/bot/.env"), FindKeysTests.env)
  }

  @Test func `A key that is kept here is known by the part by which its exchange lists it`() throws {
    let header = RunHeader(
      of: KeyOperation(
        .adopt, "gate-io/grid-bot-01", in: "age",
        facts: ["exchange": "gate-io", "listed": String(Canary.key.prefix(12)), "program": "freqtrade"]), id: "k1",
      toolVersion: "0.2.0", user: "ana", host: "office", began: try #require(Timestamp("2026-11-01T10:00:00.000Z")))
    try desk.records.create(header) { [UInt8](repeating: 7, count: $0) }
      .end([.done("gate-io/grid-bot-01", seen: "kept")], at: header.began)
    try desk.write(
      "{\"exchange\": {\"name\": \"gate\", \"key\": \"\(Canary.key)\", \"secret\": \"\(Canary.secret)\"}}",
      to: "freqtrade/user_data/config.json")
    try desk.write(FindKeysTests.env, to: "freqtrade/.env", mode: 0o644)
    let ran = try desk.run(["find-keys", "."])
    expectNoDifference(
      ran.output,
      """
      1 key lies in plain text, in 2 places.
        Whoever reads such a place, or a backup of it, has the key.

      1. gate-io/grid-bot-01, a key of gate-io that is kept here.
        Key (listed as c0ffee17d3a9..., 32 characters) and secret (64 characters).
        \(desk.work)/freqtrade/.env:2
        \(desk.work)/freqtrade/user_data/config.json:1
        The mode of 1 of these lets other users of this computer read it.
        freqtrade reads its key there.
        In use by freqtrade.
        Put a new one in its place, then clear it there:
        keyusher run gate-io/rotate-key --key gate-io/grid-bot-01

        Searched: 2 files. Nothing was changed.
        if somebody else may have read one: keyusher compromise

      """)
    let row = try #require(try rows(["."]).first)
    expectNoDifference(
      [row["name"], row["store"], row["program"], row["listed"]].map { $0 as? String },
      ["gate-io/grid-bot-01", "age", "freqtrade", "c0ffee17d3a9"])
  }

  @Test func `At 40 columns nothing of it is lost`() throws {
    try desk.write(FindKeysTests.env, to: "bot/.env")
    let plain = ["NO_COLOR": "1"]
    let wide = try desk.start(["find-keys", "bot"], setting: plain, columns: 200)
    let narrow = try desk.start(["find-keys", "bot"], setting: plain, columns: 40)
    expectNoDifference([try wide.end(), try narrow.end()], [.exited(2), .exited(2)])
    func words(_ pty: Pty) -> [Substring] {
      String(decoding: pty.raw, as: UTF8.self).split { $0.isWhitespace || $0.isNewline }
    }
    expectNoDifference(words(narrow), words(wide))
  }

  // MARK: - Known places

  @Test func `Without a path the known places are searched`() throws {
    let env = FindKeysTests.env
    let pem =
      "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v20VYzYxwRqLkPmTb8n4Gd7KfQeWcX9oUaE5t\n-----END PRIVATE KEY-----\n"
    let places = [
      ".bash_history", ".zshrc", ".config/systemd/user/bot.service", ".gate-cli/config.yaml", "Downloads/keys.txt",
      "bot/.env", "bot/compose.yaml", "bot/config-private.json", ".local/share/fish/fish_history",
    ]
    for place in places { try desk.write(env, to: "\(desk.userHome)/\(place)") }
    try desk.write(pem, to: desk.userHome + "/Downloads/ed25519.pem")
    // A crash may leave zeros in a history.
    try desk.write("ls\0\0\0\n" + env, to: desk.userHome + "/.zsh_history")
    try desk.write(env, to: ".env.local")
    for place in ["bot/src/.env", "bot/main.py", ".cache/x"] { try desk.write(env, to: "\(desk.userHome)/\(place)") }
    let rows = try rows([])
    expectNoDifference(rows.count, 2)
    expectNoDifference(
      Set(rows.flatMap(paths)),
      Set((places + ["Downloads/ed25519.pem", ".zsh_history"]).map { "home/\($0)" } + ["work/.env.local"]))
    #expect(
      try desk.run(["find-keys"]).output.contains("A private key in PEM. Nothing there tells of which exchange.\n"))
  }

  @Test func `Where browsers put what they download, the desktop says`() throws {
    try desk.write("XDG_DOWNLOAD_DIR=\"$HOME/Descargas\"\n", to: desk.userHome + "/.config/user-dirs.dirs")
    try desk.write(FindKeysTests.env, to: desk.userHome + "/Descargas/a.txt")
    expectNoDifference(try rows([]).flatMap(paths), ["home/Descargas/a.txt"])
    let none = try Desk().run(["find-keys"])
    expectNoDifference(
      none.output,
      "No key was found where keys are known to lie.\n\n  Searched: 0 files. Nothing was changed.\n  elsewhere it searches what you name: keyusher find-keys PATH\n"
    )
    expectNoDifference(none.status, 0)
  }

  @Test func `A program of one's own says where it keeps keys`() throws {
    let pack = """
      format: 1
      program: mybot
      title: My bot
      docs: [{from: its README, date: 2026-05-27}]
      any-exchange: true
      variables: [{name: MYBOT_K, part: key}]
      places: [~/.mybot/keys.ini]

      """
    try desk.write(pack, to: desk.home + "/flows/programs/mybot.yaml")
    try desk.write("MYBOT_K=\(Canary.key)\n", to: desk.userHome + "/.mybot/keys.ini")
    let ran = try desk.run(["find-keys"])
    #expect(ran.output.contains("My bot reads its key there.\n"), "\(ran.output)\(ran.errors)")
    try desk.write("format: 1\nprogram: mybot\n", to: desk.home + "/flows/programs/mybot.yaml")
    #expect(try desk.run(["find-keys"]).errors.contains("The program pack 'mybot' can't be used"))
  }

  // MARK: - History

  @Test func `What git keeps of earlier versions is searched when it is asked for`() throws {
    let git = "/usr/bin/git"
    guard access(git, X_OK) == 0 else { return missing("git") }
    func run(_ arguments: String...) throws {
      let ran = try desk.run(
        ["-C", desk.work + "/repo", "-c", "user.name=a", "-c", "user.email=a@example.com"] + arguments, program: git)
      expectNoDifference(ran.status, 0, "\(ran.errors)")
    }
    try FileManager.default.createDirectory(atPath: desk.work + "/repo", withIntermediateDirectories: true)
    try run("init", "-q")
    try desk.write(FindKeysTests.env, to: "repo/conf/.env")
    try run("add", ".")
    try run("commit", "-q", "-m", "begin")
    try desk.write("LOG_LEVEL=info\n", to: "repo/conf/.env")
    try run("commit", "-q", "-a", "-m", "take the key out")
    // Settings of a repository must run nothing.
    let trap = try desk.write("#!/bin/sh\ntouch \(desk.work)/ran\n", to: "trap", mode: 0o755)
    for name in ["core.fsmonitor", "core.sshCommand", "core.pager", "diff.external", "core.alternateRefsCommand"] {
      try run("config", name, trap)
    }
    expectNoDifference(try desk.run(["find-keys", "repo"]).status, 0)
    let ran = try desk.run(["find-keys", "--git-history", "repo"])
    #expect(ran.output.contains("  \(desk.work)/repo/conf/.env:2 (object "), "\(ran.output)\(ran.errors)")
    #expect(ran.output.contains("Git keeps it: every copy of the repository has it"))
    expectNoDifference(ran.status, 2)
    expectNoDifference(FileManager.default.fileExists(atPath: desk.work + "/ran"), false)
    let place = try #require(try rows(["--git-history", "repo"]).first?["places"] as? [[String: Any]]).first
    expectNoDifference((place?["object"] as? String)?.count, 12)
    let without = try desk.run(["find-keys", "--git-history", "repo"], setting: ["PATH": desk.work])
    expectNoDifference(
      without.errors,
      "keyusher: the history of git can't be searched: the program 'git' is not here\nhint: install it in a folder of PATH\n"
    )
    expectNoDifference(without.status, 69)
  }

  @Test func `A repository that is damaged is told, and hides no other`() throws {
    guard access("/usr/bin/git", X_OK) == 0 else { return missing("git") }
    for name in ["HEAD", "objects/x", "refs/x"] { try desk.write("x\n", to: "broken/.git/\(name)") }
    let ran = try desk.run(["find-keys", "--git-history", "broken"])
    let words = ran.output.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
    #expect(words.contains("broken/.git was not searched whole: git ended with status 128: fatal"), "\(ran.output)")
    expectNoDifference(ran.status, 0)
  }

  // MARK: - What can't be searched

  @Test func `What several paths lead to is searched once`() throws {
    try desk.write(FindKeysTests.env, to: "bot/.env")
    let row = try #require(try rows([".", "bot", "bot/.env", "./bot/../bot"]).first)
    expectNoDifference(paths(row).count, 1)
    // The home may be the working folder, too.
    let ran = try desk.run(["find-keys", "--json"], setting: ["HOME": desk.work])
    expectNoDifference(ran.output.split(by: "\"path\"").count, 2, "\(ran.output)")
  }

  @Test func `A folder of more folders than can be open is searched`() throws {
    for number in 0..<200 { try desk.write(number == 7 ? FindKeysTests.env : "x\n", to: "tree/\(number)/x") }
    let ran = try desk.bash([keyusher, "find-keys", "tree"], after: "ulimit -n 40", "")
    #expect(
      ran.output.contains("/tree/7/x:2\n") && ran.output.contains("Searched: 200 files."), "\(ran.output)\(ran.errors)")
  }

  @Test func `What can't be searched is told with what to do`() throws {
    try desk.write(FindKeysTests.env, to: "file")
    symlink(desk.work + "/file", desk.work + "/link")
    mkfifo(desk.work + "/pipe", 0o600)
    for (path, status, message) in [
      ("none", 66, "there is nothing at 'none'\nhint: name a file or a folder"),
      ("link", 66, "'link' is a link, and links are not followed\nhint: name what it leads to: readlink -f 'link'"),
      ("pipe", 66, "'pipe' is neither a plain file nor a folder\nhint: name a file or a folder"),
    ] {
      let ran = try desk.run(["find-keys", path])
      expectNoDifference(ran.errors, "keyusher: \(message)\n")
      expectNoDifference(ran.status, Int32(status))
    }
    let wrong = try desk.run(["find-keys", "--git-history"])
    #expect(wrong.status == 64 && wrong.errors.contains("name one, for example '.'"), "\(wrong.errors)")
  }

  @Test func `What was left out is counted`() throws {
    try desk.write("a\0b", to: "tree/binary")
    try desk.write("x\n", to: "tree/text")
    symlink("/", desk.work + "/tree/link")
    expectNoDifference(
      try desk.run(["find-keys", "tree"]).output,
      """
      No key was found.

        Searched: 1 file. Nothing was changed.
        Left out: 1 file without text and 1 link.

      """)
  }

  @Test func `A record that can't be read is told`() throws {
    try desk.write(FindKeysTests.env, to: "bot/.env")
    try desk.write("rubbish\n", to: desk.recordFile("abcd"))
    let ran = try desk.run(["find-keys", "bot"])
    expectNoDifference(
      ran.errors,
      "keyusher: record 'abcd' can't be read: whether it knows a key is not known here\nhint: 'keyusher runs' names each, and why\n"
    )
    #expect(ran.status == 2 && ran.output.contains("gate-io"))
  }
}
