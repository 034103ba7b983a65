/// A request, as it came over HTTP.
public struct Request: Equatable, Sendable {
  /// `GET`, `POST`.
  public var method: String
  /// The path and, behind a `?`, the query, as they were sent: with escapes.
  public var target: String
  public var headers: [Header]
  public var body: [UInt8]
  /// The address that it came from, without a port.
  public var peer: String
  /// The port of this computer that it came to.
  public var port: Int

  public init(method: String, target: String, headers: [Header], body: [UInt8] = [], peer: String, port: Int = 0) {
    self.method = method
    self.target = target
    self.headers = headers
    self.body = body
    self.peer = peer
    self.port = port
  }

  /// What stands before the first `?`.
  public var path: String { String(target.prefix { $0 != "?" }) }

  /// What stands behind the first `?`; empty if there is none.
  public var query: String { String(target.drop { $0 != "?" }.dropFirst()) }

  /// The first header of a name, in any case.
  func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }

  /// The query's parameters, as they were sent.
  var parameters: [Parameter] { Parameter.list(of: query) }

  /// The query and then the body, without the parameter that is the signature of both.
  var signedText: [UInt8] {
    Array(parameters.filter { $0.name != "signature" }.map(\.text).joined(separator: "&").utf8) + body
  }

  /// A parameter's value without its escapes; nil if there is none, or if it is not well formed.
  func parameter(_ name: String) -> String? {
    parameters.first { $0.name == name }.flatMap { unescaped(String($0.value)) }
  }
}

/// One header of a message.
public struct Header: Equatable, Sendable {
  public var name: String
  public var value: String

  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// One `name=value` of a query or a form, as it was sent: with escapes.
struct Parameter: Equatable {
  let text: Substring
  var name: Substring { text.prefix { $0 != "=" } }
  var value: Substring { text.drop { $0 != "=" }.dropFirst() }

  static func list(of text: String) -> [Parameter] { text.split(separator: "&").map(Parameter.init) }
}
