import FlowCore
import FlowText
import PlainText

// The words of the conversation. They stand together here so that they can be read, and changed, as one voice.

extension Problem {
  /// What is wrong, what would be right.
  func words(at step: Step) -> String {
    switch self {
    case .empty: "Nothing was typed, and there is no default here."
    case .yesOrNo(let text): "'\(text.shortened)' is neither yes nor no."
    case .noSuchOption(let text, let nearest?): "There is no '\(text.shortened)' here; did you mean '\(nearest)'?"
    case .noSuchOption(let text, nil) where Command.names.contains(":\(text.lowercased())"):
      "Commands begin with a colon: :\(text.lowercased())."
    case .noSuchOption(let text, nil): "There is no '\(text.shortened)' here. Give a number or a name from the list."
    case .ambiguous(let text, let ids): "'\(text.shortened)' could be \(ids.joined(separator: " or "))."
    case .disabled(let id, let reason): "'\(id)' can't be chosen: \(reason)"
    case .shape(.address(let entry), let message?): "\(AddressList.flaw(of: entry)) \(message)"
    case .shape(_, let message?): message
    case .shape(let mismatch, nil): mismatch.words
    case .wrongWord(let expected): "That was not the word. To go on, type \(expected) exactly; Enter goes back."
    case .notTheKindOfAnswer: "That does not answer this question."
    case .requiredStep: "This step can't be skipped: the record would mean nothing without it. :quit stops for now."
    case .skipNeedsReason: "A skip needs its reason, for the record: :skip and then why."
    case .nothingToSkip: "There is nothing to skip here."
    case .nothingBefore: "This is the first question."
    case .keyAlreadyKept: "The key is already kept; going back can't take it again."
    case .alreadyActedOn: "That was acted on: what is deleted or renamed in a store stays so. Say more with :note."
    case .onlyTheCredential: "The key is in hand: only the credential is asked until it is kept."
    case .noSuchNumber(let text): "There is no number \(text.shortened) here."
    case .keepingFailed(let reason): "It was not kept: \(reason)"
    case .namingFailed(let reason): "It is in the store, but has no name there yet: \(reason)"
    case .storeFailed(let reason): "That store does not work: \(reason)"
    case .lastFourDiffer: "Those are not the last four characters of what you pasted. Look at your copy again."
    case .commandNeedsText(let command): ":\(command) needs some words after it."
    case .unknownCommand(let word, let nearest?): "There is no command \(word.shortened); did you mean \(nearest)?"
    case .unknownCommand(let word, nil):
      "There is no command \(word.shortened). Type ? for those there are, or :: for a text that begins with a colon."
    case .noAddress: "This step has no address to open."
    case .looksLikeSecret: "That looks like a secret."
    }
  }
}

extension Problem {
  /// The same, without what was typed: a wrong answer may be a password, and is nothing for the record.
  var withoutQuote: Problem {
    switch self {
    case .yesOrNo: .yesOrNo("…")
    case .noSuchOption: .noSuchOption("…", nearest: nil)
    case .ambiguous(_, let titles): .ambiguous("…", titles)
    case .noSuchNumber: .noSuchNumber("…")
    case .unknownCommand: .unknownCommand("…", nearest: nil)
    case .shape(.character(let place, _), let message): .shape(.character(at: place, nil), message: message)
    default: self
    }
  }
}

extension Shape.Mismatch {
  var words: String {
    switch self {
    case .tooShort(let count, let least): "It has \(count) \(characters(count)); \(least) are the least."
    case .tooLong(let count, let most): "It has \(count) \(characters(count)); \(most) are the most."
    case .character(let place, let character?):
      "Character \(place), '\(display(String(character)))', can't stand here."
    case .character(let place, nil): "Character \(place) is of a kind that should not be there."
    case .prefix(let prefix): "It should begin with '\(prefix)'."
    case .suffix(let suffix): "It should end with '\(suffix)'."
    case .address(let entry): AddressList.flaw(of: entry)
    }
  }
}

