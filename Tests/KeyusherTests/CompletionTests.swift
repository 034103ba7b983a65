import CustomDump
import Foundation
import Glibc
import KeyusherHarness
import Outside
import PtyHarness
import Testing

/// What shells offer at a Tab.
@Suite struct CompletionTests {
  /// What is offered, a candidate a line.
  ///
  /// - Parameters:
  ///   - line: a command, and the argument that is wanted: an option, or `positional@` and its place.
  ///   - options: what stands before it.
  private func offered(
    _ line: String, among options: [String] = [], on desk: Desk, setting: [String: String?] = [:]
  ) throws -> [String] {
    var command = line.split(separator: " ").map(String.init)
    let argument = command.removeLast()
    let typed = ["keyusher"] + command + options + [""]
    let ran = try desk.run(
      ["---completion"] + command + ["--", argument, "\(typed.count - 1)", "0"] + typed, setting: setting)
    expectNoDifference(ran.errors, "", "\(line)")
    expectNoDifference(ran.status, 0, "\(line)")
    return ran.output.split(separator: "\n").map(String.init)
  }

  private let kept = KeyCommandTests.names.filter { !$0.hasPrefix("pending/") && !$0.hasPrefix("previous/") }

  @Test func `Keys are offered of the kind that is wanted, and nobody is asked for a passphrase`() throws {
    let desk = try KeyDesk.make()
    for line in ["exec positional@0", "key rename positional@0", "key copy-to positional@1"] {
      expectNoDifference(try offered(line, on: desk), kept, "\(line)")
    }
    for line in ["key show positional@0", "key forget positional@0"] {
      expectNoDifference(try offered(line, on: desk), KeyCommandTests.names, "\(line)")
    }
    expectNoDifference(
      try offered("key keep positional@0", on: desk), ["pending/7q4m.credential", "previous/gate-io/bot"])
  }

  /// A credential helper that keeps each entry in a file, and writes down what it was asked for.
  private static let helper = """
    #!/bin/sh
    cd "$(dirname "$0")/../kept" || exit 1
    echo "$1" >> ../asked
    file() { printf %s "$1" | md5sum | cut -c 1-32; }
    case $1 in
    store) text=$(cat); url=$(printf %s "$text" | sed 's/.*"ServerURL" *: *"\\([^"]*\\)".*/\\1/')
      printf %s "$text" > "$(file "$url")"; printf %s "$url" > "$(file "$url").url" ;;
    get) url=$(cat); cat "$(file "$url")" 2>/dev/null || { echo credentials not found in native keychain; exit 1; } ;;
    erase) url=$(cat); rm -f "$(file "$url")" "$(file "$url").url" ;;
    list) sep='{'; for url in *.url; do [ -f "$url" ] && printf '%s"%s":"keyusher"' "$sep" "$(cat "$url")" && sep=,; done
      [ "$sep" = , ] || printf '{'; printf '}' ;;
    esac
    """

  @Test func `A store that would have to be asked is not asked: its keys are those that records tell of`() throws {
    let desk = try KeyDesk.make()
    let path: [String: String?] = ["PATH": desk.work + "/bin:/usr/bin:/bin"]
    try desk.write(CompletionTests.helper, to: "bin/docker-credential-kept", mode: 0o755)
    try FileManager.default.createDirectory(atPath: desk.work + "/kept", withIntermediateDirectories: false)
    try desk.write(SmallFlow.text(), to: desk.home + "/flows/\(SmallFlow.id).yaml")
    try desk.write(SmallFlow.script.replacing("offline", with: "docker-credential-kept"), to: "a.script")
    let ran = try desk.run(["replay", "a.script"], setting: path.merging(SmallFlow.credential) { $1 })
    expectNoDifference(ran.status, 0, "\(ran.output)\(ran.errors)")
    let asked = try desk.text(of: desk.work + "/asked")
    expectNoDifference(try offered("exec positional@0", on: desk, setting: path), (kept + ["test/bot"]).sorted())
    expectNoDifference(
      try offered("exec positional@0", among: ["--store", "docker-credential-kept"], on: desk, setting: path),
      ["test/bot"])
    expectNoDifference(try offered("exec positional@0", among: ["--store", "age"], on: desk, setting: path), kept)
    expectNoDifference(try desk.text(of: desk.work + "/asked"), asked)
  }

  @Test func `Runs, stores, flows, exchanges and programs are offered`() throws {
    let desk = try Desk.small()
    try desk.write(SmallFlow.script, to: "a.script")
    expectNoDifference(try desk.run(["replay", "a.script"], setting: SmallFlow.credential).status, 0)
    let ended = try desk.run()
    expectNoDifference(try desk.run(["run", SmallFlow.id], input: "bot-2\n").status, 4)
    let left = try #require(desk.records.runs().first { $0 != ended })
    try desk.write("rubbish\n", to: desk.recordFile("abcd"))
    for line in ["show positional@0", "export positional@0", "audit positional@0", "redact positional@0"] {
      expectNoDifference(try offered(line, on: desk), ["abcd", ended, left].sorted(), "\(line)")
    }
    expectNoDifference(try offered("flow graph --run", on: desk), ["abcd", ended, left].sorted())
    expectNoDifference(try offered("resume positional@0", on: desk), [left])
    expectNoDifference(try offered("discard positional@0", on: desk), [left])
    let flows = try offered("run positional@0", on: desk)
    #expect(flows.contains("gate-io/create-key") && flows.contains(SmallFlow.id))
    expectNoDifference(try offered("flow print positional@0", on: desk), flows)
    let exchanges = try offered("flow list positional@0", on: desk)
    #expect(exchanges.contains("gate-io") && exchanges.contains("test"))
    expectNoDifference(try offered("key adopt --exchange", on: desk), exchanges)
    let stores = try offered("key list --store", on: desk)
    #expect(Set(["age", "pass", "secret-service", "openbao"]).isSubset(of: stores) && !stores.contains("offline"))
    for line in ["exec --store", "key copy-to positional@0", "store test positional@0"] {
      expectNoDifference(try offered(line, on: desk), stores, "\(line)")
    }
    let programs = try offered("exec --as", on: desk)
    #expect(Set(["ccxt", "env", "freqtrade", "passivbot"]).isSubset(of: programs))
    for line in ["key config --for", "run --program"] {
      expectNoDifference(try offered(line, on: desk), programs, "\(line)")
    }
  }

