extension Explanation {
  /// What is wrong with a key or its value.
  static let keys: [Explanation] = [
    Explanation(
      .unknownKey, "no such key",
      means: "No flow, step, option or part has a key of this name. Mostly it is mistyped; the hint names the nearest.",
      matters: "A key that is passed over in silence is an instruction that nobody gets.",
      bad: .steps("- {id: login, kind: confirm, title: Log in, promt: Logged in?}"),
      mended: .steps("- {id: login, kind: confirm, title: Log in, prompt: Logged in?}")),
    Explanation(
      .misplacedKey, "a key of another kind of step",
      means: "The key exists, but steps of this kind do not have it. The hint says which do.",
      matters: "The step would not do what the key promises. Perhaps its kind is wrong, and not the key.",
      bad: .steps("- {id: where, kind: tell, title: Where?, options: [{id: home, title: At home}]}"),
      mended: .steps("- {id: where, kind: choose, title: Where?, options: [{id: home, title: At home}]}")),
    Explanation(
      .missingKey, "a key that is needed",
      means: "Something that can't be done without is not there: every step has an id and a kind, a question a title.",
      matters: "Without it the step can't be asked, or not be named by others.",
      bad: .steps("- {id: login, kind: confirm, prompt: Logged in?}"),
      mended: .steps("- {id: login, kind: confirm, title: Log in, prompt: Logged in?}")),
    Explanation(
      .wrongType, "a list, a text, or keys with values, where another of these belongs",
      means:
        "YAML knows texts, lists ('- ') and keys with values ('key: value'), and another of them belongs here. A text that "
        + "begins with '{' or '[' is taken for one of the others unless it has double quotes.",
      matters: "The value can't be used as it stands.",
      bad: .steps("- {id: login, kind: confirm, title: Log in, needs: your phone}"),
      mended: .steps("- {id: login, kind: confirm, title: Log in, needs: [your phone]}")),
    Explanation(
      .wrongValue, "a word or number that is none of those possible",
      means:
        "The key takes one of a few words, or a number within bounds, and this is none of them. Booleans are true and "
        + "false; in a script, an answer of another kind than the step wants gives this too.",
      matters: "A guess could steer a run to where nobody wanted it.",
      bad: .steps("- {id: login, kind: confirm, title: Log in, required: yes}"),
      mended: .steps("- {id: login, kind: confirm, title: Log in, required: true}")),
    Explanation(
      .emptyText, "a text without a character",
      means: "A text is there and says nothing. Write it, or take its key out.",
      matters: "On the screen it would be a gap, and the reader would think that something is missing.",
      bad: .steps("- {id: form, kind: tell, title: Form, why: \"\"}"),
      mended: .steps("- {id: form, kind: tell, title: Form, why: A key is made here.}")),
    Explanation(
      .badID, "an id with other characters than small letters, digits and '-'",
      means:
        "Ids are small letters, digits and '-', 64 at most, and begin with a letter or digit. They have no dots, so that "
        + "'credential.key' can name a part. Some names are taken: no part is called 'danger', no exit 'lost'.",
      matters: "Scripts, records and file names use the ids; they must be the same everywhere.",
      bad: .steps("- {id: Log In, kind: confirm, title: Log in}"),
      mended: .steps("- {id: log-in, kind: confirm, title: Log in}")),
    Explanation(
      .badText, "braces that are no '{STEP}', or a line break where one line belongs",
      means:
        "In texts '{STEP}' stands for an answer and '{STEP.id}' for its ids; a brace that is meant is written twice. Titles "
        + "take no answers, and are one line.",
      matters: "A reader would see braces in place of the answer.",
      bad: .steps("- {id: form, kind: tell, title: Form, say: \"Type {your label} there.\"}"),
      mended: .steps("- {id: form, kind: tell, title: Form, say: \"Type {{your label}} there.\"}")),
    Explanation(
      .badDate, "not a day, YYYY-MM-DD",
      means: "The day does not exist, or is written another way.",
      matters: "Dates tell how old an instruction is. Written in one way, they can be compared.",
      bad: .steps("- {id: form, kind: tell, title: Form, source: {from: the help pages, date: 27.5.2026}}"),
      mended: .steps("- {id: form, kind: tell, title: Form, source: {from: the help pages, date: 2026-05-27}}")),
    Explanation(
      .badURL, "not a plain https address",
      means: "An address begins with https://, has a host, and neither a name nor a password nor white space.",
      matters:
        "People open these addresses and log in there. 'https://www.gate.com@evil.example/' leads to evil.example, and "
        + "http lets anyone on the way change the page.",
      bad: .steps(
        "- {id: form, kind: tell, title: Form, url: http://www.example.com, source: {from: its help pages, date: 2026-05-27}}"
      ),
      mended: .steps(
        "- {id: form, kind: tell, title: Form, url: https://www.example.com, source: {from: its help pages, date: 2026-05-27}}"
      )),
    Explanation(
      .badShape, "a shape that nothing can fit",
      means:
        "What the shape demands contradicts itself: no text is long enough and short enough, or no character is allowed.",
      matters: "The person would be asked again for ever.",
      bad: .steps("- {id: label, kind: text, title: Label, shape: {min: 9, max: 8}}"),
      mended: .steps("- {id: label, kind: text, title: Label, shape: {min: 1, max: 8}}")),
    Explanation(
      .badGuard, "a guard that asks nothing, or two things at once",
      means:
        "A guard on a step says one of 'is', 'is-not', 'includes', 'beyond', 'exceeds', 'lacks', 'skipped' or 'asked'; a guard "
        + "of 'all', 'any' or 'not' says nothing else. 'all' joins what is asked at once.",
      matters: "Nobody could say when it holds.",
      bad: .steps(
        "- {id: sure, kind: confirm, title: Sure?, next: [{when: {step: sure}, to: review}, {to: review}]}"),
      mended: .steps(
        "- {id: sure, kind: confirm, title: Sure?, next: [{when: {step: sure, is: yes}, to: review}, {to: review}]}")),
    Explanation(
      .unknownFormat, "a format that this version does not read",
      means: "The number behind 'format' is not 1. A newer Keyusher may read the file.",
      matters: "A file of a later format can mean something else by the same words.",
      bad: .flow("format: 2\nflow: example/key"), mended: .flow("format: 1\nflow: example/key")),
    Explanation(
      .wrongFlowID, "the flow's id is not its place under 'flows/'",
      means: "The flow in flows/example/key.yaml is called example/key, and its line 'flow:' must say so.",
      matters: "A flow is run by its id. Under another name somebody else's flow would be found, or none.",
      bad: .flow("format: 1\nflow: example/old-key"), mended: .flow("format: 1\nflow: example/key")),
  ]

