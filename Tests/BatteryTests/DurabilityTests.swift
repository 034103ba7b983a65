import Battery
import Foundation
import Outside
import Testing

/// Group D too: what is said to be done is on the disk by then, in an order that no power failure can turn round.
@Suite struct DurabilityTests {
  @Test(
    "What takes a name was synced before, and the folder after",
    arguments: [Scene.redact, .walk, .adopt, .replace, .rename])
  func renames(scene: Scene) throws {
    // Of a process that guards itself only root's strace reads names.
    guard geteuid() == 0, let strace = tool("strace").map(Strace.init) else {
      return Tally.notRun(.writes, "the order of syncing in \(scene), for want of strace or root")
    }
    let calls = try scene.calls(on: scene.template(), strace)
    let renames = calls.indices.filter { calls[$0].name.hasPrefix("rename") && calls[$0].result == 0 }
    sweep(.writes, renames) { index in
      let rename = calls[index]
      let source = rename.strings.first ?? ""
      let target = rename.descriptors.last
      let later = calls[index...].prefix { $0.name != "exit_group" }
      let isFolderSynced = later.contains { $0.name == "fsync" && $0.descriptors.first == target && $0.result == 0 }
      guard source.contains(".tmp.") || source.hasSuffix(".new") || source.contains(".yaml.new-") else {
        return isFolderSynced ? nil : "the folder was not synced after \(rename)"
      }
      guard
        let opened = calls[..<index].lastIndex(where: {
          $0.name == "openat" && $0.strings.first == source && $0.isMaking
        })
      else { return "nothing made \(source)" }
      let file = calls[opened].result
      let touches = calls[opened..<index].filter { $0.descriptors.first == file }
      let lastWrite = touches.lastIndex { $0.name == "write" || $0.name == "pwrite64" }
      let lastSync = touches.lastIndex { ["fsync", "fdatasync"].contains($0.name) && $0.result == 0 }
      return faults(
        (lastWrite != nil, "\(source) was not written"),
        (lastSync.map { $0 > (lastWrite ?? 0) } ?? false, "\(source) was not synced before \(rename)"),
        (isFolderSynced, "the folder was not synced after \(rename)"))
    }
  }

  @Test("What is appended is synced before the program goes on", arguments: [Scene.append, .walk, .resume])
  func appends(scene: Scene) throws {
    // Of a process that guards itself only root's strace reads names.
    guard geteuid() == 0, let strace = tool("strace").map(Strace.init) else {
      return Tally.notRun(.writes, "the order of syncing in \(scene), for want of strace or root")
    }
    let calls = try scene.calls(on: scene.template(), strace)
    let journals = calls.indices.filter {
      calls[$0].name == "openat" && calls[$0].strings.first?.hasSuffix(".jsonl") == true
        && calls[$0].text.contains("O_APPEND") && calls[$0].result >= 0
    }
    sweep(.writes, journals) { opened in
      let file = calls[opened].result
      let touches = calls[opened...].filter { $0.descriptors.first == file }.prefix { $0.name != "close" }
      let writes = touches.count { $0.name == "write" }
      let syncs = touches.count { ["fsync", "fdatasync"].contains($0.name) }
      let last = touches.last { ["write", "fsync", "fdatasync"].contains($0.name) }
      return faults(
        (writes > 0, "nothing was appended"), (last?.name != "write", "the last of \(writes) writes was not synced"),
        // What was only shown goes with the event after it.
        (syncs * 3 >= writes, "\(writes) writes, \(syncs) syncs"))
    }
  }

  @Test func `The text of its flow is on the disk before a record that names it is made`() throws {
    // Of a process that guards itself only root's strace reads names.
    guard geteuid() == 0, let strace = tool("strace").map(Strace.init) else {
      return Tally.notRun(.writes, "the order of a record and its flow's text, for want of strace or root")
    }
    let calls = try Scene.walk.calls(on: Scene.walk.template(), strace)
    let made = calls.indices.filter {
      calls[$0].name == "openat" && calls[$0].strings.first?.hasSuffix(".jsonl") == true
        && calls[$0].isMaking && calls[$0].result >= 0
    }
    #expect(made.count == 1)
    sweep(.writes, made) { made in
      let before = calls[..<made]
      guard
        let placed = before.lastIndex(where: {
          $0.name.hasPrefix("rename") && $0.strings.last?.hasSuffix(".yaml") == true && $0.result == 0
        })
      else { return "no text was put in its place before \(calls[made])" }
      let folder = calls[placed].descriptors.last
      let isSynced = before[placed...].contains {
        $0.name == "fsync" && $0.descriptors.first == folder && $0.result == 0
      }
      return isSynced ? nil : "its folder was not synced before \(calls[made])"
    }
  }

  @Test func `A new record's folder is synced before anything is written to it`() throws {
    // Of a process that guards itself only root's strace reads names.
    guard geteuid() == 0, let strace = tool("strace").map(Strace.init) else {
      return Tally.notRun(.writes, "the order of syncing of a new record, for want of strace or root")
    }
    let calls = try Scene.walk.calls(on: Scene.walk.template(), strace)
    let records = calls.indices.filter {
      calls[$0].name == "openat" && calls[$0].strings.first?.hasSuffix(".jsonl") == true
        && calls[$0].isMaking && calls[$0].result >= 0
    }
    sweep(.writes, records) { made in
      let folder = calls[made].descriptors.first
      let file = calls[made].result
      let untouched = calls[made...].prefix { $0.name != "write" || $0.descriptors.first != file }
      let isSynced = untouched.contains { $0.name == "fsync" && $0.descriptors.first == folder && $0.result == 0 }
      return faults(
        (folder != nil && folder != file, "the folder of \(calls[made]) is not known"),
        (isSynced, "the folder was not synced after \(calls[made])"))
    }
  }
}

extension SystemCall {
  /// What it returned; -1 if that is no number.
  fileprivate var result: Int {
    // strace lines the results up with spaces.
    let last = text.components(separatedBy: " = ").last ?? ""
    return Int(last.prefix { $0 == "-" || $0.isNumber }) ?? -1
  }

  /// Its texts, without quotation marks.
  fileprivate var strings: [String] {
    text.split(separator: "\"", omittingEmptySubsequences: false).enumerated().filter { $0.offset % 2 == 1 }
      .map { String($0.element) }
  }

  /// Its numbers that stand as arguments of their own: descriptors.
  fileprivate var descriptors: [Int] {
    (text.split(separator: "(").dropFirst().first ?? "").split { ",)".contains($0) }
      .compactMap { Int($0.trimmingCharacters(in: .whitespaces)) }.filter { $0 >= 0 }
  }

  fileprivate var isMaking: Bool { text.contains("O_CREAT") }
}
