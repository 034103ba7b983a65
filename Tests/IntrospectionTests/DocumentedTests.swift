import CustomDump
import Foundation
import Introspection
import PlainText
import Testing

/// Every documented answer of every request is read as its documentation says.
///
/// `Facts/EXCHANGE.REQUEST.json` is the documented answer, `.told` beside it what is read of it, held against the
/// documentation by hand. `KEYUSHER_REWRITE_GOLDENS=1` writes the latter.
@Suite struct DocumentedTests {
  @Test(arguments: DocumentedAnswer.all) func `a documented answer tells what its documentation says`(
    _ answer: DocumentedAnswer
  ) throws {
    let lines = try answer.reading(answer.body()).rendered.joined(separator: "\n") + "\n"
    let file = DocumentedAnswer.folder.appending(path: "\(answer).told")
    if ProcessInfo.processInfo.environment["KEYUSHER_REWRITE_GOLDENS"] == "1" {
      try Data(lines.utf8).write(to: file, options: .atomic)
    }
    let known = try String(contentsOf: file, encoding: .utf8)
    expectNoDifference(lines.split(separator: "\n"), known.split(separator: "\n"))
  }

  @Test(arguments: Samples.apis.map(\.id)) func `the documented time is read, in milliseconds`(_ exchange: String)
    throws
  {
    let body = try Data(contentsOf: DocumentedAnswer.folder.appending(path: "\(exchange).clock.json"))
    let answer = KeyAnswer(status: 200, contentType: "application/json", body: [UInt8](body))
    expectNoDifference(try Samples.api(exchange).time(in: answer).get(), 1_700_000_000_000)
  }

  @Test func `there are ten exchanges, and a documented answer for each request`() {
    expectNoDifference(Samples.apis.count, 10)
    for api in Samples.apis {
      for request in api.requests {
        #expect(
          DocumentedAnswer.all.contains { $0.description == "\(api.id).\(request.id)" }, "\(api.id) \(request.id)")
      }
    }
  }
}

/// A documented answer to one request.
struct DocumentedAnswer: CustomTestStringConvertible, CustomStringConvertible, Sendable {
  var exchange: String
  var request: String

  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Facts")

  static let all: [DocumentedAnswer] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".json") }.sorted().compactMap { name in
      let parts = name.split(separator: ".").map(String.init)
      return parts.count == 3 && parts[1] != "clock" ? DocumentedAnswer(exchange: parts[0], request: parts[1]) : nil
    }
  }()

  var description: String { "\(exchange).\(request)" }
  var testDescription: String { description }

  /// The key that the documented answers are of, where they name one.
  var key: String? {
    switch exchange {
    case "gate-io": "c5dcfbf1f3a7000000000000000000ff"
    case "htx": "fa4eaaaa-fa4ebbbb-fa4ecccc-fa4ed"
    default: nil
    }
  }

  func body() throws -> JSON {
    try JSON(parsing: [UInt8](Data(contentsOf: Self.folder.appending(path: "\(self).json"))))
  }

  func reading(_ body: JSON) throws -> KeyReading { try reading(body.bytes()) }

  func reading(_ body: [UInt8], status: Int = 200) throws -> KeyReading {
    try Samples.api(exchange).reading(
      of: KeyAnswer(status: status, contentType: "application/json", body: body),
      to: Samples.request(exchange, request), key: key, now: Samples.now)
  }
}
