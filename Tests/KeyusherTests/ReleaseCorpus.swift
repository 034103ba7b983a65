import CustomDump
import Foundation
import Glibc
import KeyusherHarness
import PtyHarness

/// The files of `Corpus/VERSION`, whose README says what is in them.
///
/// Records, exports, scripts and the home never change. What is shown may change on purpose:
/// `KEYUSHER_REWRITE_GOLDENS=1` rewrites the files in `shown`, and no others.
struct ReleaseCorpus: CustomStringConvertible {
  let version: String

  var path: String { "\(sourceTree)/Tests/KeyusherTests/Corpus/\(version)" }
  var description: String { version }

  var records: [String] { names(in: "records", ending: ".jsonl") }
  /// Those of runs.
  var runs: [String] { names(in: "exports", ending: ".md") }
  var unfinished: [String] { names(in: "shown", ending: ".resumed") }

  /// A desk with the whole home, as private as the program wants it.
  func desk() throws -> Desk {
    let desk = try Desk()
    let files = FileManager.default
    try files.copyItem(atPath: path + "/home", toPath: desk.home)
    for folder in ["records", "flows"] {
      try files.copyItem(atPath: "\(path)/\(folder)", toPath: "\(desk.home)/\(folder)")
    }
    for path in try files.subpathsOfDirectory(atPath: desk.home) + [""] {
      let whole = "\(desk.home)/\(path)"
      var isFolder: ObjCBool = false
      _ = files.fileExists(atPath: whole, isDirectory: &isFolder)
      chmod(whole, isFolder.boolValue ? 0o700 : 0o600)
    }
    return desk
  }

  func names(in folder: String, ending: String) -> [String] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: "\(path)/\(folder)")) ?? []
    return files.filter { $0.hasSuffix(ending) }.map { String($0.dropLast(ending.count)) }.sorted()
  }

  func text(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)")), as: UTF8.self)
  }

  /// Compares what a command printed with what it printed then.
  func expectShown(_ ran: Ran, _ name: String, status: Int32 = 0, of desk: Desk? = nil) throws {
    expectNoDifference(ran.errors, "", "\(name)")
    expectNoDifference(ran.status, status, "\(name)")
    try expectShown(desk.map { ran.output.replacing($0.home, with: "HOME") } ?? ran.output, name)
  }

  func expectShown(_ text: String, _ name: String) throws {
    if ProcessInfo.processInfo.environment["KEYUSHER_REWRITE_GOLDENS"] == "1" {
      try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)/shown/\(name)"))
    }
    try expectSame(text, "shown/\(name)", "differs; KEYUSHER_REWRITE_GOLDENS=1 rewrites it")
  }

  func expectFrozen(_ text: String, _ name: String) throws {
    try expectSame(text, name, "differs, and must not")
  }

  private func expectSame(_ text: String, _ name: String, _ trouble: String) throws {
    // Lines, since a spreadsheet's CR LF is one character and would be lost in a diff.
    func lines(_ text: String) -> [String] {
      text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
    expectNoDifference(lines(text), lines(try self.text(name)), "\(name) \(trouble)")
  }
}
