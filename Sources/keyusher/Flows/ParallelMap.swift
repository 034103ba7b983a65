import Foundation
import Synchronization

/// Work shared out to the processors.
enum Lanes {
  /// Does some work, and returns what each piece came to in the order of the pieces.
  ///
  /// - Parameters:
  ///   - worker: makes what the pieces of one processor share; it is used by one task.
  ///   - work: does one piece. The error of the first piece that has one is thrown.
  static func map<Piece: Sendable, Worker, Result: Sendable>(
    _ pieces: [Piece], worker: @Sendable () -> Worker, work: @Sendable (Worker, Piece) throws -> Result
  ) throws -> [Result] {
    let lanes = min(pieces.count, ProcessInfo.processInfo.activeProcessorCount, mostLanes)
    guard lanes > 1 else {
      let worker = worker()
      return try pieces.map { try work(worker, $0) }
    }
    // Neighbours often share what a worker keeps: each lane takes several at a time.
    let batch = max(1, pieces.count / (lanes * 4))
    let next = Atomic(0)
    let done = Mutex<[Int: Swift.Result<Result, any Error>]>([:])
    DispatchQueue.concurrentPerform(iterations: lanes) { _ in
      let worker = worker()
      while true {
        let first = next.add(batch, ordering: .relaxed).oldValue
        guard first < pieces.count else { return }
        for number in first..<min(first + batch, pieces.count) {
          let result = Swift.Result { try work(worker, pieces[number]) }
          done.withLock { $0[number] = result }
        }
      }
    }
    let results = done.withLock { $0 }
    return try pieces.indices.map { try results[$0]!.get() }
  }

  /// Neighbours that belong together, as one piece of work.
  static func pieces<Item>(_ items: [Item], together: (Item, Item) -> Bool) -> [[Item]] {
    var pieces: [[Item]] = []
    for item in items {
      if let last = pieces.last?.last, together(last, item) {
        pieces[pieces.count - 1].append(item)
      } else {
        pieces.append([item])
      }
    }
    return pieces
  }

  /// More gain nothing: each makes a worker of its own first.
  private static let mostLanes = 8
}
