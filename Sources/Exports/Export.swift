public import FlowCore
public import Records

/// The formats a record can be written in.
public enum ExportFormat: String, CaseIterable, Sendable {
  case markdown, html, json, csv, script
}

/// The formats a flow can be printed in before anybody has walked it.
public enum BlankFormat: String, CaseIterable, Sendable {
  case markdown, html
}

/// Turns a record into text; an unfinished run is exported as such.
///
/// Every format says the same, since all but the script are made from one form. Nothing is written.
/// - Throws: `ExportError`, if a part of this program is broken; no record is refused.
public func export(_ record: Record, as format: ExportFormat) throws(ExportError) -> String {
  switch format {
  case .markdown: try Page.markdown.rendered(Form(record))
  case .html: try Page.html.rendered(Form(record))
  case .json: try Form(record).json()
  case .csv: Form(record).csv()
  case .script: record.script()
  }
}

/// Turns a flow into a blank checklist, with the numbers and texts that its records have.
///
/// - Throws: `ExportError`, if a part of this program is broken; no flow is refused.
public func printBlank(_ flow: Flow, as format: BlankFormat) throws(ExportError) -> String {
  switch format {
  case .markdown: try Page.markdown.rendered(Form(flow))
  case .html: try Page.html.rendered(Form(flow))
  }
}

/// Why a record could not be turned into text: always a fault of this program, never of the record.
public enum ExportError: Error, Equatable, CustomStringConvertible {
  case template(page: String, reason: String)
  case encoding(reason: String)

  public var description: String {
    switch self {
    case .template(let page, let reason): "the \(page) template built into this program can't be read: \(reason)"
    case .encoding(let reason): "the record could not be written as JSON: \(reason)"
    }
  }

  /// What to do next.
  public var hint: String {
    "the record itself is unharmed; export it in another format, such as csv, and report this as a bug"
  }
}
