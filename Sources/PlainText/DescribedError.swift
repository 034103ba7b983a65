/// An error as a person is told of it: what happened, and what to do next.
///
/// The texts hold public facts alone. Text that is not ours stands in them as it came: who shows them makes them safe
/// (`display`).
public protocol DescribedError: Error, CustomStringConvertible {
  /// What happened and where, on one line, without a full stop.
  var what: String { get }
  /// Something to do, on one line; nil if nothing can be said.
  var hint: String? { get }
}

extension DescribedError {
  /// Both, the hint on a line of its own.
  public var description: String { hint.map { "\(what)\nhint: \($0)" } ?? what }
}
