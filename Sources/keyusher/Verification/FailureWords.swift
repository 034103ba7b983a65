import Ceremony
import FlowText
import Introspection
import PlainText
import Records

extension KeyVerification {
  /// All that is said of it.
  ///
  /// - Parameter next: whether it is looked at again, and how.
  func sentences(at moment: Timestamp, next: NextLook) -> [Sentence] {
    let hosts = outcome.asked.map(\.host).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    let through = asker.isElsewhere ? " through \(asker.name)" : ""
    let asked =
      hosts.isEmpty
      ? "" : "Asked \(hosts.joined(separator: ", "))\(through), \(moment.minute). Only read; nothing changed."
    let words = VerdictWords(
      name: name, pack: pack, plan: plan, listed: listed, program: program, otherKeys: otherKeys ?? [],
      asker: asker, next: next)
    var sentences =
      verdict.map { words.sentences($0, asked: asked, isProxied: outcome.isProxied) } ?? refusal(asked, moment, next)
    sentences += aboutPassword(next)
    if let place = outcome.foundAt { sentences += whereItLives(place) }
    // Where it is what is the matter, that was said.
    if outcome.failure?.causes != [.clock], let offset = outcome.clock, offset.isNotable(for: clock) {
      let limit = offset.limit(of: clock).map { "; \(pack.short) takes up to \($0)" } ?? ""
      sentences.append(Sentence(.warning, "\(offset.words(of: pack.short).capitalizedFirst)\(limit)."))
    }
    if let pause = outcome.closing?.failure.pause {
      let until = Timestamp(milliseconds: moment.milliseconds + Int64(pause) * 1000)
      sentences.append(Sentence(.warning, "Nothing is asked there until \(until.nextMinute)."))
    }
    return sentences
  }

  // MARK: - Private

  private func refusal(_ asked: String, _ moment: Timestamp, _ next: NextLook) -> [Sentence] {
    guard let failure = outcome.failure else {
      return [Sentence(.heading, "\(name): nobody can tell."), Sentence(.body, "\(pack.short) told nothing of it.")]
    }
    var sentences = [Sentence(.heading, "\(name): \(headline(failure))")]
    if !asked.isEmpty { sentences.append(Sentence(.body, asked)) }
    let causes = failure.causes.map { CauseWords($0, at: pack.short, from: asker) }
    switch causes.count {
    case 0: sentences.append(Sentence(.problem, "What \(pack.short) answered fits nothing that is known."))
    case 1: sentences.append(Sentence(.problem, "\(causes[0].what.capitalizedFirst).\(missing(failure))"))
    default:
      sentences.append(Sentence(.problem, "\(pack.short) does not tell these apart:"))
      sentences += causes.map { Sentence(.option, "- \($0.what.capitalizedFirst). \($0.next)") }
    }
    if result == .refused, !oddParts.isEmpty {
      sentences.append(Sentence(.problem, "This may be why:"))
      sentences += oddParts.map { Sentence(.warning, $0.sentence) }
    }
    if isAsPlanned(failure) {
      sentences += [
        Sentence(
          .body,
          "Your plan has an IP list, and this computer is not on the key's. If the program runs here, the list is wrong."
        )
      ]
      if case .by(let again) = next {
        sentences += [
          Sentence(.body, "If it runs elsewhere, what the key can do is asked from there, through your own ssh:"),
          Sentence(.command, again.through("SERVER")),
          Sentence(.body, "Or there, by a keyusher without a store:"), Sentence(.command, again.onServer(plan)),
        ]
      }
    } else {
      if causes.count == 1 { sentences += causes.map { Sentence(.body, $0.next) } }
      if causes.contains(where: \.isOfKey), let address = pack.keysURL { sentences.append(Sentence(.address, address)) }
    }
    sentences.append(Sentence(.source, "What came: \(display(failure.came))"))
    let others = outcome.tries.dropFirst()
    if !others.isEmpty { sentences += refusals(others, as: "It was looked for elsewhere, too, by one request each:") }
    return sentences
  }

  /// Who did not take it, and where it lives.
  private func whereItLives(_ place: ExchangeAPI.Environment) -> [Sentence] {
    let differs = verdict?.lines.contains { $0.subject == .environment && $0.end != .noted } ?? false
    let what = differs ? "Make one where it was planned, or point" : "Point"
    return refusals(outcome.tries.dropLast(), as: "It was looked for elsewhere before, by one request each:")
      + [Sentence(.warning, "\(what) what uses it to \(place.hostName).")]
  }

  private func refusals(_ tries: ArraySlice<KeyQuestioning.Try>, as heading: String) -> [Sentence] {
    [Sentence(.body, heading)]
      + tries.compactMap { attempt in
        attempt.failure.map { Sentence(.option, "- \(attempt.environment.words): \(display($0.came))") }
      }
  }

  private func headline(_ failure: KeyFailure) -> String {
    if isAsPlanned(failure) { return "refused from here, as your IP list demands." }
    return result == .refused ? "REFUSED by \(pack.short)." : "could not be asked."
  }

  private func missing(_ failure: KeyFailure) -> String {
    guard failure.causes == [.permission], let detail = failure.detail else { return "" }
    return " It is called \(display(detail)) there."
  }
}

extension Timestamp {
  /// The first whole minute that is not before it.
  var nextMinute: String { Timestamp(milliseconds: milliseconds + 59_999).minute }
}

extension String {
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
