import PlainText

/// A small flow and its script, to begin with: both without a finding.
public struct Scaffold: Equatable, Sendable {
  public var flow: String
  public var script: String

  /// - Parameters:
  ///   - id: PROVIDER/NAME.
  ///   - today: YYYY-MM-DD.
  ///   - host: the one that its page is on.
  public init(id: String, today: String, host: String? = nil) {
    let provider = String(id.prefix { $0 != "/" })
    let values: KeyValuePairs = ["id": id, "provider": provider, "host": host ?? "www.example.com", "today": today]
    flow = filled(Resources.flowYaml, values)
    script = filled(Resources.flowScript, values)
  }
}

/// The pack of a program, to begin with: it says of each key what belongs there, lints clean, and claims nothing.
public struct ProgramScaffold: Equatable, Sendable {
  public var text: String

  /// - Parameters:
  ///   - id: the name of the program, for example `mybot`.
  ///   - today: YYYY-MM-DD.
  public init(id: String, today: String) {
    let capitals = id.uppercased().replacing("-", with: "_")
    text = filled(Resources.programYaml, ["id": id, "capitals": capitals, "today": today])
  }
}

/// A text in which each `$(NAME)` is filled in.
func filled(_ text: String, _ values: KeyValuePairs<String, String>) -> String {
  values.reduce(text) { $0.replacing("$(\($1.key))", with: $1.value) }
}
