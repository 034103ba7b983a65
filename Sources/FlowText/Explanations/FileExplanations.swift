extension Explanation {
  /// What is wrong with a file as such, before anybody asks what it says.
  static let file: [Explanation] = [
    Explanation(
      .notUTF8, "the file is not UTF-8",
      means:
        "The file holds bytes that no UTF-8 text has. It was probably saved in an older encoding, such as Latin-1.",
      matters:
        "In another encoding the same bytes are other words: what a person reads would depend on their computer.",
      bad: .flow(#"title: Schl\xFCssel erneuern"#), mended: .flow("title: Schlüssel erneuern")),
    Explanation(
      .tooLarge, "the file has more than 4 MiB",
      means:
        "A flow has some kilobytes; even one of ten thousand steps is far below 4 MiB. This is probably another file.",
      matters: "What a file costs in time and memory is bounded, so that a wrong or hostile file can't stop the tool.",
      bad: .flow("# one line of a very long comment", times: 200_000), mended: .flow("# one line of a comment")),
    Explanation(
      .controlCharacter, "a character that could steer a terminal, or hide or reorder text",
      means:
        "The text holds a character that shows nothing: an escape, a zero-width space, a mark that turns the order of "
        + "letters round. Texts never need one; it often comes along when text is copied from a page.",
      matters: "Such a character can make a screen show something else than what the file says.",
      bad: .steps(#"- {id: form, kind: tell, title: "Press \xE2\x80\xAE create"}"#),
      mended: .steps("- {id: form, kind: tell, title: Press create}")),
    Explanation(
      .syntax, "this is not YAML",
      means:
        "The YAML parser can't go on here. Mostly a quote is missing, a text with ': ' in it has none, a line is not "
        + "indented like its neighbours, or a tab stands where spaces belong.",
      matters: "Nothing behind this place can be read, so mend it first; other findings may follow.",
      bad: .steps("- {id: form, kind: tell, title: A}\n- id: page\n  kind: tell\n  title: The page: API keys"),
      mended: .steps("- {id: form, kind: tell, title: A}\n- id: page\n  kind: tell\n  title: \"The page: API keys\"")),
    Explanation(
      .emptyFile, "the file holds nothing",
      means: "There is no flow in the file, only comments or white space.",
      matters: "A file that was cut off while it was saved looks like this.",
      bad: .flow("# Rotate a key"),
      mended: .flow("format: 1\nflow: example/key\n# and so on")),
    Explanation(
      .severalDocuments, "the file holds a second YAML document",
      means: "A line '---' begins a second document. One file holds one flow.",
      matters: "Only one of the two would be run, and nobody could see which.",
      bad: .flow("format: 1\nflow: example/key\n---\nformat: 1\nflow: example/other"),
      mended: .flow("format: 1\nflow: example/key")),
    Explanation(
      .tooDeep, "more than 32 levels",
      means: "Lists and keys stand within each other more than 32 levels deep.",
      matters: "No flow needs this, and a file made of brackets alone could exhaust the computer.",
      bad: .flow("steps: " + String(repeating: "[", count: 40) + String(repeating: "]", count: 40)),
      mended: .flow("steps: []")),
    Explanation(
      .anchor, "a '&name' of YAML",
      means: "YAML calls '&name' an anchor: a name for what follows, to be put elsewhere. Flows take none.",
      matters: "Who reads a flow must see at each place what it says, without looking for it elsewhere.",
      bad: .steps("- {id: form, kind: tell, title: &form Open the form}"),
      mended: .steps("- {id: form, kind: tell, title: Open the form}")),
    Explanation(
      .alias, "a '*name' of YAML",
      means: "YAML calls '*name' an alias: what was named '&name' elsewhere is to stand here. Flows take none.",
      matters: "Aliases of aliases make a small file endlessly large, and nobody can read what it says.",
      bad: .steps("- {id: form, kind: tell, title: Form, why: *reason }"),
      mended: .steps("- {id: form, kind: tell, title: Form, why: \"*Reason*: a key is made here.\"}")),
    Explanation(
      .tag, "a '!tag' of YAML",
      means: "YAML calls '!word' a tag: it says what kind of value follows. In a flow every value is a text.",
      matters: "Tags make parsers build things out of text. A text that begins with '!' needs quotes.",
      bad: .steps("- {id: form, kind: tell, title: !important Open the form}"),
      mended: .steps("- {id: form, kind: tell, title: \"!important: open the form\"}")),
    Explanation(
      .duplicateKey, "a key stands twice in one place",
      means: "The same key stands twice within the same step, option or list entry. The finding is at the second.",
      matters: "Only one of the two can hold, and readers of YAML do not agree on which.",
      bad: .steps("- {id: form, kind: tell, title: Form, why: A key is made here., why: Because.}"),
      mended: .steps("- {id: form, kind: tell, title: Form, why: A key is made here.}")),
    Explanation(
      .tooMany, "more than 100 findings, or the same ones over and over",
      means: "The file has so many mistakes that the rest is left out. Mend the first ones; mostly many come of one.",
      matters: "A list that nobody reads to its end helps nobody.",
      bad: .steps("- {kind: tell}", times: 101), mended: .steps("- {id: form, kind: tell, title: Form}")),
  ]
}
