extension ExchangeAPI {
  /// What one refusal of the exchange comes from.
  public struct Refusal: Equatable, Sendable {
    /// The HTTP status; nil where the body decides whatever it is.
    public var status: Int?
    /// The codes, any of them; a `*` at the end stands for any rest. Empty: the answer need not have one.
    public var codes: [String]
    /// What its words contain, in capitals or not; any of them. Empty: whatever they are.
    public var says: [String]
    /// One, or those that the exchange does not tell apart.
    public var causes: [KeyFailure.Cause]
    /// For how many seconds it is left alone, where it does not say so itself.
    public var pause: Int?
    /// Whether its words name the moment until which it is to be left alone, in milliseconds.
    public var namesEnd: Bool
    /// Between which words of it stands what is missing.
    public var detail: Detail?
    /// Whether other environments are asked.
    public var triesOthers: Bool
    /// Which of the causes it can't be if all of these refuse it, too.
    public var ruledOut: [KeyFailure.Cause]
    public var basis: Basis
    /// Where the row comes from.
    public var source: String

    public struct Detail: Equatable, Sendable {
      public var after: String
      /// Nil: to the end.
      public var before: String?

      public init(after: String, before: String?) { (self.after, self.before) = (after, before) }
    }

    /// How sure a row is.
    public enum Basis: String, Equatable, Sendable, CaseIterable {
      /// The exchange's own documentation.
      case documented = "doc"
      /// Its own package or repository.
      case sdk
      /// Somebody quoted the answer.
      case seen
      /// The code of a library says so.
      case library = "lib"
      case unverified
    }

    public init(
      status: Int? = nil, codes: [String], says: [String], causes: [KeyFailure.Cause], pause: Int? = nil,
      namesEnd: Bool = false, detail: Detail? = nil, triesOthers: Bool = false, ruledOut: [KeyFailure.Cause] = [],
      basis: Basis, source: String
    ) {
      (self.status, self.codes, self.says, self.causes) = (status, codes, says, causes)
      (self.pause, self.namesEnd, self.detail) = (pause, namesEnd, detail)
      (self.triesOthers, self.ruledOut, self.basis, self.source) = (triesOthers, ruledOut, basis, source)
    }
  }
}
