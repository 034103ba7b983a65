import PlainText

extension KeyRequest {
  /// A read over https of an exchange that did not come with Keyusher, as the `api.yaml` of its folder says it. A person
  /// trusts it before it is made; what may be none at all, `keyusher-net` refuses whoever trusts it.
  public struct OwnRow: Equatable, Sendable {
    /// One value of its query.
    public enum Parameter: Equatable, Sendable {
      /// The key itself, which is no secret.
      case key(String)
      /// One of the request's `parameters`: digits alone.
      case digits(String)

      public var name: String {
        switch self {
        case .key(let name), .digits(let name): name
        }
      }
    }

    /// How it is signed, for example `okx-v5`; `unsigned` for a clock.
    public var scheme: String
    /// `GET`, or `POST` where the scheme signs forms.
    public var method: String
    /// For example `api.example.com`: small letters, no port.
    public var host: String
    /// For example `/v1/account/key`.
    public var path: String
    public var query: [Parameter]
    /// What a one-time password is called in its form, if it takes one.
    public var once: String?
    /// The header that says which environment is meant, where one host has two: `NAME: VALUE`.
    public var mark: String?

    public init(
      _ scheme: String, _ method: String, _ host: String, _ path: String, _ query: [Parameter] = [],
      once: String? = nil, mark: String? = nil
    ) {
      (self.scheme, self.method, self.host, self.path) = (scheme, method, host, path)
      (self.query, self.once, self.mark) = (query, once, mark)
    }
  }
}

// MARK: - What may be none

extension KeyRequest.OwnRow {
  /// Whether it is a name of small letters with a domain of letters at its end: no number, no port, nothing hidden.
  public static func isHost(_ host: String) -> Bool {
    let labels = host.split(separator: ".", omittingEmptySubsequences: false)
    return host.utf8.count <= 253 && labels.count >= 2
      && labels.allSatisfy {
        (1...63).contains($0.utf8.count) && $0.utf8.areSmallWord(with: "-") && $0.first != "-" && $0.last != "-"
          && !$0.hasPrefix("xn--")
      }
      && labels.last.map { $0.utf8.count >= 2 && $0.utf8.allSatisfy(\.isSmallLetter) } == true
  }

  /// Whether it is read by everybody in the same way.
  public static func isPath(_ path: String) -> Bool {
    path.hasPrefix("/") && path.utf8.count <= 200 && path.utf8.areWord(with: "/._-") && !path.contains("..")
      && !path.contains("//") && !path.contains("/./")
  }

  /// Whether a signature for it does more than read at the exchange whose scheme it is, to which whoever is asked could pass
  /// it on: most schemes sign no host.
  ///
  /// OKX and Bitget sign a program's login to their websockets as if it were a GET. At Kraken all is a form, and a form
  /// without fields can cancel all orders, or get a token that trades.
  ///
  /// Source: OKX API v5 and Bitget API v2, "WebSocket, Login"; docs.kraken.com, "Cancel All Orders", "Get Websockets Token".
  public static func doesMoreThanRead(_ path: String, signedBy scheme: String) -> Bool {
    let path = path.lowercased()
    return ["/users/self/verify", "/user/verify"].contains { path.hasSuffix($0) }
      || scheme == "kraken-v0" && path.hasPrefix("/0/") && path != "/0/private/getapikeyinfo"
  }

  /// Whether a header says no more than which environment is meant: none by which a request finds its way, or its end.
  public static func isMark(_ text: String) -> Bool {
    guard let end = text.firstRange(of: ": ") else { return false }
    let (name, value) = (text[..<end.lowerBound], text[end.upperBound...])
    let small = name.lowercased()
    return (1...64).contains(name.utf8.count) && name.utf8.areWord(with: "-")
      && (1...64).contains(value.utf8.count) && value.utf8.areWord(with: "-_.")
      && !steering.contains(small) && !steeringBeginnings.contains { small.hasPrefix($0) }
  }

  /// Whether it is a name of a value in a query.
  public static func isName(_ text: String) -> Bool {
    (1...64).contains(text.utf8.count) && text.utf8.areWord(with: "-_")
  }

  private static let steering: Set = [
    "authorization", "connection", "cookie", "expect", "forwarded", "host", "keep-alive", "te", "trailer", "upgrade",
  ]
  private static let steeringBeginnings = [
    "content-", "proxy-", "transfer-", "x-forwarded-", "x-http-method", "x-method", "x-original-", "x-rewrite-",
  ]
}
