/// Files that are full of what looks random, and hold no key of an exchange.
enum HarmlessFiles {
  typealias Writing = @Sendable (inout Chance) -> String

  static let all: [(String, Writing)] = [
    ("package-lock.json", packageLock), ("yarn.lock", yarnLock), ("Cargo.lock", cargoLock), ("poetry.lock", poetryLock),
    ("go.sum", goSum), ("Package.resolved", packageResolved), ("SHA256SUMS", sums), ("uuids.json", uuids),
    ("aes.rsp", aesVectors), ("tls13.txt", tlsVectors), ("ed25519.json", signatureVectors), ("hmac.py", hmacVectors),
    ("app.min.js", minified), ("style.css", style), (".env.example", placeholders), ("config.sample.yml", references),
    ("ids.json", objectIDs), ("workflow.yml", cacheKeys), ("state.tfstate", state), ("dump.sql", dump),
    ("notebook.ipynb", notebook), ("en.json", translations), ("Settings.java", identifiers), ("access.log", log),
    ("jwks.json", publicKeys), ("web.env", otherSecrets), ("robots.html", page), ("index.map", sourceMap),
    ("exchange_test.py", exchangeTest), ("history", history),
  ]

  private static func lines(_ count: Int, _ chance: inout Chance, _ line: (inout Chance) -> String) -> String {
    (0..<count).map { _ in line(&chance) }.joined(separator: "\n") + "\n"
  }

  // MARK: - Locks and sums

  private static func packageLock(_ chance: inout Chance) -> String {
    "{\"lockfileVersion\": 3, \"packages\": {\n"
      + lines(60, &chance) { chance in
        "  \"node_modules/\(chance.text(8, of: "abcdefgh"))\": {\"version\": \"1.\(chance.below(30)).0\", \"integrity\": \"sha512-\(chance.base64(88, padding: 2))\", \"resolved\": \"https://registry.example/x/-/x.tgz#\(chance.hex(40))\"},"
      } + "  \"x\": {}}}\n"
  }

  private static func yarnLock(_ chance: inout Chance) -> String {
    lines(60, &chance) {
      "pkg@^1.0.0:\n  version \"1.2.3\"\n  resolved \"https://registry.example/pkg.tgz#\($0.hex(40))\"\n  integrity sha512-\($0.base64(88, padding: 2))\n  checksum: \($0.hex(64))"
    }
  }

  private static func cargoLock(_ chance: inout Chance) -> String {
    lines(60, &chance) { "[[package]]\nname = \"api-key\"\nversion = \"0.1.0\"\nchecksum = \"\($0.hex(64))\"" }
  }

  private static func poetryLock(_ chance: inout Chance) -> String {
    lines(60, &chance) { "    {file = \"secret-1.0.tar.gz\", hash = \"sha256:\($0.hex(64))\"}," }
      + "[metadata]\ncontent-hash = \"\(chance.hex(64))\"\n"
  }

  private static func goSum(_ chance: inout Chance) -> String {
    lines(60, &chance) { "github.com/example/binance v1.0.0 h1:\($0.base64(44, padding: 1))" }
  }

  private static func packageResolved(_ chance: inout Chance) -> String {
    "{\"originHash\": \"\(chance.hex(64))\", \"pins\": [\n"
      + lines(20, &chance) { "  {\"identity\": \"kraken\", \"state\": {\"revision\": \"\($0.hex(40))\"}}," } + "]}\n"
  }

  private static func sums(_ chance: inout Chance) -> String {
    lines(40, &chance) { "\($0.hex(64))  binance-api-key-\($0.below(99)).tar.gz" }
      + lines(40, &chance) { "MD5 (gate.key) = \($0.hex(32))" }
  }

  // MARK: - Ids

  private static func uuids(_ chance: inout Chance) -> String {
    "[\n"
      + lines(60, &chance) {
        "  {\"id\": \"\($0.uuid())\", \"uuid\": \"\($0.uuid())\", \"requestId\": \"\($0.hex(32))\", \"token\": \"\($0.uuid())\"},"
      }
      + "  {}]\n"
  }

