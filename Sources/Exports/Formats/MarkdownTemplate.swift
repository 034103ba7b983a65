/// The form as GitHub-flavoured Markdown: a task list, whose boxes are ticked only for what stands.
///
/// No text stands at the beginning of a line, where it could begin a heading, a list or a box.
let markdownTemplate = """
  # {{title}}

  {{#run}}
  Record of run {{id}}: **{{outcome.text}}**{{#.reason}}, {{.}}{{/.reason}}

  {{/run}}
  {{^run}}
  A blank checklist: {{summary}}

  {{/run}}
  - Flow: {{flow}}, version {{version}}
  {{#run}}
  - Tool: Keyusher {{tool}}
  - User and host: {{user}}@{{host}}
  {{#.performer}}
  - Performer: {{.}}
  {{/.performer}}
  {{#.owner}}
  - Owner of the key: {{.}}
  {{/.owner}}
  {{#.reference}}
  - Reference: {{.}}
  {{/.reference}}
  - Began: {{began.minute}}
  - Ended: {{#.ended}}{{minute}}{{/.ended}}{{^.ended}}not yet{{/.ended}}
  {{#.lastResumed}}
  - Resumed: {{#timesResumed}}{{.}}, each listed below; last {{/timesResumed}}\(markdownResumed)
  {{/.lastResumed}}
  - Stands: {{tallyLine}}
  - Exceptions: {{exceptionLine}}
  {{/run}}
  {{^run}}
  {{#minutes}}
  - Takes: about {{.}} minutes
  {{/minutes}}
  {{#needs}}
  - At hand: {{.}}
  {{/needs}}
  - Run: ________________
  - Began: ________________
  {{/run}}

  {{#.tags}}
  {{.}}

  {{/.tags}}
  ## Steps

  {{^run}}
  {{#.again}}
  {{.}}

  {{/.again}}
  {{/run}}
  {{#rows}}
  - [{{#.filling}}{{#isTicked}}x{{/isTicked}}{{^isTicked}} {{/isTicked}}{{/.filling}}{{^.filling}} {{/.filling}}] **{{number}}. {{title}}**{{#isRequired}} (required){{/isRequired}}
  {{^.filling}}
  {{#.only}}
    - *Only {{.}}*
  {{/.only}}
  {{/.filling}}
  {{#instructions}}
    - To do: \(markdownText)
  {{/instructions}}
  {{#.question}}
    - Question: \(markdownText)
  {{/.question}}
  {{#choices}}
    - Choice: {{#isChosen}}**{{/isChosen}}{{#title}}\(markdownText){{/title}}{{#isChosen}}** (chosen){{/isChosen}}
  {{/choices}}
  {{#takes}}
    - Takes: {{.}}
  {{/takes}}
  {{#.address}}
    - Address: \(markdownLink){{^.link}}{{text}}{{/.link}}
  {{/.address}}
  {{#.source}}
    - Page: {{.}}
  {{/.source}}
  {{#.factsLine}}
    - Facts: {{.}}
  {{/.factsLine}}
  {{#.filling}}
  {{#.pointer}}
    - *{{text}}*
  {{/.pointer}}
  {{#entry}}
  \(markdownEntry)
  {{/entry}}
  {{/.filling}}
  {{^.filling}}
    - Answer: ________________ at: ________________
  {{#leads}}
    - {{.}}
  {{/leads}}
  {{/.filling}}
  {{#.loop}}
  {{#rounds}}
  - **Round {{number}} of {{count}}{{#.name}}: {{.}}{{/.name}}**
  {{#lines}}
    - [{{#isTicked}}x{{/isTicked}}{{^isTicked}} {{/isTicked}}] {{row}}. {{title}}
  {{#entry}}
  \(markdownEntry.deeper)
  {{/entry}}
  {{/lines}}
  {{/rounds}}
  {{/.loop}}
  {{/rows}}
  {{^run}}

  ## How it can end

  {{#ends}}
  - [ ] **{{title}}** ({{outcome.text}}){{#.when}}, {{.}}{{/.when}}
  {{#.reason}}
    - Because: \(markdownText)
  {{/.reason}}
  {{#next}}
    - Next: \(markdownText)
  {{/next}}
  {{#reminders}}
    - {{when}}: {{#text}}\(markdownText){{/text}}
  {{/reminders}}
  {{/ends}}
  {{/run}}

  ## Exceptions

  {{#run}}
  {{^exceptions}}
  no exceptions
  {{/exceptions}}
  {{#exceptions}}
  {{number}}. Step {{row}}, {{stepTitle}}{{#.round}}, round {{number}}{{/.round}}, {{raised.minute}}: **{{kind.text}}**{{#.warning}} {{.}}{{/.warning}}: {{what}} → **{{resolution.text}}**{{#.accepted}}: {{.}}{{/.accepted}}{{#.resolved}} ({{minute}}){{/.resolved}}
  {{/exceptions}}
  {{/run}}
  {{^run}}
  Number, step, time, what happened, what was done about it:

  ________________
  {{/run}}
  {{#run}}

  ## Look again

  {{^reminders}}
  no reminders
  {{/reminders}}
  {{#reminders}}
  - {{day}}: {{#text}}\(markdownText){{/text}}
  {{/reminders}}
  {{#.timesResumed}}

  ## Resumed {{.}}

  {{#resumptions}}
  - \(markdownResumed)
  {{/resumptions}}
  {{/.timesResumed}}

  ## Final digest

  `{{digest}}`

  It covers the {{lines}} lines of this run's journal. `keyusher audit {{id}}` checks them. That whole lines were cut from the end can only be seen by comparing with a digest kept elsewhere, such as on this page.
  {{#redactions}}

  - Line {{line}} was blanked on {{time.minute}}: {{reason}}
  {{/redactions}}

  ## How to read it

  \(markdownLegend)
  {{/run}}

  ## Signatures

  - Performer: name ________________ date ________________ signature ________________
  - Witness: name ________________ date ________________ signature ________________

  """

