import CustomDump
import FlowCore
import Testing

@testable import Ceremony

/// Where a script and its flow part: the place, what was expected, what was asked, and what to do.
@Suite struct DivergenceTests {
  private func flow() throws -> Flow {
    try Flows.small(
      """
        - {id: sure, kind: confirm, title: Sure, if-no: stopped}
        - id: pick
          kind: choose
          title: Pick
          options:
            - {id: a, title: first}
            - {id: b, title: second, danger: {word: go-on, why: It bites.}}
            - {id: c, title: third, disabled: {reason: It is gone.}}
        - id: word
          kind: text
          title: Word
          shape: {max: 70}
          warnings: [{code: LOUD, when: {step: pick, is: b}, text: It is loud.}]
        - {id: last, kind: review, title: Last, next: done}
        - {id: stopped, kind: end, title: Stopped, outcome: aborted, reason: it was not sure}
      """)
  }

  private func run(_ text: String, person: Partner.Lines? = nil) throws -> Scripted {
    try Scripted("flow test/small\n" + text, flow(), person: person)
  }

  private let way = "'keyusher flow graph test/small' shows the way"

  private func expect(
    _ text: String, _ line: Int, _ message: String, _ hint: String?, person: Partner.Lines? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let conclusion = try run(text, person: person).conclusion
    let expected = Session.Conclusion.diverged(
      Divergence(place: "a.script:\(line)", message: message, hint: hint))
    #expect(conclusion == expected, sourceLocation: sourceLocation)
  }

  @Test func `another step is asked than the script answers`() throws {
    try expect(
      "sure: yes\nword: x\n", 3, "expected step 'word', the flow asks 'pick'",
      "the answer 'yes' at line 2 leads there; \(way)")
    try expect("pick: a\n", 2, "expected step 'pick', the flow asks 'sure'", way)
    try expect(
      "sure: yes\npick: a\nword: x\nword: y\n", 5, "expected step 'word', the flow asks 'last'",
      "the answer 'x' at line 4 leads there; \(way)")
    try expect(
      "sure: yes\npick: a\npick.danger: go-on\nword: x\n", 4, "expected 'pick.danger', the flow asks 'word'",
      "the answer 'a' at line 3 leads there; \(way)")
    try expect(
      "sure.key: ask\n", 2, "expected 'sure.key', the flow asks 'sure'", way)
  }

  @Test func `a person is not asked what the script answers elsewhere`() throws {
    try expect(
      "sure: yes\nword: x\npick: a\n", 3, "expected step 'word', the flow asks 'pick'",
      "the answer 'yes' at line 2 leads there; \(way)", person: [])
  }

  @Test func `an answer that is not taken is named, with what the flow said`() throws {
    try expect(
      "sure: yes\npick: zebra\nword: x\n", 3,
      "step 'pick' did not take the answer: There is no 'zebra' here. Give a number or a name from the list.", way)
    try expect(
      "sure: yes\npick: c\n", 3, "step 'pick' did not take the answer: 'c' can't be chosen: It is gone.", way)
  }

  @Test func `a dangerous answer wants its word`() throws {
    let hint = "add 'pick.danger: WORD' on the next line; 'keyusher flow show test/small' has the word"
    let message = "the answer at step 'pick' is dangerous and wants a word"
    try expect("sure: yes\npick: b\nword: x\n", 3, message, hint)
    try expect("sure: yes\npick: b\n", 3, message, hint)
    try expect("sure: yes\npick: b\npick.danger: wrong\nword: x\n", 4, message, hint)
  }

  @Test func `a secret in a script is refused, and not shown`() throws {
    let hint = "a script holds secrets only by reference; if it is none, write 'word.secret: no' on the next line"
    let message = "what answers step 'word' looks like a secret"
    for line in [
      "word: \(Canary.secret)", ":note \(Canary.secret)", ":differs it says \(Canary.secret)",
      "word: :skip \(Canary.secret)",
    ] {
      try expect("sure: yes\npick: a\n\(line)\n", 4, message, hint)
    }
    try expect(
      "sure: yes\npick: \(Canary.secret)\n", 3,
      "step 'pick' did not take the answer: That looks like a secret. Dropped. If it was a secret, "
        + "it still stands in your terminal's scrollback: clear it.", way)
  }

  @Test func `a text that looks like a secret and is none is taken where the script says so`() throws {
    let hash = "da39a3ee5e6b4b0d3255bfef95601890afd80709"
    let said = try run("sure: yes\npick: a\nword: \(hash)\nword.secret: no\nlast: finish\n")
    expectNoDifference(said.conclusion, .ended(.completed))
    expectNoDifference(said.complaint, nil)
    expectNoDifference(said.dialogue.session.state.given["word"]?.answer, .text(hash))
    // Said of what does not look like one, it does no harm.
    expectNoDifference(
      try run("sure: yes\npick: a\nword: x\nword.secret: no\nlast: finish\n").conclusion, .ended(.completed))
  }

  @Test func `answers that are left over at the end`() throws {
    let early = try run("sure: no\npick: a\nword: x\n")
    expectNoDifference(early.conclusion, .ended(.aborted))
    expectNoDifference(
      early.complaint,
      Divergence(
        place: "a.script:3", message: "the run ended before step 'pick' was asked for",
        hint: "the answer 'no' at line 2 led to the end"))
    let note = try run("sure: no\n:note too late\n")
    expectNoDifference(note.complaint?.message, "the run ended before ':note too late' was asked for")
  }

  // MARK: - Expectations

  private let whole = "sure: yes\npick: b\npick.danger: go-on\nword: shout\nlast: finish\n"
  private let exceptions =
    "exception 1: danger taken: second; exception 2: warning: It is loud."

  @Test(arguments: [
    "outcome completed", "exceptions 2", "warnings 1", "warning LOUD", "questions 4",
  ]) func `what holds is passed over`(_ expectation: String) throws {
    expectNoDifference(try run(whole + "expect \(expectation)\n").complaint, nil)
  }

  @Test(arguments: [
    ("outcome aborted", "outcome completed"), ("exceptions 0", "exceptions 2"), ("warnings 0", "warnings 1"),
    ("warning QUIET", "no warning QUIET"), ("questions 5", "questions 4"),
  ]) func `what does not hold at the end`(_ expected: String, _ found: String) throws {
    expectNoDifference(
      try run(whole + "expect \(expected)\n").complaint,
      Divergence(place: "a.script:7", message: "expected \(expected), found \(found)", hint: exceptions))
  }

  @Test(arguments: [
    ("outcome completed", "outcome none yet"), ("questions 1", "questions 2"),
    ("warning LOUD", "no warning LOUD"),
  ]) func `what does not hold on the way stops it there`(_ expected: String, _ found: String) throws {
    try expect(
      "sure: yes\n  expect \(expected)\npick: a\nword: x\nlast: finish\n", 3,
      "expected \(expected), found \(found)", nil)
  }

  @Test func `where a script counts more exceptions than there are, what counts now is said`() throws {
    try expect(
      "sure: yes\n  expect exceptions 1\npick: a\nword: x\nlast: finish\n", 3,
      "expected exceptions 1, found exceptions 0",
      "a changed answer counts only once the page was touched, an interruption only while a secret is at stake")
  }

  @Test func `what is indented is looked at once what stands before it was fed`() throws {
    let run = try run(
      "sure: yes\npick: b\npick.danger: go-on\n  expect exceptions 1\nword: shout\n  expect exceptions 2\nlast: finish\n"
    )
    expectNoDifference(run.conclusion, .ended(.completed))
    expectNoDifference(run.complaint, nil)
  }
}
