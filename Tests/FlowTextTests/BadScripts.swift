/// Bad scripts: marked text, and every finding in it.
enum BadScripts {
  /// What is wrong without looking at the flow.
  static let alone: [BadFile] = [
    BadFile(
      "nothing", "1️⃣# nothing here\n",
      "1️⃣ missing-flow: the script does not say which flow it answers; begin with 'flow PROVIDER/NAME', without a colon"),
    BadFile(
      "no flow line", "1️⃣flow: test/flow\nlogin: yes\n",
      "1️⃣ missing-flow: the script does not say which flow it answers; begin with 'flow PROVIDER/NAME', without a colon"),
    BadFile(
      "two flow lines", "flow test/flow\nlogin: yes\n1️⃣flow test/flow\n",
      "1️⃣ script-syntax: 'flow' stands once, before all answers; take this line out"),
    BadFile(
      "a bad flow line", "1️⃣flow Test\n",
      "1️⃣ script-syntax: this line does not name a flow; write 'flow PROVIDER/NAME'"),
    BadFile(
      "a newer format", "1️⃣format 2\nflow test/flow\n",
      "1️⃣ unknown-format: this script format is not known; write 'format 1' before all answers, or nothing"),
    BadFile(
      "lines that are none",
      "flow test/flow\n1️⃣label\n2️⃣Label: x\n  3️⃣label: x\n4️⃣label: \"open\n5️⃣label: \"a\" b\n6️⃣label: \"a\\n\"\n7️⃣label:\n8️⃣::text\n",
      "1️⃣ script-syntax: this line is no answer, no command and no expectation; write 'STEP: VALUE', ':COMMAND' or 'expect ...'",
      "2️⃣ script-syntax: no step id stands before the colon; write 'STEP: VALUE' or 'STEP.PART: env:NAME'",
      "3️⃣ script-syntax: an answer is not indented; let it begin its line",
      "4️⃣ script-syntax: a double quote is not closed; close it on the same line",
      "5️⃣ script-syntax: something stands behind the closing quote; write \\\" for a quote within quotes",
      "6️⃣ script-syntax: only \\\", \\\\ and \\u{...} are known in quotes; write \\\\ for a backslash",
      "7️⃣ script-syntax: this answer has no value; write \"\" for Enter on the default, or 'ask' to leave it to a person",
      "8️⃣ script-syntax: an answer stands without its step; write 'STEP: VALUE'"),
    BadFile(
      "control characters", "flow test/flow\nlabel: 1️⃣\u{1B}[2J\n",
      "1️⃣ control-character: control character U+001B; take it out; a script never needs one"),
    BadFile(
      "commands",
      "flow test/flow\n  1️⃣:note too early\nlabel: x\n2️⃣:nota hello\n3️⃣:back twice\nother: 4️⃣:skop because\n:lost\n",
      "1️⃣ script-syntax: an indented command belongs to the answer above it, and none stands there; put it under an answer, or at the beginning of its line for the next question",
      "2️⃣ unknown-command: no such command; did you mean ':note'?",
      "3️⃣ unknown-command: this command takes no text; take the text out, or use ':note'",
      "4️⃣ unknown-command: no such command; did you mean ':skip'?"),
    BadFile(
      "secrets",
      "flow test/flow\nkeys.key: 1️⃣4f1c09aa\nkeys.secret: 2️⃣env:MY-KEY\nkeys.copy: 3️⃣9e41\nkeys.secret: 4️⃣fd:x\n",
      "1️⃣ literal-secret: a part of a credential stands here openly; write env:NAME, file:PATH or fd:NUMBER; if it is real, make a new key, or 'ask'",
      "2️⃣ bad-reference: this reference can't be followed; write env:NAME, file:PATH or fd:NUMBER, or 'ask'",
      "3️⃣ literal-secret: what a person reads from their own copy can't stand in a script; write 'keys.copy: ask'",
      "4️⃣ bad-reference: this reference can't be followed; write env:NAME, file:PATH or fd:NUMBER, or 'ask'"),
    BadFile(
      "expectations",
      "flow test/flow\n1️⃣expect outcome done\n2️⃣expect exceptions none\n3️⃣expect miracles\n",
      "1️⃣ bad-expectation: this is nothing that can be expected; expect outcome completed|aborted|blocked, exceptions N, questions N, warnings N, or warning CODE",
      "2️⃣ bad-expectation: this is nothing that can be expected; expect outcome completed|aborted|blocked, exceptions N, questions N, warnings N, or warning CODE",
      "3️⃣ bad-expectation: this is nothing that can be expected; expect outcome completed|aborted|blocked, exceptions N, questions N, warnings N, or warning CODE"
    ),
  ]

