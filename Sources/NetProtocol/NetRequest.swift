import PlainText
public import SecretMemory

/// One request to `keyusher-net`, which is the text of a `Frame`: a head of lines, an empty line, and the body as it is.
///
/// ```text
/// keyusher-net 1
/// POST https://vault.example.com:8200/v1/secret/data/keyusher/kraken/main
/// authority /etc/ssl/company.pem
/// seconds 8
/// X-Vault-Token: s.…
///
/// {"options":{"cas":0},"data":{…}}
/// ```
///
/// | line | what it is |
/// |---|---|
/// | 1 | the version of this form |
/// | 2 | the method and the address, which must be a `NetAddress` |
/// | `authority PATH` | a file of certificates (PEM) to trust in place of the system's; may be left out |
/// | `seconds N` | how long all may take; 8 if it is left out |
/// | `NAME: VALUE` | a header; any number |
///
/// It is not written as JSON, so that nothing in it has to be escaped and unescaped: tokens and bodies are passed on
/// byte by byte, in guarded memory.
public struct NetRequest: Sendable {
  public static let firstLine = "keyusher-net 1"
  /// How long all may take, in seconds.
  static let patience = 1...600
  /// The most that is read of a request, in bytes.
  public static let most = 262_144

  public struct Header: Sendable {
    public var name: String
    public var value: SecretBytes

    public init(_ name: String, _ value: SecretBytes) {
      self.name = name
      self.value = value
    }
  }

  public var method: String
  public var address: NetAddress
  public var authorityFile: String?
  public var seconds = 8
  public var headers: [Header]
  public var body: SecretBytes?

  public init(
    _ method: String, _ address: NetAddress, authorityFile: String? = nil, headers: [Header] = [],
    body: SecretBytes? = nil
  ) {
    self.method = method
    self.address = address
    self.authorityFile = authorityFile
    self.headers = headers
    self.body = body
  }

  /// The request as it goes through the pipe; nil if a value holds what would end its line.
  public func written() throws(SecretMemoryError) -> SecretBytes? {
    guard NetRequest.isMethod(method), NetRequest.patience.contains(seconds),
      authorityFile.map({ NetRequest.isLine($0.utf8) }) ?? true,
      headers.allSatisfy(NetRequest.isHeader)
    else { return nil }
    let text = try SecretBytes(capacity: 1024)
    try text.append("\(NetRequest.firstLine)\n\(method) \(address)\n")
    if let authorityFile { try text.append("authority \(authorityFile)\n") }
    try text.append("seconds \(seconds)\n")
    for header in headers {
      try text.append("\(header.name): ")
      try text.append(contentsOf: header.value)
      try text.append("\n")
    }
    try text.append("\n")
    if let body { try text.append(contentsOf: body) }
    return text
  }

  /// Reads a request; nil if it is none of this version.
  public init?(reading text: SecretBytes) throws {
    guard let (lines, body) = try text.headAndBody(), lines.count >= 2, lines[0].isWord(NetRequest.firstLine) else {
      return nil
    }
    let target = lines[1].publicText.split(separator: " ", omittingEmptySubsequences: false)
    guard target.count == 2, NetRequest.isMethod(target[0]), let address = try? NetAddress(String(target[1])) else {
      return nil
    }
    self.init(String(target[0]), address, body: body.isEmpty ? nil : body)
    for line in lines.dropFirst(2) {
      if let file = line.text(after: "authority ") {
        guard NetRequest.isLine(file.utf8) else { return nil }
        authorityFile = file
      } else if let number = line.text(after: "seconds ") {
        guard let seconds = Int(number), NetRequest.patience.contains(seconds) else { return nil }
        self.seconds = seconds
      } else {
        guard let header = try NetRequest.header(line) else { return nil }
        headers.append(header)
      }
    }
  }

  // MARK: - Private

  private static func header(_ line: SecretBytes) throws -> Header? {
    try line.withBytes { bytes -> Header? in
      guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), bytes.count > colon + 1, bytes[colon + 1] == 0x20
      else { return nil }
      let name = String(decoding: bytes[..<colon], as: UTF8.self)
      let value = bytes[(colon + 2)...]
      return isName(name) && isLine(value) ? Header(name, try SecretBytes(copying: value)) : nil
    }
  }

  private static func isHeader(_ header: Header) -> Bool {
    isName(header.name) && header.value.withBytes { isLine($0) }
  }

  private static func isMethod(_ text: some StringProtocol) -> Bool {
    (1...16).contains(text.utf8.count) && text.utf8.allSatisfy { (0x41...0x5A).contains($0) }
  }

  private static func isName(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.areWord(with: "-")
  }

  /// Whether it stays on its line, in a head and in HTTP: no control character in it.
  static func isLine(_ bytes: some Sequence<UInt8>) -> Bool {
    bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
  }
}
