import CustomDump
import Introspection
import Outside
import Testing

@testable import FlowText

@Suite struct APITests {
  @Test func `a good API says how its answers are read`() throws {
    let reading = BadAPIs.read(BadAPIs.good)
    expectNoDifference(reading.findings, [])
    let api = try #require(reading.value)
    expectNoDifference(api.environment(ofAccount: "sandbox")?.host, "https://sandbox.example.com")
    expectNoDifference(api.environment(ofAccount: nil)?.id, "live")
    expectNoDifference(api.sends, ["secret"])
    expectNoDifference(api.nonce, .milliseconds)
    expectNoDifference(api.firstRequests.map(\.id), ["user", "key"])
    expectNoDifference(
      api.clock,
      ExchangeAPI.Clock(
        path: "/v1/time", moment: AnswerPlace(["data", "0", "ts"]), unit: .milliseconds, written: .text, behind: 5,
        ahead: 1))
    let key = try #require(api.request("key"))
    expectNoDifference(
      key.parameters,
      [
        .init(name: "uid", .taken(.init(request: "user", at: AnswerPlace("data.id")))), .init(name: "key", .key),
      ])
    let form = try #require(FlowTree.library().api(of: "kraken")?.request("key-info"))
    expectNoDifference(form.parameters, [.init(name: "otp", .once)])
    #expect(form.takesPassword && !key.takesPassword)
    expectNoDifference(
      key.facts[2...3].map(\.self),
      [
        .init(.addresses, .texts(.commas), at: AnswerPlace("ips"), none: ["empty"], masked: "**"),
        .init(
          .pairs, .texts(.list), at: AnswerPlace("pairs"), empty: "nobody knows", unsure: "it may be a list of all"),
      ])
    expectNoDifference(
      api.refusals[0],
      ExchangeAPI.Refusal(
        codes: ["1", "2*"], says: ["Wrong"], causes: [.key, .region], triesOthers: true, ruledOut: [.region],
        basis: .documented,
        source: "its documentation"))
    expectNoDifference(
      api.rules, [ExchangeAPI.Rule(days: 90, after: .created, conditions: [.noAddresses], by: "its help")])
  }

  @Test(arguments: BadAPIs.all) func `a bad API is refused with place and hint`(_ file: BadFile) {
    let marked = MarkedText(file.text)
    let reading = BadAPIs.read(marked.text)
    expectNoDifference(marked.lines(reading.findings), file.findings)
    expectNoDifference(reading.value, nil)
    #expect(reading.findings.allSatisfy { $0.hint?.isEmpty == false })
  }

  @Test func `what is no text is a finding`() {
    for (bytes, code) in [([0x61, 0xFF], FindingCode.notUTF8), ([], .emptyFile), (Array("[]".utf8), .wrongType)] {
      expectNoDifference(readAPI(bytes, path: "p").findings.map(\.code), [code])
    }
  }

  @Test func `an API with a warning is used all the same`() {
    let marked = MarkedText(BadAPIs.warned.text)
    let reading = BadAPIs.read(marked.text)
    expectNoDifference(marked.lines(reading.findings), BadAPIs.warned.findings)
    #expect(reading.value != nil)
  }

  @Test func `the rights of the shipped APIs are as risky as the permissions that they are`() throws {
    for file in try FlowTree.files() where file.kind == .api {
      let provider = String(file.id.prefix { $0 != "/" })
      let api = try #require(FlowTree.library().api(of: provider))
      let pack = try #require(FlowTree.library().pack(of: provider))
      for right in api.permissions {
        guard let permission = right.meaning.permission else { continue }
        expectNoDifference(
          right.meaning.risk == .read, !pack.riskyPermissions.contains(permission), "\(provider) \(right)")
      }
    }
  }
}
