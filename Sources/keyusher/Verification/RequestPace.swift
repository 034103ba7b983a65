import Introspection
import Synchronization

/// Keeps requests to one exchange within its limit, however many keys are asked about at once.
final class RequestPace: Sendable {
  private let limit: ExchangeAPI.Limit
  private let clock = ContinuousClock()
  private let made = Mutex<[ContinuousClock.Instant]>([])

  init(_ limit: ExchangeAPI.Limit) { self.limit = limit }

  /// How long to wait before the next request, which is counted.
  func next() -> Duration {
    made.withLock { made in
      let now = clock.now
      let span = Duration.seconds(limit.seconds)
      made.removeAll { $0 + span <= now }
      let start = made.count < limit.requests ? now : made[made.count - limit.requests] + span
      made.append(start)
      return now.duration(to: start)
    }
  }
}
