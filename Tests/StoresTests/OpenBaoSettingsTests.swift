import CustomDump
import Outside
import SecretMemory
import Testing

@testable import Stores

/// What can be said of the settings before anybody is asked.
@Suite struct OpenBaoSettingsTests {
  @Test func `the condition is told from the settings alone`() throws {
    #expect(
      openBaoStore(at: nil).condition()
        == StoreCondition(
          .unusable(
            .notSetUp(
              store: "openbao", hint: "name its server: keyusher config set openbao.address https://HOST:8200")),
          place: "no address, secret/keyusher"))
    #expect(
      openBaoStore(at: "https://vault.invalid:8200/").condition()
        == StoreCondition(.ready, place: "https://vault.invalid:8200/, secret/keyusher"))
  }

  @Test(arguments: [
    "http://192.0.2.1:8200", "http://vault.example.com", "http://127.0.0.1.example.com", "http://128.0.0.1",
    "http://0x7f.0.0.1", "http://127.1", "http://[::2]", "http://0.0.0.0",
  ]) func `plain http leaves this computer at no address`(_ address: String) throws {
    for verb in openBaoVerbs {
      #expect(
        throws: StoreError.notSetUp(
          store: "openbao",
          hint: "http would send the token in plain text, and is taken to this computer alone: use https://")
      ) { try verb(openBaoStore(at: address)) }
    }
  }

  @Test(arguments: [
    "vault.example.com", "ftp://vault.example.com", "https://", "https://user@host", "https://user:pw@127.0.0.1",
    "https://host:0", "https://host:99999", "https://ho st", "https://host/a b", "https://host#x", "https://host\\@x",
    "https://host/../x", "http://127.0.0.1:8200@example.com", "https://h\u{1B}[2J", "https://hôst",
  ]) func `an address that two readers could read differently is none`(_ address: String) throws {
    #expect(
      throws: StoreError.notSetUp(
        store: "openbao",
        hint: "the address must be https://HOST, with a port if it has one: keyusher config set openbao.address …")
    ) { try openBaoStore(at: address).names() }
  }

  @Test(arguments: ["", "/secret", "secret/", "a//b", "../x", "a/../b", "a b", "a?b", "a\nb", "a%2fb"])
  func `a mount and a prefix lead nowhere else`(_ path: String) throws {
    for settings in [
      OpenBaoSettings(address: "http://127.0.0.1:1", mount: path, environment: [:]),
      OpenBaoSettings(address: "http://127.0.0.1:1", prefix: path, environment: [:]),
    ] {
      let store = OpenBaoStore(settings: settings, net: net(), token: { Samples.bytes("t") })
      let error = #expect(throws: StoreError.self) { try store.names() }
      guard case .notSetUp = error else { return #expect(error == nil) }
    }
  }

  @Test func `settings come before variables, and BAO before VAULT`() {
    let home = ["HOME": "/home/eve"]
    #expect(OpenBaoSettings(environment: home).token == "file:/home/eve/.vault-token")
    let vault = [
      "VAULT_ADDR": "https://v", "VAULT_NAMESPACE": "vn", "VAULT_CACERT": "/v.pem", "VAULT_TOKEN": "x",
    ]
    let bao = ["BAO_ADDR": "https://b", "BAO_NAMESPACE": "bn", "BAO_CACERT": "/b.pem", "BAO_TOKEN": "x"]
    expectNoDifference(
      OpenBaoSettings(environment: vault),
      OpenBaoSettings(
        address: "https://v", namespace: "vn", authorityFile: "/v.pem", token: "env:VAULT_TOKEN", environment: [:]))
    expectNoDifference(
      OpenBaoSettings(environment: vault.merging(bao) { $1 }),
      OpenBaoSettings(
        address: "https://b", namespace: "bn", authorityFile: "/b.pem", token: "env:BAO_TOKEN", environment: [:]))
    expectNoDifference(
      OpenBaoSettings(
        address: "https://c", mount: "m", prefix: "p", namespace: "n", authorityFile: "/c.pem", token: "fd:3",
        environment: vault.merging(bao) { $1 }),
      OpenBaoSettings(
        address: "https://c", mount: "m", prefix: "p", namespace: "n", authorityFile: "/c.pem", token: "fd:3",
        environment: [:]))
  }

  @Test(arguments: ["", "two\nlines", "with space", "t\u{7F}"]) func `what is no token is not sent`(
    _ token: String
  ) throws {
    let server = StandIn.engine(.hang)
    let store = OpenBaoStore(
      settings: OpenBaoSettings(address: server.address, token: "env:BAO_TOKEN", environment: [:]), net: net(),
      token: { Samples.bytes(token) })
    #expect(throws: StoreError.notSetUp(store: "openbao", hint: "what 'env:BAO_TOKEN' holds is no token")) {
      try store.names()
    }
    #expect(server.requests == [])
  }
}
