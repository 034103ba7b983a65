public import PlainText

/// Why a record could not be turned into text: always a fault of this program, never of the record.
public enum ExportError: DescribedError, Equatable {
  case template(page: String, reason: String)

  public var what: String {
    switch self {
    case .template(let page, let reason): "the \(page) template built into this program can't be read: \(reason)"
    }
  }

  public var hint: String? {
    "the record itself is unharmed; export it in another format, such as csv, and report this as a bug"
  }
}
