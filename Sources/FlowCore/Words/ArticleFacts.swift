/// What the tags of facts mean: the article from which the shipped ceremonies were begun, fact by fact.
public enum ArticleFacts {
  /// Source: "How to generate the API key of Gate.io?", 28 March 2025.
  public static let article = "\"How to generate the API key of Gate.io?\", an article of 28 March 2025"

  /// A fact in a sentence; nil for a tag that the article does not have.
  public static func words(of tag: String) -> String? { facts[tag] }

  private static let facts = [
    "S1": "Log in to a verified account with a strong password of its own.",
    "S2": "The page for keys stands in the account's settings, usually under Security; it moves.",
    "S3": "A new key gets a name that says what it is for.",
    "S4": "A second factor or a code by e-mail proves that the owner wants the key.",
    "S5": "Key and secret are shown once: keep them safe and offline, and share them with nobody.",
    "S6": "Trading, withdrawals and the rest are switched one by one: only what is needed.",
    "B1": "A key is for nobody else, not for friends, family or a helpful developer.",
    "B2": "Keys are kept offline, or in a password manager with strong encryption.",
    "B3": "Every password is strong and used in one place only.",
    "B4": "Look regularly at what a key does; at anything odd revoke it and make a new one.",
    "B5": "Each program has its own key, so that a leak harms one of them.",
    "B6": "The account has a second factor.",
    "A1": "Each function has its own permission: read what it implies before you grant it.",
    "A2": "Try a program in a sandbox before it goes live.",
    "A3": "Keep the programs up to date.",
    "Q1": "Lost keys are revoked, and new ones made; the old ones stop working.",
    "Q2": "An account can have several keys, one for each program.",
    "Q3": "A key is revoked on the page where it was made.",
    "Q4": "After a leak: revoke, make a new key, change the password, look over 2FA, watch the account.",
    "Q5": "The official documentation names calls, limits and permissions; make sure that it is the official one.",
    "Q6": "The number of keys may be limited; with many, keep a list.",
    "Q7": "The site guards its own side; the rest is up to the owner.",
    "R1": "A stolen key can mean control of all that its permissions reach.",
    "R2": "Wrong permissions have consequences that nobody meant.",
  ]
}
