import PlainText

/// What an exchange told of what a key can do, as lists need it.
public struct KeyPowers: Equatable, Sendable {
  /// In a person's words, a thing each: "spot read and write", "no IP list".
  public var words: [String]
  /// Whether it can send coins away, and whether it can trade or move them; nil where nobody can tell.
  public var withdraws: Bool?
  public var trades: Bool?
  /// Whether it answers to some addresses alone; nil where nobody can tell.
  public var isBound: Bool?

  public init(_ words: [String], withdraws: Bool?, trades: Bool?, isBound: Bool?) {
    (self.words, self.withdraws, self.trades, self.isBound) = (words, withdraws, trades, isBound)
  }
}

extension KeyPowers {
  /// As facts of the event that ends a look.
  var facts: [String: String] {
    var facts = [KeyPowers.powers: words.joined(separator: KeyPowers.mark)]
    for (name, value) in [(KeyPowers.withdraws, withdraws), (KeyPowers.trades, trades), (KeyPowers.bound, isBound)] {
      facts[name] = value.map { $0 ? "yes" : "no" }
    }
    return facts
  }

  /// Nil where such facts are not there.
  init?(_ facts: [String: String]) {
    guard let text = facts[KeyPowers.powers], !text.isEmpty else { return nil }
    func truth(_ name: String) -> Bool? { facts[name].flatMap { ["yes": true, "no": false][$0] } }
    self.init(
      KeyPowers.parts(text), withdraws: truth(KeyPowers.withdraws), trades: truth(KeyPowers.trades),
      isBound: truth(KeyPowers.bound))
  }

  private static func parts(_ text: String) -> [String] {
    var parts: [String] = []
    var rest = text[...]
    while let place = rest.firstRange(of: mark) {
      parts.append(String(rest[..<place.lowerBound]))
      rest = rest[place.upperBound...]
    }
    return parts + [String(rest)]
  }

  private static let mark = "; "
  private static let (powers, withdraws, trades, bound) = ("powers", "withdraws", "trades", "bound")
}
