import CustomDump
import Testing

@testable import FlowText
@testable import FlowTools

/// Flows that are YAML and flows, and otherwise make no sense: every proof runs over them all the same.
@Suite struct WildFlowTests {
  @Test func `steps that contradict each other are findings, and nothing worse`() {
    var random = Random(state: 11)
    var told: Set<FindingCode> = []
    let options = LintOptions(today: "2026-11-23", staleDays: 1, officialHosts: [])
    for _ in 0..<400 {
      let steps = (0..<(1 + Int(random.next() % 9))).map { _ in step(&random) }
      let findings = lintFlow(BadFile.head + steps.joined(), path: "flow.yaml", options: options).findings
      told.formUnion(findings.map(\.code))
      #expect(Set(findings.map { "\($0.line):\($0.column) \($0.code)" }).count == findings.count)
    }
    let expected: [FindingCode] = [
      .unknownStep, .unknownOption, .duplicateID, .wrongKind, .unanswered, .maybeUnanswered, .storeNotProven, .noStore,
      .notExhaustive, .neverHolds, .unreachableStep, .wayAround, .endlessLoop, .loopWithoutExit,
      .staleSource, .unofficialHost, .noWayOut, .fallsOffTheEnd,
    ]
    expectNoDifference(expected.filter { !told.contains($0) }, [])
  }

  // MARK: - Private

  private func pick(_ random: inout Random, _ words: String...) -> String {
    words[Int(random.next() % UInt64(words.count))]
  }

  private func id(_ random: inout Random) -> String { pick(&random, "a", "b", "c", "d", "e", "f", "g", "nowhere") }

  private func step(_ random: inout Random) -> String {
    let body =
      switch random.next() % 10 {
      case 0: "kind: tell"
      case 1: "kind: confirm, if-no: \(id(&random))"
      case 2, 3: "kind: choose, options: \(choices(&random)), default: \(defaults(&random))"
      case 4: "kind: select, options: [{id: x, title: X}, {id: y, title: Y, disabled: {reason: N}}, {id: z, title: Z}]"
      case 5: "kind: text, default: \"{\(id(&random))}\""
      case 6: "kind: check, check: \(pick(&random, "clock-plausible", "shape, of: \(id(&random))"))"
      case 7: "kind: store"
      case 8:
        "kind: credential, if-lost: \(id(&random)), exits: [{word: out, title: O, next: \(id(&random))}], "
          + "parts: [{name: s, title: S, secret: true}]"
          + pick(&random, "", ", store: \(id(&random)), name: \"{\(id(&random))}\"")
      default: "kind: \(pick(&random, "review", "end, outcome: completed", "end, outcome: aborted"))"
      }
    let isEnd = body.hasPrefix("kind: end")
    return "- {id: \(id(&random)), title: T, \(body), required: \(pick(&random, "true", "false")), "
      + "say: \"{\(id(&random))} https://\(pick(&random, "a.b", "{a}", "@", ":", "..", "/"))\", "
      + "source: {from: X, date: \(pick(&random, "2026-11-22", "0000-01-01", "2020-02-29"))}"
      + (isEnd ? "" : ", next: \(next(&random))") + "}\n"
  }

  private func choices(_ random: inout Random) -> String {
    "[{id: x, title: X}, {id: y, title: Y, next: \(id(&random))}, {id: \(pick(&random, "x", "z")), title: Z}]"
  }

  private func defaults(_ random: inout Random) -> String {
    "[{when: \(condition(&random)), value: x}, {when: \(condition(&random)), value: z}]"
  }

  private func next(_ random: inout Random) -> String {
    if random.next() % 3 == 0 { return id(&random) }
    let entries = (0..<(1 + Int(random.next() % 3))).map { _ in
      "{when: \(condition(&random)), to: \(id(&random))}"
    }
    return "[\(entries.joined(separator: ", "))\(pick(&random, "", ", {to: \(id(&random))}"))]"
  }

  private func condition(_ random: inout Random) -> String {
    switch random.next() % 6 {
    case 0: return "{all: [\(condition(&random)), \(condition(&random))]}"
    case 1: return "{any: [\(condition(&random)), \(condition(&random))]}"
    case 2: return "{not: \(condition(&random))}"
    default:
      let word = pick(&random, "x", "yes", "no", "age", "docker-credential-q", "lost", "out", "not-knowable", "w")
      let test = pick(
        &random, "is: \(word)", "is-not: [\(word), z]", "includes: \(word)", "beyond: [x, \(word)]",
        "exceeds: \(id(&random))", "lacks: \(id(&random))", "skipped: true", "asked: \(pick(&random, "true", "false"))")
      return "{step: \(id(&random)), \(test)}"
    }
  }
}