  @Test func `Where nothing can be known nothing is offered, nothing is told and nothing is made`() throws {
    let desk = try Desk()
    expectNoDifference(try offered("exec positional@0", on: desk), [])
    expectNoDifference(try offered("resume positional@0", on: desk), [])
    expectNoDifference(try offered("show positional@0", on: desk, setting: ["KEYUSHER_HOME": "here"]), [])
    #expect(!FileManager.default.fileExists(atPath: desk.home))
    try desk.write("stroe: age\n", to: desk.home + "/config.yaml")
    expectNoDifference(try offered("exec positional@0", on: desk), [])
    let wrong = try desk.run(["---completion", "exec", "--", "nonsense"])
    expectNoDifference(wrong.errors, "")
    expectNoDifference(wrong.output, "")
  }

  /// What a person may get with a folder of flows: names that bash would run, expand or take for options.
  private static let hostile = ["$(touch ran)", "`touch ran`", "${IFS}a", "a b", "a;b", "~root", "*", "-x", "A"]

  private func deskWithHostileNames() throws -> Desk {
    let desk = try Desk.small()
    for name in CompletionTests.hostile {
      try desk.write("x", to: desk.home + "/flows/\(name)/create-key.yaml")
      try desk.write("x", to: desk.home + "/flows/test/\(name).yaml")
      try desk.write("x", to: desk.home + "/flows/programs/\(name).yaml")
      try desk.write("#!/bin/sh\n", to: "bin/docker-credential-\(name)", mode: 0o755)
      try desk.write("x", to: desk.home + "/age/store/\(name).age")
      try desk.write("x", to: desk.recordFile(name))
    }
    return desk
  }

  @Test func `A name that a shell would not leave as it is is not offered`() throws {
    let desk = try deskWithHostileNames()
    let path: [String: String?] = ["PATH": desk.work + "/bin:/usr/bin:/bin"]
    for line in [
      "run positional@0", "flow list positional@0", "exec --as", "key list --store", "show positional@0",
      "resume positional@0", "exec positional@0", "key show positional@0",
    ] {
      let shown = try offered(line, on: desk, setting: path)
      #expect(shown.allSatisfy { $0.wholeMatch(of: /[a-z0-9][a-z0-9._\/-]*/) != nil }, "\(line): \(shown)")
    }
    #expect(try offered("run positional@0", on: desk, setting: path).contains(SmallFlow.id))
  }

  @Test(
    "A Tab in bash runs nothing of what names say",
    arguments: ["run ", "flow list ", "exec --as ", "key list --store "])
  func tabRunsNothing(line: String) throws {
    guard let bash = tool("bash") else { return }
    let desk = try deskWithHostileNames()
    let script = try desk.run(["--generate-completion-script", "bash"])
    let path = try desk.write(script.output, to: "completions/_keyusher")
    let folder = (keyusher as NSString).deletingLastPathComponent
    let pty = try Pty(
      bash, ["--norc", "-i"],
      environment: desk.environment(["PATH": "\(folder):\(desk.work)/bin:/usr/bin:/bin"]), columns: 200)
    try pty.send("cd '\(desk.work)'; source '\(path)'; echo loa''ded\r")
    try pty.expect("loaded")
    try pty.send("keyusher \(line)\t\t")
    try pty.control("U")
    try pty.send("echo do''ne\r")
    try pty.expect("done")
    try pty.send("exit\r")
    #expect(!FileManager.default.fileExists(atPath: desk.work + "/ran"))
  }

  @Test("A key is completed in each shell", arguments: ["bash", "zsh", "fish"])
  func shell(name: String) throws {
    guard let shell = tool(name) else { return }
    let desk = try KeyDesk.make()
    let script = try desk.run(["--generate-completion-script", name])
    expectNoDifference(script.errors, "")
    let path = try desk.write(script.output, to: "completions/_keyusher")
    let folder = (keyusher as NSString).deletingLastPathComponent
    let options = ["bash": ["--norc", "-i"], "zsh": ["-f", "-i"], "fish": ["--no-config", "-i"]][name] ?? []
    let loading = [
      "zsh": "bindkey -e; fpath=('\(desk.work)/completions' $fpath); autoload -U compinit; compinit -u -D"
    ]
    let pty = try Pty(
      shell, options,
      environment: desk.environment(["PATH": "\(folder):/usr/bin:/bin", "XDG_CONFIG_HOME": desk.userHome]), columns: 200
    )
    try pty.send("\(loading[name] ?? "source '\(path)'"); echo loa''ded\r")
    try pty.expect("loaded")
    try pty.send("keyusher key show ok\t")
    // The completed line becomes an argument of another program, which shows each of its words.
    try pty.control("A")
    try pty.send("printf '<%s>' \r")
    try pty.expect("<okx/bot>")
    try pty.send("exit\r")
  }
}
