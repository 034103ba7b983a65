import CustomDump
import Testing

@testable import AgeFormat

@Suite struct PassphraseTests {
  @Test func `The list has 2048 different words of three to eight small letters`() {
    let words = PassphraseWords.all
    expectNoDifference(words.count, 2048)
    expectNoDifference(Set(words.map { $0.prefix(4) }).count, 2048)
    #expect(words.allSatisfy { (3...8).contains($0.count) && $0.allSatisfy { "a" <= $0 && $0 <= "z" } })
    expectNoDifference([words.first, words.last], ["abandon", "zoo"])
  }

  @Test func `A passphrase is twelve words of the list, and never the same`() throws {
    let words = Set(PassphraseWords.all.map { Array($0.utf8) })
    var made: Set<[UInt8]> = []
    for _ in 0..<200 {
      let passphrase = try Passphrase.generate().revealed
      let chosen = passphrase.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
      expectNoDifference(chosen.count, 12)
      #expect(chosen.allSatisfy { words.contains(Array($0)) })
      made.insert(passphrase)
    }
    expectNoDifference(made.count, 200)
  }

  @Test func `Its words come from the whole list`() throws {
    var seen: Set<ArraySlice<UInt8>> = []
    for _ in 0..<3000 { seen.formUnion(try Passphrase.generate().revealed.split(separator: UInt8(ascii: "-"))) }
    // 36,000 draws: the chance that one word of 2048 is missing is below one in 20,000.
    expectNoDifference(seen.count, 2048)
  }
}
