/// Who asks an exchange, as far as that sees it: the computer from which the connection comes.
struct Asker: Equatable, Sendable {
  /// Within a sentence: "this computer", or the host by which ssh knows another.
  var name = "this computer"
  /// Whether it is another computer, which a connection goes through.
  var isElsewhere = false
  /// Whether the key is used from there: then a list that keeps it out is nobody's plan.
  var isWhereItRuns = false

  var place: String { isElsewhere ? "there" : "here" }
}
