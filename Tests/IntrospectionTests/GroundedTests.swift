import CustomDump
import Introspection
import PlainText
import Testing

/// Whatever is told stands in the answer; and no answer, however hostile, does harm.
@Suite struct GroundedTests {
  @Test(arguments: DocumentedAnswer.all) func `what is told of a changed answer stands in it`(
    _ answer: DocumentedAnswer
  ) throws {
    let body = try answer.body()
    for path in body.paths {
      for other in [nil, .null] + JSON.wrong.map(Optional.some) {
        guard let changed = body.changed(at: path, to: other) else { continue }
        expectGrounded(try answer.reading(changed), in: changed, "\(answer) \(path) \(other?.text() ?? "absent")")
      }
    }
  }

  @Test func `1,000 hostile answers are read, each in its time, and nothing of them does harm`() throws {
    var random = Seeded(seed: 20_261_130)
    let answers = DocumentedAnswer.all
    var told = 0
    for number in 0..<1_000 {
      let answer = answers[number % answers.count]
      let body = try HostileBody.next(&random, of: answer.body())
      let status = [200, 200, 200, 200, 401, 403, 429, 503][random.below(8)]
      let began = ContinuousClock.now
      let reading = try answer.reading(body, status: status)
      #expect(ContinuousClock.now - began < .seconds(5), "\(answer), number \(number)")
      expectHarmless(reading, "\(answer), number \(number)")
      if case .told(let read) = reading { told += read.observations.count { $0.told != nil } }
      if let json = try? JSON(parsing: body) { expectGrounded(reading, in: json, "\(answer), number \(number)") }
    }
    // Some are hardly changed: what is still right is told.
    #expect(told > 100)
  }

  // MARK: - Private

  private func expectGrounded(_ reading: KeyReading, in body: JSON, _ name: @autoclosure () -> String) {
    guard case .told(let told) = reading else { return }
    let words = body.words
    for observation in told.observations {
      for word in observation.told?.words ?? [] {
        #expect(words.contains { $0.contains(word) }, "\(name()): \(observation.rendered)")
      }
    }
    for (_, digits) in told.taken { #expect(words.contains(digits), "\(name())") }
  }

  private func expectHarmless(_ reading: KeyReading, _ name: @autoclosure () -> String) {
    var texts: [String] = []
    switch reading {
    case .told(let told):
      for case .notKnowable(let reason) in told.observations.map(\.value) { texts.append(reason) }
      #expect(told.observations.count < 30)
    case .failed(let failure):
      texts += [failure.came, failure.code, failure.detail].compactMap(\.self)
      #expect((0...604_800).contains(failure.pause ?? 0))
      #expect(!failure.causes.isEmpty)
    case .askInstead: break
    }
    for text in texts {
      #expect(text.count <= 1_000 && !text.unicodeScalars.contains { $0.isControlling }, "\(name()): \(text)")
    }
  }
}

extension FactValue {
  /// What must stand in an answer that tells this.
  fileprivate var words: [String] {
    switch self {
    case .texts(let texts): texts
    // A state is called by what it means.
    case .text(let text): ["active", "not usable", "expired"].contains(text) ? [] : [text]
    case .moment(let seconds): [Self.written(seconds)]
    case .grants(let grants): grants.flatMap { $0.name.split(separator: ":").map(String.init) }
    case .keys(let keys): keys.map(\.shown)
    case .truth, .never: []
    }
  }

  /// Seconds begin milliseconds, too; a day is written as one.
  private static func written(_ seconds: Int) -> String { String(seconds) }
}

extension JSON {
  /// Every name and scalar in it as a text, times of ISO as seconds, too.
  fileprivate var words: [String] {
    switch self {
    case .object(let members): members.flatMap { [$0.name] + $0.value.words }
    case .array(let elements): elements.flatMap(\.words)
    case .text(let text): [text, text.isoSeconds].compactMap(\.self)
    case .integer(let number): [String(number)]
    case .number(let digits): [digits]
    case .flag(let flag): [String(flag)]
    case .null: []
    }
  }
}

extension String {
  fileprivate var isoSeconds: String? {
    guard count == 20, let day = Day(prefix(10)) else { return nil }
    let parts = dropFirst(11).dropLast().split(separator: ":").compactMap { Int($0) }
    return parts.count == 3 ? String(day.number * 86_400 + parts[0] * 3_600 + parts[1] * 60 + parts[2]) : nil
  }
}
