/// What happened in a run, in the past tense. A run's state is the fold of its events.
public enum Event: Equatable, Sendable {
  /// The run began at its first step.
  case began
  /// Sentences stood on the screen; none changes the state.
  case shown(Step.ID?, [String])
  /// An answer was given. `words` are what was typed at danger prompts, by option.
  case answered(Step.ID, Answer, words: [Option.ID: String], AnswerSource)
  /// What a check found.
  case observed(Step.ID, Observation)
  /// At a store step, this computer was looked over.
  case storesSurveyed(Step.ID, StoreSurvey)
  /// At a step that wants the name of a key, the records on this computer were looked through.
  case keysSurveyed(Step.ID, [KnownKey])
  /// The run is begun for a program, whose pack says what it needs.
  case programProposed(ProgramProposal)
  /// What the run that made a key said of it, by step, as a script says it: the key is about to be named.
  /// With `accepted`, somebody said that all of it is still so: it is not asked again.
  case keyRecalled(Step.ID, KnownKey, answers: [Step.ID: String], accepted: AnswerSource? = nil)
  /// The store that was chosen was tried: whether it works, and by what means that is known.
  case storeProven(Step.ID, store: String, Verdict, by: String)
  /// The store that was chosen does not work.
  case storeFailed(Step.ID, store: String, reason: String)
  /// With the credential in hand, another store was chosen, which works.
  case storeChanged(Step.ID, store: String, AnswerSource)
  /// One part of a credential is in this process's memory.
  case partTaken(Step.ID, PartReceipt, AnswerSource)
  /// The credential is in its store, under a pending name where there are names, and was compared with what was taken as
  /// far as `proof` says.
  case credentialHeld(Step.ID, CredentialReference, KeepingProof, AnswerSource)
  /// The credential that was held has its name.
  case credentialKept(Step.ID, CredentialReference)
  /// The store did not keep the credential, or did not give it its name.
  case keepingFailed(Step.ID, reason: String)
  /// After a resume: whether the page still shows the secret.
  case stillShown(Step.ID, Bool, AnswerSource)
  case skipped(Step.ID, reason: String, AnswerSource)
  /// The person's page looks different.
  case differed(Step.ID, String, AnswerSource)
  case noted(Step.ID, String, AnswerSource)
  /// Something of a key, beside the questions.
  case key(Step.ID?, KeyEvent)
  case wentBack(Step.ID, AnswerSource)
  /// At the review, a step was chosen to be answered anew.
  case reopened(Step.ID, AnswerSource)
  case suspended(Interruption)
  case resumed(Resumption)
  case discarded(reason: String)
  /// The payload of a journal line was blanked.
  case redacted(line: Int, reason: String)
}

/// What is known of a part of a credential without holding it.
public struct PartReceipt: Equatable, Sendable {
  public var part: CredentialPart.Name
  /// The leading characters by which the exchange itself lists the key; never of a secret.
  public var publicPart: String?
  /// Whether it looks as documented; not knowable where the paste was skipped.
  public var looksRight: Verdict
  /// Whether it was pasted at all.
  public var taken: Bool

  public init(part: CredentialPart.Name, publicPart: String?, looksRight: Verdict, taken: Bool) {
    self.part = part
    self.publicPart = publicPart
    self.looksRight = looksRight
    self.taken = taken
  }
}

/// How it is known that what was kept is what was taken.
public enum KeepingProof: String, Equatable, Sendable, CaseIterable {
  /// The store gave it back, and it was the same.
  case readBack = "read-back"
  /// A whole copy was found under its pending name by the one that resumes: written, but never put on record.
  case foundAgain = "found-again"
  /// The last four characters of the person's own copy were those of the paste.
  case lastFourMatched = "last-four-matched"
  /// Nobody compared.
  case none
}

/// Why a run stopped before its end.
public enum Interruption: Equatable, Sendable {
  /// `:quit`.
  case quit
  /// Ctrl-D, or a pipe that ran dry.
  case inputEnded
  /// A signal, by number: 2, 15, 1.
  case signal(Int32)
  /// The process died: seen only by the one that resumes.
  case lost
}

/// Who took the run up again.
public struct Resumption: Equatable, Sendable {
  public var user: String
  public var host: String
  /// Who performs the ceremony from here on, where given.
  public var performer: String?
  public var toolVersion: String
  /// Whether the flow on this computer is no longer the run's own.
  public var flowChanged: Bool
  /// The bytes of a torn last line that were cut; 0 if none.
  public var bytesCut: Int

  public init(
    user: String, host: String, performer: String? = nil, toolVersion: String, flowChanged: Bool, bytesCut: Int
  ) {
    self.user = user
    self.host = host
    self.performer = performer
    self.toolVersion = toolVersion
    self.flowChanged = flowChanged
    self.bytesCut = bytesCut
  }
}
