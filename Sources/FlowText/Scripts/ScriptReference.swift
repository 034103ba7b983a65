/// What the lines of a script can be, as `flows/README.md` and the manual page list them.
package enum ScriptReference {
  package struct Line: Equatable, Sendable {
    /// As they are written, with words in capitals for what differs.
    package var forms: [String]
    package var means: String

    init(_ forms: String..., means: String) { (self.forms, self.means) = (forms, means) }
  }

  package static let lines = [
    Line("flow PROVIDER/NAME", means: "which flow; before all answers. `format 1` may stand beside it"),
    Line(
      "STEP: VALUE",
      means: "the answer, as it would be typed: `ok` where Enter goes on, `finish` at a review. `\"\"` is Enter on the "
        + "default"),
    Line("STEP: ask", means: "this question is left to a person"),
    Line("STEP: :skip REASON", means: "a command at this step and no other, in place of an answer"),
    Line(
      "STEP.PART: env:NAME",
      means: "a part of a credential: `env:NAME`, `file:PATH`, `fd:NUMBER` or `ask`, never the part itself"),
    Line(
      "STEP.unlock: env:NAME",
      means: "the passphrase of a store, if it asks for it at this store or credential step; passed over if it does not"
    ),
    Line("STEP.danger: WORD", means: "what a dangerous option wants typed; with several such options, a line each"),
    Line("STEP.copy: ask", means: "comparing a person's own copy is left to that person"),
    Line("STEP.secret: no", means: "the text above looks like a secret and is none: a hash, say"),
    Line(
      ":note TEXT", ":skip REASON", ":differs TEXT", ":back", ":why", ":open", ":status", ":quit", "?",
      means: "said at the next question; indented, at the question of the answer above, before that answer"),
    Line("expect outcome completed", means: "looked at when the run has ended; indented, right there"),
    Line(
      "expect exceptions N", "expect questions N", "expect warnings N", "expect warning CODE", means: "the same"),
    Line("# ...", means: "a comment, at the beginning of a line or after white space"),
  ]
}
