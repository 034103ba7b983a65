/// Who asks an exchange, as far as that sees it: the computer from which the connection comes.
struct Asker: Equatable, Sendable {
  /// Within a sentence: "this computer".
  var name = "this computer"
  /// Whether the key is used from there: then a list that keeps it out is nobody's plan.
  var isWhereItRuns = false
}
