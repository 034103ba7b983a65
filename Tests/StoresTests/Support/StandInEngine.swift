import Outside

@testable import Stores

extension StandIn {
  /// Answers as a KV engine of the second version does to whoever asks whether it is one, and as told to all else.
  static func engine(_ behaviour: Behaviour) -> StandIn {
    StandIn { request in
      request.contains("/sys/internal/ui/mounts/")
        ? answer("200 OK", #"{"data":{"type":"kv","options":{"version":"2"}}}"#) : behaviour
    }
  }

  func store(seconds: Int = 60, namespace: String? = nil) -> OpenBaoStore {
    OpenBaoStore(
      settings: OpenBaoSettings(address: address, namespace: namespace, environment: [:]), net: net(seconds: seconds),
      token: { Samples.bytes(BaoServer.rootToken) })
  }
}
