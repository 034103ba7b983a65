import PlainText

/// The folder of an exchange, to begin with: a pack that says of each key what belongs there, a flow for each ceremony,
/// and a script for each flow. All of it lints clean and passes, and claims nothing of the exchange.
public struct ExchangeScaffold: Equatable, Sendable {
  public struct File: Equatable, Sendable {
    /// Its name within the folder of the exchange.
    public var name: String
    public var text: String
  }

  public var files: [File]

  /// In this order they are written and told.
  private static let names = [
    "pack", "create-key", "review-keys", "rotate-key", "revoke-key", "lost-keys", "compromise",
  ]

  /// - Parameters:
  ///   - id: the name of the folder, for example `acme`.
  ///   - today: YYYY-MM-DD.
  public init(id: String, today: String) {
    let title = id.prefix(1).uppercased() + id.dropFirst().replacing("-", with: " ")
    files = Self.names.flatMap { name in
      [(Resources.exchangeFlows, ".yaml"), (Resources.exchangeScripts, ".script")].flatMap { texts, suffix in
        texts.filter { $0.name == name }.map {
          File(name: name + suffix, text: filled($0.text, ["id": id, "title": title, "today": today]))
        }
      }
    }
  }
}
