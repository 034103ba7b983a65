import PlainText
public import SecretMemory

/// A `KeyRequest` as it goes through the pipe, in a `Frame`: a head of lines, an empty line, and the secrets one behind the other.
///
/// ```text
/// keyusher-net 1
/// ask htx live api-key
/// parameter uid 63628520
/// base http://127.0.0.1:8080
/// ahead -350
/// seconds 8
/// part key 32
/// part secret 64
///
/// …
/// ```
///
/// | line | what it is |
/// |---|---|
/// | 2 | the exchange, the environment and the request, by their ids |
/// | `row SCHEME METHOD HOST PATH NAME=key NAME=digits…` | an own row, with the values of its query |
/// | `mark NAME: VALUE` | its header that says which environment is meant |
/// | `parameter NAME DIGITS` | a value that the row takes on; by their names' order |
/// | `base ADDRESS`, `authority PATH` | a server on this computer, and whose certificates it has |
/// | `socket PATH` | the socket behind which the server is reached: a base is then on the computer at its other end |
/// | `ahead N`, `seconds N` | milliseconds; how long all may take |
/// | `part NAME N`, `otp N` | how many bytes of what is behind the empty line are this secret |
extension KeyRequest {
  /// The request as it goes through the pipe; nil if something in it would not stay on its line.
  public func written() throws(SecretMemoryError) -> SecretBytes? {
    guard isPlain else { return nil }
    var lines = [NetRequest.firstLine, "ask \(exchange) \(environment) \(request)"]
    if let row { lines += row.lines }
    for (name, digits) in parameters.sorted(by: { $0.key < $1.key }) { lines.append("parameter \(name) \(digits)") }
    if let base { lines.append("base \(base)") }
    if let authorityFile { lines.append("authority \(authorityFile)") }
    if let socket { lines.append("socket \(socket)") }
    lines += ["ahead \(ahead)", "seconds \(seconds)"]
    for part in parts { lines.append("part \(part.name) \(part.value.count)") }
    if let oneTimePassword { lines.append("otp \(oneTimePassword.count)") }
    let text = try SecretBytes(capacity: 4096)
    try text.append(lines.joined(separator: "\n") + "\n\n")
    for part in parts { try text.append(contentsOf: part.value) }
    if let oneTimePassword { try text.append(contentsOf: oneTimePassword) }
    return text
  }

  /// Whether a text is meant as one of these, and not as a `NetRequest`.
  public static func isMeant(by text: SecretBytes) -> Bool { text.begins(with: "\(NetRequest.firstLine)\nask ") }

  /// Reads a request; nil if it is none of this version.
  public init?(reading text: SecretBytes) throws {
    guard KeyRequest.isMeant(by: text), let (lines, secrets) = try text.headAndBody(), lines.count >= 2 else {
      return nil
    }
    let ids = KeyRequest.words(lines[1])
    guard ids.count == 4 else { return nil }
    self.init(ids[1], ids[2], ids[3])
    var place = 0
    func secret(_ count: String) throws -> SecretBytes? {
      guard let count = Int(count), count >= 0, count <= secrets.count - place else { return nil }
      defer { place += count }
      return try secrets.withBytes { try SecretBytes(copying: $0[place..<(place + count)]) }
    }
    for line in lines.dropFirst(2) {
      let words = KeyRequest.words(line)
      switch (words[0], words.count) {
      case ("row", 5...):
        guard row == nil, let own = OwnRow(words: words.dropFirst()) else { return nil }
        row = own
      case ("mark", 3):
        guard row != nil, row?.mark == nil else { return nil }
        row?.mark = "\(words[1]) \(words[2])"
      case ("once", 2):
        guard row != nil, row?.once == nil else { return nil }
        row?.once = words[1]
      case ("parameter", 3): parameters[words[1]] = words[2]
      case ("base", 2):
        guard let address = try? NetAddress(words[1]) else { return nil }
        base = address
      case ("authority", 2...): authorityFile = line.text(after: "authority ")
      case ("socket", 2...): socket = line.text(after: "socket ")
      case ("ahead", 2):
        guard let number = Int(words[1]) else { return nil }
        ahead = number
      case ("seconds", 2):
        guard let number = Int(words[1]) else { return nil }
        seconds = number
      case ("part", 3):
        guard let value = try secret(words[2]) else { return nil }
        parts.append(Part(words[1], value))
      case ("otp", 2):
        guard let value = try secret(words[1]) else { return nil }
        oneTimePassword = value
      default: return nil
      }
    }
    guard place == secrets.count, isPlain else { return nil }
  }

  // MARK: - Private

  /// In bytes, without the zero behind it. Source: unix(7), "Address format".
  private static let longestSocket = 107
  private static let daysAhead = -86_400_000...86_400_000

  /// Whether all of it fits its form.
  private var isPlain: Bool {
    [exchange, environment, request].allSatisfy(KeyRequest.isWord)
      && (row?.isPlain ?? true)
      && parameters.allSatisfy { OwnRow.isName($0.key) && KeyRequest.isNumber($0.value) }
      && Set(parts.map(\.name)).count == parts.count && parts.allSatisfy { KeyRequest.isWord($0.name) }
      && (base.map { $0.isLoopback && $0.text == $0.origin } ?? (authorityFile == nil))
      && (authorityFile.map { !$0.isEmpty && NetRequest.isLine($0.utf8) } ?? true)
      && (socket.map { $0.hasPrefix("/") && $0.utf8.count <= KeyRequest.longestSocket && NetRequest.isLine($0.utf8) }
        ?? true)
      && KeyRequest.daysAhead.contains(ahead) && NetRequest.patience.contains(seconds)
  }

  private static func words(_ line: SecretBytes) -> [String] {
    line.publicText.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
  }

  private static func isWord(_ text: String) -> Bool {
    (1...64).contains(text.utf8.count) && text.utf8.areSmallWord(with: "-")
  }

  private static func isNumber(_ text: String) -> Bool {
    (1...20).contains(text.utf8.count) && text.utf8.allSatisfy(\.isDigit)
  }
}

extension KeyRequest.OwnRow {
  fileprivate var lines: [String] {
    let query = query.map { parameter in
      switch parameter {
      case .key(let name): "\(name)=key"
      case .digits(let name): "\(name)=digits"
      }
    }
    return [(["row", scheme, method, host, path] + query).joined(separator: " ")]
      + (once.map { ["once \($0)"] } ?? []) + (mark.map { ["mark \($0)"] } ?? [])
  }

  /// Of what stands behind `row`; nil if a value is neither the key nor digits.
  fileprivate init?(words: ArraySlice<String>) {
    let words = Array(words)
    self.init(words[0], words[1], words[2], words[3])
    for word in words[4...] {
      let parts = word.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
      switch parts.last {
      case "key" where parts.count == 2: query.append(.key(parts[0]))
      case "digits" where parts.count == 2: query.append(.digits(parts[0]))
      default: return nil
      }
    }
  }

  /// Whether all of it stays in its place on its line; what it may be besides, `keyusher-net` says.
  fileprivate var isPlain: Bool {
    [scheme, method, host, path].allSatisfy(Self.isText) && query.allSatisfy { Self.isName($0.name) }
      && (once.map(Self.isName) ?? true)
      && (mark.map { mark in
        let words = mark.split(separator: " ", omittingEmptySubsequences: false)
        return words.count == 2 && words[0].hasSuffix(":") && words.allSatisfy { Self.isText(String($0)) }
      } ?? true)
  }

  private static func isText(_ text: String) -> Bool {
    (1...253).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
  }
}
