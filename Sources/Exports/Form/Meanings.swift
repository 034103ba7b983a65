/// What each standing means, in the order in which a page explains them.
let meanings = [
  ("answered", "answered", "a choice or a name"),
  ("claimed", "claimed", "a person says so"),
  ("scripted", "scripted", "a script or a program says so; no person does"),
  ("verified", "verified", "the tool saw it, by the means named"),
  ("not-verified", "not verified", "the tool looked and saw otherwise"),
  ("not-knowable", "not knowable", "the tool looked and could not tell"),
  ("skipped", "skipped", "left out, for the reason given"),
]

/// What a hole in a text of the flow is.
let meaningOfBrackets =
  "another step's answer, where it stood when this was read; otherwise that step's name"
