/// A page of the demo as HTML: without script, and without anything from elsewhere.
struct DemoHTML {
  let page: DemoPage
  /// Where the pages begin: `/TOKEN/`.
  let root: String

  var text: String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(escape("\(page.title) - DEMO"))</title>
    <style>\(DemoHTML.style)</style>
    </head>
    <body>
    <header><p>\(escape(DemoPage.banner))</p></header>
    <main>
    <h1>\(escape(page.title))</h1>
    \(page.blocks.map(block).joined(separator: "\n"))
    </main>
    </body>
    </html>

    """
  }

  static let style = """
    :root{color-scheme:light dark;--ink:#1b1b1b;--paper:#fff;--line:#6b6b6b;--link:#0b4fb3;--sign:#fff3c4;--bad:#8f1414}
    @media(prefers-color-scheme:dark){
    :root{--ink:#ededed;--paper:#161616;--line:#9a9a9a;--link:#9cc4ff;--sign:#3d3200;--bad:#ff9d9d}}
    *{box-sizing:border-box}
    body{margin:0;color:var(--ink);background:var(--paper);font:1rem/1.5 system-ui,sans-serif}
    header{background:var(--sign);border-bottom:2px solid var(--line)}
    header p{margin:0 auto;max-width:40rem;padding:.5rem 1rem;font-weight:700}
    main{max-width:40rem;margin:0 auto;padding:0 1rem 2rem}
    h1{font-size:1.5rem;line-height:1.25}
    h2{font-size:1.15rem;margin:2rem 0 .5rem;overflow-wrap:anywhere}
    a{color:var(--link)}
    dl{margin:0 0 1rem}
    dt{font-weight:700;margin-top:.75rem}
    dd{margin:0;overflow-wrap:anywhere}
    code{font:1rem/1.5 ui-monospace,monospace}
    label{display:block;font-weight:700;margin-top:1rem}
    fieldset{border:1px solid var(--line);margin:1.25rem 0;padding:.25rem 1rem 1rem}
    legend{font-weight:700;padding:0 .25rem}
    fieldset label{font-weight:400;margin:0;padding:.35rem 0;display:flex;gap:.75rem;align-items:center}
    input[type=checkbox]{width:1.25rem;height:1.25rem;flex:none}
    input[type=text]{width:100%;font:inherit;color:inherit;background:var(--paper);border:1px solid var(--line);padding:.5rem}
    .hint{margin:.25rem 0;font-weight:400}
    .problem{color:var(--bad);border-left:.3rem solid;padding-left:.75rem;font-weight:700}
    button{font:inherit;font-weight:700;margin-top:1.25rem;padding:.6rem 1.25rem;color:var(--paper);background:var(--link);
    border:2px solid var(--link)}
    :focus-visible{outline:3px solid var(--link);outline-offset:2px}
    """

  // MARK: - Private

  private func block(_ block: DemoPage.Block) -> String {
    switch block {
    case .text(let text): "<p>\(escape(text))</p>"
    case .problem(let text): "<p class=\"problem\" role=\"alert\">\(escape(text))</p>"
    case .fact(let name, let value):
      "<dl><dt>\(escape(name))</dt><dd><code>\(escape(value))</code></dd></dl>"
    case .link(let text, let path): "<p><a href=\"\(escape(root + path))\">\(escape(text))</a></p>"
    case .heading(let text): "<h2>\(escape(text))</h2>"
    case .form(let form):
      """
      <form method="post" action="\(escape(root + form.action))" autocomplete="off">
      \(form.fields.map(field).joined(separator: "\n"))
      <button type="submit">\(escape(form.button))</button>
      </form>
      """
    }
  }

  private func field(_ field: DemoPage.Field) -> String {
    let (name, hintID) = (escape(field.name), "\(field.name)-hint")
    let described = field.hint.isEmpty ? "" : " aria-describedby=\"\(escape(hintID))\""
    let hint = field.hint.isEmpty ? "" : "<p class=\"hint\" id=\"\(escape(hintID))\">\(escape(field.hint))</p>\n"
    switch field.kind {
    case .line, .code:
      let numeric = if case .code = field.kind { " inputmode=\"numeric\"" } else { "" }
      return """
        <label for="\(name)">\(escape(field.title))</label>
        \(hint)<input type="text" id="\(name)" name="\(name)" value="\(escape(field.value))"\(numeric)\(described)>
        """
    case .ticks(let ticks):
      let boxes = ticks.map { tick in
        let checked = tick.isOn ? " checked" : ""
        return "<label><input type=\"checkbox\" name=\"\(name)\" value=\"\(escape(tick.value))\"\(checked)> "
          + "\(escape(tick.title))</label>"
      }
      return """
        <fieldset\(described)><legend>\(escape(field.title))</legend>
        \(hint)\(boxes.joined(separator: "\n"))
        </fieldset>
        """
    }
  }

  private func escape(_ text: String) -> String {
    text.reduce(into: "") { escaped, character in
      switch character {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      default: escaped.append(character)
      }
    }
  }
}
