@testable import FlowText

/// Steps with one mistake each that the schema can see as well as the parser: no other mistake makes the file bad.
struct SingleMistake: Sendable {
  let code: FindingCode
  let step: String

  init(_ code: FindingCode, _ step: String) { (self.code, self.step) = (code, step) }

  private static func tell(_ code: FindingCode, _ keys: String) -> SingleMistake {
    SingleMistake(code, "{id: a, kind: tell, title: A, \(keys)}")
  }

  private static func shape(_ code: FindingCode, _ keys: String) -> SingleMistake {
    SingleMistake(code, "{id: a, kind: text, title: A, shape: {\(keys)}}")
  }

  private static func guarded(_ code: FindingCode, _ condition: String) -> SingleMistake {
    tell(code, "next: [{when: \(condition), to: review}, {to: review}]")
  }

  private static func source(_ code: FindingCode, _ date: String, _ url: String) -> SingleMistake {
    tell(code, "source: {from: X, date: \(date)}, url: \"\(url)\"")
  }

  static let all: [SingleMistake] = [
    tell(.unknownKey, "promt: x"), tell(.unknownKey, "source: {from: X, date: 2026-01-01, form: Y}"),
    SingleMistake(.unknownKey, "{include: shared/a, wiht: {}}"),
    SingleMistake(.unknownKey, "{if: pack, put: [], iss: a}"),
    tell(.misplacedKey, "options: [{id: x, title: X}]"), tell(.misplacedKey, "outcome: aborted"),
    SingleMistake(.misplacedKey, "{id: a, kind: select, title: A, options: [{id: x, title: X, next: review}]}"),
    SingleMistake(.misplacedKey, "{id: a, kind: check, title: A, check: clock-plausible, of: review}"),
    SingleMistake(.missingKey, "{id: a, kind: tell}"), SingleMistake(.missingKey, "{id: a, kind: choose, title: A}"),
    SingleMistake(.missingKey, "{id: a, kind: check, title: A, check: shape}"),
    SingleMistake(.missingKey, "{for: x, in: [a]}"), SingleMistake(.missingKey, "{unless: x}"),
    tell(.missingKey, "source: {from: X}"), tell(.missingKey, "warnings: [{code: W}]"),
    SingleMistake(.wrongType, "{id: a, kind: tell, title: [A]}"), tell(.wrongType, "needs: one"),
    tell(.wrongType, "say: {a: b}"), tell(.wrongType, "source: page"), SingleMistake(.wrongType, "just words"),
    SingleMistake(.wrongType, "{id: a, kind: select, title: A, default: x, options: [{id: x, title: X}]}"),
    SingleMistake(.wrongType, "{id: a, kind: text, title: A, default: [x]}"),
    SingleMistake(.wrongType, "{for: x, in: a, put: []}"),
    tell(.wrongValue, "required: yes"), SingleMistake(.wrongValue, "{id: a, kind: tel, title: A}"),
    tell(.wrongValue, "facts: [one]"), SingleMistake(.wrongValue, "{id: a, kind: confirm, title: A, default: true}"),
    SingleMistake(.wrongValue, "{id: a, kind: end, outcome: done}"),
    SingleMistake(.wrongValue, "{id: a, kind: end, outcome: aborted, reminders: [{days: 0, text: T}]}"),
    SingleMistake(.wrongValue, "{id: a, kind: end, outcome: aborted, reminders: [{days: 007, text: T}]}"),
    shape(.wrongValue, "length: 5000"), shape(.wrongValue, "characters: [digit]"),
    SingleMistake(.emptyText, "{id: a, kind: tell, title: \"\"}"), tell(.emptyText, "say: [\" \"]"),
    SingleMistake(.badID, "{id: Big, kind: tell, title: A}"), tell(.badID, "next: a_b"),
    tell(.badID, "warnings: [{code: \"a b\", text: T}]"), SingleMistake(.badID, "{include: login}"),
    SingleMistake(.badID, "{for: X, in: [a], put: []}"), SingleMistake(.badText, "{if: $(x), put: []}"),
    source(.badDate, "2026-13-01", "https://www.example.com"), source(.badDate, "May", "https://www.example.com"),
    source(.badURL, "2026-01-01", "http://www.example.com"), source(.badURL, "2026-01-01", "https://a@www.example.com"),
    source(.badURL, "2026-01-01", "https:///path"), source(.badURL, "2026-01-01", "https://www.example.com/<a>"),
    shape(.badShape, "length: 3, max: 4"),
    guarded(.badGuard, "{}"), guarded(.badGuard, "{step: a}"), guarded(.badGuard, "{all: []}"),
    guarded(.badGuard, "{step: a, skipped: true, asked: true}"),
    guarded(.badGuard, "{step: a, skipped: true, not: {step: a, skipped: true}}"),
    guarded(.badGuard, "{all: [{step: a, skipped: true}], skipped: true}"),
    guarded(.badGuard, "{not: {step: a, skipped: true}, is: x}"),
    SingleMistake(.emptyList, "{id: a, kind: choose, title: A, options: []}"),
    SingleMistake(.emptyList, "{id: a, kind: credential, title: A, if-lost: review, store: s, name: a/b, parts: []}"),
    SingleMistake(
      .noStore, "{id: a, kind: credential, title: A, if-lost: review, parts: [{name: s, title: S, secret: true}]}"),
  ]
}
