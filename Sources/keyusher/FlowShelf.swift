import FlowCore
import FlowText
import Foundation

/// The flows that can be run: those inside the binary, those in `$KEYUSHER_HOME/flows`, and those of `--flows DIR`.
struct FlowShelf {
  struct Volume {
    var id: String
    var text: String
    /// The file, or nil for a shipped flow.
    var path: String?

    /// Where a finding points: the file, or the flow's place in the source tree.
    var place: String { path ?? "flows/\(id).yaml" }
  }

  /// The flow that the greeting offers to a newcomer.
  static let newcomersFlow = "gate-io/create-key"

  let volumes: [Volume]
  /// Added flows that have a shipped one's id: they are not run, and neither is the shipped one in their place.
  let redefined: [Finding]
  private let lastRead = LastRead()

  /// The flow that was read last: a replay wants it twice, and a long one takes its time.
  private final class LastRead {
    var flow: Flow?
  }

  init(folders: [String]) throws {
    let shipped = ShippedFlows.all.map { Volume(id: $0.id, text: $0.text, path: nil) }
    var added: [Volume] = []
    for folder in folders { added += try FlowShelf.read(folder) }
    let ids = Set(shipped.map(\.id))
    redefined = checkSet(added.map { ($0.id, $0.text, $0.place) }, shipped: ids)
    volumes = shipped + added.filter { !ids.contains($0.id) }
  }

  subscript(id: String) -> Volume? { volumes.first { $0.id == id } }

  /// Reads a flow, or complains with its findings.
  func flow(_ id: String) throws -> (flow: Flow, text: String) {
    guard let volume = self[id] else { throw Complaint.noSuchFlow(id, among: volumes.map(\.id)) }
    let doubles = redefined.filter { $0.path.hasSuffix("/\(id).yaml") }
    if !doubles.isEmpty { throw Complaint.findings(doubles, in: "the flow '\(id)'") }
    if let flow = lastRead.flow, flow.id == id { return (flow, volume.text) }
    let flow = try FlowShelf.parse(volume)
    lastRead.flow = flow
    return (flow, volume.text)
  }

  static func parse(_ volume: Volume) throws -> Flow {
    let reading = readFlow(volume.text, path: volume.place, expectedID: volume.id)
    guard let flow = reading.value else {
      throw Complaint.findings(reading.findings, in: "the flow '\(volume.id)'")
    }
    return flow
  }

  // MARK: - Private

  /// Every `PROVIDER/NAME.yaml` below a folder.
  private static func read(_ folder: String) throws -> [Volume] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
      throw Complaint(
        "there is no folder '\(folder)'", hints: ["--flows takes a folder of PROVIDER/NAME.yaml"], status: .noInput)
    }
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.hasSuffix(".yaml") }.sorted()
    return try names.map { name in
      let path = folder + "/" + name
      guard let contents = FileManager.default.contents(atPath: path) else {
        throw Complaint("can't read '\(path)'", status: .inputOutput)
      }
      return Volume(id: String(name.dropLast(5)), text: String(decoding: contents, as: UTF8.self), path: path)
    }
  }
}
