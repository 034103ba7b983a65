import FlowCore

// The checks that look for copies of a key in the stores of this computer, delete them, or put another in their place.
extension Session {
  /// What such a check finds, and what it did; nil for every other check.
  func observeCopies(_ check: Check, at step: Step) throws -> Observation? {
    switch check {
    case .noCopies(let named): lookForCopies(of: named)
    case .copiesDeleted(let named, let after):
      try acting(after, of: named, at: step) { try deleteCopies(of: named, at: step, asking: $0) }
    case .nameTaken(let credential, let named, let after):
      try acting(after, of: named, at: step) { try giveName(of: named, to: credential, at: step, asking: $0) }
    case .named(let credential): try giveItsName(to: credential, at: step)
    case .shape, .labelUnused, .clockPlausible, .allNamed, .powers: nil
    }
  }

  // MARK: - Private

  /// Does something only where it was said that the exchange's key can do nothing any more, and never in a rehearsal.
  private func acting(
    _ said: Step.ID, of named: Step.ID, at step: Step, _ act: (RunQuestions) throws -> Observation
  ) throws -> Observation {
    guard isSaid(at: said, ofKeyNamedAt: named) else { return Observation(.notKnowable, by: Phrases.keyMayLive) }
    if adapters.stores.isRehearsal { return Observation(.notKnowable, by: Phrases.rehearsalChangesNothing) }
    let questions = RunQuestions(of: self, at: step)
    do {
      return try act(questions)
    } catch {
      if let ending = questions.ending { throw ending }
      throw ObservationFailure(reason(of: error))
    }
  }

  /// Gives the credential of a step the name for which it waits in its store. After a stop it may have it already.
  private func giveItsName(to credential: Step.ID, at step: Step) throws -> Observation {
    guard case .credential(let reference)? = state.given[credential]?.answer, let held = reference.name else {
      return Observation(.notKnowable, by: Phrases.nothingToName)
    }
    if adapters.stores.isRehearsal { return Observation(.notKnowable, by: Phrases.rehearsalChangesNothing) }
    let name = try nameToGive(to: credential, at: step)
    while true {
      let questions = RunQuestions(of: self, at: step)
      do {
        guard reference.isPending else {
          return try adapters.stores.has(reference)
            ? Observation(.yes, by: Phrases.isCalled(held)) : Observation(.no, by: Phrases.isNot(held))
        }
        _ = try apply([.key(step.id, KeyEvent(.renaming(reference, to: name)))])
        let given = try adapters.stores.name(reference, name, asking: questions).name ?? name
        _ = try apply([.key(step.id, KeyEvent(.renamed(reference, to: given)))])
        return Observation(.yes, by: Phrases.isCalled(given))
      } catch {
        if let ending = questions.ending { throw ending }
        let why = reason(of: error)
        // Nobody can give a name to what is not there.
        let isThere = try? adapters.stores.has(reference)
        if isThere == false { return Observation(.no, by: Phrases.isNot(held)) }
        if try wantsToNameIt(after: why, at: step) { continue }
        return isThere == nil
          ? Observation(.notKnowable, by: why) : Observation(.no, by: Phrases.waitsAs(held, why: why))
      }
    }
  }

  /// The name of the credential of a step. Where what it is made of was blanked, whoever can be asked says another.
  private func nameToGive(to credential: Step.ID, at step: Step) throws -> String {
    let name = flow.name(ofCredentialAt: credential, in: state)
    guard flow.isNameBlanked(ofCredentialAt: credential, in: state), conversation.isPerson else { return name }
    let question = Question(.name, at: step.id, .text, text: Phrases.nameWasBlanked)
    let label = try askAside(question, at: step, otherwise: Phrases.noNameForIt) { line in
      line.isEmpty || isSuspect(line) || line.contains(where: { $0.isWhitespace || $0 == "/" }) ? nil : line
    }.answer
    return "\(flow.provider)/\(label)"
  }

  private func wantsToNameIt(after reason: String, at step: Step) throws -> Bool {
    var question = Question(.name, at: step.id, .yesOrNo, text: Phrases.nameAgain)
    question.standard = Question.Default("yes", words: "yes")
    question.problem = Sentence(.problem, Problem.namingFailed(reason).words(at: step))
    return try askYesOrNo(question, at: step, enter: true).answer
  }

