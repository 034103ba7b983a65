import Battery
import CustomDump
import Foundation
import Glibc
import Outside
import SecretMemory
import Testing

@testable import Stores

/// A change to a store, by the probe, and the states that it may leave: what each name holds.
struct Change: Sendable, CustomTestStringConvertible {
  let steps: [String]
  /// Before the steps, and after all of them.
  let old: [String: String]
  let new: [String: String]
  /// Between them, for a change of more than one step.
  var between: [[String: String]] = []

  var testDescription: String { steps.joined(separator: " ") }

  static let all = [
    Change(steps: ["put", "gate-io/bot", "new"], old: [:], new: ["gate-io/bot": "new"]),
    Change(
      steps: ["over", "pending/a", "gate-io/bot"], old: ["pending/a": "new", "gate-io/bot": "old"],
      new: ["gate-io/bot": "new"]),
    Change(
      steps: ["rename", "pending/a", "gate-io/bot"], old: ["pending/a": "new"], new: ["gate-io/bot": "new"]),
    Change(
      steps: ["copy", "gate-io/bot", "previous/gate-io/bot"], old: ["gate-io/bot": "old"],
      new: ["gate-io/bot": "old", "previous/gate-io/bot": "old"]),
    Change(steps: ["delete", "gate-io/bot"], old: ["gate-io/bot": "old", "b": "x"], new: ["b": "x"]),
    Change(
      steps: ["replace", "gate-io/bot", "pending/a"],
      old: ["gate-io/bot": "old", "pending/a": "new", "previous/gate-io/bot": "older"],
      new: ["gate-io/bot": "new", "previous/gate-io/bot": "older", "previous/gate-io/bot-2": "old"],
      between: [
        [
          "gate-io/bot": "old", "pending/a": "new", "previous/gate-io/bot": "older", "previous/gate-io/bot-2": "old",
        ]
      ]),
  ]

  /// The system calls by which anything changes; a kill at any other leaves what the one before left.
  static let calls = [
    "mkdirat", "fchmodat", "fchmod", "write", "fsync", "renameat", "renameat2", "unlinkat", "flock",
  ]
}

/// The battery for one change: killed at each system call, and each system call failing.
@Suite(.beside) struct AgeKillTests {
  @Test(
    "killed at any system call, a change leaves old or new, and the next one works", .counted(as: .kills),
    arguments: Change.all)
  func kills(_ change: Change) throws {
    guard let strace = tool("strace").map(Strace.init) else { return }
    var count = 0
    for call in Change.calls {
      for number in 1... {
        let desk = try desk(for: change)
        let (_, status) = try run(
          strace.injecting(.kill, at: call, when: "\(number)") + [ageProbe, desk.path] + change.steps)
        // Where there are no more calls of this name, the change ran to its end.
        if status == 0 { break }
        count += 1
        try expectState(of: desk, after: change, "\(call) \(number)")
        if try contents(of: desk) != change.new {
          // The killed change can be made again; a replacement goes on from where it was.
          expectNoDifference(try output(of: ageProbe, [desk.path] + change.steps).status, 0)
        } else {
          expectNoDifference(try desk.probe("put", "probe/x", "x", "delete", "probe/x").status, 0)
        }
        // A replacement that is begun anew keeps what was there once more.
        let kept = try contents(of: desk).filter { $0 != ("previous/gate-io/bot-3", "old") }
        expectNoDifference(kept, change.new, "\(call) \(number)")
        expectNoDifference(desk.leftovers, [])
      }
    }
    Tally.count(.kills, cases: count - 1)
    print("age store, \(change.testDescription): killed at \(count) system calls")
    #expect(count >= 5)
  }

