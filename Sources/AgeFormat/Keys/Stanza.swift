import SecretMemory

/// One entry of a header: a type, its arguments, and a body; a file key wrapped for one recipient.
struct Stanza: Equatable, Sendable {
  /// At least the type; each of one or more printable ASCII characters other than a space.
  let arguments: [String]
  let body: [UInt8]

  var type: String { arguments.first ?? "" }

  init(_ arguments: [String], body: [UInt8]) {
    self.arguments = arguments
    self.body = body
  }

  /// Reads the lines after `-> `; a body ends with a line of less than 64 columns, which may be empty.
  ///
  /// Nil if they break the format.
  init?(firstLine: some Collection<UInt8>, bodyLines: () throws(AgeError) -> [UInt8]?) throws(AgeError) {
    let words = firstLine.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
    guard words.allSatisfy({ !$0.isEmpty && $0.allSatisfy { (0x21...0x7E).contains($0) } }) else { return nil }
    var body: [UInt8] = []
    while true {
      guard let line = try bodyLines(), line.count <= Stanza.columns, let bytes = Base64.bare.decode(line) else {
        return nil
      }
      body += bytes
      if line.count < Stanza.columns { break }
    }
    self.init(words.map { String(decoding: $0, as: UTF8.self) }, body: body)
  }

  /// As it stands in a header.
  var serialized: [UInt8] {
    var text = Array("-> \(arguments.joined(separator: " "))\n".utf8)
    let encoded = Base64.bare.encode(body)
    for start in stride(from: 0, through: encoded.count, by: Stanza.columns) {
      text += encoded[start..<min(start + Stanza.columns, encoded.count)]
      text.append(UInt8(ascii: "\n"))
    }
    return text
  }

  private static let columns = 64
}
