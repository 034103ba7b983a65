import Battery
import CustomDump
import Testing

@testable import FlowText
@testable import FlowTools

/// Whatever a group or a pack holds, and whatever a flow makes of it: findings, in bounded time, and no crash.
@Suite struct HostileIncludeTests {
  private typealias Files = [String: [UInt8]]

  private func findings(_ steps: String, _ files: Files = [:]) -> [Finding] {
    let library = FlowLibrary(known: files.keys.sorted()) { id in
      files[id].map { .found(bytes: $0, path: "\(id).yaml") } ?? .absent
    }
    return lintAndBind(BadFile.head + steps + "\n" + BadFile.tail, path: "flow.yaml", library: library).findings
  }

  private func group(_ id: String, _ steps: String, params: String = "{}") -> [UInt8] {
    Array("format: 1\ngroup: \(id)\nabout: A.\nparams: \(params)\nsteps:\n\(steps)\n".utf8)
  }

  /// The path and the code of each kind of finding, once.
  private func kinds(_ findings: [Finding]) -> [String] {
    Set(findings.map { "\($0.path) \($0.code.rawValue)" }).sorted()
  }

  /// The same text with a byte-order mark and CRLF.
  private func asWindowsSaves(_ bytes: [UInt8]) -> [UInt8] {
    var saved: [UInt8] = [0xEF, 0xBB, 0xBF]
    for byte in bytes { saved += byte == 0x0A ? [0x0D, 0x0A] : [byte] }
    return saved
  }

  private func list(_ count: Int, _ item: (Int) -> String = { "i\($0)" }) -> String {
    "[" + (0..<count).map(item).joined(separator: ", ") + "]"
  }

  private let using = "- include: shared/a\n- {id: b, kind: tell, title: $(pack.title)}"

  // MARK: - What is no text, or none as it should be

  @Test func `much of anything is a finding, as a flow, a group and a pack`() {
    var random = Random(state: 4)
    let size = isWhole ? 1 << 20 : 1 << 17
    let noise = (0..<size).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    let signs = Array("abz019 \n\n:-{}[]&*!|>'\"%@`#?,$()".utf8)
    let text = (0..<size).map { _ in signs[Int(random.next() % UInt64(signs.count))] }
    for bytes in [noise, text] {
      let code = bytes == noise ? "not-utf8" : nil
      for found in [
        lintFlow(bytes, path: "f").findings, readPack(bytes, path: "f").findings,
        checkGroup(bytes, path: "f", expectedID: nil),
      ] {
        #expect(found.contains { $0.severity == .error } && found.count <= Findings.most + 1)
        if let code { expectNoDifference(kinds(found), ["f \(code)"]) }
      }
      let included = findings("- include: shared/a", ["shared/a": bytes])
      #expect(included.contains { $0.path == "shared/a.yaml" && $0.severity == .error })
      let packed = findings("- {id: b, kind: tell, title: $(pack.title)}", ["test/pack": bytes])
      #expect(packed.contains { $0.path == "test/pack.yaml" && $0.severity == .error })
    }
  }

  @Test func `bytes that are no UTF-8 are found where they stand in a group and in a pack`() {
    let wrong = Array("format: 1\nabout: é".utf8) + [0xC3, 0x28]
    let found = findings(using, ["shared/a": wrong, "test/pack": wrong])
    expectNoDifference(
      found.map { "\($0.path):\($0.line):\($0.column) \($0.code.rawValue)" },
      ["shared/a.yaml:2:9 not-utf8", "test/pack.yaml:2:9 not-utf8"])
  }

