import Battery
import CustomDump
import Testing

@testable import FlowText
@testable import FlowTools

/// A small flow can't stand for one that fills a computer, nor take its time.
@Suite struct ExpansionTests {
  /// Far more than it takes, and far less than for ever.
  private static let patience = Duration.seconds(60)

  private func codes(_ files: FlowFiles) -> [FindingCode] {
    let start = ContinuousClock.now
    let reading = files.bound()
    #expect(ContinuousClock.now - start < Self.patience)
    #expect(reading.value == nil)
    return Set(reading.findings.map(\.code)).sorted { $0.rawValue < $1.rawValue }
  }

  @Test func `ten loops within each other end`() {
    let ten = "[" + (0..<10).map(String.init).joined(separator: ", ") + "]"
    var put = "{id: a, kind: tell, title: A}"
    for depth in 0..<10 { put = "{for: x\(depth), in: \(ten), put: \(put)}" }
    #expect(codes(FlowFiles("loops", "- " + put)).contains(.tooLarge))
  }

  // Of thirty levels HostileIncludeTests has the same at each push.
  @Test(arguments: isWhole ? [30, 1_000_000] : [1_000_000])
  func `groups that include two others, and so on, end`(levels: Int) {
    let library = FlowLibrary { id in
      guard let level = Int(id.drop { !$0.isNumber }), level < levels else { return .absent }
      let next = "shared/g\(level + 1)"
      let steps = level == levels - 1 ? "[]" : "[{include: \(next)}, {include: \(next)}]"
      return .found(bytes: Array("format: 1\ngroup: \(id)\nabout: T.\nsteps: \(steps)\n".utf8), path: id)
    }
    let start = ContinuousClock.now
    let reading = lintAndBind(
      BadFile.head + "- include: shared/g0\n" + BadFile.tail, path: "flow.yaml", library: library)
    #expect(ContinuousClock.now - start < Self.patience)
    #expect(reading.findings.contains { $0.code == (levels == 30 ? .tooLarge : .tooDeep) })
    expectNoDifference(reading.value, nil)
  }

  @Test func `a list that doubles with each parameter ends`() {
    var others: [(String, String)] = []
    for level in 0..<25 {
      others.append(
        (
          "shared/g\(level)",
          """
          params: {items: {about: Items.}}
          steps:
            - {include: shared/g\(level + 1), with: {items: ["$(items)", "$(items)"]}}

          """
        ))
    }
    others.append(
      ("shared/g25", "params: {items: {about: Items.}}\nsteps:\n  - {id: a, kind: tell, title: A, say: $(items)}\n"))
    let texts = Dictionary(uniqueKeysWithValues: others)
    let library = FlowLibrary { id in
      texts[id].map { .found(bytes: Array("format: 1\ngroup: \(id)\nabout: T.\n\($0)".utf8), path: id) } ?? .absent
    }
    let start = ContinuousClock.now
    let flow = BadFile.head + "- {include: shared/g0, with: {items: [x]}}\n" + BadFile.tail
    let reading = lintAndBind(flow, path: "flow.yaml", library: library)
    #expect(ContinuousClock.now - start < Self.patience)
    #expect(reading.findings.contains { $0.code == .tooLarge })
  }

  @Test func `one long text mentioned very often is not even put together`() {
    let long = String(repeating: "x", count: 1 << 20)
    let mentions = String(repeating: "$(pack.title)", count: 100_000)
    let files = FlowFiles(
      "mentions", "- {id: a, kind: tell, title: \"\(mentions)\"}", ["test/pack": "title: \(long)\n"])
    expectNoDifference(codes(files), [.tooLarge])
  }

  @Test func `very many parameters, mentioned very often, end`() {
    let names = (0..<30_000).map { "p\($0)" }
    let with = names.map { "\($0): x" }.joined(separator: ", ")
    let params = names.map { "  \($0): {about: T.}\n" }.joined()
    let mentions = names.map { "$(\($0))" }.joined()
    let files = FlowFiles(
      "parameters", "- {include: shared/a, with: {\(with)}}",
      ["shared/a": "params:\n\(params)steps:\n  - {id: a, kind: tell, title: A, say: \"\(mentions)\"}\n"])
    let start = ContinuousClock.now
    _ = files.bound()
    #expect(ContinuousClock.now - start < Self.patience)
  }

  @Test func `a filter with very many keys over and over ends`() {
    let keys = (0..<1_000).map { "k\($0): x" }.joined(separator: ", ")
    let items = (0..<100).map { _ in "{\(keys)}" }.joined(separator: ", ")
    let loop = "  - {for: item, in: $(items), where: $(items?), put: []}\n"
    let filter = "  - {for: item, in: $(items), where: {\(keys.replacing("k0: x", with: "k0: y"))}, put: []}\n"
    let files = FlowFiles(
      "filters", "- {include: shared/a, with: {items: [\(items)]}}",
      ["shared/a": "params: {items: {about: T.}}\nsteps:\n" + loop + String(repeating: filter, count: 100)])
    let start = ContinuousClock.now
    _ = files.bound()
    #expect(ContinuousClock.now - start < Self.patience)
  }
}
