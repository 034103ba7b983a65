import CustomDump
import FlowCore
import Testing

@testable import Records

/// Rounds of loops: what belongs together when a run asks the same of one thing after the other.
@Suite struct RoundTests {
  /// `name → look → more → name …`, where a no at `look` asks `look` again after `mend`; `more` no ends the loop.
  private static let flow = Flow(
    id: "test/keys", version: 1, title: "Keys", summary: "",
    steps: [
      Step(id: "name", title: "Name", body: .text(TextRule())),
      Step(
        id: "look", title: "Look",
        prompt: [Conditional(Template(segments: [.literal("Is it right with "), .answer("name", asID: false)]))],
        body: .confirm(Confirmation(ifNo: "mend")), transitions: [Transition(to: "more")]),
      Step(id: "mend", title: "Mend", body: .text(TextRule()), transitions: [Transition(to: "look")]),
      Step(
        id: "more", title: "More?", body: .confirm(Confirmation(ifNo: "review")), transitions: [Transition(to: "name")]),
      Step(id: "review", title: "Review", body: .review),
      Step(id: "done", title: "Done", body: .end(Ending(outcome: .completed))),
    ])

  private func record(_ events: [Event]) -> Record {
    let entries = ([.began] + events).enumerated().map { Entry(line: $0 + 2, at: .pinned($0 + 1), event: $1) }
    return Record(header: .sample(), entries: entries, flow: Self.flow, finalDigest: "ab")
  }

  private func name(_ text: String) -> Event { .answered("name", .text(text), words: [:], .typed) }
  private func look(_ isRight: Bool) -> Event { .answered("look", isRight ? .yes : .no, words: [:], .typed) }
  private func mend(_ text: String) -> Event { .answered("mend", .text(text), words: [:], .typed) }
  private func more(_ isMore: Bool) -> Event { .answered("more", isMore ? .yes : .no, words: [:], .typed) }
  private let finish = Event.answered("review", .finished, words: [:], .enter)

  /// The steps of each round with their answers; what was taken back stands behind a slash.
  private func rounds(_ record: Record) -> [[[String]]] {
    record.loops.map { loop in
      loop.rounds.map { stays in
        stays.map { stay in
          "\(stay.step) \(stay.isOpen ? "?" : stay.standing?.answer ?? "-")"
            + stay.earlier.map { " / \($0.answer ?? "-")" }.joined() + stay.notes.map { " (\($0.text))" }.joined()
        }
      }.map { $0.joined(separator: ", ") }.map { [$0] }
    }
  }

  @Test func `a run that goes round nothing has no rounds`() {
    let record = record([name("a"), look(true), .wentBack("more", .typed), look(true), more(false), finish])
    expectNoDifference(record.loops, [])
    #expect(record.items.flatMap(\.visits).allSatisfy { $0.round == nil && !$0.isTakenBack })
  }

  @Test func `each time the way comes to the first step of a loop a round begins`() {
    let record = record([name("a"), look(true), more(true), name("b"), look(true), more(false), finish])
    expectNoDifference(rounds(record), [[["name a, look yes, more yes"], ["name b, look yes, more no"]]])
    expectNoDifference(record.loops.first?.rounds.map { record.name(of: $0) }, ["a", "b"])
    expectNoDifference(
      record.items.first?.visits.map(\.round), [.init(loop: 1, number: 1), .init(loop: 1, number: 2)])
    #expect(record.items.first { $0.step == "review" }?.visits.first?.round == nil)
  }

  @Test func `a loop within a round is told in the order in which it was walked`() {
    let record = record([name("a"), look(false), mend("x"), look(true), more(true), name("b"), look(true), more(false)])
    expectNoDifference(
      rounds(record), [[["name a, look no, mend x, look yes, more yes"], ["name b, look yes, more no"]]])
  }

  @Test func `where the outer loop was gone through once the inner one has rounds`() {
    let record = record([name("a"), look(false), mend("x"), look(false), mend("y"), look(true), more(false)])
    expectNoDifference(rounds(record), [[["look no, mend x"], ["look no, mend y"], ["look yes"]]])
    expectNoDifference(record.loops.first?.rounds.map { record.name(of: $0) }, [nil, nil, nil])
  }

  @Test func `going back begins no round, and stands in the round where it was`() {
    let record = record([
      name("a"), .wentBack("look", .typed), name("b"), look(true), more(true), name("c"), look(false), mend("x"),
      .wentBack("look", .typed), .wentBack("mend", .typed), look(true), more(false),
    ])
    expectNoDifference(
      rounds(record), [[["name b / a, look yes, more yes"], ["name c, look yes / no, more no, mend - / x"]]])
    let visits = record.items.flatMap(\.visits)
    expectNoDifference(visits.filter(\.isTakenBack).map(\.answer), ["a", "no", "x"])
  }

