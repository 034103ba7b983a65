import FlowCore
import PlainText

/// Reads a script: its value, or what is wrong with it, all in one go.
///
/// No finding shows a line that may hold a secret.
public func readScript(_ text: String, path: String) -> Reading<Script> {
  guard text.utf8.count <= SourceText.largest else { return Reading(value: nil, findings: [.tooLarge(path: path)]) }
  let source = SourceText(text, path: path)
  let findings = Findings(source) { looksLikeSecret(String($0)) || ScriptLine.isLiteralPart($0) }
  var reader = ScriptReader(findings: findings)
  for number in 1...source.lineStarts.count where !findings.isFull { reader.take(source.line(number), number) }
  if reader.flowID == nil {
    findings.report(
      .missingFlow, at: Place(spot: Spot(line: reader.firstLine ?? 1, column: 1)),
      "the script does not say which flow it answers",
      hint: "begin with 'flow PROVIDER/NAME', without a colon")
  }
  let script = Script(flowID: reader.flowID ?? "", items: reader.items)
  return Reading(value: findings.hasErrors ? nil : script, findings: findings.sorted)
}

/// The same for the bytes of a file, which may be anything.
public func readScript(_ bytes: [UInt8], path: String) -> Reading<Script> {
  guard bytes.count <= SourceText.largest else { return Reading(value: nil, findings: [.tooLarge(path: path)]) }
  guard let text = String(validating: bytes, as: UTF8.self) else {
    var finding = Finding.notUTF8(bytes, path: path)
    finding.excerpt = nil
    return Reading(value: nil, findings: [finding])
  }
  return readScript(text, path: path)
}

/// Takes a script line by line.
private struct ScriptReader {
  let findings: Findings
  var flowID: String?
  var items: [Script.Item] = []
  /// The first line that says something.
  var firstLine: Int?
  /// Where the commands that are indented under the last answer go.
  private var answerAbove: Int?

  init(findings: Findings) { self.findings = findings }

  mutating func take(_ text: Substring, _ number: Int) {
    let isPlain = text.utf8.allSatisfy { (0x20..<0x7F).contains($0) || $0 == UInt8(ascii: "\t") }
    if !isPlain,
      let (offset, scalar) = text.unicodeScalars.enumerated().first(where: { $1 != "\t" && $1.isControlling })
    {
      findings.report(
        .controlCharacter, at: Place(spot: Spot(line: number, column: offset + 1)),
        "control character \(scalar.codePoint)", hint: "take it out; a script never needs one")
      return
    }
    let line = ScriptLine(text, number)
    guard !line.isEmpty else { return }
    firstLine = firstLine ?? number
    let word = line.firstWord
    if word.hasPrefix(":") || word == "?" { return takeCommand(line) }
    switch word {
    case "expect": takeExpectation(line)
    case "flow": takeFlow(line)
    case "format": takeFormat(line)
    default: takeAnswer(line)
    }
  }

  // MARK: - Kinds of lines

  private mutating func takeFlow(_ line: ScriptLine) {
    let id = value(line, from: line.afterFirstWord)?.text ?? ""
    if flowID != nil || !items.isEmpty {
      findings.report(
        .scriptSyntax, at: line.place, "'flow' stands once, before all answers", hint: "take this line out")
    } else if !isFlowID(id) {
      findings.report(
        .scriptSyntax, at: line.place, "this line does not name a flow", hint: "write 'flow PROVIDER/NAME'")
      flowID = ""
    } else {
      flowID = id
    }
  }

  private mutating func takeFormat(_ line: ScriptLine) {
    let text = value(line, from: line.afterFirstWord)?.text
    if text != String(Script.currentFormat) || !items.isEmpty {
      findings.report(
        .unknownFormat, at: line.place, "this script format is not known",
        hint: "write 'format \(Script.currentFormat)' before all answers, or nothing")
    }
  }

  private mutating func takeCommand(_ line: ScriptLine) {
    guard let command = command(line, from: line.start) else { return }
    let item = Script.Item(line: line.number, .command(command))
    guard line.isIndented else {
      answerAbove = nil
      items.append(item)
      return
    }
    guard let above = answerAbove else {
      findings.report(
        .scriptSyntax, at: line.place, "an indented command belongs to the answer above it, and none stands there",
        hint: "put it under an answer, or at the beginning of its line for the next question")
      return
    }
    items.insert(item, at: above)
    answerAbove = above + 1
  }

  private mutating func takeAnswer(_ line: ScriptLine) {
    guard let colon = line.text.firstIndex(of: ":"), !line.firstWord.hasPrefix("\"") else {
      findings.report(
        .scriptSyntax, at: line.place, "this line is no answer, no command and no expectation",
        hint: "write 'STEP: VALUE', ':COMMAND' or 'expect ...'")
      return
    }
    let key = line.text[line.start..<colon].trimmed
    let parts = key.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard parts.count <= 2, parts.allSatisfy({ isID($0) }) else {
      findings.report(
        .scriptSyntax, at: line.place, "no step id stands before the colon",
        hint: "write 'STEP: VALUE' or 'STEP.PART: env:NAME'")
      return
    }
    if line.isIndented {
      findings.report(
        .scriptSyntax, at: line.place, "an answer is not indented", hint: "let it begin its line")
    }
    let after = line.text.index(after: colon)
    let step = Step.ID(parts[0])
    let content = parts.count == 1 ? reply(line, after).map { .answer(step, $0) } : part(line, after, step, parts[1])
    guard let content else { return }
    answerAbove = items.count
    items.append(Script.Item(line: line.number, content))
  }

