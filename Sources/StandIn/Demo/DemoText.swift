/// A page of the demo as plain text, for whoever has no browser: each form is a command to copy.
struct DemoText {
  let page: DemoPage
  /// Where the pages begin: `http://127.0.0.1:PORT/TOKEN/`.
  let root: String

  var text: String {
    ([DemoPage.banner, "", page.title, ""] + page.blocks.flatMap(lines)).joined(separator: "\n") + "\n"
  }

  // MARK: - Private

  private func lines(_ block: DemoPage.Block) -> [String] {
    switch block {
    case .text(let text): [text, ""]
    case .problem(let text): ["NOT DONE: \(text)", ""]
    case .fact(let name, let value): ["\(name):", "  \(value)", ""]
    case .link(let text, let path): ["\(text):", "  curl -sL \(root)\(path)", ""]
    case .heading(let text): [text, ""]
    case .form(let form): form.fields.flatMap(lines) + command(form) + [""]
    }
  }

  private func lines(_ field: DemoPage.Field) -> [String] {
    let hint = field.hint.isEmpty ? [] : ["  \(field.hint)"]
    guard case .ticks(let ticks) = field.kind else { return ["\(field.name): \(field.title)"] + hint }
    return ["\(field.name): \(field.title), each with a -d of its own"] + hint
      + ticks.map { "  \($0.value): \($0.title)\($0.isOn ? " (on)" : "")" }
  }

  /// Only what the page itself says goes into it: letters, digits, hyphens and dots, so that no shell reads it otherwise.
  private func command(_ form: DemoPage.Form) -> [String] {
    var words = ["curl -sL"]
    for field in form.fields {
      if case .ticks(let ticks) = field.kind {
        let on = ticks.filter(\.isOn).map(\.value)
        words += (on.isEmpty ? [field.example] : on).map { "-d \(field.name)=\($0)" }
      } else {
        words.append("-d \(field.name)=\(field.example)")
      }
    }
    // Without anything to send it would not be sent as a form.
    if form.fields.isEmpty { words.append("-d sure=yes") }
    return ["\(form.button), with your own words in it:", "  " + (words + [root + form.action]).joined(separator: " ")]
  }
}
