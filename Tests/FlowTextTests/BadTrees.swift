import FlowText
import Testing

/// A flow and the files it includes, with marks, and all that is found in them.
struct FlowFiles: Sendable, CustomTestStringConvertible {
  var name: String
  /// The steps of `test/flow`, before its review and end.
  var steps: String
  /// Groups and packs, by their ids; a group's text is that of its parameters and steps.
  var others: KeyValuePairs<String, String>
  var findings: [String]

  var testDescription: String { name }

  init(_ name: String, _ steps: String, _ others: KeyValuePairs<String, String> = [:], _ findings: String...) {
    (self.name, self.steps, self.others, self.findings) = (name, steps, others, findings)
  }

  var flow: MarkedText { MarkedText(BadFile.head + steps + "\n" + BadFile.tail) }

  /// What a file holds: groups whose text does not say so themselves get their head.
  func text(of id: String) -> MarkedText? {
    guard let text = others.first(where: { $0.key == id })?.value else { return nil }
    let isWhole = id.hasSuffix("/pack") || text.contains("group:")
    return MarkedText(isWhole ? text : "format: 1\ngroup: \(id)\nabout: For a test.\n" + text)
  }

  func library() -> FlowLibrary {
    FlowLibrary(known: others.map(\.key).filter { !$0.hasSuffix("/pack") }) { id in
      text(of: id).map { .found(bytes: Array($0.text.utf8), path: "\(id).yaml") } ?? .absent
    }
  }

  func bound() -> Reading<BoundFlow> {
    lintAndBind(flow.text, path: "flow.yaml", expectedID: "test/flow", library: library())
  }

  /// Findings as lines; those of another file begin with its path.
  func lines(_ findings: [Finding]) -> [String] {
    findings.flatMap { finding -> [String] in
      guard finding.path != "flow.yaml" else { return flow.lines([finding]) }
      let id = String(finding.path.dropLast(".yaml".count))
      return (text(of: id) ?? flow).lines([finding]).map { "\(finding.path) \($0)" }
    }
  }
}

/// Flows whose includes, parameters or controls are wrong.
enum BadTrees {
  static let tell = "  - {id: a, kind: tell, title: A}\n"

  static let all = includes + parameters + controls

