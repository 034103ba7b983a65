import CustomDump
import Introspection
import Testing

/// What one answer of a clock tells, and how far that goes.
@Suite struct ClockOffsetTests {
  @Test(arguments: [
    // Asked at 100 and answered at 300: it may have looked at its clock at any moment of these.
    (3_200, 1, "this computer's clock is 3 seconds behind Gate's, give or take 0.1"),
    (3_240, 1, "this computer's clock is 3 seconds behind Gate's, give or take 0.1"),
    (3_550, 1, "this computer's clock is 3.4 seconds behind Gate's, give or take 0.1"),
    (-800, 1, "this computer's clock is 1 second ahead of Gate's, give or take 0.1"),
    (-800, 1_000, "this computer's clock agrees with Gate's, to within 1.1 seconds"),
    (250, 1, "this computer's clock agrees with Gate's, to within 0.2 seconds"),
    (200, 1, "this computer's clock agrees with Gate's, to within 0.1 seconds"),
    (3_000, 1_000, "this computer's clock is 2.8 seconds behind Gate's, give or take 1.1"),
    (-5_000, 1_000, "this computer's clock is 4.2 seconds ahead of Gate's, give or take 1.1"),
  ])
  func `what it comes to`(_ moment: Int, _ step: Int, _ words: String) {
    let offset = ClockOffset(moment, countedIn: step, asked: 100, answered: 300)
    expectNoDifference(offset.words(of: "Gate"), words)
  }

  /// Whatever the other clock was at, and whenever it was looked at, it lies within what is said.
  @Test func `the truth lies within what is said`() {
    for step in [1, 1_000] {
      for truth in stride(from: -4_000, through: 4_000, by: 37) {
        for looked in stride(from: 10_000, through: 10_400, by: 50) {
          let moment = (looked + truth) / step * step
          let offset = ClockOffset(moment, countedIn: step, asked: 10_000, answered: 10_400)
          #expect(abs(truth - offset.ahead) <= offset.doubt, "\(step) \(truth) \(looked)")
        }
      }
    }
  }

  @Test func `a second counts, and half of what the exchange takes`() throws {
    func isNotable(_ ahead: Int, _ exchange: String) throws -> Bool {
      ClockOffset(ahead, countedIn: 1, asked: 0, answered: 100).isNotable(for: try Samples.api(exchange).clock)
    }
    // Gate takes 59 seconds either way, Binance one that is early.
    #expect(try !isNotable(960, "gate-io") && isNotable(1_060, "gate-io") && isNotable(-1_060, "gate-io"))
    #expect(try isNotable(-460, "binance") && !isNotable(-400, "binance") && !isNotable(900, "binance"))
    #expect(try isNotable(1_100, "kraken") && !isNotable(40, "kraken"))
  }
}
