import CustomDump
import PlainText
import Testing

@Suite struct NearestTests {
  @Test(
    "the nearest word is a third away at most",
    arguments: [
      ("promt", "prompt"), ("tilte", "title"), ("lable", "label"), ("no", "on"), ("PROMPT", nil), ("x", nil), ("", nil),
      ("prxxxt", nil), (String(repeating: "prompt", count: 2000), nil),
    ] as [(String, String?)])
  func nearestWord(word: String, found: String?) {
    expectNoDifference(nearest(to: word, among: ["prompt", "title", "label", "on", "a"]), found)
  }
}
