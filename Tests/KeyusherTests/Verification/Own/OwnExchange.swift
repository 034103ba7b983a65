import Foundation
import KeyusherHarness
import Outside

/// An eleventh exchange that signs as Gate does, in the folder of flows of a desk's home; its API is the one that
/// flows/README.md shows.
struct OwnExchange {
  let desk: Desk
  static let key = "acme/bot"

  /// - Parameter hasKey: whether a store with a key of it is there.
  init(on desk: Desk? = nil) throws {
    self.desk = try desk ?? KeyDesk.make()
    let made = try self.desk.run(["flow", "new", "acme", "--exchange", "--dir", folder])
    guard made.status == 0 else { throw TestFailure(description: made.errors) }
    try write(Self.api())
    if desk == nil {
      try self.desk.keep(Self.key, of: "acme", ["key": Canary.key, "secret": Canary.secret])
    }
  }

  var folder: String { desk.home + "/flows" }
  var file: String { folder + "/acme/api.yaml" }

  func write(_ api: String) throws { try desk.write(api, to: file) }

  /// Changes its file.
  func change(_ old: String, to new: String) throws {
    let text = try desk.text(of: file)
    guard text.contains(old) else { throw TestFailure(description: "no '\(old)' in \(text)") }
    try write(text.replacing(old, with: new))
  }

  static func api() throws -> String {
    let readme = try String(contentsOfFile: sourceTree + "/flows/README.md", encoding: .utf8)
    let parts = readme.components(separatedBy: "```yaml\nformat: 1\napi: acme\n")
    guard parts.count == 2, let end = parts[1].range(of: "```\n") else {
      throw TestFailure(description: "flows/README.md has no API of acme")
    }
    return "format: 1\napi: acme\n" + parts[1][..<end.lowerBound]
  }

  /// What the exchange plays: it answers as Gate does.
  static func state(_ powers: [String] = ["account:read", "spot"]) -> [String: Any] {
    [
      "keys": [
        [
          "exchange": "gate-io", "key": Canary.key, "secret": Canary.secret, "powers": powers,
          "addresses": [String](), "label": "bot", "created": "2026-11-01T00:00:00Z",
        ] as [String: Any]
      ]
    ]
  }
}

/// A copy of the program beside a `keyusher-net` that asks nobody, keeps what it was to ask, and answers as Gate would.
final class AnsweringProgram: OtherNet {
  init() throws {
    try super.init(
      """
      while next; do
        printf '%s\\n' "$text" >> "$here/log"
        now=$(date +%s)
        host=$(printf '%s\\n' "$text" | sed -n 's/^row [^ ]* [^ ]* \\([^ ]*\\) .*/\\1/p')
        body="{\\"server_time\\":${now}000}"
        case $text in *'ask acme live key'*)
          body='[{"key":"\(Canary.key.prefix(12))****","name":"grid-bot-01","state":1,"ip_whitelist":["\(PlayedKey.address)"],"perms":[{"name":"account","read_only":true},{"name":"spot","read_only":false}]}]'
        esac
        printf 'keyusher-net 1\\n200\\nhost %s\\ntype application/json\\nbegan %s000\\nended %s000\\n\\n%s' \\
          "${host:-api.gateio.ws}" "$now" "$now" "$body" | say
      done

      """)
  }

  /// The first words of what it was to ask, each request by itself.
  func asked() throws -> [String] {
    let log = folder.path + "/log"
    guard FileManager.default.fileExists(atPath: log) else { return [] }
    return try folder.text(of: log).split(separator: "\n").map(String.init).filter {
      line in ["ask ", "row ", "mark "].contains { line.hasPrefix($0) }
    }
  }
}
