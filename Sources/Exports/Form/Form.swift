import FlowCore
import Records

/// The checklist as people read it: the blank procedure, and what was filled in if it belongs to a run.
///
/// The pages, the JSON and the CSV are made from this one value, so that the same truth stands in all. Its texts are
/// still unescaped.
struct Form: Equatable, Sendable {
  let flow: Flow
  var rows: [Row]
  /// Whether it has what was done alone, and not the procedure: what to do, what there was to choose, what was not on the way.
  var isCompact = false
  /// The words for what its answers are worth.
  var words = StandingWords.second

  /// One step. Its texts are those of the blank form; only their holes are filled where the way of a run has led.
  struct Row: Equatable, Sendable {
    /// Its number, which checks of a flow with sections have not.
    let number: String?
    /// The section that begins here.
    var part: SectionPlace?
    let step: Step
    var instructions: [Text]
    var question: Text?
    var choices: [Choice]
    var filling: Filling?
    /// The rounds that come to an end here.
    var loop: Loop?
    /// The steps of its section that were not on the way, said at the last that was.
    var asides: [String] = []
  }

  /// An option of a step.
  struct Choice: Equatable, Sendable {
    var title: Text
    /// Whether the answer that stands takes it.
    var isChosen: Bool
  }
}

extension Form {
  init(_ flow: Flow) { self.init(flow, filledFrom: nil) }

  /// Makes the form as a run filled it in.
  ///
  /// - Parameter isFull: whether the whole procedure is wanted. A flow without sections is always whole.
  init(_ record: Record, isFull: Bool = true) {
    self.init(record.flow, filledFrom: FormAnswers(of: record))
    let items = Dictionary(record.items.map { ($0.step, $0) }, uniquingKeysWith: { first, _ in first })
    let ahead = record.ahead
    let loops = record.loops.indices.map { Loop($0, of: record) }
    for index in rows.indices {
      let id = rows[index].step.id
      rows[index].filling = items[id].map {
        Filling($0, of: record, ahead: ahead, loop: loops.last { $0.steps.contains(id) })
      }
      rows[index].loop = loops.first { $0.steps.last == id }
    }
    words = record.words
    if !isFull, !flow.parts.isEmpty { compact() }
  }

  /// Leaves out the procedure, and what was not on the way but for its titles, a line for each section.
  private mutating func compact() {
    isCompact = true
    var kept: [Row] = []
    var asides: [String] = []
    var opening: SectionPlace?
    func close() {
      if !asides.isEmpty, !kept.isEmpty { kept[kept.count - 1].asides += asides }
      asides = []
    }
    for var row in rows {
      if row.part != nil {
        close()
        opening = row.part
      }
      if row.isBesideTheWay {
        if let number = row.number { asides.append("\(number) \(row.title)") }
        continue
      }
      (row.instructions, row.question, row.choices) = ([], nil, [])
      row.part = opening
      opening = nil
      kept.append(row)
    }
    close()
    rows = kept
  }

  /// - Parameter answers: those that fill the holes and mark the choices; none for a blank form.
  private init(_ flow: Flow, filledFrom answers: FormAnswers?) {
    self.flow = flow
    var last: SectionPlace?
    rows = flow.steps.filter { !$0.isEnd }.map { step in
      let part = flow.part(of: step.id)
      defer { last = part }
      return Row(step, beginning: part == last ? nil : part, in: flow, filledFrom: answers)
    }
  }

  /// What the tags of facts mean, with the first of them as examples; nil where no step has any.
  var tags: String? {
    if isCompact || flow.isOnThisComputer { return nil }
    let tags = flow.steps.flatMap(\.facts)
    guard let first = tags.first else { return nil }
    let examples = tags.first { $0 != first }.map { "\(first) or \($0)" } ?? first
    return "Tags such as \(examples) name facts of the article that the flow encodes."
  }

  /// The facts that its steps name, each once, with what it says; none where the flow has no sections, as in older records.
  var facts: [(tag: String, words: String)] {
    if isCompact || flow.parts.isEmpty || flow.isOnThisComputer { return [] }
    return Set(flow.steps.flatMap(\.facts)).sorted().compactMap { tag in
      ArticleFacts.words(of: tag).map { (tag, $0) }
    }
  }
}

extension Form.Row {
  init(_ step: Step, beginning part: SectionPlace?, in flow: Flow, filledFrom answers: FormAnswers?) {
    func text(_ template: Template) -> Form.Text { Form.Text(template, at: step.id, in: flow, filledFrom: answers) }
    func said(_ texts: [Conditional<Template>]) -> [Form.Text] {
      guard let answers else { return texts.map { text($0.onBlankForm(of: flow)) } }
      return texts.filter { answers.shows($0.guardCondition, at: step.id) }.map { text($0.value) }
    }
    number = flow.number(of: step.id)
    self.part = part
    self.step = step
    instructions = said(step.text) + said(step.fields.map(\.line))
    question = said(step.prompt).first
    let chosen = answers?.chosen(at: step.id) ?? []
    choices = step.options?.options.map { Form.Choice(title: text($0.title), isChosen: chosen.contains($0.id)) } ?? []
  }

  var title: String { step.title.onOneLine }

  /// Whether the way did not lead here, and nothing was said of it.
  fileprivate var isBesideTheWay: Bool {
    filling.map { [.notOnThisWay, .notReached].contains($0.state) && $0.visits.isEmpty && $0.notes.isEmpty } ?? false
  }

  /// Whether any number of its choices may be chosen.
  var choosesMany: Bool { step.takesSeveral }

  var takes: [String] { if case .credential(let rule) = step.body { rule.parts.map(\.title) } else { [] } }

  /// Where a page instruction comes from, and whether anyone saw the live page.
  var source: String? { step.source?.words.onOneLine }
}

extension Conditional<Template> {
  /// The text with its condition before it, for who fills in a form by hand.
  func onBlankForm(of flow: Flow) -> Template {
    guard let guardCondition else { return value }
    return Template(segments: [.literal("If \(guardCondition.words(in: flow)): ")] + value.segments)
  }
}

extension Conditional<Field> {
  /// `Remark: grid-bot-01`.
  fileprivate var line: Conditional<Template> {
    Conditional<Template>(
      when: guardCondition, Template(segments: value.name.segments + [.literal(": ")] + value.value.segments))
  }
}
