import PlainText

/// The exchange of the demo: it tells of its keys as Gate does, and takes orders for play money.
struct DemoExchange: Exchange {
  static let prefix = "/play/"

  /// Buys so many coins; returns what was paid and the account as it is then, or nil if there is not enough money.
  let buy: @Sendable (Int64) -> (paid: Int64, account: DemoAccount)?

  private let gate = GateIO()

  var id: ExchangeID { gate.id }
  var terms: Terms { gate.terms }
  var pathPrefixes: [String] { gate.pathPrefixes + [Self.prefix] }
  var errors: [ErrorRow] { gate.errors + [Self.tooLittle] }
  var routes: [Route] {
    gate.routes + [
      Route(id: "price", path: Self.prefix + "price"), Route(id: "order", method: "POST", path: Self.prefix + "order"),
    ]
  }

  func answer(_ call: Call) throws(Refused) -> JSON {
    switch call.route.id {
    case "price": return ["price": .text(play(DemoAccount.price(at: call.now)))]
    case "order":
      try call.requirePower(["spot"], of: gate.admit(call))
      guard let count = Int64(try call.parameter("coins")), let (paid, account) = buy(count) else {
        throw Refused(.missingParameter)
      }
      return ["paid": .text(play(paid)), "money": .text(play(account.money)), "coins": .integer(account.coins)]
    default: return try gate.answer(call)
    }
  }

  // MARK: - Private

  private static let tooLittle = ErrorRow(
    "too_little", "BALANCE_NOT_ENOUGH", 400, #"{"label":"BALANCE_NOT_ENOUGH","message":"Not enough play money"}"#,
    for: [.missingParameter], isMade: true)
}