func characters(_ count: Int) -> String { count == 1 ? "character" : "characters" }

extension String {
  /// Short enough for a sentence, and safe in it.
  var shortened: String { display(count <= 24 ? self : prefix(23) + "…") }
}

extension Standing {
  /// The line after an answer: on whose word it stands, then the answer.
  func words(before answer: String) -> String {
    let told = words(of: answer)
    return teller.map { "\($0): \(told)" } ?? told
  }

  /// The same in a list: the answer, then on whose word it stands.
  func words(after answer: String) -> String {
    // By what it was seen was said when it was, and stands on the record.
    if case .verified(.yes, _) = self, !answer.isEmpty { return "\(answer) (\(teller ?? ""))" }
    let told = words(of: answer)
    return teller.map { "\(told) (\($0))" } ?? told
  }

  private func words(of answer: String) -> String {
    switch self {
    case .answered, .claimed, .scripted: answer
    case .verified(_, let means): answer.isEmpty || answer.hasSuffix(means) ? means : "\(answer); \(means)"
    case .reported(_, let means): means
    case .skipped(let reason): "skipped: \(display(reason))"
    }
  }
}

extension RunException {
  /// `exception 2: page differs: …`
  var words: String { "exception \(number): \(kind.word): \(display(what))" }

  /// The same in a list, with where it happened and what became of it.
  func words(in flow: Flow) -> String {
    let place = flow.number(of: step) ?? "“\(flow[step]?.title ?? step.rawValue)”"
    let said = "exception \(number), at \(place): \(kind.word): \(display(what))"
    return resolutionWords.map { "\(said) (\($0))" } ?? said
  }

  /// What became of it, unless it is only on record.
  var resolutionWords: String? {
    switch resolution {
    case .open, .corrected: resolutionWord
    case .accepted(let reason): "\(resolutionWord): \(display(reason))"
    case .recorded: nil
    }
  }
}

extension PageSource {
  /// Where an instruction comes from, as it may be said.
  var words: String {
    seenLive.map { "Seen on the live page on \($0)." }
      ?? "Described from \(description), \(date)\(says.map { " (for \($0))" } ?? ""); not checked on the live page."
  }
}

enum Phrases {
  static let hint = "At any question: ? help, :why, :back, :skip, :differs, :note, :status, :quit"
  static let briefLeavesOut =
    "Brief: most of what is said is left out; ? and :status tell it."
  /// A key that is known here, as the name of it is asked for.
  ///
  /// - Parameter gone: copies that the run has deleted since.
  static func known(_ key: KnownKey, without gone: Set<CredentialReference>) -> String {
    let words = [
      key.name, key.listed.map { "listed as \($0)..." }, key.made.map { "made \($0)" },
      key.takenIn.map { "taken in \($0)" }, key.program.map { "for \($0)" }, key.owner.map { "owner \($0)" },
    ].compactMap { $0 }
    let copies = key.made == nil ? key.copies.filter { !gone.contains($0) }.map { "kept as \($0.place)" } : []
    return (words + copies).joined(separator: ", ")
  }
  static func nearly(_ near: String, typed name: String) -> String {
    "A key named \(display(near)) is known here. If you do mean \(display(name)), type it again."
  }
  static func ofAnotherExchange(_ name: String) -> String { "\(display(name)) is no key of this exchange." }
  static func madeBy(_ key: KnownKey) -> String {
    let maker = key.run.map { "Run \($0) made" } ?? "Operation \(key.operation ?? "") took in"
    return "\(maker) \(key.name). Said there:"
  }
  static let stillSo = "Is all of this still so?"
  static func recalled(_ key: KnownKey) -> String {
    let maker =
      key.run.map { "Run \($0) made it. What you said" } ?? "Operation \(key.operation ?? "") took it in. What was said"
    return "\(maker) there is proposed again; look at each before Enter."
  }

