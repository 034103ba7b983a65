/// The words that stand beside keys: what exchanges and programs are called, and what says that something is a key, or is none.
final class Vocabulary: Sendable {
  /// What a word says.
  enum Meaning: UInt8, Sendable {
    case exchange, program
    /// `api`, which makes a key of `key` and a secret of `secret`.
    case api
    case key, secret, token, passphrase
    /// `private`, which makes a private key of `key`.
    case privacy
    /// Two of these in one word: `apikey`, `secretkey`.
    case apiKey, apiSecret, accessKey, secretKey, privateKey
    /// What can stand before `key`.
    case access
    /// What can stand at the end of any name: `id`, `name`, `value`, `test`, `prod`.
    case ending
    /// What says that it is something else: a digest, a public key, the key of something that is no exchange.
    case other
    /// The signs of test vectors: `iv`, `nonce`, `plaintext`.
    case vector
  }

  private let meanings: [UInt64: Meaning]
  private let exchanges: [UInt64: ExchangeSet]
  /// Names of exchanges that are long enough to be known by their beginning.
  private let beginnings: [(name: [UInt8], set: ExchangeSet)]
  private let variables: [UInt64: Bool]
  /// For each byte whether the name of an exchange begins with it.
  private let isFirst: [Bool]
  /// The same of the words that tell something around a value.
  private let isFirstAround: [Bool]

  init(names: [(String, Int)], programs: [String], variables: [(String, isSecret: Bool)]) {
    var meanings: [UInt64: Meaning] = [:]
    for (meaning, words) in Vocabulary.general {
      for word in words.split(separator: " ") { meanings[Text.digest(String(word))] = meaning }
    }
    for program in programs { meanings[Text.digest(program)] = .program }
    var exchanges: [UInt64: ExchangeSet] = [:]
    for (name, index) in names { exchanges[Text.digest(name), default: 0] |= 1 << ExchangeSet(index) }
    var parts: [UInt64: Bool] = [:]
    for (name, isSecret) in variables { parts[Text.digest(name)] = isSecret }
    (self.meanings, self.exchanges, self.variables) = (meanings, exchanges, parts)
    beginnings = names.filter { $0.0.utf8.count >= 5 }.map { (Array($0.0.utf8), 1 << ExchangeSet($0.1)) }
    let firsts = names.map { $0.0.utf8.first }
    isFirst = (0...UInt8.max).map { firsts.contains($0) }
    let vectors = Vocabulary.general.filter { $0.0 == .vector }.flatMap { $0.1.split(separator: " ").map(String.init) }
    let firstsAround = (vectors + programs).map { $0.utf8.first }
    isFirstAround = (0...UInt8.max).map { firstsAround.contains($0) }
  }

  /// What a word says, in small letters and digits.
  func meaning(of word: Bytes) -> Meaning? { meanings[word.digest] }

  /// The same of a word around a value, where only programs and signs of test vectors count.
  func meaningAround(of word: Bytes) -> Meaning? {
    guard let first = word.first, isFirstAround[Int(first)] else { return nil }
    return meanings[word.digest]
  }

  /// The exchanges that a word names: `gate`, `binance`, `krakenfutures`, `bybit01`.
  func exchanges(in word: Bytes) -> ExchangeSet {
    guard let first = word.first, isFirst[Int(first)] else { return 0 }
    var end = word.count
    while end > 0, Text.isDigit(word[end - 1]) { end -= 1 }
    if let set = exchanges[word.digest] ?? exchanges[word.part(0..<end).digest] { return set }
    var set: ExchangeSet = 0
    for (name, exchange) in beginnings where word.count > name.count && word.hasPrefix(name) { set |= exchange }
    return set
  }

  /// Whether a whole name is one that a program or a pack gives to a part, and whether that is secret.
  func variable(_ folded: Bytes) -> Bool? { variables[folded.digest] }

  private static let general: [(Meaning, String)] = [
    (.api, "api apis"), (.key, "key keys"), (.secret, "secret secrets"), (.privacy, "private priv"),
    (.token, "token tokens"),
    (.passphrase, "passphrase password passwd pass pwd"), (.apiKey, "apikey apikeys"),
    (.apiSecret, "apisecret apikeysecret apisecretkey"), (.accessKey, "accesskey accesskeys"),
    (.secretKey, "secretkey seckey"), (.privateKey, "privatekey privkey"), (.access, "access consumer client"),
    (
      .ending,
      "id ids name names value val text str string env live demo test testnet sandbox prod production dev main real "
        + "spot futures future margin swap perp read readonly write trade trading default hex base64 b64 raw pem file v1 v2 "
        + "v3 v4 v5 old new my bot"
    ),
    (
      .other,
      "public pub hash hashed digest sha sha1 sha224 sha256 sha384 sha512 md5 crc checksum sum fingerprint thumbprint "
        + "signature sig sign nonce iv salt cert certificate etag commit revision rev uuid guid cache sort primary foreign "
        + "partition license encryption encrypt decryption encrypted cipher aes hmac session cookie csrf jwt signing master "
        + "db database redis smtp ssh gpg pgp host webhook oauth wallet storage s3 aws azure algolia listen"
    ),
    (.vector, "iv nonce plaintext ciphertext aad pt ct keystream digest msg okm ikm prk"),
  ]
}
