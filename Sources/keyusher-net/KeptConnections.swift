import CCurl

/// The connections that stay open from one request to the next, all of them to one server on one way.
///
/// Each request has a handle of libcurl's own, with which all goes that it was given: the connections alone are shared.
final class KeptConnections {
  /// How a server is reached. What may be connected to is looked at when a connection is made, and not again.
  struct Way: Equatable {
    let origin: String
    let socket, authorityFile: String?
    let staysHere: Bool
  }

  private var way: Way?
  /// Whether a proxy stands between: all of one way go through it, or none.
  private var areProxied = false
  private var share: OpaquePointer?

  deinit { curl_share_cleanup(share) }

  /// Lets a request use them; false if this libcurl can't. Those of another way are closed before.
  ///
  /// - Parameter isOnce: whether it must not be sent twice. Then it has a connection of its own: over one that turns out to
  ///   have ended libcurl sends it, and again over a new one.
  func lend(to curl: OpaquePointer, for way: Way, isOnce: Bool) -> Bool {
    if isOnce { return true }
    if self.way != way || share == nil {
      curl_share_cleanup(share)
      share = kc_share_connections()
      self.way = way
      areProxied = false
    }
    return share.map { kc_set_pointer(curl, KC_SHARE, UnsafeRawPointer($0)) } == 0
  }

  /// Whether a proxy stood between in a request that is over.
  ///
  /// - Parameter told: what was seen when its connection was made; nil if nothing was connected, and a kept one was used.
  func goThroughProxy(isOnce: Bool, asConnected told: Bool?) -> Bool {
    // Its connection is none of these, and may have gone another way.
    if isOnce { return told ?? false }
    areProxied = told ?? areProxied
    return areProxied
  }
}
