/// How far an exchange's clock is ahead of this computer's, as far as one answer tells.
public struct ClockOffset: Equatable, Sendable {
  /// What is to be added to this computer's time, in milliseconds: of all that is possible, what lies nearest to the middle of
  /// the way there and back.
  public var ahead: Int
  /// By how much that can be wrong, in milliseconds.
  public var doubt: Int

  /// - Parameters:
  ///   - moment: what the exchange's clock said.
  ///   - step: in steps of how many milliseconds it counts.
  ///   - began: when it was asked, and when the answer came, by this computer's clock.
  public init(_ moment: Int, countedIn step: Int, asked began: Int, answered ended: Int) {
    let own = (began + ended) / 2
    let last = moment + step - 1
    ahead = min(max(own, moment), last) - own
    doubt = max(last - began - ahead, ahead - (moment - ended))
  }

  /// For a person: "this computer's clock is 3.2 seconds behind Gate's, give or take 0.1".
  ///
  /// - Parameter exchange: its name; nil where it is plain whose the other clock is.
  public func words(of exchange: String? = nil) -> String {
    let other = exchange.map { " \($0)'s" } ?? ""
    guard isCertain else {
      let within = ClockOffset.seconds(abs(ahead) + doubt + 99)
      return "this computer's clock agrees\(exchange == nil ? "" : " with\(other)"), to within \(within)"
    }
    let far = ClockOffset.seconds(abs(ahead) + 50)
    let doubt = ClockOffset.number(max(doubt, 1) + 99)
    return "this computer's clock is \(far) \(ahead > 0 ? "behind" : "ahead of")\(other), give or take \(doubt)"
  }

  /// Whether it is worth a word: a second or more, or half of what the exchange takes.
  public func isNotable(for clock: ExchangeAPI.Clock) -> Bool {
    guard isCertain else { return false }
    let bound = limit(of: clock).map { $0 * 500 }
    return abs(ahead) >= min(1_000, bound ?? 1_000)
  }

  /// How many seconds a clock may be off in this direction; nil where no bound is stated.
  public func limit(of clock: ExchangeAPI.Clock) -> Int? { ahead > 0 ? clock.behind : clock.ahead }

  // MARK: - Private

  /// Whether the two differ for certain, and by enough to be said in tenths.
  private var isCertain: Bool { abs(ahead) > max(doubt, 49) }

  /// Tenths are what the way there and back leaves of a millisecond.
  private static func number(_ milliseconds: Int) -> String {
    let tenths = milliseconds / 100
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }

  private static func seconds(_ milliseconds: Int) -> String {
    let number = number(milliseconds)
    return "\(number) \(number == "1" ? "second" : "seconds")"
  }
}