  private static func objectIDs(_ chance: inout Chance) -> String {
    lines(60, &chance) {
      "{\"_id\": {\"$oid\": \"\($0.hex(24))\"}, \"orderId\": \"\($0.hex(24))\", \"clientOid\": \"\($0.uuid())\", \"exchange\": \"kucoin\"}"
    }
  }

  private static func cacheKeys(_ chance: inout Chance) -> String {
    "jobs:\n  build:\n    steps:\n"
      + lines(20, &chance) {
        "      - uses: actions/cache@\($0.hex(40))\n        with:\n          key: \($0.hex(64))\n          restore-keys: \($0.hex(32))"
      }
  }

  private static func state(_ chance: inout Chance) -> String {
    "{\"lineage\": \"\(chance.uuid())\", \"resources\": [\n"
      + lines(30, &chance) {
        "  {\"type\": \"aws_kms_key\", \"key_id\": \"\($0.uuid())\", \"etag\": \"\($0.hex(32))\", \"md5\": \"\($0.hex(32))\", \"key\": \"\($0.hex(32))\"},"
      } + "  {}]}\n"
  }

  private static func dump(_ chance: inout Chance) -> String {
    lines(60, &chance) {
      "INSERT INTO sessions (session_key, session_data) VALUES ('\($0.hex(32))', '\($0.base64(88))');"
    }
  }

  private static func notebook(_ chance: inout Chance) -> String {
    lines(40, &chance) {
      "  {\"cell_type\": \"code\", \"id\": \"\($0.hex(8))-\($0.hex(8))\", \"outputs\": [{\"data\": {\"image/png\": \"\($0.base64(400))\"}}]},"
    }
  }

  // MARK: - Vectors

  private static func aesVectors(_ chance: inout Chance) -> String {
    lines(60, &chance) {
      "COUNT = 1\nKey = \($0.hex(32))\nIV = \($0.hex(24))\nPT = \($0.hex(64))\nCT = \($0.hex(64))\nTag = \($0.hex(32))\n"
    }
  }

  private static func tlsVectors(_ chance: inout Chance) -> String {
    lines(20, &chance) { "secret: \($0.hex(64))\nkey: \($0.hex(32))\niv: \($0.hex(24))\nfinished: \($0.hex(64))\n" }
  }

  private static func signatureVectors(_ chance: inout Chance) -> String {
    lines(40, &chance) {
      "{\"privateKey\": \"\($0.hex(64))\", \"publicKey\": \"\($0.hex(64))\", \"msg\": \"\($0.hex(40))\", \"sig\": \"\($0.hex(128))\"}"
    }
  }

  private static func hmacVectors(_ chance: inout Chance) -> String {
    lines(30, &chance) {
      "check(key=bytes.fromhex('\($0.hex(64))'), data=b'Hi There', digest='\($0.hex(64))')\nSECRET = '\($0.hex(64))'"
    }
  }

  // MARK: - Pages and scripts

  private static func minified(_ chance: inout Chance) -> String {
    "!function(e){"
      + (0..<400).map { _ in
        "var \(chance.text(2, of: "abcd"))={key:\"\(chance.text(6, of: "abcdef"))\",secret:!0,hash:\"\(chance.hex(20))\",apiKey:e.apiKey,integrity:\"\(chance.hex(64))\"};"
      }.joined() + "}();\n"
  }

  private static func style(_ chance: inout Chance) -> String {
    lines(20, &chance) { ".a{background:url(data:image/png;base64,\($0.base64(600))=)}" }
  }

  private static func page(_ chance: inout Chance) -> String {
    lines(30, &chance) {
      "<script src=\"/static/app.\($0.hex(32)).js\" integrity=\"sha384-\($0.base64(64))\" nonce=\"\($0.hex(32))\"></script>"
    }
  }

