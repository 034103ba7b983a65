/// Every request that can be signed. Nothing but clocks, and reads of what a key is, may stand here: RequestTableTests.
public enum RequestTable {
  public static let rows: [RequestRow] = [
    .init("gate-io", "live", "https://api.gateio.ws", "clock", .unsigned, get: "/api/v4/spot/time"),
    .init("gate-io", "live", "https://api.gateio.ws", "detail", .gateV4, get: "/api/v4/account/detail"),
    .init("gate-io", "live", "https://api.gateio.ws", "main-keys", .gateV4, get: "/api/v4/account/main_keys"),
    .init("gate-io", "testnet", "https://api-testnet.gateapi.io", "clock", .unsigned, get: "/api/v4/spot/time"),
    .init("gate-io", "testnet", "https://api-testnet.gateapi.io", "detail", .gateV4, get: "/api/v4/account/detail"),
    .init(
      "gate-io", "testnet", "https://api-testnet.gateapi.io", "main-keys", .gateV4, get: "/api/v4/account/main_keys"),
    .init("gate-io", "eu", "https://api.gateeu.com", "clock", .unsigned, get: "/api/v4/spot/time"),
    .init("gate-io", "eu", "https://api.gateeu.com", "detail", .gateV4, get: "/api/v4/account/detail"),
    .init("gate-io", "eu", "https://api.gateeu.com", "main-keys", .gateV4, get: "/api/v4/account/main_keys"),
  ]
}
