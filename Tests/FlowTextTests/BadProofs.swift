/// Flows that read well, and do not hold.
extension BadFlows {
  static let proofs: [BadFile] = [
    .steps(
      "ways round an answer",
      """
      - {id: a, kind: choose, title: A, options: [{id: x, title: X, next: c}, {id: y, title: Y, next: b}, {id: z, title: Z, next: no-b}], required: true}
      - {id: b, kind: choose, title: B, options: [{id: p, title: P}, {id: q, title: Q, next: only-q}]}
      - id: c
        kind: tell
        title: C
        say: "1️⃣{b}, and {a}."
        warnings:
          - {code: W, when: {step: 2️⃣b, is: p}, text: "3️⃣{b.id}"}
          - {code: V, when: {all: [{step: b, asked: true}, {step: b, is: p}]}, text: T}
          - {code: U, when: {any: [{step: b, asked: false}, {step: b, is: p}]}, text: T}
          - {code: T, when: {not: {any: [{not: {step: b, asked: true}}, {step: b, skipped: true}]}}, text: T}
          - {code: S, when: {any: [{step: b, asked: true}, {step: 4️⃣b, skipped: true}]}, text: T}
        next: review
      - {id: only-q, kind: tell, title: Q, say: "{b} after {a}", next: review}
      - {id: no-b, kind: tell, title: N, say: "5️⃣{b}", next: review}
      """,
      "1️⃣ maybe-unanswered: step 'b' need not have been answered before step 'c'; the way a > c leads round it; lead through it, or say something else there",
      "2️⃣ maybe-unanswered: step 'b' need not have been answered before step 'c'; the way a > c leads round it; lead through it, or ask '{step: b, asked: true}' first within 'all'",
      "3️⃣ maybe-unanswered: step 'b' need not have been answered before step 'c'; the way a > c leads round it; lead through it, or say something else there",
      "4️⃣ maybe-unanswered: step 'b' need not have been answered before step 'c'; the way a > c leads round it; lead through it, or ask '{step: b, asked: true}' first within 'all'",
      "5️⃣ unanswered: step 'b' can't have been answered before this; ask it on a way to step 'no-b'"
    ),
    .steps(
      "a check after a way round",
      """
      - {id: a, kind: confirm, title: A, if-no: c}
      - {id: b, kind: text, title: B}
      - {id: c, kind: check, title: C, check: label-unused, of: 1️⃣b}
      """,
      "1️⃣ maybe-unanswered: step 'b' need not have been answered before step 'c'; the way a > c leads round it; lead through it"
    ),
    .steps(
      "a long way round",
      (0..<10).map { "- {id: s\($0), kind: tell, title: T}\n" }.joined()
        + "- {id: a, kind: confirm, title: A, if-no: review}\n- {id: 1️⃣b, kind: tell, title: B, required: true}",
      "1️⃣ way-around: step 'b' is required, and the way s0 > s1 > s2 > s3 > ... > a > review > done leads round it; lead every way to 'completed' through it, or write 'required: here' if it can't be skipped where it is asked"
    ),
    .steps(
      "stores",
      """
      - {id: a, kind: confirm, title: A, if-no: key}
      - {id: 4️⃣store, kind: store, title: S, required: true}
      - {id: key, kind: credential, title: K, store: 1️⃣store, name: test/key, if-lost: key, parts: [{name: s, title: S, secret: true}]}
      - {id: shelf, kind: store, title: S}
      - {id: other, kind: credential, title: K, store: 2️⃣shelf, name: test/other, if-lost: key, parts: [{name: s, title: S, secret: true}]}
      - {id: 3️⃣last, kind: credential, title: K, if-lost: key, parts: [{name: s, title: S, secret: true}]}
      """,
      "4️⃣ way-around: step 'store' is required, and the way a > key > shelf > other > last > review > done leads round it; lead every way to 'completed' through it, or write 'required: here' if it can't be skipped where it is asked",
      "1️⃣ store-not-proven: the way a > key comes here without proving the store of step 'store'; lead every way through step 'store' first, so that no secret is shown before there is a place for it",
      "2️⃣ store-not-proven: step 'shelf' can be skipped, and no store is proven then; write 'required: true' at that step",
      "3️⃣ no-store: this credential goes into no store, and nothing was proven for it; add 'store: STEP', a step of 'kind: store' before this one; it offers the person's own hands too"
    ),
    .steps(
      "a store too late",
      """
      - {id: key, kind: credential, title: K, store: 1️⃣store, name: test/key, if-lost: key, parts: [{name: s, title: S, secret: true}]}
      - {id: store, kind: store, title: S, required: true}
      """,
      "1️⃣ unanswered: step 'store' can't have been answered before this; ask it on a way to step 'key'"),
    .steps(
      "keys that never get their names",
      """
      - {id: s, kind: store, title: S, required: true}
      - {id: key, kind: credential, title: K, store: s, name: x/key, if-lost: review, parts: [{name: a, title: A, secret: true}]}
      - {id: works, kind: confirm, title: W, if-no: review}
      - {id: 1️⃣named, kind: check, title: N, check: named, of: key}
      - {id: two, kind: credential, title: T, store: s, name: x/two, if-lost: review, parts: [{name: a, title: A, secret: true}]}
      - id: look
        kind: check
        title: L
        check: powers
        of: two
        next:
          - {when: {step: look, is: [no, refused]}, to: stays}
          - {when: {all: [{not: {step: look, is: no}}, {not: {step: s, is: offline}}]}, to: its-name}
          - {to: review}
      - {id: stays, kind: choose, title: S, required: here, options: [{id: again, title: A, next: look}, {id: left, title: L, next: left}]}
      - {id: its-name, kind: check, title: I, check: named, of: two, next: review}
      - {id: left, kind: end, title: Left, outcome: blocked, reason: it is left}
      """,
      "1️⃣ no-name: the way key > works > review > done leads to 'completed', and the key of step 'key' has no name then; lead it through step 'named', or to an end that is not 'completed'"
    ),
    .steps(
      "long texts",
      """
      - id: a
        kind: tell
        title: A
        say: 1️⃣\(lines(5))
        why: 2️⃣\(lines(19))
      - id: b
        kind: choose
        title: B
        say:
          3️⃣- \(lines(4))
          - \(lines(4))
          - \(lines(4))
          - \(lines(4))
        help: \(lines(18))
        options: [{id: x, title: X, note: 4️⃣\(lines(19)), danger: {word: x, why: 5️⃣\(lines(20))}}]
        warnings: [{code: W, text: 6️⃣\(lines(21))}]
      - {id: c, kind: tell, title: C, alternative: 7️⃣\(lines(19)), say: "{b} \(word(62)) {b} \(word(62)) {b} \(word(62)) {b} \(word(62))"}
      - {id: d, kind: tell, title: D, say: 8️⃣"{b} \(word(64)) {b} \(word(64)) {b}"}
      """,
      "1️⃣ long-paragraph: a paragraph of 5 lines at 76 columns; 4 are the most; begin another with '- ', or move some into 'why' or 'help'",
      "2️⃣ long-text: a text of 19 lines at 76 columns; 18 are the most that a screen shows at once; shorten it, or make two steps of it",
      "3️⃣ long-text: a text of 19 lines at 76 columns; 18 are the most that a screen shows at once; shorten it, or make two steps of it",
      "4️⃣ long-text: a text of 19 lines at 76 columns; 18 are the most that a screen shows at once; shorten it, or make two steps of it",
      "5️⃣ long-text: a text of 20 lines at 76 columns; 18 are the most that a screen shows at once; shorten it, or make two steps of it",
      "6️⃣ long-text: a text of 21 lines at 76 columns; 18 are the most that a screen shows at once; shorten it, or make two steps of it",
      "7️⃣ long-text: a text of 19 lines at 76 columns; 18 are the most that a screen shows at once; shorten it, or make two steps of it",
      "8️⃣ long-paragraph: a paragraph of 5 lines at 76 columns; 4 are the most; begin another with '- ', or move some into 'why' or 'help'"
    ),
  ]

