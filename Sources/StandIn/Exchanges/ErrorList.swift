/// What a fault of the kind `error` can play.
public enum ErrorList {
  /// A line for each: the exchange, the cause, the code, HTTP's status, and whether the body is made.
  public static var lines: [String] {
    ExchangeID.allCases.flatMap { exchange in
      exchange.protocol.errors.map { row in
        [exchange.rawValue, row.cause, row.code, String(row.status), row.isMade ? "made" : "shown"]
          .joined(separator: "\t")
      }
    }
  }
}
