import PlainText

/// A request at an exchange, and what its rules look at.
struct Call {
  let request: Request
  let route: Route
  let exchange: any Exchange
  let state: State
  /// The time that is played.
  let now: Moment
  let from: Address
  let nonces: Nonces

  // MARK: What came

  func header(_ name: String, code: String? = nil) throws(Refused) -> String {
    guard let value = request.header(name), !value.isEmpty else {
      throw Refused(.missingHeader, code: code, name: name)
    }
    return value
  }

  func parameter(_ name: String) throws(Refused) -> String {
    guard let value = request.parameter(name), !value.isEmpty else { throw Refused(.missingParameter, name: name) }
    return value
  }

  /// A time in whole milliseconds.
  func time(_ text: String) throws(Refused) -> Moment {
    guard text.utf8.allSatisfy(\.isDigit), let number = Int64(text), number < 1 << 53 else {
      throw Refused(.malformedTime)
    }
    return Moment(milliseconds: number)
  }

  /// For how many milliseconds a request may be on its way, as it says itself: at most a minute.
  func window(_ text: String?) throws(Refused) -> Int64 {
    min(try text.map(time)?.milliseconds ?? 5000, 60_000)
  }

  // MARK: What is refused

  /// The key of this name: there, of this environment, neither locked nor expired.
  ///
  /// - Parameters:
  ///   - environment: which the request is for; nil for the server's.
  ///   - isWellFormed: what tells a name that the exchange never gives from one that it does not know.
  func key(
    _ name: String, in environment: State.Environment? = nil, isWellFormed: (String) -> Bool = { _ in true }
  ) throws(Refused) -> Key {
    guard let key = state.keys.first(where: { $0.exchange == exchange.id && $0.name == name }) else {
      throw Refused(isWellFormed(name) ? .unknownKey : .malformedKey)
    }
    let played = environment ?? (exchange.terms.environments.count > 1 ? state.environment : .live)
    guard key.environment == played else { throw Refused(.otherEnvironment) }
    if key.isLocked { throw Refused(.lockedKey) }
    if let end = key.expires, end <= now { throw Refused(.expiredKey) }
    return key
  }

  /// That a request's time is not so many milliseconds or more behind the clock that is played, and not so many ahead.
  func requireTime(_ moment: Moment, behind: Int64, ahead: Int64) throws(Refused) {
    guard now - moment < behind, moment - now < ahead else { throw Refused(.clock) }
  }

  func require(_ isSigned: Bool) throws(Refused) {
    guard isSigned else { throw Refused(.signature) }
  }

  /// That the caller's address is in the key's list, if it has one.
  func requireAddress(of key: Key) throws(Refused) {
    guard key.addresses.isEmpty || key.addresses.contains(where: { $0.contains(from) }) else { throw Refused(.address) }
  }

  /// That the key has one of these powers at least.
  ///
  /// - Parameter name: how the refusal calls it; nil for the first.
  func requirePower(_ powers: [String], of key: Key, called name: String? = nil) throws(Refused) {
    guard key.powers.contains(where: powers.contains) else {
      throw Refused(.permission, name: name ?? powers.first ?? "")
    }
  }
}
