/// What to do next, in the imperative: values, recomputed from events and never journaled.
public enum Effect: Equatable, Sendable {
  /// Ask what the step asks.
  case ask(Step.ID, problem: Problem?)
  /// Ask for the word that a dangerous option wants.
  case askWord(Step.ID, Answer, Option.ID, problem: Problem?)
  /// Look over this computer for stores.
  case surveyStores(Step.ID, problem: Problem?)
  /// Look through the records on this computer for keys.
  case surveyKeys(Step.ID, problem: Problem?)
  /// Write, read back and delete a probe in the store that was chosen.
  case proveStore(Step.ID, store: String)
  /// After a resume: look for a pending copy, then ask whether the page still shows the secret.
  case askStillShown(Step.ID)
  /// Take one part of a credential, unseen.
  case takePart(Step.ID, CredentialPart.Name, problem: Problem?)
  /// Put the credential in hand into the chosen store.
  case keepCredential(Step.ID, problem: Problem?)
  /// Give the credential that is held its name.
  case nameCredential(Step.ID, CredentialReference, problem: Problem?)
  case runCheck(Step.ID, Check)
  case say(Notice)
  case suspend(Interruption)
  case finish(Step.ID?, Outcome)
}

/// What is worth a line on the screen.
public enum Notice: Equatable, Sendable {
  /// What now stands on record for a step.
  case stands(Step.ID, Given)
  /// A warning's condition holds.
  case warned(Step.ID, code: String)
  case raised(RunException)
  case resolved(RunException)
  case noted(Step.ID)
  /// The alternative wording of a step whose page looks different.
  case alternative(Step.ID)
  /// What was said when the key was made is taken over without asking again.
  case takenOver(Step.ID, Given)
  /// At the review: an earlier answer was kept without asking again.
  case kept(Step.ID, Given)
}

/// Why an answer was not taken. The cases hold facts; words are made where people read them.
public enum Problem: Error, Equatable {
  case empty
  case yesOrNo(String)
  case noSuchOption(String, nearest: Option.ID?)
  /// The titles it could be; where these are the same, the ids.
  case ambiguous(String, [String])
  case disabled(Option.ID, reason: String)
  case shape(Shape.Mismatch, message: String?)
  case wrongWord(expected: String)
  case notTheKindOfAnswer
  case requiredStep
  case skipNeedsReason
  case nothingToSkip
  case nothingBefore
  case keyAlreadyKept
  /// What was said there led to something that was done in a store.
  case alreadyActedOn
  case onlyTheCredential
  case noSuchNumber(String)
  case keepingFailed(String)
  case namingFailed(String)
  case storeFailed(String)
  case lastFourDiffer
  case commandNeedsText(String)
  case unknownCommand(String, nearest: String?)
  case noAddress
  case looksLikeSecret
}