  private static func sourceMap(_ chance: inout Chance) -> String {
    "{\"version\":3,\"mappings\":\""
      + chance.text(20_000, of: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/;,") + "\"}\n"
  }

  private static func log(_ chance: inout Chance) -> String {
    lines(60, &chance) {
      "203.0.113.7 - - \"GET /api/v3/order?symbol=BTCUSDT&timestamp=1700000000000&signature=\($0.hex(64)) HTTP/1.1\" 200 trace=\($0.hex(32))"
    }
  }

  private static func publicKeys(_ chance: inout Chance) -> String {
    lines(20, &chance) {
      "{\"kty\": \"EC\", \"kid\": \"\($0.uuid())\", \"x\": \"\($0.base64(43))\", \"public_key\": \"\($0.hex(64))\", \"keyFingerprint\": \"\($0.hex(40))\"}"
    }
  }

  // MARK: - Settings without keys of exchanges

  private static func placeholders(_ chance: inout Chance) -> String {
    """
    GATE_API_KEY=0123456789abcdef0123456789abcdef
    GATE_API_SECRET=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
    BINANCE_API_KEY=your-api-key
    BINANCE_API_SECRET=YOURSECRETKEYYOURSECRETKEYYOURSECRETKEYYOURSECRETKEYYOURSECRETKE
    BYBIT_API_KEY=YOURBYBITAPIKEYHER
    KUCOIN_API_KEY=000000000000000000000000
    OKX_API_KEY=00000000-0000-0000-0000-000000000000
    KRAKEN_API_KEY=<your key>
    MEXC_API_KEY=mx0xxxxxxxxxxxxxxx
    MEXC_API_SECRET=deadbeefdeadbeefdeadbeefdeadbeef
    HTX_API_KEY=your-access-key-with-four-parts-here

    """
  }

  private static func references(_ chance: inout Chance) -> String {
    """
    binance:
      api_key: ${BINANCE_API_KEY_OF_THE_MAIN_ACCOUNT}
      api_secret: env:BINANCE_API_SECRET
      key_file: /run/secrets/binance-api-key-of-the-main-account
      secret: "{{ lookup('env', 'BINANCE_SECRET_OF_MAIN_ACCOUNT') }}"
      checksum: \(chance.hex(64))

    """
  }

  private static func translations(_ chance: inout Chance) -> String {
    lines(40, &chance) { "  \"settings.apiKey.\($0.hex(4))\": \"Your Binance API key of 64 characters\"," }
  }

  private static func identifiers(_ chance: inout Chance) -> String {
    """
    class Settings {
      String apiKey = configurationOfExchange.apiKey();
      String apiSecret = readSecretFromVaultOfBinance(name);
      private static final String KEY = "exchangeApiKeySettingsName";
      byte[] secretKey = loadSecretKeyFromKeystore01(path);
      String digest = "\(chance.hex(64))";
    }

    """
  }

  private static func otherSecrets(_ chance: inout Chance) -> String {
    """
    SECRET_KEY=\(chance.hex(64))
    SECRET_KEY_BASE=\(chance.hex(128))
    JWT_SECRET=\(chance.hex(64))
    SESSION_SECRET=\(chance.hex(32))
    ENCRYPTION_KEY=\(chance.hex(64))
    DATABASE_URL=postgres://user:\(chance.hex(32))@localhost/db
    REDIS_KEY_PREFIX=\(chance.hex(8))

    """
  }

  private static func exchangeTest(_ chance: inout Chance) -> String {
    lines(20, &chance) {
      "assert client.order(id='\($0.uuid())', client_order_id='\($0.hex(32))').exchange == 'okx'\nassert binance.sign(query) == '\($0.hex(64))'"
    }
  }

  private static func history(_ chance: inout Chance) -> String {
    lines(40, &chance) {
      "git checkout \($0.hex(40))\nsha256sum -c <<< '\($0.hex(64))  key.tar'\ndocker pull example@sha256:\($0.hex(64))"
    }
  }
}
