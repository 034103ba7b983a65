import FlowText
import Foundation
import Introspection
import Outside
import PlainText

/// The shipped APIs, and answers to ask them of.
enum Samples {
  static let apis: [ExchangeAPI] = {
    let ids = (try? FlowTree.files().filter { $0.kind == .api }.map { String($0.id.prefix { $0 != "/" }) }) ?? []
    let library = FlowTree.library()
    return ids.compactMap { library.api(of: $0) }
  }()

  static func api(_ id: String) throws -> ExchangeAPI {
    guard let api = apis.first(where: { $0.id == id }) else { throw Missing(what: id) }
    return api
  }

  static func request(_ exchange: String, _ id: String) throws -> ExchangeAPI.Request {
    guard let request = try api(exchange).request(id) else { throw Missing(what: "\(exchange) \(id)") }
    return request
  }

  struct Missing: Error { var what: String }

  /// A day after the youngest of the documented answers.
  static let now = 1_796_000_000

  static func answer(_ body: String, status: Int = 200, type: String? = "application/json") -> KeyAnswer {
    KeyAnswer(status: status, contentType: type, body: Array(body.utf8))
  }

  static func reading(
    _ exchange: String, _ request: String, _ body: String, status: Int = 200, type: String? = "application/json",
    key: String? = nil
  ) throws -> KeyReading {
    try api(exchange).reading(
      of: answer(body, status: status, type: type), to: Self.request(exchange, request), key: key, now: now)
  }

  /// What was told, by fact; a reason where nobody can tell. Fails for a refusal.
  static func facts(_ reading: KeyReading) throws -> [KeyFact: KeyObservation.Value] {
    guard case .told(let told) = reading else { throw Missing(what: "\(reading)") }
    return Dictionary(told.observations.map { ($0.fact, $0.value) }, uniquingKeysWith: { first, _ in first })
  }
}
