import Glibc

/// The system's words for an error number.
public func systemWords(_ number: Int32) -> String { String(cString: strerror(number)) }

/// Calls again while a signal interrupts. A thousand interruptions on end are no signals: a file system that answers nothing
/// else is told as a failure, with `errno` EINTR.
public func retrying<Result: SignedInteger>(_ call: () -> Result) -> Result {
  for _ in 1..<1000 {
    let result = call()
    if result >= 0 || errno != EINTR { return result }
  }
  return call()
}

/// Reads a descriptor until the room is full or nothing more comes; returns how many bytes came, or -1 with `errno` set.
public func readWhole(from descriptor: Int32, into room: UnsafeMutableRawBufferPointer) -> Int {
  var count = 0
  while count < room.count {
    let got = retrying { read(descriptor, room.baseAddress.map { $0 + count }, room.count - count) }
    guard got >= 0 else { return -1 }
    if got == 0 { break }
    count += got
  }
  return count
}

/// Writes everything: one call to the system unless it takes less than all. Returns 0, or -1 with `errno` set.
public func writeWhole(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int32 {
  var rest = bytes[...]
  while !rest.isEmpty {
    let whole = UnsafeRawBufferPointer(rebasing: rest)
    let count = retrying { write(descriptor, whole.baseAddress, whole.count) }
    if count < 0, errno == EAGAIN {
      var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      poll(&ready, 1, -1)
      continue
    }
    guard count > 0 else { return -1 }
    rest = rest.dropFirst(count)
  }
  return 0
}