  @Test(
    "where any system call fails, a change is not done and says so, or is done", .counted(as: .errors),
    arguments: Change.all)
  func failures(_ change: Change) throws {
    guard let strace = tool("strace").map(Strace.init) else { return }
    var count = 0
    for call in Change.calls {
      for error in call == "write" ? ["EIO", "ENOSPC"] : ["EIO"] {
        for number in 1... {
          let desk = try desk(for: change)
          let log = desk.home.path("log")
          let (bytes, status) = try run(
            strace.injecting(.error(error), at: call, when: "\(number)", log: log) + [ageProbe, desk.path]
              + change.steps)
          guard String(decoding: desk.home.read("log"), as: UTF8.self).contains("(INJECTED)") else { break }
          count += 1
          let said = String(decoding: bytes, as: UTF8.self)
          try expectState(of: desk, after: change, "\(call) \(number) \(error): \(said)")
          let state = try contents(of: desk)
          // What could not be finished is cleared away at once, unless that is what fails.
          if call != "unlinkat" { expectNoDifference(desk.leftovers, [], "\(call) \(number) \(error)") }
          if status == 0 {
            expectNoDifference(state, change.new)
          } else if said.hasPrefix("failed: ") {
            // Done and not said to be done is allowed only where it may not last.
            #expect(
              state != change.new || said.contains("may not survive a power failure"), "\(call) \(number): \(said)")
          }
        }
      }
    }
    Tally.count(.errors, cases: count - 1)
    print("age store, \(change.testDescription): \(count) failing system calls")
    #expect(count >= 5)
  }

  @Test("a signal that interrupts a system call changes nothing", .counted(as: .errors), arguments: Change.all)
  func interruptions(_ change: Change) throws {
    guard let strace = tool("strace").map(Strace.init) else { return }
    let before = try openingsBefore(change, strace)
    for (call, from) in [("write", 1), ("fsync", 1), ("flock", 1), ("openat", before + 1)] {
      let desk = try desk(for: change)
      _ = try run(
        strace.injecting(.error("EINTR"), at: call, when: "\(from)+2") + [ageProbe, desk.path] + change.steps)
      expectNoDifference(try contents(of: desk), change.new, "\(call)")
    }
  }

  @Test func `an entry is on the disk before it has its name, and the name before it is said`() throws {
    guard let strace = tool("strace").map(Strace.init) else { return }
    let desk = try AgeDesk.ready()
    let log = desk.home.path("log")
    _ = try output(
      of: strace.path,
      ["-f", "-qq", "-y", "-o", log, "-e", "trace=openat,fsync,renameat2,write"]
        + [ageProbe, desk.path, "put", "bot", "canary in plain text"])
    let lines = String(decoding: desk.home.read("log"), as: UTF8.self).split(separator: "\n")
    let order = [
      "O_CREAT|O_EXCL|O_NOFOLLOW|O_CLOEXEC, 0600", "write", "fsync", "renameat2", "fsync", #"write(1<"#,
    ]
    var rest = lines[...]
    for wanted in order {
      let index = try #require(rest.firstIndex { $0.contains(wanted) }, "\(wanted)")
      rest = rest[(index + 1)...]
    }
    let syncs = lines.filter { $0.contains("fsync") }.map { $0.contains(".bot.age.tmp.") ? "file" : "folder" }
    expectNoDifference(syncs, ["file", "folder"])
    #expect(!lines.contains { $0.contains("canary") && !$0.contains("execve") })
  }

  @Test func `a set-up that is killed at any system call is completed by the next`() throws {
    guard let strace = tool("strace").map(Strace.init) else { return }
    var count = 0
    for call in Change.calls {
      for number in 1... {
        let desk = try AgeDesk()
        let steps = ["setup", "put", "gate-io/bot", "new"]
        let (_, status) = try run(
          strace.injecting(.kill, at: call, when: "\(number)") + [ageProbe, desk.path] + steps)
        if status == 0 { break }
        count += 1
        switch desk.store().condition().readiness {
        case .needsSetUp: expectNoDifference(try desk.probe("setup").status, 0, "\(call) \(number)")
        case .ready: break
        case .unusable(let error): Issue.record("\(call) \(number): \(error)")
        }
        expectNoDifference(try desk.probe("put", "gate-io/other", "new").status, 0)
        let bytes = Samples.bytes("new")
        for name in try desk.store().names() { #expect(try desk.opened().get(name).constantTimeEquals(bytes)) }
        expectNoDifference(desk.leftovers, [])
      }
    }
    print("age store, setup: killed at \(count) system calls")
    #expect(count >= 15)
  }

  @Test(
    "a change of what opens the store, killed at any system call, leaves all entries readable by the old or the new",
    arguments: ["passphrase", "share"])
  func openers(step: String) throws {
    guard let strace = tool("strace").map(Strace.init) else { return }
    let mate = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"
    let steps = step == "share" ? [step, mate] : [step]
    var count = 0
    for call in Change.calls {
      for number in 1... {
        let desk = try AgeDesk.ready()
        let names = try ["gate-io/a", "gate-io/b"].map(Samples.name)
        for name in names { try desk.store().put(Samples.json, as: name) }
        let (_, status) = try run(
          strace.injecting(.kill, at: call, when: "\(number)") + [ageProbe, desk.path] + steps)
        if status == 0 { break }
        count += 1
        let store = desk.store(Person(answers: ["two words", "three words"]))
        for name in names { #expect(try store.get(name).constantTimeEquals(Samples.json), "\(call) \(number)") }
        if step == "share" {
          expectNoDifference(try desk.probe("share", mate).status, 0)
          for name in names {
            let stanzas = String(decoding: desk.read("store/\(name).age").prefix(400), as: UTF8.self)
            expectNoDifference(stanzas.split(separator: "-> X25519").count, 3)
          }
        }
      }
    }
    print("age store, \(step): killed at \(count) system calls")
    #expect(count >= 5)
  }

  // MARK: - Private

  /// How many files the program opens as it starts, where the C library does not try again.
  private func openingsBefore(_ change: Change, _ strace: Strace) throws -> Int {
    let desk = try desk(for: change)
    let log = desk.home.path("log")
    _ = try run(strace.logging(to: log, only: ["openat"]) + [ageProbe, desk.path] + change.steps)
    let lines = String(decoding: desk.home.read("log"), as: UTF8.self).split(separator: "\n")
    return try #require(lines.firstIndex { $0.contains(desk.path) })
  }

  private func run(_ command: [String]) throws -> (bytes: [UInt8], status: Int32) {
    try output(of: command[0], Array(command.dropFirst()))
  }

  private func desk(for change: Change) throws -> AgeDesk {
    let desk = try AgeDesk.ready()
    for (name, text) in change.old.sorted(by: { $0.key < $1.key }) {
      try desk.store().put(Samples.bytes(text), as: Samples.name(name))
    }
    return desk
  }

  private func contents(of desk: AgeDesk) throws -> [String: String] {
    let store = desk.opened()
    var contents: [String: String] = [:]
    for name in try store.names() {
      contents[name.text] = try store.get(name).withBytes { String(decoding: $0, as: UTF8.self) }
    }
    return contents
  }

  private func expectState(of desk: AgeDesk, after change: Change, _ what: String) throws {
    let state = try contents(of: desk)
    #expect(([change.old, change.new] + change.between).contains(state), "\(what): \(state)")
  }
}