  /// Whether a yes was given at a step since the key was named.
  private func isSaid(at said: Step.ID, ofKeyNamedAt named: Step.ID) -> Bool {
    guard let naming = state.way.lastIndex(where: { $0.step == named }) else { return false }
    return state.way[naming...].contains { $0.step == said && $0.given?.answer == .yes }
  }

  private func lookForCopies(of named: Step.ID) -> Observation {
    if adapters.stores.isRehearsal { return Observation(.notKnowable, by: Phrases.rehearsalLooksIntoNone) }
    let survey = adapters.observing.surveyKeys(in: flow)
    let key = survey.keys.first { $0.name == name(at: named) }
    if let copies = key?.copies, !copies.isEmpty {
      return Observation(.no, by: Phrases.copiesAre(copies.map(\.place)))
    }
    let doubtful = name(at: named).flatMap { survey.doubtful[$0] } ?? []
    if !doubtful.isEmpty { return Observation(.notKnowable, by: Phrases.mayBeIt(doubtful.map(\.place))) }
    // A store that is shut may have it.
    if !survey.unseen.isEmpty { return Observation(.notKnowable, by: survey.unseen.joined(separator: "; ")) }
    let others = survey.keys.flatMap(\.copies)
    if key != nil { return Observation(.yes, by: Phrases.noCopyHere) }
    return others.isEmpty
      ? Observation(.yes, by: Phrases.noKeyHere)
      : Observation(.notKnowable, by: Phrases.notOneOf(others.map(\.place)))
  }

  /// Deletes the copies that are there, each on record as soon as it is done. What has another key's name by now is none of
  /// them.
  private func deleteCopies(of named: Step.ID, at step: Step, asking questions: RunQuestions) throws -> Observation {
    let known = state.knownKey(namedAt: named)?.copies ?? []
    let now = adapters.observing.surveyKeys(in: flow).keys.first { $0.name == name(at: named) }?.copies ?? []
    var histories: [String] = []
    for (place, copy) in now.enumerated() {
      do {
        _ = try apply([.key(step.id, KeyEvent(.deleting(copy)))])
        let history = try adapters.stores.delete(copy, asking: questions)
        if let history { histories.append(history) }
        _ = try apply([.key(step.id, KeyEvent(.deleted(copy, history: history)))])
      } catch {
        guard place > 0, questions.ending == nil else { throw error }
        return Observation(.no, by: Phrases.notDeleted(copy.place, why: reason(of: error)))
      }
    }
    let gone = known.filter { !now.contains($0) }
    for copy in gone where try adapters.stores.has(copy) {
      return Observation(.no, by: Phrases.isAnotherKey(copy.place))
    }
    let places = (now + gone).map(\.place)
    if places.isEmpty { return lookForCopies(of: named) }
    return Observation(.yes, by: Phrases.deleted(places, stillThere: histories))
  }

  /// Gives the credential of this run the name that the old key had in the same store.
  private func giveName(
    of named: Step.ID, to credential: Step.ID, at step: Step, asking questions: RunQuestions
  ) throws -> Observation {
    guard case .credential(let reference)? = state.given[credential]?.answer, reference.name != nil else {
      return Observation(.no, by: Phrases.nothingToName)
    }
    let places = state.knownKey(namedAt: named)?.copies.filter { $0.store == reference.store } ?? []
    guard let name = places.lazy.compactMap(\.keptName).first else {
      return Observation(.no, by: Phrases.noNameToTake(in: reference.store))
    }
    if name == reference.name { return Observation(.yes, by: Phrases.named(name, in: reference.store)) }
    let target = CredentialReference(store: reference.store, name: name)
    // After a stop the new key may have the name already; otherwise it must be free.
    if try adapters.stores.has(target), try adapters.stores.has(reference) {
      return Observation(.no, by: Phrases.nameIsTaken(name, in: reference.store))
    }
    _ = try apply([.key(step.id, KeyEvent(.renaming(reference, to: name)))])
    try adapters.stores.rename(reference, to: name, asking: questions)
    _ = try apply([.key(step.id, KeyEvent(.renamed(reference, to: name)))])
    return Observation(.yes, by: Phrases.named(name, in: reference.store))
  }

  private func name(at step: Step.ID) -> String? {
    if case .text(let name)? = state.given[step]?.answer { name } else { nil }
  }
}

extension CredentialReference {
  /// The name of a key that is kept for good, and waits for no other.
  fileprivate var keptName: String? {
    guard let name, !name.hasPrefix("pending/"), !name.hasPrefix("previous/") else { return nil }
    return name
  }
}