  /// What is wrong with them for `flow`.
  static let against: [BadFile] = [
    BadFile(
      "another flow", "1️⃣flow test/other\n",
      "1️⃣ wrong-flow: the script answers flow 'test/other', this is 'test/flow'; replay it with its own flow"),
    BadFile(
      "steps and options",
      """
      flow test/flow
      1️⃣porpose: bot
      2️⃣purpose: boat
      3️⃣purpose.danger: yes
      purpose: 2
      purpose: B
      4️⃣purpose: 3
      5️⃣login: maybe
      6️⃣shows: spot, widthdraw
      shows: 1 2
      shows.danger: withdraw
      7️⃣shows.danger: yes
      8️⃣login.key: env:KEY
      9️⃣clock: yes

      """,
      "1️⃣ unknown-step: the flow has no step 'porpose'; did you mean 'purpose'?",
      "2️⃣ unknown-option: step 'purpose' has no option 'boat'; did you mean 'bot'?",
      "3️⃣ takes-no-answer: step 'purpose' has no dangerous option; take this line out",
      "4️⃣ unknown-option: step 'purpose' has no option '3'; it can be 'bot' or 'tax'",
      "5️⃣ wrong-value: step 'login' wants yes or no; write 'login: yes' or 'login: no'",
      "6️⃣ unknown-option: step 'shows' has no option 'widthdraw'; did you mean 'withdraw'?",
      "7️⃣ wrong-value: this is not the word that step 'shows' wants; it wants 'withdraw'",
      "8️⃣ takes-no-answer: step 'login' takes no credential; write 'login: VALUE'",
      "9️⃣ takes-no-answer: step 'clock' runs by itself and takes no answer; take this line out"),
    BadFile(
      "the rest",
      """
      flow test/flow
      1️⃣label: much too long
      2️⃣keys: some-secret
      3️⃣keys.secert: env:SECRET
      keys.copy: ask
      keys: lost
      4️⃣note: no
      5️⃣done: yes
      6️⃣label.copy: ask

      """,
      "1️⃣ wrong-value: the answer does not fit what step 'label' takes; At most 8 characters.",
      "2️⃣ literal-secret: step 'keys' takes a credential, and none can stand in a script; write 'keys.key: env:NAME', or one of the words 'lost'",
      "3️⃣ unknown-part: step 'keys' takes no part of that name; did you mean 'secret'?",
      "4️⃣ wrong-value: step 'note' only tells; write 'note: ok'",
      "5️⃣ takes-no-answer: step 'done' runs by itself and takes no answer; take this line out",
      "6️⃣ takes-no-answer: step 'label' takes no credential; write 'label: VALUE'"),
  ]

  static let flow = """
    format: 1
    flow: test/flow
    version: 1
    title: A flow
    summary: For a test.
    steps:
    - {id: purpose, kind: choose, title: P, options: [{id: bot, title: Bot}, {id: tax, title: Bookkeeping}]}
    - {id: login, kind: confirm, title: L}
    - {id: note, kind: tell, title: N}
    - id: shows
      kind: select
      title: S
      options: [{id: spot, title: Spot}, {id: withdraw, title: Withdraw, danger: {word: withdraw, why: It leaves.}}]
    - {id: label, kind: text, title: L, shape: {max: 8, message: At most 8 characters.}}
    - {id: clock, kind: check, title: C, check: clock-plausible}
    - {id: store, kind: store, title: S, required: true}
    - {id: keys, kind: credential, title: K, store: store, name: test/key, if-lost: keys, parts: [{name: key, title: K, secret: false}, {name: secret, title: S, secret: true}]}
    - {id: review, kind: review, title: Review}
    - {id: done, kind: end, outcome: completed}
    """
}
