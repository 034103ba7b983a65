import CustomDump
import Foundation
import KeyusherHarness
import Outside
import PtyHarness
import Testing

@testable import keyusher

/// What `flow lint` says of files that are read well by themselves.
@Suite struct FlowLintTests {
  private static let id = "gate-io/create-key"

  private func shipped() throws -> String {
    try String(contentsOf: FlowTree.folder.appending(path: "\(Self.id).yaml"), encoding: .utf8)
  }

  @Test func `A copy of a shipped flow is refused by lint as by run, changed or not`() throws {
    for text in [try shipped(), try shipped().replacing("minutes: ", with: "minutes: 1")] {
      let desk = try Desk()
      let file = try desk.write(text, to: "mine/\(Self.id).yaml")
      for path in ["mine", "mine/gate-io", file] {
        let ran = try desk.run(["flow", "lint", path])
        expectNoDifference(ran.status, 2)
        let findings = ran.output.split(separator: "\n").filter { $0.contains(": error: ") }
        let place = path == file ? file : "mine/\(Self.id).yaml"
        expectNoDifference(
          findings, ["\(place):4:7: error: flow '\(Self.id)' is shipped with Keyusher [redefines-shipped-flow]"])
      }
      let ran = try desk.run(["run", Self.id, "--flows", "mine"])
      #expect(ran.errors.contains("[redefines-shipped-flow]"), "\(ran.errors)")
    }
  }

  @Test func `The flows that Keyusher is built from are the shipped ones, changed or not`() throws {
    let desk = try Desk()
    try desk.write("", to: "Plugins/EmbedResourcesPlugin/plugin.swift")
    let file = try desk.write(try shipped().replacing("minutes: ", with: "minutes: 1"), to: "flows/\(Self.id).yaml")
    for path in ["flows", "./flows/", "flows/gate-io", file] {
      expectNoDifference(try desk.run(["flow", "lint", path]).output, "no findings\n", "\(path)")
    }
  }

  @Test func `A source of a day to come is warned of in flows and packs, whatever age is allowed`() throws {
    let desk = try Desk.testing([:], flow: SmallFlow.text().replacing("date: 2026-05-27", with: "date: 9999-05-27"))
    let pack = try String(contentsOf: FlowTree.folder.appending(path: "gate-io/pack.yaml"), encoding: .utf8)
    let day = try #require(pack.firstRange(of: /date: \d+/))
    try desk.write(
      pack.replacing("pack: gate-io", with: "pack: test").replacing(pack[day], with: "date: 9999"),
      to: "flows/test/pack.yaml")
    for more in [[], ["--stale", "36500d"]] {
      let ran = try desk.run(["flow", "lint", "flows"] + more)
      for file in ["small", "pack"] {
        let warning = "this day is still to come: nobody can have looked at the source on it [future-source]"
        let line = ran.output.split(separator: "\n").first {
          $0.hasPrefix("flows/test/\(file).yaml:") && $0.hasSuffix("warning: " + warning)
        }
        #expect(line != nil, "\(ran.output)")
      }
    }
  }

  // MARK: - What an API tells

  @Test func `an API in a folder of one's own is held against the pack beside it`() throws {
    let desk = try Desk()
    for name in ["pack", "api"] {
      let text = try String(contentsOf: FlowTree.folder.appending(path: "mexc/\(name).yaml"), encoding: .utf8)
      try desk.write(
        text.replacing("\(name): mexc", with: "\(name): acme").replacing(
          "accounts: [main, sub]", with: "accounts: [mian]"),
        to: "flows/acme/\(name).yaml")
    }
    let ran = try desk.run(["flow", "lint", "flows"])
    expectNoDifference(ran.status, 2)
    #expect(ran.output.contains("error: no account 'mian' [unknown-option]"), "\(ran.output)")
    expectNoDifference(try desk.run(["flow", "lint", "flows/acme/pack.yaml"]).output, "no findings\n")
    let list = try desk.run(["flow", "list", "--flows", "flows"])
    #expect(!list.output.contains("acme/api"), "\(list.output)")
  }

  @Test func `no file in a folder changes what a shipped exchange is asked, nor is it shown in its place`() throws {
    let desk = try Desk()
    let text = try String(contentsOf: FlowTree.folder.appending(path: "gate-io/api.yaml"), encoding: .utf8)
    let file = try desk.write(
      text.replacing("https://api.gateio.ws", with: "https://api.example.com"), to: "flows/gate-io/api.yaml")
    #expect(try desk.run(["flow", "lint", file]).output.contains("[redefines-shipped-flow]"))
    let folder = URL(filePath: file).deletingLastPathComponent().deletingLastPathComponent().path
    #expect(try FlowCatalog(folders: [folder]).ownAPI(of: "gate-io") == nil)
    expectNoDifference(try desk.run(["flow", "show", "gate-io/api", "--flows", folder]).output, text)
  }
}
