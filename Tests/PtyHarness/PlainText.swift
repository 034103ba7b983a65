/// What a terminal's bytes say, without escape sequences, bells and carriage returns.
public func plain(_ raw: [UInt8]) -> String {
  var shown: [UInt8] = []
  var rest = raw[...]
  while let byte = rest.popFirst() {
    switch byte {
    case 0x1B where rest.first == UInt8(ascii: "["):
      rest = rest.drop { !(0x40...0x7E).contains($0) || $0 == UInt8(ascii: "[") }.dropFirst()
    case 0x1B: rest = rest.dropFirst()
    case 0x07, 0x0D: break
    default: shown.append(byte)
    }
  }
  return String(decoding: shown, as: UTF8.self)
}
