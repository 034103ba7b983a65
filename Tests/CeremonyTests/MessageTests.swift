import CustomDump
import FlowCore
import Records
import Testing

@testable import Ceremony

/// Every message, literally.
@Suite struct MessageTests {
  private let step = Step(id: "label", title: "Label", body: .text(TextRule()))

  private static let problems: [(Problem, String)] = [
    (.empty, "Nothing was typed, and there is no default here."),
    (.yesOrNo("perhaps"), "'perhaps' is neither yes nor no."),
    (.noSuchOption("spit", nearest: "spot"), "There is no 'spit' here; did you mean 'spot'?"),
    (
      .noSuchOption("a very long text that nobody reads", nearest: nil),
      "There is no 'a very long text that n…' here. Give a number or a name from the list."
    ),
    (.noSuchOption("quit", nearest: nil), "Commands begin with a colon: :quit."),
    (.noSuchOption("Status", nearest: nil), "Commands begin with a colon: :status."),
    (.noSuchOption("quite", nearest: nil), "There is no 'quite' here. Give a number or a name from the list."),
    (.ambiguous("s", ["spot read only", "sub-account"]), "'s' could be spot read only or sub-account."),
    (.disabled("spot", reason: "A tracker only reads."), "'spot' can't be chosen: A tracker only reads."),
    (.shape(.tooShort(count: 1, least: 2), message: "Two at least."), "Two at least."),
    (.shape(.tooShort(count: 1, least: 2), message: nil), "It has 1 character; 2 are the least."),
    (.shape(.tooLong(count: 9, most: 3), message: nil), "It has 9 characters; 3 are the most."),
    (.shape(.character(at: 3, "é"), message: nil), "Character 3, 'é', can't stand here."),
    (.shape(.character(at: 3, "\u{1B}"), message: nil), "Character 3, '\\x1B', can't stand here."),
    (.shape(.character(at: 3, nil), message: nil), "Character 3 is of a kind that should not be there."),
    (.shape(.prefix("sk-"), message: nil), "It should begin with 'sk-'."),
    (.shape(.suffix("=="), message: nil), "It should end with '=='."),
    (
      .shape(.address("203.0.113"), message: nil),
      "'203.0.113' has 3 numbers; an address has four."
    ),
    (
      .shape(.address("1.2.3.256"), message: "Commas between."),
      "'1.2.3.256': 256 is too large; each of the four numbers is at most 255. Commas between."
    ),
    (.shape(.address(""), message: nil), "A comma has no address before it, or none behind it."),
    (
      .shape(.address("10.0.0.0/24"), message: nil), "'10.0.0.0/24' is a range; the list takes single addresses alone."
    ),
    (
      .shape(.address("10.0.0.0/08"), message: nil),
      "'10.0.0.0/08': behind the '/' of a range stands a number up to 32."
    ),
    (.shape(.address("::1/129"), message: nil), "'::1/129': behind the '/' of a range stands a number up to 128."),
    (
      .shape(.address("::1"), message: nil),
      "'::1' is an IPv6 address; the list takes IPv4 alone, such as 203.0.113.7."
    ),
    (
      .shape(.address("10.0.0.07"), message: nil),
      "'10.0.0.07': a number begins with 0. Leave that out: it is read in two ways."
    ),
    (
      .shape(.address("home\u{1B}"), message: nil),
      "'home\\x1B' is no address that the list takes. One looks like 203.0.113.7."
    ),
    (.wrongWord(expected: "coins"), "That was not the word. To go on, type coins exactly; Enter goes back."),
    (.notTheKindOfAnswer, "That does not answer this question."),
    (.requiredStep, "This step can't be skipped: the record would mean nothing without it. :quit stops for now."),
    (.skipNeedsReason, "A skip needs its reason, for the record: :skip and then why."),
    (.nothingToSkip, "There is nothing to skip here."),
    (.nothingBefore, "This is the first question."),
    (.keyAlreadyKept, "The key is already kept; going back can't take it again."),
    (.alreadyActedOn, "That was acted on: what is deleted or renamed in a store stays so. Say more with :note."),
    (.onlyTheCredential, "The key is in hand: only the credential is asked until it is kept."),
    (.noSuchNumber("12"), "There is no number 12 here."),
    (.keepingFailed("the vault is sealed"), "It was not kept: the vault is sealed"),
    (.lastFourDiffer, "Those are not the last four characters of what you pasted. Look at your copy again."),
    (.commandNeedsText("note"), ":note needs some words after it."),
    (.unknownCommand(":skp", nearest: ":skip"), "There is no command :skp; did you mean :skip?"),
    (
      .unknownCommand(":xyzzy", nearest: nil),
      "There is no command :xyzzy. Type ? for those there are, or :: for a text that begins with a colon."
    ),
    (.noAddress, "This step has no address to open."),
    (.looksLikeSecret, "That looks like a secret."),
  ]