  // What is seen of copies in stores, after "Keyusher saw" and the like.
  static let keyMayLive = "nothing was done: nobody said that the key is gone at the exchange"
  static let rehearsalChangesNothing = "a rehearsal changes nothing in a store"
  static let rehearsalLooksIntoNone = "a rehearsal looks into no store"
  static let noKeyHere = "no store here has a key of this exchange"
  static let noCopyHere = "no store here has it"
  static func isCalled(_ name: String) -> String { "it is called \(name) now" }
  static func waitsAs(_ name: String, why: String) -> String { "it waits as \(name), without a name: \(why)" }
  static func isNot(_ name: String) -> String {
    "it is not there as \(name) any more; 'keyusher key list' shows where it is"
  }
  static let nothingToName = "the new key is in no store"
  static func notOneOf(_ copies: [String]) -> String {
    "no key of that name is known here; the stores have \(copies.listed(with: "and"))"
  }
  static func mayBeIt(_ copies: [String]) -> String {
    "no record tells whether this is it: \(copies.listed(with: "and")); 'keyusher key show NAME' tells more"
  }
  static func copiesAre(_ copies: [String]) -> String { copies.listed(with: "and") }
  static func isAnotherKey(_ copy: String) -> String { "\(copy) is another key by now, and was left" }
  static func deleted(_ copies: [String], stillThere: [String]) -> String {
    let history = stillThere.isEmpty ? "" : "; still there: \(stillThere.listed(with: "and"))"
    return "the old key's copy is deleted: \(copies.listed(with: "and"))\(history)"
  }
  static func notDeleted(_ copy: String, why: String) -> String { "\(copy) is still there: \(why)" }
  static func noNameToTake(in store: String) -> String { "the old key had no name in \(store) that could be taken" }
  static func nameIsTaken(_ name: String, in store: String) -> String {
    "the name \(name) is still taken in \(store), and nothing was renamed"
  }
  static func named(_ name: String, in store: String) -> String { "the new key is called \(name) in \(store)" }
  static func variables(_ names: [String]) -> String {
    "From a store 'keyusher exec' gives them to a program as \(names.listed(with: "and"))."
  }
  static func record(_ run: String, isThrownAway: Bool = false) -> String {
    "Record: \(run), \(isThrownAway ? "thrown away at the end" : "kept from your first answer on")"
  }
  static let leavesNothing = "Leave with :quit; then nothing of it is left."
  static let quitsForGood = "stop now; nothing of it is left"
  static let canStop = "Stop with :quit and go on later."
  static let canStopUntilTheSecret =
    "Stop with :quit and go on later, except while the secret is on your screen."
  static let stays = "In this run nothing you type leaves this computer."
  static let staysUntilAStore = "Nothing you type leaves this computer, unless your store lies elsewhere."
  static let staysUntilAsked = "Nothing leaves this computer unasked, unless your store lies elsewhere."
  static let secretIsShownOnce =
    "Count on seeing the secret only once. If you stop now, take it for lost: the key must be deleted and made anew."
  static let keyStays =
    "If the page has made the key already, it stays there: delete it before you send the form again."
  static let reallyLeave = "To stop all the same, do that once more. To go on, answer at the prompt."
  static let countedSinceFormat2 =
    "a changed answer counts only once the page was touched, an interruption only while a secret is at stake"
  static let yesOrNo = "Please say yes or no."
  static let lost = ":\(CredentialRule.lost) if the page closed too soon"
  static let pasteHere = "Paste and press Enter; nothing appears."
  static let paste = "\(pasteHere) \(keepOpen)"
  /// Said where the secret is taken, and nowhere else: once it is kept no page has to show it.
  static let keepOpen = "Keep the page open until \"kept\"."
  static let skipsTheCheck = "Enter alone skips the check of your copy."
  static let suspicion = [
    "That looks like a secret. It was not written anywhere.",
    "Secrets are taken only where nothing shows. Is it one?",
  ]
  static let dropped = "Dropped. If it was a secret, it still stands in your terminal's scrollback: clear it."
  static let stillShown = """
    Most pages show the secret only once. Can you still copy it there, now or once the key is made? yes: you paste it next. \
    no: it counts as lost.
    """
  static let copied = "Is the whole secret in your own copy, written down or in your password manager?"
  static let copyNow = "Copy it now, then say yes. If the page is gone, type :lost."
  static let nothingCame = "Nothing came. \(paste)"
  static let tryAgain = "The key and its secret are in hand, but not kept yet. Try again?"
  static let nameAgain = "Try once more to give the key its name? no: it stays under the name it waits under."
  static let nameWasBlanked = "What the key is called was blanked on record. What is it to be called in the store?"
  static let noNameForIt = "A name in one word, for example grid-bot-01; no secret."
  static let orWhere = "Or type where to keep it instead:"
  static let yesAndNo = ["yes", "no", "y", "n"]
  static let lookAtYourCopy = "Now look at your own copy, not at the page."
  static let lookAgain = "Look once more? no: the record says that nobody can tell."
  static let askAgain = "Ask the exchange once more? no: the run goes on without its word, and the record says so."
  static let asTheScriptSays = "as the script says"
  static let notThere = "it is not under the name it waited under either; 'keyusher key list' shows where it is"
  static let foundAgain = "A whole copy from before the stop is in the store. It is used; nothing need be pasted."
  static let mayClose = "You may leave the page with the secret now. \(clearClipboard)"
  static let clearClipboard = "Clear your clipboard."
  static let mayCloseAfterALook =
    "Hold your copy against the page once more: beginning, end, length. Then close it, and clear your clipboard."
  static let containsTheSecret =
    "That contains the secret you just entered. It was not written anywhere; say it without."
  static let goOnWithThePEM = "Go on: the last line begins with -----END."
  static let proving = "It is set up if it must be, and tried with an entry that is deleted at once."
  static let noneOfThese = "That is none of these words."
  static let notKept = "Mend what stands in the way, then say yes; :quit stops. \(keepOpen)"
  static let reasonWithheld = "the store said why, but in words that look like a secret"

