import PlainText

/// The one account of the demo, with play money: what was done on its page so far.
struct DemoAccount {
  /// A key, and whether the page has shown its secret.
  struct Entry {
    var key: Key
    var isSecretShown = false
  }

  /// A form that was sent, and waits for a 2FA code.
  struct Pending {
    /// The name of the key that is changed; nil for a new one.
    var changes: String?
    var label: String
    var rights: [DemoRight]
    var addresses: [Address]
    /// Six digits, which the page supplies.
    var code: String
  }

  var isLoggedIn = false
  var entries: [Entry] = []
  var pending: Pending?
  /// In play cents.
  var money: Int64 = 1000_00
  var coins: Int64 = 0

  /// What the exchange's answers follow from.
  var state: State {
    var state = State()
    state.keys = entries.map(\.key)
    return state
  }

  /// Does what was confirmed; returns the name of the key.
  ///
  /// - Parameter random: makes so many random bytes.
  mutating func confirm(_ form: Pending, at moment: Moment, random: (Int) -> [UInt8]) -> String {
    pending = nil
    let powers = DemoRight.powers(form.rights)
    if let place = entries.firstIndex(where: { $0.key.name == form.changes }) {
      entries[place].key.powers = powers
      entries[place].key.addresses = form.addresses
      entries[place].key.updated = moment
      return entries[place].key.name
    }
    // Of a shape that no exchange's keys have, so that neither can be taken for the other.
    var key = Key(
      exchange: .gateIO, name: "demo-" + random(14).hexadecimal.dropLast(),
      signer: .secret("demo-secret-" + random(26).hexadecimal), created: moment, updated: moment, user: 1)
    key.powers = powers
    key.addresses = form.addresses
    key.label = form.label
    entries.append(Entry(key: key))
    return key.name
  }

  /// What one coin costs, in play cents: it goes up and down with the time.
  static func price(at moment: Moment) -> Int64 {
    let place = floored(moment.seconds, by: 120).remainder
    return 40_00 + 5 * min(place, 120 - place)
  }

  /// Buys coins for play money; returns what was paid, or nil if there is not enough.
  mutating func buy(_ count: Int64, at moment: Moment) -> Int64? {
    let price = DemoAccount.price(at: moment)
    guard count > 0, count <= 1000, price * count <= money else { return nil }
    money -= price * count
    coins += count
    return price * count
  }
}

/// A right as the page has it. The raw value is its name in a form.
enum DemoRight: String, CaseIterable {
  case account = "account-read"
  case spotRead = "spot-read"
  case spot = "spot-write"
  case walletRead = "wallet-read"
  case wallet = "wallet-write"
  case withdraw

  var title: String {
    switch self {
    case .account: "Account: read only"
    case .spotRead: "Spot: read only"
    case .spot: "Spot: read and write"
    case .walletRead: "Wallet: read only"
    case .wallet: "Wallet: read and write"
    case .withdraw: "Withdraw"
    }
  }

  /// As the stand-in has it.
  var power: String {
    switch self {
    case .account: "account:read"
    case .spotRead: "spot:read"
    case .spot: "spot"
    case .walletRead: "wallet:read"
    case .wallet: "wallet"
    case .withdraw: "withdraw"
    }
  }

  /// Who may write may read: that is one right, and not two.
  static func powers(_ rights: [DemoRight]) -> [String] {
    allCases.filter { right in
      switch right {
      case .spotRead: rights.contains(right) && !rights.contains(.spot)
      case .walletRead: rights.contains(right) && !rights.contains(.wallet)
      default: rights.contains(right)
      }
    }.map(\.power)
  }

  static func rights(_ powers: [String]) -> [DemoRight] { allCases.filter { powers.contains($0.power) } }
}
