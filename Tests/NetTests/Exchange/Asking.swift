import Foundation
import Glibc
import HelperPrograms
import NetProtocol
import Outside

/// The helper program, built beside the test bundle.
func net(environment: [String: String] = [:]) -> NetProgram {
  NetProgram(beside: besideTests("keyusher"), environment: environment)
}

/// A request to Gate, with more patience than it can need on a busy computer.
func gateRequest(to base: String?, seconds: Int = 60) throws -> KeyRequest {
  var request = KeyRequest("gate-io", "live", "detail")
  request.parts = sampleParts(for: "gate-io")
  request.base = try base.map { try NetAddress($0) }
  request.seconds = seconds
  return request
}

extension NetAnswer {
  var reply: NetReply? { if case .answered(let reply) = self { reply } else { nil } }
  var failure: NetFailure? { if case .failed(let failure) = self { failure } else { nil } }
  var unbuilt: Unbuilt? { if case .unbuilt(let reason) = self { reason } else { nil } }
}

/// This computer's time, in milliseconds.
func now() -> Int { Int(Date().timeIntervalSince1970 * 1000) }
