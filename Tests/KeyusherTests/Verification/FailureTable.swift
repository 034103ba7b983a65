/// What comes of each failure at each exchange.
///
/// A cell is a result with its causes, several where the exchange does not tell them apart, or
/// - `none: WHY`, where the exchange can't have it: it is not played;
/// - `goes on: WHY`, where it does no harm: the key is as planned;
/// - `untold: WHY`, where the key is taken and nothing is told of what it may do.
struct FailureTable {
  enum Cell: Equatable, Sendable {
    case comes(result: String, causes: [String])
    case none(why: String)
    case goesOn(why: String)
    case untold(why: String)
  }

  private static let text = """
    nothing
      gate-io   as-planned
      binance   as-planned
      kraken    as-planned
      kucoin    as-planned
      okx       as-planned
      bybit     as-planned
      coinbase  as-planned
      bitget    as-planned
      mexc      untold: no request of its API tells the rights of the key that asks
      htx       as-planned
    wrong key
      gate-io   refused: key | environment | region
      binance   refused: key | ip | permission
      kraken    refused: key
      kucoin    refused: key
      okx       refused: key | region
      bybit     refused: key | environment | region | expired
      coinbase  refused: key | secret | ip
      bitget    refused: key
      mexc      refused: key
      htx       refused: key
    wrong secret
      gate-io   refused: secret
      binance   refused: secret
      kraken    refused: secret | otp
      kucoin    refused: secret
      okx       refused: secret
      bybit     refused: secret
      coinbase  refused: key | secret | ip
      bitget    refused: secret
      mexc      refused: secret | expired
      htx       refused: key | secret | expired
    swapped
      gate-io   refused: key | environment | region
      binance   refused: key | ip | permission
      kraken    refused: key
      kucoin    refused: key
      okx       refused: key
      bybit     refused: key | environment | region | expired
      coinbase  refused: secret
      bitget    refused: key
      mexc      refused: key
      htx       refused: key
    wrong passphrase
      gate-io   none: its keys have no passphrase
      binance   none: its keys have no passphrase
      kraken    none: its keys have no passphrase
      kucoin    refused: passphrase
      okx       refused: passphrase
      bybit     none: its keys have no passphrase
      coinbase  none: its keys have no passphrase
      bitget    refused: key | passphrase
      mexc      none: its keys have no passphrase
      htx       none: its keys have no passphrase
    this clock 2 minutes ahead
      gate-io   not-asked: clock
      binance   not-asked: clock
      kraken    goes on: it counts by a nonce, and has no window
      kucoin    not-asked: clock
      okx       not-asked: clock
      bybit     not-asked: clock
      coinbase  goes on: a token is dated by Coinbase's own time, and how early one may come is not documented
      bitget    not-asked: clock
      mexc      not-asked: clock
      htx       goes on: its window is 5 minutes
    this clock 2 minutes behind
      gate-io   not-asked: clock
      binance   not-asked: clock
      kraken    goes on: it counts by a nonce, and has no window
      kucoin    not-asked: clock
      okx       not-asked: clock
      bybit     not-asked: clock
      coinbase  not-asked: clock
      bitget    not-asked: clock
      mexc      not-asked: clock
      htx       goes on: its window is 5 minutes
    ip
      gate-io   as-planned: ip
      binance   refused: key | ip | permission
      kraken    none: what it answers to an address that is not on the list no source says
      kucoin    as-planned: ip
      okx       as-planned: ip
      bybit     as-planned: ip
      coinbase  refused: key | secret | ip
      bitget    as-planned: ip
      mexc      as-planned: ip
      htx       as-planned: ip
    permission missing
      gate-io   differs
      binance   differs
      kraken    differs
      kucoin    differs
      okx       differs
      bybit     differs
      coinbase  differs
      bitget    differs
      mexc      untold: no request of its API tells the rights of the key that asks
      htx       differs
    permission to be asked missing
      gate-io   refused: permission
      binance   refused: key | ip | permission
      kraken    none: its request needs no right, by its documentation
      kucoin    refused: permission
      okx       refused: permission
      bybit     refused: permission
      coinbase  refused: permission
      bitget    refused: permission
      mexc      refused: permission
      htx       refused: permission
    too wide
      gate-io   differs
      binance   differs
      kraken    differs
      kucoin    differs
      okx       differs
      bybit     differs
      coinbase  differs
      bitget    differs
      mexc      untold: no request of its API tells the rights of the key that asks
      htx       differs
    withdrawal on
      gate-io   differs
      binance   differs
      kraken    differs
      kucoin    differs
      okx       differs
      bybit     differs
      coinbase  differs
      bitget    differs
      mexc      untold: no request of its API tells the rights of the key that asks
      htx       differs
    expired
      gate-io   refused: key | environment | region
      binance   none: its documentation knows keys that are deleted, and none that end on a day
      kraken    refused: key
      kucoin    refused: key
      okx       refused: key | region
      bybit     refused: expired
      coinbase  none: its documentation knows no key that ends on a day
      bitget    refused: key
      mexc      refused: secret | expired
      htx       refused: key | secret | expired
    locked
      gate-io   refused: account
      binance   none: no source says what it answers of a locked key
      kraken    refused: account
      kucoin    refused: account
      okx       refused: key-locked
      bybit     refused: account
      coinbase  none: no source says what it answers of a locked key
      bitget    refused: account
      mexc      refused: account
      htx       none: no source says what it answers of a locked key
    other environment
      gate-io   refused: key | environment | region
      binance   refused: key | ip | permission
      kraken    none: keys of its futures, and of their demo, are for a host that is not asked
      kucoin    none: its documentation knows one environment
      okx       refused: environment
      bybit     refused: key | environment | region | expired
      coinbase  none: its documentation knows one environment
      bitget    refused: environment
      mexc      none: its documentation knows one environment
      htx       none: its documentation knows one environment
    other region
      gate-io   refused: key | environment | region
      binance   none: its documentation knows one host for all accounts
      kraken    none: its documentation knows one host for all accounts
      kucoin    none: its documentation knows one host for all accounts
      okx       refused: key | region
      bybit     refused: key | environment | region | expired
      coinbase  none: its documentation knows one host for all accounts
      bitget    none: its documentation knows one host for all accounts
      mexc      none: its documentation knows one host for all accounts
      htx       none: its hosts are two ways to the same
    rate limit
      every     not-asked: rate-limit
    edge page
      every     not-asked: edge
    cut off
      every     not-asked: cut-off
    tls
      every     not-asked: certificate
    """

