import CustomDump
import Testing

@testable import keyusher

@Suite struct ChanceTests {
  @Test func `Bytes of chance are as many as were asked for, and never the same`() {
    let surroundings = Surroundings(environment: [:])
    for count in [0, 1, 4, 7, 8, 9, 16, 20] { expectNoDifference(surroundings.randomBytes(count).count, count) }
    let drawn = (0..<500).map { _ in surroundings.randomBytes(16) }
    expectNoDifference(Set(drawn).count, 500)
    for place in 0..<16 { #expect(Set(drawn.map { $0[place] }).count > 100, "byte \(place)") }
  }
}