  /// Flows that are good until somebody says what day it is, and whose hosts are right.
  static let watched: [BadFile] = [
    .steps(
      "old sources",
      """
      - {id: a, kind: tell, title: A, source: {from: X, date: 1️⃣2026-05-26}}
      - {id: b, kind: tell, title: B, source: {from: X, date: 2026-05-27}}
      - {id: c, kind: tell, title: C, source: {from: X, date: 2024-01-01, seen-live: 2026-11-01}}
      - {id: d, kind: tell, title: D, source: {from: X, date: 2024-01-01, seen-live: 2️⃣2024-02-29}}
      - {id: e, kind: tell, title: E, source: {from: X, date: 2026-11-24}}
      - {id: f, kind: tell, title: F, source: {from: X, date: 3️⃣2026-11-25}}
      - {id: g, kind: tell, title: G, source: {from: X, date: 2024-01-01, seen-live: 4️⃣2027-01-01}}
      - {id: h, kind: tell, title: H, source: {from: X, date: 5️⃣9999-12-31, seen-live: 2026-11-23}}
      """,
      "1️⃣ stale-source: nobody has looked at this source for 181 days; read it again, compare the instruction with the live page, and write the day; 180 days are the most",
      "2️⃣ stale-source: nobody has looked at this source for 998 days; read it again, compare the instruction with the live page, and write the day; 180 days are the most",
      "3️⃣ future-source: this day is still to come: nobody can have looked at the source on it; write the day on which you did",
      "4️⃣ future-source: this day is still to come: nobody can have looked at the source on it; write the day on which you did",
      "5️⃣ future-source: this day is still to come: nobody can have looked at the source on it; write the day on which you did"
    ),
    .steps(
      "hosts",
      """
      - {id: a, kind: tell, title: A, url: "https://www.gate.com/keys", source: {from: X, date: 2026-11-01}}
      - {id: b, kind: tell, title: B, url: 1️⃣"https://www.gate.com.evil.example/keys", source: {from: X, date: 2026-11-01}}
      - {id: c, kind: text, title: C, say: "Open https://api.gate.com:443, or HTTPS://WWW.GATE.COM."}
      - {id: d, kind: tell, title: D, help: "See (https://2️⃣www.gate.io/x) and http://www.gate.com@3️⃣evil.example?x."}
      - {id: e, kind: tell, title: E, why: 4️⃣"https://www.{c}.com/ is yours"}
      """,
      "1️⃣ unofficial-host: 'www.gate.com.evil.example' is none of the provider's official hosts; add it to 'hosts' of the pack if it is the provider's own; otherwise correct the address",
      "2️⃣ unofficial-host: 'www.gate.io' is none of the provider's official hosts; add it to 'hosts' of the pack if it is the provider's own; otherwise correct the address",
      "3️⃣ unofficial-host: 'evil.example' is none of the provider's official hosts; add it to 'hosts' of the pack if it is the provider's own; otherwise correct the address",
      "4️⃣ unofficial-host: an answer stands in the host of an address; write out one of the provider's official hosts"
    ),
  ]

  /// Words that fill so many lines of 76 columns.
  private static func lines(_ count: Int) -> String {
    (0..<(count * 2)).map { _ in word(37) }.joined(separator: " ")
  }

  private static func word(_ length: Int) -> String { String(repeating: "w", count: length) }
}
