/// The forms in which programs, shells and people keep keys.
enum KeyForms {
  struct File {
    var name: String
    var text: String
  }

  typealias Form = @Sendable (MadeKey, inout Chance) -> File

  /// Twenty forms, each with its name.
  static let all: [(String, Form)] = [
    ("env", env), ("ccxt-env", ccxtEnv), ("ccxt-json", ccxtJSON), ("freqtrade-json", freqtradeJSON),
    ("freqtrade-compose", freqtradeCompose), ("own-file", ownFile), ("passivbot", passivbot), ("unit", unit),
    ("compose-list", composeList), ("kubernetes", kubernetes), ("bash-history", bashHistory),
    ("zsh-history", zshHistory),
    ("fish-history", fishHistory), ("python", python), ("constants", constants), ("javascript", javascript),
    ("yaml", yaml), ("ini", ini), ("json-pair", jsonPair), ("notes", notes),
  ]

  // MARK: - Variables

  private static func env(_ key: MadeKey, _ chance: inout Chance) -> File {
    let more = key.passphrase.map { "\(key.word)_API_PASSPHRASE=\($0)\n" } ?? ""
    let secret = key.isPEM ? "\(key.word)_API_SECRET=\"\(key.line)\"" : "\(key.word)_API_SECRET=\(key.secret)"
    return File(
      name: ".env", text: "# live\nLOG_LEVEL=info\n\(key.word)_API_KEY=\(key.key)\n\(secret)\n\(more)PORT=8080\n")
  }

  private static func ccxtEnv(_ key: MadeKey, _ chance: inout Chance) -> File {
    File(
      name: "run.sh",
      text:
        "#!/bin/sh\nexport \(key.word)_APIKEY='\(key.key)'\nexport \(key.word)_SECRET='\(key.line)'\nexec node bot.js\n"
    )
  }

  private static func freqtradeCompose(_ key: MadeKey, _ chance: inout Chance) -> File {
    File(
      name: "docker-compose.yml",
      text: """
        services:
          freqtrade:
            image: freqtradeorg/freqtrade:stable
            environment:
              FREQTRADE__EXCHANGE__NAME: \(key.id)
              FREQTRADE__EXCHANGE__KEY: \(key.key)
              FREQTRADE__EXCHANGE__SECRET: "\(key.line)"
            volumes: ["./user_data:/freqtrade/user_data"]

        """)
  }

  private static func unit(_ key: MadeKey, _ chance: inout Chance) -> File {
    File(
      name: "bot.service",
      text: """
        [Unit]
        Description=Trading bot
        [Service]
        Environment="\(key.word)_API_KEY=\(key.key)"
        Environment="\(key.word)_API_SECRET=\(key.line)"
        ExecStart=/opt/bot/run
        Restart=always

        """)
  }

  private static func composeList(_ key: MadeKey, _ chance: inout Chance) -> File {
    File(
      name: "compose.yaml",
      text:
        "services:\n  bot:\n    environment:\n      - TZ=UTC\n      - \(key.word)_API_KEY=\(key.key)\n      - \(key.word)_API_SECRET=\(key.line)\n"
    )
  }

  private static func kubernetes(_ key: MadeKey, _ chance: inout Chance) -> File {
    File(
      name: "deployment.yaml",
      text: """
        kind: Deployment
        spec:
          template:
            spec:
              containers:
                - name: bot
                  env:
                    - name: \(key.word)_API_KEY
                      value: "\(key.key)"
                    - name: \(key.word)_API_SECRET
                      value: "\(key.line)"

        """)
  }

  // MARK: - Histories

  private static func bashHistory(_ key: MadeKey, _ chance: inout Chance) -> File {
    File(
      name: ".bash_history",
      text:
        "ls -la\ncd bot\ngit pull\npython3 bot.py --exchange \(key.id) --api-key \(key.key) --api-secret '\(key.line)'\ngit status\n"
    )
  }

  private static func zshHistory(_ key: MadeKey, _ chance: inout Chance) -> File {
    File(
      name: ".zsh_history",
      text:
        ": 1764590000:0;cd bot\n: 1764590011:0;\(key.word)_API_KEY=\(key.key) \(key.word)_API_SECRET='\(key.line)' ./bot\n: 1764590012:0;ls\n"
    )
  }

  private static func fishHistory(_ key: MadeKey, _ chance: inout Chance) -> File {
    File(
      name: "fish_history",
      text:
        "- cmd: set -x \(key.word)_API_KEY \(key.key)\n  when: 1764590000\n- cmd: set -x \(key.word)_API_SECRET '\(key.line)'\n  when: 1764590003\n"
    )
  }

  // MARK: - Files of programs

