import CustomDump
import FlowCore
import Foundation
import Testing

@testable import Ceremony

/// Runs that scripts answer: matching, commands, references, and what a script leaves open.
@Suite struct ScriptTests {
  private func flow() throws -> Flow {
    try Flows.small(
      """
        - {id: sure, kind: confirm, title: Sure, if-no: why, next: pick}
        - {id: why, kind: text, title: Why, next: sure}
        - id: pick
          kind: choose
          title: Pick
          options: [{id: a, title: first}, {id: b, title: second, danger: {word: go-on, why: It bites.}}]
          warnings: [{code: BITES, when: {step: pick, is: b}, text: It may bite.}]
        - {id: word, kind: text, title: Word, default: cup}
        - {id: store, kind: store, title: Store, required: true}
        - id: taken
          kind: credential
          title: Taken
          store: store
          name: test/taken
          if-lost: word
          parts:
            - {name: key, title: Key, secret: false, shape: {length: 32, characters: [hex]}}
            - {name: secret, title: Secret, secret: true, shape: {length: 64, characters: [hex]}}
        - {id: last, kind: review, title: Last}
      """)
  }

  private let taken = "store: offline\ntaken.key: env:GATE_API_KEY\ntaken.secret: env:GATE_API_SECRET\n"

  private func run(_ text: String, person: Partner.Lines? = nil) throws -> Scripted {
    try Scripted("flow test/small\n" + text, flow(), person: person)
  }

  @Test func `a script walks a flow alone, and everything is scripted`() throws {
    let run = try run(
      "sure: yes\npick: a\nword: \"\"\n\(taken)last: finish\nexpect outcome completed\nexpect questions 7\n")
    expectNoDifference(run.conclusion, .ended(.completed))
    expectNoDifference(run.complaint, nil)
    expectNoDifference(
      run.echoes,
      [
        "yes or no: yes", "Number or name: a", "Answer: ", "Number or name: offline", "Key: env:GATE_API_KEY",
        "Secret: env:GATE_API_SECRET",
        "Enter = finish, or a number to change: finish",
      ])
    for (step, given) in run.dialogue.state.given {
      expectNoDifference(given.standing, .scripted, "\(step)")
      expectNoDifference(given.source, .script(digest: "d1ce57"), "\(step)")
    }
  }

  @Test func `lines match in visiting order, a repeated step the next visit`() throws {
    let run = try run(
      """
      sure: no
      why: first
      sure: no
      why: second
      sure: yes
      pick: a
      word: x
      \(taken)last: finish
      expect questions 11
      """)
    expectNoDifference(run.complaint, nil)
    expectNoDifference(run.dialogue.answers["why"], "second")
  }

