/// What an exchange's API tells of a key, and how its answers are read: its `flows/PROVIDER/api.yaml`.
public struct ExchangeAPI: Equatable, Sendable {
  /// The folder it lies in, for example `gate-io`.
  public var id: String
  public var scheme: Scheme
  /// The secret parts of a key, by name, that requests carry as they are.
  public var sends: [String]
  /// In what the number of a request is counted; nil where none must be higher than all before.
  public var nonce: NonceUnit?
  /// Where all of it comes from.
  public var sources: [Source]
  /// The hosts, the usual one first.
  public var environments: [Environment]
  public var clock: Clock
  public var errors: ErrorPlaces
  /// In the order in which they are made.
  public var requests: [Request]
  /// Why nobody can tell what no request tells.
  public var unknowable: [KeyFact: String]
  /// The first that fits an answer counts.
  public var refusals: [Refusal]
  public var permissions: [Permission]
  public var rules: [Rule]
  public var limit: Limit

  /// How requests are signed. There is code for each.
  public enum Scheme: String, Equatable, Sendable, CaseIterable {
    case gate = "gate-v4"
    case binance = "binance-v3"
    case kraken = "kraken-v0"
    case kucoin = "kucoin-v2"
    case okx = "okx-v5"
    case bybit = "bybit-v5"
    case coinbase = "coinbase-jwt"
    case bitget = "bitget-v2"
    case mexc = "mexc-v3"
    case htx = "htx-v2"
  }

  /// In what Keyusher counts the numbers of its requests. There is code for each.
  public enum NonceUnit: String, Equatable, Sendable, CaseIterable { case milliseconds }

  public struct Source: Equatable, Sendable {
    /// "Gate's API documentation".
    public var description: String
    /// The day it was read, `YYYY-MM-DD`.
    public var date: String
    /// What it stands for.
    public var says: String?

    public init(description: String, date: String, says: String?) {
      (self.description, self.date, self.says) = (description, date, says)
    }
  }

  /// One of its hosts, with keys of its own.
  public struct Environment: Equatable, Sendable {
    /// `live`, `testnet`, `demo` or a region.
    public var id: String
    /// Within a sentence: "Gate's TestNet".
    public var title: String?
    /// `https://` and the name, for example `https://api.gateio.ws`.
    public var host: String
    /// The header that says which environment is meant, where one host has two: `x-simulated-trading: 1`.
    public var mark: String?
    /// The accounts, by the ids of the pack's options, whose keys live there.
    public var accounts: [String]
    /// Why nothing is asked there; nil where it is.
    public var unasked: String?
    /// The environments of the same company that are tried, one request each, after a refusal that says so.
    public var others: [String]

    /// The host alone, for example `api.gateio.ws`.
    public var hostName: String { String(host.dropFirst("https://".count)) }

    /// For a person: "Gate's TestNet, api-testnet.gateapi.io".
    public var words: String { title.map { "\($0), \(hostName)" } ?? hostName }

    public init(
      id: String, title: String?, host: String, mark: String? = nil, accounts: [String], unasked: String? = nil,
      others: [String]
    ) {
      (self.id, self.title, self.host, self.mark) = (id, title, host, mark)
      (self.accounts, self.unasked, self.others) = (accounts, unasked, others)
    }
  }

  /// The request that tells the exchange's time and is not signed.
  public struct Clock: Equatable, Sendable {
    public var path: String
    public var moment: AnswerPlace
    public var unit: TimeUnit
    public var written: Written
    /// By how many seconds this computer's clock may be behind, and ahead; nil where no bound is stated.
    public var behind: Int?
    public var ahead: Int?

    public init(path: String, moment: AnswerPlace, unit: TimeUnit, written: Written, behind: Int?, ahead: Int?) {
      (self.path, self.moment, self.unit, self.written) = (path, moment, unit, written)
      (self.behind, self.ahead) = (behind, ahead)
    }
  }

  /// Where a refusal's code and words stand; of several places the first that has something.
  public struct ErrorPlaces: Equatable, Sendable {
    public var code: [AnswerPlace]
    public var message: [AnswerPlace]

    public init(code: [AnswerPlace], message: [AnswerPlace]) { (self.code, self.message) = (code, message) }
  }

  /// What a right is, by the name that the exchange reports it by.
  public struct Permission: Equatable, Sendable {
    /// A `*` at its end stands for any rest.
    public var name: String
    /// Whether the row is for the right that only reads, or for the one that does not; nil: for both.
    public var isReadOnly: Bool?
    public var meaning: Grant.Meaning
    /// Whether no source has this name for certain.
    public var isUnverified: Bool

    public init(name: String, isReadOnly: Bool?, meaning: Grant.Meaning, isUnverified: Bool) {
      (self.name, self.isReadOnly) = (name, isReadOnly)
      (self.meaning, self.isUnverified) = (meaning, isUnverified)
    }
  }

  /// When a key ends by a rule that the exchange states and no answer tells.
  public struct Rule: Equatable, Sendable {
    public enum Start: String, Equatable, Sendable, CaseIterable {
      case created
      /// The last request that was signed with the key.
      case use
    }

    public enum Condition: String, Equatable, Sendable, CaseIterable {
      case noAddresses = "no-addresses"
      case moreThanRead = "more-than-read"
    }

    public var days: Int
    public var after: Start
    /// All of these must hold.
    public var conditions: [Condition]
    /// On whose word: "Gate's help article 17521".
    public var by: String

    public init(days: Int, after: Start, conditions: [Condition], by: String) {
      (self.days, self.after, self.conditions, self.by) = (days, after, conditions, by)
    }
  }

  /// How many requests may be made in so many seconds, with one account from one address.
  public struct Limit: Equatable, Sendable {
    public var requests: Int
    public var seconds: Int

    public init(requests: Int, seconds: Int) { (self.requests, self.seconds) = (requests, seconds) }
  }

  public init(
    id: String, scheme: Scheme, sends: [String], nonce: NonceUnit?, sources: [Source], environments: [Environment],
    clock: Clock, errors: ErrorPlaces,
    requests: [Request], unknowable: [KeyFact: String], refusals: [Refusal], permissions: [Permission],
    rules: [Rule], limit: Limit
  ) {
    (self.id, self.scheme, self.sends, self.nonce, self.sources) = (id, scheme, sends, nonce, sources)
    (self.environments, self.clock, self.errors) = (environments, clock, errors)
    (self.requests, self.unknowable, self.refusals) = (requests, unknowable, refusals)
    (self.permissions, self.rules, self.limit) = (permissions, rules, limit)
  }
}

extension ExchangeAPI {
  public func environment(_ id: String) -> Environment? { environments.first { $0.id == id } }
  public func request(_ id: String) -> Request? { requests.first { $0.id == id } }

  /// The requests to make, in their order: all but those that are made in place of another.
  public var firstRequests: [Request] {
    let others = Set(requests.compactMap { $0.instead?.request })
    return requests.filter { !others.contains($0.id) }
  }

  /// Where keys of an account live, by the id of the pack's option; the usual host if nothing is said of it.
  public func environment(ofAccount account: String?) -> Environment? {
    environments.first { account.map($0.accounts.contains) ?? false } ?? environments.first
  }
}