  @Test func `a round that was taken back as a whole is none`() {
    let record = record([
      name("a"), look(true), more(true), name("b"), look(true), more(true), name("c"), .wentBack("look", .typed),
      .wentBack("name", .typed), more(false), finish,
    ])
    expectNoDifference(
      rounds(record), [[["name a, look yes, more yes"], ["name b, look yes, more no / yes"]]])
    expectNoDifference(record.items.first?.visits.map(\.round?.number), [1, 2, nil])
  }

  @Test func `answers that are carried over a reopening stand in their round`() {
    let record = record([
      name("a"), look(true), more(true), name("b"), look(true), more(false), .reopened("name", .typed), name("c"),
      look(true), finish,
    ])
    expectNoDifference(
      rounds(record), [[["name a, look yes, more yes"], ["name c / b, look yes / yes, more no"]]])
  }

  @Test func `a note, an exception and the place of the run belong to a round`() {
    let record = record([
      name("a"), .noted("look", "one", .typed), look(true), more(true), name("b"), .noted("look", "two", .typed),
      .differed("look", "red", .typed), .suspended(.quit),
    ])
    expectNoDifference(rounds(record), [[["name a, look yes (one), more yes"], ["name b, look ? (two)"]]])
    expectNoDifference(record.openRound, .init(loop: 1, number: 2))
    expectNoDifference(record.exceptions.map(\.round?.number), [2, 2])
  }

  @Test func `of two visits with the same answer that which was carried stands`() {
    func back(_ step: Step.ID) -> Event { .wentBack(step, .typed) }
    let record = record([
      name("a"), look(false), mend("x"), look(false), back("mend"), look(false), mend("x"), back("look"), back("mend"),
      look(true), more(true), name("b"), look(false), mend("x"), back("look"), mend("x"), look(false), mend("x"),
      back("look"), mend("x"), look(true), more(false), .reopened("name", .typed), back("name"), back("more"),
      back("look"), mend("x"), back("look"), mend("x"), look(false), look(false), mend("x"), back("look"), mend("x"),
      look(true),
    ])
    for item in record.items {
      let stays = record.loops.flatMap { $0.rounds.joined() }.filter { $0.step == item.step }
      let inRounds = stays.flatMap { $0.earlier + [$0.standing].compactMap(\.self) }
      expectNoDifference(inRounds.count, item.visits.count { $0.round != nil }, "\(item.step)")
    }
  }

  @Test func `a name that was blanked names no round`() {
    let record = record([
      .answered("name", .redacted(tag: 3), words: [:], .typed), look(true), more(true), name("b"),
    ])
    expectNoDifference(record.loops.first?.rounds.map { record.name(of: $0) }, [nil, "b"])
  }

  @Test func `of any walk each answer of a loop stands in its round, once`() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<300 {
      var events: [Event] = []
      for _ in 0..<40 {
        guard case .unfinished(let step?) = record(events).status else { break }
        events.append(someEvent(at: step, &random))
      }
      let record = record(events)
      let stays = record.loops.enumerated().flatMap { loop, found in
        found.rounds.enumerated().flatMap { number, stays in
          stays.map { (Record.Round(loop: loop + 1, number: number + 1), $0) }
        }
      }
      let placed = stays.flatMap { round, stay in
        ([stay.standing].compactMap { $0 } + stay.earlier).map { (round, stay.step, $0) }
      }
      for item in record.items {
        let inRounds = item.visits.filter { $0.round != nil }
        let here = placed.filter { $0.1 == item.step }
        #expect(inRounds.count == here.count, "\(events)")
        for (round, _, visit) in here { #expect(visit.round == round && inRounds.contains(visit), "\(events)") }
      }
      let looped = Set(record.loops.flatMap(\.steps))
      let standing = record.state.way.count { looped.contains($0.step) && $0.given != nil }
      #expect(stays.count { $0.1.standing != nil } == standing, "\(events)")
      #expect(record.loops.allSatisfy { $0.rounds.count > 1 && $0.rounds.allSatisfy { !$0.isEmpty } }, "\(events)")
    }
  }

  private func someEvent(at step: Step.ID, _ random: inout some RandomNumberGenerator) -> Event {
    let choice = Int.random(in: 0..<10, using: &random)
    if choice < 2 { return .wentBack(step, .typed) }
    if choice == 2 { return .noted(step, "note", .typed) }
    switch step {
    case "name": return name(["a", "b"][choice % 2])
    case "look": return look(choice > 5)
    case "mend": return mend("x")
    case "more": return more(choice < 7)
    default: return choice < 7 ? .reopened(["name", "look", "mend", "more"][choice % 4], .typed) : finish
    }
  }
}
