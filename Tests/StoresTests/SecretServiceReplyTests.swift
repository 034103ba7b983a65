import CustomDump
import Testing

@testable import Stores

@Suite struct SecretServiceReplyTests {
  @Test(
    arguments: [
      ("([objectpath '/a/1', '/b'], @ao [])\n", .list([.list([.text("/a/1"), .text("/b")]), .list([])])),
      (
        "(<{'application': 'keyusher', 'id': \"a'b\\\"\\\\ü\"}>,)",
        .list([.pairs(["application": "keyusher", "id": "a'b\"\\ü"])])
      ),
      ("(<@a{ss} {}>,)", .list([.pairs([:])])),
      ("(<false>,)", .list([.flag(false)])),
      ("(true,)", .list([.flag(true)])),
      ("()", .list([])),
      ("(objectpath '/',)", .list([.text("/")])),
      (#"('\a\b\f\n\r\t\v\u00e9\U0001f511\'',)"#, .list([.text("\u{7}\u{8}\u{C}\n\r\t\u{B}é🔑'")])),
    ] as [(String, SecretServiceReply)])
  func `what gdbus prints is read`(_ text: String, _ reply: SecretServiceReply) {
    expectNoDifference(SecretServiceReply(text), reply)
  }

  @Test(arguments: [
    "", "(", "()x", "(,)", "(true false)", "['a' 'b']", "'a", "(<true,)", "{'a'}", "{'a': 'b', 'a': 'c'}", "{'a': 1}",
    "{a: 'b'}", "objectpath", "objectpath'/'", "nothing", "@", "'\\u12'", "'\\ud800'", "'\\", "((((((((()))))))))",
    "<<<<<<<<<true>>>>>>>>>", "@a @a @a @a @a @a @a @a @a true", "(true,,)", "[,]",
  ])
  func `what it does not print is refused`(_ text: String) {
    expectNoDifference(SecretServiceReply(text), nil)
  }

  @Test func `nothing that is cut short is read`() {
    let text = #"([objectpath '/a'], <{'id': "x\u00e9"}>, @ao [], true)"#
    for count in 0..<text.count { #expect(SecretServiceReply(String(text.prefix(count))) == nil) }
    #expect(SecretServiceReply(text) != nil)
  }
}
