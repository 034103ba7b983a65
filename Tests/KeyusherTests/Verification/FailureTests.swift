import CustomDump
import Foundation
import KeyusherHarness
import Outside
import Testing

/// Ten exchanges and what can be the matter: what a person, a program and the record are told of each.
@Suite struct FailureTests {
  @Test func `The table has a cell for each failure at each exchange, and a reason for each that is not so`() {
    for failure in Failure.allCases {
      let cells = FailureTable.cells[failure] ?? [:]
      expectNoDifference(cells.keys.sorted(), PlayedKey.all.map(\.exchange).sorted(), "\(failure)")
      for (exchange, cell) in cells { #expect((cell.reason?.count ?? 99) > 10, "\(failure) \(exchange)") }
    }
  }

  @Test(arguments: Failure.allCases) func `A program is told the result and its causes, and so is the record`(
    _ failure: Failure
  ) throws {
    guard let played = try Played(failure) else { return }
    let ran = try played.desk.verify(played.keys.map(\.entry), at: played.address, ["--json"])
    let rows = try #require(
      JSONSerialization.jsonObject(with: Data(ran.output.utf8)) as? [[String: Any]], "\(ran.errors)")
    expectNoDifference(ran.status, played.keys.map { played.status(of: $0) }.worst)
    expectNoDifference(rows.compactMap { $0["name"] as? String }, played.keys.map(\.entry))
    for (key, row) in zip(played.keys, rows) {
      let cell = played.cell(of: key)
      expectNoDifference(row["result"] as? String, cell.result, "\(key.exchange): \(row)")
      expectNoDifference(row["causes"] as? [String], cell.causes, "\(key.exchange): \(row)")
      let lines = row["lines"] as? [[String: String]] ?? []
      #expect(failure.shows(in: lines) || cell.reason != nil, "\(key.exchange): \(lines)")
      // Binance's key and secret look alike.
      let isOdd = failure == .swapped && key.exchange != "binance"
      expectNoDifference((row["odd"] as? [Any])?.isEmpty, !isOdd, "\(key.exchange): \(row)")
      let record = try played.record(of: key)
      #expect(record.contains(#""verdict":"\#(cell.result)""#), "\(record)")
      #expect(record.contains(#""event":"key-reported""#), "\(record)")
      if !cell.causes.isEmpty {
        #expect(record.contains(#""cause":"\#(cell.causes.joined(separator: ", "))""#), "\(record)")
      }
      expectNoDifference(Canary.secretTraces.first(in: Array(record.utf8)), nil)
    }
    expectNoDifference(Canary.secretTraces.first(in: Array((ran.output + ran.errors).utf8)), nil)
    try played.expectNothingSignedInVain()
  }

  @Test(arguments: Failure.allCases) func `A person is told the right cause, and all that can't be told apart`(
    _ failure: Failure
  ) throws {
    guard let played = try Played(failure) else { return }
    for key in played.keys {
      let ran = try played.desk.verify([key.entry], at: played.address)
      let cell = played.cell(of: key)
      expectNoDifference(ran.status, played.status(of: key), "\(key.exchange): \(ran)")
      let words = ran.output.split { $0 == " " || $0 == "\n" }.joined(separator: " ").lowercased()
      #expect(words.contains(failure.headline(cell).lowercased()), "\(key.exchange): \(ran.output)")
      for cause in cell.causes {
        let sentence = try #require(CauseSentences.of[cause], "\(cause)")
        #expect(words.contains(sentence), "\(key.exchange): \(ran.output)")
      }
      for (cause, sentence) in CauseSentences.of where !cell.causes.contains(cause) {
        #expect(!words.contains(sentence), "\(key.exchange): \(ran.output)")
      }
      expectNoDifference(words.contains("does not tell these apart"), cell.causes.count > 1, "\(ran.output)")
      if case .untold = cell { #expect(words.contains("nobody can tell: withdrawal: "), "\(ran.output)") }
      if failure == .swapped, key.exchange != "binance" { #expect(words.contains("this may be why:")) }
      expectNoDifference(Canary.secretTraces.first(in: Array((ran.output + ran.errors).utf8)), nil)
    }
  }
}

/// What a person reads of a cause, in small letters.
enum CauseSentences {
  static let of = [
    "key": "does not know the key.", "secret": "the secret does not fit the key.",
    "passphrase": "the passphrase is wrong.", "otp": "a one-time password is missing or wrong.",
    "clock": "are too far apart.", "ip": "this computer's address is not on the key's ip list.",
    "permission": "a right is missing.", "expired": "the key has ended.",
    "key-locked": "the key is frozen, or switched off.", "account": "the account is locked, or not confirmed.",
    "environment": "the key is of another environment.", "region": "the account is at another host of",
    "rate-limit": "was asked too often.", "edge": "a web page answered in the place of",
    "cut-off": "the answer was cut off.", "certificate": "its certificate is not trusted here.",
  ]
}

/// One failure at all exchanges that can have it.
private struct Played {
  let failure: Failure
  let desk: Desk
  let keys: [PlayedKey]
  let address: String
  private let exchange: PlayedExchanges
  private let tls: TLSServer?

  /// Nil, after saying so, where something is missing that it needs.
  init?(_ failure: Failure) throws {
    self.failure = failure
    let cells = FailureTable.cells[failure] ?? [:]
    keys = PlayedKey.all.filter { cells[$0.exchange]?.isPlayed == true }
    desk = try TenKeysDesk.make()
    for key in keys where failure.parts(of: key) != key.parts { try desk.replace(key, by: failure.parts(of: key)) }
    exchange = try PlayedExchanges(failure.state(of: keys))
    tls = failure == .tls ? try TLSServer(for: "IP:127.0.0.1") : nil
    if failure == .tls, tls == nil { return nil }
    address = tls.map { "https://127.0.0.1:\($0.port)" } ?? exchange.address
  }

  func cell(of key: PlayedKey) -> FailureTable.Cell {
    FailureTable.cells[failure]?[key.exchange] ?? .none(why: "forgotten")
  }

  func status(of key: PlayedKey) -> Int32 {
    switch cell(of: key).result {
    case "differs", "refused": 2
    case "not-asked": 69
    default: 0
    }
  }

  /// What is on record of the only time that it was asked about.
  func record(of key: PlayedKey) throws -> String {
    let records = try desk.records.runs().map { try desk.text(of: desk.recordFile($0)) }
    let own = records.filter { $0.contains(#""exchange":"\#(key.exchange)""#) && $0.contains(#""verdict""#) }
    guard let record = own.first, own.count == 1 else { throw TestFailure(description: "\(own.count) records") }
    return record
  }

  /// That where the clock is off, or nobody is who he should be, no signed request was sent.
  func expectNothingSignedInVain() throws {
    let rows = try exchange.requests()
    for key in keys where [["clock"], ["certificate"]].contains(cell(of: key).causes) {
      let asked = rows.filter { $0["exchange"] as? String == key.exchange && $0["request"] as? String != "time" }
      expectNoDifference(asked.count, 0, "\(key.exchange): \(asked)")
    }
  }
}

extension [Int32] {
  /// One that differs, then one that could not be asked.
  fileprivate var worst: Int32 { contains(2) ? 2 : contains(69) ? 69 : 0 }
}
