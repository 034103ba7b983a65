import FlowCore
import PlainText
public import Records

extension Framing {
  /// Every line of a record with its number, its time and what it says, as `keyusher redact` wants it.
  public static func lines(of header: RunHeader, _ entries: [Entry]) -> [Sentence] {
    let people = [header.user, header.host, header.performer, header.owner, header.reference].compactMap { $0 }
    let first = Sentence(
      .option, "1 \(header.began.minute) begun: \(people.map { display($0) }.joined(separator: ", "))")
    return [first] + entries.map(line)
  }

  /// A line of a record with its number, its time and what it says.
  static func line(_ entry: Entry) -> Sentence {
    Sentence(.option, "\(entry.line) \(entry.at.minute) \(entry.event.listed)\(entry.isRedacted ? " (blanked)" : "")")
  }
}

extension Event {
  /// What happened, with the words that a person typed or saw.
  fileprivate var listed: String {
    switch self {
    case .began: "the first step"
    case .shown(_, let texts): "shown: \(display(texts.joined(separator: " | ")))"
    case .answered(let step, let answer, _, _): "\(step): \(display(answer.ids.joined(separator: ", ")))"
    case .observed(let step, let observation): "\(step): \(observation.verdict.listed)"
    case .storesSurveyed(let step, let survey):
      "\(step): found \(display(survey.offers.map(\.id).joined(separator: ", ")))"
    case .keysSurveyed(let step, let keys): "\(step): known \(display(keys.map(\.name).joined(separator: ", ")))"
    case .keyRecalled(let step, let key, _, let accepted):
      "\(step): \(accepted == nil ? "" : "as before, ")what run \(display(key.run ?? "")) said of \(display(key.name))"
    case .programProposed(let program): "for the program \(display(program.name)), whose pack says what it needs"
    case .key(_, let event): display(event.words)
    case .storeProven(let step, let store, let verdict, let means):
      "\(step): \(display(store)) works: \(verdict.listed), \(display(means))"
    case .storeFailed(let step, let store, let reason): "\(step): \(display(store)) failed: \(display(reason))"
    case .storeChanged(let step, let store, _): "\(step): to be kept in \(display(store))"
    case .credentialKept(let step, let reference): "\(step): \(display(reference.exactWords))"
    case .partTaken(let step, let receipt, _): "\(step).\(receipt.part): \(receipt.taken ? "taken" : "not pasted")"
    case .credentialHeld(let step, let reference, _, _): "\(step): \(display(reference.exactWords))"
    case .keepingFailed(let step, let reason): "\(step): not kept: \(display(reason))"
    case .stillShown(let step, let isShown, _): "\(step): the page \(isShown ? "still shows" : "no longer shows") it"
    case .skipped(let step, let reason, _): "\(step): skipped: \(display(reason))"
    case .differed(let step, let text, _): "\(step): the page differs: \(display(text))"
    case .noted(let step, let text, _): "\(step): note: \(display(text))"
    case .wentBack(let step, _): "\(step): went back"
    case .reopened(let step, _): "\(step): answered anew"
    case .suspended(let interruption): interruption.words
    case .resumed(let resumption):
      "resumed by \(display(resumption.performer ?? resumption.user)) on \(display(resumption.host))"
    case .discarded(let reason): "discarded: \(display(reason))"
    case .redacted(let line, let reason): "line \(line) blanked: \(display(reason))"
    }
  }
}

extension Verdict {
  fileprivate var listed: String { self == .notKnowable ? "nobody can tell" : rawValue }
}
