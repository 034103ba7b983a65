import CustomDump
import PlainText
import Testing

@Suite struct HexadecimalTests {
  @Test func `bytes are written in two digits each and read back`() {
    let bytes = (0...255).map(UInt8.init)
    expectNoDifference(bytes.hexadecimal.prefix(8), "00010203")
    expectNoDifference([0xAB, 0xCD].hexadecimal, "abcd")
    expectNoDifference(Array(bytes.hexadecimal.utf8)[...].hexadecimalBytes, bytes)
    expectNoDifference(ArraySlice("".utf8).hexadecimalBytes, [])
  }

  @Test(arguments: ["a", "0g", "AB", "0x00", "é0", " 00"])
  func `anything else is not read`(text: String) {
    #expect(ArraySlice(text.utf8).hexadecimalBytes == nil)
  }

  @Test func `a number has the digits asked for, and more where it needs them`() {
    expectNoDifference(0x1B.hexadecimal(digits: 4), "001b")
    expectNoDifference(0x1F511.hexadecimal(digits: 4, uppercase: true), "1F511")
    expectNoDifference(0.hexadecimal(), "0")
  }
}
