import FlowCore
import Records

extension Form {
  /// The form as a table for spreadsheets: RFC 4180, UTF-8, lines ended by CR LF.
  ///
  /// `row_type` is `run` (a fact of the whole run: `title` names it, `answer` gives it), `step` (one row a visit, the one
  /// that stands first; one row too for a step without a visit, and where the run stands), `part` (of a credential),
  /// `note`, `exception` or `reminder`. Of a step that was come to in several rounds of a loop the visits stand in the order
  /// of the rounds; `loop` and `round` count both from 1, and a `state` of `earlier` means taken back within the round.
  /// Every row has the run's id, so that the tables of many runs can stand in one sheet.
  func csv() -> String {
    guard let run else { return "" }
    var rows = run.facts(of: self).map { CSVRow(run: run.id, type: "run", title: $0, answer: $1) }
    for row in self.rows { rows += row.csvRows(run: run.id) }
    rows += run.exceptions.map { $0.csvRow(run: run.id) }
    rows += run.reminders.map { CSVRow(run: run.id, type: "reminder", title: $0.text.plain, answer: $0.day) }
    let lines = [CSVRow.columns] + rows.map(\.cells)
    return lines.map { $0.map(csvCell).joined(separator: ",") + "\r\n" }.joined()
  }
}

/// One cell: nothing in it can become a formula, a control character or a second cell.
///
/// A spreadsheet takes a text that begins with one of a few characters for a formula, some after leading space, some in
/// full width too: such a text gets an apostrophe before it, as a person would type it.
func csvCell(_ text: String) -> String {
  let shown = display(text)
  let begins = shown.trimmed.unicodeScalars.first ?? " "
  let isFormula =
    "=+-@＝＋－＠".unicodeScalars.contains(begins) || text.hasPrefix("\t") || text.hasPrefix("\r") || text.hasPrefix("\n")
  let cell = isFormula ? "'" + shown : shown
  let needsQuotes = cell.unicodeScalars.contains { ",;\"".unicodeScalars.contains($0) } || cell != cell.trimmed
  return needsQuotes
    ? "\"" + cell.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\"" : cell
}

/// A row of the table; what does not belong to its type stays empty.
private struct CSVRow {
  static let columns = [
    "run", "row_type", "number", "step", "title", "required", "state", "answer", "standing", "by", "mouth",
    "script_digest", "at", "reason", "resolution", "resolved_at", "loop", "round",
  ]

  var run: String
  var type: String
  var number: Int?
  var step = ""
  var title = ""
  var isRequired: Bool?
  var state = ""
  var answer = ""
  var standing = ""
  var by = ""
  var mouth: Form.AnswerSource?
  var at = ""
  var reason = ""
  var resolution = ""
  var resolved = ""
  var round: Record.Round?

  var cells: [String] {
    [
      run, type, number.map { "\($0)" } ?? "", step, title, isRequired.map { $0 ? "yes" : "no" } ?? "", state, answer,
      standing, by, mouth?.code ?? "", mouth?.digest ?? "", at, reason, resolution, resolved,
      round.map { "\($0.loop)" } ?? "", round.map { "\($0.number)" } ?? "",
    ]
  }
}

extension Form.Run {
  fileprivate func facts(of form: Form) -> [(String, String)] {
    var facts = [
      ("flow", form.flow), ("flow version", "\(form.version)"), ("flow title", form.title), ("tool version", tool),
      ("user", user), ("host", host), ("performer", performer ?? ""), ("owner", owner ?? ""),
      ("reference", reference ?? ""), ("began", began.exact), ("ended", ended?.exact ?? ""), ("outcome", outcome.text),
      ("outcome reason", reason ?? ""),
    ]
    facts += tally.map { ("answers \($0.standing.text)", "\($0.count)") }
    facts.append(("exceptions", exceptionLine))
    facts += resumptions.map { ("resumed", "\($0.time.exact) by \($0.user)@\($0.host), \($0.tool)") }
    facts += redactions.map { ("blanked line \($0.line)", "\($0.time.exact): \($0.reason)") }
    return facts + [("journal lines", "\(lines)"), ("final digest", digest)]
  }
}

extension Form.Row {
  fileprivate func csvRows(run: String) -> [CSVRow] {
    guard let filling else { return [] }
    var blank = CSVRow(run: run, type: "step", number: number, step: step, title: title, isRequired: isRequired)
    blank.state = filling.state.text
    let needsBlank = filling.openRound != nil || !filling.visits.contains(where: \.isStanding)
    var rows = needsBlank ? [blank] : []
    if needsBlank { rows[0].round = filling.openRound }
    for visit in filling.visits {
      var row = blank
      row.state = visit.isEarlier ? "earlier" : visit.round == nil ? filling.state.text : visit.state.text
      row.round = visit.round
      row.answer = visit.answer ?? ""
      row.standing = visit.standing.text
      row.by = visit.by ?? ""
      row.mouth = visit.mouth
      row.at = visit.time.exact
      row.reason = visit.reason ?? ""
      rows.append(row)
      rows += visit.parts.map {
        CSVRow(
          run: run, type: "part", number: number, step: step, title: $0.title, answer: $0.text, at: visit.time.exact,
          round: visit.round)
      }
    }
    rows += filling.notes.map {
      CSVRow(
        run: run, type: "note", number: number, step: step, title: title, answer: $0.text, mouth: $0.mouth,
        at: $0.time.exact, round: $0.round)
    }
    return rows
  }
}

extension Form.Exception {
  fileprivate func csvRow(run: String) -> CSVRow {
    var csv = CSVRow(run: run, type: "exception", number: number, step: step, title: stepTitle)
    csv.state = kind.code
    csv.answer = what
    csv.at = raised.exact
    csv.by = warning ?? ""
    csv.reason = accepted ?? ""
    csv.resolution = resolution.code
    csv.resolved = resolved?.exact ?? ""
    csv.round = round
    return csv
  }
}
