import Battery
import CustomDump
import Testing

@testable import FlowCore
@testable import FlowText
@testable import FlowTools

/// What the linter proves, against going through everything.
@Suite struct ProofTests {
  @Test func `dominators are the steps without which no way leads there`() {
    var random = Random(state: 1)
    for round in 0..<400 {
      let count = 1 + Int(random.next() % (round % 40 == 0 ? 40 : 9))
      let successors = (0..<count).map { _ in
        (0..<Int(random.next() % 4)).map { _ in Int(random.next() % UInt64(count)) }
      }
      let dominators = Dominators(of: successors)
      let reached = (0..<count).filter { reaches($0, without: nil, successors) }
      for step in 0..<count {
        #expect(dominators.reaches(step) == reached.contains(step))
        for other in 0..<count {
          let expected =
            reached.contains(step) && reached.contains(other)
            && (step == other || !reaches(other, without: step, successors))
          #expect(dominators.isOnEveryWay(step, to: other) == expected, "\(successors) \(step) \(other)")
        }
      }
      let targets = (0..<count).filter { _ in random.next() % 4 == 0 }
      let wanted = targets.filter(reached.contains)
      expectNoDifference(
        dominators.onEveryWay(to: targets),
        (0..<count).map { step in
          !wanted.isEmpty && wanted.allSatisfy { dominators.isOnEveryWay(step, to: $0) }
        })
    }
  }

  @Test func `ten thousand steps full of loops are no work`() {
    let count = 10_000
    // Ladders back to every earlier step are what simple algorithms take for ever on.
    let shapes: [(Int) -> [Int]] = [
      { [min($0 + 1, count - 1), max($0 - 1, 0)] },
      { [min($0 + 1, count - 1), $0 / 2] },
      { $0 < count / 2 ? [$0 + 1, count - 1 - $0] : [max($0 - 1, count / 2), min($0 + 1, count - 1)] },
    ]
    let clock = ContinuousClock()
    let time = clock.measure {
      for shape in shapes {
        let dominators = Dominators(of: (0..<count).map(shape))
        #expect(dominators.isOnEveryWay(0, to: count - 1))
      }
    }
    #expect(time < .seconds(10), "\(time)")
  }

  @Test func `an answer is missing exactly where a way leads round its step`() throws {
    var random = Random(state: 2)
    for _ in 0..<150 {
      let count = 2 + Int(random.next() % 5)
      let steps = (0..<count).map { _ in (0..<2).map { _ in Int(random.next() % UInt64(count + 1)) } }
      let reads = (0..<count).map { _ in Int(random.next() % UInt64(count)) }
      let text = steps.enumerated().map { index, targets in
        let options = targets.enumerated().map { option, target in
          "{id: o\(option), title: O, next: \(target == count ? "review" : "s\(target)")}"
        }
        return "- {id: s\(index), kind: choose, required: true, title: T, say: \"{s\(reads[index])}\", options: ["
          + options.joined(separator: ", ") + "]}\n"
      }
      let findings = lintFlow(BadFile.head + text.joined() + BadFile.tail, path: "flow.yaml").findings
      // Lines of the head come first.
      let offset = BadFile.head.split(separator: "\n", omittingEmptySubsequences: false).count
      for index in 0..<count {
        let ways = ways(to: index, steps)
        guard !ways.isEmpty, reaches(reads[index], without: nil, steps) else { continue }
        let codes = findings.filter { $0.line == index + offset && answerCodes.contains($0.code) }.map(\.code)
        let comes = steps[reads[index]].contains { $0 == index || reaches(index, from: $0, without: nil, steps) }
        let misses = ways.contains { !$0.dropLast().contains(reads[index]) }
        expectNoDifference(codes, !comes ? [.unanswered] : misses ? [.maybeUnanswered] : [], "\(text)")
      }
    }
  }

  private let answerCodes: Set<FindingCode> = [.unanswered, .maybeUnanswered]
  private let guardCodes: Set<FindingCode> = [.overlappingGuards, .notExhaustive, .neverHolds]

