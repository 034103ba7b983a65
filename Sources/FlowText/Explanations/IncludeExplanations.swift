extension Explanation {
  /// What is wrong with what flows share.
  static let includes: [Explanation] = [
    Explanation(
      .unknownInclude, "no group of that id, or one that can't be used",
      means:
        "'include' names a group of steps, a file FOLDER/NAME.yaml that begins with 'group:', and there is none, or it "
        + "can't be opened. The hint names the nearest.",
      matters: "The steps of the group would be missing, and the flow would look whole without them.",
      bad: .steps("- {include: shared/logn, with: {then: review}}"),
      mended: .steps("- {include: shared/login, with: {then: review}}")),
    Explanation(
      .includeLoop, "a group includes itself",
      means: "A group includes itself, or another that includes it again. The hint shows the circle.",
      matters: "What it stands for would never end.",
      bad: .group(group("  - include: shared/look")),
      mended: .group(group("  - {id: look, kind: tell, title: Look at the page}"))),
    Explanation(
      .unknownParameter, "'$(NAME)' or 'with' names a parameter that there is not",
      means:
        "A group says under 'params' what can be given to it with 'with', and only that can stand as $(NAME) in its "
        + "texts. $(pack.KEY) is what the pack of the flow's provider says. $(NAME?) may be missing; '$$(' stands for "
        + "a '$(' that is meant.",
      matters: "Where the text of a page or the next step belongs, there would be nothing.",
      bad: .group(
        group("  - {id: look, kind: tell, title: $(tilte)}", params: "  title: {about: Its title., default: Look}")),
      mended: .group(
        group("  - {id: look, kind: tell, title: $(title)}", params: "  title: {about: Its title., default: Look}"))),
    Explanation(
      .missingParameter, "a group needs a parameter that is not given",
      means:
        "The group has a parameter without 'default' and without 'optional: true', and 'with' does not give it.",
      matters: "The group's steps would lead nowhere, or ask with half a sentence.",
      bad: .steps("# shared/login.yaml says 'params: {then: {about: The step after it.}}'\n- include: shared/login"),
      mended: .steps("- {include: shared/login, with: {then: review}}")),
  ]

  private static func group(_ steps: String, params: String? = nil) -> String {
    "format: 1\ngroup: shared/look\nabout: A look at the page.\n" + (params.map { "params:\n\($0)\n" } ?? "")
      + "steps:\n" + steps
  }
}
