import PlainText

/// When a request is signed, and by which chance: parameters, so that the same request comes out the same.
struct Moment: Sendable {
  /// Milliseconds since 1970-01-01 UTC, by the exchange's clock as far as that is known.
  let milliseconds: Int
  /// Random bytes for what must not come twice.
  let nonce: [UInt8]

  static let nonceBytes = 32

  init(milliseconds: Int, nonce: [UInt8]) {
    self.milliseconds = milliseconds
    self.nonce = nonce
  }

  var seconds: Int { milliseconds / 1000 }

  /// For example `2023-11-14T22:13:20`.
  var text: String {
    let time = [seconds / 3600 % 24, seconds / 60 % 60, seconds % 60].map { $0.padded(to: 2) }
    return "\(Day(number: seconds / 86_400))T\(time.joined(separator: ":"))"
  }

  /// For example `2023-11-14T22:13:20.000Z`.
  var textWithMilliseconds: String { "\(text).\((milliseconds % 1000).padded(to: 3))Z" }
}
