import SecretMemory

/// The text before the payload: who may open the file, under a MAC by the file key.
struct Header: Equatable, Sendable {
  let stanzas: [Stanza]
  let mac: [UInt8]
  /// What the MAC covers: everything up to and including `---`.
  let signed: [UInt8]

  /// The longest that is read, in bytes: thousands of recipients.
  static let limit = 1 << 20

  /// A header for new stanzas, signed with the file key.
  init(_ stanzas: [Stanza], fileKey: SecretBytes) throws(AgeError) {
    self.stanzas = stanzas
    signed = Array("\(Header.version)\n".utf8) + stanzas.flatMap(\.serialized) + Header.footer
    mac = try Header.mac(of: signed, fileKey: fileKey)
  }

  /// Reads a header and leaves the reader at the payload; the MAC is not checked yet.
  init(from reader: ByteReader) throws(AgeError) {
    var signed: [UInt8] = []
    var number = 0
    func nextLine() throws(AgeError) -> [UInt8]? {
      number += 1
      let (line, isEnded) = reader.line(atMost: Header.limit - signed.count)
      guard isEnded else { return nil }
      signed += line + [UInt8(ascii: "\n")]
      return line
    }
    guard let first = try nextLine(), first.starts(with: Header.family.utf8) else { throw .notAge }
    guard first == Array(Header.version.utf8) else { throw .unsupportedVersion }
    var stanzas: [Stanza] = []
    while let line = try nextLine() {
      if line.starts(with: Header.arrow) {
        let stanza = try Stanza(firstLine: line.dropFirst(Header.arrow.count), bodyLines: nextLine)
        guard let stanza else { throw .malformedHeader(line: number) }
        stanzas.append(stanza)
      } else {
        let text = line.dropFirst(Header.footer.count + 1)
        guard !stanzas.isEmpty, line.starts(with: Header.footer + [UInt8(ascii: " ")]),
          let mac = Base64.bare.decode(text), mac.count == KeyDerivation.byteCount
        else { throw .malformedHeader(line: number) }
        self.stanzas = stanzas
        self.mac = mac
        self.signed = signed.dropLast(text.count + 2)
        return
      }
    }
    throw .malformedHeader(line: number)
  }

  /// As it stands at the beginning of a file.
  var serialized: [UInt8] { signed + Array(" \(Base64.bare.text(mac))\n".utf8) }

  /// Checks that nobody without the file key changed the header.
  func verify(fileKey: SecretBytes) throws(AgeError) {
    guard KeyDerivation.isEqual(mac, try Header.mac(of: signed, fileKey: fileKey)) else { throw .headerForged }
  }

  /// What every age file begins with.
  static let family = "age-encryption.org/"

  // MARK: - Private

  private static let version = family + "v1"
  private static let arrow = Array("-> ".utf8)
  private static let footer = Array("---".utf8)

  private static func mac(of signed: [UInt8], fileKey: SecretBytes) throws(AgeError) -> [UInt8] {
    try KeyDerivation.tag(of: signed, key: try KeyDerivation.derivedKey(from: fileKey, salt: [], info: "header"))
  }
}
