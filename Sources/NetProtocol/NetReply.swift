import PlainText
public import SecretMemory

/// What a server answered.
public struct NetReply: Sendable {
  public var status: Int
  /// Who was asked: `api.gateio.ws`, or `127.0.0.1:8080`.
  public var host: String
  /// The media type alone, for example `application/json`; nil if there was none that is short and plain.
  public var contentType: String?
  /// For how many seconds the server wants to be left alone (Retry-After); nil if it did not say.
  public var retryAfter: Int?
  /// Where a redirect leads, if that is a `NetAddress`; it was not followed.
  public var location: NetAddress?
  /// When the request was sent and when the first byte of the answer came, by this computer's clock, in milliseconds
  /// since 1970-01-01 UTC.
  public var began, ended: Int
  /// Whether it went through a proxy: then an exchange saw the proxy's address, and not this computer's.
  public var isProxied: Bool
  public var body: SecretBytes

  public init(
    status: Int, host: String, contentType: String? = nil, retryAfter: Int? = nil, location: NetAddress? = nil,
    began: Int = 0, ended: Int = 0, isProxied: Bool = false, body: SecretBytes
  ) {
    self.status = status
    self.host = host
    self.contentType = contentType.flatMap(NetReply.mediaType)
    self.retryAfter = retryAfter
    self.location = location
    self.began = began
    self.ended = ended
    self.isProxied = isProxied
    self.body = body
  }

  // MARK: - The lines of an answer

  var head: String {
    var lines = ["\(status)", "host \(host)"]
    if let contentType { lines.append("type \(contentType)") }
    if let retryAfter { lines.append("retry \(retryAfter)") }
    lines += ["began \(began)", "ended \(ended)"]
    if isProxied { lines.append("proxied") }
    if let location { lines.append("location \(location)") }
    return lines.joined(separator: "\n")
  }

  init?(head lines: [String], body: SecretBytes) {
    guard let status = lines.first.flatMap(Int.init), (100...999).contains(status) else { return nil }
    self.init(status: status, host: "", body: body)
    for line in lines.dropFirst() {
      let name = line.prefix { $0 != " " }
      let value = String(line.dropFirst(name.utf8.count + 1))
      switch name {
      case "host": host = value
      case "type": contentType = NetReply.mediaType(value)
      case "retry": retryAfter = Int(value)
      case "began": began = Int(value) ?? 0
      case "ended": ended = Int(value) ?? 0
      case "proxied": isProxied = true
      case "location": location = try? NetAddress(value)
      default: return nil
      }
    }
    guard !host.isEmpty, host.utf8.areWord(with: ".-_:[]") else { return nil }
  }

  // MARK: - Private

  /// The type before the parameters, in small letters; nil if it is none.
  private static func mediaType(_ text: String) -> String? {
    let type = String(text.prefix(128).prefix { $0 != ";" && $0 != " " }).lowercased()
    return (3...80).contains(type.utf8.count) && type.utf8.areSmallWord(with: "/+.-") && type.contains("/") ? type : nil
  }
}
