/// What the stand-in plays: its clock, its keys, and what goes wrong.
struct State: Equatable, Sendable {
  /// Which of an exchange's separate sets of accounts this server is.
  enum Environment: String, CaseIterable, Sendable { case live, testnet, demo }

  /// How the time that is played follows from the real one.
  enum Clock: Equatable, Sendable {
    case fixed(Moment)
    /// Milliseconds that are added.
    case offset(Int64)

    func now(at moment: Moment) -> Moment {
      switch self {
      case .fixed(let moment): moment
      case .offset(let milliseconds): moment + milliseconds
      }
    }
  }

  var environment = Environment.live
  var clock = Clock.offset(0)
  /// Where all requests seem to come from; nil for the address that they do come from.
  var from: Address?
  var keys: [Key] = []
  var faults: [Fault] = []
}
