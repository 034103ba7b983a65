extension Explanation {
  /// What is wrong with texts, and with the pages that they send people to.
  static let texts: [Explanation] = [
    Explanation(
      .staleSource, "nobody looked at a source for long",
      means:
        "The step describes a page, and the later of 'date' and 'seen-live' is more days ago than is allowed. Compare the "
        + "step with the page, and write the day. It is looked for only where an age is given.",
      matters: "Exchanges move their buttons. A description that is a year old sends people to a page that is gone.",
      bad: .steps("- {id: form, kind: tell, title: Form, source: {from: its help pages, date: 2024-05-27}}"),
      mended: .steps(
        "- {id: form, kind: tell, title: Form, source: {from: its help pages, date: 2024-05-27, seen-live: 2026-11-01}}"
      )),
    Explanation(
      .futureSource, "a source names a day that is still to come",
      means:
        "The 'date' or 'seen-live' of the source lies behind the day of the lint. Mostly a digit is wrong, or the clock "
        + "of this computer.",
      matters:
        "The day tells how far a description can be trusted. A later one hides for long that nobody looks at it.",
      bad: .steps("- {id: form, kind: tell, title: Form, source: {from: its help pages, date: 2062-05-27}}"),
      mended: .steps("- {id: form, kind: tell, title: Form, source: {from: its help pages, date: 2026-05-27}}")),
    Explanation(
      .unofficialHost, "an address leads to a host that is not the provider's",
      means:
        "The pack of the provider says under 'hosts' which hosts are its own, and this one is none of them. It is looked "
        + "for in 'url' and in every text.",
      matters: "A key that is made on a page that only looks like the exchange belongs to somebody else.",
      bad: .steps("- {id: form, kind: tell, title: Form, say: Open https://www.example.com.evil.test/keys.}"),
      mended: .steps("- {id: form, kind: tell, title: Form, say: Open https://www.example.com/keys.}")),
    Explanation(
      .longText, "a text of more than 18 lines at 76 columns",
      means:
        "The text does not fit a screen of 24 lines beside its title and its question. Shorten it, or make two steps of "
        + "it. 'say' counts as a whole.",
      matters: "What is first scrolls away before it is read, and it is mostly what matters.",
      bad: .steps("- id: form\n  kind: tell\n  title: Form\n  why: |\n" + lines(19)),
      mended: .steps("- id: form\n  kind: tell\n  title: Form\n  why: |\n" + lines(3))),
    Explanation(
      .longParagraph, "a paragraph of 'say' of more than 4 lines at 76 columns",
      means: "'say' is a list of paragraphs, and one is too long. Begin another with '- ', or move some into 'help'.",
      matters: "People in the middle of a task read the first lines of a block and pass over the rest.",
      bad: .steps("- id: form\n  kind: tell\n  title: Form\n  say: |\n" + lines(5)),
      mended: .steps("- id: form\n  kind: tell\n  title: Form\n  say: |\n" + lines(4))),
  ]

  private static func lines(_ count: Int) -> String {
    (1...count).map { "    Reason \($0)." }.joined(separator: "\n")
  }
}
