import FlowCore

extension Step: Packable {
  func pack(into writer: inout PackedWriter) {
    writer.pack(
      id, title, was, role, section, text, fields, prompt, why, help, url, needs, source, alternative, facts, required,
      onEveryWay, claim, claims, touchesPage, endsKey, recalls, fromProgram, warnings, resolves, body, transitions,
      brief)
  }

  init(from reader: inout PackedReader) {
    self.init(
      id: reader.read(), title: reader.read(), was: reader.read(), role: reader.read(), section: reader.read(),
      text: reader.read(), fields: reader.read(), prompt: reader.read(), why: reader.read(), help: reader.read(),
      url: reader.read(), needs: reader.read(), source: reader.read(), alternative: reader.read(),
      facts: reader.read(), required: reader.read(), onEveryWay: reader.read(), claim: reader.read(),
      claims: reader.read(), touchesPage: reader.read(), endsKey: reader.read(), recalls: reader.read(),
      fromProgram: reader.read(), warnings: reader.read(), resolves: reader.read(), body: reader.read(),
      transitions: reader.read())
    brief = reader.read()
  }
}

extension Step.ID: Packable {
  func pack(into writer: inout PackedWriter) { writer.pack(rawValue) }
  init(from reader: inout PackedReader) { self.init(reader.text()) }
}

extension Step.Role: Packable {}
extension Step.FromProgram: Packable {}

extension Section: Packable {
  func pack(into writer: inout PackedWriter) { writer.pack(title, key) }
  init(from reader: inout PackedReader) { self.init(reader.read(), key: reader.read()) }
}

extension Field: Packable {
  func pack(into writer: inout PackedWriter) { writer.pack(name, value) }
  init(from reader: inout PackedReader) { self.init(name: reader.read(), value: reader.read()) }
}

extension PageSource: Packable {
  func pack(into writer: inout PackedWriter) { writer.pack(description, date, says, seenLive) }

  init(from reader: inout PackedReader) {
    self.init(description: reader.read(), date: reader.read(), says: reader.read(), seenLive: reader.read())
  }
}

extension Transition: Packable {
  func pack(into writer: inout PackedWriter) { writer.pack(guardCondition, target) }
  init(from reader: inout PackedReader) { self.init(when: reader.read(), to: reader.read()) }
}

extension Warning: Packable {
  func pack(into writer: inout PackedWriter) { writer.pack(code, guardCondition, text) }
  init(from reader: inout PackedReader) { self.init(code: reader.read(), when: reader.read(), text: reader.read()) }
}

extension Conditional: Packable where Value: Packable {
  func pack(into writer: inout PackedWriter) { writer.pack(guardCondition, value) }
  init(from reader: inout PackedReader) { self.init(when: reader.read(), reader.read()) }
}

extension Template: Packable {
  func pack(into writer: inout PackedWriter) { writer.pack(segments) }
  init(from reader: inout PackedReader) { self.init(segments: reader.read()) }
}

extension Template.Segment: Packable {
  func pack(into writer: inout PackedWriter) {
    switch self {
    case .literal(let text): writer.pack(0, text)
    case .answer(let step, let asID): writer.pack(1, step, asID)
    case .name(let step): writer.pack(2, step)
    case .means(let step): writer.pack(3, step)
    case .program(let step): writer.pack(4, step)
    }
  }

  init(from reader: inout PackedReader) {
    switch reader.read() as Int {
    case 0: self = .literal(reader.read())
    case 1: self = .answer(reader.read(), asID: reader.read())
    case 2: self = .name(reader.read())
    case 3: self = .means(reader.read())
    case 4: self = .program(reader.read())
    case let tag: preconditionFailure("a segment of the kind \(tag)")
    }
  }
}

extension Guard: Packable {
  func pack(into writer: inout PackedWriter) {
    switch self {
    case .all(let guards): writer.pack(0, guards)
    case .any(let guards): writer.pack(1, guards)
    case .not(let inner): writer.pack(2, inner)
    case .answer(let step, let condition): writer.pack(3, step, condition)
    }
  }

  init(from reader: inout PackedReader) {
    switch reader.read() as Int {
    case 0: self = .all(reader.read())
    case 1: self = .any(reader.read())
    case 2: self = .not(reader.read())
    case 3: self = .answer(reader.read(), reader.read())
    case let tag: preconditionFailure("a guard of the kind \(tag)")
    }
  }
}

extension Guard.Condition: Packable {
  func pack(into writer: inout PackedWriter) {
    switch self {
    case .isOne(let texts): writer.pack(0, texts)
    case .includes(let options): writer.pack(1, options)
    case .beyond(let options): writer.pack(2, options)
    case .exceeds(let step): writer.pack(3, step)
    case .lacks(let step): writer.pack(4, step)
    case .skipped: writer.pack(5)
    case .asked: writer.pack(6)
    }
  }

  init(from reader: inout PackedReader) {
    switch reader.read() as Int {
    case 0: self = .isOne(of: reader.read())
    case 1: self = .includes(reader.read())
    case 2: self = .beyond(reader.read())
    case 3: self = .exceeds(reader.read())
    case 4: self = .lacks(reader.read())
    case 5: self = .skipped
    case 6: self = .asked
    case let tag: preconditionFailure("a condition of the kind \(tag)")
    }
  }
}
