import PlainText

/// A page of the manual that tells of a kind of file: prose, and tables that are made of what the program goes by.
///
/// The prose is a file of `Resources/manual`. Its first line says what the page tells of; `# TITLE` begins a section,
/// `## TITLE` a part of one; what is indented stands as it is. `{NAME WORD ...}`, alone, is a table of `ManualTables`,
/// and `{see PAGE ...}` names other pages.
struct FileManual {
  let name: String
  let prose: String
  let tables: ManualTables

  var text: String {
    var page = Mdoc()
    let blocks = prose.split(by: "\n\n").map { $0.split(separator: "\n").joined(separator: "\n") }
    page.head(name, "5", is: blocks.first ?? "")
    for block in blocks.dropFirst() { put(block, on: &page) }
    return page.text
  }

  private func put(_ block: String, on page: inout Mdoc) {
    if block.hasPrefix("## ") { return page.subsection(String(block.dropFirst(3))) }
    if block.hasPrefix("# ") { return page.section(String(block.dropFirst(2))) }
    let words = block.hasPrefix("{") ? block.dropFirst().dropLast().split(separator: " ").map(String.init) : []
    switch words.first {
    case "see": page.seeAlso(Array(words.dropFirst()))
    case let name? where tables.put(name, Array(words.dropFirst()), on: &page): break
    default: page.discussion(block)
    }
  }
}
