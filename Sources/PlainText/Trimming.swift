extension StringProtocol {
  /// Without white space at both ends.
  public var trimmed: String {
    // Most texts begin and end with something visible of ASCII.
    let visible = Unicode.Scalar("!")..."~"
    if let first = unicodeScalars.first, let last = unicodeScalars.last, visible ~= first, visible ~= last {
      return String(self)
    }
    var text = self[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