  private func part(
    _ line: ScriptLine, _ start: Substring.Index, _ step: Step.ID, _ name: String
  ) -> Script.Content? {
    guard let value = value(line, from: start) else { return nil }
    let isAsked = value.text == "ask" && !value.isQuoted
    switch name {
    case "danger": return .danger(step, isAsked ? .ask : .text(value.text))
    case "copy":
      if isAsked { return .copy(step) }
      findings.report(
        .literalSecret, at: value.place, "what a person reads from their own copy can't stand in a script",
        hint: "write '\(step).copy: ask'")
    case "secret" where value.text == "no" && !value.isQuoted: return .noSecret(step)
    default:
      if isAsked { return .part(step, name, .ask) }
      if let reference = SecretReference(value.text) { return .part(step, name, .reference(reference)) }
      let isReference = ["env:", "file:", "fd:"].contains { value.text.hasPrefix($0) }
      findings.report(
        isReference ? .badReference : .literalSecret, at: value.place,
        isReference ? "this reference can't be followed" : "a part of a credential stands here openly",
        hint: "write env:NAME, file:PATH or fd:NUMBER\(isReference ? "" : "; if it is real, make a new key"), or 'ask'")
    }
    return nil
  }

  private mutating func takeExpectation(_ line: ScriptLine) {
    guard let value = value(line, from: line.afterFirstWord) else { return }
    let words = value.text.split(whereSeparator: \.isWhitespace).map(String.init)
    let count = words.count == 2 ? Int(words[1]).flatMap { $0 >= 0 ? $0 : nil } : nil
    let expectation: Script.Expectation? =
      switch (words.first, count) {
      case ("outcome", _): words.count == 2 ? Outcome(rawValue: words[1]).map { .outcome($0) } : nil
      case ("exceptions", let count?): .exceptions(count)
      case ("questions", let count?): .questions(count)
      case ("warnings", let count?): .warnings(count)
      case ("warning", _): words.count == 2 && isID(words[1].lowercased()) ? .warning(words[1]) : nil
      default: nil
      }
    guard let expectation else {
      findings.report(
        .badExpectation, at: line.place, "this is nothing that can be expected",
        hint: "expect outcome completed|aborted|blocked, exceptions N, questions N, warnings N, or warning CODE")
      return
    }
    items.append(Script.Item(line: line.number, .expect(expectation, line.isIndented ? .here : .atTheEnd)))
  }

  // MARK: - Values

  private func reply(_ line: ScriptLine, _ start: Substring.Index) -> Script.Reply? {
    let begin = line.text.firstVisible(from: start)
    let rest = line.text[begin...]
    if rest.hasPrefix(":"), !rest.hasPrefix("::") { return command(line, from: begin).map { .command($0) } }
    guard let value = value(line, from: start) else { return nil }
    if value.isQuoted { return .text(value.text) }
    if value.text.isEmpty {
      findings.report(
        .scriptSyntax, at: line.place, "this answer has no value",
        hint: "write \"\" for Enter on the default, or 'ask' to leave it to a person")
      return nil
    }
    if value.text == "?" { return .command(.help) }
    return value.text == "ask" ? .ask : .text(value.text.hasPrefix("::") ? String(value.text.dropFirst()) : value.text)
  }

  private func command(_ line: ScriptLine, from start: Substring.Index) -> Command? {
    let name = line.text.word(from: start)
    guard let value = value(line, from: name.endIndex) else { return nil }
    let place = line.place(at: start, String(name))
    let text = value.text
    switch (readLine(String(name)), text.isEmpty) {
    case (.command(.skip), _): return .skip(text)
    case (.command(.differs), _): return .differs(text)
    case (.command(.note), _): return .note(text)
    case (.command(let command), true): return command
    case (.command, false):
      findings.report(
        .unknownCommand, at: place, "this command takes no text", hint: "take the text out, or use ':note'")
    case (.unknownCommand(_, let near), _):
      let word = String(name.dropFirst())
      if near == nil, text.isEmpty, isID(word), !looksLikeSecret(word) { return .word(word) }
      findings.report(.unknownCommand, at: place, "no such command", hint: near.map { "did you mean \(quoted($0))?" })
    case (.text, _):
      findings.report(.scriptSyntax, at: place, "an answer stands without its step", hint: "write 'STEP: VALUE'")
    }
    return nil
  }

  /// The value that begins at a place: in quotes or not, without a comment behind it.
  private func value(_ line: ScriptLine, from start: Substring.Index) -> ScriptLine.Value? {
    switch line.value(from: start) {
    case .success(let value): return value
    case .failure(let fault):
      findings.report(.scriptSyntax, at: line.place, fault.message, hint: fault.hint)
      return nil
    }
  }
}

/// Whether a text can be an id of a step, an option or a part.
func isID(_ text: some StringProtocol) -> Bool {
  let bytes = text.utf8
  guard let first = bytes.first, bytes.count <= 64, first != UInt8(ascii: "-") else { return false }
  return bytes.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") }
}
