import Introspection

extension KeyQuestioning {
  /// What came of it.
  struct Outcome: Sendable {
    /// One for each fact; empty where nothing was told.
    var observations: [KeyObservation] = []
    /// Why it told nothing, or not all of it.
    var failure: KeyFailure?
    var asked: [Asked] = []
    /// Where it was looked for in turn, if the first host did not know it and others of the company were asked: the first, then
    /// these.
    var tries: [Try] = []
    /// Whether the exchange took the key and its signature.
    var isAccepted = false
    var isProxied = false
    /// Whether a one-time password may be what is missing.
    var wantsPassword = false
    /// What came of asking for one; nil where nothing called for it.
    var password: OneTimePassword.Asked?

    /// How the clocks stand; nil where that was not told.
    var clock: ClockOffset? { asked.lazy.compactMap(\.clock).first }

    /// Where the key turned out to live, if that is not where it was looked for.
    var foundAt: ExchangeAPI.Environment? { tries.last { $0.failure == nil }?.environment }

    /// Who wants to be left alone, why and for how long.
    var closing: (host: String?, failure: KeyFailure)? {
      let shut = tries.last { $0.failure?.pause != nil }
      if let shut, let failure = shut.failure { return (shut.environment.hostName, failure) }
      return failure.flatMap { $0.pause == nil ? nil : (failedAt, $0) }
    }

    /// The host that answered with the failure; nil where none did.
    var failedAt: String? {
      foundAt == nil ? tries.first?.environment.hostName ?? asked.last?.host : asked.last?.host
    }
  }

  /// One request that was answered.
  struct Asked: Sendable {
    var request: String
    var host: String
    /// By this computer's clock, in milliseconds since 1970.
    var at: Int
    var digest: String
    var observations: [KeyObservation] = []
    /// What it told of its clock.
    var clock: ClockOffset?
    /// Whether a one-time password went along.
    var hasPassword = false
  }

  /// What came of the question for the exchange's time.
  struct ClockReading: Sendable {
    /// How far ahead of this computer's clock what is signed is dated, in milliseconds.
    var ahead = 0
    var asked: Asked?
    /// Why it was not told, or that the two are so far apart that nothing is to be signed.
    var failure: KeyFailure?
  }

  /// One host at which it was looked for, by one signed request.
  struct Try: Sendable {
    var environment: ExchangeAPI.Environment
    /// Why it told nothing; nil where the key lives there.
    var failure: KeyFailure?
  }
}
