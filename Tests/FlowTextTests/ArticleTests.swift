import CustomDump
import FlowCore
import Outside
import Testing

/// Every fact of the article that the product began from, and the steps of Gate's ceremonies that carry it best.
@Suite struct ArticleTests {
  struct Fact: Sendable, CustomTestStringConvertible {
    var tag: String
    var testDescription: String { tag }
    /// Steps whose words say the fact, as `FLOW/STEP` of Gate's.
    var carriers: [String]
    /// What must stand in those words, whatever else is changed there.
    var words: [String]

    init(_ tag: String, _ carriers: String..., says words: String...) {
      (self.tag, self.carriers, self.words) = (tag, carriers, words)
    }
  }

  static let facts = [
    Fact("S1", "create-key/account", says: "must be verified", "strong and used nowhere else"),
    Fact("S2", "create-key/navigate", says: "API Management", "The place moves as the site changes", "under Security"),
    Fact("S3", "create-key/label", says: "By it you will know the key", "which program uses it", "easy to remember"),
    Fact(
      "S4", "create-key/confirm", says: "a 2FA code, which only your own device can show", "A key must be wanted by you"
    ),
    Fact("S5", "create-key/credential", says: "a banking password, to be shared with nobody", "download", "at once"),
    Fact("S6", "create-key/page-shows", says: "a switch of its own", "all that is switched on"),
    Fact("B1", "create-key/credential", says: "not with a friend, your family or a developer"),
    Fact("B2", "create-key/store", says: "password manager with strong encryption", "online", "offline"),
    Fact("B3", "create-key/account", says: "used nowhere else", "the same goes for the program that will use the key"),
    Fact(
      "B4", "create-key/review", "review-keys/verdict", says: "Look at the key's use every month",
      "delete the key at once and make a new one"),
    Fact("B5", "create-key/purpose", says: "Each program gets its own key", "one leak harms one program"),
    Fact(
      "B6", "create-key/confirm", "create-key/two-factor-missing", says: "a 2FA app", "Without a fund password and 2FA"),
    Fact(
      "A1", "create-key/plan", says: "Each is set apart", "Add only what the program's documentation asks for",
      "what it implies"),
    Fact("A2", "sandbox-then-live/trial", says: "work in the sandbox", "A mistake in a sandbox costs nothing"),
    Fact("A3", "create-key/program", says: "up to date", "security patch"),
    Fact(
      "Q1", "lost-keys/lost-how", "lost-keys/delete", says: "the old key goes, and a new one is made",
      "A deleted key stops working"),
    Fact("Q2", "create-key/purpose", says: "Gate allows several keys", "Each program gets its own key"),
    Fact("Q3", "revoke-key/delete", says: "Delete it", "off, and can't delete it", "api-key/manage"),
    Fact(
      "Q4", "compromise/delete", "compromise/password", "compromise/second-factor", "compromise/new-key",
      "compromise/done", says: "delete the key", "Change the account's password", "Is 2FA on", "A new key",
      "Watch the account"),
    Fact("Q5", "create-key/plan", says: "names each call, its limits", "trust no copy of it elsewhere"),
    Fact("Q6", "create-key/navigate", says: "The number of keys is limited", "keep a list of them"),
    Fact("Q7", "create-key/store", says: "guards what lies on its side; your side is yours to guard"),
    Fact("R1", "create-key/credential", says: "as far as the permissions reach"),
    Fact("R2", "create-key/label", says: "have consequences nobody meant"),
  ]

  @Test func `The list holds each fact of the article once`() {
    let tags = [("S", 6), ("B", 6), ("A", 3), ("Q", 7), ("R", 2)].flatMap { letter, count in
      (1...count).map { "\(letter)\($0)" }
    }
    expectNoDifference(Self.facts.map(\.tag), tags)
  }

  @Test("Each fact is said where a run can come to", arguments: Self.facts) func carried(fact: Fact) throws {
    var said = ""
    for carrier in fact.carriers {
      let names = carrier.split(separator: "/").map(String.init)
      let flow = try flow("gate-io/\(names[0])")
      let step = try #require(flow[Step.ID(names[1])], "\(flow.id) has no step '\(names[1])'")
      #expect(step.facts.contains(fact.tag), "\(carrier) does not name \(fact.tag)")
      let first = try #require(flow.steps.first)
      #expect(flow.reachable(from: first.id).contains(step.id), "no way leads to \(carrier)")
      said += step.allWords(in: flow)
    }
    for words in fact.words { #expect(said.contains(words), "no step says '\(words)' for \(fact.tag)") }
  }

  @Test func `No flow names a fact that the article does not have`() throws {
    let known = Set(Self.facts.map(\.tag))
    for file in try FlowTree.files() where file.kind == .flow {
      for step in try flow(file.id).steps {
        expectNoDifference(step.facts.filter { !known.contains($0) }, [], "\(file.id), step '\(step.id)'")
        expectNoDifference(Set(step.facts).count, step.facts.count, "\(file.id), step '\(step.id)'")
      }
    }
  }

  private func flow(_ id: String) throws -> Flow { try #require(FlowTree.bound(id).value, "\(id)").flow }
}

extension Step {
  /// All that a person can read of a step, one thing a line.
  fileprivate func allWords(in flow: Flow) -> String {
    var texts = (self.text + prompt + claims).map(\.value) + [why, help, alternative].compactMap { $0 }
    texts += fields.flatMap { [$0.value.name, $0.value.value] }
    for option in options?.options ?? [] { texts += [option.title] + [option.note].compactMap { $0 } }
    if case .end(let ending) = body {
      texts += ending.next.map(\.value.text) + ending.card.map(\.value.text) + ending.reminders.map(\.text)
    }
    return ([title, url ?? ""] + texts.map { $0.blank(in: flow) }).joined(separator: "\n") + "\n"
  }
}
