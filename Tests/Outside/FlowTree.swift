public import FlowText
import FlowTools
public import Foundation
import Synchronization

/// The flows of the source tree, read as the program reads them: with the groups and packs beside them.
public enum FlowTree {
  public static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../flows").standardized

  /// A new one each time: a library is used by one task at a time.
  public static func library() -> FlowLibrary {
    let known = (try? files())?.filter { $0.kind == .group }.map(\.id) ?? []
    return FlowLibrary(known: known) { id in
      let url = folder.appending(path: id + ".yaml")
      guard let data = try? Data(contentsOf: url) else { return .absent }
      return .found(bytes: [UInt8](data), path: "flows/\(id).yaml")
    }
  }

  /// A flow as it is bound; read once for all tests, since the linter's proofs take their time.
  public static func bound(_ id: String) throws -> Reading<BoundFlow> {
    if let reading = kept.withLock({ $0[id] }) { return reading }
    let text = try String(contentsOf: folder.appending(path: id + ".yaml"), encoding: .utf8)
    let reading = bindFlow(text, path: "flows/\(id).yaml", expectedID: id, library: library(), options: .lint())
    kept.withLock { $0[id] = reading }
    return reading
  }

  private static let kept = Mutex<[String: Reading<BoundFlow>]>([:])

  // MARK: - Files

  public enum Kind: Sendable { case flow, group, pack, program, api }

  public struct File: Sendable, CustomStringConvertible {
    public let id: String
    public let kind: Kind

    public var description: String { id }
    public var path: String { "flows/\(id).yaml" }

    public func bytes() throws -> [UInt8] {
      [UInt8](try Data(contentsOf: FlowTree.folder.appending(path: id + ".yaml")))
    }
  }

  /// Every flow, group, pack, program pack and API, by its id.
  public static func files() throws -> [File] {
    try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".yaml") }.sorted().map {
      let id = String($0.dropLast(".yaml".count))
      let kind: Kind =
        if id.hasPrefix("shared/") { .group } else if id.hasPrefix(FlowLibrary.programs) {
          .program
        } else if id.hasSuffix("/" + FlowLibrary.api) { .api } else { FlowLibrary.isShared(id) ? .pack : .flow }
      return File(id: id, kind: kind)
    }
  }
}
