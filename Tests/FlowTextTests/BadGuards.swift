/// Lists of guards that do not cut clean.
extension BadFlows {
  private static let questions = """
    - {id: a, kind: choose, title: A, required: true, options: [{id: x, title: X}, {id: y, title: Y}, {id: z, title: Z}]}
    - {id: s, kind: select, title: S, options: [{id: p, title: P}, {id: q, title: Q}, {id: r, title: R, disabled: {reason: N}}]}

    """

  static let guards: [BadFile] = [
    .steps(
      "guards that overlap",
      questions + """
        - id: c
          kind: tell
          title: C
          next:
            - {when: {step: a, is: [x, y]}, to: d}
            - {when: 1️⃣{step: a, is-not: x}, to: review}
        - id: d
          kind: choose
          title: D
          options: [{id: o, title: O}]
          default:
            - {when: {step: s, includes: p}, value: o}
            - {when: 2️⃣{step: s, beyond: p}, value: o}
            - {value: o}
        """,
      "1️⃣ overlapping-guards: guards 1 and 2 of this list can both hold: 'a' is 'y'; the first is taken; let one of them say 'not', so that their order does not matter",
      "2️⃣ overlapping-guards: guards 1 and 2 of this list can both hold: 's' has 'p' and 'q'; the first is taken; let one of them say 'not', so that their order does not matter"
    ),
    .steps(
      "guards of which none need hold",
      questions + """
        - {id: c, kind: tell, title: C, next: 1️⃣[{when: {step: a, is: x}, to: d}, {when: {step: a, is: y}, to: review}]}
        - {id: d, kind: confirm, title: D, next: 2️⃣[{when: {step: d, is: yes}, to: e}, {when: {step: d, is: no}, to: f}]}
        - id: e
          kind: tell
          title: E
          next: [{when: {step: a, is: x}, to: f}, {when: {step: a, is: [y, z]}, to: f}]
        - id: f
          kind: choose
          title: F
          options: [{id: o, title: O}, {id: u, title: U, next: g}, {id: n, title: N, disabled: [{reason: N}]}]
          next: [{when: {step: f, is: o}, to: g}, {when: {step: f, skipped: true}, to: review}]
        - {id: g, kind: check, title: G, check: clock-plausible, next: 3️⃣[{when: {step: g, is-not: not-knowable}, to: review}]}
        """,
      "1️⃣ not-exhaustive: none of these need hold: 'a' is 'z'; end the list with an entry without 'when'; as it is, the run goes on to the next step in the file",
      "2️⃣ not-exhaustive: none of these need hold: 'd' was skipped; end the list with an entry without 'when'; as it is, the run goes on to the next step in the file",
      "3️⃣ not-exhaustive: none of these need hold: 'g' is 'not-knowable'; end the list with an entry without 'when'; as it is, the run goes on to the next step in the file"
    ),
    .steps(
      "guards that never hold",
      questions + """
        - id: c
          kind: choose
          title: C
          options: [{id: o, title: O, next: review}, {id: u, title: U}]
          warnings: [{code: W, when: 1️⃣{all: [{step: a, is: x}, {step: a, is: y}]}, text: T}]
          next:
            - {when: 2️⃣{step: c, is: o}, to: review}
            - {when: 3️⃣{step: s, includes: r}, to: review}
            - {when: {step: s, skipped: true}, to: d}
            - {when: {step: s, skipped: false}, to: review}
            - 4️⃣{to: review}
        - id: d
          kind: tell
          title: D
          next:
            - {when: {step: a, is: [x, y]}, to: review}
            - {when: 5️⃣{step: a, is: x}, to: review}
            - {to: review}
        """,
      "1️⃣ never-holds: this can't hold, whatever is answered; look at what its steps can answer, or take it out",
      "2️⃣ never-holds: this can't hold, whatever is answered; look at what its steps can answer, or take it out",
      "3️⃣ never-holds: this can't hold, whatever is answered; look at what its steps can answer, or take it out",
      "4️⃣ never-holds: those above always hold where this does, so that it is never taken; put it before them, or take it out",
      "5️⃣ never-holds: those above always hold where this does, so that it is never taken; put it before them, or take it out"
    ),
    .steps(
      "answers that do not come together",
      questions + """
        - {id: way, kind: choose, title: W, required: true, options: [{id: l, title: L, next: left}, {id: r, title: R, next: right}]}
        - {id: left, kind: confirm, title: L, next: c}
        - {id: right, kind: confirm, title: R}
        - id: c
          kind: tell
          title: C
          next:
            - {when: {all: [{step: left, asked: true}, {step: left, is: yes}]}, to: review}
            - {when: {all: [{step: right, asked: true}, {step: right, is: yes}]}, to: review}
            - {when: {all: [{step: way, is: l}, {step: right, asked: true}]}, to: review}
            - {to: review}
        """),
    .steps(
      "two forms of a guard in one",
      questions + """
        - id: c
          kind: tell
          title: C
          next:
            - {when: {all: [{step: a, is: x}], 1️⃣is: y}, to: review}
            - {when: {2️⃣asked: true, any: [{step: a, is: y}]}, to: review}
            - {when: {not: {all: [{step: s, includes: p}], 3️⃣skipped: true}, 4️⃣beyond: [p], 5️⃣lacks: s}, to: review}
            - {when: {step: a, is: z, 6️⃣includes: p}, to: review}
            - {when: {step: a, is: z, 7️⃣all: [{step: a, is: z}]}, to: review}
            - {to: review}
        """,
      "1️⃣ bad-guard: 'is' stands beside 'all', and says nothing there; put it into a guard of its own, with its 'step'; 'all' joins several guards",
      "2️⃣ bad-guard: 'asked' stands beside 'any', and says nothing there; put it into a guard of its own, with its 'step'; 'all' joins several guards",
      "3️⃣ bad-guard: 'skipped' stands beside 'all', and says nothing there; put it into a guard of its own, with its 'step'; 'all' joins several guards",
      "4️⃣ bad-guard: 'beyond' stands beside 'not', and says nothing there; put it into a guard of its own, with its 'step'; 'all' joins several guards",
      "5️⃣ bad-guard: 'lacks' stands beside 'not', and says nothing there; put it into a guard of its own, with its 'step'; 'all' joins several guards",
      "6️⃣ bad-guard: a guard on a step says one of 'is', 'is-not', 'includes', 'beyond', 'exceeds', 'lacks', 'skipped' or 'asked'; keep one; 'all' joins several guards",
      "7️⃣ bad-guard: a guard begins with one of 'step', 'all', 'any' or 'not'; keep one; 'all' joins several guards"),
    .steps(
      "guards on what is not there",
      questions + """
        - id: c
          kind: tell
          title: C
          next:
            - {when: {step: a, is: 1️⃣w}, to: review}
            - {when: {step: 2️⃣t, is: x}, to: review}
            - {when: {step: s, beyond: [p, 3️⃣w]}, to: review}
            - {when: {step: 4️⃣a, beyond: x}, to: review}
            - {to: review}
        """,
      "1️⃣ unknown-option: step 'a' has no answer 'w'; it can be 'x', 'y' or 'z'",
      "2️⃣ unknown-step: no step 't'; it can be 'a', 's', 'c', 'review' or 'done'",
      "3️⃣ unknown-option: step 's' has no answer 'w'; it can be 'p', 'q' or 'r'",
      "4️⃣ wrong-kind: step 'a' is no select step; 'is' looks at a single answer"),
  ]
}
