/// What a host answered to a request, as it came.
public struct KeyAnswer: Equatable, Sendable {
  public var status: Int
  public var contentType: String?
  /// For how many seconds the host wants to be left alone (Retry-After); nil if it did not say.
  public var retryAfter: Int?
  public var body: [UInt8]

  public init(status: Int, contentType: String? = nil, retryAfter: Int? = nil, body: [UInt8]) {
    (self.status, self.contentType) = (status, contentType)
    (self.retryAfter, self.body) = (retryAfter, body)
  }
}

/// What an answer came to.
public enum KeyReading: Equatable, Sendable {
  case told(Told)
  /// Make this request in place of the one that was answered.
  case askInstead(request: String)
  case failed(KeyFailure)

  public struct Told: Equatable, Sendable {
    /// One for each fact that the request is for.
    public var observations: [KeyObservation]
    /// What later requests take from this answer, by the names of their parameters: digits alone.
    public var taken: [String: String]
    /// Whether the answer has a positive sign that key and signature were taken: its documented mark of success, or
    /// something told. Without it an answer of status 200 proves nothing.
    public var isAccepted: Bool

    public init(observations: [KeyObservation], taken: [String: String], isAccepted: Bool) {
      (self.observations, self.taken, self.isAccepted) = (observations, taken, isAccepted)
    }
  }
}
