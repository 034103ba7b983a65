import SecretMemory

@testable import Stores

let openBaoName = EntryName("gate-io/bot")!

/// What a store is asked for, one way each.
let openBaoVerbs: [@Sendable (OpenBaoStore) throws -> Void] = [
  { _ = try $0.names() }, { _ = try $0.get(openBaoName) }, { try $0.put(Samples.json, as: openBaoName) },
  { try $0.delete(openBaoName) },
]

/// A store at an address where nobody is meant to answer.
func openBaoStore(at address: String?) -> OpenBaoStore {
  OpenBaoStore(
    settings: OpenBaoSettings(address: address, environment: [:]), net: net(), token: { Samples.bytes("s.token") })
}
