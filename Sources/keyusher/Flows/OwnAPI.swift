import Files
import FlowCore
import FlowText
import Introspection
import NetProtocol

/// How an exchange of one's own is asked: what the `api.yaml` in its folder says, read once.
struct OwnAPI {
  let api: ExchangeAPI
  let pack: Pack
  let text: [UInt8]
  /// Where the file lies.
  let path: String
}

extension FlowCatalog {
  /// How an exchange that did not come with Keyusher is asked; nil if no folder says it. Complains where the file can't be used:
  /// others can write to it, something is wrong in it, or it says what is not signed.
  func ownAPI(of exchange: String) throws -> OwnAPI? {
    guard FlowCatalog.shippedAPI(of: exchange) == nil, let (path, folder) = try fileOfAPI(of: exchange) else {
      return nil
    }
    try FlowFile.checkFolder("\(folder)/\(exchange)")
    guard let text = try FlowFile.read(path, isTrusted: true) else {
      throw CommandError.findings([.tooLarge(path: path)], in: "'\(path)'")
    }
    guard let pack = FlowCatalog.library(of: folder).pack(of: exchange) else {
      throw CommandError(
        "'\(exchange)' has no pack that can be used", hints: ["keyusher flow lint \(folder)/\(exchange)"],
        status: .wrongInput)
    }
    var options = ReadingOptions()
    options.requestRules = .ofOthers
    let reading = readAPI(text, path: path, expectedID: exchange, pack: pack, options: options)
    guard let api = reading.value else {
      throw CommandError.findings(reading.findings.filter { $0.severity == .error }, in: "'\(path)'")
    }
    return OwnAPI(api: api, pack: pack, text: text, path: path)
  }

  /// A file of a folder that would say how a shipped exchange is asked, and is not read.
  func fileBesideShippedAPI(of exchange: String) -> String? {
    FlowCatalog.shippedAPI(of: exchange) == nil ? nil : (try? fileOfAPI(of: exchange))?.path
  }

  /// The text that says how a shipped exchange is asked; nil if it is none of those.
  static func shippedAPI(of exchange: String) -> String? { sharedFiles["\(exchange)/\(FlowLibrary.api)"] }

  private func fileOfAPI(of exchange: String) throws -> (path: String, folder: String)? {
    let id = "\(exchange)/\(FlowLibrary.api)"
    guard isFlowID(id) else { return nil }
    return try folders.lazy.map { ("\($0)/\(id).yaml", $0) }.first { try exists($0.0) }
  }
}

extension RequestRules {
  /// For exchanges that did not come with Keyusher. `keyusher-net` signs nothing else either.
  static let ofOthers = RequestRules { host in
    if let owner = ExchangeDomains.owner(of: host) {
      return "it is a host of '\(owner)', which comes with Keyusher, and another's requests don't go there"
    }
    return KeyRequest.OwnRow.isHost(host) ? nil : "it is no plain name of a host"
  } path: { scheme, path in
    if KeyRequest.OwnRow.doesMoreThanRead(path, signedBy: scheme.rawValue) {
      return "where '\(scheme.rawValue)' is at home, that does more than read"
    }
    return KeyRequest.OwnRow.isPath(path) ? nil : "it is no plain path"
  } mark: { mark in
    KeyRequest.OwnRow.isMark(mark) ? nil : "it is no header that only names an environment"
  }
}
