import FlowCore
import PlainText
import Records

extension Record {
  /// Writes the form as a table for spreadsheets: RFC 4180, UTF-8, lines ended by CR LF.
  ///
  /// `row_type` is `run` (a fact of the whole run: `title` names it, `answer` gives it), `step` (one row a visit, the one
  /// that stands first; one row too for a step without a visit, and where the run stands), `part` (of a credential),
  /// `note`, `exception` or `reminder`. Of a step that was come to in several rounds of a loop the visits stand in the order
  /// of the rounds; `loop` and `round` count both from 1, and a `state` of `earlier` means taken back within the round.
  /// Every row has the run's id, so that the tables of many runs can stand in one sheet. Since format 2 of the journal five
  /// columns more, behind the others, have the key that was made last: its exchange, its label, the part by which it is
  /// listed, its store and its name there.
  func csv() -> String {
    let run = header.run
    var rows = facts.map { CSVRow(run: run, type: "run", title: $0, answer: $1) }
    rows += Form(self).rows.flatMap { $0.csvRows(run: run) }
    rows += exceptions.map { csvRow(of: $0) }
    rows += lookAgain.map { CSVRow(run: run, type: "reminder", title: $0.text.plain, answer: $0.day) }
    let (names, key) = header.format < 2 ? ([], []) : (CSVRow.columnsOfKey, cellsOfKey)
    let lines = [CSVRow.columns + names] + rows.map { $0.cells + key }
    return lines.map(csvLine).joined()
  }
}

/// One row of a table for spreadsheets: RFC 4180, UTF-8, ended by CR LF.
public func csvLine(_ cells: [String]) -> String { cells.map(csvCell).joined(separator: ",") + "\r\n" }

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

  static let columnsOfKey = ["exchange", "label", "listed", "store", "key"]

  var run: String
  var type: String
  var number: String?
  var step = ""
  var title = ""
  var isRequired: Bool?
  var state = ""
  var answer = ""
  var standing = ""
  var by = ""
  var source: AnswerSource?
  var at = ""
  var reason = ""
  var resolution = ""
  var resolved = ""
  var round: Record.Round?

  var cells: [String] {
    [
      run, type, number ?? "", step, title, isRequired.map { $0 ? "yes" : "no" } ?? "", state, answer,
      standing, by, source?.code ?? "", source?.digest ?? "", at, reason, resolution, resolved,
      round.map { "\($0.loop)" } ?? "", round.map { "\($0.number)" } ?? "",
    ]
  }
}

extension Record {
  fileprivate var cellsOfKey: [String] {
    [flow.provider, madeKey?.label ?? "", madeKey?.listed ?? "", madeKey?.store ?? "", madeKey?.name ?? ""]
  }

  fileprivate var facts: [(String, String)] {
    var facts = [
      ("flow", flow.id), ("flow version", "\(flow.version)"), ("flow title", flow.title.onOneLine),
      ("tool version", header.toolVersion), ("user", header.user), ("host", header.host),
      ("performer", header.performer ?? ""), ("owner", header.owner ?? ""), ("reference", header.reference ?? ""),
      ("began", header.began.description), ("ended", ended?.description ?? ""), ("outcome", outcomeWord),
      ("outcome reason", outcomeReason ?? ""),
    ]
    facts += tally(in: Standing.words).map { ("answers \($0.word)", "\($0.count)") }
    facts.append(("exceptions", exceptionTally))
    facts += resumptions.map { ("resumed", "\($0.at) by \($0.by.user)@\($0.by.host), \($0.by.toolVersion)") }
    facts += redactions.map { ("blanked line \($0.line)", "\($0.at): \($0.reason)") }
    return facts + [("journal lines", "\(lines)"), ("final digest", finalDigest)]
  }

  fileprivate func csvRow(of dated: DatedException) -> CSVRow {
    let exception = dated.exception
    var row = CSVRow(run: header.run, type: "exception", number: "\(exception.number)", step: exception.step.rawValue)
    row.title = flow.title(of: exception.step)
    row.state = exception.kind.rawValue
    row.answer = exception.what
    row.at = dated.raised.description
    row.by = exception.code ?? ""
    row.reason = exception.acceptance ?? ""
    row.resolution = exception.resolutionCode
    row.resolved = dated.resolved?.description ?? ""
    row.round = dated.round
    return row
  }
}

extension Form.Row {
  fileprivate func csvRows(run: String) -> [CSVRow] {
    guard let filling else { return [] }
    var blank = CSVRow(
      run: run, type: "step", number: number, step: step.id.rawValue, title: title, isRequired: step.required)
    blank.state = filling.state.words
    var rows: [CSVRow] = []
    if filling.openRound != nil || !filling.visits.contains(where: \.isStanding) {
      rows = [blank]
      rows[0].round = filling.openRound
    }
    for said in filling.visits {
      let (visit, at) = (said.visit, said.visit.at.description)
      var row = blank
      row.state = said.isEarlier ? "earlier" : visit.round == nil ? filling.state.words : said.state.words
      row.round = visit.round
      row.answer = said.answer ?? ""
      row.standing = visit.standing.word
      row.by = said.by ?? ""
      row.source = visit.source
      row.at = at
      row.reason = said.reason ?? ""
      rows.append(row)
      rows += said.parts.map {
        CSVRow(
          run: run, type: "part", number: number, step: step.id.rawValue, title: $0.title, answer: $0.words(.first),
          at: at,
          round: visit.round)
      }
    }
    rows += filling.notes.map {
      CSVRow(
        run: run, type: "note", number: number, step: step.id.rawValue, title: title, answer: $0.text,
        source: $0.source, at: $0.at.description, round: $0.round)
    }
    return rows
  }
}
