import PlainText

/// The body of an answer, as far as it can be looked at.
enum AnswerBody: Equatable {
  case json(JSON)
  /// Words that are no JSON.
  case words(String)
  case page(String)
  case empty
  /// A name stands twice in one object.
  case doubled
  /// JSON that is cut off or broken, or bytes that are no text.
  case broken
  case tooLong

  /// A documented answer takes a few kilobytes; that of an account with a hundred keys, a few dozen.
  static let most = 1 << 20

  init(_ answer: KeyAnswer) {
    guard answer.body.count <= Self.most else {
      self = .tooLong
      return
    }
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let bytes = Array(
      (answer.body.starts(with: mark) ? answer.body.dropFirst(3) : answer.body[...]).drop {
        [0x20, 0x09, 0x0A, 0x0D].contains($0)
      })
    guard let first = bytes.first else {
      self = .empty
      return
    }
    do throws(JSON.Fault) {
      self = .json(try JSON(parsing: bytes))
    } catch .repeatedName {
      self = .doubled
    } catch {
      let text = String(validating: bytes, as: UTF8.self)
      let isMarkup = first == UInt8(ascii: "<") || answer.contentType?.lowercased().contains("html") == true
      let isCut = first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
      self = text.map { isMarkup ? .page($0) : isCut ? .broken : .words($0.trimmed) } ?? .broken
    }
  }
}

extension KeyAnswer {
  /// Whether it says that it is JSON, or says nothing of it.
  var saysJSON: Bool { contentType.map { $0.lowercased().contains("json") } ?? true }
  var isSuccess: Bool { (200..<300).contains(status) }
}

extension JSON {
  /// Whether it is a value of `api.yaml`, of the kind that this looks like: `1` is a number, `true` a truth value, any
  /// other a text, and all of it a text where the field holds texts alone.
  func stands(for value: String, inText: Bool = false) -> Bool {
    switch self {
    case .text(let text): text == value && (inText || !value.looksLikeLiteral)
    case .integer, .flag: !inText && written == value
    case .null, .number, .array, .object: false
    }
  }

  /// A scalar as it is written, without quotes.
  var written: String? {
    switch self {
    case .null: "null"
    case .flag(let flag): flag ? "true" : "false"
    case .integer(let number): String(number)
    case .number(let digits): digits
    case .text(let text): text
    case .array, .object: nil
    }
  }

  var isEmpty: Bool {
    switch self {
    case .text(let text): text.isEmpty
    case .array(let elements): elements.isEmpty
    case .object(let members): members.isEmpty
    case .null, .flag, .integer, .number: false
    }
  }

  /// What it is, for a person; of a text or a number, a little of it.
  var shown: String {
    switch self {
    case .null, .flag, .integer, .number: harmless(written ?? "", most: 40)
    case .text(let text): text.isEmpty ? "an empty text" : "'\(harmless(text, most: 40))'"
    case .array(let elements): elements.isEmpty ? "an empty list" : "a list"
    case .object: "an object"
    }
  }
}

extension String {
  fileprivate var looksLikeLiteral: Bool { self == "true" || self == "false" || Int(self) != nil }
}

/// Why a fact can't be told, for a person.
struct Doubt: Error, Equatable {
  var reason: String

  init(_ reason: String) { self.reason = reason }
}

extension JSON {
  /// The value at a place; nil if there is none.
  func value(at place: AnswerPlace) throws(Doubt) -> JSON? {
    var value = self
    for name in place.names {
      switch value {
      case .object:
        guard let member = value[name] else { return nil }
        value = member
      case .array(let elements) where name == "0":
        guard elements.count == 1 else {
          throw Doubt("the answer has a list of \(elements.count) where one entry belongs")
        }
        value = elements[0]
      default: throw Doubt("the answer has \(value.shown) where \(name == "0" ? "a list" : "'\(name)'") belongs")
      }
    }
    return value
  }
}
