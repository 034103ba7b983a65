import FlowCore

extension Form {
  /// A text of the flow, in pieces: words, addresses, and holes for answers.
  struct Text: Equatable, Sendable {
    var pieces: [Piece]

    /// The text as programs get it.
    var plain: String { pieces.map { $0.filled ?? $0.text }.joined() }
  }

  struct Piece: Equatable, Sendable {
    /// Words, or a hole as the blank form names it: `[which program?]`.
    var text: String
    /// The address that the piece is, if it can be a link.
    var link: String?
    /// The hole with the answer that stands at its step: `[grid-bot]`. The brackets stay, since it was filled afterwards.
    var filled: String?
  }
}

extension Form.Text {
  /// - Parameters:
  ///   - step: the step whose text it is.
  ///   - answers: those that fill the holes; none on a blank form, where all are named.
  init(_ template: Template, at step: Step.ID, in flow: Flow, filledFrom answers: FormAnswers?) {
    pieces = []
    for (index, segment) in template.segments.enumerated() {
      switch segment {
      case .literal(let text):
        pieces += Form.Text.pieces(of: text.withoutBreaks, goesOn: index + 1 < template.segments.count)
      case .answer(let id, let asID):
        let name = Template(segments: [segment]).blank(in: flow).withoutBreaks
        let filling = answers?.filling(of: id, asID: asID, at: step, in: flow)
        pieces.append(Form.Piece(text: name, filled: filling))
      }
    }
    trim()
  }

  /// A text whose holes were filled when it was made: of its addresses only those that its flow wrote become links.
  init(_ text: String, linking addresses: Set<String>) {
    pieces = Form.Text.pieces(of: text.withoutBreaks, goesOn: false).map { piece in
      guard let link = piece.link, !addresses.contains(link) else { return piece }
      return Form.Piece(text: piece.text)
    }
    trim()
  }

  /// The addresses that stand whole in the literals of a template.
  static func addresses(in template: Template) -> Set<String> {
    Set(
      template.segments.enumerated().flatMap { index, segment -> [String] in
        guard case .literal(let text) = segment else { return [] }
        return pieces(of: text.withoutBreaks, goesOn: index + 1 < template.segments.count).compactMap(\.link)
      })
  }

  // MARK: - Private

  /// Parts a text at its addresses.
  ///
  /// An address reaches to the next space, without what ends the sentence, and begins no later than its word.
  /// - Parameter goesOn: whether a hole follows: an address that touches it is not whole.
  private static func pieces(of text: String, goesOn: Bool) -> [Form.Piece] {
    var pieces: [Form.Piece] = []
    var words = ""
    var rest = text[...]
    while let begin = rest.firstRange(of: "https://")?.lowerBound {
      words += rest[..<begin]
      let word = rest[begin...].prefix { !$0.isWhitespace }
      let address = word.withoutEnd { ".,:;!?)'\"".contains($0) }
      let isWhole = !(goesOn && word.endIndex == text.endIndex) && words.last.map { $0.isLetter || $0.isNumber } != true
      if isWhole, address.count > "https://".count, let link = Form.Address(String(address)).link {
        pieces += [Form.Piece(text: words), Form.Piece(text: link, link: link)]
        words = String(word[address.endIndex...])
      } else {
        words += word
      }
      rest = rest[word.endIndex...]
    }
    return (pieces + [Form.Piece(text: words + rest)]).filter { !$0.text.isEmpty }
  }

  private mutating func trim() {
    guard let last = pieces.indices.last else { return }
    pieces[0].text = String(pieces[0].text.drop { $0.isWhitespace })
    pieces[last].text = String(pieces[last].text[...].withoutEnd { $0.isWhitespace })
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