/// The one place where nothing is escaped: the characters of a link are known.
private let markdownLink = "{{#.link}}<{{{.}}}>{{/.link}}"

/// What is said of a step, in the list of its row.
private let markdownEntry = """
  {{#.status}}
    - **{{.}}**
  {{/.status}}
  {{#visits}}
    - {{#isEarlier}}Earlier: {{/isEarlier}}{{#isScripted}}*scripted, no person said so*{{/isScripted}}{{^isScripted}}**{{standing.text}}**{{/isScripted}}{{#.by}}: {{.}}{{/.by}}{{#.reason}}: {{.}}{{/.reason}}{{#.answer}} → {{.}}{{/.answer}} ({{mouth.text}}, {{time.minute}})
  {{#parts}}
      - {{title}}: {{text}}
  {{/parts}}
  {{/visits}}
  {{#notes}}
    - Note: {{text}} ({{mouth.text}}, {{time.minute}})
  {{/notes}}
  """

extension String {
  /// The same lists one level deeper.
  fileprivate var deeper: String {
    split(separator: "\n").map { $0.hasPrefix("  ") ? "  \($0)" : "\($0)" }.joined(separator: "\n")
  }
}

/// A text of the flow.
private let markdownText = """
  {{#pieces}}\(markdownLink){{^.link}}{{#.filled}}{{.}}{{/.filled}}{{^.filled}}{{text}}{{/.filled}}{{/.link}}{{/pieces}}
  """

private let markdownResumed = """
  {{time.minute}} by {{user}}@{{host}}, Keyusher {{tool}}{{#.noticed}}; {{.}}{{/.noticed}}
  """

private let markdownLegend =
  meanings.map { code, text, meaning in
    let mark = code == "scripted" ? "*" : "**"
    return "- \(mark)\(text)\(mark): \(meaning)"
  }.joined(separator: "\n") + "\n- \\[in brackets\\]: \(meaningOfBrackets)"
