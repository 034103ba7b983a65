public import FlowCore
import PlainText
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
///
/// - Parameter isFull: whether the pages have the whole procedure, and not only what was done. JSON and CSV always have it.
/// - Throws: `ExportError`, if a part of this program is broken; no record is refused.
public func export(
  _ record: Record, as format: ExportFormat, isFull: Bool = false
) throws(ExportError) -> String {
  switch format {
  case .markdown where record.header.format < 2: try FirstMarkdown.page(Form(record, isFull: isFull), of: record)
  case .markdown: try Markdown.page(Form(record, isFull: isFull), of: record)
  case .html: try HTML.page(Form(record, isFull: isFull), of: record)
  case .json: record.json()
  case .csv: record.csv()
  case .script: record.script()
  }
}

/// Turns a flow into a blank checklist, with the numbers and texts that its records have.
///
/// - Throws: `ExportError`, if a part of this program is broken; no flow is refused.
public func printBlank(_ flow: Flow, as format: BlankFormat) throws(ExportError) -> String {
  switch format {
  case .markdown: try Markdown.page(Form(flow))
  case .html: try HTML.page(Form(flow))
  }
}

/// Turns a record into the filled-in checklist as a terminal shows it: the lines of the Markdown, without its escapes.
///
/// - Throws: `ExportError`, if a part of this program is broken; no record is refused.
public func show(_ record: Record, isFull: Bool = false) throws(ExportError) -> String {
  try PlainForm.page(Form(record, isFull: isFull), of: record)
}

/// The JSON Schema (2020-12) of `ExportFormat.json`, version 1: what stays as it is while `format` is 1.
public var exportSchema: String { Resources.exportSchemaJson }
