import NetProtocol
import SecretMemory

/// A request as its row has it, to which a scheme adds what signs it.
struct Draft {
  let method: RequestRow.Method
  /// As the header `Host` has it: with the port, if that is not the usual one.
  let host: String
  let path: String
  /// Names and values, both as they stand in a query; in the order in which they are sent.
  var query: [(name: String, value: SecretBytes)]
  /// What goes along in a form, once.
  var once: (name: String, value: SecretBytes)?
  var headers: [NetRequest.Header] = []
  var body: SecretBytes?

  mutating func head(_ name: String, _ value: Piece...) throws(Unbuilt) {
    headers.append(NetRequest.Header(name, try guarded(value)))
  }

  /// Whether no name stands twice in its query or its head: a row's own would be read in place of what signs.
  var saysNothingTwice: Bool {
    [query.map(\.name), headers.map(\.name)].allSatisfy { names in
      Set(names.map { $0.lowercased() }).count == names.count
    }
  }

  /// The query without its `?`.
  func queryText() throws(Unbuilt) -> SecretBytes {
    var pieces: [Piece] = []
    for (name, value) in query { pieces += [pieces.isEmpty ? "\(name)=" : "&\(name)=", .secret(value)] }
    return try guarded(pieces)
  }

  /// Path and query.
  func target() throws(Unbuilt) -> SecretBytes {
    query.isEmpty ? try guarded(.text(path)) : try guarded("\(path)?", .secret(try queryText()))
  }
}
