import Foundation
import Testing

@testable import StandIn

/// Signatures that others' code made, by the documented rules that are written down here alone.
@Suite struct SignatureTests {
  @Test(arguments: requests) func `a signed request is accepted`(_ signed: SignedRequest) throws {
    let answer = try signed.answer()
    #expect(answer.entry.outcome == "accepted")
    #expect(answer.reply.status == 200)
  }

  @Test(arguments: requests) func `one other character of a signature is refused`(_ signed: SignedRequest) throws {
    let changed = signed.withOtherSignature
    #expect(changed.request != signed.request)
    #expect(try changed.answer().entry.outcome == "signature")
  }

  @Test(arguments: requests) func `one other character of what is signed is refused`(_ signed: SignedRequest) throws {
    var changed = signed
    if signed.request.body.isEmpty {
      changed.request.target += signed.request.query.isEmpty ? "?a=1" : "&a=1"
    } else {
      changed.request.body += Array("&a=1".utf8)
    }
    // A token is for method, host and path.
    if signed.exchange == .coinbase {
      changed = signed
      changed.request.headers[0].value = "api.coinbase.example"
    }
    #expect(try changed.answer().entry.outcome == "signature")
  }

  @Test func `there are requests of all ten exchanges`() {
    #expect(Set(Self.requests.map(\.exchange)) == Set(ExchangeID.allCases))
    let paths = Set(Self.requests.map(\.request.path))
    let signed = ExchangeID.allCases.flatMap { $0.protocol.routes }.filter { $0.id != "time" }.map(\.path)
    #expect(paths == Set(signed))
  }

  /// Those that are kept here, and those of a folder that a variable names.
  static let requests: [SignedRequest] = {
    let recorded = SignedRequest.recorded(in: SignedRequest.vectors.appending(path: "recorded"))
    let folder = ProcessInfo.processInfo.environment["KEYUSHER_SIGNING_VECTORS"]
    let others = folder.map { SignedRequest.recorded(in: URL(filePath: $0)) } ?? []
    return SignedRequest.signed + recorded + others
  }()
}
