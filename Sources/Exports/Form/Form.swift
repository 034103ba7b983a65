import FlowCore
import Records

/// The checklist as people read it: the blank procedure, and what was filled in if it belongs to a run.
///
/// Every template, the JSON and the CSV are made from this one value, so that the same truth stands in all.
/// Templates find its parts by their names; texts in it are still unescaped.
struct Form: Equatable, Sendable {
  var title: String
  var summary: String
  /// The flow's id.
  var flow: String
  var version: Int
  var minutes: Int?
  var needs: [String]
  /// What the tags of facts mean; none where no step has any.
  var tags: String?
  var rows: [Row]
  /// What to do with a blank form where it leads back; none where it never does.
  var again: String?
  /// How it can end.
  var ends: [End]
  /// What was filled in; none on a blank form.
  var run: Run?

  /// A word of ours: `code` for programs and style sheets, `text` for people.
  struct Word: Equatable, Sendable {
    var code: String
    var text: String
  }

  /// One step. Its texts are those of the blank form; only their holes are filled where the way of a run has led.
  struct Row: Equatable, Sendable {
    var number: Int
    var step: String
    var title: String
    var isRequired: Bool
    /// When it belongs, at a step that is not on every way: for who fills in the blank form.
    var only: String?
    /// Where it leads if not to the step after it, for the same person.
    var leads: [String]
    var instructions: [Text]
    var question: Text?
    var choices: [Choice]
    /// Whether any number of them may be chosen.
    var choosesMany: Bool
    /// The parts of the credential that is taken here.
    var takes: [String]
    var address: Address?
    /// Where a page instruction comes from, and whether anyone saw the live page.
    var source: String?
    /// The facts of the source article that it carries.
    var facts: [String]
    /// The same in one line.
    var factsLine: String?
    var filling: Filling?
    /// The rounds that come to an end here.
    var loop: Loop?
  }

  /// An option of a step.
  struct Choice: Equatable, Sendable {
    var title: Text
    /// Whether the answer that stands takes it.
    var isChosen: Bool
  }

  /// An address of a flow: a link only where nothing in it could be taken for anything else.
  struct Address: Equatable, Sendable {
    var text: String
    var link: String?
  }

  /// What happened at one step.
  struct Filling: Equatable, Sendable {
    /// `done`, `skipped`, `open`, `not-reached` or `not-on-this-way`.
    var state: Word
    /// Whether the box is ticked: an answer stands, and looking did not deny it.
    var isTicked: Bool
    /// Where its answers are, at a step of a loop.
    var pointer: Pointer?
    /// What is said at the step itself.
    var entry: Entry
    /// Every visit: the one that stands, then the earlier ones; of a loop in the order of its rounds.
    var visits: [Visit]
    var notes: [Note]
    /// The round in which the run stands here.
    var openRound: Record.Round?
  }

  /// What is said of one stay at a step, or of all of them.
  struct Entry: Equatable, Sendable {
    /// What is said where no answer is.
    var status: String?
    var visits: [Visit]
    var notes: [Note]
  }

  struct Visit: Equatable, Sendable {
    /// Whether it is the one that stands for its step.
    var isStanding: Bool
    /// Whether another one stands in its place; one of an earlier round stands in that.
    var isEarlier: Bool
    var round: Record.Round?
    /// As of a filling.
    var state: Word
    var answer: String?
    var ids: [String]
    var standing: Word
    var isScripted: Bool
    /// By what it was verified.
    var by: String?
    /// Why it was skipped.
    var reason: String?
    var mouth: AnswerSource
    var time: Time
    var parts: [Part]
  }

  /// Where an answer came from.
  struct AnswerSource: Equatable, Sendable {
    /// `typed`, `enter`, `script`, `program` or `tool`.
    var code: String
    var text: String
    /// A script's whole digest.
    var digest: String?
  }

  /// What is known of one part of a credential.
  struct Part: Equatable, Sendable {
    var name: String
    var title: String
    var isTaken: Bool
    /// `yes`, `no` or `not-knowable`.
    var looksRight: String
    /// The characters by which the exchange lists the key; never of a secret.
    var publicPart: String?
    var text: String
  }

  struct Note: Equatable, Sendable {
    var text: String
    var mouth: AnswerSource
    var time: Time
    var round: Record.Round?
  }

  /// A moment, whole for programs and to the minute for people.
  struct Time: Equatable, Sendable {
    var exact: String
    var minute: String
  }
}

// MARK: - The procedure

extension Form {
  /// - Parameter answers: those that fill the holes and mark the choices; none for a blank form.
  init(_ flow: Flow, filledFrom answers: FormAnswers? = nil) {
    title = flow.title.onOneLine
    summary = flow.summary.onOneLine
    self.flow = flow.id
    version = flow.version
    minutes = flow.minutes
    needs = flow.needs
    let ways = FormWays(of: flow)
    rows = flow.steps.compactMap { step in
      guard let number = flow.formNumber(of: step.id) else { return nil }
      var row = Row(step, number: number, in: flow, filledFrom: answers)
      row.only = ways.only(at: step)
      row.leads = ways.leads(from: step)
      return row
    }
    ends = flow.steps.compactMap { step in
      guard case .end(let ending) = step.body else { return nil }
      return End(step, ending, when: ways.only(at: step), in: flow)
    }
    again = ways.leadsBack ? "Where a step leads back to an earlier one, go on with a fresh copy of these pages." : nil
    tags = Form.line(explaining: flow.steps.flatMap(\.facts))
  }
}

extension Form.Row {
  init(_ step: Step, number: Int, in flow: Flow, filledFrom answers: FormAnswers?) {
    func text(_ template: Template) -> Form.Text { Form.Text(template, at: step.id, in: flow, filledFrom: answers) }
    self.number = number
    self.step = step.id.rawValue
    title = step.title.onOneLine
    isRequired = step.required
    leads = []
    instructions = step.text.map(text)
    question = step.prompt.map(text)
    let chosen = answers?.chosen(at: step.id) ?? []
    choices = step.options?.options.map { Form.Choice(title: text($0.title), isChosen: chosen.contains($0.id)) } ?? []
    choosesMany = if case .select = step.body { true } else { false }
    takes = []
    if case .credential(let rule) = step.body { takes = rule.parts.map(\.title) }
    address = step.url.map(Form.Address.init)
    source = step.source?.words.onOneLine
    facts = step.facts
    factsLine = facts.isEmpty ? nil : facts.joined(separator: ", ")
  }
}

extension Form.Address {
  /// Only https, and only characters that need no escape in any format, become a link.
  init(_ text: String) {
    self.text = text
    let harmless = text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
      default: "-._~:/?#@!$()*+,;=%&".utf8.contains(byte)
      }
    }
    link = text.hasPrefix("https://") && harmless ? text : nil
  }
}