  static let includes: [FlowFiles] = [
    FlowFiles(
      "an unknown group", "- include: 1️⃣shared/logn", ["shared/login": "steps:\n" + tell],
      "1️⃣ unknown-include: no group 'shared/logn'; did you mean 'shared/login'?"),
    FlowFiles(
      "no groups at all", "- include: 1️⃣shared/login", [:],
      "1️⃣ unknown-include: no group 'shared/login'; a group is a file FOLDER/NAME.yaml that begins with 'group:'"),
    FlowFiles(
      "a group without a folder", "- include: 1️⃣login", [:],
      "1️⃣ bad-id: 'login' is not the id of a flow; write PROVIDER/NAME in small letters, digits and '-', for example gate-io/create-key"
    ),
    FlowFiles(
      "a group that calls itself otherwise", "- include: shared/a",
      ["shared/a": "format: 1\ngroup: 1️⃣shared/b\nabout: For a test.\nsteps:\n" + tell],
      "shared/a.yaml 1️⃣ wrong-flow-id: the group calls itself 'shared/b', its file says 'shared/a'; write 'group: shared/a', or move the file"
    ),
    FlowFiles(
      "a group that includes itself", "- include: shared/a", ["shared/a": "steps:\n  - include: 1️⃣shared/a\n"],
      "shared/a.yaml 1️⃣ include-loop: group 'shared/a' includes itself; shared/a includes shared/a"),
    FlowFiles(
      "a circle of groups", "- include: shared/a",
      [
        "shared/a": "steps:\n  - include: shared/b\n", "shared/b": "steps:\n  - include: shared/c\n",
        "shared/c": "steps:\n  - include: 1️⃣shared/b\n",
      ],
      "shared/c.yaml 1️⃣ include-loop: group 'shared/b' includes itself; shared/b includes shared/c includes shared/b"),
    FlowFiles(
      "a group that is no YAML", "- include: shared/a", ["shared/a": "steps: [\n1️⃣"],
      "shared/a.yaml 1️⃣ syntax: this is not YAML: did not find expected node content; look for a missing quote or a line that is not indented as its neighbours"
    ),
    FlowFiles(
      "a group that lacks keys", "- include: shared/a", ["shared/a": "1️⃣group: shared/a\n2️⃣stpes: []\n"],
      "shared/a.yaml 1️⃣ missing-key: a group needs 'format' and 'about' and 'steps'; add 'format: ...'",
      "shared/a.yaml 2️⃣ unknown-key: unknown key 'stpes'; did you mean 'steps'?"),
    FlowFiles(
      "mistakes in a group's steps", "- {id: b, kind: tell, title: B, 1️⃣promtp: x}\n- include: shared/a",
      ["shared/a": "steps:\n  - {id: a, kind: tell, title: A, 1️⃣promt: x}\n  - {id: c, kind: 2️⃣tel, title: C}\n"],
      "1️⃣ unknown-key: unknown key 'promtp'; did you mean 'prompt'?",
      "shared/a.yaml 1️⃣ unknown-key: unknown key 'promt'; did you mean 'prompt'?",
      "shared/a.yaml 2️⃣ wrong-value: unknown word 'tel'; did you mean 'tell'?"),
    FlowFiles(
      "a flow in place of a group", "- include: shared/a",
      ["shared/a": "1️⃣flow: shared/a\nformat: 1\nabout: Not a group:.\nsteps: []\n"],
      "shared/a.yaml 1️⃣ unknown-key: unknown key 'flow'; it can be 'format', 'group', 'about', 'steps' or 'params'",
      "shared/a.yaml 1️⃣ missing-key: a group needs 'group'; add 'group: ...'"),
  ]

