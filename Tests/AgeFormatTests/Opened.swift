@testable import AgeFormat

/// What opening a file came to, with everything that was released, even before an error.
struct Opened: Equatable {
  var released: [UInt8] = []
  var failure: AgeError.Class?

  init(released: [UInt8], failure: AgeError.Class?) {
    self.released = released
    self.failure = failure
  }

  /// Opens chunk by chunk.
  init(streaming file: [UInt8], form: AgeFile.Form, with key: DecryptionKey) {
    do throws(AgeError) {
      var decryption = try Decryption(file, form: form, with: key)
      while let chunk = try decryption.next() { released += chunk }
    } catch {
      failure = error.failureClass
    }
  }

  /// Opens at once.
  init(whole file: [UInt8], form: AgeFile.Form, with key: DecryptionKey) {
    do throws(AgeError) {
      released = try AgeFile.decrypt(file, with: key, form: form).revealed
    } catch {
      failure = error.failureClass
    }
  }
}

extension Decryption {
  /// The bytes of the next chunk; nil at the end of the whole file.
  mutating func next() throws(AgeError) -> [UInt8]? {
    let room = UnsafeMutableRawBufferPointer.allocate(byteCount: Payload.chunk, alignment: 16)
    defer { room.deallocate() }
    return try next(into: room).map { Array(room.prefix($0)) }
  }
}