  /// What is wrong within a step or its options.
  static let steps: [Explanation] = [
    Explanation(
      .duplicateID, "two steps, options, parts or exits with one name",
      means: "The name is taken already, further up.",
      matters: "Whoever names it, in a guard, a script or a record, could mean either.",
      bad: .steps("- {id: form, kind: tell, title: Open}\n- {id: form, kind: tell, title: Fill in}"),
      mended: .steps("- {id: open, kind: tell, title: Open}\n- {id: form, kind: tell, title: Fill in}")),
    Explanation(
      .emptyList, "no steps, options or parts",
      means: "The list is there and has no entry: a flow needs a step, a question an option, a credential a part.",
      matters: "There would be nothing to ask.",
      bad: .steps("- {id: where, kind: choose, title: Where?, options: []}"),
      mended: .steps("- {id: where, kind: choose, title: Where?, options: [{id: home, title: At home}]}")),
    Explanation(
      .dangerousDefault, "Enter would take a dangerous option",
      means: "The default names an option with 'danger'. The default is what Enter takes.",
      matters: "Danger wants a decision: nobody shall come to it by pressing Enter.",
      bad: .steps(
        """
        - id: rights
          kind: select
          title: Rights
          default: [withdraw]
          options:
            - {id: read, title: Read}
            - {id: withdraw, title: Withdraw, danger: {word: withdraw, why: Coins can leave.}}
        """),
      mended: .steps(
        """
        - id: rights
          kind: select
          title: Rights
          default: [read]
          options:
            - {id: read, title: Read}
            - {id: withdraw, title: Withdraw, danger: {word: withdraw, why: Coins can leave.}}
        """)),
    Explanation(
      .needsWhen, "something stands after a 'next' or 'default' that always holds",
      means:
        "Of a list the first that holds is taken. An entry without 'when' always holds, so that it must be the last.",
      matters: "What stands behind it is never looked at.",
      bad: .steps(
        "- {id: sure, kind: confirm, title: Sure?, next: [{to: review}, {when: {step: sure, is: no}, to: sure}]}"),
      mended: .steps(
        "- {id: sure, kind: confirm, title: Sure?, next: [{when: {step: sure, is: no}, to: sure}, {to: review}]}")),
    Explanation(
      .promptTooWide, "a prompt of more than 40 columns",
      means: "The question that the answer is typed behind is too long. What explains it belongs into 'say'.",
      matters: "Behind 40 columns there is room for an answer on every terminal; without it the line wraps.",
      bad: .steps("- {id: sure, kind: confirm, title: Sure?, prompt: Are you really quite sure about all of that?}"),
      mended: .steps("- {id: sure, kind: confirm, title: Sure?, say: Look at all of that., prompt: Are you sure?}")),
    Explanation(
      .optionTooWide, "an option of more than 72 columns",
      means:
        "An option's title is one line of at most 72 columns. The rest belongs into 'note', said once it is chosen.",
      matters: "Options are read by comparing them: that goes with short lines.",
      bad: .steps(
        "- {id: where, kind: choose, title: Where?, options: [{id: home, title: At home on a computer whose address changes every night without anybody noticing}]}"
      ),
      mended: .steps(
        "- {id: where, kind: choose, title: Where?, options: [{id: home, title: At home, note: The address may change every night.}]}"
      )),
    Explanation(
      .noSource, "a 'url' without a 'source'",
      means: "The step sends somebody to a page and does not say what it is described from, and when that was read.",
      matters: "Pages change. With a source and a date, a reader can tell how far to trust the description.",
      bad: .steps("- {id: form, kind: tell, title: Form, url: https://www.example.com/keys}"),
      mended: .steps(
        "- {id: form, kind: tell, title: Form, url: https://www.example.com/keys, source: {from: its help pages, date: 2026-05-27}}"
      )),
  ]
}