  static let notToBeLent = "the key is in no store that can be read"

  static func notUsable(_ stores: [String]) -> String {
    "Not usable now: \(stores.count) \(stores.count == 1 ? "other" : "others"); 'keyusher store list' tells why."
  }

  static func sameAs(_ title: String) -> String {
    "This is the same text as \(title). One may have been copied twice."
  }

  static let endsLeftOut = "without the quotes or spaces around it"
  static let linesPutRight = "its line ends put right"
  static let endsKept = "A quote or a space at its beginning or end is kept as part of it."
  static func isPrivateKey(no title: String) -> String { "This is a private key in PEM, and not the \(title)." }
  static let noPrivateKey = "This is no private key in PEM: it does not begin with -----BEGIN."
  static func looksLike(_ title: String) -> String { "This looks like the \(title). Were two of them swapped?" }

  static func notFoundOut(_ reason: String) -> String { "It could not be found out: \(reason)" }

  static func opened(_ number: Int) -> String {
    "exception \(number): open until it is corrected, or has a reason"
  }

  static func linesDropped(_ count: Int) -> String {
    count == 1
      ? "The paste had one more line; it was dropped." : "The paste had \(count) more lines; they were dropped."
  }

  static func needsAreNotKnown(_ program: ProgramProposal) -> String {
    "What \(program.title) needs for this, its pack does not say; what is usual is proposed."
  }

  static let unseen = "Nothing you type here will appear."
  static let pasteAgain = "Paste it once more? no: it is kept as it was pasted."
  static let likeACommand =
    "That begins like a command. Here only the word alone is one, such as :note; its text is asked for then."
}
