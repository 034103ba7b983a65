import FlowCore
import PlainText
import Records

extension Form {
  /// A text of the flow, in pieces.
  struct Text: Equatable, Sendable {
    var pieces: [Piece]

    /// The text as programs get it.
    var plain: String { pieces.map(\.plain).joined() }
  }

  enum Piece: Equatable, Sendable {
    case words(String)
    case link(Link)
    /// A place for an answer, as the blank form names it: `[which program?]`; `filled` is the answer that stands at its step:
    /// `[grid-bot]`. The brackets stay, since it was filled afterwards.
    case hole(String, filled: String?)

    var plain: String {
      switch self {
      case .words(let text): text
      case .link(let link): link.address
      case .hole(let name, let filled): filled ?? name
      }
    }
  }

  /// An address that can be a link: https, and nothing in it could be taken for anything else in any format.
  struct Link: Equatable, Sendable {
    let address: String

    init?(_ text: some StringProtocol) {
      let isHarmless = text.allSatisfy {
        $0.isASCII && ($0.isLetter || $0.isNumber) || "-._~:/?#@!$()*+,;=%&".contains($0)
      }
      guard text.hasPrefix("https://"), isHarmless else { return nil }
      address = String(text)
    }
  }
}

extension Form.Text {
  /// - Parameters:
  ///   - step: the step whose text it is.
  ///   - answers: those that fill the holes; none on a blank form, where all are named.
  init(_ template: Template, at step: Step.ID, in flow: Flow, filledFrom answers: FormAnswers?) {
    let last = template.segments.count - 1
    pieces = template.segments.enumerated().flatMap { index, segment -> [Form.Piece] in
      switch segment {
      case .literal(let text):
        let begun = index == 0 ? text.drop(while: \.isWhitespace) : text[...]
        return Form.Text.pieces(of: index == last ? begun.withoutEnd(\.isWhitespace) : begun, goesOn: index < last)
      case .name(let id):
        let name = Template(segments: [segment]).blank(in: flow)
        return [.hole(name, filled: answers?.nameOfCredential(at: id).map { "[\($0)]" })]
      case .means(let id):
        let name = Template(segments: [segment]).blank(in: flow)
        return [.hole(name, filled: answers?.meansOfCheck(at: id).map { "[\($0)]" })]
      // An option of a command, which only the run's own end has.
      case .program: return []
      case .answer(let id, let asID):
        let name = Template(segments: [segment]).blank(in: flow).withoutBreaks
        return [.hole(name, filled: answers?.filling(of: id, asID: asID, at: step, in: flow))]
      }
    }
  }

  /// A text whose holes were filled when it was made: of its addresses only those that its flow wrote become links.
  init(_ text: String, linking addresses: Set<String>) {
    pieces = Form.Text.pieces(of: text.drop(while: \.isWhitespace).withoutEnd(\.isWhitespace), goesOn: false).map {
      addresses.contains($0.plain) ? $0 : .words($0.plain)
    }
  }

  /// The address of a step: a link if it can be one.
  init(address: String) { pieces = [Form.Link(address).map(Form.Piece.link) ?? .words(address)] }

  /// The addresses that stand whole in the literals of a template.
  fileprivate static func addresses(in template: Template) -> [String] {
    template.segments.enumerated().flatMap { index, segment -> [String] in
      guard case .literal(let text) = segment else { return [] }
      return pieces(of: text[...], goesOn: index + 1 < template.segments.count).compactMap {
        if case .link(let link) = $0 { link.address } else { nil }
      }
    }
  }

  /// Parts a text at its addresses.
  ///
  /// An address reaches to the next space, without what ends the sentence, and begins no later than its word.
  /// - Parameter goesOn: whether a hole follows: an address that touches it is not whole.
  private static func pieces(of broken: Substring, goesOn: Bool) -> [Form.Piece] {
    let text = broken.withoutBreaks
    var pieces: [Form.Piece] = []
    var words = ""
    var rest = text[...]
    while let begin = rest.firstRange(of: "https://")?.lowerBound {
      words += rest[..<begin]
      let word = rest[begin...].prefix { !$0.isWhitespace }
      let address = word.withoutEnd { ".,:;!?)'\"".contains($0) }
      let isWhole = !(goesOn && word.endIndex == text.endIndex) && words.last.map { $0.isLetter || $0.isNumber } != true
      if isWhole, address.count > "https://".count, let link = Form.Link(address) {
        pieces += [.words(words), .link(link)]
        words = String(word[address.endIndex...])
      } else {
        words += word
      }
      rest = rest[word.endIndex...]
    }
    return (pieces + [.words(words + rest)]).filter { $0 != .words("") }
  }
}

extension Record {
  /// What is to be looked at again, the first first, each with its day.
  var lookAgain: [(day: String, text: Form.Text)] {
    let addresses = flow.steps.reduce(into: Set<String>()) { addresses, step in
      guard case .end(let ending) = step.body else { return }
      for reminder in ending.reminders { addresses.formUnion(Form.Text.addresses(in: reminder.text)) }
    }
    return reminders.sorted { $0.day < $1.day }.map { ($0.day, Form.Text($0.text, linking: addresses)) }
  }
}

extension StringProtocol {
  /// Each line break as a space.
  fileprivate var withoutBreaks: String { String(map { $0.isNewline ? " " : $0 }) }
}

extension Substring {
  fileprivate func withoutEnd(_ isLeftOut: (Character) -> Bool) -> Substring {
    var kept = self
    while let last = kept.last, isLeftOut(last) { kept.removeLast() }
    return kept
  }
}
