import Battery
import Foundation
import KeyusherHarness
import Outside
import PtyHarness
import Records
import SecretSearch

/// A command that changes what is on disk, with what stands there before it and what may stand there after a fault.
struct Scene: Sendable, CustomStringConvertible {
  let name: String
  /// Which part of its points is tried at each push.
  let oneIn: Int
  let prepare: @Sendable (Desk) throws -> Void
  /// The command; what it depends on is looked up on the desk.
  let arguments: @Sendable (Desk) throws -> [String]
  var program: @Sendable () -> String = { keyusher }
  var input = ""
  var setting: [String: String?] = SmallFlow.credential
  /// What is wrong after the command was hit; it also takes the next run, which must recover. Nil if nothing is.
  ///
  /// The first parameter says whether the command said that it had done it.
  let verify: @Sendable (Bool, Desk) throws -> String?

  var description: String { name }

  static let records = [walk, append, resume, redact, export]

  // MARK: - Running

  /// A desk on which everything stands that the command needs.
  func template() throws -> Desk {
    let desk = try Desk.small()
    try prepare(desk)
    return desk
  }

  /// Runs the command on a copy of a desk, behind a prefix such as strace.
  func run(on template: Desk, behind prefix: [String] = [], setting changes: [String: String?] = [:]) throws -> (
    Ran, Desk
  ) {
    let desk = try Desk()
    for folder in ["keyusher", "work"] {
      try? FileManager.default.removeItem(atPath: "\(desk.path)/\(folder)")
      try FileManager.default.copyItem(atPath: "\(template.path)/\(folder)", toPath: "\(desk.path)/\(folder)")
    }
    let command = try prefix + [program()] + arguments(desk)
    let ran = try desk.run(
      Array(command.dropFirst()), input: input,
      setting: setting.merging(changes) { $1 }, program: command[0])
    return (ran, desk)
  }

  /// The calls of the command when nothing goes wrong.
  func calls(on template: Desk, _ strace: Strace) throws -> [SystemCall] {
    let folder = try Folder()
    let (ran, desk) = try run(on: template, behind: strace.logging(to: folder.path("log")))
    guard ran.status == 0, try verify(true, desk) == nil else {
      throw TestFailure(description: "\(name) does not even work: \(ran)")
    }
    return Strace.calls(in: try String(contentsOfFile: folder.path("log"), encoding: .utf8))
  }
}

// MARK: - The scenes of a run's record

extension Scene {
  /// A whole walk by a script: some thirty events, and the credential taken.
  static let walk = Scene(
    name: "walk", oneIn: 25, prepare: { try $0.write(SmallFlow.script, to: "a.script") },
    arguments: { _ in ["replay", "a.script"] },
    verify: { isDone, desk in
      guard let run = try soleRun(on: desk) else { return isDone ? "there is no record" : nil }
      return try finished(run, on: desk, isDone: isDone)
    })

  /// One event, appended.
  static let append = Scene(
    name: "append", oneIn: 10, prepare: { try leave(["bot-1"], on: $0) },
    arguments: { ["discard", try $0.run(), "--reason", "made elsewhere"] },
    verify: { isDone, desk in
      let run = try desk.run()
      let status = try desk.record(run).status
      if case .unfinished = status {
        if isDone { return "it was said to be discarded, and is \(status)" }
        let again = try desk.run(["discard", run])
        guard again.status == 0 else { return "the next run: \(again)" }
      }
      return try audited(run, on: desk)
    })

  /// A run that was left is taken up again, and walked to its end.
  static let resume = Scene(
    name: "resume", oneIn: 20, prepare: { try leave(["bot-1", "read"], on: $0) },
    arguments: { ["resume", try $0.run()] },
    input: "yes\noffline\nenv:GATE_API_KEY\nenv:GATE_API_SECRET\n\n",
    verify: { isDone, desk in try finished(try desk.run(), on: desk, isDone: isDone) })

