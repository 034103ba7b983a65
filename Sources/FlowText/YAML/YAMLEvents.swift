import CLibYAML
import PlainText

/// The events of a YAML text, one by one, as libyaml tells them.
final class YAMLEvents {
  enum Event: Equatable {
    case beginsDocument, endsDocument
    case scalar(String)
    case list, mapping, alias
    /// Of a list or a mapping.
    case ends
    case endsText
  }

  /// Why libyaml can't go on.
  struct Failure: Error {
    /// In libyaml's words; nil if it could not even read the characters.
    var problem: String?
    var spot: Spot
  }

  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let file: Int

  /// - Parameters:
  ///   - bytes: UTF-8, which must outlive this.
  ///   - file: which of a flow's files they are.
  init(_ bytes: UnsafeBufferPointer<UInt8>, file: Int) {
    parser = .allocate(capacity: 1)
    parser.initialize(to: yaml_parser_t())
    self.file = file
    yaml_parser_initialize(parser)
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
  }

  func next() throws(Failure) -> (event: Event, spot: Spot) {
    var found = yaml_event_t()
    repeat {
      guard yaml_parser_parse(parser, &found) == 1 else { throw failure }
    } while found.type == YAML_STREAM_START_EVENT
    defer { yaml_event_delete(&found) }
    let event: Event =
      switch found.type {
      case YAML_SCALAR_EVENT: .scalar(text(found.data.scalar.value, found.data.scalar.length))
      case YAML_SEQUENCE_START_EVENT: .list
      case YAML_MAPPING_START_EVENT: .mapping
      case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: .ends
      case YAML_ALIAS_EVENT: .alias
      case YAML_DOCUMENT_START_EVENT: .beginsDocument
      case YAML_DOCUMENT_END_EVENT: .endsDocument
      default: .endsText
      }
    return (event, spot(found.start_mark))
  }

  // MARK: - Private

  private func text(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> String {
    String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
  }

  /// A mark counts from 0, in scalars as a spot does.
  private func spot(_ mark: yaml_mark_t) -> Spot {
    Spot(line: Int(mark.line) + 1, column: Int(mark.column) + 1, file: file)
  }

  private var failure: Failure {
    let state = parser.pointee
    guard state.error == YAML_SCANNER_ERROR || state.error == YAML_PARSER_ERROR, let problem = state.problem else {
      return Failure(problem: nil, spot: Spot(line: 1, column: 1, file: file))
    }
    // A quote that is not closed is missed at the end of the file; where it was opened is the place to look.
    let isQuote = state.context.map { String(cString: $0).contains("quoted scalar") } ?? false
    return Failure(
      problem: String(cString: problem), spot: spot(isQuote ? state.context_mark : state.problem_mark))
  }
}
