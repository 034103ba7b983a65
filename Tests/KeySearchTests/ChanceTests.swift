import CustomDump
import SeededKeys
import Testing

@testable import KeySearch

@Suite struct ChanceTests {
  private func holds(_ text: String) -> Bool {
    Array(text.utf8).withUnsafeBufferPointer { MadeByChance.holds($0) }
  }

  @Test func `Of 1,500 keys of each exchange none is taken for something that was not made by chance`() {
    for exchange in MadeKey.exchanges {
      for key in MadeKey.many(1_500, of: exchange, seed: 3) {
        let parts = [key.key] + (key.isPEM ? [] : [key.secret])
        for part in parts { if !holds(part) { Issue.record("\(exchange): \(part)") } }
      }
    }
  }

  @Test(arguments: [
    "0123456789abcdef0123456789abcdef", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "123456789012345678901234",
    "yourapikeyhere1234",
    "getApiKeyFromConf1", "configurationOfExchange", "my-access-key-of-the-exchange-account",
    "00000000-0000-0000-0000-000000000000",
    "deadbeefdeadbeefdeadbeefdeadbeef", "abcdefghijklmnopqrstuvwxyz0123456789", "xxxxxxxxxxxxxxxxxx", "short1",
  ]) func `rows, words and placeholders were not`(text: String) {
    expectNoDifference(holds(text), false)
  }
}