  private static func ccxtJSON(_ key: MadeKey, _ chance: inout Chance) -> File {
    let more = key.passphrase.map { ", \"password\": \"\($0)\"" } ?? ""
    return File(
      name: "keys.local.json",
      text: "{\n  \"\(key.id)\": {\"apiKey\": \"\(key.key)\", \"secret\": \"\(key.line)\"\(more)}\n}\n")
  }

  private static func freqtradeJSON(_ key: MadeKey, _ chance: inout Chance) -> File {
    File(
      name: "config-private.json",
      text: """
        {
          "max_open_trades": 3,
          "exchange": {
            "name": "\(key.id)",
            "key": "\(key.key)",
            "secret": "\(key.line)",
            "password": "\(key.passphrase ?? "")",
            "pair_whitelist": ["BTC/USDT"]
          },
          "api_server": {"enabled": true, "jwt_secret_key": "\(chance.hex(64))", "ws_token": "\(chance.letters(36))"}
        }

        """)
  }

  private static func ownFile(_ key: MadeKey, _ chance: inout Chance) -> File {
    switch key.exchange {
    case "gate-io":
      return File(
        name: "gate-cli-config.yaml",
        text:
          "default_profile: default\ndefault_settle: usdt\nprofiles:\n  default:\n    api_key: \(key.key)\n    api_secret: \(key.secret)\n    base_url: https://api.gateio.ws\n"
      )
    case "kraken":
      return File(name: "config.toml", text: "[default]\napi_key = \"\(key.key)\"\napi_secret = \"\(key.secret)\"\n")
    case "okx":
      return File(
        name: "config.toml",
        text:
          "default_profile = \"live\"\n[profiles.live]\nsite = \"global\"\napi_key = \"\(key.key)\"\nsecret_key = \"\(key.secret)\"\npassphrase = \"\(key.passphrase ?? "")\"\n"
      )
    case "coinbase":
      return File(
        name: "cdp_api_key.json", text: "{\n   \"name\": \"\(key.key)\",\n   \"privateKey\": \"\(key.line)\"\n}\n")
    default:
      return File(
        name: "settings.toml", text: "[\(key.id)]\napi_key = \"\(key.key)\"\nsecret_key = \"\(key.secret)\"\n")
    }
  }

  private static func passivbot(_ key: MadeKey, _ chance: inout Chance) -> File {
    let more = key.passphrase.map { ",\n    \"passphrase\": \"\($0)\"" } ?? ""
    return File(
      name: "api-keys.json",
      text:
        "{\n  \"\(key.id)_01\": {\n    \"exchange\": \"\(key.id)\",\n    \"key\": \"\(key.key)\",\n    \"secret\": \"\(key.line)\"\(more)\n  }\n}\n"
    )
  }

  // MARK: - Sources

  private static func python(_ key: MadeKey, _ chance: inout Chance) -> File {
    File(
      name: "bot.py",
      text:
        "import ccxt\n\nclient = ccxt.\(key.id)({\n    'apiKey': '\(key.key)',\n    'secret': '\(key.line)',\n    'enableRateLimit': True,\n})\nprint(client.fetch_balance())\n"
    )
  }

  private static func constants(_ key: MadeKey, _ chance: inout Chance) -> File {
    File(name: "settings.py", text: "DEBUG = False\nAPI_KEY = \"\(key.key)\"\nAPI_SECRET = \"\(key.line)\"\n")
  }

  private static func javascript(_ key: MadeKey, _ chance: inout Chance) -> File {
    File(
      name: "client.js",
      text:
        "const client = new Client({apiKey: '\(key.key)', apiSecret: '\(key.line)', testnet: false});\nmodule.exports = client;\n"
    )
  }

  // MARK: - Settings without the name of an exchange

  private static func yaml(_ key: MadeKey, _ chance: inout Chance) -> File {
    File(name: "bot.yml", text: "interval: 5m\napi_key: \(key.key)\napi_secret: \"\(key.line)\"\n")
  }

  private static func ini(_ key: MadeKey, _ chance: inout Chance) -> File {
    File(name: "bot.ini", text: "[general]\ninterval = 5m\n[account]\nApiKey = \(key.key)\nApiSecret = \(key.line)\n")
  }

  private static func jsonPair(_ key: MadeKey, _ chance: inout Chance) -> File {
    File(name: "account.json", text: "{\"label\": \"main\", \"key\": \"\(key.key)\", \"secret\": \"\(key.line)\"}\n")
  }

  private static func notes(_ key: MadeKey, _ chance: inout Chance) -> File {
    File(
      name: "notes.txt",
      text: "From the page, keep it safe\n\nAPI Key\n\(key.key)\n\nAPI Secret\n\(key.secret)\n\nIP list: later\n")
  }
}
