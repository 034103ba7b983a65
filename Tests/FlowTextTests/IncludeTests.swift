import CustomDump
import FlowCore
import Outside
import Testing

@testable import FlowText
@testable import FlowTools

@Suite struct IncludeTests {
  @Test(arguments: BadTrees.all) func `a finding points into the file that has to be mended`(_ files: FlowFiles) {
    let reading = files.bound()
    expectNoDifference(files.lines(reading.findings), files.findings)
    expectNoDifference(reading.value?.flow.id, nil)
  }

  @Test func `a group is put in with what it is given, and what it is not given`() throws {
    let files = FlowFiles(
      "good",
      """
      - {include: shared/a, with: {at: x-, then: a, words: [one, two]}}
      - {include: shared/a, with: {then: review}}
      """,
      [
        "shared/a": """
        params:
          at: {about: What ids begin with., default: ""}
          then: {about: The step after it.}
          words: {about: Some words., optional: true}
        steps:
          - id: $(at)a
            kind: tell
            title: A
            say: ["$(words?)", "So: $(words?).", "It costs $$(5) in $ and (x)."]
            next: $(at)b
          - {id: $(at)b, kind: tell, title: B, next: $(then)}

        """
      ])
    let reading = files.bound()
    expectNoDifference(files.lines(reading.findings), [])
    let flow = try #require(reading.value).flow
    expectNoDifference(flow.steps.map(\.id.rawValue), ["x-a", "x-b", "a", "b", "review", "done"])
    expectNoDifference(
      flow.steps[0].text.map(\.value),
      ["one", "two", "So: one, two.", "It costs $(5) in $ and (x)."].map { Template($0) })
    expectNoDifference(flow.steps[2].text.map(\.value), ["So: .", "It costs $(5) in $ and (x)."].map { Template($0) })
    expectNoDifference(flow.steps[1].transitions.map(\.target), ["a"])
  }

  @Test func `for, where, if, unless and is put what they say`() throws {
    let files = FlowFiles(
      "good",
      """
      - id: a
        kind: select
        title: A
        options:
          - {for: right, in: $(pack.rights), put: {id: $(right.id), title: "$(right.id) $(right.note?)"}}
          - {for: right, in: $(pack.rights), where: {risk: [trade, withdraw]}, put: [{id: "x-$(right.id)", title: X}]}
          - {for: right, in: $(pack.rights), where: {risk: read, note: n}, put: {id: "y-$(right.id)", title: Y}}
          - {if: pack.several, put: {id: several, title: S}}
          - {if: pack.none, put: {id: none, title: N}}
          - {unless: pack.none, put: [{id: no-none, title: N}, {id: none-two, title: N}]}
          - {if: pack.several, is: [no, yes], put: {id: is-yes, title: S}}
          - {if: pack.several, is: no, put: {id: is-no, title: S}}
          - {unless: pack.several, is: no, put: {id: is-not-no, title: S}}
          - {for: one, in: [1, 2], put: {for: two, in: [3, 4], put: {id: $(one)-$(two), title: T}}}
        help: {if: pack.none, put: never}
        why: {unless: pack.none, put: always}
      """,
      [
        "test/pack": """
        several: yes
        rights: [{id: look, risk: read, note: n}, {id: buy, risk: trade}, {id: send, risk: withdraw}, {id: see, risk: read}]

        """
      ])
    let reading = files.bound()
    expectNoDifference(files.lines(reading.findings), [])
    let step = try #require(reading.value).flow.steps[0]
    guard case .select(let options) = step.body else {
      Issue.record("\(step.body)")
      return
    }
    expectNoDifference(
      options.options.map(\.id),
      [
        "look", "buy", "send", "see", "x-buy", "x-send", "y-look", "several", "no-none", "none-two", "is-yes",
        "is-not-no", "1-3", "1-4", "2-3", "2-4",
      ])
    expectNoDifference(options.options.prefix(2).map(\.title), ["look n", "buy"])
    expectNoDifference([step.help, step.why], [nil, "always"])
  }

  // MARK: - What goes on record

  @Test(arguments: try FlowTree.files().filter { $0.kind == .flow })
  func `the text that goes on record reads as the same flow, without any library`(_ file: FlowTree.File) throws {
    let bound = try #require(FlowTree.bound(file.id).value)
    let again = bindFlow(
      bound.text, path: "record", expectedID: file.id, options: ReadingOptions(.recorded))
    expectNoDifference(again.findings, [])
    expectNoDifference(again.value?.flow, bound.flow)
    expectNoDifference(again.value?.text, bound.text)
    #expect(!bound.text.contains("include:"))
  }

  @Test func `a '$(' that is meant is plain text in a record, and written so that a flow can have it again`() throws {
    let text = BadFile.head + "- {id: a, kind: tell, title: A, say: 'Run $$(date), or $$$(x).'}\n" + BadFile.tail
    let bound = try #require(lintAndBind(text, path: "flow.yaml").value)
    expectNoDifference(bound.flow["a"]?.text, ["Run $(date), or $$(x)."])
    #expect(bound.text.contains("Run $(date), or $$(x)."))
    let record = bindFlow(bound.text, path: "record", options: ReadingOptions(.recorded))
    expectNoDifference(record.value?.flow, bound.flow)
    expectNoDifference(record.value?.text, bound.text)
    let again = lintAndBind(bound.fileText, path: "flow.yaml")
    expectNoDifference(again.findings, [])
    expectNoDifference(again.value?.flow, bound.flow)
    expectNoDifference(again.value?.fileText, bound.fileText)
  }

  @Test func `brackets and rare signs that a parameter brings can be read from a record`() throws {
    let brackets = String(repeating: "[", count: 12)
    for value in [brackets, "\u{FFFE}", "a\u{FFFF}b", String(repeating: "{{[", count: 30)] {
      let escaped = value.unicodeScalars.map { $0.value < 0x80 ? String($0) : "\\u" + String($0.value, radix: 16) }
      let text =
        BadFile.head + "- {for: x, in: [\"\(escaped.joined().prefix(15))\"], put: [{id: a, kind: tell, title: A, "
        + "say: \"- $(x)$(x)$(x)$(x)$(x)$(x)\"}]}\n" + BadFile.tail
      let reading = lintAndBind(text, path: "flow.yaml")
      expectNoDifference(reading.findings, [], "\(escaped)")
      let bound = try #require(reading.value)
      let record = bindFlow(bound.text, path: "record", options: ReadingOptions(.recorded))
      expectNoDifference(record.findings, [])
      expectNoDifference(record.value?.flow, bound.flow)
    }
  }

  @Test func `a flow without controls and mentions is kept byte for byte`() throws {
    let text = "# A comment.\n" + BadFile.head + "- {id: a,   kind: tell, title: \"A\", say: '$5'}\n" + BadFile.tail
    let library = FlowLibrary { _ in .refused("nobody asks for it") }
    let reading = lintAndBind(text, path: "flow.yaml", library: library)
    expectNoDifference(reading.findings, [])
    expectNoDifference(reading.value?.text, text)
  }
}
