/// Why a record could not be turned into text: always a fault of this program, never of the record.
public enum ExportError: Error, Equatable, CustomStringConvertible {
  case template(page: String, reason: String)

  public var description: String {
    switch self {
    case .template(let page, let reason): "the \(page) template built into this program can't be read: \(reason)"
    }
  }

  /// What to do next.
  public var hint: String {
    "the record itself is unharmed; export it in another format, such as csv, and report this as a bug"
  }
}
