import Glibc

/// What changes when a record does: an append makes it longer, and a blanking puts another file in its place.
public struct RecordMark: Sendable {
  private let file, size, written, changed: Int
  /// Whether it was last changed so long before the look that a change after it has another time. The system's clock
  /// for files is coarse: two changes within a few milliseconds may bear the same.
  public let isSettled: Bool

  /// - Parameter moment: when the look began.
  init(of status: stat, at moment: Int) {
    file = Int(bitPattern: UInt(status.st_ino))
    size = Int(status.st_size)
    written = RecordMark.nanoseconds(status.st_mtim)
    changed = RecordMark.nanoseconds(status.st_ctim)
    isSettled = changed < moment - RecordMark.tick
  }

  /// The clock by which the times of files are told, in nanoseconds since 1970.
  public static var now: Int {
    var moment = timespec()
    clock_gettime(CLOCK_REALTIME, &moment)
    return nanoseconds(moment)
  }

  /// Whether its file may be an earlier one with more behind it.
  public func continues(_ earlier: RecordMark) -> Bool { file == earlier.file && size >= earlier.size }

  /// What an index keeps of one that was settled.
  public var numbers: [Int] { [file, size, written, changed] }

  public init?(numbers: [Int]) {
    guard numbers.count == 4 else { return nil }
    (file, size, written, changed) = (numbers[0], numbers[1], numbers[2], numbers[3])
    isSettled = true
  }

  private static let tick = 20_000_000

  private static func nanoseconds(_ time: timespec) -> Int { time.tv_sec * 1_000_000_000 + time.tv_nsec }
}

extension RecordMark: Equatable {
  /// How long before the look it was changed is no part of it.
  public static func == (left: RecordMark, right: RecordMark) -> Bool {
    left.file == right.file && left.size == right.size && left.written == right.written
      && left.changed == right.changed
  }
}