  @Test func `a byte-order mark and CRLF move nothing in a group and in a pack`() {
    let steps = "  - {id: a, kind: tell, title: Ä, promt: x}\n  - {id: c, kind: tell, title: \"é $(naem)\"}"
    let plain: Files = [
      "shared/a": group("shared/a", steps), "test/pack": Array("format: 1\ntitle: Ä\n\"é\": a: b\n".utf8),
    ]
    let other = plain.mapValues(asWindowsSaves)
    let unknown = findings("- include: shared/a", plain)
    expectNoDifference(
      unknown.map { "\($0.path):\($0.line):\($0.column) \($0.code.rawValue)" }, ["shared/a.yaml:7:35 unknown-parameter"]
    )
    expectNoDifference(findings("- include: shared/a", other), unknown)
    let broken = findings(using, plain)
    #expect(broken.contains { $0.path == "test/pack.yaml" && $0.code == .syntax && $0.line == 3 })
    expectNoDifference(findings(using, other), broken)
    let pack = Array(BadPacks.good.replacing("short:", with: "shrt:").utf8)
    let told = readPack(pack, path: "p").findings
    #expect(told.contains { $0.code == .unknownKey && $0.line == 4 && $0.column == 1 })
    expectNoDifference(readPack(asWindowsSaves(pack), path: "p").findings, told)
  }

  @Test func `nesting inside a group is cut short, and told where it stands`() {
    for (open, close) in [("[", "]"), ("{a: ", "}"), ("{if: pack?, put: ", "}"), ("- ", "")] {
      let deep = String(repeating: open, count: 50_000) + String(repeating: close, count: 50_000)
      let found = findings("- include: shared/a", ["shared/a": group("shared/a", "  - " + deep)])
      expectNoDifference(kinds(found), ["shared/a.yaml too-deep"])
    }
  }

  @Test(arguments: [false, true]) func `a value is put in no deeper than a record can be read`(_ isDefault: Bool) throws
  {
    var deepest = 0
    for levels in 1...28 {
      let condition =
        String(repeating: "{not: ", count: levels) + "{step: a, is: yes}" + String(repeating: "}", count: levels)
      let param = isDefault ? "{g: {about: G., default: \(condition)}}" : "{g: {about: G.}}"
      let library = FlowLibrary { id in
        let steps = "  - {id: a, kind: confirm, title: A, next: [{when: $(g), to: review}, {to: review}]}"
        return .found(bytes: group(id, steps, params: param), path: "\(id).yaml")
      }
      let with = isDefault ? "" : ", with: {g: \(condition)}"
      let flow = BadFile.head + "- {include: shared/a\(with)}\n" + BadFile.tail
      // As it is run, without a second look at the text.
      let reading = bindFlow(flow, path: "flow.yaml", library: library, options: ReadingOptions(.shipped))
      guard let bound = reading.value else {
        expectNoDifference(Set(reading.findings.map(\.code)), [.tooDeep])
        continue
      }
      deepest = levels
      expectNoDifference(
        bindFlow(bound.text, path: "record", options: ReadingOptions(.recorded)).value?.flow, bound.flow)
    }
    #expect((15..<28).contains(deepest), "\(deepest)")
  }

  // MARK: - What stands for very much

  @Test func `a list of very many items is put in up to a bound`() {
    let many = "title: T\nrights: " + list(isWhole ? 1_000_000 : 200_000) { _ in "a" }
    let steps = "- {for: right, in: $(pack.rights), put: {id: \"a\", kind: tell, title: $(right)}}"
    expectNoDifference(kinds(findings(steps, ["test/pack": Array(many.utf8)])), ["flow.yaml too-large"])
    // Nothing is behind it that could tell.
    let last =
      "format: 1\nflow: test/flow\nsteps: {for: a, in: \(list(1_000) { _ in "a" }), where: {b: c}, put: {d: e}}\n"
    #expect(!lintFlow(last, path: "f").findings.contains { $0.code == .tooLarge })
    let nested = "- {for: a, in: \(list(1_000)), put: {for: b, in: \(list(1_000)), put: {id: c, kind: tell, title: T}}}"
    expectNoDifference(kinds(findings(nested)), ["flow.yaml too-large"])
  }

