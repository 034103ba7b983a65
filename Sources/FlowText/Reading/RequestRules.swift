public import Introspection

/// What may not stand in an API's requests, where it is not Keyusher's own: each gives the reason, or nil.
///
/// Whoever signs refuses the same. Here it is told with the place where it has to be mended.
public struct RequestRules: Sendable {
  var host: @Sendable (String) -> String?
  var path: @Sendable (ExchangeAPI.Scheme, String) -> String?
  var mark: @Sendable (String) -> String?

  public init(
    host: @escaping @Sendable (String) -> String?, path: @escaping @Sendable (ExchangeAPI.Scheme, String) -> String?,
    mark: @escaping @Sendable (String) -> String?
  ) {
    (self.host, self.path, self.mark) = (host, path, mark)
  }
}
