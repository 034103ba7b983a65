import FlowCore

extension Step.Body: Packable {
  func pack(into writer: inout PackedWriter) {
    switch self {
    case .tell: writer.pack(0)
    case .confirm(let confirmation): writer.pack(1, confirmation)
    case .choose(let options): writer.pack(2, options)
    case .select(let options): writer.pack(3, options)
    case .text(let rule): writer.pack(4, rule)
    case .store: writer.pack(5)
    case .credential(let rule): writer.pack(6, rule)
    case .check(let check): writer.pack(7, check)
    case .review: writer.pack(8)
    case .end(let ending): writer.pack(9, ending)
    }
  }

  init(from reader: inout PackedReader) {
    switch reader.read() as Int {
    case 0: self = .tell
    case 1: self = .confirm(reader.read())
    case 2: self = .choose(reader.read())
    case 3: self = .select(reader.read())
    case 4: self = .text(reader.read())
    case 5: self = .store
    case 6: self = .credential(reader.read())
    case 7: self = .check(reader.read())
    case 8: self = .review
    case 9: self = .end(reader.read())
    case let tag: preconditionFailure("a step of the kind \(tag)")
    }
  }
}

extension Confirmation: Packable {
  func pack(into writer: inout PackedWriter) { writer.pack(defaultsTo, ifNo) }
  init(from reader: inout PackedReader) { self.init(defaultsTo: reader.read(), ifNo: reader.read()) }
}

extension Options: Packable {
  func pack(into writer: inout PackedWriter) { writer.pack(options, defaults) }
  init(from reader: inout PackedReader) { self.init(reader.read(), defaults: reader.read()) }
}

extension Option: Packable {
  func pack(into writer: inout PackedWriter) { writer.pack(id, title, note, disabled, danger, target, isUnsaid) }

  init(from reader: inout PackedReader) {
    self.init(
      id: reader.read(), title: reader.read(), note: reader.read(), disabled: reader.read(), danger: reader.read(),
      target: reader.read(), isUnsaid: reader.read())
  }
}

extension Disablement: Packable {
  func pack(into writer: inout PackedWriter) { writer.pack(guardCondition, reason) }
  init(from reader: inout PackedReader) { self.init(when: reader.read(), reason: reader.read()) }
}

extension Danger: Packable {
  func pack(into writer: inout PackedWriter) { writer.pack(word, why) }
  init(from reader: inout PackedReader) { self.init(word: reader.read(), why: reader.read()) }
}

extension TextRule: Packable {
  func pack(into writer: inout PackedWriter) { writer.pack(shape, accepts, defaults, takesKeysInTurn) }

  init(from reader: inout PackedReader) {
    self.init(
      shape: reader.read(), accepts: reader.read(), defaults: reader.read(), takesKeysInTurn: reader.read())
  }
}

extension Shape: Packable {
  func pack(into writer: inout PackedWriter) { writer.pack(length, characters, prefix, suffix, addresses, message) }

  init(from reader: inout PackedReader) {
    self.init(
      length: reader.read(), characters: reader.read(), prefix: reader.read(), suffix: reader.read(),
      addresses: reader.read(), message: reader.read())
  }
}

extension Characters: Packable {
  func pack(into writer: inout PackedWriter) { writer.pack(classes, literals) }
  init(from reader: inout PackedReader) { self.init(classes: reader.read(), literals: reader.read()) }
}

extension Characters.Class: Packable {}
extension AddressList: Packable {}

extension CredentialRule: Packable {
  func pack(into writer: inout PackedWriter) { writer.pack(parts, store, name, account, ifLost, exits) }

  init(from reader: inout PackedReader) {
    self.init(
      parts: reader.read(), store: reader.read(), name: reader.read(), account: reader.read(), ifLost: reader.read(),
      exits: reader.read())
  }
}

extension CredentialRule.Exit: Packable {
  func pack(into writer: inout PackedWriter) { writer.pack(word, title, target) }
  init(from reader: inout PackedReader) { self.init(word: reader.read(), title: reader.read(), target: reader.read()) }
}

extension CredentialPart: Packable {
  func pack(into writer: inout PackedWriter) {
    writer.pack(name, title, secret, shape, isOnly, isPEM, publicPrefix, variable, lookalikes)
  }

  init(from reader: inout PackedReader) {
    self.init(
      name: reader.read(), title: reader.read(), secret: reader.read(), shape: reader.read(), isOnly: reader.read(),
      isPEM: reader.read(), publicPrefix: reader.read(), variable: reader.read(), lookalikes: reader.read())
  }
}

extension CredentialPart.Lookalike: Packable {
  func pack(into writer: inout PackedWriter) { writer.pack(shape, text) }
  init(from reader: inout PackedReader) { self.init(shape: reader.read(), text: reader.read()) }
}

extension Check: Packable {
  func pack(into writer: inout PackedWriter) {
    switch self {
    case .shape(let step): writer.pack(0, step)
    case .labelUnused(let step): writer.pack(1, step)
    case .clockPlausible: writer.pack(2)
    case .allNamed(let step): writer.pack(3, step)
    case .noCopies(let step): writer.pack(4, step)
    case .copiesDeleted(let step, let after): writer.pack(5, step, after)
    case .nameTaken(let credential, let step, let after): writer.pack(6, credential, step, after)
    case .named(let step): writer.pack(7, step)
    case .powers(let step): writer.pack(8, step)
    }
  }

  init(from reader: inout PackedReader) {
    switch reader.read() as Int {
    case 0: self = .shape(of: reader.read())
    case 1: self = .labelUnused(reader.read())
    case 2: self = .clockPlausible
    case 3: self = .allNamed(reader.read())
    case 4: self = .noCopies(of: reader.read())
    case 5: self = .copiesDeleted(of: reader.read(), after: reader.read())
    case 6: self = .nameTaken(by: reader.read(), of: reader.read(), after: reader.read())
    case 7: self = .named(reader.read())
    case 8: self = .powers(of: reader.read())
    case let tag: preconditionFailure("a check of the kind \(tag)")
    }
  }
}

extension Ending: Packable {
  func pack(into writer: inout PackedWriter) { writer.pack(outcome, reason, reminders, card, next) }

  init(from reader: inout PackedReader) {
    self.init(
      outcome: reader.read(), reason: reader.read(), reminders: reader.read(), card: reader.read(),
      next: reader.read())
  }
}

extension Outcome: Packable {}
extension Reminder.Settlement: Packable {}

extension CardLine: Packable {
  func pack(into writer: inout PackedWriter) { writer.pack(of, text) }
  init(from reader: inout PackedReader) { self.init(of: reader.read(), reader.read()) }
}

extension Advice: Packable {
  func pack(into writer: inout PackedWriter) { writer.pack(text, isCommand) }
  init(from reader: inout PackedReader) { self.init(reader.read(), isCommand: reader.read()) }
}

extension Reminder: Packable {
  func pack(into writer: inout PackedWriter) { writer.pack(days, guardCondition, text, settledBy) }
  init(from reader: inout PackedReader) {
    self.init(days: reader.read(), when: reader.read(), text: reader.read(), settledBy: reader.read())
  }
}
