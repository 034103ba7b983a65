import Battery
import FlowCore
import FlowText
import Foundation
import KeyusherHarness
import Outside
import Records
import SecretSearch
import Stores

// MARK: - The scenes

extension Scene {
  static let walks = [keeping, namedLater, foundAgain, takenAnew, namedUnrecorded]
  static let resumedWalks = [foundAgain, takenAnew, namedUnrecorded]

  /// A whole run by a script, with the credential in the store at its end.
  static let keeping = Scene(
    name: "keeping", oneIn: 20, prepare: WalkFlow.prepare,
    arguments: { _ in ["replay", "--flows", "flows", "a.script"] }, setting: WalkFlow.setting,
    verify: WalkEnd.verify)

  /// The same where the key waits for its name.
  static let namedLater = Scene(
    name: "named later", oneIn: 20,
    prepare: { desk in
      try WalkFlow.prepare(desk)
      try desk.write(WalkFlow.later, to: "flows/test/keeping.yaml")
    },
    arguments: keeping.arguments, setting: WalkFlow.setting, verify: WalkEnd.verify)

  /// A resume that finds the copy of a run that ended before the copy was on record.
  static let foundAgain = Scene(
    name: "found again", oneIn: 18, prepare: { try cut($0, atWriteAfter: #"credential.age.tmp."#) },
    arguments: { ["resume", try $0.run()] }, input: "env:STORE_WORD\n\n", setting: WalkFlow.setting,
    verify: WalkEnd.verify)

  /// A resume to which the credential is given.
  static let takenAnew = Scene(
    name: "taken anew", oneIn: 18,
    prepare: { desk in
      try WalkFlow.prepare(desk)
      let ran = try desk.run(
        ["run", WalkFlow.id, "--flows", "flows"], input: "age\nenv:GATE_API_KEY\n", setting: WalkFlow.setting)
      guard ran.status == 4 else { throw TestFailure(description: "not left: \(ran)") }
    },
    arguments: { ["resume", try $0.run()] }, input: "yes\nenv:GATE_API_KEY\nenv:GATE_API_SECRET\n\n",
    setting: WalkFlow.setting, verify: WalkEnd.verify)

  /// A resume of a run that ended after the credential had got its name and before that was on record.
  static let namedUnrecorded = Scene(
    name: "named, not on record", oneIn: 18, prepare: { try cut($0, atWriteAfter: #"credential.age", "#) },
    arguments: { ["resume", try $0.run()] }, input: "env:STORE_WORD\n\n", setting: WalkFlow.setting,
    verify: WalkEnd.verify)

  /// The calls from the moment at which the run's record is there that change something, or guard a change.
  func changes(on template: Desk, _ strace: Strace) throws -> [SystemCall] {
    try calls(on: template, strace).drop { !($0.name == "openat" && $0.text.contains(".jsonl")) }
      .filter { Scene.changing.contains($0.name) }
  }

  private static let changing: Set = [
    "openat", "write", "fsync", "fdatasync", "rename", "renameat", "renameat2", "linkat", "unlink", "unlinkat", "mkdir",
    "mkdirat", "close", "fchmod", "fchmodat", "flock", "ftruncate",
  ]

  /// Ends the whole run at the first line that is written on record after a renaming.
  private static func cut(_ desk: Desk, atWriteAfter renaming: String) throws {
    try WalkFlow.prepare(desk)
    guard let strace = tool("strace").map(Strace.init) else { throw TestFailure(description: "no strace") }
    let calls = try keeping.calls(on: keeping.template(), strace)
    let rest = calls.drop { !($0.name.hasPrefix("rename") && $0.text.contains("\(renaming)")) }
    guard let call = rest.first(where: { $0.name == "write" && $0.text.contains(#"{\"line\":"#) }) else {
      throw TestFailure(description: "no such moment: \(renaming)")
    }
    let command = try strace.injecting(.kill, at: call) + [keyusher] + keeping.arguments(desk)
    let ran = try desk.run(Array(command.dropFirst()), setting: WalkFlow.setting, program: command[0])
    guard ran.status != 0 else { throw TestFailure(description: "not cut: \(ran)") }
  }
}

// MARK: - The end of it

/// What must hold after a run was cut, and after it was taken up again until it is completed.
enum WalkEnd {
  @Sendable static func verify(isDone: Bool, desk: Desk) throws -> String? {
    guard let run = try desk.records.runs().first, try !desk.bytes(of: desk.recordFile(run)).isEmpty else {
      // Ended before the header was on disk: nothing had been asked yet.
      return try isDone ? "there is no record" : faults((names(on: desk) == [], "an entry, and no record"))
    }
    if try desk.records.audit(run).damage != nil { return "the record is damaged" }
    if let wrong = try claims(of: run, on: desk) { return "cut: \(wrong)" }
    if let wrong = scan(desk) { return "cut: \(wrong)" }
    if try desk.record(run).status != .ended(.completed, reason: nil) {
      if isDone { return "it was said to be completed, and is \(try desk.record(run).status)" }
      if let wrong = try finish(run, on: desk) { return wrong }
    }
    return try settled(run, on: desk)
  }

  static let credential = Scene.Kept(key: Array(Canary.key.utf8), secret: Array(Canary.secret.utf8))

  static func names(on desk: Desk) throws -> [EntryName] { try store(of: desk).names() }

  /// Goes on with a run by a pipe that answers what is asked.
  static func finish(_ run: String, on desk: Desk) throws -> String? {
    let waits = try isWaiting(run, on: desk)
    var given = try guess(run, on: desk)
    for _ in 0..<tries {
      let ran = try desk.run(["resume", run], input: given.map { $0 + "\n" }.joined(), setting: WalkFlow.setting)
      if let wrong = said(ran, isThereOn: desk, run) { return "resumed: \(wrong)" }
      if waits, ran.output.contains("API key: ") { return "a whole copy waited, and the key was asked for: \(ran)" }
      switch ran.status {
      case 0: return nil
      case 4:
        guard let key = ran.errors.split(separator: "'", maxSplits: 4).dropFirst(3).first.map(String.init),
          let answer = WalkFlow.answers[key]
        else { return "it wants what nobody knows: \(ran)" }
        // What was answered at an earlier step is on record.
        let isSameStep = given.count > 0 && key.hasPrefix("credential.") && given != [""]
        given = (isSameStep ? given.filter { $0 != "" && $0 != "age" } : []) + [answer]
      case 65: given = []
      default: return "the next run: \(ran)"
      }
    }
    return "it can't be finished: \(try desk.record(run).status)"
  }

  /// Nil, or an entry that was said to be kept and is not there.
  static func said(_ ran: Ran, isThereOn desk: Desk, _ run: String) -> String? {
    guard let line = ran.output.firstMatch(of: /kept as ([^ ,]+), in age/) else { return nil }
    let name = String(line.output.1)
    do {
      return try entry(name, on: desk) == credential ? nil : "said to be kept as \(name), and is not"
    } catch {
      return "said to be kept as \(name): \(error)"
    }
  }

  /// Nil, or what the record claims and the store does not have.
  static func claims(of run: String, on desk: Desk) throws -> String? {
    let names = try Set(names(on: desk).map(\.text))
    for entry in try desk.records.read(run).entries {
      switch entry.event {
      case .credentialHeld(_, let reference, _, _):
        let now = [reference.name ?? "", WalkFlow.name].filter(names.contains)
        if now.isEmpty { return "held on record, and nowhere in the store" }
        if try self.entry(now[0], on: desk) != credential { return "held on record, and not what was given" }
      case .credentialKept(_, let reference):
        guard let name = reference.name, names.contains(name) else {
          return "kept on record as \(reference.name ?? "nothing"), and not in the store: \(names.sorted())"
        }
        if try self.entry(name, on: desk) != credential { return "kept on record, and not what was given" }
      case .key(_, let event):
        guard case .renamed(_, let name)? = event.operation else { break }
        if try !names.contains(name) || self.entry(name, on: desk) != credential {
          return "named \(name) on record, and not in the store: \(names.sorted())"
        }
      default: break
      }
    }
    return nil
  }

  static func scan(_ desk: Desk) -> String? {
    let files = canaryTraces.files(below: desk.path)
    return files.isEmpty ? nil : "the secret lies in \(files)"
  }

  // MARK: - Private

  private static let tries = 10

  private static func store(of desk: Desk) -> AgeStore {
    AgeStore(folder: desk.home + "/age", asking: Scene.Knowing(), workFactor: 10)
  }

  private static func entry(_ name: String, on desk: Desk) throws -> Scene.Kept? {
    guard let name = EntryName(name) else { return nil }
    let credential = try StoredCredential(decoding: store(of: desk).get(name))
    return Scene.Kept(
      key: credential.parts["key"]?.withBytes { Array($0) } ?? [],
      secret: credential.parts["secret"]?.withBytes { Array($0) } ?? [])
  }

  /// Whether a whole copy waits under its pending name.
  private static func isWaiting(_ run: String, on desk: Desk) throws -> Bool {
    try names(on: desk).contains { $0.text == "pending/\(run).credential" }
  }

  /// What will be asked first, most likely: a wrong guess only costs another try.
  private static func guess(_ run: String, on desk: Desk) throws -> [String] {
    guard case .unfinished(let step) = try desk.record(run).status else { return [] }
    switch step?.rawValue {
    case "review": return [""]
    case "named": return ["env:STORE_WORD", ""]
    case "credential":
      let isHeld = try desk.records.read(run).entries.contains {
        if case .credentialHeld = $0.event { true } else { false }
      }
      if try isWaiting(run, on: desk) { return isHeld ? [""] : ["env:STORE_WORD", ""] }
      return isHeld ? ["env:STORE_WORD", ""] : ["yes", "env:GATE_API_KEY", "env:GATE_API_SECRET", ""]
    default: return ["age", "env:GATE_API_KEY", "env:GATE_API_SECRET", ""]
    }
  }

  /// Nil if the run is completed and one entry is kept, and what else there is can be kept or forgotten.
  private static func settled(_ run: String, on desk: Desk) throws -> String? {
    guard try desk.record(run).status == .ended(.completed, reason: nil) else {
      return "it is not completed but \(try desk.record(run).status)"
    }
    if let wrong = try claims(of: run, on: desk) { return wrong }
    let all = try names(on: desk)
    let kept = all.filter { $0.kind == .kept }.map(\.text)
    guard kept == [WalkFlow.name] else { return "not one entry is kept but \(all)" }
    if isWhole {
      let shown = try desk.exec(WalkFlow.name, [], ["/usr/bin/printenv"])
      guard shown.output.contains(Canary.secret), shown.status == 0 else { return "exec: \(shown)" }
    }
    // Any change clears what was left.
    _ = try desk.run(["key", "rename", "gate-io/nothing", "gate-io/nobody"])
    for (number, name) in all.filter({ $0.kind == .pending }).enumerated() {
      guard try desk.keys().contains(name.text) else { return "\(name) waits and is not listed" }
      let keep = try desk.run(["key", "keep", name.text, "test/other-\(number)"])
      let forget = try desk.run(["key", "forget", "test/other-\(number)", "--yes"])
      guard keep.status == 0, forget.status == 0 else { return "\(name) can't be cleared: \(keep), \(forget)" }
    }
    let left = try FileManager.default.subpathsOfDirectory(atPath: desk.home).filter { $0.contains(".tmp.") }
    let report = try desk.records.audit(run)
    return faults(
      (report.isClean, "the record is not clean: \(report.findings)"), (left.isEmpty, "left behind: \(left)"),
      (scan(desk) == nil, scan(desk) ?? ""))
  }
}