  /// A line is blanked: the file is replaced by another.
  static let redact = Scene(
    name: "redact", oneIn: 10, prepare: { try leave(["bot-to-be-blanked"], on: $0) },
    arguments: { ["redact", try $0.run(), "\(try blankLine(on: $0))", "--reason", "names a client"] },
    verify: { isDone, desk in
      let run = try desk.run()
      func isBlank() throws -> Bool { (try? blankLine(on: desk)) == nil }
      if isDone, try !isBlank() { return "it was said to be blank, and is not" }
      if try desk.records.audit(run).damage != nil { return "the record is damaged" }
      if try !isBlank() {
        let again = try desk.run(["redact", run, "\(try blankLine(on: desk))", "--reason", "names a client"])
        guard again.status == 0, try isBlank() else { return "the next run: \(again)" }
      }
      let left = try FileManager.default.contentsOfDirectory(atPath: desk.home + "/records").filter { $0 != "index" }
      return try left.sorted() == ["\(run).jsonl", "flows"].sorted() ? audited(run, on: desk) : "left behind: \(left)"
    })

  /// A file is written in place of another.
  static let export = Scene(
    name: "export", oneIn: 10,
    prepare: { desk in
      try leave(["bot-1"], on: desk)
      try desk.write("the old text\n", to: "out.md")
    },
    arguments: { _ in ["export", "--output", "out.md"] },
    verify: { isDone, desk in
      let text = try desk.text(of: desk.work + "/out.md")
      let isNew = text.hasPrefix("# A small ceremony") && text.hasSuffix("\n")
      return faults(
        (isNew || (text == "the old text\n" && !isDone), "neither old nor new: \(text.debugDescription)"),
        (try mode(of: desk.work + "/out.md") == 0o600, "its mode is not 0600"))
    })

  // MARK: - Looking

  static func mode(of path: String) throws -> mode_t {
    var status = stat()
    guard lstat(path, &status) == 0 else { throw TestFailure(description: "\(path): \(errno)") }
    return status.st_mode & 0o7777
  }

  /// Answers a run's first questions, and leaves it there.
  static func leave(_ answers: [String], on desk: Desk) throws {
    let ran = try desk.run(["run", SmallFlow.id], input: answers.map { $0 + "\n" }.joined())
    guard ran.status == 4 else { throw TestFailure(description: "not left: \(ran)") }
  }

  private static func blankLine(on desk: Desk) throws -> Int {
    let lines = try desk.text(of: desk.recordFile(desk.run())).split(separator: "\n")
    guard
      let index = lines.firstIndex(where: { $0.contains(#""event":"answered""#) && $0.contains("bot-to-be-blanked") })
    else { throw TestFailure(description: "no line to blank") }
    return index + 1
  }

  /// The only run, if its header came as far as the disk.
  private static func soleRun(on desk: Desk) throws -> String? {
    let runs = try desk.records.runs()
    guard let run = runs.first else { return nil }
    // Ended between making the file and writing the header: nothing had been asked yet.
    if runs.count == 1, try desk.bytes(of: desk.recordFile(run)).isEmpty { return nil }
    return try desk.run()
  }

  private static func audited(_ run: String, on desk: Desk) throws -> String? {
    let report = try desk.records.audit(run)
    return faults(
      (report.isClean, "the record is not clean: \(report.findings)"),
      (canaryTraces.files(below: desk.path) == [], "the secret lies in \(canaryTraces.files(below: desk.path))"))
  }

  /// Takes a run up again where it was left, and finds it completed.
  private static func finished(_ run: String, on desk: Desk, isDone: Bool) throws -> String? {
    guard try desk.records.audit(run).damage == nil else { return "the record is damaged" }
    if case .unfinished(let step) = try desk.record(run).status {
      if isDone { return "it was said to be completed, and is unfinished at \(String(describing: step))" }
      let ran = try desk.run(
        ["resume", run], input: answers(from: step?.rawValue ?? "label"), setting: SmallFlow.credential)
      guard ran.status == 0 else { return "the next run: \(ran)" }
    }
    guard try desk.record(run).status == .ended(.completed, reason: nil) else {
      return "it is not completed but \(try desk.record(run).status)"
    }
    return try audited(run, on: desk)
  }

  /// What a pipe answers from a step on.
  private static func answers(from step: String) -> String {
    let credential = ["yes", "env:GATE_API_KEY", "env:GATE_API_SECRET"]
    let lines: [(String, [String])] = [
      ("label", ["bot-1"]), ("rights", ["read"]), ("login", ["yes"]), ("store", ["offline"]),
      ("credential", step == "credential" ? credential : Array(credential.dropFirst())), ("review", [""]),
    ]
    return lines.drop { $0.0 != step }.flatMap(\.1).map { $0 + "\n" }.joined()
  }
}