  @Test(arguments: problems) func `every problem says what is wrong`(_ problem: Problem, _ words: String) {
    expectNoDifference(problem.words(at: step), words)
  }

  @Test func `a line of a record says in words what nobody can tell`() {
    let event = Event.observed("clock", Observation(.notKnowable, by: "no clock"))
    let entry = Entry(line: 3, at: Timestamp(milliseconds: 0), event: event)
    expectNoDifference(Framing.line(entry).text, "3 1970-01-01 00:00 UTC clock: nobody can tell")
  }

  @Test func `what is quoted can't steer the terminal`() {
    expectNoDifference(Problem.yesOrNo("\u{1B}[2J\n").words(at: step), "'\\x1B[2J\\x0A' is neither yes nor no.")
  }

  private static let standings: [(Standing, String, String)] = [
    (.answered, "spot bot", "spot bot"), (.claimed, "you said: spot bot", "spot bot (you said)"),
    (.scripted, "the script said: spot bot", "spot bot (the script said)"),
    (.verified(.yes, by: "by looking"), "Keyusher saw: spot bot; by looking", "spot bot (Keyusher saw)"),
    (
      .verified(.no, by: "by looking"), "Keyusher saw otherwise: spot bot; by looking",
      "spot bot; by looking (Keyusher saw otherwise)"
    ),
    (
      .verified(.notKnowable, by: "by looking"), "nobody can tell: spot bot; by looking",
      "spot bot; by looking (nobody can tell)"
    ), (.skipped(reason: "no\u{9B}need"), "skipped: no\\x9Bneed", "skipped: no\\x9Bneed"),
  ]

  @Test(arguments: standings) func `every standing is told from the others`(
    _ standing: Standing, _ before: String, _ after: String
  ) {
    expectNoDifference([standing.words(before: "spot bot"), standing.words(after: "spot bot")], [before, after])
  }

  @Test func `the means are not said twice`() {
    expectNoDifference(
      Standing.verified(.yes, by: "by looking").words(before: "yes: by looking"), "Keyusher saw: by looking")
  }

  private static let exceptions: [(RunException.Kind, RunException.Resolution, String)] = [
    (.skip, .recorded, "exception 4: skipped: what\\x07happened"),
    (.pageDiffers, .recorded, "exception 4: page differs: what\\x07happened"),
    (.override, .recorded, "exception 4: danger taken: what\\x07happened"),
    (.correction, .recorded, "exception 4: answer changed: what\\x07happened"),
    (.interruption, .open, "exception 4: interrupted: what\\x07happened; open"),
    (.interruption, .corrected, "exception 4: interrupted: what\\x07happened; resumed"),
    (.warning, .corrected, "exception 4: warning: what\\x07happened; corrected"),
    (.warning, .accepted(reason: "so be it"), "exception 4: warning: what\\x07happened; accepted: so be it"),
  ]

  @Test(arguments: exceptions) func `every exception says its number, its kind and how it stands`(
    _ kind: RunException.Kind, _ resolution: RunException.Resolution, _ words: String
  ) {
    let exception = RunException(
      number: 4, step: "label", kind: kind, code: nil, what: "what\u{7}happened", resolution: resolution)
    expectNoDifference(exception.words + (exception.resolutionWords.map { "; \($0)" } ?? ""), words)
  }

  @Test func `a page instruction says where it comes from, and whether anybody saw the page`() {
    expectNoDifference(
      [
        PageSource(description: "Gate's help", date: "2026-05-27").words,
        PageSource(description: "Gate's help", date: "2026-05-27", says: "the fields of the form").words,
        PageSource(description: "Gate's help", date: "2026-05-27", seenLive: "2026-06-01").words,
      ],
      [
        "Described from Gate's help, 2026-05-27; not checked on the live page.",
        "Described from Gate's help, 2026-05-27 (for the fields of the form); not checked on the live page.",
        "Seen on the live page on 2026-06-01.",
      ])
  }
}
