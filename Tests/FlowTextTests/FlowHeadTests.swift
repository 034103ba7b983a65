import CustomDump
import Outside
import Testing

@testable import FlowText

@Suite struct FlowHeadTests {
  @Test func `the head of a shipped flow is what the whole flow says`() throws {
    for file in try FlowTree.files() where file.kind == .flow {
      let flow = try #require(FlowTree.bound(file.id).value).flow
      let text = String(decoding: try file.bytes(), as: UTF8.self)
      expectNoDifference(readFlowHead(text), FlowHead(title: flow.title, minutes: flow.minutes))
    }
  }

  @Test(arguments: [
    ("title: Make a key", "Make a key"), ("title: 'Make: a key'", "Make: a key"),
    ("title: \"Make a \\u006bey\"", "Make a key"),
    ("title: >-\n  Make\n  a key", "Make a key"), ("title: Make\n  a key", "Make a key"),
    ("title: Make a key # and keep it", "Make a key"), ("# title: none\ntitle:   Make a key  ", "Make a key"),
  ]) func `a title is read as YAML has it`(written: String, title: String) {
    for rest in ["", "\nminutes: 15"] {
      let text = "format: 1\n\(written)\(rest)\nversion: 1\nsteps:\n  - id: title\n    title: Another\n"
      expectNoDifference(readFlowHead(text), FlowHead(title: title, minutes: rest.isEmpty ? nil : 15))
    }
  }

  @Test(arguments: [
    "", "steps:\n", "title: A key\n", "minutes: 15\nsteps:\n", "title: [a\nsteps:\n",
  ])
  func `without a title above the steps there is no head`(text: String) {
    expectNoDifference(readFlowHead(text), nil)
  }
}