  @Test func `a guard can hold exactly if some answers make it hold`() throws {
    var random = Random(state: 3)
    let flow = Samples.flow
    let states = Samples.states
    for _ in 0..<600 {
      let condition = Samples.condition(&random, depth: 3)
      let space = AnswerSpace(flow)
      let formula = space.formula(condition)
      var search = GuardSearch()
      let outcome = search.solve(
        formula, variables: space.variables.count,
        domain: { variable in
          if case .step(_, let values) = space.variables[variable] { return Array(values.indices) }
          return [0, 1]
        })
      let expected = states.contains { condition.holds(in: $0) }
      switch outcome {
      case .never: #expect(!expected, "\(condition)")
      case .holds: #expect(expected, "\(condition)")
      case .undecided: Issue.record("given up: \(condition)")
      }
    }
  }

  @Test func `what is found of a list is what some run comes to`() throws {
    var random = Random(state: 4)
    var told: [FindingCode: Int] = [:]
    var closed = 0
    for _ in (0..<250).part(oneIn: 6) {
      let guards = (0..<(1 + Int(random.next() % 3))).map { _ in Samples.condition(&random, depth: 2) }
      let hasLast = random.next() % 2 == 0
      let steps = Samples.text + Samples.list(guards, hasLast: hasLast)
      let reading = lintFlow(BadFile.head + steps + BadFile.tail, path: "flow.yaml")
      let flow = try #require(reading.value, "\(reading.findings.map { $0.rendered() })")
      let states = Samples.arrivals(at: "list", in: flow)
      let findings = reading.findings.filter { guardCodes.contains($0.code) }
      for finding in findings { told[finding.code, default: 0] += 1 }
      let none = states.contains { state in !guards.contains { $0.holds(in: state) } }
      expectNoDifference(findings.contains { $0.code == .notExhaustive }, none && !hasLast, "\(steps)")
      if !hasLast, !goesOn(from: "list", in: flow) {
        closed += 1
        #expect(!none, "\(steps)")
      }
      let first = BadFile.head.split(separator: "\n", omittingEmptySubsequences: false).count + Samples.listLine
      for (place, condition) in guards.enumerated() {
        let codes = findings.filter { $0.line == first + place }.map(\.code).filter { $0 != .notExhaustive }
        let isTaken = states.contains { state in
          condition.holds(in: state) && !guards[..<place].contains { $0.holds(in: state) }
        }
        let overlaps = states.contains { state in
          condition.holds(in: state) && guards[..<place].contains { $0.holds(in: state) }
        }
        if codes.contains(.neverHolds) {
          #expect(!isTaken, "\(steps)")
        } else {
          expectNoDifference(codes.contains(.overlappingGuards), overlaps, "\(steps)")
        }
      }
    }
    for code in guardCodes { #expect(told[code, default: 0] > (isWhole ? 20 : 3)) }
    #expect(closed > (isWhole ? 5 : 0), "\(closed)")
  }

  @Test func `what is found in loops is what some run comes to`() {
    var random = Random(state: 5)
    var told: [FindingCode: Int] = [:]
    for _ in (0..<200).part(oneIn: 6) {
      let guards = (0..<2).map { _ in Samples.condition(&random, depth: 1) }
      let steps = Samples.loop(&random) + Samples.list(guards, hasLast: false)
      let reading = lintFlow(BadFile.head + steps + BadFile.tail, path: "flow.yaml")
      guard let flow = reading.value else { continue }
      let states = Samples.arrivals(at: "list", in: flow)
      let none = states.contains { state in !guards.contains { $0.holds(in: state) } }
      #expect(!none || goesOn(from: "list", in: flow), "\(steps)")
      let first = BadFile.head.split(separator: "\n", omittingEmptySubsequences: false).count + Samples.listLine
      for finding in reading.findings where finding.line >= first {
        let place = finding.line - first
        let isReal =
          switch finding.code {
          case .overlappingGuards: states.contains { state in guards.allSatisfy { $0.holds(in: state) } }
          case .notExhaustive: none
          case .neverHolds:
            !states.contains { state in
              guards[place].holds(in: state) && !guards[..<place].contains { $0.holds(in: state) }
            }
          default: true
          }
        told[finding.code, default: 0] += 1
        #expect(isReal, "\(finding.rendered())\n\(steps)")
      }
    }
    for code in guardCodes { #expect(told[code, default: 0] > (isWhole ? 5 : 0)) }
  }

  @Test(arguments: ["choose", "select"])
  func `an option that earlier answers disable is in no run`(_ kind: String) {
    let condition = kind == "choose" ? "is" : "includes"
    func findings(_ disabled: String) -> [FindingCode] {
      let steps = """
        - {id: a, kind: choose, title: A, required: true, options: [{id: x, title: X}, {id: y, title: Y}]}
        - id: b
          kind: \(kind)
          title: B
          options: [{id: p, title: P, disabled: [{when: {step: a, is: \(disabled)}, reason: R}]}, {id: q, title: Q}]
        - id: c
          kind: tell
          title: C
          next: [{when: {step: a, is: x}, to: review}, {when: {step: b, \(condition): p}, to: d}, {to: review}]
        - {id: d, kind: tell, title: D}

        """
      return lintFlow(BadFile.head + steps + BadFile.tail, path: "flow.yaml").findings.map(\.code)
    }
    expectNoDifference(findings("x"), [])
    expectNoDifference(findings("y"), [.overlappingGuards])
  }

  @Test func `of what is not known at two places nothing is said`() {
    let options = (1...51).map { "{id: o\($0), title: O}" }.joined(separator: ", ")
    let steps = """
      - {id: s, kind: select, title: S, options: [\(options)]}
      - id: t
        kind: tell
        title: T
        next: [{when: {all: [{step: s, is: [o1, o2]}, {not: {step: s, is: o2}}]}, to: review}, {to: u}]
      - {id: u, kind: tell, title: U}

      """
    expectNoDifference(lintFlow(BadFile.head + steps + BadFile.tail, path: "flow.yaml").findings, [])
  }

  @Test func `guards by the thousand are given up rather than waited for`() {
    let options = (0..<60).map { "{id: o\($0), title: O}" }.joined(separator: ", ")
    let steps = (0..<6).map { "- {id: q\($0), kind: select, title: Q, options: [\(options)]}\n" }.joined()
    let entries = (0..<400).map { number in
      "    - {when: {any: [{all: [{step: q\(number % 6), exceeds: q\((number + 1) % 6)}, {step: q\((number + 2) % 6), "
        + "lacks: q\((number + 3) % 6)}]}, {not: {step: q\(number % 5), beyond: [o1, o2]}}]}, to: review}\n"
    }
    let list = "- id: list\n  kind: tell\n  title: L\n  next:\n" + entries.joined()
    let clock = ContinuousClock()
    var findings: [Finding] = []
    let time = clock.measure {
      findings = lintFlow(BadFile.head + steps + list + BadFile.tail, path: "flow.yaml").findings
    }
    #expect(findings.allSatisfy { $0.severity == .warning || $0.code == .tooMany })
    #expect(time < .seconds(60), "\(time)")
  }

  private func goesOn(from id: Step.ID, in flow: Flow) -> Bool {
    flow.provenWays.joined().contains { $0.from == id && $0.cause == .next }
  }

  // MARK: - Going through everything

  private func reaches(_ target: Int, from start: Int = 0, without closed: Int?, _ ways: [[Int]]) -> Bool {
    guard start != closed, start < ways.count else { return false }
    var seen: Set = [start]
    var open = [start]
    while let step = open.popLast() {
      for next in ways[step] where next < ways.count && next != closed && seen.insert(next).inserted {
        open.append(next)
      }
    }
    return seen.contains(target)
  }

  /// Every way to a step that passes no step twice.
  private func ways(to target: Int, _ steps: [[Int]]) -> [[Int]] {
    var found: [[Int]] = []
    func go(_ way: [Int]) {
      let last = way[way.count - 1]
      if last == target { return found.append(way) }
      for next in Set(steps[last]) where next < steps.count && !way.contains(next) { go(way + [next]) }
    }
    go([0])
    return found
  }
}
