import CustomDump
import Testing

@testable import Exports

@Suite("Templates")
struct PageTemplateTests {
  private static let values: PageValue<HTML> = [
    "name": .text("<Ada>"), "none": .text(String?.none), "yes": .flag(true), "no": .flag(false),
    "numbers": .each([1, 2]) { .number($0) }, "empty": .list([]),
    "inner": ["name": .text("Ben"), "deep": ["name": .text("Cy")]],
    "rows": .each(["a", "b"]) { ["id": .text($0), "name": .text(String?.none)] },
  ]

  @Test(
    "places and sections",
    arguments: [
      ("Hello {{name}}!\n", "Hello &lt;Ada&gt;!\n"), ("{{inner.name}}, {{inner.deep.name}}\n", "Ben, Cy\n"),
      ("{{#inner}}{{name}} {{#deep}}{{name}}{{/deep}}{{/inner}}\n", "Ben Cy\n"),
      ("{{#yes}}a{{/yes}}{{^yes}}b{{/yes}}{{#no}}c{{/no}}{{^no}}d{{/no}}\n", "ad\n"),
      ("{{#none}}{{.}}{{/none}}{{^none}}-{{/none}}\n", "-\n"),
      ("{{#name}}<b>{{.}}</b>{{/name}}\n", "<b>&lt;Ada&gt;</b>\n"),
      ("{{#numbers}}\n- {{.}} of {{name}}\n{{/numbers}}\n", "- 1 of &lt;Ada&gt;\n- 2 of &lt;Ada&gt;\n"),
      ("{{^empty}}\nnothing\n{{/empty}}\nend\n", "nothing\nend\n"),
      ("{{#rows}}\n  {{#name}}\nhidden\n  {{/name}}\n{{id}}\n{{/rows}}\n", "a\nb\n"),
      ("{{name}}\n", "&lt;Ada&gt;\n"), ("{{#yes}} {{/yes}}\n", " \n"), ("}} { {\n", "}} { {\n"),
    ])
  func rendered(template: String, text: String) throws {
    expectNoDifference(try PageTemplate<HTML>("t", in: [("t", template)]).rendered(Self.values), text)
  }

  @Test("another file is put in as far in as its tag stands, or within its line")
  func included() throws {
    let files = [
      ("t", "- a\n  {{> part}}\n- {{> line}}, {{name}}\n"), ("part", "{{#numbers}}\n- {{.}}\n{{/numbers}}\nend\n"),
      ("line", "<i>{{name}}</i>\n"),
    ]
    expectNoDifference(
      try PageTemplate<HTML>("t", in: files).rendered(Self.values),
      "- a\n  - 1\n  - 2\n  end\n- <i>&lt;Ada&gt;</i>, &lt;Ada&gt;\n")
  }

  @Test(
    "what is wrong is refused, and there is no raw form",
    arguments: [
      "{{nobody}}\n", "{{#nobody}}\n{{/nobody}}\n", "{{inner}}\n", "{{yes}}\n", "{{numbers}}\n", "{{inner.nobody}}\n",
      "{{{name}}}\n", "{{&name}}\n", "{{#yes}}\n", "{{/yes}}\n", "{{#yes}}{{#no}}{{/yes}}{{/no}}\n", "{{name\n",
      "{{> u}}\n",
    ])
  func refused(template: String) {
    #expect(throws: ExportError.self) {
      try PageTemplate<HTML>("t", in: [("t", template)]).rendered(Self.values)
    }
  }
}