  @Test func `what is left out of a list counts too`() {
    let many = list(20_000) { "{risk: r\($0)}" }
    let wanted = (0..<20_000).map { "k\($0): s" }.joined(separator: ", ")
    let steps = "- {for: a, in: \(many), where: {\(wanted)}, put: {id: a, kind: tell, title: T}}"
    expectNoDifference(kinds(findings(steps)), ["flow.yaml too-large"])
    // Even where nothing comes after it.
    let head = "format: 1\nflow: test/flow\nversion: 1\ntitle: T\nsummary: S\nsteps:\n"
    expectNoDifference(lintFlow(head + steps + "\n", path: "f").findings.map(\.code), [.tooLarge])
  }

  @Test func `items are held against a long list of texts in bounded time`() {
    let many = list(20_000) { "{risk: r\($0)}" }
    let steps =
      "- {for: a, in: \(many), where: {risk: \(list(20_000) { "s\($0)" })}, put: {id: a, kind: tell, title: T}}"
    let time = ContinuousClock().measure { expectNoDifference(findings(steps), []) }
    #expect(time < .seconds(30), "\(time)")
  }

  @Test func `many includes of a group of many parameters are bounded`() {
    let params = "{" + (0..<800).map { "p\($0): {about: A., default: x}" }.joined(separator: ", ") + "}"
    let includes = (0..<2_000).map { _ in "- include: shared/a" }.joined(separator: "\n")
    let one = group("shared/a", "  - {for: a, in: [], put: {id: a}}", params: params)
    let time = ContinuousClock().measure {
      #expect(findings(includes, ["shared/a": one]).contains { $0.code == .tooLarge })
    }
    #expect(time < .seconds(30), "\(time)")
  }

  @Test func `a chain of a thousand groups is cut short`() {
    var files: Files = [:]
    for number in 0..<1_000 {
      files["shared/g\(number)"] = group("shared/g\(number)", "  - include: shared/g\(number + 1)")
    }
    expectNoDifference(kinds(findings("- include: shared/g0", files)), ["shared/g31.yaml too-deep"])
  }

  @Test func `groups that each include the next twice are put in up to a bound`() {
    var files: Files = [:]
    for number in 0..<30 {
      files["shared/g\(number)"] = group(
        "shared/g\(number)", "  - include: shared/g\(number + 1)\n  - include: shared/g\(number + 1)")
    }
    files["shared/g30"] = group("shared/g30", "  - {id: a, kind: tell, title: T}")
    let codes = Set(findings("- include: shared/g0", files).map(\.code))
    expectNoDifference(codes, [.tooLarge])
  }

  @Test func `ten thousand parameters are given, missed and mentioned in bounded time`() {
    let params = "{" + (0..<10_000).map { "p\($0): {about: A.}" }.joined(separator: ", ") + "}"
    let text = (0..<10_000).map { "$(p\($0))" }.joined()
    let files = ["shared/a": group("shared/a", "  - {id: a, kind: tell, title: T, why: \"\(text)\"}", params: params)]
    let given = "{" + (0..<10_000).map { "p\($0): x" }.joined(separator: ", ") + "}"
    expectNoDifference(kinds(findings("- {include: shared/a, with: \(given)}", files)), ["shared/a.yaml long-text"])
    expectNoDifference(
      kinds(findings("- include: shared/a", files)), ["flow.yaml missing-parameter", "flow.yaml too-many"])
    let strange = given.replacing("p", with: "q")
    let told = findings("- {include: shared/a, with: \(strange)}", files)
    expectNoDifference(Set(told.map(\.code)), [.unknownParameter, .tooMany])
  }

  @Test func `many items beside many parameters are bounded`() {
    let params = "{" + (0..<10_000).map { "p\($0): {about: A., default: x}" }.joined(separator: ", ") + "}"
    let inner = "{for: b, in: [c], put: {id: a, kind: tell, title: T}}"
    let loops = group("shared/a", "  - {for: a, in: \(list(50_000)), put: \(inner)}", params: params)
    expectNoDifference(Set(findings("- include: shared/a", ["shared/a": loops]).map(\.code)), [.tooLarge])
    let small = group("shared/a", "  []", params: params)
    let includes = "- {for: a, in: \(list(50_000)), put: {include: shared/a}}"
    expectNoDifference(kinds(findings(includes, ["shared/a": small])), ["flow.yaml too-large"])
  }
}