  @Test func `commands are said where they stand`() throws {
    let run = try run(
      """
      sure: no
      why: because
        :note an indented note belongs to the answer above
        ?
      sure: yes
      :differs what stands alone belongs to the next question
      pick: a
      word: x
      :back
      word: y
      word: :skip not needed
      \(taken)last: finish
      expect exceptions 2
      """)
    expectNoDifference(
      run.conclusion,
      .diverged(
        Divergence(
          place: "a.script:12", message: "expected step 'word', the flow asks 'store'",
          hint: "the answer 'y' at line 11 leads there; 'keyusher flow graph test/small' shows the way")))
    #expect(
      run.dialogue.ledger.events.contains {
        $0 == .noted("why", "an indented note belongs to the answer above", .script(digest: "d1ce57"))
      })
    #expect(
      run.dialogue.ledger.events.contains {
        $0 == .differed("pick", "what stands alone belongs to the next question", .script(digest: "d1ce57"))
      })
  }

  @Test func `going back, and a skip in place of an answer`() throws {
    let run = try run(
      "sure: yes\npick: a\n:back\npick: b\npick.danger: go-on\n  expect warning BITES\nword: :skip none\n\(taken)last: \"\"\nexpect exceptions 3\n"
    )
    expectNoDifference(run.conclusion, .ended(.completed))
    expectNoDifference(run.complaint, nil)
    expectNoDifference(
      run.dialogue.exceptions,
      [
        "exception 1: danger taken: second", "exception 2: warning: It may bite.; open",
        "exception 3: skipped: none",
      ])
  }

  @Test func `a leading colon can be the answer's own`() throws {
    let run = try run("sure: yes\npick: a\nword: ::quit\n\(taken)last: finish\n")
    expectNoDifference(run.conclusion, .ended(.completed))
    expectNoDifference(run.dialogue.answers["word"], ":quit")
  }

  @Test func `quit in a script is obeyed at once, in the credential step too`() throws {
    let run = try run("sure: yes\npick: a\nword: x\nstore: offline\n:quit\n", person: [])
    expectNoDifference(run.conclusion, .suspended(.quit))
    let lost = try self.run("sure: yes\npick: a\nword: x\nstore: offline\ntaken: lost\nword: y\n\(taken)last: finish\n")
    expectNoDifference(lost.conclusion, .ended(.completed))
  }

  // MARK: - What is left open

  @Test func `what a script leaves open is missing where nobody can be asked`() throws {
    for (text, step, key) in [
      ("sure: yes\n", "pick", "pick"), ("sure: ask\n", "sure", "sure"),
      ("sure: yes\npick: a\nword: x\nstore: offline\ntaken: ask\n", "taken", "taken.key"),
      ("sure: yes\npick: a\nword: x\nstore: offline\ntaken.key: ask\n", "taken", "taken.key"),
    ] {
      expectNoDifference(try run(text).conclusion, .missing(step: Step.ID(step), key: key))
    }
  }

  @Test func `a person answers what is left to them, and what nothing is written about`() throws {
    let run = try run(
      "sure: ask\nword: ask\nstore: offline\ntaken.key: ask\ntaken.secret: ask\ntaken.copy: ask\nlast: finish\nexpect questions 7\n",
      person: Partner.Lines([
        "sure": "?", "sure": "yes", "pick": "second", "pick.danger": "go-on", "word": "",
        "taken.key": .secret(Canary.key),
        "taken.secret": .secret(Canary.secret), "taken.copy": .secret(Canary.lastFour),
      ]))
    expectNoDifference(run.conclusion, .ended(.completed))
    expectNoDifference(run.complaint, nil)
    expectNoDifference(run.dialogue.state.given["sure"]?.standing, .claimed)
    expectNoDifference(run.dialogue.state.given["last"]?.standing, .scripted)
  }

  @Test func `a whole credential is left to a person, the copy with it`() throws {
    for ending in [
      Partner.Lines(["taken.secret": "", "taken.copy": "yes"]),
      Partner.Lines(["taken.secret": .secret(Canary.secret), "taken.copy": .secret(Canary.lastFour)]),
    ] {
      for text in ["taken: ask\n", "taken.key: ask\ntaken.secret: ask\ntaken.copy: ask\n", ""] {
        let run = try run(
          "sure: yes\npick: a\nword: x\nstore: offline\n\(text)last: finish\n",
          person: Partner.Lines(["taken.key": .secret(Canary.key)]) + ending)
        expectNoDifference(run.conclusion, .ended(.completed), "\(text)")
        expectNoDifference(run.complaint, nil)
      }
    }
  }

  @Test func `a person who pasted what looks odd is asked about it, whatever the script says next`() throws {
    let run = try run(
      "sure: yes\npick: a\nword: x\nstore: offline\ntaken.key: ask\ntaken.secret: ask\ntaken.copy: ask\nlast: finish\nexpect questions 7\n",
      person: Partner.Lines([
        "taken.key": "?", "taken.key": .secret("7"), "taken.again": .secret("yes"), "taken.key": .secret("7"),
        "taken.again": .secret("no"), "taken.secret": .secret(Canary.secret), "taken.copy": .secret(""),
        "taken.copy": .secret("yes"),
      ]))
    expectNoDifference(run.conclusion, .ended(.completed))
    expectNoDifference(run.complaint, nil)
    expectNoDifference(run.dialogue.state.receipts["taken"]?.map(\.looksRight), [.no, .yes])
  }

  @Test func `a person who asks for help is asked again, not the script's next visit`() throws {
    let run = try run(
      "sure: ask\nwhy: ask\nsure: yes\npick: a\nword: x\n\(taken)last: finish\nexpect questions 9\n",
      person: Partner.Lines(["sure": "?", "sure": "perhaps", "sure": "no", "why": ":status", "why": "because"]))
    expectNoDifference(run.conclusion, .ended(.completed))
    expectNoDifference(run.complaint, nil)
    expectNoDifference(run.dialogue.state.given["sure"]?.standing, .scripted)
  }

  @Test func `a copy that nobody had to compare is passed over`() throws {
    let run = try run("sure: yes\npick: a\nword: x\n\(taken)taken.copy: ask\nlast: finish\n")
    expectNoDifference(run.conclusion, .ended(.completed))
    expectNoDifference(run.complaint, nil)
  }

  @Test func `a person who leaves, leaves the script`() throws {
    let run = try run("sure: ask\npick: a\n", person: Partner.Lines(["sure": .signal(2)]))
    expectNoDifference(run.conclusion, .suspended(.signal(2)))
  }

  // MARK: - References

  @Test func `a reference that can't be followed ends it, naming the line`() throws {
    let run = try run(
      "sure: yes\npick: a\nword: x\nstore: offline\ntaken.key: fd:9\ntaken.secret: file:there\nlast: finish\n")
    expectNoDifference(
      run.conclusion,
      .diverged(Divergence(place: "a.script:6", message: "fd:9 is not there", hint: "set it")))
    expectNoDifference(run.dialogue.exceptions, ["exception 1: interrupted: the input ended; open"])
  }

  @Test func `a secret of an unusual shape is taken, warned of, and known to be unusual`() throws {
    let run = try Scripted(
      "flow test/small\nsure: yes\npick: a\nword: x\n\(taken)last: finish\n", flow(),
      secrets: ["env:GATE_API_KEY": Canary.secret, "env:GATE_API_SECRET": Canary.key])
    expectNoDifference(run.conclusion, .ended(.completed))
    expectNoDifference(run.dialogue.state.receipts["taken"]?.map(\.looksRight), [.no, .no])
    #expect(run.dialogue.ledger.texts.contains("This looks like the Secret. Were two of them swapped?"))
  }
}
