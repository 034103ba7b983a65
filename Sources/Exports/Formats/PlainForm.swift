import FlowCore
import PlainText
import Records

/// The layout of the Markdown page as plain text, for a terminal: nothing in it is taken as markup there.
enum PlainForm: Markup {
  static func page(_ form: Form, of record: Record) throws(ExportError) -> String {
    try PageTemplate<PlainForm>("page", in: Resources.markdown).rendered(.page(form, of: record))
  }

  static func escape(_ text: String) -> String { display(text) }
  static func link(_ link: Form.Link) -> String { link.address }
  static func filled(_ answer: String) -> String { display(answer) }
}
