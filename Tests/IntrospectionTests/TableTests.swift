import CustomDump
import Foundation
import Introspection
import Testing

/// The table of requests that can be signed is that of the shipped APIs, row by row: what the program that talks to
/// networks is built from, and what answers are read by, can't come apart.
@Suite struct TableTests {
  private let file = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Sources/keyusher-net/Table/RequestTable.swift").standardized

  @Test func `the table of requests is made of the ten APIs`() throws {
    let before = try String(contentsOf: file, encoding: .utf8)
    let begin = try #require(before.range(of: "  static let rows: [RequestRow] = [\n"))
    let end = try #require(before.range(of: "  ]\n", range: begin.upperBound..<before.endIndex))
    let rows = Self.order.compactMap { id in Samples.apis.first { $0.id == id } }.flatMap(\.rows)
    let text = before[..<begin.upperBound] + rows.joined() + before[end.lowerBound...]
    if ProcessInfo.processInfo.environment["KEYUSHER_REWRITE_GOLDENS"] == "1" {
      try Data(text.utf8).write(to: file, options: .atomic)
    }
    expectNoDifference(
      try String(contentsOf: file, encoding: .utf8).split(separator: "\n"), text.split(separator: "\n"),
      "KEYUSHER_REWRITE_GOLDENS=1 rewrites it")
    // The formatter would break it.
    #expect(rows.allSatisfy { $0.count <= 121 })
  }

  @Test func `no exchange is left out of the table`() {
    expectNoDifference(Self.order.sorted(), Samples.apis.map(\.id).sorted())
  }

  private static let order = [
    "gate-io", "binance", "kraken", "kucoin", "okx", "bybit", "coinbase", "bitget", "mexc", "htx",
  ]
}

extension ExchangeAPI {
  /// Its rows as the table has them.
  fileprivate var rows: [String] {
    NetworkPart(of: self).rows.map { row in
      let mark = row.mark.map { ", mark: \"\($0)\"" } ?? ""
      let scheme = row.scheme?.caseName ?? "unsigned"
      return "    Row(\"\(id)\", \"\(row.environment)\", \"\(row.host)\", \"\(row.request)\", .\(scheme), "
        + "\(row.rest)\(mark)),\n"
    }
  }
}

extension NetworkPart.Row {
  fileprivate var rest: String {
    let query = parameters.filter { $0.value != .once }
      .map { ".\($0.taken == nil ? "key" : "digits")(\"\($0.name)\")" }.joined(separator: ", ")
    let once = parameters.filter { $0.value == .once }.map { ", once: \"\($0.name)\"" }.joined()
    return (method == .post ? "post: " : "") + "\"\(path)\"" + (query.isEmpty ? "" : ", [\(query)]") + once
  }
}

extension ExchangeAPI.Scheme {
  /// What the signing code calls it.
  fileprivate var caseName: String {
    switch self {
    case .gate: "gateV4"
    case .binance: "binanceV3"
    case .kraken: "krakenV0"
    case .kucoin: "kucoinV2"
    case .okx: "okxV5"
    case .bybit: "bybitV5"
    case .coinbase: "coinbaseJWT"
    case .bitget: "bitgetV2"
    case .mexc: "mexcV3"
    case .htx: "htxV2"
    }
  }
}
