import ArgumentParser
import FlowCore
import FlowText
import Glibc

struct FlowNew: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Write a small flow and its script, to begin with.",
    discussion: """
      Both lint clean and pass; nothing that is there is overwritten.

      Examples:
        keyusher flow new example/rotate-key
        keyusher flow new example/rotate-key --dir my-flows
      """)

  @Argument(help: ArgumentHelp("The id of the new flow: PROVIDER/NAME.", valueName: "flow"))
  var flow: String

  @Option(help: ArgumentHelp("The folder of flows to write into.", valueName: "dir"))
  var dir = "flows"

  func run() throws {
    try check()
    let scaffold = Scaffold(id: flow, today: Surroundings().now().day)
    let folder = "\(dir)/\(flow.prefix { $0 != "/" })"
    let paths = [".yaml", ".script"].map { "\(dir)/\(flow)\($0)" }
    try NewFile.makeFolders(folder)
    try NewFile.write([(paths[0], scaffold.flow), (paths[1], scaffold.script)])
    let lines =
      paths.map { "written: \($0)" } + [
        "next: put your own steps in, then", "  keyusher flow lint \(folder)", "  keyusher flow test \(folder)",
        "  keyusher run \(flow) --flows \(dir)",
      ]
    try write(lines.map { display($0) + "\n" }.joined(), to: 1)
  }

  private func check() throws {
    guard isFlowID(flow) else {
      let near = flow.lowercased().map { $0.isLetter || $0.isNumber || $0 == "/" ? $0 : "-" }
      let proposal = String(near)
      throw Complaint(
        "'\(flow)' is not the id of a flow",
        hints: [
          isFlowID(proposal)
            ? "did you mean '\(proposal)'?"
            : "write PROVIDER/NAME in small letters, digits and '-', for example example/rotate-key"
        ], status: .usage)
    }
    guard !ShippedFlows.all.contains(where: { $0.id == flow }) else {
      throw Complaint(
        "the flow '\(flow)' is shipped with Keyusher", hints: ["give yours an id of its own"], status: .usage)
    }
  }
}

/// Files that were not there before.
enum NewFile {
  /// Makes a folder, and those above it. Nobody else can write into them: flows are run only from such.
  static func makeFolders(_ path: String) throws {
    var made = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
      made += (made.isEmpty || made.hasSuffix("/") ? "" : "/") + part
      guard mkdir(made, 0o755) == 0 || errno == EEXIST else { throw obstacle("make the folder", made) }
    }
  }

  /// Writes all of some files, or none: what is there already stays as it is.
  static func write(_ files: [(path: String, text: String)]) throws {
    var opened: [(path: String, descriptor: Int32)] = []
    do {
      for file in files {
        let descriptor = open(file.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o644)
        guard descriptor >= 0 else { throw obstacle("write", file.path) }
        opened.append((file.path, descriptor))
      }
      for (file, place) in zip(files, opened) { try keyusher.write(file.text, to: place.descriptor) }
    } catch {
      for place in opened {
        close(place.descriptor)
        unlink(place.path)
      }
      throw error
    }
    for place in opened { close(place.descriptor) }
  }

  private static func obstacle(_ what: String, _ path: String) -> Complaint {
    errno == EEXIST
      ? Complaint(
        "'\(path)' is there already, and stays as it is", hints: ["choose another name, or move it away"],
        status: .inputOutput)
      : Complaint(
        "can't \(what) '\(path)': \(String(cString: strerror(errno)))", hints: ["check the path and its rights"],
        status: .inputOutput)
  }
}