  /// By exchange, of every failure.
  static let cells: [Failure: [String: Cell]] = {
    var cells: [Failure: [String: Cell]] = [:]
    var failure: Failure?
    for line in text.split(separator: "\n") {
      guard line.hasPrefix("  ") else {
        failure = Failure(rawValue: String(line))
        continue
      }
      let words = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
      guard let failure, words.count == 2 else { continue }
      let cell = Cell(words[1].drop { $0 == " " })
      let exchanges = words[0] == "every" ? PlayedKey.all.map(\.exchange) : [String(words[0])]
      for exchange in exchanges { cells[failure, default: [:]][exchange] = cell }
    }
    return cells
  }()
}

extension FailureTable.Cell {
  fileprivate init(_ text: Substring) {
    let words = text.split(separator: ":", maxSplits: 1)
    let rest = words.count == 2 ? String(words[1].dropFirst()) : ""
    self =
      switch words[0] {
      case "none": .none(why: rest)
      case "goes on": .goesOn(why: rest)
      case "untold": .untold(why: rest)
      default:
        .comes(
          result: String(words[0]), causes: rest.split(separator: "|").map { $0.filter { $0 != " " } })
      }
  }

  /// Why it is not as the failure's name has it; nil where it is.
  var reason: String? {
    switch self {
    case .comes: nil
    case .none(let why), .goesOn(let why), .untold(let why): why
    }
  }

  var isPlayed: Bool { if case .none = self { false } else { true } }

  var result: String {
    switch self {
    case .comes(let result, _): result
    case .untold: "untold"
    case .none, .goesOn: "as-planned"
    }
  }

  var causes: [String] { if case .comes(_, let causes) = self { causes } else { [] } }
}
