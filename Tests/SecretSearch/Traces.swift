public import Foundation

/// Every 16-byte window of some secrets, as they are and in the spellings in which they could lie about.
///
/// A search for the whole secret would miss what is left after the first bytes of a freed block were overwritten.
public struct Traces: Sendable {
  /// The windows, by their first four bytes.
  private let windows: [UInt32: [[UInt8]]]
  /// Which values of two bytes begin a window: most places of a core are passed over by it.
  private let beginnings: [Bool]

  public static let size = 16

  public init(of secrets: [[UInt8]]) {
    var windows: [UInt32: [[UInt8]]] = [:]
    var beginnings = [Bool](repeating: false, count: 1 << 16)
    for window in secrets.flatMap(Traces.spellings).flatMap(Traces.windows) {
      let key = Traces.key(window[0], window[1], window[2], window[3])
      windows[key, default: []].append(window)
      beginnings[Int(window[0]) << 8 | Int(window[1])] = true
    }
    self.windows = windows
    self.beginnings = beginnings
  }

  public init(of secrets: String...) { self.init(of: secrets.map { Array($0.utf8) }) }

  /// How many windows of the secrets stand in some bytes, and the place of the first.
  public func count(in data: Data) -> (found: Int, first: Int?) {
    data.withUnsafeBytes { bytes in
      var found = 0
      var first: Int?
      guard bytes.count >= Traces.size, let base = bytes.bindMemory(to: UInt8.self).baseAddress else { return (0, nil) }
      beginnings.withUnsafeBufferPointer { beginnings in
        for place in 0...(bytes.count - Traces.size) {
          guard beginnings[Int(base[place]) << 8 | Int(base[place + 1])],
            let candidates = windows[Traces.key(base[place], base[place + 1], base[place + 2], base[place + 3])],
            candidates.contains(where: {
              $0.elementsEqual(UnsafeBufferPointer(start: base + place, count: Traces.size))
            })
          else { continue }
          found += 1
          if first == nil { first = place }
        }
      }
      return (found, first)
    }
  }

  /// The first window that stands in some bytes.
  public func first(in bytes: [UInt8]) -> String? {
    count(in: Data(bytes)).first.map { String(decoding: bytes[$0..<($0 + Traces.size)], as: UTF8.self) }
  }

  public func count(in bytes: [UInt8]) -> Int { count(in: Data(bytes)).found }
  public func count(in text: String) -> Int { count(in: Data(text.utf8)).found }

  /// Every plain file below a folder that holds a trace, with how many.
  public func files(below folder: String) -> [String] {
    let paths = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
    return paths.sorted().compactMap { path in
      guard let data = FileManager.default.contents(atPath: "\(folder)/\(path)") else { return nil }
      let found = count(in: data).found + count(in: path)
      return found > 0 ? "\(path): \(found)" : nil
    }
  }

  // MARK: - Private

  private static func key(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8) -> UInt32 {
    UInt32(a) << 24 | UInt32(b) << 16 | UInt32(c) << 8 | UInt32(d)
  }

  private static func windows(of bytes: [UInt8]) -> [[UInt8]] {
    guard bytes.count >= size else { return [] }
    return (0...(bytes.count - size)).map { Array(bytes[$0..<($0 + size)]) }
  }

  /// As it is, in hexadecimal of both cases, in base64 from each of three places, and in UTF-16.
  private static func spellings(of bytes: [UInt8]) -> [[UInt8]] {
    let lower = Array("0123456789abcdef".utf8)
    let upper = Array("0123456789ABCDEF".utf8)
    let base64 = (0..<3).map { shift in
      // The last character depends on what follows.
      Array(Data(bytes.dropFirst(shift)).base64EncodedString().utf8.filter { $0 != UInt8(ascii: "=") }.dropLast())
    }
    return [
      bytes, bytes.flatMap { [lower[Int($0 >> 4)], lower[Int($0 & 15)]] },
      bytes.flatMap { [upper[Int($0 >> 4)], upper[Int($0 & 15)]] }, bytes.flatMap { [$0, 0] },
    ] + base64
  }
}