  static let parameters: [FlowFiles] = [
    FlowFiles(
      "parameters missing and unknown", "- {1️⃣include: shared/a, with: {2️⃣thne: review}}",
      ["shared/a": "params:\n  then: {about: The next step.}\nsteps:\n" + tell],
      "1️⃣ missing-parameter: the group needs parameter 'then'; add 'with: {then: ...}'",
      "2️⃣ unknown-parameter: the group has no parameter 'thne'; did you mean 'then'?"),
    FlowFiles(
      "optional: false does not make it optional", "- {1️⃣include: shared/a}",
      ["shared/a": "params:\n  then: {about: The next step., optional: false}\nsteps:\n" + tell],
      "1️⃣ missing-parameter: the group needs parameter 'then'; add 'with: {then: ...}'"),
    FlowFiles(
      "a name that is no parameter", "- {include: shared/a, with: {name: A}}",
      [
        "shared/a": """
        params: {name: {about: A name.}}
        steps:
          - {id: a, kind: tell, title: "Hello 1️⃣$(naem)", say: "2️⃣$(name.title)"}

        """
      ],
      "shared/a.yaml 1️⃣ unknown-parameter: no parameter 'naem'; did you mean 'name'?",
      "shared/a.yaml 2️⃣ unknown-parameter: no parameter 'name.title'; write $(name.title?) where it may be missing"),
    FlowFiles(
      "a parameter of a group above", "- {include: shared/a, with: {name: A}}",
      [
        "shared/a": "params: {name: {about: A name.}}\nsteps:\n  - include: shared/b\n",
        "shared/b": "steps:\n  - {id: b, kind: tell, title: 1️⃣$(name)}\n",
      ],
      "shared/b.yaml 1️⃣ unknown-parameter: no parameter 'name'; write $(name?) where it may be missing"),
    FlowFiles(
      "no pack", "- {id: a, kind: tell, title: 1️⃣$(pack.title)}", [:],
      "1️⃣ unknown-parameter: this needs the pack 'test/pack.yaml', and there is none; 'keyusher flow show gate-io/pack' prints one; flows/README.md says what belongs there"
    ),
    FlowFiles(
      "what a pack has not", "- {id: a, kind: tell, title: 1️⃣$(pack.tilte)}", ["test/pack": "title: Test\n"],
      "1️⃣ unknown-parameter: no parameter 'pack.tilte'; did you mean 'title'?"),
    FlowFiles(
      "a broken pack", "- {id: a, kind: tell, title: $(pack.title)}", ["test/pack": "title: a1️⃣: b\n"],
      "test/pack.yaml 1️⃣ syntax: this is not YAML: mapping values are not allowed in this context; put a text with ': ' in it into double quotes"
    ),
    FlowFiles(
      "what is no mention", "- {id: a, kind: tell, title: \"1️⃣$(na me) 2️⃣$(\", say: \"3️⃣$()\"}", [:],
      "1️⃣ bad-text: '$(na me' is not '$(NAME)'; write '$$(' for one that is meant",
      "3️⃣ bad-text: '$(' is not '$(NAME)'; write '$$(' for one that is meant"),
    FlowFiles(
      "a list of lists within a text",
      "- {for: word, in: [[a, [b]]], put: {id: a, kind: tell, title: \"T 1️⃣$(word)\"}}", [:],
      "1️⃣ wrong-type: parameter 'word' is a list, and stands within a text; name one of its texts, for example $(word.title)"
    ),
    FlowFiles(
      "parameters with bad names", "- {include: shared/a}",
      [
        "shared/a": """
        params:
          1️⃣Then: {about: A., optional: true}
          2️⃣pack: {about: B., optional: 3️⃣yes, default: x}
          d: {4️⃣defualt: x, optional: true}
        steps: []

        """
      ],
      "shared/a.yaml 1️⃣ bad-id: no parameter can be called 'Then'; use small letters, digits and '-', and not 'pack', which stands for the provider's pack",
      "shared/a.yaml 2️⃣ bad-id: no parameter can be called 'pack'; use small letters, digits and '-', and not 'pack', which stands for the provider's pack",
      "shared/a.yaml 3️⃣ wrong-value: 'yes' is neither true nor false; write true or false",
      "shared/a.yaml 4️⃣ unknown-key: unknown key 'defualt'; did you mean 'default'?",
      "shared/a.yaml 4️⃣ missing-key: a parameter needs 'about'; add 'about: ...'"),
  ]

  static let controls: [FlowFiles] = [
    FlowFiles(
      "unknown keys", "- {include: shared/a, 1️⃣wiht: {}}\n- {if: pack, put: [], 2️⃣iss: x}",
      ["shared/a": "steps:\n" + tell],
      "1️⃣ unknown-key: unknown key 'wiht'; did you mean 'with'?",
      "2️⃣ unknown-key: unknown key 'iss'; did you mean 'is'?"),
    FlowFiles(
      "missing keys", "- {1️⃣for: x, in: [a]}\n- {2️⃣unless: x}", [:],
      "1️⃣ missing-key: a 'for' needs 'put'; add 'put: ...'",
      "2️⃣ missing-key: an 'unless' needs 'put'; add 'put: ...'"),
    FlowFiles(
      "names in controls", "- {for: 1️⃣X, in: [a], put: []}\n- {if: 2️⃣$(x), put: []}\n- {for: x, in: 3️⃣a, put: []}", [:],
      "1️⃣ bad-id: 'X' is not an id; use small letters, digits and '-', 64 at most, a letter or digit first",
      "2️⃣ bad-text: '$(x)' is not the name of a parameter; write if: pack.pages.keys",
      "3️⃣ wrong-type: this is a list of items, and a text stands here; begin each with '- '"),
  ]
}
