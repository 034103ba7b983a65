import Dispatch
import Glibc
import Synchronization

/// Does some work on all processors, and returns what each piece came to in the order of the pieces.
///
/// - Parameters:
///   - worker: makes what the pieces of one processor share; it is used by one task.
///   - work: does one piece. The error of the first piece that has one is thrown.
func parallelMap<Piece: Sendable, Worker, Value: Sendable>(
  _ pieces: [Piece], worker: @Sendable () -> Worker, work: @Sendable (Worker, Piece) throws -> Value
) throws -> [Value] {
  // More processors gain nothing: each makes a worker of its own first.
  let workers = min(pieces.count, sysconf(Int32(_SC_NPROCESSORS_ONLN)), 8)
  guard workers > 1 else {
    let worker = worker()
    return try pieces.map { try work(worker, $0) }
  }
  // Neighbours often share what a worker keeps: each takes several at a time.
  let batch = max(1, pieces.count / (workers * 4))
  let next = Atomic(0)
  let done = Mutex<[Int: Result<Value, any Error>]>([:])
  DispatchQueue.concurrentPerform(iterations: workers) { _ in
    let worker = worker()
    while true {
      let first = next.add(batch, ordering: .relaxed).oldValue
      guard first < pieces.count else { return }
      for number in first..<min(first + batch, pieces.count) {
        let result = Result { try work(worker, pieces[number]) }
        done.withLock { $0[number] = result }
      }
    }
  }
  return try done.withLock { $0 }.sorted { $0.key < $1.key }.map { try $0.value.get() }
}

/// Joins neighbours that belong together.
func pieces<Item>(of items: [Item], together: (Item, Item) -> Bool) -> [[Item]] {
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
