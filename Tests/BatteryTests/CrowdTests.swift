import Battery
import Foundation
import Glibc
import KeyusherHarness
import PtyHarness
import Records
import Testing

/// Group E: many at once. Nothing is lost, nothing is torn, and who is killed holds nobody up.
@Suite struct CrowdTests {
  private static let rounds = isWhole ? 5 : 1
  private static let crowd = isWhole ? 40 : 12

  @Test func `Of many who end one run, one does, and the record is whole`() throws {
    sweep(.crowds, Array(0..<CrowdTests.rounds)) { _ in
      let desk = try Desk.small()
      try Scene.leave(["bot-1"], on: desk)
      let run = try desk.run()
      let statuses = try CrowdTests.together(CrowdTests.crowd, on: desk) {
        "'\(keyusher)' discard \(run) --reason 'number \($0)'"
      }
      let entries = try desk.records.read(run).entries.filter { if case .discarded = $0.event { true } else { false } }
      return faults(
        (statuses.filter { $0 == 0 }.count == 1, "not one said that it did: \(statuses)"),
        (entries.count == 1, "it was ended \(entries.count) times"),
        (try desk.records.audit(run).isClean, "the record is not whole"))
    }
  }

  @Test func `Of many who take one id, each gets a run of its own or none`() throws {
    sweep(.crowds, Array(0..<CrowdTests.rounds)) { _ in
      let desk = try Desk.small()
      let statuses = try CrowdTests.together(CrowdTests.crowd, on: desk) { _ in
        "echo bot-1 | KEYUSHER_TEST_ID=7q4m '\(keyusher)' run test/small"
      }
      return faults(
        (statuses.filter { $0 == 4 }.count == 1, "not one began the run: \(statuses)"),
        (try desk.records.runs() == ["7q4m"], "there are \(try desk.records.runs())"),
        (try desk.records.audit("7q4m").isClean, "the record is not whole"))
    }
  }

  @Test func `Who reads while lines are blanked sees an old or a new record, never a torn one`() throws {
    let desk = try Desk.small()
    let notes = isWhole ? 40 : 10
    let words = (0..<notes).map { "note-to-be-blanked-\($0)" }
    try Scene.leave(words.map { ":note \($0)" } + ["bot-1"], on: desk)
    let run = try desk.run()
    let lines = try desk.text(of: desk.recordFile(run)).split(separator: "\n").enumerated()
      .filter { $0.element.contains(#""event":"noted""#) }.map { $0.offset + 1 }
    #expect(lines.count == notes)
    let script = lines.map { "read -r _; '\(keyusher)' redact \(run) \($0) || exit 1; echo done-\($0)" }
    let writer = try Pty(
      "/bin/bash", ["--norc", "-c", script.joined(separator: "\n")], environment: desk.environment)
    var reads = 0
    var torn: [String] = []
    for line in lines {
      // Each line is blanked only when somebody reads: so often, and until it is done.
      try writer.send("\r")
      var left = 3
      while left > 0 || (try? writer.expect("done-\(line)\n", within: .zero)) == nil {
        do {
          let report = try desk.records.audit(run)
          if report.damage != nil { torn.append("\(report.findings)") }
        } catch {
          torn.append("\(error)")
        }
        (reads, left) = (reads + 1, left - 1)
        if left < 0, hasEnded(writer.process) { break }
      }
    }
    #expect(try writer.end() == .exited(0), "\(writer.text)")
    sweep(.crowds, ["\(reads) reads"]) { _ in
      faults(
        (torn.isEmpty, "\(torn.count) were torn: \(torn.first ?? "")"),
        (try !desk.text(of: desk.recordFile(run)).contains("to-be-blanked"), "a note is left"))
    }
  }

  @Test func `Who is killed with a record open holds nobody up`() throws {
    sweep(.crowds, Prompt.way.filter { !$0.isFirst }.part(oneIn: 3)) { prompt in
      let desk = try Desk.small()
      let pty = try desk.start(["run", SmallFlow.id])
      try pty.reach(prompt)
      let run = try desk.run()
      let busy = try desk.run(["discard", run])
      pty.signal(SIGKILL)
      _ = try pty.end()
      let next = try desk.run(["discard", run])
      return faults(
        (busy.status != 0, "the record was not held: \(busy)"), (next.status == 0, "the next run: \(next)"),
        (try desk.records.audit(run).isClean, "the record is not whole"))
    }
  }

  // MARK: - Many processes

  /// Runs many commands at once, and returns their statuses.
  static func together(_ count: Int, on desk: Desk, _ command: (Int) -> String) throws -> [Int] {
    // All wait for a lock to be let go, so that they begin together.
    let starts = (0..<count).map {
      "( exec 9>&-; flock -s gate true; \(command($0)) >/dev/null 2>&1; echo $? > status-\($0) ) &"
    }
    let script = "exec 9>gate; flock 9\n" + starts.joined(separator: "\n") + "\nexec 9>&-; wait"
    let ran = try desk.run(["-c", script], program: "/bin/bash")
    guard ran.status == 0 else { throw TestFailure(description: "\(ran)") }
    return try (0..<count).map { number in
      Int(try desk.text(of: desk.work + "/status-\(number)").trimmingCharacters(in: .newlines)) ?? -1
    }
  }

  private func hasEnded(_ process: pid_t) -> Bool {
    let state = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
    return state.isEmpty || state.split(separator: ")").last?.hasPrefix(" Z") ?? true
  }
}
