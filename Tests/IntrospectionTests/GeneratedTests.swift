import CustomDump
import Introspection
import PlainText
import Testing

/// Every field of every documented answer, absent, null, wrongly typed and doubled: nothing is told that the answer
/// does not have.
@Suite struct GeneratedTests {
  @Test(arguments: DocumentedAnswer.all) func `a field that is absent or null tells nothing, or what stands for none`(
    _ answer: DocumentedAnswer
  ) throws {
    let body = try answer.body()
    for path in body.paths {
      for change in [JSON?.none, .null] {
        let word = change == nil ? "absent" : "null"
        let reading = try answer.reading(body.changed(at: path, to: change) ?? .null)
        try expectNothing(of: path, in: reading, answer, unless: [word])
      }
    }
  }

  @Test(arguments: DocumentedAnswer.all) func `a field of another type tells nothing`(_ answer: DocumentedAnswer) throws
  {
    let body = try answer.body()
    for path in body.paths {
      guard let value = body.value(at: path) else { continue }
      for wrong in JSON.wrong where !wrong.isLike(value) {
        let reading = try answer.reading(body.changed(at: path, to: wrong) ?? .null)
        try expectNothing(of: path, in: reading, answer, unless: wrong.isNothing ? ["empty"] : [])
      }
    }
  }

  @Test(arguments: DocumentedAnswer.all) func `a name that stands twice tells nothing at all`(
    _ answer: DocumentedAnswer
  ) throws {
    let body = try answer.body()
    for path in body.paths {
      guard case .name(let name)? = path.last, let object = body.value(at: Array(path.dropLast())),
        case .object(let members) = object, let member = members.first(where: { $0.name == name })
      else { continue }
      for second in [member.value, "another"] {
        let twice = JSON.object(members + [JSON.Member(name, second)])
        let changed = body.changed(at: Array(path.dropLast()), to: twice) ?? .null
        switch try answer.reading(changed) {
        case .told(let told):
          #expect(!told.isAccepted && told.taken.isEmpty)
          #expect(told.observations.allSatisfy { $0.told == nil }, "\(answer) \(path)")
        case .askInstead, .failed: Issue.record("\(answer) \(path)")
        }
      }
    }
  }

  @Test(arguments: DocumentedAnswer.all) func `an answer that is cut off anywhere tells nothing`(
    _ answer: DocumentedAnswer
  ) throws {
    let bytes = try answer.body().bytes()
    for count in 0..<bytes.count {
      guard case .failed(let failure) = try answer.reading(Array(bytes[..<count])) else {
        Issue.record("\(answer), \(count) bytes")
        continue
      }
      expectNoDifference(failure.causes, [.unreadable])
    }
  }

  @Test(arguments: DocumentedAnswer.all) func `an answer of another status tells nothing`(
    _ answer: DocumentedAnswer
  ) throws {
    let bytes = try answer.body().bytes()
    for status in [100, 199, 300, 302, 400, 401, 403, 404, 418, 429, 500, 503, 0, -1] {
      guard case .failed = try answer.reading(bytes, status: status) else {
        Issue.record("\(answer), status \(status)")
        continue
      }
    }
  }

  /// That no fact which is read from this place is told, and that whatever is told stands in the answer.
  private func expectNothing(
    of path: [JSON.Step], in reading: KeyReading, _ answer: DocumentedAnswer, unless none: [String]
  ) throws {
    guard case .told(let told) = reading else { return }
    let request = try Samples.request(answer.exchange, answer.request)
    let rights = request.facts.first { $0.fact == .permissions }
    for fact in request.facts where fact.reads(path, of: request) {
      let known = fact.isOfRights ? rights?.none ?? [] : fact.none
      if known.contains(where: none.contains) { continue }
      let value = told.observations.first { $0.fact == fact.fact }?.told
      expectNoDifference(value, nil, "\(answer) \(path) \(fact.fact)")
    }
  }
}

extension ExchangeAPI.Fact {
  /// Whether it follows from the rights that the same answer lists.
  fileprivate var isOfRights: Bool {
    switch form {
    case .right, .reads: true
    default: false
    }
  }

  /// Whether the fact can't be read without this place: its own, that of its mode, or one that leads there.
  fileprivate func reads(_ path: [JSON.Step], of request: ExchangeAPI.Request) -> Bool {
    var places = [at]
    switch form {
    case .right, .reads:
      return request.facts.contains { $0.fact == .permissions && $0.reads(path, of: request) }
    case .differs(let other): places.append(other)
    case .rights(.flags, let mode): places = [mode?.at].compactMap(\.self)
    case .rights(_, let mode): places += [mode?.at].compactMap(\.self)
    default: break
    }
    let names = path.map(\.name)
    let entry: [String] = request.own == nil ? [] : ["0"]
    return places.contains { (request.within.names + entry + $0.names).starts(with: names) }
      || request.own.map { (request.within.names + entry + [$0.member]).starts(with: names) } ?? false
  }
}
